/* err -- one shape for everything that can go wrong.
 *
 * A function that can fail returns bool and takes `struct err *err` last. On success *err is untouched; on failure it
 * holds a code, for callers that branch, and one sentence for the people who run the kiosk, in their language (formats
 * are looked up, base/message.h). Each level adds in front
 * what it alone knows, with err_context(). err is never NULL.
 *
 *	if (!page_parse(bytes, len, &page, err))
 *		return err_context(err, "%s (%s)", path, lang);
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_MEMORY,    /* an allocation failed */
	ERR_IO,        /* the disk or the operating system said no */
	ERR_FULL,      /* no space left */
	ERR_MISSING,   /* the thing named is not there */
	ERR_CORRUPT,   /* bytes on this disk are not what they were when written */
	ERR_FORMAT,    /* bytes from outside are not in the form they must have */
	ERR_LIMIT,     /* larger, deeper, longer or more than allowed */
	ERR_VERSION,   /* made for a newer program than this */
	ERR_NETWORK,   /* the server could not be reached or broke off */
	ERR_DNS,       /* nobody knows the server's name */
	ERR_PROXY,     /* the proxy could not be reached, or says no */
	ERR_SLOW,      /* the server took longer than allowed */
	ERR_TLS,       /* the server cannot prove who it is */
	ERR_REDIRECT,  /* the server sends to a place that the settings do not allow */
	ERR_SERVER,    /* the server answers with an error, or not as HTTP has it */
	ERR_HASH,      /* length or hash differ from what signed metadata say */
	ERR_SIGNATURE, /* too few valid signatures */
	ERR_ROLLBACK,  /* older than what was accepted before */
	ERR_EXPIRED,   /* signed metadata past its date */
	ERR_BUSY,      /* another process holds the lock */
	ERR_USAGE,     /* the command line or a setting is wrong */
	ERR_COUNT
};

#define ERR_TEXT_MAX 1024 /* bytes with the final zero; longer sentences are cut at a character */

struct err {
	enum err_code code;
	char text[ERR_TEXT_MAX];
};

/* Each returns false, so that a caller can write `return err_set(...)`. */
__attribute__((format(printf, 3, 4))) bool err_set(struct err *err, enum err_code code, const char *format, ...);

/* Sets ERR_FULL for ENOSPC and EDQUOT, ERR_MISSING for ENOENT, ERR_MEMORY for ENOMEM, else ERR_IO; the text is the
 * format, ": ", a sentence, and strerror(errno) in brackets. */
__attribute__((format(printf, 2, 3))) bool err_errno(struct err *err, const char *format, ...);

/* "no memory". */
bool err_memory(struct err *err);

/* Puts the formatted words and ": " in front of the text; the code stays. */
__attribute__((format(printf, 2, 3))) bool err_context(struct err *err, const char *format, ...);

/* Machine-readable name, such as "signature"; for status files and logs. */
const char *err_name(enum err_code code);

#endif
