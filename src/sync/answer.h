/* answer -- what the end of a transfer means, and when to try again. Pure: numbers in, a verdict out.
 *
 * What can heal by waiting, and nothing else, is tried again:
 *
 *	ERR_DNS      the name is not known
 *	ERR_NETWORK  nobody listens; the connection is reset or ends before the file does; nothing is answered; or, before
 *	             any name or proxy is to blame, this machine is in no network
 *	ERR_PROXY    the proxy's name is not known, nobody listens there, or it answers with such a status as the last row
 *	ERR_SLOW     no connection in time; too few bytes in a second for too long
 *	ERR_TLS      the handshake breaks off; never when the certificate is not trusted
 *	ERR_SERVER   status 408, 425, 429, 500, 502, 503, 504
 *
 * Not: any other status, a redirect, what is no HTTP, more bytes than allowed, and all that `write` and `end` refuse.
 */
#ifndef SYNC_ANSWER_H
#define SYNC_ANSWER_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

#define ANSWER_OK       200
#define ANSWER_PART     206
#define ANSWER_MISSING  404
#define ANSWER_NO_RANGE 416

enum answer_next {
	ANSWER_WHOLE,     /* all bytes came */
	ANSWER_FAILED,    /* err says why; trying again will not help */
	ANSWER_AGAIN,     /* err says why; it can heal */
	ANSWER_RESTART,   /* only from the first byte; err says why */
	ANSWER_ELSEWHERE, /* a redirect; err says why when it is not followed */
};

struct answer {
	CURLcode result;
	long status;       /* of HTTP; 0: none came */
	long proxy_status; /* of the proxy, when it was asked for a tunnel; 0: it was not */
	bool proxied;
	bool offline;       /* this machine is in no network */
	bool resumed;       /* not from the first byte */
	const char *url;    /* to name it */
	const char *reason; /* libcurl's own words, or "" */
};

enum answer_next answer_judge(const struct answer *answer, struct err *err);

#define ANSWER_PAUSE_MS     500 /* before the second try; twice as long before each other */
#define ANSWER_PAUSE_MAX_MS 30000

/* Before try number `next` (from 2 on): the whole pause or down to half of it, by chance, so that a thousand kiosks do
 * not come back at once; but not before the server has asked for (`asked_s`, 0: it has not). */
int64_t answer_pause_ms(int next, int64_t first_ms, int64_t asked_s, uint32_t chance);

/* The address that a Location header means, caller frees it with curl_free(); NULL when it means none. */
char *answer_location(const char *from, const char *location);
/* Whether a redirect may be followed: to http or https, never from https to http, and to a host in the list. */
bool answer_may_go(const char *from, const char *to, const char *hosts);

#endif
