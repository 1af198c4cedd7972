#include "kiosk/preview.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "screens/screen.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define REMARK_BYTES_MAX 4096
#define DAY_MS           (INT64_C(24) * 60 * 60 * 1000)

const struct visit_limits preview_idle = {DAY_MS, DAY_MS};

void preview_place(struct preview *preview, const struct preview_setup *setup, struct terminal *terminal)
{
	char topic[VISIT_ID_MAX] = "";
	const char *slash = setup->page ? strchr(setup->page, '/') : NULL;
	size_t len = slash ? (size_t)(slash - setup->page) : 0;

	if (preview->placed || (!setup->lang && !setup->page))
		return;
	preview->placed = true;
	if (len < sizeof(topic))
		snprintf(topic, sizeof(topic), "%.*s", (int)len, setup->page ? setup->page : "");
	if (!terminal_place(terminal, setup->page ? "guide" : "home", setup->lang, topic, slash ? slash + 1 : "",
			    clock_now()))
		log_error("there is no page \"%s\" in the language \"%s\"", setup->page ? setup->page : "home",
			  setup->lang ? setup->lang : "");
}

static bool put(const struct buf *bytes, struct terminal *terminal, struct err *err)
{
	struct remark remarks[REMARKS_MAX] = {{0}};
	struct json *json = NULL;
	const struct json *list = NULL;
	size_t count = 0;
	bool ok = json_parse(bytes->data, bytes->len, PREVIEW_BYTES_MAX, &json, err) &&
		  json_get_array(json, "remarks", REMARKS_MAX, &list, err);

	for (const struct json *each = ok ? json_first(list) : NULL; ok && each; each = json_next(each), count++)
		ok = json_get_text(each, "place", REMARK_BYTES_MAX, &remarks[count].place, err) &&
		     json_get_text(each, "text", REMARK_BYTES_MAX, &remarks[count].text, err);
	ok = ok && terminal_remark(terminal, remarks, count, err);
	json_destroy(json);
	return ok;
}

void preview_look(struct preview *preview, const struct store *store, struct terminal *terminal)
{
	struct buf now = {0};
	struct err err;

	if (!store)
		return;
	if (!file_read(store_dir(store), PREVIEW_FILE, PREVIEW_BYTES_MAX, &now, &err) && err.code != ERR_MISSING) {
		log_error("%s", err.text);
		return;
	}
	if (now.len == preview->bytes.len && (now.len == 0 || memcmp(now.data, preview->bytes.data, now.len) == 0)) {
		buf_finish(&now);
		return;
	}
	buf_finish(&preview->bytes);
	preview->bytes = now;
	if (now.len == 0 ? !terminal_remark(terminal, NULL, 0, &err) : !put(&now, terminal, &err))
		log_error(PREVIEW_FILE ": %s", err.text);
}

void preview_remark(const char *path, struct terminal *terminal)
{
	struct buf bytes = {0};
	struct err err;
	bool there = file_read(AT_FDCWD, path, PREVIEW_BYTES_MAX, &bytes, &err);

	if (there ? !put(&bytes, terminal, &err) : err.code != ERR_MISSING)
		log_error("%s: %s", path, err.text);
	buf_finish(&bytes);
}

void preview_faults(const char *faults, struct terminal *terminal)
{
	struct remark remarks[REMARKS_MAX] = {{0}};
	char lines[ERR_TEXT_MAX], *rest = lines;
	size_t count = 0;
	struct err err;

	snprintf(lines, sizeof(lines), "%s", faults);
	for (char *line; count < REMARKS_MAX && (line = strsep(&rest, "\n")); count++) {
		char *says = strstr(line, ": ");
		remarks[count] = (struct remark){says ? line : "", says ? says + 2 : line};
		if (says)
			*says = '\0';
	}
	if (!terminal_remark(terminal, remarks, count, &err))
		log_error("%s", err.text);
}

void preview_finish(struct preview *preview)
{
	buf_finish(&preview->bytes);
}
