#include "bundle/passphrase.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/message.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ENV      "VEJVISER_PASSPHRASE"
#define ENV_FILE "VEJVISER_PASSPHRASE_FILE"

/* ---- the terminal */

static bool open_terminal(int *tty, struct err *err)
{
	*tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	return *tty >= 0 || err_set(err, ERR_USAGE, "there is no terminal to ask at");
}

/* One line. Without echo Ctrl-C ends the line instead of the program, so that the terminal gets its echo back. */
static bool read_line(int tty, bool echo, char text[PASSPHRASE_MAX], struct err *err)
{
	struct termios was, quiet;
	ssize_t n;

	if (tcgetattr(tty, &was) != 0)
		return err_errno(err, "terminal");
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_cc[VEOL] = was.c_cc[VINTR];
	if (!echo && tcsetattr(tty, TCSAFLUSH, &quiet) != 0)
		return err_errno(err, "terminal");
	n = read(tty, text, PASSPHRASE_MAX);
	if (!echo)
		tcsetattr(tty, TCSAFLUSH, &was);
	if (n <= 0 || text[n - 1] != '\n')
		return err_set(err, ERR_USAGE, "nothing was typed (at most %d bytes)", PASSPHRASE_MAX - 2);
	text[n - 1] = '\0';
	return true;
}

static bool ask(const char *question, bool echo, char text[PASSPHRASE_MAX], struct err *err)
{
	bool ok;
	int tty;

	if (!open_terminal(&tty, err))
		return false;
	dprintf(tty, "%s ", _(question));
	ok = read_line(tty, echo, text, err);
	if (!echo)
		dprintf(tty, "\n");
	close(tty);
	return ok;
}

bool passphrase_agree(const char *question, struct err *err)
{
	char answer[PASSPHRASE_MAX];

	if (!isatty(STDIN_FILENO))
		return err_set(err, ERR_USAGE, "there is nobody to ask; --yes does not ask");
	if (!ask(question, true, answer, err))
		return false;
	return strcmp(answer, "y") == 0 || strcmp(answer, "yes") == 0 || strcmp(answer, "j") == 0 ||
	       strcmp(answer, "ja") == 0 || err_set(err, ERR_USAGE, "the answer was no");
}

/* ---- what a machine gives */

static bool read_given_file(const char *path, char text[PASSPHRASE_MAX], struct err *err)
{
	struct buf file = {0};
	bool ok = file_read(AT_FDCWD, path, PASSPHRASE_MAX, &file, err) || err_context(err, ENV_FILE);
	size_t len = ok && file.len > 0 ? strcspn(file.data, "\r\n") : 0;

	if (ok && (len == 0 || len >= PASSPHRASE_MAX))
		ok = err_set(err, ERR_USAGE, ENV_FILE ": the first line of %s must be the passphrase", path);
	if (ok)
		snprintf(text, PASSPHRASE_MAX, "%.*s", (int)len, file.data);
	if (file.data)
		explicit_bzero(file.data, file.len);
	buf_finish(&file);
	return ok;
}

bool passphrase_given(char text[PASSPHRASE_MAX], bool *found, struct err *err)
{
	const char *given = getenv(ENV), *path = getenv(ENV_FILE);

	text[0] = '\0';
	*found = (given && given[0] != '\0') || (path && path[0] != '\0');
	if (!*found)
		return true;
	if (!given || given[0] == '\0')
		return read_given_file(path, text, err);
	if (strlen(given) >= PASSPHRASE_MAX)
		return err_set(err, ERR_USAGE, ENV ": longer than %d bytes", PASSPHRASE_MAX - 1);
	snprintf(text, PASSPHRASE_MAX, "%s", given);
	return true;
}

bool passphrase_known(const char *question, char text[PASSPHRASE_MAX], struct err *err)
{
	bool found;

	if (!passphrase_given(text, &found, err))
		return false;
	return found || ask(question, false, text, err) ||
	       err_context(err, "a passphrase is needed (a machine sets " ENV " or " ENV_FILE ")");
}

bool passphrase_new(const char *question, char text[PASSPHRASE_MAX], struct err *err)
{
	char again[PASSPHRASE_MAX];
	bool found, same;

	if (!passphrase_given(text, &found, err))
		return false;
	if (found)
		return true;
	if (!ask(question, false, text, err) || !ask("The same again:", false, again, err))
		return false;
	same = strcmp(text, again) == 0;
	explicit_bzero(again, sizeof(again));
	if (!same)
		return err_set(err, ERR_USAGE, "the two passphrases differ");
	return text[0] != '\0' || err_set(err, ERR_USAGE, "the passphrase is empty");
}
