#include "sync/answer.h"

#include "base/array.h"
#include "base/list.h"

#include <stddef.h>
#include <string.h>

/* ---- what went wrong */

struct meaning {
	long number; /* CURLcode or status of HTTP */
	enum err_code code;
	enum answer_next next;
};

/* libcurl says "out of memory" of a header that never ends, so that is the server's fault, as is all that has no row.
 */
static const struct meaning results[] = {
	{CURLE_COULDNT_RESOLVE_HOST, ERR_DNS, ANSWER_AGAIN},
	{CURLE_COULDNT_RESOLVE_PROXY, ERR_PROXY, ANSWER_AGAIN},
	{CURLE_PROXY, ERR_PROXY, ANSWER_AGAIN},
	{CURLE_COULDNT_CONNECT, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_SEND_ERROR, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_RECV_ERROR, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_GOT_NOTHING, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_PARTIAL_FILE, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_HTTP2, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_HTTP2_STREAM, ERR_NETWORK, ANSWER_AGAIN},
	{CURLE_OPERATION_TIMEDOUT, ERR_SLOW, ANSWER_AGAIN},
	{CURLE_SSL_CONNECT_ERROR, ERR_TLS, ANSWER_AGAIN},
	{CURLE_PEER_FAILED_VERIFICATION, ERR_TLS, ANSWER_FAILED},
	{CURLE_SSL_CACERT_BADFILE, ERR_TLS, ANSWER_FAILED},
	{CURLE_RANGE_ERROR, ERR_SERVER, ANSWER_RESTART},
};

static const struct meaning statuses[] = {
	{301, ERR_REDIRECT, ANSWER_ELSEWHERE}, {302, ERR_REDIRECT, ANSWER_ELSEWHERE},
	{303, ERR_REDIRECT, ANSWER_ELSEWHERE}, {307, ERR_REDIRECT, ANSWER_ELSEWHERE},
	{308, ERR_REDIRECT, ANSWER_ELSEWHERE}, {ANSWER_MISSING, ERR_MISSING, ANSWER_FAILED},
	{407, ERR_PROXY, ANSWER_FAILED},       {408, ERR_SERVER, ANSWER_AGAIN},
	{425, ERR_SERVER, ANSWER_AGAIN},       {429, ERR_SERVER, ANSWER_AGAIN},
	{500, ERR_SERVER, ANSWER_AGAIN},       {502, ERR_SERVER, ANSWER_AGAIN},
	{503, ERR_SERVER, ANSWER_AGAIN},       {504, ERR_SERVER, ANSWER_AGAIN},
};

static struct meaning find(const struct meaning *rows, size_t count, long number)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].number == number)
			return rows[i];
	return (struct meaning){number, ERR_SERVER, ANSWER_FAILED};
}

static enum answer_next judge_status(const struct answer *answer, struct err *err)
{
	struct meaning meaning = find(statuses, ARRAY_LEN(statuses), answer->status);

	err_set(err, meaning.code, "%s: the server answers with status %ld", answer->url, answer->status);
	/* A part as long as the whole, or longer: what is kept is not what the server has. */
	if (answer->status == ANSWER_NO_RANGE && answer->resumed)
		return ANSWER_RESTART;
	return meaning.next;
}

static enum answer_next judge_proxy(const struct answer *answer, struct err *err)
{
	err_set(err, ERR_PROXY, "%s: the proxy answers with status %ld", answer->url, answer->proxy_status);
	return find(statuses, ARRAY_LEN(statuses), answer->proxy_status).next == ANSWER_AGAIN ? ANSWER_AGAIN
											      : ANSWER_FAILED;
}

/* It is not the server's fault when nobody can be asked. */
static bool is_alone(const struct answer *answer)
{
	return answer->offline &&
	       (answer->result == CURLE_COULDNT_RESOLVE_HOST || answer->result == CURLE_COULDNT_RESOLVE_PROXY ||
		answer->result == CURLE_COULDNT_CONNECT);
}

static enum answer_next judge_result(const struct answer *answer, struct err *err)
{
	struct meaning meaning = find(results, ARRAY_LEN(results), answer->result);

	if (answer->proxied && answer->result == CURLE_COULDNT_CONNECT)
		meaning.code = ERR_PROXY;
	if (is_alone(answer)) {
		err_set(err, ERR_NETWORK,
			"%s: this terminal is in no network: see to its cable, or to the name and password of its "
			"Wi-Fi",
			answer->url);
		return ANSWER_AGAIN;
	}
	err_set(err, meaning.code, "%s: %s", answer->url,
		answer->reason[0] ? answer->reason : curl_easy_strerror(answer->result));
	return meaning.next;
}

/* The status comes first: who answers with an error has answered, however that answer ends. But libcurl calls it an
 * error too when a range was asked for and something else begins. */
enum answer_next answer_judge(const struct answer *answer, struct err *err)
{
	bool is_file = answer->status == ANSWER_OK || answer->status == ANSWER_PART;

	if (answer->proxy_status != 0 && answer->proxy_status != ANSWER_OK)
		return judge_proxy(answer, err);
	if (is_file && answer->result == CURLE_RANGE_ERROR)
		return judge_result(answer, err);
	if (answer->status != 0 && answer->status != (answer->resumed ? ANSWER_PART : ANSWER_OK))
		return judge_status(answer, err);
	if (answer->result != CURLE_OK)
		return judge_result(answer, err);
	return ANSWER_WHOLE;
}

/* ---- when to try again */

int64_t answer_pause_ms(int next, int64_t first_ms, int64_t asked_s, uint32_t chance)
{
	int64_t pause = first_ms;

	for (int i = 2; i < next && pause < ANSWER_PAUSE_MAX_MS; i++)
		pause *= 2;
	pause = pause < ANSWER_PAUSE_MAX_MS ? pause : ANSWER_PAUSE_MAX_MS;
	pause -= pause / 2 * (int64_t)(chance % 1024) / 1024;
	if (asked_s > ANSWER_PAUSE_MAX_MS / 1000)
		asked_s = ANSWER_PAUSE_MAX_MS / 1000;
	return pause > asked_s * 1000 ? pause : asked_s * 1000;
}

/* ---- redirects */

/* The part of an address; caller frees it with curl_free(). NULL when there is none. */
static char *part_of(const char *url, CURLUPart part)
{
	CURLU *parsed = curl_url();
	char *text = NULL;

	if (parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK)
		curl_url_get(parsed, part, &text, 0);
	curl_url_cleanup(parsed);
	return text;
}

static bool has_scheme(const char *url, const char *scheme)
{
	char *found = part_of(url, CURLUPART_SCHEME);
	bool same = found && strcmp(found, scheme) == 0;

	curl_free(found);
	return same;
}

char *answer_location(const char *from, const char *location)
{
	CURLU *url = curl_url();
	char *to = NULL;

	if (url && curl_url_set(url, CURLUPART_URL, from, 0) == CURLUE_OK &&
	    curl_url_set(url, CURLUPART_URL, location, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
		curl_url_get(url, CURLUPART_URL, &to, 0);
	curl_url_cleanup(url);
	return to;
}

bool answer_may_go(const char *from, const char *to, const char *hosts)
{
	char *host = part_of(to, CURLUPART_HOST), *user = part_of(to, CURLUPART_USER);
	bool secure = has_scheme(to, "https");
	bool ok = host && !user && list_has(hosts, host) &&
		  (secure || (has_scheme(to, "http") && has_scheme(from, "http")));

	curl_free(host);
	curl_free(user);
	return ok;
}
