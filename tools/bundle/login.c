#include "bundle/login.h"

#include "base/buf.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define BYTES_MAX 8192
#define OTHERS    (S_IRWXG | S_IRWXO)

static const char allowed[] = "user, password, key, key_passphrase, known_hosts, ca_file";

static char *value_of(struct login *login, const char *key, size_t len)
{
	const struct {
		const char *name;
		char *value;
	} rows[] = {
		{"user", login->user},
		{"password", login->password},
		{"key", login->key},
		{"key_passphrase", login->key_passphrase},
		{"known_hosts", login->known_hosts},
		{"ca_file", login->ca_file},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strlen(rows[i].name) == len && strncmp(rows[i].name, key, len) == 0)
			return rows[i].value;
	return NULL;
}

/* "key = value", blanks around both, from `line` up to `end`. */
static bool read_row(struct login *login, const char *line, const char *end, struct err *err)
{
	const char *equals = memchr(line, '=', (size_t)(end - line)), *from, *key_end = equals;
	char *value;

	while (key_end && key_end > line && strchr(" \t", key_end[-1]))
		key_end--;
	value = equals ? value_of(login, line, (size_t)(key_end - line)) : NULL;
	if (!value)
		return err_set(err, ERR_USAGE, "must be \"key = value\"; the keys are %s", allowed);
	for (from = equals + 1; from < end && strchr(" \t", *from); from++)
		;
	if (end - from >= LOGIN_TEXT_MAX)
		return err_set(err, ERR_USAGE, "the value is longer than %d bytes", LOGIN_TEXT_MAX - 1);
	snprintf(value, LOGIN_TEXT_MAX, "%.*s", (int)(end - from), from);
	return true;
}

static bool read_rows(struct login *login, const char *text, const char *path, struct err *err)
{
	size_t number = 1;

	for (const char *line = text; *line; number++) {
		const char *next = line + strcspn(line, "\n"), *end = next;

		line += strspn(line, " \t");
		while (end > line && strchr(" \t\r", end[-1]))
			end--;
		if (end > line && *line != '#' && !read_row(login, line, end, err))
			return err_context(err, "%s:%zu", path, number);
		line = *next ? next + 1 : next;
	}
	return true;
}

bool login_read(const char *path, struct login *out, struct err *err)
{
	struct buf text = {0};
	struct stat is;
	bool ok;

	*out = (struct login){0};
	ok = file_read(AT_FDCWD, path, BYTES_MAX, &text, err);
	if (ok && stat(path, &is) != 0)
		ok = err_errno(err, "%s", path);
	if (ok && (is.st_mode & OTHERS))
		ok = err_set(err, ERR_USAGE, "%s: others may read it: chmod 600 %s", path, path);
	ok = ok && (text.len == 0 || read_rows(out, text.data, path, err));
	if (text.data)
		explicit_bzero(text.data, text.len);
	buf_finish(&text);
	if (!ok)
		login_finish(out);
	return ok;
}

void login_finish(struct login *login)
{
	explicit_bzero(login, sizeof(*login));
}
