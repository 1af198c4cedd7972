#include "base/standing.h"

#include "base/clock.h"

#define SENTENCE_MAX        ((size_t)4 * ERR_TEXT_MAX)
#define MIRROR_MAX          ((size_t)4 * 1024)
#define WORD_MAX            32
#define SLOT_MAX            8
#define UPDATE_SENTENCE_MAX 1024
#define TIME_MAX            INT64_C(1000000000000)

bool standing_pass_read(const struct json *json, struct standing_pass *out, struct err *err)
{
	return json_get_text(json, "time", CLOCK_UTC_MAX, &out->time, err) &&
	       json_get_text(json, "result", WORD_MAX, &out->result, err) &&
	       json_get_text(json, "sentence", SENTENCE_MAX, &out->sentence, err) &&
	       json_get_text(json, "last_good", CLOCK_UTC_MAX, &out->last_good, err) &&
	       json_get_integer(json, "duration_ms", 0, TIME_MAX, &out->duration_ms, err) &&
	       json_get_text(json, "mirror", MIRROR_MAX, &out->mirror, err) &&
	       json_get_text(json, "clock", WORD_MAX, &out->clock, err) &&
	       json_get_integer(json, "clock_behind_s", 0, TIME_MAX, &out->clock_behind_s, err);
}

bool standing_firmware_read(const struct json *json, struct standing_firmware *out, struct err *err)
{
	return json_get_text(json, "running", STANDING_VERSION_MAX - 1, &out->running, err) &&
	       json_get_text(json, "slot", SLOT_MAX, &out->slot, err) &&
	       json_get_text_or_none(json, "other", STANDING_VERSION_MAX - 1, &out->other, err) &&
	       json_get_text_or_none(json, "other_state", SLOT_MAX, &out->other_state, err) &&
	       json_get_text_or_none(json, "update", UPDATE_SENTENCE_MAX, &out->update, err);
}
