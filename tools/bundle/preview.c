#include "bundle/preview.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/last_good.h"
#include "bundle/preview_store.h"
#include "bundle/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS_MAX 4    /* of taking back files with faults */
#define QUIET_MS   60   /* an editor has finished saving when nothing has changed for so long */
#define BUSY_MAX   10   /* such waits, when something never stops */
#define AGAIN_MS   1000 /* until a folder that cannot be read is tried again */

static const char usage[] = N_(
	"usage: vejviser-bundle preview CONTENT [--lang CODE] [--page TOPIC/PAGE] [--share DIR]\n"
	"\n"
	"Shows the folder CONTENT as visitors will see it, in a window of this machine, and follows every save. A file "
	"with an\n"
	"error in it is shown as it was when it was last without; a red band says what is wrong and where. Ctrl-Q in "
	"the "
	"window\n"
	"ends it.\n"
	"\n"
	"  --lang CODE        begin in this language, such as uk\n"
	"  --page TOPIC/PAGE  begin on this page, such as health/your-doctor\n"
	"  --share DIR        the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else where they are "
	"installed)\n"
	"\n"
	"Exit status: 0 the window was closed, 1 the kiosk ended by itself, 2 wrong use, or it cannot be shown.\n");

struct preview {
	const char *content, *share, *lang, *page;
	char folder[PATH_MAX]; /* for all that follows; empty: not made */
	int dir;
	struct preview_store store;
	struct watch *watch;
	pid_t kiosk; /* 0: not started */
};

static void complain(const char *text)
{
	fprintf(stderr, "vejviser-bundle: %s\n", text);
}

/* ---- building */

/* From the files as they are; else with each that has a fault as it was before. `told` are the faults as they are. */
static bool build(struct preview *preview, struct bundle_files *files, struct faults *told, struct err *err)
{
	char trial[PATH_MAX + 16];
	struct faults again = {0};
	const struct faults *found = told;

	snprintf(trial, sizeof(trial), "%s/" LAST_GOOD_TRIAL, preview->folder);
	if (!last_good_try(preview->dir, preview->content, err))
		return false;
	bool ok = build_files(trial, preview->share, files, told, err);
	for (int round = 0; !ok && err->code == ERR_FORMAT && round < ROUNDS_MAX; round++) {
		for (size_t i = 0; i < found->count; i++)
			if (found->faults[i].kind == FAULT_ERROR &&
			    !last_good_restore(preview->dir, found->faults[i].path, err))
				goto out;
		faults_finish(&again);
		ok = build_files(trial, preview->share, files, &again, err);
		found = &again;
	}
	ok = ok && last_good_keep(preview->dir, err);
out:
	faults_finish(&again);
	return ok;
}

/* Where staff asked to begin must be there. */
static bool check_begin(const struct preview *preview, const struct bundle_files *files, struct err *err)
{
	char path[PATH_MAX];
	bool has_lang = !preview->lang, has_page = !preview->page;

	for (size_t i = 0; i < files->count; i++) {
		snprintf(path, sizeof(path), "ui/%s.json", preview->lang ? preview->lang : "");
		has_lang = has_lang || strcmp(files->files[i].path, path) == 0;
		snprintf(path, sizeof(path), "pages/da/%s.json", preview->page ? preview->page : "");
		has_page = has_page || strcmp(files->files[i].path, path) == 0;
	}
	if (!has_lang)
		return err_set(err, ERR_USAGE, "--lang %s: there is no such language in site.yaml", preview->lang);
	return has_page || err_set(err, ERR_USAGE,
				   "--page %s: there is no such page; a page is TOPIC/PAGE, such as health/your-doctor",
				   preview->page);
}

/* Makes what is in the folder now what is shown, and says what is wrong with it. False when it cannot be read or shown at
 * all. */
static bool follow(struct preview *preview, struct err *err)
{
	struct faults faults = {0};
	struct bundle_files files = {0};
	struct err why = {0};
	bool changed = false;
	bool ok = watch_again(preview->watch, &why) && build(preview, &files, &faults, &why) &&
		  (preview->kiosk > 0 || check_begin(preview, &files, &why)) &&
		  preview_store_show(&preview->store, &files, clock_now().utc_s, &changed, &why);

	faults_print(&faults, preview->content, false, stderr);
	/* Faults are told by themselves; what was shown before stays. */
	const char *trouble = ok || (why.code == ERR_FORMAT && faults.errors > 0) ? NULL : why.text;
	if (trouble && preview->kiosk > 0)
		complain(trouble);
	if (changed)
		puts(_("The screen shows what is in the folder."));
	fflush(stdout);
	bool told = preview_store_remark(&preview->store, &faults, trouble, err);
	bundle_files_finish(&files);
	faults_finish(&faults);
	if (trouble && told)
		*err = why;
	return told && !trouble;
}

/* ---- the kiosk */

static bool beside_itself(char path[PATH_MAX], struct err *err)
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);

	path[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(path, '/');
	if (!slash || (size_t)(slash - path) + sizeof("/vejviser") > PATH_MAX)
		return err_set(err, ERR_MISSING, "it is not known where this program lies");
	memcpy(slash, "/vejviser", sizeof("/vejviser"));
	if (access(path, X_OK) != 0)
		return err_errno(err, "%s: the kiosk, which must lie beside this program", path);
	return true;
}

static void become_kiosk(const struct preview *preview, const char *program, pid_t parent)
{
	char store[PATH_MAX + 16];
	const char *begin[5] = {NULL}; /* the first NULL ends the arguments */
	size_t count = 0;
	sigset_t none;

	snprintf(store, sizeof(store), "%s/store", preview->folder);
	if (preview->lang) {
		begin[count++] = "--lang";
		begin[count++] = preview->lang;
	}
	if (preview->page) {
		begin[count++] = "--page";
		begin[count++] = preview->page;
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() == parent)
		execl(program, program, "--windowed", "--preview", "--store", store, "--share", preview->share,
		      begin[0], begin[1], begin[2], begin[3], (char *)NULL);
	_exit(127);
}

static bool start_kiosk(struct preview *preview, struct err *err)
{
	char program[PATH_MAX];
	pid_t parent = getpid();

	if (!beside_itself(program, err))
		return false;
	fflush(NULL);
	preview->kiosk = fork();
	if (preview->kiosk == 0)
		become_kiosk(preview, program, parent);
	return preview->kiosk > 0 || err_errno(err, "the kiosk cannot be started");
}

/* ---- the command */

static bool make_folder(struct preview *preview, struct err *err)
{
	/* In memory first: nothing of it is to be kept, and a disk may be slow. */
	const char *places[] = {getenv("XDG_RUNTIME_DIR"), "/dev/shm", getenv("TMPDIR"), "/tmp"};
	const char *place = NULL;
	char store[PATH_MAX + 16];

	for (size_t i = 0; !place; i++)
		if (places[i] && places[i][0] == '/' && access(places[i], W_OK) == 0)
			place = places[i];
		else if (i + 1 == ARRAY_LEN(places))
			return err_errno(err, "%s: there is no folder for what is shown", places[i]);
	snprintf(preview->folder, sizeof(preview->folder), "%s/vejviser-preview-XXXXXX", place);
	if (!mkdtemp(preview->folder)) {
		preview->folder[0] = '\0';
		return err_errno(err, "%s: there is no folder for what is shown", place);
	}
	snprintf(store, sizeof(store), "%s/store", preview->folder);
	return file_open_dir(AT_FDCWD, preview->folder, false, &preview->dir, err) &&
	       preview_store_open(store, &preview->store, err) && watch_open(preview->content, &preview->watch, err);
}

static void finish(struct preview *preview)
{
	struct err err;

	if (preview->kiosk > 0) {
		kill(preview->kiosk, SIGTERM);
		waitpid(preview->kiosk, NULL, 0);
	}
	watch_close(preview->watch);
	preview_store_close(&preview->store);
	if (preview->dir >= 0)
		close(preview->dir);
	if (preview->folder[0] && !file_remove(AT_FDCWD, preview->folder, &err))
		complain(err.text);
}

/* Waits until whoever saves has finished. */
static void settle(const struct preview *preview, const struct pollfd *changes)
{
	struct pollfd wait = *changes;
	struct err unused;

	for (int i = 0; i < BUSY_MAX && poll(&wait, 1, QUIET_MS) > 0; i++)
		watch_again(preview->watch, &unused);
}

static bool kiosk_ended(struct preview *preview, int *status)
{
	int how = 0;

	if (waitpid(preview->kiosk, &how, WNOHANG) <= 0)
		return false;
	preview->kiosk = 0;
	*status = WIFEXITED(how) && WEXITSTATUS(how) == 0 ? 0 : 1;
	return true;
}

static int serve(struct preview *preview, int signals)
{
	struct pollfd wait[] = {{.fd = signals, .events = POLLIN}, {.fd = watch_fd(preview->watch), .events = POLLIN}};
	bool well = true;

	for (int status = 0;;) {
		struct signalfd_siginfo signal;
		struct err err = {0};
		int ready = poll(wait, 2, well ? -1 : AGAIN_MS);

		if (ready < 0 && errno != EINTR)
			return 2;
		if (ready > 0 && wait[0].revents && read(signals, &signal, sizeof(signal)) == sizeof(signal)) {
			if (signal.ssi_signo != SIGCHLD)
				return 0;
			if (kiosk_ended(preview, &status))
				return status;
		}
		if (ready > 0 && !wait[1].revents)
			continue;
		if (ready > 0)
			settle(preview, &wait[1]);
		well = follow(preview, &err);
	}
}

static int run(struct preview *preview)
{
	struct err err = {0};
	sigset_t set;
	int status = 2;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals < 0)
		err_errno(&err, "signals cannot be waited for");
	bool ok = signals >= 0 && make_folder(preview, &err) && follow(preview, &err) && start_kiosk(preview, &err);
	if (ok)
		status = serve(preview, signals);
	else
		complain(err.text);
	finish(preview);
	if (signals >= 0)
		close(signals);
	return status;
}

static bool has_screen(void)
{
	static const char *const names[] = {"DISPLAY", "WAYLAND_DISPLAY"};

	for (size_t i = 0; i < 2; i++) {
		const char *value = getenv(names[i]);
		if (value && value[0])
			return true;
	}
	return false;
}

int command_preview(int argc, char **argv)
{
	static const struct option options[] = {{"lang", required_argument, NULL, 'l'},
						{"page", required_argument, NULL, 'p'},
						{"share", required_argument, NULL, 's'},
						{"help", no_argument, NULL, 'h'},
						{0}};
	const char *usual = getenv("VEJVISER_SHARE");
	struct preview preview = {.dir = -1, .share = usual && *usual ? usual : VEJVISER_SHARE};
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'l')
			preview.lang = optarg;
		else if (option == 'p')
			preview.page = optarg;
		else if (option == 's')
			preview.share = optarg;
		else
			return fputs(_(usage), option == 'h' ? stdout : stderr), option == 'h' ? 0 : 2;
	}
	if (optind + 1 != argc)
		return fputs(_(usage), stderr), 2;
	preview.content = argv[optind];
	if (!has_screen()) {
		complain(_(
			"this machine has no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
			"To look all the same: \"vejviser-bundle build CONTENT --out BUNDLE\", then \"vejviser-replay "
			"--bundle BUNDLE --tour --out TOUR\" writes a picture of every page, in TOUR/index.html"));
		return 2;
	}
	return run(&preview);
}
