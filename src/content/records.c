#include "content/records.h"

#include "base/array.h"
#include "content/document.h"

#include <string.h>

const char *const translation_names[] = {[TRANSLATION_SOURCE] = "source",
					 [TRANSLATION_CHECKED] = "checked",
					 [TRANSLATION_UNCHECKED] = "unchecked",
					 NULL};
const char *const place_kinds[] = {
	[PLACE_OTHER] = "other",     [PLACE_OFFICE] = "office",   [PLACE_HEALTH] = "health",
	[PLACE_DAYCARE] = "daycare", [PLACE_SCHOOL] = "school",   [PLACE_LIBRARY] = "library",
	[PLACE_CLUB] = "club",       [PLACE_CULTURE] = "culture", [PLACE_LANGUAGE] = "language",
	[PLACE_WORK] = "work",       [PLACE_SENIORS] = "seniors", NULL};
const char *const event_kinds[] = {[EVENT_OTHER] = "other",         [EVENT_LANGUAGE] = "language",
				   [EVENT_SPORT] = "sport",         [EVENT_CHILDREN] = "children",
				   [EVENT_CULTURE] = "culture",     [EVENT_HEALTH] = "health",
				   [EVENT_SENIORS] = "seniors",     [EVENT_MEETING] = "meeting",
				   [EVENT_VOLUNTEER] = "volunteer", NULL};
const char *const notice_urgencies[] = {
	[NOTICE_SERVICE] = "service", [NOTICE_IMPORTANT] = "important", [NOTICE_URGENT] = "urgent", NULL};
const char *const phrase_froms[] = {[PHRASE_FROM_VISITOR] = "visitor", [PHRASE_FROM_STAFF] = "staff", NULL};
const char *const item_folders[] = {
	[ITEM_GUIDE] = "guides", [ITEM_PHRASES] = "phrases", [ITEM_PATH] = "paths", [ITEM_STORY] = "stories", NULL};

#define AT(type, member) .offset = offsetof(struct type, member)
#define TEXT(key, type, member, most, shown, flag) \
	{ \
		key, SHAPE_TEXT, (flag), AT(type, member), .max = (most), .chars = (shown) \
	}
#define FORMED(key, type, member, kind, flag) \
	{ \
		key, SHAPE_FORMED, (flag), AT(type, member), .form = &fields_##kind \
	}
#define CHOICE(key, type, member, words, flag) \
	{ \
		key, SHAPE_CHOICE, (flag), AT(type, member), .names = (words) \
	}
#define NUMBER(key, type, member, least, most) \
	{ \
		key, SHAPE_NUMBER, SHAPE_REQUIRED | SHAPE_DERIVED, AT(type, member), .min = (least), .max = (most) \
	}
#define FLAG(key, type, member, flag) \
	{ \
		key, SHAPE_FLAG, (flag), AT(type, member) \
	}
#define MOMENT(key, type, member) \
	{ \
		key, SHAPE_MOMENT, SHAPE_REQUIRED | SHAPE_DERIVED, AT(type, member) \
	}
#define FORMS(key, type, member, counted, most, kind, flag) \
	{ \
		key, SHAPE_FORMS, (flag), AT(type, member), offsetof(struct type, counted), .max = (most), \
											    .form = &fields_##kind \
	}
#define RECORDS(key, type, member, counted, least, most, of, flag) \
	{ \
		key, SHAPE_RECORDS, (flag), AT(type, member), offsetof(struct type, counted), \
			.min = (least), .max = (most), .shape = &(of) \
	}

#define ID(type, member)         FORMED("id", type, member, id, SHAPE_REQUIRED | SHAPE_DERIVED)
#define ICON(type, member, flag) FORMED("icon", type, member, icon, flag)
/* Old bundles have places without an origin: nobody is said to have checked them. */
#define ORIGIN(type, translated, made_from, flag) \
	CHOICE("translation", type, translated, translation_names, (flag) | SHAPE_DERIVED), \
		FORMED("revision", type, made_from, revision, (flag) | SHAPE_DERIVED)
#define HEADING (SHAPE_REQUIRED | SHAPE_TITLE)
#define PROSE   (SHAPE_REQUIRED | SHAPE_RUNNING)

static const struct shape_field opening_fields[] = {
	NUMBER("weekday", opening, weekday, 0, 6),
	NUMBER("from", opening, from, 0, MINUTES_OF_DAY),
	NUMBER("to", opening, to, 0, MINUTES_OF_DAY),
};
static const struct shape opening_shape = SHAPE_OF(opening_fields, opening);

static const struct shape_field opening_on_fields[] = {
	FORMED("date", opening_on, date, date, SHAPE_REQUIRED),
	NUMBER("from", opening_on, from, 0, MINUTES_OF_DAY),
	NUMBER("to", opening_on, to, 0, MINUTES_OF_DAY),
};
static const struct shape opening_on_shape = SHAPE_OF(opening_on_fields, opening_on);

static const struct shape_field place_fields[] = {
	ID(place, id),
	ICON(place, icon, SHAPE_REQUIRED),
	TEXT("name", place, name, TITLE_MAX, 60, HEADING),
	TEXT("danish", place, danish, TITLE_MAX, 60, SHAPE_REQUIRED | SHAPE_SHOWN),
	TEXT("phone", place, phone, TITLE_MAX, 40, SHAPE_SHOWN),
	TEXT("address", place, address, TITLE_MAX, 80, SHAPE_SHOWN),
	TEXT("web", place, web, TITLE_MAX, 100, 0),
	TEXT("email", place, email, TITLE_MAX, 100, 0),
	TEXT("note", place, note, SUMMARY_MAX, 200, SHAPE_RUNNING),
	CHOICE("kind", place, kind, place_kinds, 0),
	TEXT("town", place, town, TITLE_MAX, 40, SHAPE_SHOWN),
	FORMED("geo", place, geo, geo, 0),
	FORMS("activities", place, activities, activity_count, 20, id, SHAPE_ACTIVITY),
	FORMS("speaks", place, speaks, speaks_count, 20, lang, 0),
	TEXT("audience", place, audience, SUMMARY_MAX, 100, SHAPE_RUNNING),
	TEXT("price", place, price, SUMMARY_MAX, 60, SHAPE_RUNNING),
	TEXT("travel", place, travel, SUMMARY_MAX, 100, SHAPE_RUNNING),
	FLAG("fritidspas", place, fritidspas, 0),
	FLAG("example", place, example, 0),
	RECORDS("hours", place, hours.week, hours.week_count, 0, HOURS_MAX, opening_shape, SHAPE_DERIVED),
	RECORDS("hours_dates", place, hours.dates, hours.date_count, 0, HOURS_DATES_MAX, opening_on_shape,
		SHAPE_DERIVED),
	FORMED("hours_valid_to", place, hours.valid_to, date, SHAPE_DERIVED),
	ORIGIN(place, origin.translation, origin.revision, 0),
};
const struct shape place_shape = SHAPE_OF(place_fields, place);

static const struct shape_field activity_fields[] = {
	ID(activity, id),
	ICON(activity, icon, SHAPE_REQUIRED),
	TEXT("name", activity, name, TITLE_MAX, 30, HEADING),
};
const struct shape activity_shape = SHAPE_OF(activity_fields, activity);

static const struct shape_field places_fields[] = {
	RECORDS("places", places, places, count, 0, PLACES_MAX, place_shape, SHAPE_REQUIRED | SHAPE_ASCENDING),
	RECORDS("activities", places, activities, activity_count, 0, ACTIVITIES_MAX, activity_shape, 0),
};
const struct shape places_shape = SHAPE_OF(places_fields, places);

static const struct shape_field event_time_fields[] = {
	FORMED("date", event_time, date, date, SHAPE_REQUIRED),
	NUMBER("from", event_time, from, 0, MINUTES_OF_DAY),
	NUMBER("to", event_time, to, 0, MINUTES_OF_DAY),
	FLAG("cancelled", event_time, cancelled, SHAPE_DERIVED),
};
static const struct shape event_time_shape = SHAPE_OF(event_time_fields, event_time);

/* An event is read from iCalendar: only its texts stand in YAML, and only those of translations. */
static const struct shape_field event_fields[] = {
	ID(event, id),
	ICON(event, icon, SHAPE_REQUIRED | SHAPE_DERIVED),
	CHOICE("kind", event, kind, event_kinds, SHAPE_REQUIRED | SHAPE_DERIVED),
	TEXT("title", event, title, TITLE_MAX, 60, HEADING),
	TEXT("text", event, text, SUMMARY_MAX, 200, SHAPE_RUNNING),
	TEXT("where", event, where, TITLE_MAX, 80, SHAPE_SHOWN | SHAPE_DERIVED),
	FORMED("place", event, place, id, SHAPE_DERIVED | SHAPE_PLACE),
	TEXT("web", event, web, TITLE_MAX, 100, SHAPE_DERIVED),
	FLAG("free", event, free, SHAPE_DERIVED),
	FLAG("no_signup", event, no_signup, SHAPE_DERIVED),
	FLAG("families", event, families, SHAPE_DERIVED),
	FLAG("example", event, example, SHAPE_DERIVED),
	ORIGIN(event, origin.translation, origin.revision, SHAPE_REQUIRED),
};
const struct shape event_shape = SHAPE_OF(event_fields, event);

static const struct shape_field event_times_fields[] = {
	ID(event_times, id),
	RECORDS("times", event_times, times, count, 1, EVENT_TIMES_MAX, event_time_shape, SHAPE_REQUIRED),
};
static const struct shape event_times_shape = SHAPE_OF(event_times_fields, event_times);

static const struct shape_field timetable_fields[] = {
	RECORDS("events", timetable, events, count, 0, EVENTS_MAX, event_times_shape, SHAPE_REQUIRED | SHAPE_ASCENDING),
};
static const struct shape timetable_shape = SHAPE_OF(timetable_fields, timetable);

static const struct shape_field events_fields[] = {
	RECORDS("events", events, events, count, 0, EVENTS_MAX, event_shape, SHAPE_REQUIRED | SHAPE_ASCENDING),
};
const struct shape events_shape = SHAPE_OF(events_fields, events);

static const struct shape_field notice_act_fields[] = {
	ID(notice_act, id),
	ICON(notice_act, icon, SHAPE_REQUIRED),
	TEXT("text", notice_act, text, TITLE_MAX, 30, HEADING),
};
static const struct shape notice_act_shape = SHAPE_OF(notice_act_fields, notice_act);

static const struct shape_field notice_fields[] = {
	ID(notice, id),
	ICON(notice, icon, SHAPE_REQUIRED),
	CHOICE("urgency", notice, urgency, notice_urgencies, SHAPE_REQUIRED),
	MOMENT("from", notice, from_utc_s),
	MOMENT("to", notice, to_utc_s),
	TEXT("sender", notice, sender, TITLE_MAX, 60, SHAPE_REQUIRED | SHAPE_SHOWN),
	TEXT("title", notice, title, TITLE_MAX, 60, HEADING),
	TEXT("text", notice, text, SUMMARY_MAX, 300, PROSE),
	TEXT("phone", notice, phone, TITLE_MAX, 40, SHAPE_SHOWN),
	FORMED("page", notice, page, page_path, SHAPE_PAGE),
	RECORDS("acts", notice, acts, act_count, 0, NOTICE_ACTS_MAX, notice_act_shape, 0),
	FORMS("missing", notice, missing, missing_count, LANGUAGES_MAX, lang, 0),
	FLAG("example", notice, example, 0),
	ORIGIN(notice, origin.translation, origin.revision, SHAPE_REQUIRED),
};
const struct shape notice_shape = SHAPE_OF(notice_fields, notice);

static const struct shape_field notices_fields[] = {
	RECORDS("notices", notices, notices, count, 0, NOTICES_MAX, notice_shape, SHAPE_REQUIRED | SHAPE_ASCENDING),
};
const struct shape notices_shape = SHAPE_OF(notices_fields, notices);

#define HEAD(type) \
	ID(type, head.id), ICON(type, head.icon, SHAPE_REQUIRED), \
		FORMED("picture", type, head.picture, picture, SHAPE_PICTURE), \
		TEXT("title", type, head.title, TITLE_MAX, 60, HEADING), \
		TEXT("summary", type, head.summary, SUMMARY_MAX, 200, PROSE), \
		FORMED("reviewed", type, head.reviewed, date, SHAPE_REQUIRED), \
		FORMED("valid_to", type, head.valid_to, date, SHAPE_REQUIRED), \
		ORIGIN(type, head.origin.translation, head.origin.revision, SHAPE_REQUIRED), \
		FORMED("texts", type, head.texts, parts, SHAPE_DERIVED)

static const struct shape_field reply_fields[] = {
	ID(reply, id),
	ICON(reply, icon, 0),
	TEXT("danish", reply, danish, TITLE_MAX, 60, SHAPE_REQUIRED | SHAPE_DERIVED | SHAPE_SHOWN),
	TEXT("text", reply, text, TITLE_MAX, 60, PROSE),
};
static const struct shape reply_shape = SHAPE_OF(reply_fields, reply);

static const struct shape_field phrase_fields[] = {
	ID(phrase, id),
	ICON(phrase, icon, SHAPE_REQUIRED),
	CHOICE("from", phrase, from, phrase_froms, SHAPE_REQUIRED),
	TEXT("danish", phrase, danish, TITLE_MAX, 80, SHAPE_REQUIRED | SHAPE_DERIVED | SHAPE_SHOWN),
	TEXT("text", phrase, text, TITLE_MAX, 80, PROSE),
	RECORDS("replies", phrase, replies, reply_count, 0, REPLIES_MAX, reply_shape, 0),
};
static const struct shape phrase_shape = SHAPE_OF(phrase_fields, phrase);

static const struct shape_field phrases_fields[] = {
	HEAD(phrases),
	TEXT("visitor", phrases, visitor, TITLE_MAX, 40, HEADING),
	TEXT("staff", phrases, staff, TITLE_MAX, 40, HEADING),
	RECORDS("phrases", phrases, phrases, count, 1, PHRASES_MAX, phrase_shape, SHAPE_REQUIRED),
};
const struct shape phrases_shape = SHAPE_OF(phrases_fields, phrases);

static const struct shape_field guide_answer_fields[] = {
	ID(guide_answer, id),
	ICON(guide_answer, icon, SHAPE_REQUIRED),
	TEXT("title", guide_answer, title, TITLE_MAX, 50, HEADING),
	TEXT("text", guide_answer, text, SUMMARY_MAX, 120, SHAPE_RUNNING),
	FORMED("to", guide_answer, to, id, SHAPE_REQUIRED),
	FLAG("danger", guide_answer, danger, 0),
};
static const struct shape guide_answer_shape = SHAPE_OF(guide_answer_fields, guide_answer);

static const struct shape_field guide_question_fields[] = {
	ID(guide_question, id),
	TEXT("title", guide_question, title, TITLE_MAX, 60, HEADING),
	TEXT("text", guide_question, text, SUMMARY_MAX, 160, SHAPE_RUNNING),
	RECORDS("answers", guide_question, answers, answer_count, 2, ANSWERS_MAX, guide_answer_shape, SHAPE_REQUIRED),
};
static const struct shape guide_question_shape = SHAPE_OF(guide_question_fields, guide_question);

static const struct shape_field guide_step_fields[] = {
	ID(guide_step, id),
	TEXT("text", guide_step, text, SUMMARY_MAX, 120, PROSE),
	TEXT("say", guide_step, say, TITLE_MAX, 80, SHAPE_SHOWN),
};
static const struct shape guide_step_shape = SHAPE_OF(guide_step_fields, guide_step);

static const struct shape_field guide_result_fields[] = {
	ID(guide_result, id),
	ICON(guide_result, icon, SHAPE_REQUIRED),
	TEXT("title", guide_result, title, TITLE_MAX, 60, HEADING),
	TEXT("text", guide_result, text, SUMMARY_MAX, 200, PROSE),
	FLAG("danger", guide_result, danger, 0),
	TEXT("phone", guide_result, phone, TITLE_MAX, 40, SHAPE_SHOWN),
	FORMED("place", guide_result, place, id, SHAPE_PLACE),
	FORMED("page", guide_result, page, page_path, SHAPE_PAGE),
	FORMED("phrases", guide_result, phrases, id, SHAPE_PHRASES),
	FORMED("picture", guide_result, picture, picture, SHAPE_PICTURE),
	RECORDS("steps", guide_result, steps, step_count, 0, GUIDE_STEPS_MAX, guide_step_shape, 0),
	TEXT("warning", guide_result, warning, SUMMARY_MAX, 160, SHAPE_RUNNING),
};
static const struct shape guide_result_shape = SHAPE_OF(guide_result_fields, guide_result);

static const struct shape_field guide_fields[] = {
	HEAD(guide),
	FLAG("emergency", guide, emergency, 0),
	RECORDS("questions", guide, questions, question_count, 1, QUESTIONS_MAX, guide_question_shape, SHAPE_REQUIRED),
	RECORDS("results", guide, results, result_count, 1, RESULTS_MAX, guide_result_shape, SHAPE_REQUIRED),
};
const struct shape guide_shape = SHAPE_OF(guide_fields, guide);

static const struct shape_field path_step_fields[] = {
	ID(path_step, id),
	ICON(path_step, icon, SHAPE_REQUIRED),
	TEXT("title", path_step, title, TITLE_MAX, 60, HEADING),
	TEXT("text", path_step, text, SUMMARY_MAX, 200, PROSE),
	TEXT("when", path_step, when, TITLE_MAX, 60, HEADING),
	TEXT("who", path_step, who, TITLE_MAX, 60, SHAPE_TITLE),
	FORMED("place", path_step, place, id, SHAPE_PLACE),
	TEXT("bring", path_step, bring, SUMMARY_MAX, 120, SHAPE_TITLE),
	TEXT("danish", path_step, danish, TITLE_MAX, 40, SHAPE_SHOWN),
	FORMED("page", path_step, page, page_path, SHAPE_PAGE),
};
static const struct shape path_step_shape = SHAPE_OF(path_step_fields, path_step);

static const struct shape_field path_fields[] = {
	HEAD(path),
	RECORDS("steps", path, steps, step_count, 2, PATH_STEPS_MAX, path_step_shape, SHAPE_REQUIRED),
};
const struct shape path_shape = SHAPE_OF(path_fields, path);

static const struct shape_field story_word_fields[] = {
	ID(story_word, id),
	TEXT("danish", story_word, danish, TITLE_MAX, 24, SHAPE_REQUIRED | SHAPE_DERIVED | SHAPE_SHOWN),
	TEXT("text", story_word, text, TITLE_MAX, 24, HEADING),
};
static const struct shape story_word_shape = SHAPE_OF(story_word_fields, story_word);

static const struct shape_field story_part_fields[] = {
	ID(story_part, id),
	FORMED("picture", story_part, picture, picture, SHAPE_REQUIRED | SHAPE_PICTURE),
	TEXT("shows", story_part, shows, SUMMARY_MAX, 160, PROSE),
	TEXT("when", story_part, when, TITLE_MAX, 40, SHAPE_TITLE),
	TEXT("danish", story_part, danish, SUMMARY_MAX, 120, SHAPE_REQUIRED | SHAPE_DERIVED | SHAPE_SHOWN),
	TEXT("text", story_part, text, SUMMARY_MAX, 120, PROSE),
	RECORDS("words", story_part, words, word_count, 0, STORY_WORDS_MAX, story_word_shape, 0),
};
static const struct shape story_part_shape = SHAPE_OF(story_part_fields, story_part);

static const struct shape_field story_fields[] = {
	HEAD(story),
	RECORDS("parts", story, parts, part_count, 2, STORY_PARTS_MAX, story_part_shape, SHAPE_REQUIRED),
};
const struct shape story_shape = SHAPE_OF(story_fields, story);

static const struct shape_field alt_fields[] = {
	FORMED("id", alt, id, picture, SHAPE_REQUIRED),
	TEXT("text", alt, text, SUMMARY_MAX, 160, PROSE),
};
static const struct shape alt_shape = SHAPE_OF(alt_fields, alt);

static const struct shape_field alts_fields[] = {
	RECORDS("pictures", alts, pictures, count, 0, ALTS_MAX, alt_shape, SHAPE_REQUIRED | SHAPE_ASCENDING),
};
const struct shape alts_shape = SHAPE_OF(alts_fields, alts);

const struct shape *const item_shapes[] = {[ITEM_GUIDE] = &guide_shape,
					   [ITEM_PHRASES] = &phrases_shape,
					   [ITEM_PATH] = &path_shape,
					   [ITEM_STORY] = &story_shape};
static_assert(ARRAY_LEN(item_shapes) == ITEM_KIND_COUNT, "a kind of item has no shape");

bool places_parse(const char *bytes, size_t len, struct arena *arena, struct places *out, struct err *err)
{
	return shape_read(bytes, len, &places_shape, arena, out, err);
}

bool places_write(const struct places *places, struct buf *out, struct err *err)
{
	return shape_write(&places_shape, places, out, err);
}

bool events_parse(const char *bytes, size_t len, struct arena *arena, struct events *out, struct err *err)
{
	return shape_read(bytes, len, &events_shape, arena, out, err);
}

bool events_write(const struct events *events, struct buf *out, struct err *err)
{
	return shape_write(&events_shape, events, out, err);
}

bool timetable_parse(const char *bytes, size_t len, struct arena *arena, struct timetable *out, struct err *err)
{
	return shape_read(bytes, len, &timetable_shape, arena, out, err);
}

bool timetable_write(const struct timetable *timetable, struct buf *out, struct err *err)
{
	return shape_write(&timetable_shape, timetable, out, err);
}

bool notices_parse(const char *bytes, size_t len, struct arena *arena, struct notices *out, struct err *err)
{
	return shape_read(bytes, len, &notices_shape, arena, out, err);
}

bool notices_write(const struct notices *notices, struct buf *out, struct err *err)
{
	return shape_write(&notices_shape, notices, out, err);
}

bool alts_parse(const char *bytes, size_t len, struct arena *arena, struct alts *out, struct err *err)
{
	return shape_read(bytes, len, &alts_shape, arena, out, err);
}

bool alts_write(const struct alts *alts, struct buf *out, struct err *err)
{
	return shape_write(&alts_shape, alts, out, err);
}

bool item_parse(enum item_kind kind, const char *bytes, size_t len, struct arena *arena, union item_any *out,
		struct err *err)
{
	union item_any item;
	const char *id;

	if (!shape_read(bytes, len, item_shapes[kind], arena, &item, err))
		return false;
	const char *fault = kind == ITEM_GUIDE ? guide_fault(&item.guide, &id) : NULL;
	if (fault)
		return err_set(err, ERR_FORMAT, "%s: %s", id, fault);
	*out = item;
	return true;
}

bool item_write(enum item_kind kind, const union item_any *item, struct buf *out, struct err *err)
{
	return shape_write(item_shapes[kind], item, out, err);
}
