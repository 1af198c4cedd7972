/* vejviser, the kiosk: shows what the store holds, full screen or in a window. */
#include "base/array.h"
#include "base/log.h"
#include "base/message.h"
#include "base/settings.h"
#include "kiosk/card.h"
#include "kiosk/drm.h"
#include "kiosk/loop.h"
#include "kiosk/window.h"

#include <SDL.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE    2
#define WINDOW_WIDTH  540
#define WINDOW_HEIGHT 960

struct arguments {
	const char *config;
	const char *store;
	const char *share;
	const char *card;
	bool windowed, drm, check, describe, previewing;
	struct preview_setup preview;
	int width, height;
};

static void print_usage(FILE *to)
{
	fputs(_("usage: vejviser [OPTION...]\n"
		"Shows the content of the store on a touch screen: that of the desktop which DISPLAY or\n"
		"WAYLAND_DISPLAY names, or, without one, that of the graphics card.\n\n"
		"  --windowed[=WxH]    in a window, on a desk; Ctrl-Q ends it (default 540x960)\n"
		"  --drm[=CARD]        without a desktop, on a graphics card (default the first with a panel)\n"
		"  --config FILE       settings (default " SETTINGS_PATH ")\n"
		"  --store DIR         folder of the store; wins over the settings\n"
		"  --share DIR         fonts and pictures (default the installed ones)\n"
		"  --preview           for staff: new content is shown at once, nobody is forgotten, faults stand in a "
		"band\n"
		"  --lang CODE         with --preview: begins in this language\n"
		"  --page TOPIC/PAGE   with --preview: begins on this page\n"
		"  --check-config      say what is wrong with the settings, and end\n"
		"  --describe-config   print a settings file with every key explained, and end\n"
		"  --help              this text\n"),
	      to);
}

/* False for anything that is not like 540x960 with sides from 320 to 8192. */
static bool parse_size(const char *text, int *width, int *height)
{
	char rest = 0;
	int w = 0;
	int h = 0;

	if (sscanf(text, "%4dx%4d%c", &w, &h, &rest) != 2 || w < 320 || h < 320 || w > 8192 || h > 8192)
		return false;
	*width = w;
	*height = h;
	return true;
}

static bool parse_arguments(int argc, char **argv, struct arguments *args, int *status)
{
	enum {
		CONFIG = 1,
		STORE,
		SHARE,
		WINDOWED,
		DRM,
		PREVIEW,
		LANG,
		PAGE,
		CHECK,
		DESCRIBE,
		HELP
	};
	static const struct option options[] = {
		{"config", required_argument, NULL, CONFIG}, {"store", required_argument, NULL, STORE},
		{"share", required_argument, NULL, SHARE},   {"windowed", optional_argument, NULL, WINDOWED},
		{"drm", optional_argument, NULL, DRM},       {"preview", no_argument, NULL, PREVIEW},
		{"lang", required_argument, NULL, LANG},     {"page", required_argument, NULL, PAGE},
		{"check-config", no_argument, NULL, CHECK},  {"describe-config", no_argument, NULL, DESCRIBE},
		{"help", no_argument, NULL, HELP},           {NULL, 0, NULL, 0},
	};
	const char **const texts[] = {
		[CONFIG] = &args->config,     [STORE] = &args->store,       [SHARE] = &args->share, [HELP] = NULL,
		[LANG] = &args->preview.lang, [PAGE] = &args->preview.page, [DRM] = &args->card};
	bool *const flags[] = {
		[WINDOWED] = &args->windowed, [DRM] = &args->drm,           [PREVIEW] = &args->previewing,
		[CHECK] = &args->check,       [DESCRIBE] = &args->describe, [HELP] = NULL};

	*status = EXIT_USAGE;
	for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (option == HELP || option == '?') {
			print_usage(option == HELP ? stdout : stderr);
			*status = option == HELP ? EXIT_SUCCESS : EXIT_USAGE;
			return false;
		}
		if (texts[option])
			*texts[option] = optarg;
		if (flags[option])
			*flags[option] = true;
		if (option == WINDOWED && optarg && !parse_size(optarg, &args->width, &args->height)) {
			log_error("--windowed=%s: a size is WIDTHxHEIGHT, each 320 to 8192", optarg);
			return false;
		}
	}
	if (optind < argc) {
		log_error("%s: not understood", argv[optind]);
		print_usage(stderr);
		return false;
	}
	if (args->windowed && args->drm) {
		log_error("--windowed and --drm: one or the other");
		return false;
	}
	return true;
}

static int describe_settings(void)
{
	struct buf text = {0};
	struct err err;

	if (!settings_describe(&text, &err)) {
		log_error("%s", err.text);
		return EXIT_FAILURE;
	}
	fputs(text.data, stdout);
	buf_finish(&text);
	return EXIT_SUCCESS;
}

/* A desktop is named by its variables; without one, and with a card, the card is all there is. */
static bool has_desktop(void)
{
	static const char *const names[] = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return true;
	}
	return false;
}

/* `faults`: what is wrong with the file of settings, or NULL. */
static int run(const struct arguments *args, const struct settings *settings, const char *faults)
{
	struct window_setup window = {!args->windowed, args->width, args->height, (int)settings->rotation};
	struct presenter *presenter = NULL;
	struct err err;
	bool drm = args->drm || (!args->windowed && !has_desktop() && card_exists());
	bool well = drm ? drm_create(args->card, (int)settings->rotation, &presenter, &err)
			: window_start(&err) && window_create(&window, &presenter, &err);

	if (well) {
		struct loop_setup loop = {presenter,
					  args->share,
					  settings,
					  args->previewing ? &args->preview : NULL,
					  args->previewing ? NULL : REMARKS_PATH,
					  faults,
					  settings->server[0] ? getenv("RUNTIME_DIRECTORY") : NULL};
		well = loop_run(&loop, &err);
		presenter->destroy(presenter);
	}
	SDL_Quit();
	if (!well)
		log_error("%s", err.text);
	return well ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct arguments args = {.share = VEJVISER_SHARE, .width = WINDOW_WIDTH, .height = WINDOW_HEIGHT};
	struct settings settings;
	struct err err;
	int status = EXIT_USAGE;

	log_name("vejviser");
	message_open();
	if (!parse_arguments(argc, argv, &args, &status))
		return status;
	if (args.describe)
		return describe_settings();
	if (args.store && strlen(args.store) >= sizeof settings.store) {
		log_error(_("%s: longer than the %d bytes allowed"), "--store", SETTING_TEXT_MAX - 1);
		return EXIT_USAGE;
	}
	/* A file that was named must be there; the usual one may be missing. A terminal on a wall has nobody who would read why
	 * it does not start: it goes on as if there were no file, and shows what is wrong with it. */
	const char *config = args.config ? args.config : SETTINGS_PATH;
	bool right = settings_read(config, args.config != NULL, &settings, &err);
	if (!right)
		log_error("%s", err.text);
	if (!right && (!args.drm || args.check || !settings_parse(config, "", 0, &settings, &(struct err){0})))
		return EXIT_USAGE;
	if (args.check) {
		printf(_("%s: fine\n"), config);
		return EXIT_SUCCESS;
	}
	if (args.store)
		snprintf(settings.store, sizeof settings.store, "%s", args.store);
	return run(&args, &settings, right ? NULL : err.text);
}
