#include "screens/staff.h"

#include "base/array.h"
#include "base/message.h"
#include "screens/coverage.h"
#include "screens/frame.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define TOP          40.0f
#define GAP          24.0f
#define CARD_TILE    84.0f
#define CARD_ICON    56.0f
#define CARD_PAD     24.0f
#define CARD_WORDS   24.0f /* beside the tile */
#define BADGE_PAD    28.0f
#define BADGE_DOT    18.0f
#define TABLE_PAD    28.0f
#define TABLE_LINE   45.0f
#define BAR_HIGH     16.0f
#define NARROW       900.0f /* then everything is one column */
#define CARDS_MAX    8
#define PROBLEMS_MAX 16
#define FREE_LEAST   (INT64_C(64) << 20) /* below it nothing is fetched any more */
#define GB_TENTH     INT64_C(100000000)
#define DAY_S        86400

/* What is said in one card. */
struct said {
	const char *icon, *label, *value, *detail;
};

struct problem {
	const char *title, *text;
};

struct condition {
	struct view *view;
	const struct staff_state *state;
	float x, y, w;
	bool narrow;
	struct problem problems[PROBLEMS_MAX];
	size_t problem_count;
};

/* ---- Words */

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* "Today at 14:32", or the date and the time. */
static const char *moment(const struct view *view, int64_t utc_s)
{
	struct clock_civil at = clock_local(utc_s);
	char date[LOCALE_DATE_BYTES];

	if (utc_s <= 0)
		return _("Never");
	if (at.year == view->local.year && at.month == view->local.month && at.day == view->local.day)
		return or_empty(arena_printf(view->scratch, _("Today at %02d:%02d"), at.hour, at.minute));
	locale_date(staff_lang(), at, date, sizeof(date));
	return or_empty(arena_printf(view->scratch, "%s %02d:%02d", date, at.hour, at.minute));
}

static const char *gigabytes(const struct view *view, const char *format, int64_t bytes)
{
	int64_t tenths = bytes / GB_TENTH;
	return or_empty(arena_printf(view->scratch, format, (long long)(tenths / 10), (long long)(tenths % 10)));
}

static void add_problem(struct condition *page, const char *title, const char *text)
{
	if (page->problem_count < PROBLEMS_MAX)
		page->problems[page->problem_count++] = (struct problem){title, text};
}

/* In the settings. */
static void find_faults(struct condition *page)
{
	const struct view *view = page->view;
	const struct content *news = view->news;

	for (size_t i = 0; i < view->remark_count; i++)
		add_problem(page, view->remarks[i].place[0] ? view->remarks[i].place : NULL, view->remarks[i].text);
	if (*view->here && news &&
	    !content_place(news, content_language(news, content_bundle(news)->source), view->here))
		add_problem(
			page, "kiosk.conf",
			or_empty(arena_printf(view->scratch, _("here: the content has no place \"%s\""), view->here)));
}

static void find_problems(struct condition *page)
{
	const struct view *view = page->view;
	const struct staff_state *state = page->state;

	find_faults(page);
	if (!view->news)
		add_problem(page, _("There is no content"), state->empty);
	if (state->unread)
		add_problem(page, _("Something cannot be read"), state->unread);
	if (!state->sentence && !state->unread)
		add_problem(page, _("Nothing has been fetched yet"), NULL);
	if (state->sentence && !state->passed_well)
		add_problem(page, _("The last fetch failed"), state->sentence);
	if (state->fetch == STAFF_FETCH_FAILED)
		add_problem(page, _("The fetch that was asked for did not come"), NULL);
	if (state->clock_behind_s > 0) {
		int days = (int)(state->clock_behind_s / DAY_S);
		add_problem(
			page, _("The clock is wrong"),
			arena_printf(view->scratch,
				     ngettext("At least %d day behind", "At least %d days behind", (unsigned long)days),
				     days));
	}
	if (state->all_bytes > 0 && state->free_bytes < FREE_LEAST)
		add_problem(page, _("The disk is full"), _("Nothing new can be kept."));
	if (state->running && state->other_state == STAFF_SLOT_BAD)
		add_problem(page, _("A newer firmware did not start"), state->other);
}

/* ---- Facts */

static struct said content_fact(const struct condition *page)
{
	const struct view *view = page->view;
	if (!view->news)
		return (struct said){"book", _("Content"), _("None"), _("Visitors see that the screen is not ready.")};
	const struct bundle *bundle = content_bundle(view->news);
	struct coverage all = coverage_of(view->news, content_language(view->news, bundle->source));
	return (struct said){
		"book",
		or_empty(arena_printf(view->scratch, _("Content no. %lld"), (long long)page->state->generation)),
		moment(view, content_published(view->news)),
		arena_printf(view->scratch, _("%zu pages, %zu languages"), all.pages_all, bundle->language_count)};
}

static struct said fetched_fact(const struct condition *page)
{
	const struct view *view = page->view;
	const struct staff_state *state = page->state;
	const char *detail = state->passed_well ? _("It went well")
						: arena_printf(view->scratch, _("Went well last: %s"),
							       moment(view, state->good_utc_s));
	if (state->fetch == STAFF_FETCH_ASKED)
		detail = _("Fetching now");
	return (struct said){"sync", _("Last fetched"), moment(view, state->passed_utc_s), detail};
}

/* As a person says it: without the protocol. */
static const char *address_of(const char *mirror)
{
	const char *at = strstr(mirror, "://");
	return at ? at + 3 : mirror;
}

static struct said network_fact(const struct condition *page)
{
	const struct staff_state *state = page->state;
	bool asked = state->mirror && state->mirror[0];
	return (struct said){state->passed_well ? "cloudOk" : "cloudOff", _("Server"),
			     !asked               ? _("None was asked")
			     : state->passed_well ? _("Answered")
						  : _("Could not be used"),
			     asked ? address_of(state->mirror) : _("It works without a network, too")};
}

static struct said storage_fact(const struct condition *page)
{
	const struct view *view = page->view;
	const struct staff_state *state = page->state;
	if (state->all_bytes <= 0)
		return (struct said){"box", _("Storage"), _("Unknown"), ""};
	return (struct said){"box", _("Storage"), gigabytes(view, _("%lld.%lld GB free"), state->free_bytes),
			     gigabytes(view, _("of %lld.%lld GB"), state->all_bytes)};
}

static struct said other_slot_fact(const struct condition *page)
{
	static const char *const states[] = {[STAFF_SLOT_NONE] = N_("Holds the same"),
					     [STAFF_SLOT_NEW] = N_("Not tried yet: starts at the next restart"),
					     [STAFF_SLOT_GOOD] = N_("Has run here before"),
					     [STAFF_SLOT_BAD] = N_("Did not start here")};
	const struct staff_state *state = page->state;
	bool other = state->other && state->other_state != STAFF_SLOT_NONE;
	return (struct said){"repeat", _("Firmware, other slot"), other ? state->other : state->running,
			     _(states[other ? state->other_state : STAFF_SLOT_NONE])};
}

/* What tools/rauc/ says, in the staff's language. */
static const char *update_text(const struct view *view, const char *update)
{
	static const char *const sentences[] = {
		N_("installed; it starts at the next restart"),
		N_("the firmware on the USB stick could not be fetched; copy it onto the stick anew")};
	static const char refused[] = "refused: ";
	size_t len = sizeof(refused) - 1;

	for (size_t i = 0; i < ARRAY_LEN(sentences); i++)
		if (strcmp(update, sentences[i]) == 0)
			return _(sentences[i]);
	if (strncmp(update, refused, len) == 0)
		return or_empty(arena_printf(view->scratch, _("refused: %s"), update + len));
	return update;
}

static size_t find_facts(const struct condition *page, struct said facts[CARDS_MAX])
{
	const struct view *view = page->view;
	const struct staff_state *state = page->state;
	size_t count = 0;

	facts[count++] = content_fact(page);
	facts[count++] = fetched_fact(page);
	facts[count++] = network_fact(page);
	facts[count++] = storage_fact(page);
	if (!state->running) {
		facts[count++] = (struct said){"shield", _("Program"), or_empty(state->version), ""};
		return count;
	}
	facts[count++] = (struct said){"shield", _("Firmware, running"), state->running,
				       arena_printf(view->scratch, _("Slot %s"), or_empty(state->slot))};
	facts[count++] = other_slot_fact(page);
	if (state->update)
		facts[count++] =
			(struct said){"sync", _("Last update of the firmware"), update_text(view, state->update), ""};
	return count;
}

/* ---- Cards */

struct card {
	struct ui_text label, value, detail;
	float label_h, value_h, detail_h, tile, height;
};

static struct card plan_card(const struct view *view, float width, const struct said *fact)
{
	struct ui *ui = view->ui;
	struct card card = {.label = staff_text(view, TYPE_META, COLOUR_INK2),
			    .value = staff_text(view, TYPE_LABEL, COLOUR_INK),
			    .detail = staff_text(view, TYPE_META, COLOUR_INK2),
			    .tile = ui_text_size(ui) < TEXT_200 ? CARD_TILE + CARD_WORDS : 0};
	float words = width - 2 * CARD_PAD - card.tile;
	/* What comes from outside may be as long as it likes. */
	card.value.lines_max = card.detail.lines_max = 4;
	card.value.shortens = card.detail.shortens = true;
	card.label_h = ui_text_height(ui, words, &card.label, fact->label);
	card.value_h = ui_text_height(ui, words, &card.value, fact->value);
	card.detail_h = fact->detail && fact->detail[0] ? ui_text_height(ui, words, &card.detail, fact->detail) : 0;
	card.height = fmaxf(card.label_h + card.value_h + card.detail_h, card.tile > 0 ? CARD_TILE : 0) + 40;
	return card;
}

static void ground_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	bool high = ui_theme(ui)->high_contrast;
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SURFACE));
	ui_ring(ui, box, TOKEN_RADIUS_CARD, high ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
		ui_colour(ui, COLOUR_LINE));
}

static void card_draw(struct view *view, struct box box, const struct said *fact)
{
	struct ui *ui = view->ui;
	struct card card = plan_card(view, box.w, fact);
	struct hue hue = theme_hue(ui_theme(ui), NULL);
	struct box tile = {box.x + CARD_PAD, box.y + (box.h - CARD_TILE) / 2, CARD_TILE, CARD_TILE};
	ground_draw(view, box);
	if (!ui_theme(ui)->high_contrast) {
		hue.main = ui_colour(ui, COLOUR_FJORD);
		hue.tint = ui_colour(ui, COLOUR_FJORD_TINT);
	}
	if (card.tile > 0)
		widget_tile(ui, tile, fact->icon, CARD_ICON, hue, true);
	float high = card.label_h + card.value_h + card.detail_h;
	struct box words = {box.x + CARD_PAD + card.tile, box.y + (box.h - high) / 2, box.w - 2 * CARD_PAD - card.tile,
			    0};
	ui_text(ui, words, &card.label, fact->label);
	words.y += card.label_h;
	ui_text(ui, words, &card.value, fact->value);
	words.y += card.value_h;
	if (card.detail_h > 0)
		ui_text(ui, words, &card.detail, fact->detail);
}

static void facts_draw(struct condition *page)
{
	struct said facts[CARDS_MAX];
	size_t count = find_facts(page, facts), columns = page->narrow ? 1 : 2;
	float width = (page->w - GAP * (float)(columns - 1)) / (float)columns;

	for (size_t i = 0; i < count; i += columns) {
		size_t row = count - i < columns ? count - i : columns;
		float wide = row < columns ? page->w : width, height = 0;
		for (size_t j = 0; j < row; j++)
			height = fmaxf(height, plan_card(page->view, wide, &facts[i + j]).height);
		for (size_t j = 0; j < row; j++)
			card_draw(page->view, (struct box){page->x + (wide + GAP) * (float)j, page->y, wide, height},
				  &facts[i + j]);
		page->y += height + GAP;
	}
}

/* ---- Title and what is wrong */

static void badge_draw(struct view *view, struct box box, const struct ui_text *style, const char *text, bool well)
{
	struct ui *ui = view->ui;
	struct box dot = {box.x + BADGE_PAD, box.y + (box.h - BADGE_DOT) / 2, BADGE_DOT, BADGE_DOT};
	ui_round(ui, box, box.h / 2, ui_colour(ui, well ? COLOUR_GREEN_TINT : COLOUR_AMBER_TINT));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, box, box.h / 2, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	if (well)
		ui_round(ui, dot, BADGE_DOT / 2, style->colour);
	else
		ui_ring(ui, dot, BADGE_DOT / 2, 4, style->colour);
	ui_text(ui, (struct box){dot.x + BADGE_DOT + 14, box.y + 12, box.w, 0}, style, text);
}

static void title_draw(struct condition *page)
{
	struct view *view = page->view;
	struct ui *ui = view->ui;
	bool well = page->problem_count == 0;
	struct ui_text title = staff_text(view, TYPE_H1, COLOUR_INK),
		       badge = staff_text(view, TYPE_LABEL, well ? COLOUR_GREEN : COLOUR_AMBER_INK);
	const char *text = well ? _("Everything works") : _("Something needs care");
	float wide = ui_text_width(ui, &badge, text) + 2 * BADGE_PAD + BADGE_DOT + 16;
	float high = theme_type(TYPE_LABEL, ui_text_size(ui)).line + 24;
	bool beside = !page->narrow && ui_text_width(ui, &title, _("State of the terminal")) + wide + GAP <= page->w;
	title.title = true;
	struct box words = {page->x, page->y, beside ? page->w - wide - GAP : page->w, 0};
	float title_h = ui_text(ui, words, &title, _("State of the terminal"));
	struct box at = {page->x, page->y + title_h + 12, fminf(wide, page->w), high};
	if (beside)
		at = (struct box){page->x + page->w - wide, page->y + (title_h - high) / 2, wide, high};
	badge_draw(view, at, &badge, text, well);
	page->y += title_h + (beside ? 0 : 12 + high) + GAP;
}

static void problems_draw(struct condition *page)
{
	struct ui *ui = page->view->ui;

	for (size_t i = 0; i < page->problem_count; i++) {
		struct widget_callout callout = {.icon = "warn",
						 .fill = ui_colour(ui, COLOUR_AMBER_TINT),
						 .edge = ui_colour(ui, COLOUR_AMBER),
						 .title = page->problems[i].title,
						 .text = page->problems[i].text,
						 .lang = staff_lang()};
		page->y += widget_callout(ui, page->x, page->y, page->w, &callout) + GAP;
	}
}

/* ---- Languages */

enum column {
	COLUMN_PAGES,
	COLUMN_OLD,
	COLUMN_ITEMS,
	COLUMN_COUNT
};
static const struct {
	float end; /* of the table's width */
	const char *title;
} columns[] = {[COLUMN_PAGES] = {0.64f, N_("Pages")},
	       [COLUMN_OLD] = {0.84f, N_("Outdated")},
	       [COLUMN_ITEMS] = {1, N_("Other")}};
#define BAR_FROM    0.25f
#define BAR_TO      0.38f
#define PERCENT_END 0.49f
#define NAME_WIDE   0.75f /* where there is no table */

static float share(const struct condition *page, float part)
{
	return page->x + TABLE_PAD + (page->w - 2 * TABLE_PAD) * part;
}

/* Ends there. */
static void number_draw(const struct condition *page, float end, float y, struct ui_text style, const char *text)
{
	style.align = ALIGN_END;
	ui_text(page->view->ui, (struct box){page->x, y, end - page->x, 0}, &style, or_empty(text));
}

static void cells_draw(const struct condition *page, float y, struct ui_text style, const struct coverage *coverage)
{
	struct arena *arena = page->view->scratch;
	const char *texts[COLUMN_COUNT] = {
		[COLUMN_PAGES] = arena_printf(arena, "%zu/%zu", coverage->pages, coverage->pages_all),
		[COLUMN_OLD] = arena_printf(arena, "%zu", coverage->old),
		[COLUMN_ITEMS] = arena_printf(arena, "%zu/%zu", coverage->items, coverage->items_all)};

	for (enum column column = 0; column < COLUMN_COUNT; column++)
		number_draw(page, share(page, columns[column].end), y, style, texts[column]);
}

static struct ui_text name_style(const struct view *view, int language)
{
	struct ui_text style = staff_text(view, TYPE_SMALL, COLOUR_INK);
	style.bold = true;
	style.lang = view_code(view, language);
	style.rtl = view_turn(view, language);
	style.lines_max = 1;
	return style;
}

static const char *percent_of(const struct condition *page, const struct coverage *coverage)
{
	return arena_printf(page->view->scratch, "%d %%", coverage->percent);
}

/* A line of the table. */
static void row_draw(const struct condition *page, float y, int language, const struct coverage *coverage)
{
	struct view *view = page->view;
	struct ui *ui = view->ui;
	struct ui_text name = name_style(view, language), number = staff_text(view, TYPE_SMALL, COLOUR_INK);
	float line = theme_type(TYPE_SMALL, ui_text_size(ui)).line, from = share(page, BAR_FROM);
	struct box bar = {from, y + (line - BAR_HIGH) / 2, share(page, BAR_TO) - from, BAR_HIGH};
	/* Which way a name runs, it begins where the table does. */
	ui_text(ui, (struct box){share(page, 0), y, from - share(page, 0) - 8, line}, &name,
		content_bundle(view->news)->languages[language].name);
	ui_round(ui, bar, BAR_HIGH / 2, ui_colour(ui, COLOUR_SAND));
	bar.w = fmaxf(bar.w * (float)coverage->percent / 100, BAR_HIGH);
	if (coverage->percent > 0)
		ui_round(ui, bar, BAR_HIGH / 2, ui_colour(ui, COLOUR_FJORD));
	number_draw(page, share(page, PERCENT_END), y, number, percent_of(page, coverage));
	cells_draw(page, y, number, coverage);
}

/* Without room for a table a language has two lines, and this is the second. */
static const char *below_text(const struct condition *page, const struct coverage *coverage)
{
	return or_empty(arena_printf(page->view->scratch, _("%zu of %zu pages, %zu of %zu other, %zu outdated"),
				     coverage->pages, coverage->pages_all, coverage->items, coverage->items_all,
				     coverage->old));
}

static void rows_draw(const struct condition *page, float y, int language, const struct coverage *coverage)
{
	struct view *view = page->view;
	struct ui_text name = name_style(view, language), number = staff_text(view, TYPE_SMALL, COLOUR_INK),
		       below = staff_text(view, TYPE_SMALL, COLOUR_INK2);
	struct box words = {share(page, 0), y, share(page, NAME_WIDE) - share(page, 0), 0};
	float high = ui_text(view->ui, words, &name, content_bundle(view->news)->languages[language].name);
	number_draw(page, share(page, 1), y, number, percent_of(page, coverage));
	words = (struct box){words.x, y + high, share(page, 1) - words.x, 0};
	ui_text(view->ui, words, &below, below_text(page, coverage));
}

static float row_height(const struct condition *page, int language, const struct coverage *coverage)
{
	struct view *view = page->view;
	struct ui_text name = name_style(view, language), below = staff_text(view, TYPE_SMALL, COLOUR_INK2);
	float high = ui_text_height(view->ui, page->w, &name, content_bundle(view->news)->languages[language].name);
	if (!page->narrow)
		return fmaxf(high, TABLE_LINE);
	return high + ui_text_height(view->ui, share(page, 1) - share(page, 0), &below, below_text(page, coverage)) +
	       16;
}

static void heads_draw(const struct condition *page, float y)
{
	struct view *view = page->view;
	struct ui_text style = staff_text(view, TYPE_META, COLOUR_INK2);
	style.bold = true;
	float names = share(page, page->narrow ? NAME_WIDE : BAR_FROM) - share(page, 0);
	ui_text(view->ui, (struct box){share(page, 0), y, names, 0}, &style, _("Language"));
	if (page->narrow) {
		number_draw(page, share(page, 1), y, style, _("Coverage"));
	} else {
		ui_text(view->ui, (struct box){share(page, BAR_FROM), y, page->w, 0}, &style, _("Coverage"));
		for (enum column column = 0; column < COLUMN_COUNT; column++)
			number_draw(page, share(page, columns[column].end), y, style, _(columns[column].title));
	}
}

static void languages_draw(struct condition *page)
{
	struct view *view = page->view;
	size_t count = content_bundle(view->news)->language_count;
	struct coverage *coverages = arena_array(view->scratch, count, sizeof(*coverages));
	float head = theme_type(TYPE_META, ui_text_size(view->ui)).line + 32, height = head + 16;
	view->starved = view->starved || !coverages;
	if (!coverages)
		return;
	for (size_t i = 0; i < count; i++) {
		coverages[i] = coverage_of(view->news, (int)i);
		height += row_height(page, (int)i, &coverages[i]);
	}
	ground_draw(view, (struct box){page->x, page->y, page->w, height});
	heads_draw(page, page->y + 16);
	float y = page->y + head;
	for (size_t i = 0; i < count; i++) {
		(page->narrow ? rows_draw : row_draw)(page, y, (int)i, &coverages[i]);
		y += row_height(page, (int)i, &coverages[i]);
	}
	page->y += height + GAP;
}

/* ---- What can be done */

static void buttons_draw(struct condition *page)
{
	struct view *view = page->view;
	const struct staff_state *state = page->state;
	float high = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(view->ui)).line + 48);
	bool fetch = state->fetch != STAFF_FETCH_NONE, asked = state->fetch == STAFF_FETCH_ASKED;
	float wide = fetch && !page->narrow ? (page->w - GAP) / 2 : page->w;
	struct box box = {page->x, page->y, wide, high};
	if (fetch) {
		widget_button(view->ui, box, BUTTON_MAIN, "sync", asked ? _("Fetching now") : _("Fetch now"),
			      "staff.fetch", screen_action(asked ? VERB_NONE : VERB_FETCH, 0, NULL));
		box.x += page->narrow ? 0 : wide + GAP;
		box.y += page->narrow ? high + GAP : 0;
	}
	widget_button(view->ui, box, BUTTON_SECOND, "lock", _("Lock"), "staff.lock",
		      screen_action(VERB_LEAVE, 0, NULL));
	page->y = box.y + high + GAP;
}

static void note_draw(struct condition *page)
{
	struct view *view = page->view;
	struct ui_text style = staff_text(view, TYPE_META, COLOUR_INK2);
	const char *text = page->state->running
				   ? _("The page closes by itself after 60 seconds. Content and firmware on a USB "
				       "stick are taken by themselves when it is put in.")
				   : _("The page closes by itself after 60 seconds.");
	page->y += ui_text(view->ui, (struct box){page->x, page->y, page->w, 0}, &style, text);
}

void staff_condition_draw(struct view *view)
{
	static const struct staff_state unknown = {0};
	struct box room = frame_room(view);
	struct condition page = {.view = view,
				 .state = view->staff ? view->staff : &unknown,
				 .x = FRAME_MARGIN,
				 .y = TOP,
				 .w = room.w - 2 * FRAME_MARGIN};
	page.narrow = page.w < NARROW || ui_text_size(view->ui) >= TEXT_150;
	find_problems(&page);
	frame_roll_begin(view, LAYER_SCREEN, room);
	ui_direction(view->ui, false);
	title_draw(&page);
	problems_draw(&page);
	facts_draw(&page);
	if (view->news)
		languages_draw(&page);
	buttons_draw(&page);
	note_draw(&page);
	frame_roll_end(view, LAYER_SCREEN, room, page.y + 40);
}
