#include "sync/status.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/message.h"
#include "base/reserve.h"
#include "base/standing.h"
#include "base/utf8.h"

#include <string.h>

#define STATUS_ROOM 16384 /* the longest there can be has some 13 000 */

/* ---- the sentence */

static bool print_shown(const struct pass_report *report, struct buf *out)
{
	char published[CLOCK_UTC_MAX];

	if (report->published_utc_s == 0)
		return buf_printf(out, _("generation %lld"), (long long)report->generation);
	clock_format_utc(report->published_utc_s, published);
	return buf_printf(out, _("generation %lld, published %s"), (long long)report->generation, published);
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

bool status_sentence(const struct status *status, struct buf *out, struct err *err)
{
	const struct pass_report *report = &status->report;
	bool ok;

	if (status->went) {
		ok = buf_append_text(out, _("failed: ")) && append_valid(out, status->went->text) &&
		     buf_append_text(out, "; ") &&
		     (report->generation > 0 ? buf_append_text(out, _("still shown: ")) && print_shown(report, out)
					     : buf_append_text(out, _("there is no content yet")));
	} else {
		ok = buf_append_text(out, report->changed ? _("new content: ") : _("nothing new: ")) &&
		     print_shown(report, out) && buf_printf(out, _(", %zu files"), report->objects.all) &&
		     (report->objects.fetched == 0 ||
		      buf_printf(out, _(", %zu fetched (%lld bytes)"), report->objects.fetched,
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
	if (file_read(dir, STATUS_FILE, STANDING_PASS_BYTES_MAX, &bytes, &unused) &&
	    json_parse(bytes.data, bytes.len, STANDING_PASS_BYTES_MAX, &json, &unused) &&
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

static bool add_valid_text(struct json *to, const char *key, const char *text)
{
	struct buf valid = {0};
	bool ok = append_valid(&valid, text) && json_add_text(to, key, valid.data ? valid.data : "") != NULL;

	buf_finish(&valid);
	return ok;
}

static bool add_report(struct json *to, const struct pass_report *report)
{
	return json_add_integer(to, "generation", report->generation) &&
	       add_time(to, "published", report->published_utc_s) && add_versions(to, report) &&
	       json_add_integer(to, "files", (int64_t)report->objects.all) &&
	       json_add_integer(to, "fetched", (int64_t)report->objects.fetched) &&
	       json_add_integer(to, "bytes", report->objects.bytes);
}

static bool add_members(struct json *to, const struct status *status, const char *sentence, const char *last_good)
{
	const struct pass_report *report = &status->report;
	const struct err *went = status->went;
	const char *result = went ? err_name(went->code) : report->changed ? "new" : "same";

	return add_time(to, "time", status->now_utc_s) && json_add_text(to, "result", result) &&
	       json_add_text(to, "sentence", sentence) &&
	       (status->heard ? add_time(to, "last_good", status->now_utc_s)
			      : json_add_text(to, "last_good", last_good) != NULL) &&
	       json_add_integer(to, "duration_ms", status->duration_ms) &&
	       add_valid_text(to, "mirror", status->mirror) &&
	       json_add_text(to, "clock", clock_state_name(status->clock)) &&
	       json_add_integer(to, "clock_behind_s", status->clock_behind_s) && add_report(to, report);
}

bool status_reserve(int dir, struct err *err)
{
	return reserve_make(dir, STATUS_FILE, STATUS_ROOM, err);
}

bool status_write(int dir, const struct status *status, struct err *err)
{
	struct json *json = json_new_object();
	struct buf sentence = {0}, bytes = {0};
	char last_good[CLOCK_UTC_MAX];
	bool ok = status_sentence(status, &sentence, err);

	read_last_good(dir, last_good);
	if (ok && !add_members(json, status, sentence.data, last_good))
		ok = err_memory(err);
	ok = ok && json_write(json, &bytes, err) &&
	     reserve_write(dir, STATUS_FILE, bytes.data, bytes.len, STATUS_ROOM, err);
	json_destroy(json);
	buf_finish(&sentence);
	buf_finish(&bytes);
	return ok;
}

/* ---- reading it */

static bool describe_versions(const struct json *json, struct buf *out, struct err *err)
{
	const struct json *versions;
	int64_t version;

	if (!json_get_object(json, "versions", &versions, err))
		return false;
	if (!buf_append_text(out, _("versions:")))
		return err_memory(err);
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		if (!json_get_integer(versions, metadata_name(role), 0, INT64_C(1) << 53, &version, err))
			return false;
		if (!buf_printf(out, "%s %s %lld", role ? "," : "", metadata_name(role), (long long)version))
			return err_memory(err);
	}
	return buf_append_text(out, "\n") || err_memory(err);
}

static bool describe(const struct json *json, struct buf *out, struct err *err)
{
	struct standing_pass pass;

	if (!standing_pass_read(json, &pass, err))
		return false;
	if (!buf_printf(out, _("%s %s\nlast pass that went well: %s\nfrom: %s, in %lld.%03lld s\n"), pass.time,
			pass.sentence, pass.last_good[0] ? pass.last_good : "none",
			pass.mirror[0] ? pass.mirror : "(nowhere)", (long long)(pass.duration_ms / 1000),
			(long long)(pass.duration_ms % 1000)))
		return err_memory(err);
	if (!describe_versions(json, out, err))
		return false;
	return pass.clock_behind_s == 0 ||
	       buf_printf(out, _("the clock of this machine is wrong: at least %lld days behind (%s)\n"),
			  (long long)(pass.clock_behind_s / 86400), pass.clock) ||
	       err_memory(err);
}

bool status_describe_bytes(const char *bytes, size_t len, struct buf *out, struct err *err)
{
	struct json *json = NULL;
	size_t before = out->len;
	bool ok = json_parse(bytes, len, STANDING_PASS_BYTES_MAX, &json, err) && describe(json, out, err);

	json_destroy(json);
	if (!ok)
		buf_cut(out, before);
	return ok || err_context(err, STATUS_FILE);
}

bool status_describe(int dir, struct buf *out, struct err *err)
{
	struct buf bytes = {0};
	bool ok = file_read(dir, STATUS_FILE, STANDING_PASS_BYTES_MAX, &bytes, err) &&
		  status_describe_bytes(bytes.data, bytes.len, out, err);

	buf_finish(&bytes);
	return ok;
}
