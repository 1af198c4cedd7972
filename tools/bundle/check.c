#include "bundle/check.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/message.h"
#include "bundle/fault.h"
#include "bundle/fit.h"
#include "bundle/source.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] = N_(
	"usage: vejviser-bundle check CONTENT [--all] [--json] [--fit] [--today DAY] [--share DIR]\n"
	"\n"
	"Reads the folder CONTENT and tells everything that is wrong in it, one fault a line, as \"file:line: what is "
	"wrong; what\n"
	"is allowed\": first the errors, then the warnings, each file by file. Errors stop a build; lines with "
	"\"warning:\" do not.\n"
	"How many translations are missing, older than the Danish or unchecked is told in one line for each language.\n"
	"Writes nothing.\n"
	"\n"
	"  --all        a line for each of those translations, too, and hints for better Danish\n"
	"  --json       for machines: one JSON object (its keys stand in tools/bundle/check.h)\n"
	"  --fit        look, too, whether every text fits the screens, in every language, size and form (some ten "
	"seconds)\n"
	"  --today DAY  the day that dates are held against, such as 2026-11-26 (default: today)\n"
	"  --share DIR  the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else the installed ones)\n"
	"\n"
	"Exit status: 0 fine (perhaps with warnings), 1 errors, 2 wrong use, or the folder could not be read.\n");

struct arguments {
	const char *content, *share;
	bool all, json, fit;
};

static void print_text(const struct arguments *args, const struct source *source, const struct faults *faults)
{
	faults_print(faults, args->content, args->all, stdout);
	printf(ngettext("%zu file, ", "%zu files, ", source->file_count), source->file_count);
	printf(ngettext("%zu page, ", "%zu pages, ", source->page_count), source->page_count);
	printf(ngettext("%zu language: ", "%zu languages: ", source->bundle.language_count),
	       source->bundle.language_count);
	printf(ngettext("%zu warning, ", "%zu warnings, ", faults->warnings), faults->warnings);
	printf(ngettext("%zu error\n", "%zu errors\n", faults->errors), faults->errors);
}

static bool fill_faults(struct json *list, const struct faults *faults)
{
	bool ok = list != NULL;

	for (size_t i = 0; ok && i < faults->count; i++) {
		const struct fault *fault = &faults->faults[i];
		struct json *row = json_add_object(list, NULL);

		ok = json_add_text(row, "file", fault->path) && json_add_integer(row, "line", (int64_t)fault->line) &&
		     json_add_text(row, "kind", fault_kind_name(fault->kind)) &&
		     json_add_text(row, "text", fault->text);
	}
	return ok;
}

static bool fill_translations(struct json *list, const struct faults *faults)
{
	bool ok = list != NULL;

	for (size_t i = 0; ok && i < faults->language_count; i++) {
		const struct lag_count *count = &faults->languages[i];
		struct json *row = json_add_object(list, NULL);

		ok = json_add_text(row, "lang", count->lang) &&
		     json_add_integer(row, "missing", (int64_t)count->of[LAG_MISSING]) &&
		     json_add_integer(row, "older", (int64_t)count->of[LAG_OLDER]) &&
		     json_add_integer(row, "unchecked", (int64_t)count->of[LAG_UNCHECKED]);
	}
	return ok;
}

static bool print_json(const struct arguments *args, const struct source *source, const struct faults *faults,
		       struct err *err)
{
	struct json *json = json_new_object();
	struct buf out = {0};
	bool ok = json_add_integer(json, "format", 1) && json_add_text(json, "folder", args->content) &&
		  json_add_integer(json, "files", (int64_t)source->file_count) &&
		  json_add_integer(json, "pages", (int64_t)source->page_count) &&
		  json_add_integer(json, "errors", (int64_t)faults->errors) &&
		  json_add_integer(json, "warnings", (int64_t)faults->warnings) &&
		  fill_faults(json_add_array(json, "faults"), faults) &&
		  fill_translations(json_add_array(json, "translations"), faults);

	ok = ok ? json_write(json, &out, err) : err_memory(err);
	if (ok)
		fputs(out.data, stdout);
	buf_finish(&out);
	json_destroy(json);
	return ok;
}

static int run(const struct arguments *args)
{
	struct faults faults = {0};
	struct source source;
	struct err err = {0};
	bool ok = source_read(args->content, args->share, &source, &faults, &err);

	if (ok) {
		if (args->fit && faults.errors == 0)
			ok = fit_check(&source, args->share, &faults, &err);
		else if (args->fit)
			fprintf(stderr,
				_("vejviser-bundle: the screens are not looked at before these errors are mended\n"));
		faults_sort(&faults);
		if (ok && args->json)
			ok = print_json(args, &source, &faults, &err);
		else if (ok)
			print_text(args, &source, &faults);
		source_finish(&source);
	}
	int status = faults.errors > 0;
	if (!ok) {
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
		status = 2;
	}
	faults_finish(&faults);
	return status;
}

/* The day reaches source_read() as its header says. */
static bool set_today(const char *day)
{
	struct clock_civil civil;
	char seconds[24];

	if (!clock_parse_date(day, &civil)) {
		fprintf(stderr, _("vejviser-bundle: --today %s: a day is such as 2026-11-26\n"), day);
		return false;
	}
	snprintf(seconds, sizeof(seconds), "%" PRId64, clock_days(civil.year, civil.month, civil.day) * 86400);
	return setenv("SOURCE_DATE_EPOCH", seconds, 1) == 0;
}

int command_check(int argc, char **argv)
{
	static const struct option options[] = {{"all", no_argument, NULL, 'a'},
						{"json", no_argument, NULL, 'j'},
						{"fit", no_argument, NULL, 'f'},
						{"today", required_argument, NULL, 't'},
						{"share", required_argument, NULL, 's'},
						{"help", no_argument, NULL, 'h'},
						{0}};
	struct arguments args = {0};
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'a')
			args.all = true;
		else if (option == 'j')
			args.json = true;
		else if (option == 'f')
			args.fit = true;
		else if (option == 's')
			args.share = optarg;
		else if (option == 't' && !set_today(optarg))
			return 2;
		else if (option != 't')
			return fputs(_(usage), option == 'h' ? stdout : stderr), option == 'h' ? 0 : 2;
	}
	if (optind + 1 != argc)
		return fputs(_(usage), stderr), 2;
	args.content = argv[optind];
	return run(&args);
}
