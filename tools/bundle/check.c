#include "bundle/check.h"

#include "bundle/fault.h"
#include "bundle/source.h"

#include <getopt.h>
#include <stdio.h>

static const char usage[] =
	"usage: vejviser-bundle check CONTENT [--share DIR]\n"
	"\n"
	"Reads the folder CONTENT and tells everything that is wrong in it, one fault a line, as \"file:line: what is "
	"wrong; what\n"
	"is allowed\". Errors stop a build; lines with \"warning:\" do not. Writes nothing.\n"
	"\n"
	"  --share DIR  the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else " VEJVISER_SHARE ")\n"
	"\n"
	"Exit status: 0 fine (perhaps with warnings), 1 errors, 2 the folder could not be read.\n";

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static int run(const char *content, const char *share)
{
	struct faults faults = {0};
	struct source source;
	struct err err = {0};
	int status = 2;

	if (source_read(content, share, &source, &faults, &err)) {
		faults_sort(&faults);
		faults_print(&faults, content, stdout);
		printf("%zu file%s, %zu page%s, %zu language%s: %zu warning%s, %zu error%s\n", source.file_count,
		       plural(source.file_count), source.page_count, plural(source.page_count),
		       source.bundle.language_count, plural(source.bundle.language_count), faults.warnings,
		       plural(faults.warnings), faults.errors, plural(faults.errors));
		status = faults.errors > 0;
		source_finish(&source);
	} else {
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
	}
	faults_finish(&faults);
	return status;
}

int command_check(int argc, char **argv)
{
	static const struct option options[] = {
		{"share", required_argument, NULL, 's'}, {"help", no_argument, NULL, 'h'}, {0}};
	const char *share = NULL;
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 's')
			share = optarg;
		else
			return fputs(usage, option == 'h' ? stdout : stderr), option == 'h' ? 0 : 2;
	}
	if (optind + 1 != argc)
		return fputs(usage, stderr), 2;
	return run(argv[optind], share);
}
