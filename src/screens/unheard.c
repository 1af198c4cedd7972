#include "screens/frame.h"
#include "screens/head.h"
#include "screens/terminal.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define PICTURE_HIGH 480.0f
#define TITLE_GAP    40.0f           /* under the picture */
#define TITLE        (60.0f / 64.0f) /* of TYPE_H1 */
#define WORDS_GAP    13.0f
#define ROWS_GAP     48.0f
#define ROW_GAP      TOKEN_SPACE_M
#define ROW_HIGH     148.0f
#define LOW          36.0f
#define LYING_TOP    60.0f

/* "Monday 9 March": of what is shown, when nothing was ever heard. */
static const char *last_date(const struct view *view)
{
	bool never = view->heard_utc_s == TERMINAL_NEVER;
	struct clock_civil date = clock_local(never ? content_published(view->content) : view->heard_utc_s);
	return view_day(view, view->language, clock_days(date.year, date.month, date.day), LOCALE_DAY);
}

/* "Citizen Service 99 66 70 00": the first office that has a phone; NULL: none has. */
static const char *office(const struct view *view)
{
	struct place_filter offices = {.by_kind = true, .kind = PLACE_OFFICE};
	size_t count = content_places(view->content, view->language, &offices, NULL, 0);
	const struct place **places = arena_array(view->scratch, count ? count : 1, sizeof(const struct place *));
	if (places)
		content_places(view->content, view->language, &offices, places, count);
	for (size_t i = 0; places && i < count; i++)
		if (places[i]->phone)
			return arena_printf(view->scratch, "%s · \u2066%s\u2069", places[i]->name, places[i]->phone);
	return NULL;
}

static float words_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(ui));
	struct ui_text title = {.size = h1.size * TITLE,
				.line = h1.line * TITLE,
				.bold = true,
				.colour = ui_colour(ui, COLOUR_INK),
				.title = true},
		       help = {.type = TYPE_BODY, .colour = ui_colour(ui, COLOUR_INK)},
		       when = {.type = TYPE_BODY, .colour = ui_colour(ui, COLOUR_INK2)};
	float top = box.y;
	box.y += ui_text(ui, box, &title, view_word(view, WORD_NO_NEW_EVENTS)) + WORDS_GAP;
	box.y += ui_text(ui, box, &help, view_word(view, WORD_NO_CONNECTION_HELP));
	box.y += ui_text(ui, box, &when, view_filled(view, view_word(view, WORD_EVENTS_UPDATED), last_date(view)));
	return box.y - top;
}

/* What works all the same. */
static float rows_draw(struct view *view, struct box box)
{
	const struct theme *theme = ui_theme(view->ui);
	struct hue fjord = theme_hue(theme, NULL);
	if (!theme->high_contrast) {
		fjord.main = ui_colour(view->ui, COLOUR_FJORD);
		fjord.on_main = ui_colour(view->ui, COLOUR_ON_FJORD);
	}
	struct widget_row rows[] = {
		{.icon = "events",
		 .hue = theme_hue(theme, "events"),
		 .title = view_word(view, WORD_EVENTS_WE_HAVE),
		 .text = view_word(view, WORD_EVENTS_WE_HAVE_HELP),
		 .id = "unheard.events",
		 .action = screen_action(VERB_DAY, (int)view_today(view), NULL)},
		{.icon = "places",
		 .hue = theme_hue(theme, "places"),
		 .title = view_word(view, WORD_PLACES),
		 .text = view_word(view, WORD_PLACES_HELP),
		 .id = "unheard.places",
		 .action = screen_action(VERB_PLACES, 0, NULL)},
		{.icon = "staff", .hue = fjord, .title = view_word(view, WORD_ASK_THE_STAFF), .text = office(view)},
	};
	float top = box.y;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		rows[i].filled = true;
		rows[i].height = ROW_HIGH;
		box.y += widget_row(view->ui, box.x, box.y, box.w, &rows[i]) + ROW_GAP;
	}
	return box.y - ROW_GAP - top;
}

/* Where the screen lies the picture stands still, and the rest rolls beside it. */
void unheard_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct box room = frame_room(view);
	bool pictured = view_pictured(view), lying = pictured && view_wide(view) && ui_text_size(ui) < TEXT_150;
	if (lying) {
		ui_picture(ui, (struct box){0, room.y, room.w / 2, room.h}, "offline");
		room.x = room.w /= 2;
	}
	struct box box = {FRAME_MARGIN, LYING_TOP, room.w - 2 * FRAME_MARGIN, 0};
	frame_roll_begin(view, LAYER_SCREEN, room);
	if (pictured && !lying) {
		ui_picture(ui, (struct box){0, 0, room.w, PICTURE_HIGH}, "offline");
		box.y = PICTURE_HIGH + TITLE_GAP;
	}
	box.y = head_reach(view, box.y + words_draw(view, box) + ROWS_GAP, ROW_HIGH);
	box.y += rows_draw(view, box) + ROWS_GAP;
	float high = fmaxf(TOKEN_SIZE_BUTTON_MAIN, theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 48);
	widget_button(ui, (struct box){box.x, box.y, box.w, high}, BUTTON_MAIN, "home", view_word(view, WORD_GO_HOME),
		      "unheard.home", screen_action(VERB_HOME, 0, NULL));
	frame_roll_end(view, LAYER_SCREEN, room, box.y + high + LOW);
}
