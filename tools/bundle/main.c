#include "base/array.h"
#include "base/log.h"
#include "base/message.h"
#include "bundle/build.h"
#include "bundle/check.h"
#include "bundle/coverage.h"
#include "bundle/handbook.h"
#include "bundle/import.h"
#include "bundle/keys_command.h"
#include "bundle/new.h"
#include "bundle/pin.h"
#include "bundle/preview.h"
#include "bundle/publish.h"
#include "bundle/translate.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int command_help(int argc, char **argv);

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0] is the command's name; the exit status */
	const char *help;
} commands[] = {
	{"check", command_check, N_("tell everything that is wrong in a folder of content")},
	{"preview", command_preview, N_("show a folder of content in a window, and follow every save")},
	{"new", command_new, N_("make a page, place, event ... or language, with an example in it")},
	{"import", command_import, N_("bring in places from a spreadsheet and events from a calendar")},
	{"coverage", command_coverage, N_("show how much of the content is in which language")},
	{"translate", command_translate, N_("give a language to translators as PO files, and take it back")},
	{"build", command_build, N_("write a bundle's files to a new folder")},
	{"diff", command_diff, N_("show what visitors will see change from one publication to another")},
	{"publish", command_publish, N_("sign a folder of content and put it where kiosks fetch it")},
	{"undo", command_undo, N_("publish what was published before once more")},
	{"refresh", command_refresh, N_("renew what expires after a few days, from a timer")},
	{"keys", command_keys, N_("make, list, rotate and revoke the keys that sign")},
	{"root", command_root, N_("say who may sign: drafts, and the signatures of their holders")},
	{"pin", command_pin, N_("write the line of kiosk.conf for the staff's PIN")},
	{"help", command_help, N_("this text; with a topic, what the handbook says of it")},
};

static void print_help(FILE *out)
{
	fputs(_("usage: vejviser-bundle COMMAND ...\n\nThe staff's tool of Vejviser: from a folder of content to what "
		"kiosks fetch.\n\n"),
	      out);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(out, "  %-9s %s\n", commands[i].name, _(commands[i].help));
	fputs(_("\n\"vejviser-bundle COMMAND --help\" says more about each.\n"), out);
}

static int command_help(int argc, char **argv)
{
	char help[] = "--help";

	if (argc < 2) {
		print_help(stdout);
		if (strcmp(argv[0], "help") != 0)
			return 0;
		fputs(_("\n\"vejviser-bundle help TOPIC\" shows the handbook:\n\n"), stdout);
		handbook_topics(stdout);
		return 0;
	}
	if (handbook_print(argv[1], stdout))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (commands[i].run != command_help && strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].run(2, (char *[]){argv[1], help, NULL});
	fprintf(stderr, _("vejviser-bundle: there is no topic \"%s\"; the topics are\n\n"), argv[1]);
	handbook_topics(stderr);
	return 2;
}

int main(int argc, char **argv)
{
	log_name("vejviser-bundle");
	message_open();
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		print_help(stderr);
		return 2;
	}
	const char *name = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ? "help" : argv[1];
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, _("vejviser-bundle: there is no command \"%s\"\n\n"), argv[1]);
	print_help(stderr);
	return 2;
}
