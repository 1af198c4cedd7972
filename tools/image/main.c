/* vejviser-provision: what the image runs at each boot before all else of ours (provision.h). */
#include "base/file.h"
#include "base/log.h"
#include "base/message.h"
#include "image/network.h"
#include "image/panel.h"
#include "image/provision.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int describe(const char *name)
{
	struct buf text = {0};
	struct err err;
	bool ok = strcmp(name, "network.conf") == 0 ? network_describe(&text, &err)
		  : strcmp(name, "touch.conf") == 0 ? panel_describe(&text, &err)
						    : err_set(&err, ERR_USAGE, "there is no \"%s\"", name);

	if (ok)
		fputs(text.data, stdout);
	else
		log_error("%s", err.text);
	buf_finish(&text);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct err err;
	int from = -1, to = -1;

	log_name("vejviser-provision");
	message_open();
	if (argc == 3 && strcmp(argv[1], "--describe") == 0)
		return describe(argv[2]);
	if (argc != 3) {
		fputs("usage: vejviser-provision FROM TO\n"
		      "       vejviser-provision --describe network.conf|touch.conf\n",
		      stderr);
		return EXIT_FAILURE;
	}
	if (!file_open_dir(AT_FDCWD, argv[1], false, &from, &err))
		log_error("%s", err.text);
	bool ok = file_open_dir(AT_FDCWD, argv[2], true, &to, &err) && provision_run(from, to, &err);
	if (!ok)
		log_error("%s", err.text);
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
