#include "sync/status.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"

#include <string.h>

#define SENTENCE_MAX     ((size_t)4 * ERR_TEXT_MAX)
#define STATUS_BYTES_MAX 65536

/* ---- the sentence */

static bool print_shown(const struct pass_report *report, struct buf *out)
{
	char published[CLOCK_UTC_MAX];

	if (report->published_utc_s == 0)
		return buf_printf(out, "generation %lld", (long long)report->generation);
	clock_format_utc(report->published_utc_s, published);
	return buf_printf(out, "generation %lld, published %s", (long long)report->generation, published);
}

/* An address or a path need not be valid UTF-8, but the status file must be. */
static bool append_valid(struct buf *out, const char *text)
{
	size_t len = strlen(text);
	bool ok = true;
	char bytes[4];

	for (size_t pos = 0; ok && pos < len;)
		ok = buf_append(out, bytes, utf8_encode(utf8_next(text, len, &pos), bytes));
	return ok;
}

bool status_sentence(const struct pass_report *report, const struct err *went, struct buf *out, struct err *err)
{
	bool ok;

	if (went) {
		ok = buf_append_text(out, "failed: ") && append_valid(out, went->text) && buf_append_text(out, "; ") &&
		     (report->generation > 0 ? buf_append_text(out, "still shown: ") && print_shown(report, out)
					     : buf_append_text(out, "there is no content yet"));
	} else {
		ok = buf_append_text(out, report->changed ? "new content: " : "nothing new: ") &&
		     print_shown(report, out) && buf_printf(out, ", %zu files", report->objects.all) &&
		     (report->objects.fetched == 0 ||
		      buf_printf(out, ", %zu fetched (%lld bytes)", report->objects.fetched,
				 (long long)report->objects.bytes));
	}
	return ok || err_memory(err);
}

/* ---- the file */

/* "" when there is none yet. */
static void read_last_good(int dir, char last_good[CLOCK_UTC_MAX])
{
	struct buf bytes = {0};
	struct json *json = NULL;
	struct err unused;
	const char *text;
	int64_t utc_s;

	last_good[0] = '\0';
	if (file_read(dir, STATUS_FILE, STATUS_BYTES_MAX, &bytes, &unused) &&
	    json_parse(bytes.data, bytes.len, STATUS_BYTES_MAX, &json, &unused) &&
	    json_get_text(json, "last_good", CLOCK_UTC_MAX, &text, &unused) && clock_parse_utc(text, &utc_s))
		clock_format_utc(utc_s, last_good);
	json_destroy(json);
	buf_finish(&bytes);
}

static bool add_time(struct json *to, const char *key, int64_t utc_s)
{
	char text[CLOCK_UTC_MAX] = "";

	if (utc_s > 0)
		clock_format_utc(utc_s, text);
	return json_add_text(to, key, text) != NULL;
}

static bool add_versions(struct json *to, const struct pass_report *report)
{
	struct json *versions = json_add_object(to, "versions");
	bool ok = versions != NULL;

	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT && ok; role++)
		ok = json_add_integer(versions, metadata_name(role), report->versions[role]) != NULL;
	return ok;
}

static bool add_members(struct json *to, const struct pass_report *report, const struct err *went, const char *sentence,
			const char *last_good, int64_t now_utc_s)
{
	const char *result = went ? err_name(went->code) : report->changed ? "new" : "same";

	return add_time(to, "time", now_utc_s) && json_add_text(to, "result", result) &&
	       json_add_text(to, "sentence", sentence) &&
	       (went ? json_add_text(to, "last_good", last_good) != NULL : add_time(to, "last_good", now_utc_s)) &&
	       json_add_integer(to, "generation", report->generation) &&
	       add_time(to, "published", report->published_utc_s) && add_versions(to, report) &&
	       json_add_integer(to, "files", (int64_t)report->objects.all) &&
	       json_add_integer(to, "fetched", (int64_t)report->objects.fetched) &&
	       json_add_integer(to, "bytes", report->objects.bytes);
}

bool status_write(int dir, const struct pass_report *report, const struct err *went, int64_t now_utc_s, struct err *err)
{
	struct json *json = json_new_object();
	struct buf sentence = {0}, bytes = {0};
	char last_good[CLOCK_UTC_MAX];
	bool ok = status_sentence(report, went, &sentence, err);

	read_last_good(dir, last_good);
	if (ok && !add_members(json, report, went, sentence.data, last_good, now_utc_s))
		ok = err_memory(err);
	ok = ok && json_write(json, &bytes, err) && file_write(dir, STATUS_FILE, bytes.data, bytes.len, 0644, err);
	json_destroy(json);
	buf_finish(&sentence);
	buf_finish(&bytes);
	return ok;
}

/* ---- reading it */

static bool describe(const struct json *json, struct buf *out, struct err *err)
{
	const char *time, *sentence, *last_good;

	if (!json_get_text(json, "time", CLOCK_UTC_MAX, &time, err) ||
	    !json_get_text(json, "sentence", SENTENCE_MAX, &sentence, err) ||
	    !json_get_text(json, "last_good", CLOCK_UTC_MAX, &last_good, err))
		return false;
	return buf_printf(out, "%s %s\nlast pass that went well: %s\n", time, sentence,
			  last_good[0] ? last_good : "none") ||
	       err_memory(err);
}

bool status_describe(int dir, struct buf *out, struct err *err)
{
	struct buf bytes = {0};
	struct json *json = NULL;
	bool ok = file_read(dir, STATUS_FILE, STATUS_BYTES_MAX, &bytes, err) &&
		  ((json_parse(bytes.data, bytes.len, STATUS_BYTES_MAX, &json, err) && describe(json, out, err)) ||
		   err_context(err, STATUS_FILE));

	json_destroy(json);
	buf_finish(&bytes);
	return ok;
}
