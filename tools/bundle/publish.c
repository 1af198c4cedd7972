#include "bundle/publish.h"

#include "base/clock.h"
#include "bundle/build.h"
#include "bundle/fault.h"
#include "bundle/keys.h"
#include "bundle/repository.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_MAX 3650

static const char usage[] =
	"usage: vejviser-bundle publish CONTENT --keys DIR --repo FOLDER [--share DIR] [--expires-days N]\n"
	"\n"
	"Checks the folder CONTENT, signs what has changed and writes it to FOLDER, which any web server or USB stick "
	"can carry.\n"
	"\n"
	"  --keys DIR         the folder that `vejviser-bundle keys` made\n"
	"  --repo FOLDER      the repository; made when missing\n"
	"  --share DIR        the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else " VEJVISER_SHARE ")\n"
	"  --expires-days N   1 to 3650 for everything, instead of 365 for the list of files, 30 for the "
	"snapshot, 7 for the timestamp:\n"
	"                     publish again (or let a machine do it) before that\n"
	"\n"
	"Exit status: 0 published or nothing new, 1 nothing was published, 2 wrong use.\n";

struct options {
	const char *content, *keys, *repo, *share;
	struct repository_lifetimes lifetimes;
};

static bool parse_days(const char *text, struct repository_lifetimes *out)
{
	size_t digits = strspn(text, "0123456789");
	int64_t days;

	if (digits == 0 || digits > 4 || text[digits] != '\0')
		return false;
	days = strtol(text, NULL, 10);
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		out->days[i] = days;
	return days >= 1 && days <= DAYS_MAX;
}

/* 0: go on. 1: help was wanted. -1: wrong use. */
static int read_options(int argc, char **argv, struct options *out)
{
	static const struct option options[] = {
		{"keys", required_argument, NULL, 'k'},  {"repo", required_argument, NULL, 'r'},
		{"share", required_argument, NULL, 's'}, {"expires-days", required_argument, NULL, 'e'},
		{"help", no_argument, NULL, 'h'},        {NULL, 0, NULL, 0},
	};
	const struct {
		int letter;
		const char **value;
	} texts[] = {{'k', &out->keys}, {'r', &out->repo}, {'s', &out->share}};
	int letter;

	while ((letter = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			if (texts[i].letter == letter)
				*texts[i].value = optarg;
		if (letter == 'h')
			return 1;
		if (letter == '?')
			return -1;
		if (letter == 'e' && !parse_days(optarg, &out->lifetimes)) {
			fprintf(stderr, "vejviser-bundle: --expires-days %s: must be a whole number from 1 to %d\n",
				optarg, DAYS_MAX);
			return -1;
		}
	}
	if (optind + 1 != argc || !out->keys || !out->repo) {
		fputs(usage, stderr);
		return -1;
	}
	out->content = argv[optind];
	return 0;
}

static void tell(const struct options *options, const struct repository_report *report)
{
	const int64_t *versions = report->versions;

	if (report->changes.data)
		fputs(report->changes.data, stdout);
	if (report->ahead)
		fputs("The last publication is dated in the future: the clock of this machine or of the one before is "
		      "wrong.\n",
		      stdout);
	if (report->added + report->changed + report->removed > 0)
		printf("Published version %lld: %zu added, %zu changed, %zu removed, %zu files in all",
		       (long long)versions[METADATA_TARGETS], report->added, report->changed, report->removed,
		       report->files);
	else if (report->renewed)
		printf("Nothing changed; version %lld renews the list of %zu files",
		       (long long)versions[METADATA_TARGETS], report->files);
	else
		printf("Nothing changed: version %lld stays, %zu files", (long long)versions[METADATA_TARGETS],
		       report->files);
	printf(" (snapshot %lld, timestamp %lld) in %s\n", (long long)versions[METADATA_SNAPSHOT],
	       (long long)versions[METADATA_TIMESTAMP], options->repo);
}

static bool publish(const struct options *options, const struct bundle_files *files, struct err *err)
{
	struct repository_report report = {0};
	struct keys keys;
	bool ok;

	if (!keys_open(options->keys, &keys, err))
		return false;
	ok = repository_publish(options->repo, files, &keys, &options->lifetimes, clock_sane(clock_now().utc_s),
				&report, err);
	if (ok)
		tell(options, &report);
	buf_finish(&report.changes);
	keys_finish(&keys);
	return ok;
}

int command_publish(int argc, char **argv)
{
	struct options options = {
		.lifetimes = {{[METADATA_TARGETS] = 365, [METADATA_SNAPSHOT] = 30, [METADATA_TIMESTAMP] = 7}}};
	int went = read_options(argc, argv, &options);
	struct bundle_files files = {0};
	struct faults faults = {0};
	struct err err;
	bool ok;

	if (went != 0) {
		if (went > 0)
			fputs(usage, stdout);
		return went > 0 ? 0 : 2;
	}
	ok = build_files(options.content, options.share, &files, &faults, &err);
	faults_print(&faults, options.content, stderr);
	ok = ok && publish(&options, &files, &err);
	if (!ok)
		fprintf(stderr, "vejviser-bundle: nothing was published: %s\n", err.text);
	bundle_files_finish(&files);
	faults_finish(&faults);
	return ok ? 0 : 1;
}
