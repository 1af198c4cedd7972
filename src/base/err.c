#include "base/err.h"

#include "base/array.h"
#include "base/message.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = {
	[ERR_NONE] = "none",         [ERR_MEMORY] = "memory",   [ERR_IO] = "io",         [ERR_FULL] = "full",
	[ERR_MISSING] = "missing",   [ERR_CORRUPT] = "corrupt", [ERR_FORMAT] = "format", [ERR_LIMIT] = "limit",
	[ERR_VERSION] = "version",   [ERR_NETWORK] = "network", [ERR_HASH] = "hash",     [ERR_SIGNATURE] = "signature",
	[ERR_ROLLBACK] = "rollback", [ERR_EXPIRED] = "expired", [ERR_BUSY] = "busy",     [ERR_USAGE] = "usage",
	[ERR_DNS] = "dns",           [ERR_PROXY] = "proxy",     [ERR_SLOW] = "slow",     [ERR_TLS] = "tls",
	[ERR_REDIRECT] = "redirect", [ERR_SERVER] = "server",
};
static_assert(ARRAY_LEN(names) == ERR_COUNT, "an error code has no name");

#define LEN_MAX (ERR_TEXT_MAX - 1)

struct sentence {
	char text[ERR_TEXT_MAX + 4]; /* a whole character more, so that the cut can see what it would split */
	size_t len;
};

static void sentence_add(struct sentence *s, const char *text)
{
	size_t n = utf8_cut(text, strlen(text), LEN_MAX - s->len);

	memcpy(s->text + s->len, text, n);
	s->len += n;
	s->text[s->len] = '\0';
}

/* Everything is put together aside, because arguments may point into the err that will hold it. */
static void sentence_format(struct sentence *s, const char *format, va_list *args)
{
	int n = vsnprintf(s->text, sizeof(s->text), _(format), *args);

	s->len = n < 0 ? 0 : utf8_cut(s->text, strlen(s->text), LEN_MAX);
	s->text[s->len] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
	struct sentence s = {0};
	va_list args;

	va_start(args, format);
	sentence_format(&s, format, &args);
	va_end(args);
	err->code = code;
	memcpy(err->text, s.text, s.len + 1);
	return false;
}

/* What the operating system's numbers mean to somebody who is no programmer; the last is for all others. */
static const struct refusal {
	int number;
	enum err_code code;
	const char *sentence;
} refusals[] = {
	{ENOSPC, ERR_FULL, N_("the disk is full")},
	{EDQUOT, ERR_FULL, N_("this user may not store more on this disk")},
	{ENOENT, ERR_MISSING, N_("is not there")},
	{ENOMEM, ERR_MEMORY, N_("no memory")},
	{EACCES, ERR_IO, N_("this user is not allowed to")},
	{EPERM, ERR_IO, N_("this user is not allowed to")},
	{EROFS, ERR_IO, N_("this disk can only be read")},
	{EEXIST, ERR_IO, N_("is there already")},
	{ENOTDIR, ERR_IO, N_("is not a folder, or lies below something that is none")},
	{EISDIR, ERR_IO, N_("is a folder")},
	{ENOTEMPTY, ERR_IO, N_("the folder is not empty")},
	{ELOOP, ERR_IO, N_("is a link, which is not followed here")},
	{ENAMETOOLONG, ERR_IO, N_("the name is too long")},
	{EMFILE, ERR_IO, N_("too many files are open")},
	{ENFILE, ERR_IO, N_("too many files are open")},
	{EIO, ERR_IO, N_("the disk cannot be read or written; it may be damaged")},
	{EBUSY, ERR_IO, N_("another program is using it")},
	{0, ERR_IO, N_("the operating system says no")},
};

static const struct refusal *refusal_of(int number)
{
	size_t i = 0;

	while (i + 1 < ARRAY_LEN(refusals) && refusals[i].number != number)
		i++;
	return &refusals[i];
}

bool err_errno(struct err *err, const char *format, ...)
{
	int number = errno;
	struct sentence s = {0};
	char reason[128];
	const struct refusal *refusal = refusal_of(number);
	va_list args;

	va_start(args, format);
	sentence_format(&s, format, &args);
	va_end(args);
	sentence_add(&s, ": ");
	sentence_add(&s, _(refusal->sentence));
	sentence_add(&s, " (");
	sentence_add(&s, strerror_r(number, reason, sizeof(reason)));
	sentence_add(&s, ")");
	err->code = refusal->code;
	memcpy(err->text, s.text, s.len + 1);
	return false;
}

bool err_memory(struct err *err)
{
	err->code = ERR_MEMORY;
	snprintf(err->text, sizeof(err->text), "%s", _("no memory"));
	return false;
}

bool err_context(struct err *err, const char *format, ...)
{
	struct sentence s = {0};
	va_list args;

	va_start(args, format);
	sentence_format(&s, format, &args);
	va_end(args);
	sentence_add(&s, ": ");
	sentence_add(&s, err->text);
	memcpy(err->text, s.text, s.len + 1);
	return false;
}

const char *err_name(enum err_code code)
{
	return (size_t)code < ARRAY_LEN(names) ? names[code] : "unknown";
}
