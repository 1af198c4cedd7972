#include "bundle/publish.h"

#include "base/clock.h"
#include "base/message.h"
#include "bundle/build.h"
#include "bundle/difference.h"
#include "bundle/fault.h"
#include "bundle/files.h"
#include "bundle/history.h"
#include "bundle/keys.h"
#include "bundle/mirror.h"
#include "bundle/passphrase.h"
#include "bundle/publish_options.h"
#include "bundle/repository.h"

#include <stdio.h>
#include <unistd.h>

#define DAY_S          INT64_C(86400)
#define ROOT_WARN_DAYS 180
#define LIST_WARN_DAYS 30

#define OPTIONS_SEND \
	"  --keys DIR         the folder of keys (vejviser-bundle keys)\n" \
	"  --repo FOLDER      the repository on this machine; made when missing. Any web server or USB stick can " \
	"carry it\n" \
	"  --to URL           sends it on to sftp://host/folder or https://host/folder (WebDAV), where kiosks fetch " \
	"it\n" \
	"  --login FILE       for --to: rows user, key, key_passphrase, password, known_hosts, ca_file; chmod 600\n" \
	"  --check-all        for --to: asks for every file, and sends those that the server has lost\n"
#define OPTIONS_DAYS \
	"  --expires-days N   1 to 3650 for everything, instead of 365 for the list of files, 30 for the snapshot, 7 " \
	"for\n" \
	"                     the timestamp: publish or refresh before that\n"
#define OPTION_TIME \
	"  --time SECONDS     publishes as at this time since 1970, not as now: the same content and keys give the " \
	"same bytes,\n" \
	"                     for a factory bundle\n"
#define STATUS "\nExit status: 0 done or nothing new, 1 nothing was published, 2 wrong use.\n"

static const struct publish_usage publish_usage = {
	N_("usage: vejviser-bundle publish CONTENT --keys DIR --repo FOLDER [--to URL --login FILE] [--yes] [--share "
	   "DIR]\n"
	   "                                [--check-all] [--expires-days N] [--time SECONDS]\n"
	   "\n"
	   "Checks the folder CONTENT, shows what will change for visitors, asks, signs and publishes it.\n"
	   "\n" OPTIONS_SEND
	   "  --yes              does not ask (nor does a first publication, nor one that changes nothing)\n"
	   "  --share DIR        the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else the installed "
	   "ones)\n" OPTIONS_DAYS OPTION_TIME STATUS),
	"kritlyaem", 1};

static const struct publish_usage undo_usage = {
	N_("usage: vejviser-bundle undo --keys DIR --repo FOLDER [--version N] [--to URL --login FILE] [--yes]\n"
	   "                             [--check-all] [--expires-days N]\n"
	   "       vejviser-bundle undo --repo FOLDER --list\n"
	   "\n"
	   "Publishes what was published before once more, as a new version. Doing it twice brings back what was "
	   "undone.\n"
	   "\n" OPTIONS_SEND "  --version N        goes back to that version; --list tells which there are\n"
	   "  --yes              does not ask\n" OPTIONS_DAYS STATUS),
	"krtlyavse", 0};

static const struct publish_usage refresh_usage = {
	N_("usage: vejviser-bundle refresh --keys DIR --repo FOLDER [--to URL --login FILE] [--check-all] "
	   "[--expires-days "
	   "N]\n"
	   "\n"
	   "Renews what expires after a few days, from a timer, and changes no content. Needs only the online key.\n"
	   "\n" OPTIONS_SEND OPTIONS_DAYS STATUS),
	"krtlae", 0};

static const struct publish_usage diff_usage = {
	N_("usage: vejviser-bundle diff OLD NEW [--share DIR]\n"
	   "\n"
	   "Shows what visitors see change from OLD to NEW. Each is a repository, "
	   "a folder that vejviser-bundle build made, or\n"
	   "a folder of content.\n"
	   "\n"
	   "Exit status: 0 the same, 1 different, 2 wrong use or an error.\n"),
	"i", 2};

/* ---- one way to publish, for all commands */

/* Everything a publication holds on to. */
struct session {
	const struct publish_options *options;
	struct keys keys;
	struct login login;
	struct upload *upload;
	struct mirror *mirror;
	struct repository_terms terms;
};

/* `session` has its options, and nothing else. */
static bool session_open(struct session *session, bool online, struct err *err)
{
	const struct publish_options *options = session->options;

	session->terms = options->terms;
	if (!keys_open(options->keys, online, &session->keys, err))
		return false;
	if (!options->to)
		return true;
	if ((options->login && !login_read(options->login, &session->login, err)) ||
	    !upload_open(options->to, &session->login, &session->upload, err) ||
	    !mirror_open(session->upload, &session->keys, options->repo, options->all, &session->mirror, err))
		return false;
	mirror_terms(session->mirror, &session->terms);
	if (mirror_doubted(session->mirror) && online)
		return err_set(err, ERR_SIGNATURE, "what is on the server is not believed, so it is not renewed: %s",
			       mirror_doubted(session->mirror));
	if (mirror_doubted(session->mirror))
		fprintf(stderr,
			_("vejviser-bundle: warning: what is on the server is not believed (%s). It will be replaced "
			  "by "
			  "what is "
			  "published from here\n"),
			mirror_doubted(session->mirror));
	return true;
}

static void session_close(struct session *session)
{
	mirror_close(session->mirror);
	upload_close(session->upload);
	login_finish(&session->login);
	keys_finish(&session->keys);
}

static void warn_expiry(const struct repository_report *report, enum metadata_role role, int64_t days, const char *what,
			int64_t now_utc_s)
{
	char expires[CLOCK_UTC_MAX];

	if (report->expires_utc_s[role] - now_utc_s > days * DAY_S)
		return;
	clock_format_utc(report->expires_utc_s[role], expires);
	fprintf(stderr, _("vejviser-bundle: warning: %s expires at %s\n"), what, expires);
}

static void tell(const struct session *session, const struct repository_report *report, int64_t now_utc_s)
{
	const int64_t *versions = report->versions;

	if (report->ahead)
		fputs(_("The last publication is dated in the future: the clock of this machine or of the one before "
			"is "
			"wrong.\n"),
		      stdout);
	if (report->added + report->changed + report->removed > 0)
		printf(_("Published version %lld: %zu added, %zu changed, %zu removed, %zu files in all"),
		       (long long)versions[METADATA_TARGETS], report->added, report->changed, report->removed,
		       report->files);
	else if (report->renewed)
		printf(_("Nothing changed; version %lld renews the list of %zu files"),
		       (long long)versions[METADATA_TARGETS], report->files);
	else
		printf(_("Nothing changed: version %lld stays, %zu files"), (long long)versions[METADATA_TARGETS],
		       report->files);
	printf(_(" (snapshot %lld, timestamp %lld) in %s\n"), (long long)versions[METADATA_SNAPSHOT],
	       (long long)versions[METADATA_TIMESTAMP], session->options->repo);
	warn_expiry(report, METADATA_ROOT, ROOT_WARN_DAYS, _("root.json (\"vejviser-bundle root draft\" renews it)"),
		    now_utc_s);
	warn_expiry(report, METADATA_TARGETS, LIST_WARN_DAYS, _("the list of files (publishing renews it)"), now_utc_s);
}

/* One line that changes, for a person who waits. */
static void show_progress(size_t done, size_t all)
{
	fputc('\r', stderr);
	fprintf(stderr, _("%zu of %zu"), done, all);
	fputs(done == all ? "\n" : "", stderr);
}

static bool send(struct session *session, struct err *err)
{
	struct mirror_report report;

	if (!session->mirror)
		return true;
	if (!mirror_push(session->mirror, isatty(STDERR_FILENO) ? show_progress : NULL, &report, err))
		return err_context(err, "kiosks still see what was there before; the same command goes on from here");
	printf(ngettext("Sent %zu file (%lld bytes) to %s; %zu were there already\n",
			"Sent %zu files (%lld bytes) to %s; %zu were there already\n", report.sent),
	       report.sent, (long long)report.sent_bytes, session->options->to, report.there);
	return true;
}

/* What is too old, here and on the server. */
static bool prune(struct session *session, struct err *err)
{
	const struct history_gone gone = {mirror_gone, session->mirror};
	size_t removed;

	if (!history_prune(session->options->repo, session->mirror ? &gone : NULL, &removed, err))
		return err_context(err, "it is published, but old files could not be taken away");
	if (removed > 0)
		printf(ngettext("Took away %zu file of versions older than the newest %d\n",
				"Took away %zu files of versions older than the newest %d\n", removed),
		       removed, HISTORY_KEPT);
	return true;
}

/* `files` NULL: only a refresh. */
static bool sign_and_send(struct session *session, const struct bundle_files *files, struct err *err)
{
	const struct publish_options *options = session->options;
	int64_t now_utc_s = options->time_utc_s ? options->time_utc_s : clock_sane(clock_now().utc_s);
	struct repository_report report;
	bool ok = files ? repository_publish(options->repo, files, &session->keys, &session->terms, now_utc_s, &report,
					     err)
			: repository_refresh(options->repo, &session->keys, &session->terms, now_utc_s, &report, err);

	ok = ok && send(session, err);
	if (ok)
		tell(session, &report, now_utc_s);
	return ok && prune(session, err);
}

/* What is published now; empty when nothing is. */
static bool load_present(const char *repo, struct bundle_files *out, struct err *err)
{
	struct err why;
	int64_t version;

	*out = (struct bundle_files){0};
	if (!history_current(repo, METADATA_TARGETS, &version, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	return version == 0 || history_load(repo, NULL, version, out, err);
}

/* Shows what visitors will see change, and asks. */
static bool agree(const struct publish_options *options, const struct bundle_files *new, struct err *err)
{
	struct bundle_files old;
	struct buf text = {0};
	size_t count;
	bool ok = load_present(options->repo, &old, err) && difference_tell(&old, new, &text, &count, err);

	if (ok && text.data)
		fputs(text.data, stdout);
	fflush(stdout);
	if (ok && count > 0 && old.count > 0 && !options->yes)
		ok = passphrase_agree(_("Publish this? (yes or no)"), err);
	buf_finish(&text);
	bundle_files_finish(&old);
	return ok;
}

static int finish(bool ok, const struct err *err)
{
	if (!ok)
		fprintf(stderr, "vejviser-bundle: %s\n", err->text);
	return ok ? 0 : 1;
}

/* ---- the commands */

int command_publish(int argc, char **argv)
{
	struct publish_options options;
	int went = publish_options_read(argc, argv, &publish_usage, &options);
	struct session session = {.options = &options};
	struct bundle_files files = {0};
	struct faults faults = {0};
	struct err err;
	bool ok;

	if (went != 0)
		return went == 1 ? 0 : 2;
	ok = build_files(options.args[0], options.share, &files, &faults, &err);
	faults_print(&faults, options.args[0], false, stderr);
	ok = (ok && session_open(&session, false, &err) && agree(&options, &files, &err)) ||
	     err_context(&err, "nothing was published");
	ok = ok && sign_and_send(&session, &files, &err);
	session_close(&session);
	bundle_files_finish(&files);
	faults_finish(&faults);
	return finish(ok, &err);
}

static bool undo(struct session *session, struct bundle_files *files, struct err *err)
{
	const struct publish_options *options = session->options;
	int64_t version = options->version;

	return (version > 0 || history_previous(options->repo, &version, err)) &&
	       history_load(options->repo, &session->keys, version, files, err) && agree(options, files, err) &&
	       sign_and_send(session, files, err) &&
	       printf(_("This is what version %lld said. The folder of content still holds what was undone: mend it "
			"before "
			"you publish again.\n"),
		      (long long)version) > 0;
}

int command_undo(int argc, char **argv)
{
	struct publish_options options;
	int went = publish_options_read(argc, argv, &undo_usage, &options);
	struct session session = {.options = &options};
	struct bundle_files files = {0};
	struct buf list = {0};
	struct err err;
	bool ok;

	if (went != 0)
		return went == 1 ? 0 : 2;
	if (options.list) {
		ok = history_list(options.repo, &list, &err);
		if (ok && list.data)
			fputs(list.data, stdout);
		buf_finish(&list);
		return finish(ok, &err);
	}
	ok = session_open(&session, false, &err) && undo(&session, &files, &err);
	session_close(&session);
	bundle_files_finish(&files);
	return finish(ok, &err);
}

int command_refresh(int argc, char **argv)
{
	struct publish_options options;
	int went = publish_options_read(argc, argv, &refresh_usage, &options);
	struct session session = {.options = &options};
	struct err err;
	bool ok;

	if (went != 0)
		return went == 1 ? 0 : 2;
	ok = session_open(&session, true, &err) && sign_and_send(&session, NULL, &err);
	session_close(&session);
	return finish(ok, &err);
}

static bool is_there(const char *folder, const char *name)
{
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s/%s", folder, name);

	return n > 0 && n < (int)sizeof(path) && access(path, F_OK) == 0;
}

/* A repository, content, or a bundle. */
static bool load_any(const char *path, const char *share, struct bundle_files *out, struct err *err)
{
	struct faults faults = {0};
	bool ok;

	if (is_there(path, "metadata"))
		return load_present(path, out, err);
	if (!is_there(path, "site.yaml"))
		return files_read(path, out, err);
	ok = build_files(path, share, out, &faults, err);
	if (!ok)
		faults_print(&faults, path, false, stderr);
	faults_finish(&faults);
	return ok;
}

int command_diff(int argc, char **argv)
{
	struct publish_options options;
	int went = publish_options_read(argc, argv, &diff_usage, &options);
	struct bundle_files old = {0}, new = {0};
	struct buf text = {0};
	size_t count = 0;
	struct err err;
	bool ok;

	if (went != 0)
		return went == 1 ? 0 : 2;
	ok = load_any(options.args[0], options.share, &old, &err) &&
	     load_any(options.args[1], options.share, &new, &err) && difference_tell(&old, &new, &text, &count, &err);
	if (ok && text.data)
		fputs(text.data, stdout);
	buf_finish(&text);
	bundle_files_finish(&old);
	bundle_files_finish(&new);
	if (finish(ok, &err) != 0)
		return 2;
	return count > 0 ? 1 : 0;
}
