/* Files from a web server. Each slot carries one file from its first try to its end:
 *
 *	IDLE -a file-> RUNNING -all bytes-> IDLE
 *	               RUNNING -can heal-> PAUSING -time-> RUNNING
 *	               RUNNING -redirect, or from the first byte-> RUNNING
 *	               RUNNING, PAUSING -one fails for good-> IDLE, all of them
 */
#include "sync/fetch_kind.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/tls.h"
#include "sync/answer.h"
#include "sync/offline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curl/curl.h>

#define POLL_MS     1000
#define URL_MAX     8192
#define IGNORED_MAX 65536 /* bytes of a page that is not the file, such as that of an error */

enum slot_state {
	SLOT_IDLE,
	SLOT_RUNNING,
	SLOT_PAUSING
};

/* One file; its connection serves the next one too. */
struct slot {
	enum slot_state state;
	CURL *easy;
	const struct fetch_options *options;
	const struct fetch_file *file;
	int tries;         /* so far */
	int redirects;     /* in this try */
	int64_t have;      /* bytes that were there before this try */
	int64_t left;      /* that may still come */
	int64_t ignored;   /* that came and are not the file */
	int64_t resume_ms; /* of the monotonic clock, when PAUSING */
	bool wrote;        /* anything since the file was begun */
	bool stopped;      /* by us; `err` says why */
	struct err err;
	char reason[CURL_ERROR_SIZE];
	char url[URL_MAX];
};

struct source {
	CURLM *multi;
	char *url; /* without a final slash */
	char *ca_file, *proxy, *redirect_hosts;
	struct fetch_options options; /* its texts are those above */
	struct slot slots[FETCH_AT_ONCE];
};

/* ---- a slot */

static bool is_file(const struct slot *slot)
{
	long status = 0;

	curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
	return status == (slot->have > 0 ? ANSWER_PART : ANSWER_OK);
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
	struct slot *slot = context;
	size_t len = size * count;

	if (!is_file(slot)) {
		slot->ignored += (int64_t)len;
		return slot->ignored <= IGNORED_MAX ? len : 0;
	}
	if (len > (uint64_t)slot->left)
		slot->stopped = !err_set(&slot->err, ERR_LIMIT, "%s: more than the %lld bytes allowed", slot->url,
					 (long long)slot->file->limit);
	else
		slot->stopped = !slot->file->write(slot->file->context, bytes, len, &slot->err);
	slot->left -= (int64_t)len;
	slot->wrote = true;
	return slot->stopped ? 0 : len;
}

static CURLcode set_time(CURL *easy, void *ssl_ctx, void *context)
{
	const struct slot *slot = context;

	(void)easy;
	tls_judge_at(ssl_ctx, slot->options->now_utc_s);
	return CURLE_OK;
}

static bool set_limits(const struct slot *slot)
{
	const struct fetch_options *options = slot->options;
	CURL *easy = slot->easy;

	return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)options->connect_s) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)options->slow_s) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)FETCH_SLOW_RATE) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PROXY, options->proxy) == CURLE_OK && /* "": none */
	       curl_easy_setopt(easy, CURLOPT_NOPROXY, "") == CURLE_OK;
}

static bool set_tls(struct slot *slot)
{
	const struct fetch_options *options = slot->options;
	CURL *easy = slot->easy;
	bool ok = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;

	if (options->now_utc_s != 0)
		ok = ok && curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, set_time) == CURLE_OK &&
		     curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, slot) == CURLE_OK;
	if (options->ca_file[0] == '\0')
		return ok;
	/* In the stead of the system's, so those go. A proxy may speak TLS, too. */
	return ok && curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, options->ca_file) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, NULL) == CURLE_OK;
}

static bool slot_init(struct slot *slot, const struct fetch_options *options)
{
	slot->options = options;
	slot->easy = curl_easy_init();
	return slot->easy && set_limits(slot) && set_tls(slot) &&
	       curl_easy_setopt(slot->easy, CURLOPT_USERAGENT, "vejviser-sync") == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_PIPEWAIT, 1L) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_WRITEDATA, slot) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_ERRORBUFFER, slot->reason) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_PRIVATE, slot) == CURLE_OK;
}

static bool is_upper_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

/* Percent-encodes what RFC 3986 does not leave as it is, but for what is encoded already. */
static bool make_url(const char *server, const char *path, char url[URL_MAX])
{
	int n = snprintf(url, URL_MAX, "%s/", server);
	size_t len = n < 0 ? URL_MAX : (size_t)n;

	for (const char *c = path; *c; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
			     strchr("._~/-", *c) || (*c == '%' && is_upper_hex(c[1]) && is_upper_hex(c[2]));

		if (len + 4 > URL_MAX)
			return false;
		if (plain) {
			url[len++] = *c;
			url[len] = '\0';
		} else {
			len += (size_t)snprintf(url + len, URL_MAX - len, "%%%02X", (unsigned char)*c);
		}
	}
	return true;
}

/* Sends the request for slot->url. A range is asked for plainly: of packed bytes it would be another range. */
static bool request(struct source *http, struct slot *slot, struct err *err)
{
	slot->left = slot->file->limit - slot->have;
	slot->ignored = 0;
	slot->stopped = false;
	slot->reason[0] = '\0';
	if (curl_easy_setopt(slot->easy, CURLOPT_URL, slot->url) != CURLE_OK ||
	    curl_easy_setopt(slot->easy, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)slot->have) != CURLE_OK ||
	    curl_easy_setopt(slot->easy, CURLOPT_ACCEPT_ENCODING, slot->have > 0 ? NULL : "") != CURLE_OK ||
	    curl_multi_add_handle(http->multi, slot->easy) != CURLM_OK)
		return err_memory(err);
	slot->state = SLOT_RUNNING;
	return true;
}

/* The next try. What is there already, and is all, needs no request. */
static bool slot_try(struct source *http, struct slot *slot, bool keep, struct err *err)
{
	const struct fetch_file *file = slot->file;

	slot->tries++;
	slot->redirects = 0;
	slot->state = SLOT_IDLE; /* what `begin` refuses does not end */
	if (!make_url(http->url, file->path, slot->url))
		return err_set(err, ERR_LIMIT, "%s: the address is too long", file->path);
	if (!fetch_begin(file, keep, &slot->have, err))
		return false;
	if (slot->have > 0 && slot->have == file->limit) {
		struct err why;

		if (file->end(file->context, true, &why))
			return true;
		if (why.code == ERR_HASH)
			return slot_try(http, slot, false, err);
		*err = why;
		return false;
	}
	return request(http, slot, err);
}

static bool slot_start(struct source *http, struct slot *slot, const struct fetch_file *file, struct err *err)
{
	slot->file = file;
	slot->tries = 0;
	slot->wrote = false;
	return slot_try(http, slot, true, err);
}

static void slot_let_go(struct slot *slot)
{
	struct err unused;

	slot->state = SLOT_IDLE;
	slot->file->end(slot->file->context, false, &unused);
}

static bool slot_fail(struct slot *slot, const struct err *why, struct err *err)
{
	*err = *why;
	slot_let_go(slot);
	return false;
}

/* ---- how a transfer ends */

static bool slot_whole(struct source *http, struct slot *slot, struct err *err)
{
	bool resumed = slot->have > 0;
	struct err why;

	slot->state = SLOT_IDLE;
	if (slot->file->end(slot->file->context, true, &why))
		return true;
	if (resumed && why.code == ERR_HASH)
		return slot_try(http, slot, false, err);
	*err = why;
	return false;
}

static bool slot_again(struct source *http, struct slot *slot, const struct err *why, struct err *err)
{
	curl_off_t asked_s = 0;
	int64_t pause_ms;

	if (slot->tries >= slot->options->tries || (slot->wrote && !slot->file->begin))
		return slot_fail(slot, why, err);
	curl_easy_getinfo(slot->easy, CURLINFO_RETRY_AFTER, &asked_s);
	http->options.chance = http->options.chance * 1664525U + 1013904223U;
	pause_ms = answer_pause_ms(slot->tries + 1, http->options.pause_ms, asked_s, http->options.chance >> 16);
	log_info("%s; trying again in %lld ms", why->text, (long long)pause_ms);
	slot->resume_ms = clock_now().mono_ms + pause_ms;
	slot->state = SLOT_PAUSING;
	return true;
}

/* Where the redirect leads, into `url`; false also sets err. Not CURLINFO_REDIRECT_URL, which is empty when a range was
 * asked for. */
static bool next_url(const struct slot *slot, const char *hosts, const struct err *why, char url[URL_MAX],
		     struct err *err)
{
	struct curl_header *location = NULL;
	char *to = NULL;
	bool ok = false;

	if (curl_easy_header(slot->easy, "Location", 0, CURLH_HEADER, -1, &location) == CURLHE_OK)
		to = answer_location(slot->url, location->value);
	if (!to || strlen(to) >= URL_MAX)
		*err = *why;
	else if (!answer_may_go(slot->url, to, hosts))
		err_set(err, ERR_REDIRECT, "%s: sends to %.200s, which redirect_hosts in the settings does not allow",
			slot->url, to);
	else
		ok = snprintf(url, URL_MAX, "%s", to) > 0;
	curl_free(to);
	return ok;
}

static bool slot_elsewhere(struct source *http, struct slot *slot, const struct err *why, struct err *err)
{
	struct err refused;
	char url[URL_MAX];

	if (!next_url(slot, http->redirect_hosts, why, url, &refused))
		return slot_fail(slot, &refused, err);
	if (++slot->redirects > FETCH_REDIRECTS) {
		err_set(&refused, ERR_REDIRECT, "%s: more than %d redirects in a row", slot->url, FETCH_REDIRECTS);
		return slot_fail(slot, &refused, err);
	}
	snprintf(slot->url, URL_MAX, "%s", url);
	return request(http, slot, err);
}

/* A server that has no ranges after all, or lies about them: from the first byte, which it cannot refuse again. */
static bool slot_restart(struct source *http, struct slot *slot, const struct err *why, struct err *err)
{
	if (slot->have == 0)
		return slot_fail(slot, why, err);
	return slot_try(http, slot, false, err);
}

static bool slot_finish(struct source *http, struct slot *slot, CURLcode result, struct err *err)
{
	struct answer answer = {.result = result,
				.proxied = http->proxy[0] != '\0',
				.resumed = slot->have > 0,
				.url = slot->url,
				.reason = slot->reason};
	struct err why;
	long number = 0;

	curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &answer.status);
	curl_easy_getinfo(slot->easy, CURLINFO_HTTP_CONNECTCODE, &answer.proxy_status);
	curl_easy_getinfo(slot->easy, CURLINFO_OS_ERRNO, &number);
	answer.offline = result != CURLE_OK && number != ECONNREFUSED && offline_now();
	curl_multi_remove_handle(http->multi, slot->easy);
	if (slot->stopped)
		return slot_fail(slot, &slot->err, err);
	switch (answer_judge(&answer, &why)) {
	case ANSWER_WHOLE:
		return slot_whole(http, slot, err);
	case ANSWER_AGAIN:
		return slot_again(http, slot, &why, err);
	case ANSWER_ELSEWHERE:
		return slot_elsewhere(http, slot, &why, err);
	case ANSWER_RESTART:
		return slot_restart(http, slot, &why, err);
	case ANSWER_FAILED:
		break;
	}
	return slot_fail(slot, &why, err);
}

/* ---- all of them */

static void stop_all(struct source *http)
{
	for (size_t i = 0; i < FETCH_AT_ONCE; i++) {
		struct slot *slot = &http->slots[i];

		if (slot->state == SLOT_IDLE)
			continue;
		if (slot->state == SLOT_RUNNING)
			curl_multi_remove_handle(http->multi, slot->easy);
		slot_let_go(slot);
	}
}

/* Files into idle slots, while there are both; and those whose pause is over. False also sets err. */
static bool start_some(struct source *http, const struct fetch_file *files, size_t count, size_t *next, struct err *err)
{
	for (size_t i = 0; i < FETCH_AT_ONCE; i++) {
		struct slot *slot = &http->slots[i];

		/* One that was there already leaves its slot to the next. */
		while (slot->state == SLOT_IDLE && *next < count)
			if (!slot_start(http, slot, &files[(*next)++], err))
				return false;
		if (slot->state == SLOT_PAUSING && slot->resume_ms <= clock_now().mono_ms &&
		    !slot_try(http, slot, true, err))
			return false;
	}
	return true;
}

static bool finish_some(struct source *http, bool *finished, struct err *err)
{
	CURLMsg *message;
	int left;

	*finished = false;
	while ((message = curl_multi_info_read(http->multi, &left))) {
		CURLcode result = message->data.result;
		struct slot *slot = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&slot);
		*finished = true;
		if (!slot_finish(http, slot, result, err))
			return false;
	}
	return true;
}

/* How long nothing of ours is to be done; -1 when no slot is at work. */
static int idle_ms(const struct source *http)
{
	int64_t now_ms = clock_now().mono_ms, least = POLL_MS;
	bool busy = false;

	for (size_t i = 0; i < FETCH_AT_ONCE; i++) {
		const struct slot *slot = &http->slots[i];

		busy = busy || slot->state != SLOT_IDLE;
		if (slot->state == SLOT_PAUSING && slot->resume_ms - now_ms < least)
			least = slot->resume_ms > now_ms ? slot->resume_ms - now_ms : 0;
	}
	return busy ? (int)least : -1;
}

static bool turn(struct source *http, bool *finished, struct err *err)
{
	int active;
	CURLMcode result = curl_multi_perform(http->multi, &active);

	if (result != CURLM_OK)
		return err_set(err, ERR_NETWORK, "%s: %s", http->url, curl_multi_strerror(result));
	return finish_some(http, finished, err);
}

static bool http_files(void *source, const struct fetch_file *files, size_t count, struct err *err)
{
	struct source *http = source;
	bool ok = true, finished = false;
	size_t next = 0;
	int wait_ms;

	for (;;) {
		ok = start_some(http, files, count, &next, err);
		wait_ms = idle_ms(http);
		if (!ok || wait_ms < 0)
			break;
		ok = turn(http, &finished, err);
		if (!ok)
			break;
		if (!finished)
			curl_multi_poll(http->multi, NULL, 0, wait_ms, NULL);
	}
	stop_all(http);
	return ok;
}

static void http_close(void *source)
{
	struct source *http = source;

	for (size_t i = 0; i < FETCH_AT_ONCE; i++)
		curl_easy_cleanup(http->slots[i].easy);
	curl_multi_cleanup(http->multi);
	free(http->url);
	free(http->ca_file);
	free(http->proxy);
	free(http->redirect_hosts);
	free(http);
	curl_global_cleanup();
}

static char *copy_text(const char *text)
{
	return strdup(text ? text : "");
}

/* What is not said is as in the header. */
static bool copy_options(struct source *http, const struct fetch_options *options)
{
	struct fetch_options *to = &http->options;

	*to = *options;
	to->ca_file = http->ca_file = copy_text(options->ca_file);
	to->proxy = http->proxy = copy_text(options->proxy);
	to->redirect_hosts = http->redirect_hosts = copy_text(options->redirect_hosts);
	to->tries = options->tries > 0 ? options->tries : FETCH_TRIES;
	to->connect_s = options->connect_s > 0 ? options->connect_s : FETCH_CONNECT_S;
	to->slow_s = options->slow_s > 0 ? options->slow_s : FETCH_SLOW_S;
	to->pause_ms = options->pause_ms > 0 ? options->pause_ms : ANSWER_PAUSE_MS;
	return http->ca_file && http->proxy && http->redirect_hosts;
}

static bool init_all(struct source *http)
{
	if (!http->url || !http->multi ||
	    curl_multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)FETCH_AT_ONCE) != CURLM_OK)
		return false;
	for (size_t i = 0; i < FETCH_AT_ONCE; i++)
		if (!slot_init(&http->slots[i], &http->options))
			return false;
	return true;
}

/* What would fail every transfer, told before the first. */
static bool check(const char *url, const struct fetch_options *options, struct err *err)
{
	const char *host = strstr(url, "://") + 3;

	if (memchr(host, '@', strcspn(host, "/?#")))
		return err_set(err, ERR_USAGE, "the address of a server must have no user or password in it");
	if (options->ca_file && options->ca_file[0] != '\0' && access(options->ca_file, R_OK) != 0)
		return err_errno(err, "%s", options->ca_file);
	return true;
}

bool fetch_http_open(const char *url, const struct fetch_options *options, void **source, struct err *err)
{
	struct source *http;
	size_t len = strlen(url);

	if (!check(url, options, err))
		return false;
	while (len > 0 && url[len - 1] == '/')
		len--;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_memory(err);
	http = calloc(1, sizeof(*http));
	if (!http) {
		curl_global_cleanup();
		return err_memory(err);
	}
	http->url = strndup(url, len);
	http->multi = curl_multi_init();
	if (!copy_options(http, options) || !init_all(http)) {
		http_close(http);
		return err_memory(err);
	}
	*source = http;
	return true;
}

const struct fetch_kind fetch_http = {http_files, http_close};
