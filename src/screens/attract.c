#include "screens/frame.h"
#include "screens/notices.h"
#include "screens/opening.h"

#include "content/hours.h"
#include "tokens.h"

#include <math.h>
#include <string.h>

#define HOLD_MS TOKEN_MOTION_GREETING_HOLD_MS
#define ROLL_MS TOKEN_MOTION_GREETING_ROLL_MS
#define STEP_MS (HOLD_MS + ROLL_MS)
#define TELL_MS 10000

#define DISPLAY_SPACING (-3.0f) /* design px, as the design draws the greeting */
#define ROWS_MAX        5
#define PICTURE_HIGH    1180.0f /* of the picture, when 1080 wide */
#define PILL_HIGH       184.0f
#define PILL_LOW        220.0f /* from its lower edge to that of the screen */
#define TOUCH_ICON      112.0f
#define TOUCH_GAP       40.0f
#define POST_TOP        80.0f  /* of the picture's signpost, when the picture is 1080 wide */
#define TOP_LINE        168.0f /* what stands at the top ends here */
#define SKY_HIGH        652.0f /* of all greetings */
#define SKY_MIDDLE      (340.0f / SKY_HIGH)
#define PILL_GAP        24.0f /* where the screen lies: from the greetings to it */
#define PILL_LOW_LYING  80.0f
#define HOURS_LYING     176.0f /* the same with opening hours below the button */
#define HOURS_ICON      56.0f
#define HOURS_GAP       20.0f
#define LYING_SKY       150.0f /* above the picture, for what stands at the top */

#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE          "\u2069"

/* Where a greeting stands by its distance from the middle one: y of its middle from that of the middle one, and size.
 */
static const struct row {
	float y, size, line;
	bool bold;
} rows[] = {
	{-280, 52, 66, false}, {-255, 54, 68, false}, {-160, 72, 88, false}, {0, 168, 208, true},
	{155, 72, 88, false},  {253, 54, 68, false},  {280, 52, 66, false},
};
#define ROW_MIDDLE 3

/* How far the greetings have rolled: the whole part is the one in the middle. */
struct phase {
	int current;
	float rolled; /* 0-1 towards the next */
};

static struct phase phase_at(int64_t now_ms, size_t languages)
{
	int64_t step = now_ms / STEP_MS, within = now_ms % STEP_MS;
	float rolled = within > HOLD_MS ? (float)(within - HOLD_MS) / ROLL_MS : 0;
	float eased = 1 - powf(1 - rolled, 3);
	return (struct phase){.current = (int)(step % (int64_t)languages), .rolled = eased};
}

/* A message stays for longer than a greeting, and does not roll. */
static struct phase phase_telling(int64_t now_ms, size_t languages)
{
	return (struct phase){.current = (int)(now_ms / TELL_MS % (int64_t)languages)};
}

static bool is_telling(const struct content *news, int64_t utc_s)
{
	const struct notice *first;
	return news && content_notices(news, 0, utc_s, &first, 1) > 0 && first->urgency == NOTICE_URGENT;
}

int64_t attract_deadline(const struct content *content, const struct content *news, struct clock now, int frame_ms)
{
	int64_t now_ms = now.mono_ms, within = now_ms % STEP_MS;
	if (!content || content_bundle(content)->language_count < 2)
		return INT64_MAX;
	if (is_telling(news, now.utc_s))
		return now_ms + TELL_MS - now_ms % TELL_MS;
	return now_ms + (within >= HOLD_MS ? frame_ms : HOLD_MS - within);
}

static uint32_t faded(uint32_t colour, float share)
{
	uint32_t alpha = (uint32_t)((float)(colour >> 24) * fminf(fmaxf(share, 0), 1) + 0.5f);
	return (colour & 0xFFFFFFu) | alpha << 24;
}

/* Where the greetings stand: the middle of the middle one, and how large all is. */
struct sky {
	float x, w, middle, scale;
};

/* A greeting in the size of one row, at the height `y` of its middle. */
static void greeting_draw(struct view *view, const struct sky *sky, float y, const struct row *row, int language,
			  float share)
{
	struct ui *ui = view->ui;
	enum colour colour = row->bold ? COLOUR_FJORD : fabsf(row->y) < 200 ? COLOUR_INK : COLOUR_INK2;
	if (share <= 0)
		return;
	struct ui_text style = {.colour = faded(ui_colour(ui, colour), share),
				.size = row->size * sky->scale,
				.line = row->line * sky->scale,
				.bold = row->bold,
				.spacing = row->bold ? DISPLAY_SPACING * sky->scale : 0,
				.align = ALIGN_CENTRE,
				.lines_max = 1,
				.shrink_to = 0.4f,
				.lang = view_code(view, language),
				.rtl = view_rtl(view, language) ? 1 : -1,
				.silent = share < 1};
	const char *text = view_word_in(view, language, WORD_WELCOME);
	float height = ui_text_height(ui, sky->w, &style, text);
	ui_text(ui, (struct box){sky->x, y - height / 2, sky->w, height}, &style, text);
}

/* Each rolls up by one row, and fades from the size of the one row to that of the next. No language stands there twice.
 */
static void greetings_draw(struct view *view, const struct sky *sky, struct phase phase)
{
	int count = (int)content_bundle(view->content)->language_count;
	int shown = count < ROWS_MAX ? count : ROWS_MAX;
	int above = (shown - 1) / 2;
	for (int i = 0; i <= shown; i++) {
		int place = i - above; /* rows below the middle, before rolling */
		int language = ((phase.current + place) % count + count) % count;
		const struct row *from = &rows[ROW_MIDDLE + place], *to = &rows[ROW_MIDDLE + place - 1];
		float y = sky->middle + (from->y + (to->y - from->y) * phase.rolled) * sky->scale;
		bool comes = i == shown, goes = i == 0;
		if (!comes)
			greeting_draw(view, sky, y, from, language, 1 - phase.rolled);
		if (!goes)
			greeting_draw(view, sky, y, to, language, phase.rolled);
	}
}

/* How the button looks: light on the picture's dark ground, dark on paper. */
struct look {
	uint32_t fill, pressed, ink, second;
};

static void pill_words(struct view *view, struct box pill, int language, const struct look *look)
{
	struct ui *ui = view->ui;
	const char *text = view_word_in(view, language, WORD_TOUCH_TO_START);
	const char *danish = view_word_in(view, view->source, WORD_TOUCH_TO_START);
	struct type_size h1 = theme_type(TYPE_H1, TEXT_100);
	struct ui_text big = {.colour = look->ink,
			      .size = h1.size,
			      .line = h1.line,
			      .bold = true,
			      .lines_max = 1,
			      .shrink_to = 0.5f,
			      .silent = true,
			      .lang = view_code(view, language),
			      .rtl = view_rtl(view, language) ? 1 : -1};
	struct ui_text small = {.colour = look->second,
				.size = 30,
				.line = 38,
				.lines_max = 1,
				.shrink_to = 0.6f,
				.silent = true,
				.lang = view_code(view, view->source)};
	bool both = language != view->source;
	float room = pill.w - TOUCH_ICON - TOUCH_GAP - 2 * FRAME_MARGIN;
	float wide = fmaxf(ui_text_width(ui, &big, text), both ? ui_text_width(ui, &small, danish) : 0);
	float width = fminf(wide + 2, room), high = ui_text_height(ui, width, &big, text), low = both ? small.line : 0;
	float x = pill.x + (pill.w - TOUCH_ICON - TOUCH_GAP - width) / 2, y = pill.y + (pill.h - high - low) / 2;
	ui_icon(ui, (struct box){x, pill.y, TOUCH_ICON, pill.h}, "touch", TOUCH_ICON, look->ink);
	ui_text(ui, (struct box){x + TOUCH_ICON + TOUCH_GAP, y, width, high}, &big, text);
	if (both)
		ui_text(ui, (struct box){x + TOUCH_ICON + TOUCH_GAP, y + high, width, low}, &small, danish);
}

static void pill_draw(struct view *view, struct box pill, int language, const struct action *start)
{
	struct ui *ui = view->ui;
	bool dark = ui_landscape(ui);
	struct look look = {ui_colour(ui, dark ? COLOUR_FJORD : COLOUR_SURFACE),
			    ui_colour(ui, dark ? COLOUR_FJORD_DEEP : COLOUR_FJORD_TINT),
			    ui_colour(ui, dark ? COLOUR_ON_FJORD : COLOUR_FJORD),
			    ui_colour(ui, dark ? COLOUR_ON_FJORD2 : COLOUR_INK2)};
	struct ui_state state = ui_target(ui, pill,
					  &(struct ui_target){.role = ROLE_BUTTON,
							      .id = "start",
							      .name = view_word_in(view, language, WORD_TOUCH_TO_START),
							      .lang = view_code(view, language),
							      .action = *start,
							      .radius = pill.h / 2});
	ui_dialog_shadow(ui, pill, pill.h / 2);
	ui_round(ui, pill, pill.h / 2, state.pressed ? look.pressed : look.fill);
	pill_words(view, pill, language, &look);
}

/* ---- Whether the place is open where the kiosk stands */

/* "Citizen Service: Open now until 17:00"; NULL when nobody knows. */
static const char *hours_text(const struct view *view, int language)
{
	struct view told = *view;
	told.language = language;
	told.lang = view_code(view, language);
	const struct place *place = content_place(view->content, language, view->here);
	if (!place || hours_at(&place->hours, &view->local).kind == HOURS_UNKNOWN)
		return NULL;
	return arena_printf(view->scratch, FIRST_STRONG_ISOLATE "%s" POP_ISOLATE ": %s", place->name,
			    opening_status(&told, &place->hours).text);
}

/* In the middle of the box, and in Danish too. */
static void hours_draw(struct view *view, struct box box, int language)
{
	struct ui *ui = view->ui;
	bool lying = ui_landscape(ui);
	int languages[2] = {language, view->source};
	const char *texts[2] = {hours_text(view, language), hours_text(view, view->source)};
	size_t count = language == view->source ? 1 : 2;
	struct ui_text styles[2] = {0};
	float room = box.w - HOURS_ICON - HOURS_GAP, width = 0, heights[2], height = 0;
	for (size_t i = 0; i < count && texts[i]; i++) {
		enum colour colour = i == 0 ? lying ? COLOUR_INK : COLOUR_ON_NAV : lying ? COLOUR_INK2 : COLOUR_ON_NAV2;
		styles[i] = (struct ui_text){.type = TYPE_SUB,
					     .colour = ui_colour(ui, colour),
					     .lines_max = 2,
					     .shrink_to = 0.6f,
					     .lang = view_code(view, languages[i]),
					     .rtl = view_rtl(view, languages[i]) ? 1 : -1};
		width = fmaxf(width, fminf(ui_text_width(ui, &styles[i], texts[i]) + 1, room));
	}
	if (width == 0)
		return;
	for (size_t i = 0; i < count; i++)
		height += heights[i] = ui_text_height(ui, width, &styles[i], texts[i]);
	float x = box.x + (box.w - HOURS_ICON - HOURS_GAP - width) / 2, y = box.y + (box.h - height) / 2;
	ui_icon(ui, (struct box){x, box.y, HOURS_ICON, box.h}, "info", HOURS_ICON, styles[0].colour);
	for (size_t i = 0; i < count; y += heights[i++])
		ui_text(ui, (struct box){x + HOURS_ICON + HOURS_GAP, y, width, heights[i]}, &styles[i], texts[i]);
}

/* A visitor who opened a sheet here has a language already, and nothing rolls behind the sheet. */
static struct phase phase_here(const struct view *view)
{
	if (view->visit->sheet)
		return (struct phase){.current = view->language};
	size_t languages = content_bundle(view->content)->language_count;
	if (is_telling(view->news, view->now.utc_s))
		return phase_telling(view->now.mono_ms, languages);
	return phase_at(view->now.mono_ms, languages);
}

/* Between the top and the picture's signpost. */
static struct sky sky_upright(float width, float height, float tall)
{
	float room = height - tall + POST_TOP * width / 1080 - TOP_LINE;
	float scale = fminf(fminf(width / 1080, room / SKY_HIGH), 1);
	return (struct sky){FRAME_MARGIN, width - 2 * FRAME_MARGIN, TOP_LINE + room * SKY_MIDDLE, scale};
}

static struct sky sky_lying(float left, float height, float low)
{
	float width = left - 2 * FRAME_MARGIN, room = height - low - PILL_HIGH - PILL_GAP - TOP_LINE;
	float scale = fminf(fminf(width / 960, room / SKY_HIGH), 1);
	return (struct sky){FRAME_MARGIN, width, TOP_LINE + room * SKY_MIDDLE, scale};
}

/* An urgent message instead of the greetings, in one language after the other; it ends above `low`. */
static void telling_draw(struct view *view, const struct sky *sky, int language, float low)
{
	struct view told = *view;
	float start = sky->x - FRAME_MARGIN, width = sky->w + 2 * FRAME_MARGIN, most = low - TOP_LINE - FRAME_MARGIN;
	told.language = language;
	told.lang = view_code(view, language);
	notices_banner(&told, (struct box){start, TOP_LINE, width, 0}, most, false, true);
}

/* Upright: greetings over the picture. Lying: beside it. */
void attract_draw(struct view *view)
{
	struct ui *ui = view->ui;
	float width = ui_width(ui), height = ui_height(ui);
	bool lying = ui_landscape(ui);
	struct phase phase = phase_here(view);
	int languages = (int)content_bundle(view->content)->language_count;
	int language = (phase.current + (phase.rolled > 0.5f)) % languages;
	struct action start = screen_action(VERB_START, 0, view_code(view, language));
	float tall = lying ? height - LYING_SKY : PICTURE_HIGH * width / 1080;
	float wide = lying ? tall * 1080 / PICTURE_HIGH : width;
	float low = lying ? hours_text(view, language) ? HOURS_LYING : PILL_LOW_LYING : PILL_LOW * width / 1080;
	struct sky sky = lying ? sky_lying(width - wide, height, low) : sky_upright(width, height, tall);

	ui_target(ui, (struct box){0, 0, width, height},
		  &(struct ui_target){.role = ROLE_BUTTON,
				      .id = "start.anywhere",
				      .name = view_word_in(view, language, WORD_TOUCH_TO_START),
				      .lang = view_code(view, language),
				      .action = start,
				      .inset = true});
	if (lying)
		ui_fill(ui, (struct box){width - wide, 0, wide, height}, ui_colour(ui, COLOUR_FJORD_TINT));
	ui_picture(ui, (struct box){width - wide, height - tall, wide, tall}, "attract");
	if (is_telling(view->news, view->now.utc_s))
		telling_draw(view, &sky, language, height - low - PILL_HIGH);
	else
		greetings_draw(view, &sky, phase);
	pill_draw(view, (struct box){sky.x, height - low - PILL_HIGH, sky.w, PILL_HIGH}, language, &start);
	hours_draw(view, (struct box){sky.x, height - low, sky.w, low}, language);
}
