/* vejviser-sync -- brings what staff have published to this kiosk, and nothing that staff have not signed. */
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/message.h"
#include "base/settings.h"
#include "store/store.h"
#include "sync/firmware.h"
#include "sync/mirrors.h"
#include "sync/status.h"

#include <fcntl.h>
#include <getopt.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EVERY_MAX_S INT64_C(604800) /* a week */

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_BUSY = 3
};

static const char usage[] =
	N_("usage: vejviser-sync [--config FILE] [--server LIST] [--store DIR] [--root FILE] [--ca-file FILE]\n"
	   "                     [--factory DIR] [--stick DIR] [--proxy URL] [--redirect-hosts LIST] [--every TIME]\n"
	   "                     [--firmware] [--status] [--help]\n"
	   "\n"
	   "Fetches the newest signed content, checks it and switches to it. Tells in one line how it went.\n"
	   "\n"
	   "  --config FILE          settings; " SETTINGS_PATH " when not given, and then it may be missing\n"
	   "  --server LIST          where content comes from: http://, https:// or a folder such as a USB stick; of "
	   "several,\n"
	   "                         with commas between, the first that gives a whole pass\n"
	   "  --store DIR            where content is kept\n"
	   "  --root FILE            the first root.json to trust\n"
	   "  --factory DIR          content to show while there is no other; without a server, only that is done\n"
	   "  --stick DIR            a USB stick: when it has content, it is asked before the server, and what is "
	   "wrong with "
	   "it is told\n"
	   "                         however the server answers\n"
	   "  --ca-file FILE         certificates to trust for https instead of the system's\n"
	   "  --proxy URL            proxy to go through\n"
	   "  --redirect-hosts LIST  hosts to which a server may redirect\n"
	   "  --every TIME           again and again, with this pause or up to a tenth more: 90s, 15m, 2h or 1d\n"
	   "  --firmware             fetches a newer firmware of the terminal, and does nothing else\n"
	   "  --status               tells how the last pass went, and does nothing else\n"
	   "  --help                 this text\n"
	   "\n"
	   "What is given here wins over the settings.\n"
	   "Exit status: 0 done or nothing new; 1 failed, and what was shown stays: status.json in the store has the "
	   "reason as\n"
	   "one word and as a sentence; 2 wrong use; 3 another pass is under way, nothing was done.\n"
	   "With --status: 0 it was told, 1 there is nothing to tell.\n");

struct options {
	const char *config, *server, *store, *root, *factory, *stick, *ca_file, *proxy, *redirect_hosts;
	int64_t every_s; /* 0: once */
	bool firmware, status, help;
};

/* ---- the command line */

/* A whole number and a unit. */
static bool parse_every(const char *text, int64_t *seconds)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 6 || text[digits] == '\0' || text[digits + 1] != '\0')
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].unit == text[digits]) {
			*seconds = strtol(text, NULL, 10) * units[i].seconds;
			return *seconds > 0 && *seconds <= EVERY_MAX_S;
		}
	return false;
}

static bool read_options(int argc, char **argv, struct options *out)
{
	static const struct option long_options[] = {
		{"config", required_argument, NULL, 'c'},
		{"server", required_argument, NULL, 's'},
		{"store", required_argument, NULL, 'd'},
		{"root", required_argument, NULL, 'r'},
		{"factory", required_argument, NULL, 'f'},
		{"stick", required_argument, NULL, 'u'},
		{"ca-file", required_argument, NULL, 'a'},
		{"proxy", required_argument, NULL, 'p'},
		{"redirect-hosts", required_argument, NULL, 'n'},
		{"every", required_argument, NULL, 'e'},
		{"status", no_argument, NULL, 't'},
		{"firmware", no_argument, NULL, 'w'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	const struct {
		int letter;
		const char **value;
	} texts[] = {{'c', &out->config},  {'s', &out->server},  {'d', &out->store},
		     {'r', &out->root},    {'f', &out->factory}, {'u', &out->stick},
		     {'a', &out->ca_file}, {'p', &out->proxy},   {'n', &out->redirect_hosts}};
	int letter;

	while ((letter = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			if (texts[i].letter == letter)
				*texts[i].value = optarg;
		out->firmware = out->firmware || letter == 'w';
		out->status = out->status || letter == 't';
		out->help = out->help || letter == 'h';
		if (letter == '?')
			return false;
		if (letter == 'e' && !parse_every(optarg, &out->every_s)) {
			fprintf(stderr, _("vejviser-sync: --every %s: must be 1s to 7d, such as 90s, 15m, 2h or 1d\n"),
				optarg);
			return false;
		}
	}
	if (optind < argc)
		fprintf(stderr, _("vejviser-sync: %s: is no option\n"), argv[optind]);
	return optind == argc;
}

static bool set_text(const char *name, const char *given, char setting[SETTING_TEXT_MAX], struct err *err)
{
	if (given && strlen(given) >= SETTING_TEXT_MAX)
		return err_set(err, ERR_USAGE, "%s: longer than the %d bytes allowed", name, SETTING_TEXT_MAX - 1);
	if (given)
		snprintf(setting, SETTING_TEXT_MAX, "%s", given);
	return true;
}

static bool has_source(const struct options *options, const struct settings *settings)
{
	return options->server || options->factory || options->stick || settings->server[0] != '\0';
}

static bool read_settings(const struct options *options, struct settings *out, struct err *err)
{
	const char *path = options->config ? options->config : SETTINGS_PATH;

	if (!settings_read(path, options->config != NULL, out, err) ||
	    !set_text("--server", options->server, out->server, err) ||
	    !set_text("--store", options->store, out->store, err) ||
	    !set_text("--root", options->root, out->root, err) ||
	    !set_text("--ca-file", options->ca_file, out->ca_file, err) ||
	    !set_text("--factory", options->factory, out->factory, err) ||
	    !set_text("--proxy", options->proxy, out->proxy, err) ||
	    !set_text("--redirect-hosts", options->redirect_hosts, out->redirect_hosts, err))
		return false;
	if (options->status || has_source(options, out))
		return true;
	if (out->factory[0] == '\0')
		return err_set(err, ERR_USAGE, "no server: give --server, or set it in %s", path);
	log_warn(_("no server: give --server, or set it in %s"), path); /* the factory's content is all there will be */
	return true;
}

/* What root leaves in the store its owner could neither replace nor remove: root goes on as the owner, for good. */
static bool become_owner(const char *store, struct err *err)
{
	struct stat kept;

	if (geteuid() != 0 || stat(store, &kept) != 0 || kept.st_uid == 0)
		return true;
	return (setgroups(0, NULL) == 0 && setgid(kept.st_gid) == 0 && setuid(kept.st_uid) == 0) ||
	       err_errno(err, "%s: working as its owner", store);
}

/* ---- passes */

/* The first root is needed only until there is a kept one; what is missing here is told when it turns out to be needed.
 */
static bool read_root(const char *path, struct buf *root, struct err *err)
{
	struct err why;

	if (file_read(AT_FDCWD, path, metadata_limit(METADATA_ROOT), root, &why) || why.code == ERR_MISSING)
		return true;
	*err = why;
	return false;
}

static uint32_t random_number(void)
{
	uint32_t number = 0;

	/* Without chance the kiosks only come together more often. */
	if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
		number = 0;
	return number;
}

static bool run_pass(const struct settings *settings, struct store *store, struct status *status,
		     struct mirrors *mirrors, struct err *err)
{
	struct buf root = {0};
	bool ok;

	mirrors->options = (struct fetch_options){.ca_file = settings->ca_file,
						  .proxy = settings->proxy,
						  .redirect_hosts = settings->redirect_hosts,
						  .now_utc_s = status->now_utc_s,
						  .chance = random_number()};
	ok = read_root(settings->root, &root, err) &&
	     mirrors_pass(mirrors, store, &root, status->now_utc_s, &status->report, err);
	buf_finish(&root);
	return ok;
}

/* What came with the program, while there is nothing else to show. */
static bool run_factory(const char *folder, struct store *store, struct pass_report *report, struct err *err)
{
	char root_path[SETTING_TEXT_MAX + sizeof("/root.json")];
	struct fetch *fetch = NULL;
	struct buf root = {0};
	bool lacks = !pass_can_show(store), ok = true;

	pass_shown(store, report);
	if (lacks && folder[0] != '\0') {
		snprintf(root_path, sizeof(root_path), "%s/root.json", folder);
		ok = file_read(AT_FDCWD, root_path, metadata_limit(METADATA_ROOT), &root, err) &&
		     fetch_open(folder, NULL, &fetch, err) && pass_factory(store, fetch, &root, report, err);
	}
	fetch_close(fetch);
	buf_finish(&root);
	return ok;
}

static bool has_content(const char *stick)
{
	char path[SETTING_TEXT_MAX + sizeof("/metadata")];

	return stick && snprintf(path, sizeof(path), "%s/metadata", stick) < (int)sizeof(path) &&
	       access(path, F_OK) == 0;
}

/* The server, when there is one. */
static bool run_server(const struct settings *settings, struct store *store, struct status *status,
		       struct mirrors *mirrors, struct err *err)
{
	struct err factory = {0};
	bool shows = run_factory(settings->factory, store, &status->report, &factory);

	if (settings->server[0] == '\0') {
		if (!shows)
			*err = factory;
		return shows;
	}
	status->heard = run_pass(settings, store, status, mirrors, err);
	if (!status->heard && !shows)
		log_warn("%s", factory.text); /* of no consequence when the server had something */
	return status->heard;
}

/* Whoever has put a stick in waits to be told of it, whatever the server says. */
static bool run_all(const struct settings *settings, const char *stick, struct store *store, struct status *status,
		    struct mirrors *mirrors, struct err *err)
{
	struct mirrors first = {.list = stick, .root = settings->root};
	struct err why;

	if (!has_content(stick))
		return run_server(settings, store, status, mirrors, err);
	bool ok = run_pass(settings, store, status, &first, &why);
	bool changed = status->report.changed;
	bool server = run_server(settings, store, status, mirrors, err);
	status->report.changed = status->report.changed || changed;
	status->heard = status->heard || ok;
	if (settings->server[0] == '\0')
		snprintf(mirrors->used, sizeof(mirrors->used), "%s", first.used);
	if (ok)
		return server;
	if (!server)
		log_warn("%s", err->text);
	*err = why;
	return err_context(err, _("USB stick"));
}

/* One line, for people and for the journal. */
static int tell(const struct status *status)
{
	struct buf line = {0};
	struct err err;

	if (!status_sentence(status, &line, &err))
		log_error("%s", err.text);
	else if (status->went)
		log_error("%s", line.data);
	else
		log_info("%s", line.data);
	buf_finish(&line);
	if (!status->went)
		return EXIT_DONE;
	return status->went->code == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

/* The machine's clock, judged by what is shown. */
static void judge_clock(struct status *status, int64_t utc_s)
{
	status->now_utc_s = clock_judge(utc_s, status->report.published_utc_s, &status->clock);
	status->clock_behind_s = status->now_utc_s - utc_s;
}

static void pass_in(const struct settings *settings, const char *stick, struct store *store, struct mirrors *mirrors,
		    struct status *status, struct err *went)
{
	struct clock begun = clock_now(), ended;
	struct err err;

	pass_shown(store, &status->report);
	judge_clock(status, begun.utc_s);
	if (status->clock != CLOCK_RIGHT)
		log_warn("the clock is at least %lld s behind", (long long)status->clock_behind_s);
	if (!status_reserve(store_dir(store), &err))
		log_warn("%s", err.text);
	status->went = run_all(settings, stick, store, status, mirrors, went) ? NULL : went;
	ended = clock_now();
	judge_clock(status, ended.utc_s);
	status->duration_ms = ended.mono_ms - begun.mono_ms;
	status->mirror = mirrors->used;
	if (!status_write(store_dir(store), status, &err))
		log_error("%s", err.text);
}

static int pass(const struct settings *settings, const char *stick)
{
	struct mirrors mirrors = {.list = settings->server, .root = settings->root};
	struct status status = {0};
	struct store *store;
	struct err went;

	if (!store_open(settings->store, STORE_WRITE, &store, &went)) {
		log_error("failed: %s", went.text);
		return went.code == ERR_BUSY ? EXIT_BUSY : EXIT_FAILED;
	}
	pass_in(settings, stick, store, &mirrors, &status, &went);
	store_close(store);
	return tell(&status);
}

/* A clock that is behind is known by the content. */
static int64_t judged_now(const struct settings *settings)
{
	struct pass_report shown = {0};
	struct store *store = NULL;
	enum clock_state clock;
	struct err unused;

	if (store_open(settings->store, STORE_READ, &store, &unused))
		pass_shown(store, &shown);
	store_close(store);
	return clock_judge(clock_now().utc_s, shown.published_utc_s, &clock);
}

/* Beside the content, in the store's folder "firmware". */
static int firmware(const struct settings *settings)
{
	struct fetch_options options = {.ca_file = settings->ca_file,
					.proxy = settings->proxy,
					.redirect_hosts = settings->redirect_hosts,
					.now_utc_s = judged_now(settings),
					.chance = random_number()};
	char folder[SETTING_TEXT_MAX + sizeof("/" FIRMWARE_FOLDER)];
	struct firmware_report report;
	struct buf line = {0};
	struct err err;
	bool ok;

	snprintf(folder, sizeof(folder), "%s/" FIRMWARE_FOLDER, settings->store);
	ok = firmware_fetch(settings->server, &options, folder, &report, &err) &&
	     firmware_sentence(&report, &line, &err);
	if (ok)
		log_info("%s", line.data);
	else
		log_error("%s", err.text);
	buf_finish(&line);
	if (ok)
		return EXIT_DONE;
	return err.code == ERR_BUSY ? EXIT_BUSY : err.code == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

/* Up to a tenth longer than asked, so that a thousand kiosks do not come at once. */
static void pause_for(int64_t seconds)
{
	struct timespec left = {.tv_sec = seconds + seconds * (int64_t)(random_number() % 100) / 1000};

	while (nanosleep(&left, &left) != 0)
		;
}

/* Nothing where the firmware is not ours. */
static bool print_firmware(const struct settings *settings)
{
	struct buf text = {0};
	struct err err;
	bool ok;
	int dir;

	if (!file_open_dir(AT_FDCWD, settings->store, false, &dir, &err))
		return err.code == ERR_MISSING;
	ok = firmware_describe(dir, &text, &err);
	close(dir);
	if (ok)
		fputs(text.data ? text.data : "", stdout);
	else
		log_error("%s", err.text);
	buf_finish(&text);
	return ok;
}

static int print_status(const struct settings *settings)
{
	struct store *store = NULL;
	struct buf text = {0};
	struct err err;
	bool ok =
		store_open(settings->store, STORE_READ, &store, &err) && status_describe(store_dir(store), &text, &err);

	if (ok)
		fputs(text.data, stdout);
	else if (err.code == ERR_MISSING)
		printf(_("there has been no pass yet (%s)\n"), settings->store);
	else
		log_error("%s", err.text);
	store_close(store);
	buf_finish(&text);
	return print_firmware(settings) && ok ? EXIT_DONE : EXIT_FAILED;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	struct settings settings;
	struct err err;
	int status;

	log_name("vejviser-sync");
	message_open();
	if (!read_options(argc, argv, &options)) {
		fputs(_("vejviser-sync --help tells more\n"), stderr);
		return EXIT_USAGE;
	}
	if (options.help) {
		fputs(_(usage), stdout);
		return EXIT_DONE;
	}
	if (!read_settings(&options, &settings, &err)) {
		log_error("%s", err.text);
		return EXIT_USAGE;
	}
	if (options.status)
		return print_status(&settings);
	if (!become_owner(settings.store, &err)) {
		log_error("%s", err.text);
		return EXIT_FAILED;
	}
	if (options.firmware)
		return firmware(&settings);
	status = pass(&settings, options.stick);
	while (options.every_s > 0 && status != EXIT_USAGE) { /* wrong use stays wrong */
		pause_for(options.every_s);
		status = pass(&settings, options.stick);
	}
	return status;
}
