/* Files from a web server. */
#include "sync/fetch_kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#define CONNECT_S      30L
#define SLOW_S         30L
#define SLOW_BYTES     100L /* in a second */
#define POLL_MS        1000
#define URL_MAX        8192
#define STATUS_OK      200
#define STATUS_MISSING 404

/* One transfer under way; its connection serves the next file too. */
struct slot {
	CURL *easy;
	const struct fetch_file *file; /* NULL: idle */
	int64_t left;                  /* bytes that may still come */
	bool stopped;                  /* by us; `err` says why */
	struct err err;
	char reason[CURL_ERROR_SIZE];
	char url[URL_MAX];
};

struct source {
	CURLM *multi;
	char *url; /* without a final slash */
	struct slot slots[FETCH_AT_ONCE];
};

/* ---- a slot */

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
	struct slot *slot = context;
	size_t len = size * count;

	if (len > (uint64_t)slot->left)
		slot->stopped = !err_set(&slot->err, ERR_LIMIT, "%s: more than the %lld bytes allowed", slot->url,
					 (long long)slot->file->limit);
	else
		slot->stopped = !slot->file->write(slot->file->context, bytes, len, &slot->err);
	slot->left -= (int64_t)len;
	return slot->stopped ? 0 : len;
}

static bool set_limits(CURL *easy)
{
	return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_S) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SLOW_S) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
}

static bool set_tls(CURL *easy, const char *ca_file)
{
	bool ok = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;

	if (!ca_file || ca_file[0] == '\0')
		return ok;
	/* In the stead of the system's, so those go. */
	return ok && curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
}

static bool slot_init(struct slot *slot, const char *ca_file)
{
	slot->easy = curl_easy_init();
	/* No compression is asked for: what is counted is what comes. */
	return slot->easy && set_limits(slot->easy) && set_tls(slot->easy, ca_file) &&
	       curl_easy_setopt(slot->easy, CURLOPT_USERAGENT, "vejviser-sync") == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_PIPEWAIT, 1L) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_WRITEDATA, slot) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_ERRORBUFFER, slot->reason) == CURLE_OK &&
	       curl_easy_setopt(slot->easy, CURLOPT_PRIVATE, slot) == CURLE_OK;
}

/* Percent-encodes what RFC 3986 does not leave as it is. */
static bool make_url(const char *server, const char *path, char url[URL_MAX])
{
	int n = snprintf(url, URL_MAX, "%s/", server);
	size_t len = n < 0 ? URL_MAX : (size_t)n;

	for (const char *c = path; *c; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
			     strchr("._~/-", *c);

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

static bool slot_start(struct source *http, struct slot *slot, const struct fetch_file *file, struct err *err)
{
	if (!make_url(http->url, file->path, slot->url))
		return err_set(err, ERR_LIMIT, "%s: the address is too long", file->path);
	slot->left = file->limit;
	slot->stopped = false;
	slot->reason[0] = '\0';
	if (curl_easy_setopt(slot->easy, CURLOPT_URL, slot->url) != CURLE_OK ||
	    curl_multi_add_handle(http->multi, slot->easy) != CURLM_OK)
		return err_memory(err);
	slot->file = file;
	return true;
}

/* What the transfer's end means; nothing but status 200 is a file. libcurl says "out of memory" of a header that never
 * ends, so that too is the server's fault here. */
static bool judge(struct slot *slot, CURLcode result, struct err *err)
{
	long status = 0;

	curl_easy_getinfo(slot->easy, CURLINFO_RESPONSE_CODE, &status);
	if (slot->stopped) {
		*err = slot->err;
		return false;
	}
	if (result == CURLE_HTTP_RETURNED_ERROR && status == STATUS_MISSING)
		return err_set(err, ERR_MISSING, "%s: the server does not have it (404)", slot->url);
	if (result == CURLE_HTTP_RETURNED_ERROR || (result == CURLE_OK && status != STATUS_OK))
		return err_set(err, ERR_NETWORK, "%s: the server answers with status %ld", slot->url, status);
	if (result != CURLE_OK)
		return err_set(err, ERR_NETWORK, "%s: %s", slot->url,
			       slot->reason[0] ? slot->reason : curl_easy_strerror(result));
	return true;
}

static bool slot_finish(struct source *http, struct slot *slot, CURLcode result, struct err *err)
{
	const struct fetch_file *file = slot->file;
	bool whole = judge(slot, result, err);
	struct err unused;

	curl_multi_remove_handle(http->multi, slot->easy);
	slot->file = NULL;
	return file->end(file->context, whole, whole ? err : &unused) && whole;
}

/* ---- all of them */

static void stop_all(struct source *http)
{
	for (size_t i = 0; i < FETCH_AT_ONCE; i++) {
		struct slot *slot = &http->slots[i];
		struct err unused;

		if (!slot->file)
			continue;
		curl_multi_remove_handle(http->multi, slot->easy);
		slot->file->end(slot->file->context, false, &unused);
		slot->file = NULL;
	}
}

/* Files in idle slots, while there are both. False also sets err. */
static bool start_some(struct source *http, const struct fetch_file *files, size_t count, size_t *next, size_t *running,
		       struct err *err)
{
	for (size_t i = 0; i < FETCH_AT_ONCE && *next < count; i++) {
		if (http->slots[i].file)
			continue;
		if (!slot_start(http, &http->slots[i], &files[*next], err))
			return false;
		++*next;
		++*running;
	}
	return true;
}

static bool finish_some(struct source *http, size_t *running, struct err *err)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		CURLcode result = message->data.result;
		struct slot *slot = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&slot);
		--*running;
		if (!slot_finish(http, slot, result, err))
			return false;
	}
	return true;
}

static bool http_files(void *source, const struct fetch_file *files, size_t count, struct err *err)
{
	struct source *http = source;
	size_t next = 0, running = 0;
	bool ok = true;

	while (ok) {
		CURLMcode result;
		int active;

		ok = start_some(http, files, count, &next, &running, err);
		if (!ok || running == 0)
			break;
		result = curl_multi_perform(http->multi, &active);
		ok = result == CURLM_OK ? finish_some(http, &running, err)
					: err_set(err, ERR_NETWORK, "%s: %s", http->url, curl_multi_strerror(result));
		if (ok && active > 0)
			curl_multi_poll(http->multi, NULL, 0, POLL_MS, NULL);
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
	free(http);
	curl_global_cleanup();
}

static bool init_all(struct source *http, const char *ca_file)
{
	if (!http->url || !http->multi ||
	    curl_multi_setopt(http->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)FETCH_AT_ONCE) != CURLM_OK)
		return false;
	for (size_t i = 0; i < FETCH_AT_ONCE; i++)
		if (!slot_init(&http->slots[i], ca_file))
			return false;
	return true;
}

bool fetch_http_open(const char *url, const char *ca_file, void **source, struct err *err)
{
	struct source *http;
	size_t len = strlen(url);

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
	if (!init_all(http, ca_file)) {
		http_close(http);
		return err_memory(err);
	}
	*source = http;
	return true;
}

const struct fetch_kind fetch_http = {http_files, http_close};
