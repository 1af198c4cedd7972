#include "bundle/import.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/calendar.h"
#include "bundle/ics.h"
#include "bundle/import_events.h"
#include "bundle/import_places.h"
#include "bundle/slug.h"
#include "bundle/upload.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = N_(
	"usage: vejviser-bundle import places FILE.csv --map MAP.yaml [--content DIR] [--yes] [--remove]\n"
	"       vejviser-bundle import events FILE.ics [--list NAME] [--kind KIND] [--content DIR] [--yes] [--remove]\n"
	"       vejviser-bundle import events https://... --list NAME [...]\n"
	"\n"
	"Shows what would change in DIR (default: content) and writes nothing without --yes. What staff changed by "
	"hand "
	"stays.\n"
	"\n"
	"  --map MAP.yaml  which column becomes what. Beside it, MAP.imported.csv remembers what was written\n"
	"  --list NAME     what the calendar is called here, the same each time: a-z, 0-9 and - (default: from the "
	"file's "
	"name)\n"
	"  --kind KIND     of events that say none: language, sport, children, culture, health, seniors, meeting, "
	"volunteer\n"
	"  --ca FILE       certificates to trust for https instead of the system's\n"
	"  --yes           write it\n"
	"  --remove        also remove what is gone from the list\n"
	"\n"
	"Exit status: 0 done or shown, 1 rows or events with faults (they were left as they were), 2 could not run.\n");

struct import_options {
	const char *from, *map, *content, *list, *kind, *ca;
	bool yes, remove;
};

static bool unchanged(const char *path, const struct buf *bytes)
{
	struct buf now = {0};
	struct err unused;
	bool same = file_read(AT_FDCWD, path, bytes->len, &now, &unused) && now.len == bytes->len &&
		    memcmp(now.data, bytes->data, now.len) == 0;

	buf_finish(&now);
	return same;
}

static void tell_end(const struct import_options *options, const struct plan *plan, size_t same)
{
	printf(_("%zu added, %zu changed, %zu as they were, %zu kept as changed by hand, %zu gone\n"),
	       plan->counts[PLAN_ADD], plan->counts[PLAN_CHANGE], same, plan->counts[PLAN_KEEP],
	       plan->counts[PLAN_GONE]);
	if (plan->counts[PLAN_GONE] > 0 && !options->remove)
		puts(_("What is gone stays until --remove is given."));
	if (!options->yes)
		puts(_("Nothing was written. The same command with --yes writes it."));
}

/* The record last: what it does not know yet would be taken for somebody's own. */
static bool import_places(const struct import_options *options, int dir, struct faults *faults, struct plan *plan,
			  struct err *err)
{
	struct import_places import = {
		.dir = dir, .table = options->from, .map = options->map, .remove = options->remove};
	bool ok = import_places_plan(&import, faults, plan, err);

	if (ok) {
		printf(_("%s: %zu rows, %s, separator %s\n"), options->from, import.row_count,
		       import.windows_1252 ? "Windows-1252" : "UTF-8",
		       import.separator == '\t'  ? _("tab")
		       : import.separator == ';' ? "\";\""
						 : "\",\"");
		plan_tell(plan, stdout);
		tell_end(options, plan, import.same);
	}
	if (ok && options->yes)
		ok = plan_write(plan, dir, options->remove, err) &&
		     (unchanged(import.imported, &import.record) ||
		      file_write(AT_FDCWD, import.imported, import.record.data, import.record.len, 0644, err));
	import_places_finish(&import);
	return ok;
}

static bool load_calendar(const struct import_options *options, struct buf *out, struct err *err)
{
	char url[2048];

	if (!strstr(options->from, "://"))
		return file_read(AT_FDCWD, options->from, CALENDAR_BYTES_MAX, out, err);
	/* How web sites write "subscribe". */
	bool webcal = strncmp(options->from, "webcal://", 9) == 0;
	snprintf(url, sizeof(url), "%s%s", webcal ? "https://" : "", options->from + (webcal ? 9 : 0));
	return upload_fetch(url, options->ca, CALENDAR_BYTES_MAX, out, err);
}

/* The name of the calendar here: given, or from that of the file. */
static bool name_list(const struct import_options *options, char list[ID_MAX], struct err *err)
{
	const char *slash = strrchr(options->from, '/');
	char stem[128];

	snprintf(stem, sizeof(stem), "%s", slash ? slash + 1 : options->from);
	char *dot = strrchr(stem, '.');
	if (dot)
		*dot = '\0';
	slug_make(options->list ? options->list : stem, list);
	if (strstr(options->from, "://") && !options->list)
		return err_set(err, ERR_USAGE, "give the calendar a name with --list, the same each time");
	return (*list && (!options->list || strcmp(list, options->list) == 0)) ||
	       err_set(err, ERR_USAGE, "--list must be a name of a-z, 0-9 and -, at most 40 of them");
}

static bool import_events(const struct import_options *options, int dir, struct faults *faults, struct plan *plan,
			  struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char list[ID_MAX];
	struct buf bytes = {0};
	struct import_events import = {.dir = dir,
				       .from = strstr(options->from, "://") ? list : options->from,
				       .bytes = &bytes,
				       .list = list,
				       .kind = options->kind,
				       .today = (epoch && *epoch ? strtoll(epoch, NULL, 10) : clock_now().utc_s) /
						86400};
	bool ok = name_list(options, list, err);

	if (ok && options->kind && shape_choice(event_kinds, options->kind) < 0)
		ok = err_set(err, ERR_USAGE, "--kind \"%s\" is unknown; --help says what is allowed", options->kind);
	ok = ok && load_calendar(options, &bytes, err) && import_events_plan(&import, faults, plan, err);
	if (ok) {
		plan_tell(plan, stdout);
		printf(_("%zu are over or more than %d months away, %zu are private\n"), import.over, ICS_MONTHS,
		       import.hidden);
		tell_end(options, plan, import.same);
	}
	ok = ok && (!options->yes || plan_write(plan, dir, options->remove, err));
	buf_finish(&bytes);
	return ok;
}

static const struct {
	const char *name;
	bool (*run)(const struct import_options *options, int dir, struct faults *faults, struct plan *plan,
		    struct err *err);
	bool mapped;
} kinds[] = {
	{"places", import_places, true},
	{"events", import_events, false},
};

static int run(const struct import_options *options, size_t kind)
{
	struct faults faults = {0};
	struct plan plan = {0};
	struct err err = {0};
	int dir = -1;
	bool ok = file_open_dir(AT_FDCWD, options->content, false, &dir, &err) &&
		  kinds[kind].run(options, dir, &faults, &plan, &err);
	int status = ok ? faults.errors > 0 : 2;

	faults_sort(&faults);
	faults_print(&faults, "", false, stdout);
	if (ok && options->yes && plan.counts[PLAN_ADD] + plan.counts[PLAN_CHANGE] > 0)
		printf(_("Written. Look at it, then: vejviser-bundle check %s\n"), options->content);
	if (!ok)
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
	if (dir >= 0)
		close(dir);
	plan_finish(&plan);
	faults_finish(&faults);
	return status;
}

int command_import(int argc, char **argv)
{
	static const struct option options[] = {{"map", required_argument, NULL, 'm'},
						{"content", required_argument, NULL, 'c'},
						{"list", required_argument, NULL, 'l'},
						{"kind", required_argument, NULL, 'k'},
						{"ca", required_argument, NULL, 'a'},
						{"yes", no_argument, NULL, 'y'},
						{"remove", no_argument, NULL, 'r'},
						{"help", no_argument, NULL, 'h'},
						{0}};
	struct import_options given = {.content = "content"};
	size_t kind = 0;
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return fputs(_(usage), stdout), 0;
		if (option == '?')
			return fputs(_(usage), stderr), 2;
		const struct {
			int letter;
			const char **value;
		} texts[] = {{'m', &given.map},
			     {'c', &given.content},
			     {'l', &given.list},
			     {'k', &given.kind},
			     {'a', &given.ca}};
		for (size_t i = 0; i < ARRAY_LEN(texts); i++)
			if (texts[i].letter == option)
				*texts[i].value = optarg;
		given.yes = given.yes || option == 'y';
		given.remove = given.remove || option == 'r';
	}
	while (optind < argc && kind < ARRAY_LEN(kinds) && strcmp(kinds[kind].name, argv[optind]) != 0)
		kind++;
	if (optind + 2 != argc || kind == ARRAY_LEN(kinds) || kinds[kind].mapped != (given.map != NULL))
		return fputs(_(usage), stderr), 2;
	given.from = argv[optind + 1];
	return run(&given, kind);
}
