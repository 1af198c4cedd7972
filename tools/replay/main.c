/* vejviser-replay: the kiosk's screens without a window, by scripts, and the picture tour. */
#include "base/array.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/message.h"
#include "replay/audit.h"
#include "replay/line.h"
#include "replay/monkey.h"
#include "replay/script.h"
#include "replay/specimen.h"
#include "replay/supply.h"
#include "replay/tour.h"

#include <getopt.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define EXIT_USAGE 2
#define NUMBER_MAX 100000000

/* A Monday afternoon, in summer time or not: half past two in Denmark; and its content came in this morning. */
#define START              "2026-11-30T13:32:00Z"
#define PUBLISHED_BEFORE_S (INT64_C(5) * 60 * 60)

struct arguments {
	struct supply_setup supply;
	struct stage_setup stage;
	const char *out;
	bool tour, specimen, audit, fit;
	const char *deviations;
	long monkey; /* events */
	long seed;
};

static void print_usage(FILE *to)
{
	fputs(_("usage: vejviser-replay [OPTION...] SCRIPT...\n"
		"       vejviser-replay [OPTION...] --tour [SCRIPT...]\n"
		"       vejviser-replay [OPTION...] --specimen | --audit | --fit | --monkey EVENTS\n"
		"Runs scripts against the kiosk's screens, without a window and with a clock of their own. What a "
		"script "
		"may\n"
		"say stands in tools/replay/script.h. With --tour: the pictures of the scripts, then one of every "
		"screen in\n"
		"every language, and the type specimen; with --specimen only that.\n"
		"With --audit: every screen in every language, text size, theme and form, held against the design's "
		"rules.\n"
		"With --fit: only what does not fit there, a line each, for vejviser-bundle check --fit.\n"
		"With --monkey: so many made-up touches, keys and waits, and what must hold after each.\n\n"
		"  --bundle DIR   content as `vejviser-bundle build --out DIR` writes it\n"
		"  --store DIR    content of a store instead; with neither there is none\n"
		"  --share DIR    fonts and pictures (default the installed ones)\n"
		"  --size WxH     of the screen, px (default 1080x1920)\n"
		"  --time TIME    when it is (default " START ")\n"
		"  --here PLACE   where the kiosk stands: a place of the content (default nowhere)\n"
		"  --deviations FILE  what the audit allows, with reasons\n"
		"  --seed NUMBER  what --monkey makes up; the same number, the same again\n"
		"  --out DIR      where files are written (default .)\n"
		"  --help         this text\n"),
	      to);
}

static bool take_number(const char *name, long *number, struct err *err)
{
	char *end = NULL;
	*number = strtol(optarg, &end, 10);
	return (end != optarg && *end == '\0' && *number >= 0 && *number <= NUMBER_MAX) ||
	       err_set(err, ERR_USAGE, "%s %s: a whole number up to %d", name, optarg, NUMBER_MAX);
}

static bool take_option(int option, struct arguments *args, struct err *err)
{
	switch (option) {
	case 'b':
		args->supply.bundle = optarg;
		return true;
	case 's':
		args->supply.store = optarg;
		return true;
	case 'd':
		args->stage.share = optarg;
		return true;
	case 'o':
		args->out = optarg;
		return true;
	case 'p':
		args->tour = true;
		return true;
	case 'y':
		args->specimen = true;
		return true;
	case 'a':
		args->audit = true;
		return true;
	case 'f':
		args->audit = args->fit = true;
		return true;
	case 'm':
		return take_number("--monkey", &args->monkey, err);
	case 'e':
		return take_number("--seed", &args->seed, err);
	case 'v':
		args->deviations = optarg;
		return true;
	case 'w':
		args->stage.here = optarg;
		return true;
	case 'z':
		return line_size(optarg, &args->stage.width, &args->stage.height, err);
	case 't':
		return clock_parse_utc(optarg, &args->stage.utc_s) ||
		       err_set(err, ERR_USAGE, "--time %s: a time is such as " START, optarg);
	default:
		return err_set(err, ERR_USAGE, "see --help");
	}
}

static bool parse_arguments(int argc, char **argv, struct arguments *args, int *status)
{
	static const struct option options[] = {
		{"bundle", required_argument, NULL, 'b'},
		{"store", required_argument, NULL, 's'},
		{"share", required_argument, NULL, 'd'},
		{"size", required_argument, NULL, 'z'},
		{"time", required_argument, NULL, 't'},
		{"here", required_argument, NULL, 'w'},
		{"out", required_argument, NULL, 'o'},
		{"tour", no_argument, NULL, 'p'},
		{"specimen", no_argument, NULL, 'y'},
		{"audit", no_argument, NULL, 'a'},
		{"monkey", required_argument, NULL, 'm'},
		{"seed", required_argument, NULL, 'e'},
		{"deviations", required_argument, NULL, 'v'},
		{"fit", no_argument, NULL, 'f'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	struct err err;

	*status = EXIT_USAGE;
	for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (option == 'h') {
			print_usage(stdout);
			*status = EXIT_SUCCESS;
			return false;
		}
		if (!take_option(option, args, &err)) {
			log_error("%s", err.text);
			return false;
		}
	}
	bool fits = args->tour || (args->specimen || args->audit || args->monkey ? optind == argc : optind < argc);
	if (!fits || (args->supply.bundle && args->supply.store)) {
		print_usage(stderr);
		return false;
	}
	return true;
}

static bool run_specimen(const struct arguments *args)
{
	struct specimen_setup setup = {args->stage.share, args->out};
	struct gallery_picture *pictures;
	struct arena arena = {0};
	struct err err;
	size_t count;
	bool ok = specimen_write(&setup, &arena, &pictures, &count, &err);

	if (!ok)
		log_error("%s", err.text);
	arena_finish(&arena);
	return ok;
}

static bool run(const struct arguments *args, char **scripts, int count)
{
	struct supply *supply = NULL;
	struct err err;

	if (!supply_open(&args->supply, &supply, &err)) {
		log_error("%s", err.text);
		return false;
	}
	bool ok = true;
	if (args->tour) {
		struct tour_setup setup = {args->stage, supply, args->out, scripts, (size_t)count};
		ok = tour_run(&setup, &err);
		if (!ok)
			log_error("%s", err.text);
	}
	if (ok && args->audit) {
		struct audit_setup setup = {args->stage, supply, args->deviations, args->fit};
		ok = audit_run(&setup, &err);
		if (!ok)
			log_error("%s", err.text);
	}
	if (ok && args->monkey > 0) {
		struct monkey_setup setup = {args->stage, supply, args->monkey, (uint64_t)args->seed};
		ok = monkey_run(&setup, &err);
		if (!ok)
			log_error("%s", err.text);
	}
	struct script_setup setup = {.stage = args->stage, .supply = supply, .out = args->out};
	for (int i = 0; i < count && !args->tour; i++)
		ok = script_run(&setup, scripts[i]) && ok;
	supply_close(supply);
	return ok;
}

int main(int argc, char **argv)
{
	struct arguments args = {.stage = {.share = VEJVISER_SHARE, .width = 1080, .height = 1920}, .out = "."};
	int status = EXIT_USAGE;

	log_name("vejviser-replay");
	message_open();
	signal(SIGPIPE, SIG_IGN); /* whoever reads what is told may leave, the temporary files must not stay behind */
	/* Danish time, told in full so that it is the same without a time zone database. */
	if (setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1) != 0 || !clock_parse_utc(START, &args.stage.utc_s))
		return EXIT_FAILURE;
	tzset();
	if (!parse_arguments(argc, argv, &args, &status))
		return status;
	args.supply.published_s = args.stage.utc_s - PUBLISHED_BEFORE_S;
	bool ok = args.specimen ? run_specimen(&args) : run(&args, argv + optind, argc - optind);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
