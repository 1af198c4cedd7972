#include "screens/screen.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define HIGH_LEAST 900.0f
#define LIST_MAX   2048
#define UNHEARD_S  86400
#define WIDE_LEAST 1500.0f /* design px; less on a small screen, where touch makes everything larger */

const char *view_word_in(const struct view *view, int language, enum word word)
{
	return view->content ? content_word(view->content, language, word, 0) : word_messages[word].msgid;
}

const char *view_word(const struct view *view, enum word word)
{
	return view_word_in(view, view->language, word);
}

/* Not printf(): the pattern comes from content. */
const char *view_filled(const struct view *view, const char *pattern, const char *value)
{
	const char *at = strstr(pattern, "%s");
	if (!at)
		at = strstr(pattern, "%d");
	const char *text =
		at ? arena_printf(view->scratch, "%.*s%s%s", (int)(at - pattern), pattern, value, at + 2) : NULL;
	return text ? text : pattern;
}

const char *view_counted(const struct view *view, int language, enum word word, int number)
{
	char digits[16];
	snprintf(digits, sizeof(digits), "%d", number);
	size_t form = recall_plural(view->recall, view_code(view, language), number);
	return view_filled(view, content_word(view->content, language, word, form), digits);
}

const char *view_date(const struct view *view, int language, struct clock_civil date)
{
	const char *text = recall_date(view->recall, view_code(view, language), date);
	const char *copy = arena_text(view->scratch, text, strlen(text));
	return copy ? copy : "";
}

const char *view_day(const struct view *view, int language, int64_t day, enum locale_day form)
{
	char utc[CLOCK_UTC_MAX];
	const char *text = utc;
	struct clock_civil date = {0};
	clock_format_utc(day * 86400, utc);
	utc[10] = '\0'; /* the date alone */
	if (clock_parse_date(utc, &date))
		text = recall_day(view->recall, view_code(view, language), date, form);
	const char *copy = arena_text(view->scratch, text, strlen(text));
	return copy ? copy : "";
}

const char *view_list(const struct view *view, const char *const *items, size_t count)
{
	char text[LIST_MAX];
	locale_list(view->lang, items, count, text, sizeof(text));
	const char *copy = arena_text(view->scratch, text, strlen(text));
	return copy ? copy : "";
}

bool view_unheard(const struct view *view)
{
	return view->heard_utc_s > 0 && view->now.utc_s - view->heard_utc_s > UNHEARD_S;
}

int64_t view_today(const struct view *view)
{
	return clock_days(view->local.year, view->local.month, view->local.day);
}

const char *view_code(const struct view *view, int language)
{
	return content_bundle(view->content)->languages[language].code;
}

bool view_rtl(const struct view *view, int language)
{
	return content_bundle(view->content)->languages[language].rtl;
}

const char *view_item_topic(const struct view *view, enum item_kind kind, const char *id)
{
	const struct item_list *list = &content_bundle(view->content)->items[kind];
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->entries[i].id, id) == 0)
			return list->entries[i].topic;
	return NULL;
}

int view_turn(const struct view *view, int language)
{
	return view_rtl(view, language) ? 1 : -1;
}

struct hue view_hue(const struct view *view, const char *topic)
{
	const struct topic_entry *entry = content_topic(view->content, topic);
	return theme_hue(ui_theme(view->ui), entry ? entry->hue : NULL);
}

static bool load(void *context, const char *key, char **svg, size_t *len, struct err *err)
{
	const struct content *content = context;
	struct buf bytes = {0};
	const char *name = strchr(key, '/');
	if (!content_picture(content, name ? name + 1 : key, &bytes, err)) {
		buf_finish(&bytes);
		return false;
	}
	*svg = bytes.data;
	*len = bytes.len;
	return true;
}

/* NOLINTNEXTLINE(misc-redundant-expression): two limits that happen to be equal today. */
static_assert(PICTURE_BYTES_MAX <= PICTURE_SVG_BYTES_MAX, "a picture of the content may be too large to be drawn");

/* The time of publishing is in the key, so that another generation's picture of that name is another picture. */
struct picture_source view_picture(const struct view *view, const char *name)
{
	const char *key = arena_printf(view->scratch, "%lld/%s", (long long)content_published(view->content), name);
	return (struct picture_source){
		.key = key ? key : name, .load = load, .context = (void *)(uintptr_t)view->content};
}

const char *view_id(const struct view *view, const char *kind, const char *name)
{
	const char *id = arena_printf(view->scratch, "%s.%s", kind, name);
	return id ? id : kind;
}

bool view_wide(const struct view *view)
{
	return ui_landscape(view->ui) && ui_width(view->ui) >= WIDE_LEAST;
}

bool view_pictured(const struct view *view)
{
	return !ui_theme(view->ui)->high_contrast && ui_text_size(view->ui) < TEXT_150 &&
	       ui_height(view->ui) >= HIGH_LEAST;
}

int view_layer(const struct view *view)
{
	if (view->visit->state == VISIT_ASKING)
		return LAYER_QUESTION;
	return view->visit->sheet ? LAYER_SHEET : LAYER_SCREEN;
}
