/* login -- how a publisher shows a server who it is: the rows of a file that only its owner may read.
 *
 *	# for sftp://
 *	user = kiosk
 *	key = /home/anna/.ssh/id_ed25519     its passphrase, if any, in key_passphrase; without key and password the
 *	                                     ssh agent is asked
 *	known_hosts = /home/anna/.ssh/known_hosts
 *	# for https://
 *	user = kiosk
 *	password = ...
 *	ca_file = /etc/vejviser/ca.pem       certificates to trust in the stead of the system's
 *
 * A file, because a command line can be read by everybody on the machine. Errors: ERR_USAGE (names file, line and what
 * is allowed; also when others may read it), ERR_MISSING, ERR_LIMIT, ERR_IO, ERR_MEMORY.
 */
#ifndef BUNDLE_LOGIN_H
#define BUNDLE_LOGIN_H

#include "base/err.h"

#include <stdbool.h>

#define LOGIN_TEXT_MAX 512 /* bytes of a value with the final zero */

/* "" is not given. Zero is a valid start. */
struct login {
	char user[LOGIN_TEXT_MAX], password[LOGIN_TEXT_MAX];
	char key[LOGIN_TEXT_MAX], key_passphrase[LOGIN_TEXT_MAX], known_hosts[LOGIN_TEXT_MAX];
	char ca_file[LOGIN_TEXT_MAX];
};

bool login_read(const char *path, struct login *out, struct err *err);
void login_finish(struct login *login); /* wipes it */

#endif
