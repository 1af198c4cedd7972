#include "bundle/import.h"

#include "base/array.h"
#include "base/file.h"
#include "bundle/import_places.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"usage: vejviser-bundle import places FILE.csv --map MAP.yaml [--content DIR] [--yes] [--remove]\n"
	"\n"
	"Shows what would change in DIR (default: content) and writes nothing without --yes. What staff changed by hand "
	"stays.\n"
	"\n"
	"  --map MAP.yaml  which column becomes what. Beside it, MAP.imported.csv remembers what was written\n"
	"  --yes           write it\n"
	"  --remove        also remove what is gone from the list\n"
	"\n"
	"Exit status: 0 done or shown, 1 rows or events with faults (they were left as they were), 2 could not run.\n";

struct import_options {
	const char *what, *from, *map, *content;
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
	printf("%zu added, %zu changed, %zu as they were, %zu kept as changed by hand, %zu gone\n",
	       plan->counts[PLAN_ADD], plan->counts[PLAN_CHANGE], same, plan->counts[PLAN_KEEP],
	       plan->counts[PLAN_GONE]);
	if (plan->counts[PLAN_GONE] > 0 && !options->remove)
		puts("What is gone stays until --remove is given.");
	if (!options->yes)
		puts("Nothing was written. The same command with --yes writes it.");
}

/* The record last: what it does not know yet would be taken for somebody's own. */
static bool import_places(const struct import_options *options, int dir, struct faults *faults, struct plan *plan,
			  struct err *err)
{
	struct import_places import = {
		.dir = dir, .table = options->from, .map = options->map, .remove = options->remove};
	bool ok = import_places_plan(&import, faults, plan, err);

	if (ok) {
		printf("%s: %zu rows, %s, separator %s\n", options->from, import.row_count,
		       import.windows_1252 ? "Windows-1252" : "UTF-8",
		       import.separator == '\t'  ? "tab"
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

static const struct {
	const char *name;
	bool (*run)(const struct import_options *options, int dir, struct faults *faults, struct plan *plan,
		    struct err *err);
	bool mapped;
} kinds[] = {
	{"places", import_places, true},
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
	faults_print(&faults, "", stdout);
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
			return fputs(usage, stdout), 0;
		if (option == '?')
			return fputs(usage, stderr), 2;
		given.map = option == 'm' ? optarg : given.map;
		given.content = option == 'c' ? optarg : given.content;
		given.yes = given.yes || option == 'y';
		given.remove = given.remove || option == 'r';
	}
	while (optind < argc && kind < ARRAY_LEN(kinds) && strcmp(kinds[kind].name, argv[optind]) != 0)
		kind++;
	if (optind + 2 != argc || kind == ARRAY_LEN(kinds) || kinds[kind].mapped != (given.map != NULL))
		return fputs(usage, stderr), 2;
	given.from = argv[optind + 1];
	return run(&given, kind);
}
