#include "base/array.h"
#include "base/log.h"
#include "bundle/build.h"
#include "bundle/check.h"
#include "bundle/coverage.h"
#include "bundle/import.h"
#include "bundle/keys_command.h"
#include "bundle/new.h"
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
	{"check", command_check, "tell everything that is wrong in a folder of content"},
	{"new", command_new, "make a page, place, event ... or language, with an example in it"},
	{"import", command_import, "bring in places from a spreadsheet and events from a calendar"},
	{"coverage", command_coverage, "show how much of the content is in which language"},
	{"translate", command_translate, "give a language to translators as PO files, and take it back"},
	{"build", command_build, "write a bundle's files to a new folder"},
	{"diff", command_diff, "show what visitors will see change from one publication to another"},
	{"publish", command_publish, "sign a folder of content and put it where kiosks fetch it"},
	{"undo", command_undo, "publish what was published before once more"},
	{"refresh", command_refresh, "renew what expires after a few days, from a timer"},
	{"keys", command_keys, "make, list, rotate and revoke the keys that sign"},
	{"root", command_root, "say who may sign: drafts, and the signatures of their holders"},
	{"help", command_help, "this text"},
};

static void print_help(FILE *out)
{
	fputs("usage: vejviser-bundle COMMAND ...\n\nThe staff's tool of Vejviser: from a folder of content to what "
	      "kiosks fetch.\n\n",
	      out);
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		fprintf(out, "  %-9s %s\n", commands[i].name, commands[i].help);
	fputs("\n\"vejviser-bundle COMMAND --help\" says more about each.\n", out);
}

static int command_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	print_help(stdout);
	return 0;
}

int main(int argc, char **argv)
{
	log_name("vejviser-bundle");
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		print_help(stderr);
		return 2;
	}
	const char *name = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ? "help" : argv[1];
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "vejviser-bundle: there is no command \"%s\"\n\n", argv[1]);
	print_help(stderr);
	return 2;
}
