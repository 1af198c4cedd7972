#include "bundle/pin.h"

#include "base/log.h"
#include "base/message.h"
#include "base/pin.h"
#include "bundle/passphrase.h"

#include <stdio.h>
#include <string.h>

static void print_usage(FILE *out)
{
	fputs(_("usage: vejviser-bundle pin\n\n"
		"Asks for the PIN that is to open the staff's page of kiosks, 6 to 12 digits, and prints the line for\n"
		"kiosk.conf. The line does not tell the PIN, but who has it can try a million PINs in a day or two: "
		"take a\n"
		"PIN that opens nothing else, and one of ten digits or more where disks may get into other hands.\n"
		"A machine gives the PIN in $VEJVISER_PASSPHRASE.\n"),
	      out);
}

int command_pin(int argc, char **argv)
{
	char pin[PASSPHRASE_MAX], text[PIN_TEXT_MAX];
	struct err err;

	if (argc > 1) {
		bool help = strcmp(argv[1], "--help") == 0;
		print_usage(help ? stdout : stderr);
		return help ? 0 : 2;
	}
	if (!passphrase_new(N_("New PIN, 6 to 12 digits:"), pin, &err) || !pin_hash(pin, text, &err)) {
		log_error("%s", err.text);
		return 1;
	}
	printf("staff_pin = %s\n", text);
	return 0;
}
