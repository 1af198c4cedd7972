/* vejviser-sync -- brings what staff have published to this kiosk, and nothing that staff have not signed. */
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/settings.h"
#include "store/store.h"
#include "sync/fetch.h"
#include "sync/pass.h"
#include "sync/status.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define EVERY_MAX_S INT64_C(604800) /* a week */

enum {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2
};

static const char usage[] =
	"usage: vejviser-sync [--config FILE] [--server URL|FOLDER] [--store DIR] [--root FILE] [--ca-file FILE]\n"
	"                     [--factory DIR] [--every TIME] [--status] [--help]\n"
	"\n"
	"Fetches the newest signed content, checks it and switches to it. Tells in one line how it went.\n"
	"\n"
	"  --config FILE        settings; " SETTINGS_PATH " when not given, and then it may be missing\n"
	"  --server URL|FOLDER  where content comes from: http://, https:// or a folder such as a USB stick\n"
	"  --store DIR          where content is kept\n"
	"  --root FILE          the first root.json to trust\n"
	"  --factory DIR        content to show while there is no other; without a server, only that is done\n"
	"  --ca-file FILE       certificates to trust for https instead of the system's\n"
	"  --every TIME         again and again, with this pause or up to a tenth more: 90s, 15m, 2h or 1d\n"
	"  --status             tells how the last pass went, and does nothing else\n"
	"  --help               this text\n"
	"\n"
	"What is given here wins over the settings.\n"
	"Exit status: 0 done or nothing new, 1 failed (what was shown stays), 2 wrong use.\n";

struct options {
	const char *config, *server, *store, *root, *ca_file, *factory;
	int64_t every_s; /* 0: once */
	bool status, help;
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
		{"config", required_argument, NULL, 'c'},  {"server", required_argument, NULL, 's'},
		{"store", required_argument, NULL, 'd'},   {"root", required_argument, NULL, 'r'},
		{"ca-file", required_argument, NULL, 'a'}, {"factory", required_argument, NULL, 'f'},
		{"every", required_argument, NULL, 'e'},   {"status", no_argument, NULL, 't'},
		{"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
	};
	const struct {
		int letter;
		const char **value;
	} texts[] = {{'c', &out->config}, {'s', &out->server},  {'d', &out->store},
		     {'r', &out->root},   {'a', &out->ca_file}, {'f', &out->factory}};
	int letter;

	while ((letter = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			if (texts[i].letter == letter)
				*texts[i].value = optarg;
		out->status = out->status || letter == 't';
		out->help = out->help || letter == 'h';
		if (letter == '?')
			return false;
		if (letter == 'e' && !parse_every(optarg, &out->every_s)) {
			fprintf(stderr, "vejviser-sync: --every %s: must be 1s to 7d, such as 90s, 15m, 2h or 1d\n",
				optarg);
			return false;
		}
	}
	if (optind < argc)
		fprintf(stderr, "vejviser-sync: %s: is no option\n", argv[optind]);
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

static bool read_settings(const struct options *options, struct settings *out, struct err *err)
{
	const char *path = options->config ? options->config : SETTINGS_PATH;

	if (!settings_read(path, options->config != NULL, out, err) ||
	    !set_text("--server", options->server, out->server, err) ||
	    !set_text("--store", options->store, out->store, err) ||
	    !set_text("--root", options->root, out->root, err) ||
	    !set_text("--ca-file", options->ca_file, out->ca_file, err) ||
	    !set_text("--factory", options->factory, out->factory, err))
		return false;
	if (!options->status && !options->factory && out->server[0] == '\0')
		return err_set(err, ERR_USAGE, "no server: give --server, or set it in %s", path);
	return true;
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

static bool run_pass(const struct settings *settings, struct store *store, int64_t now_utc_s,
		     struct pass_report *report, struct err *err)
{
	struct fetch *fetch = NULL;
	struct buf root = {0};
	bool ok = read_root(settings->root, &root, err) && fetch_open(settings->server, settings->ca_file, &fetch, err);

	if (ok && !pass_run(store, fetch, &root, now_utc_s, report, err))
		ok = report->versions[METADATA_ROOT] == 0 ? err_context(err, "%s", settings->root) : false;
	fetch_close(fetch);
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

static int tell(const struct pass_report *report, const struct err *went)
{
	struct buf line = {0};
	struct err err;

	if (status_sentence(report, went, &line, &err))
		printf("%s\n", line.data);
	else
		log_error("%s", err.text);
	fflush(stdout);
	buf_finish(&line);
	if (!went)
		return EXIT_DONE;
	return went->code == ERR_USAGE ? EXIT_USAGE : EXIT_FAILED;
}

static int pass(const struct settings *settings)
{
	int64_t now_utc_s = clock_sane(clock_now().utc_s);
	struct pass_report report = {0};
	struct store *store;
	struct err went, factory = {0}, err;
	bool ok;

	if (!store_open(settings->store, STORE_WRITE, &store, &went)) {
		printf("failed: %s\n", went.text);
		fflush(stdout);
		return EXIT_FAILED;
	}
	ok = run_factory(settings->factory, store, &report, &factory);
	went = factory;
	if (settings->server[0] != '\0') {
		bool lacks = !ok;

		ok = run_pass(settings, store, now_utc_s, &report, &went);
		if (!ok && lacks)
			log_warn("%s", factory.text); /* of no consequence when the server had something */
	}
	if (!status_write(store_dir(store), &report, ok ? NULL : &went, now_utc_s, &err))
		log_warn("%s", err.text);
	store_close(store);
	return tell(&report, ok ? NULL : &went);
}

/* Up to a tenth longer than asked, so that a thousand kiosks do not come at once. */
static void pause_for(int64_t seconds)
{
	uint32_t chance = 0;
	struct timespec left;

	if (getrandom(&chance, sizeof(chance), 0) != (ssize_t)sizeof(chance))
		chance = 0;
	left = (struct timespec){.tv_sec = seconds + seconds * (int64_t)(chance % 100) / 1000};
	while (nanosleep(&left, &left) != 0)
		;
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
		printf("there has been no pass yet (%s)\n", settings->store);
	else
		log_error("%s", err.text);
	store_close(store);
	buf_finish(&text);
	return ok ? EXIT_DONE : EXIT_FAILED;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	struct settings settings;
	struct err err;
	int status;

	log_name("vejviser-sync");
	if (!read_options(argc, argv, &options)) {
		fputs("vejviser-sync --help tells more\n", stderr);
		return EXIT_USAGE;
	}
	if (options.help) {
		fputs(usage, stdout);
		return EXIT_DONE;
	}
	if (!read_settings(&options, &settings, &err)) {
		log_error("%s", err.text);
		return EXIT_USAGE;
	}
	if (options.status)
		return print_status(&settings);
	status = pass(&settings);
	while (options.every_s > 0 && status != EXIT_USAGE) { /* wrong use stays wrong */
		pause_for(options.every_s);
		status = pass(&settings);
	}
	return status;
}
