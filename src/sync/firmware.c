#include "sync/firmware.h"

#include "base/crypto.h"
#include "base/file.h"
#include "base/json.h"
#include "base/list.h"
#include "base/log.h"
#include "base/message.h"
#include "base/standing.h"
#include "store/store.h"
#include "sync/arrival.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PLACE          "firmware/"
#define NEWEST         PLACE "newest.json"
#define NEWEST_MAX     4096
#define OFFER          "offer"
#define VERSION_DIGITS 8 /* of one number */

/* ---- versions */

/* The numbers of it, or 0 when it is none. */
static size_t read_version(const char *text, long numbers[FIRMWARE_NUMBERS])
{
	for (size_t n = 0; n < FIRMWARE_NUMBERS; n++) {
		size_t digits = strspn(text, "0123456789");

		if (digits == 0 || digits > VERSION_DIGITS)
			return 0;
		numbers[n] = strtol(text, NULL, 10);
		text += digits;
		if (*text == '\0')
			return n + 1;
		if (*text++ != '.')
			return 0;
	}
	return 0;
}

int firmware_compare(const char *a, const char *b)
{
	long x[FIRMWARE_NUMBERS], y[FIRMWARE_NUMBERS];
	size_t x_count = read_version(a, x), y_count = read_version(b, y);

	for (size_t n = 0; n < x_count && n < y_count; n++)
		if (x[n] != y[n])
			return x[n] < y[n] ? -1 : 1;
	return (x_count > y_count) - (x_count < y_count);
}

static bool check_version(const char *name, const char *text, struct err *err)
{
	long unused[FIRMWARE_NUMBERS];

	return read_version(text, unused) > 0 ||
	       err_set(err, ERR_FORMAT, "%s: must be numbers with dots between, such as 2026.11.26.1", name);
}

/* ---- what is published, what runs */

static bool read_newest(const struct json *json, struct firmware_newest *out, struct err *err)
{
	const char *version, *file, *sha256;

	if (!json_get_text(json, "version", sizeof(out->version) - 1, &version, err) ||
	    !json_get_text(json, "file", sizeof(out->file) - 1, &file, err) ||
	    !json_get_text(json, "sha256", sizeof(out->sha256) - 1, &sha256, err) ||
	    !json_get_integer(json, "length", 1, FIRMWARE_BYTES_MAX, &out->len, err) ||
	    !check_version("version", version, err))
		return false;
	if (!sha256_valid_hex(sha256))
		return err_set(err, ERR_FORMAT, "sha256: must be 64 digits of 0-9 a-f");
	if (file[strspn(file, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")] != '\0' ||
	    file[0] == '.' || file[0] == '\0')
		return err_set(err, ERR_FORMAT, "file: must be a name of A-Z a-z 0-9 . _ -");
	snprintf(out->version, sizeof(out->version), "%s", version);
	snprintf(out->file, sizeof(out->file), "%s", file);
	snprintf(out->sha256, sizeof(out->sha256), "%s", sha256);
	return true;
}

bool firmware_newest_read(const char *bytes, size_t len, struct firmware_newest *out, struct err *err)
{
	struct json *json = NULL;
	bool ok = json_parse(bytes, len, NEWEST_MAX, &json, err) && read_newest(json, out, err);

	json_destroy(json);
	return ok || err_context(err, NEWEST);
}

static bool read_state(const struct json *json, struct standing_firmware *out, struct err *err)
{
	return standing_firmware_read(json, out, err) && check_version("running", out->running, err);
}

static bool load_state(int dir, struct json **json, struct standing_firmware *out, struct err *err)
{
	struct buf bytes = {0};
	bool ok;

	if (!file_read(dir, FIRMWARE_STATE, STANDING_FIRMWARE_BYTES, &bytes, err))
		return false;
	ok = json_parse(bytes.data, bytes.len, STANDING_FIRMWARE_BYTES, json, err) && read_state(*json, out, err);
	buf_finish(&bytes);
	if (!ok)
		err_context(err, FIRMWARE_STATE);
	return ok;
}

static enum firmware_news judge(const struct firmware_newest *newest, const struct standing_firmware *state)
{
	if (firmware_compare(newest->version, state->running) <= 0)
		return FIRMWARE_SAME;
	if (!state->other || firmware_compare(newest->version, state->other) != 0)
		return FIRMWARE_FETCHED;
	return state->other_state && strcmp(state->other_state, "bad") == 0 ? FIRMWARE_FAILED : FIRMWARE_SAME;
}

/* ---- the bundle */

static bool is_newest(void *context, const char *sha256)
{
	return strcmp(sha256, context) == 0;
}

/* The one before makes room for it; one that the disk has damaged comes again. */
static bool take_bundle(struct fetch *fetch, const struct firmware_newest *newest, struct store *store, struct err *err)
{
	struct arrival arrival = {.store = store, .sha256 = newest->sha256, .len = newest->len};
	char path[sizeof(PLACE) + sizeof(newest->file)], sha256[SHA256_HEX_MAX];
	struct fetch_file file = {path, newest->len, arrival_write, arrival_end, &arrival, arrival_begin};

	if (store_object_intact(store, newest->sha256, newest->len))
		return true;
	snprintf(path, sizeof(path), PLACE "%s", newest->file);
	snprintf(sha256, sizeof(sha256), "%s", newest->sha256);
	return file_remove(store_dir(store), OFFER, err) && store_collect(store, is_newest, sha256, err) &&
	       fetch_files(fetch, &file, 1, err);
}

static bool make_offer(const char *folder, const char *sha256, struct err *err)
{
	char line[SHA256_HEX_MAX + sizeof("objects/00/\n")];
	struct buf before = {0};
	struct err unused;
	bool same, ok;
	int dir;

	snprintf(line, sizeof(line), "objects/%.2s/%s\n", sha256, sha256);
	if (!file_open_dir(AT_FDCWD, folder, false, &dir, err))
		return false;
	same = file_read(dir, OFFER, sizeof(line), &before, &unused) && strcmp(before.data, line) == 0;
	ok = same || file_write(dir, OFFER, line, strlen(line), 0644, err);
	buf_finish(&before);
	close(dir);
	return ok;
}

/* An object is settled when its store is closed, and offered after that. */
static bool take_and_offer(struct fetch *fetch, const struct firmware_newest *newest, const char *folder,
			   struct err *err)
{
	struct store *store;
	bool ok;

	if (!store_open(folder, STORE_WRITE, &store, err))
		return false;
	store_keep_free(store, STORE_FREE_BYTES + FIRMWARE_LEAVES_BYTES);
	ok = take_bundle(fetch, newest, store, err);
	store_close(store);
	return ok && make_offer(folder, newest->sha256, err);
}

/* ---- one source after the other */

static bool fetch_newest(struct fetch *fetch, const struct standing_firmware *state, const char *folder,
			 struct firmware_report *report, struct err *err)
{
	struct firmware_newest newest;
	struct buf bytes = {0};
	struct err why;
	bool ok;

	*report = (struct firmware_report){FIRMWARE_NONE, ""};
	if (!fetch_bytes(fetch, NEWEST, NEWEST_MAX, &bytes, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	ok = firmware_newest_read(bytes.data, bytes.len, &newest, err);
	if (ok) {
		snprintf(report->version, sizeof(report->version), "%s", newest.version);
		report->news = judge(&newest, state);
		ok = report->news != FIRMWARE_FETCHED || take_and_offer(fetch, &newest, folder, err);
	}
	buf_finish(&bytes);
	return ok;
}

static bool fetch_from(const char *source, const struct fetch_options *options, const struct standing_firmware *state,
		       const char *folder, struct firmware_report *report, struct err *err)
{
	struct fetch *fetch;
	bool ok;

	if (!fetch_open(source, options, &fetch, err))
		return false;
	ok = fetch_newest(fetch, state, folder, report, err);
	fetch_close(fetch);
	return ok;
}

static bool fetch_from_first(const char *sources, const struct fetch_options *options,
			     const struct standing_firmware *state, const char *folder, struct firmware_report *report,
			     struct err *err)
{
	const char *rest = sources, *at;
	char source[FETCH_PATH_MAX];
	bool ok = true;
	size_t len;

	*report = (struct firmware_report){FIRMWARE_NONE, ""};
	while (list_next(&rest, &at, &len)) {
		if (len >= sizeof(source))
			return err_set(err, ERR_USAGE, "server: a source is longer than %zu bytes", sizeof(source) - 1);
		snprintf(source, sizeof(source), "%.*s", (int)len, at);
		ok = fetch_from(source, options, state, folder, report, err);
		if (ok)
			break;
		if (*rest)
			log_warn("%s; trying the next source", err->text);
	}
	return ok;
}

bool firmware_fetch(const char *sources, const struct fetch_options *options, const char *folder,
		    struct firmware_report *report, struct err *err)
{
	struct json *json = NULL;
	struct standing_firmware state;
	bool ok;
	int dir;

	if (!file_open_dir(AT_FDCWD, folder, true, &dir, err))
		return false;
	ok = load_state(dir, &json, &state, err) && fetch_from_first(sources, options, &state, folder, report, err);
	json_destroy(json);
	close(dir);
	return ok;
}

/* ---- for people */

bool firmware_sentence(const struct firmware_report *report, struct buf *out, struct err *err)
{
	static const char *const sentences[] = {
		[FIRMWARE_NONE] = N_("firmware: none is published%s"),
		[FIRMWARE_SAME] = N_("firmware: nothing newer, %s is published"),
		[FIRMWARE_FAILED] = N_("firmware: %s is published, but did not start here; waiting for the next"),
		[FIRMWARE_FETCHED] =
			N_("firmware: %s has been fetched, and will be installed when its signature is right"),
	};

	_Static_assert(sizeof(sentences) / sizeof(sentences[0]) == FIRMWARE_NEWS_COUNT, "one has no sentence");
	return buf_printf(out, _(sentences[report->news]), report->version) || err_memory(err);
}

static bool describe_other(const struct standing_firmware *state, struct buf *out)
{
	static const struct {
		const char *state, *sentence;
	} rows[] = {
		{"new", N_("other slot: %s, not tried yet: starts at the next restart\n")},
		{"good", N_("other slot: %s, has run here before\n")},
		{"bad", N_("other slot: %s, did not start here\n")},
	};

	for (size_t i = 0; state->other && state->other_state && i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(state->other_state, rows[i].state) == 0)
			return buf_printf(out, _(rows[i].sentence), state->other);
	return buf_append_text(out, _("other slot: nothing else\n"));
}

static bool describe(const struct standing_firmware *state, struct buf *out, struct err *err)
{
	bool ok = buf_printf(out, _("firmware: %s, in slot %s\n"), state->running, state->slot) &&
		  describe_other(state, out) &&
		  (!state->update || buf_printf(out, _("last update: %s\n"), state->update));

	return ok || err_memory(err);
}

bool firmware_describe_bytes(const char *bytes, size_t len, struct buf *out, struct err *err)
{
	struct json *json = NULL;
	size_t before = out->len;
	struct standing_firmware state;
	bool ok = json_parse(bytes, len, STANDING_FIRMWARE_BYTES, &json, err) && read_state(json, &state, err) &&
		  describe(&state, out, err);

	json_destroy(json);
	if (!ok)
		buf_cut(out, before);
	return ok || err_context(err, FIRMWARE_STATE);
}

bool firmware_describe(int dir, struct buf *out, struct err *err)
{
	struct buf bytes = {0};
	struct err why;
	bool ok = true;

	if (file_read(dir, STANDING_FIRMWARE_FILE, STANDING_FIRMWARE_BYTES, &bytes, &why)) {
		ok = firmware_describe_bytes(bytes.data, bytes.len, out, err);
	} else if (why.code != ERR_MISSING) {
		*err = why;
		ok = false;
	}
	buf_finish(&bytes);
	return ok;
}
