#include "screens/frame.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define SIDE_PAD   60.0f
#define COUNT_LINE 180.0f /* digits have nothing below the line */
#define STAY_HIGH  136.0f
#define LEAVE_HIGH 120.0f
#define TOP_PAD    64.0f
#define END_PAD    64.0f
#define WIDE       900.0f
#define WIDE_LYING 1400.0f
#define BAR_HIGH   20.0f
#define LOW_LEFT   320.0f /* under an upright dialog that is not high */
#define BAR_GAP    44.0f
#define WORDS_END  32.0f
#define EDGE       16.0f /* left around the dialog */
#define LOW_SCREEN 900.0f
#define GAP        24.0f

static float centred(struct view *view, struct box box, enum type_role type, enum colour colour, int language,
		     const char *text)
{
	struct ui_text style = {.type = type,
				.colour = ui_colour(view->ui, colour),
				.align = ALIGN_CENTRE,
				.lang = view_code(view, language),
				.rtl = view_rtl(view, language) ? 1 : -1,
				.title = type == TYPE_H1};
	return ui_text(view->ui, box, &style, text);
}

static void bar_draw(struct view *view, struct box track, float share)
{
	struct ui *ui = view->ui;
	ui_round(ui, track, track.h / 2, ui_colour(ui, COLOUR_SAND));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, track, track.h / 2, 3, ui_colour(ui, COLOUR_LINE));
	track.w = fmaxf(track.w * fminf(share, 1), track.h);
	ui_round(ui, track, track.h / 2, ui_colour(ui, COLOUR_FJORD));
}

/* Both return how high they are. */
static float count_draw(struct view *view, struct box box, int seconds)
{
	const char *number = arena_printf(view->scratch, "%d", seconds);
	struct ui_text big = {.size = theme_type(TYPE_DISPLAY, ui_text_size(view->ui)).size,
			      .line = COUNT_LINE,
			      .bold = true,
			      .colour = ui_colour(view->ui, COLOUR_FJORD),
			      .align = ALIGN_CENTRE,
			      .lang = "en",
			      .rtl = -1};
	float top = box.y;
	box.y += centred(view, box, TYPE_BODY, COLOUR_INK, view->language, view_word(view, WORD_BACK_TO_START_IN));
	box.y += ui_text(view->ui, box, &big, number ? number : "");
	box.y += centred(view, box, TYPE_BODY, COLOUR_INK, view->language,
			 view_counted(view, view->language, WORD_SECONDS, seconds));
	return box.y - top;
}

/* On a low screen: in one line. */
static float count_draw_low(struct view *view, struct box box, int seconds)
{
	const char *text = arena_printf(view->scratch, "%s %d %s", view_word(view, WORD_BACK_TO_START_IN), seconds,
					view_counted(view, view->language, WORD_SECONDS, seconds));
	return centred(view, box, TYPE_H3, COLOUR_FJORD, view->language, text ? text : "");
}

static float words_draw(struct view *view, struct box box, int seconds)
{
	bool low = ui_height(view->ui) < LOW_SCREEN;
	float top = box.y;
	box.y += centred(view, box, TYPE_H1, COLOUR_INK, view->language, view_word(view, WORD_STILL_THERE));
	if (view->language != view->source) {
		box.y += 4;
		box.y += centred(view, box, TYPE_BODY, COLOUR_INK2, view->source,
				 view_word_in(view, view->source, WORD_STILL_THERE));
	}
	box.y += low ? 20 : 36;
	box.y += low ? count_draw_low(view, box, seconds) : count_draw(view, box, seconds);
	return box.y - top;
}

static float button_height(const struct view *view, bool stay)
{
	float words = 2 * theme_type(TYPE_BUTTON, ui_text_size(view->ui)).line;
	return fmaxf(stay ? STAY_HIGH : LEAVE_HIGH, words + 32);
}

static bool buttons_beside(const struct view *view)
{
	return ui_landscape(view->ui);
}

static void buttons_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	bool beside = buttons_beside(view);
	struct box stay = {box.x, box.y, beside ? (box.w - GAP) / 2 : box.w, button_height(view, true)};
	struct box leave = stay;
	if (beside) {
		leave.x += stay.w + GAP;
	} else {
		leave.y += stay.h + GAP;
		leave.h = button_height(view, false);
	}
	widget_button(ui, stay, BUTTON_GREAT, "check", view_word(view, WORD_STILL_HERE), "idle.stay",
		      screen_action(VERB_STAY, 0, NULL));
	widget_button(ui, leave, BUTTON_SECOND, "home", view_word(view, WORD_START_AGAIN), "idle.leave",
		      screen_action(VERB_LEAVE, 0, NULL));
}

static void paper_draw(struct view *view, struct box dialog)
{
	struct ui *ui = view->ui;
	ui_fill(ui, (struct box){0, 0, ui_width(ui), ui_height(ui)}, ui_colour(ui, COLOUR_SCRIM));
	ui_dialog_shadow(ui, dialog, TOKEN_RADIUS_SHEET);
	ui_round(ui, dialog, TOKEN_RADIUS_SHEET, ui_colour(ui, COLOUR_PAPER));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, dialog, TOKEN_RADIUS_SHEET, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
	ui_meaning(ui, dialog, ROLE_DIALOG, view_word(view, WORD_STILL_THERE));
}

/* Under the top bar, where 112 stays within reach; upright the buttons are within reach, too. */
static struct box dialog_box(const struct view *view, float most)
{
	const struct ui *ui = view->ui;
	float width = fminf(ui_landscape(ui) ? WIDE_LYING : WIDE, ui_width(ui) - 2 * SIDE_PAD);
	float height = fminf(view->fit.question_height > 0 ? view->fit.question_height : most, most);
	float y = (ui_height(ui) - height) / 2;
	if (!ui_landscape(ui))
		y = fmaxf(y, fminf(TOKEN_GRID_REACH, ui_height(ui) - height - LOW_LEFT));
	y = fmaxf(y, fminf(frame_top_height(view) + EDGE, ui_height(ui) - height - EDGE));
	return (struct box){(ui_width(ui) - width) / 2, y, width, height};
}

/* What does not fit rolls; bar and buttons stand still. */
void question_draw(struct view *view)
{
	struct ui *ui = view->ui;
	bool low = ui_height(ui) < LOW_SCREEN;
	float top = low ? 32 : TOP_PAD, end = low ? 32 : END_PAD, high = button_height(view, true),
	      gap = low ? 24 : BAR_GAP;
	float foot = BAR_HIGH + gap + (buttons_beside(view) ? high : high + GAP + button_height(view, false)) + end;
	struct box dialog = dialog_box(view, ui_height(ui) - frame_top_height(view) - 2 * EDGE);
	struct box roll = {dialog.x, dialog.y + top, dialog.w, dialog.h - top - foot};
	int seconds = visit_seconds_left(view->visit, view->idle, view->now.mono_ms);
	paper_draw(view, dialog);

	frame_roll_begin(view, LAYER_QUESTION, roll);
	float words = words_draw(view, (struct box){SIDE_PAD, 0, dialog.w - 2 * SIDE_PAD, 0}, seconds) + WORDS_END;
	frame_roll_end(view, LAYER_QUESTION, roll, words);
	view->found.question_height = top + words + foot;

	float whole = fmaxf((float)view->idle->wipe_ms / 1000, 1);
	struct box bar = {dialog.x + SIDE_PAD, roll.y + roll.h, dialog.w - 2 * SIDE_PAD, BAR_HIGH};
	bar_draw(view, bar, (float)seconds / whole);
	buttons_draw(view, (struct box){bar.x, bar.y + BAR_HIGH + gap, bar.w, 0});
}
