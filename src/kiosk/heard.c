#include "kiosk/heard.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/standing.h"
#include "screens/terminal.h"

static bool read_time(int dir, int64_t *utc_s, struct err *err)
{
	struct buf bytes = {0};
	struct json *json = NULL;
	const char *text = "";
	bool ok = file_read(dir, STANDING_PASS_FILE, STANDING_PASS_BYTES_MAX, &bytes, err) &&
		  json_parse(bytes.data, bytes.len, STANDING_PASS_BYTES_MAX, &json, err) &&
		  json_get_text(json, "last_good", CLOCK_UTC_MAX, &text, err);

	if (ok && !text[0])
		*utc_s = TERMINAL_NEVER;
	else if (ok && !clock_parse_utc(text, utc_s))
		ok = err_set(err, ERR_FORMAT, "\"last_good\" is no time");
	json_destroy(json);
	buf_finish(&bytes);
	return ok || err_context(err, STANDING_PASS_FILE);
}

bool heard_look(struct heard *heard, int dir, int64_t now_ms, int64_t *utc_s)
{
	struct err err;

	if (now_ms < heard->look_ms)
		return false;
	heard->look_ms = now_ms + HEARD_LOOK_MS;
	*utc_s = 0;
	bool ok = read_time(dir, utc_s, &err) || err.code == ERR_MISSING;
	if (!ok && !heard->told)
		log_error("%s", err.text);
	heard->told = !ok;
	return true;
}
