/* passphrase -- the secret words that open a private key, from whoever has them.
 *
 * A machine gives them in $VEJVISER_PASSPHRASE, or in the first line of the file that $VEJVISER_PASSPHRASE_FILE names
 * (such as a credential of systemd); a person types them at the terminal, without echo. Never on a command line, which
 * everybody on the machine can read. Errors: ERR_USAGE (none was given, too long, typed differently twice), ERR_MISSING,
 * ERR_IO.
 */
#ifndef BUNDLE_PASSPHRASE_H
#define BUNDLE_PASSPHRASE_H

#include "base/err.h"

#include <stdbool.h>

#define PASSPHRASE_MAX 1024 /* bytes with the final zero */

/* *found is false, and `text` empty, when the environment names none. */
bool passphrase_given(char text[PASSPHRASE_MAX], bool *found, struct err *err);

/* What the environment gives, else what is typed; `question` says which one is wanted. */
bool passphrase_known(const char *question, char text[PASSPHRASE_MAX], struct err *err);

/* For a new key: the same, but typed twice, because a mistake would lock the key away for ever. */
bool passphrase_new(const char *question, char text[PASSPHRASE_MAX], struct err *err);

/* A question that yes answers, at the terminal. ERR_USAGE when there is no terminal or the answer is another. */
bool passphrase_agree(const char *question, struct err *err);

#endif
