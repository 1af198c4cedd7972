#include "screens/staff.h"

#include "base/array.h"
#include "base/message.h"
#include "base/pin.h"
#include "screens/frame.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define TILE      136.0f
#define KEYS_WIDE 742.0f
#define KEY_HIGH  150.0f
#define KEY_GAP   26.0f
#define DOT       56.0f
#define DOT_PITCH 92.0f
#define DOTS      6
#define LYING_TOP 64.0f
#define WAY_ICON  44.0f
#define WAY_PAD   28.0f
#define WAY_GAP   40.0f
#define BACK_GAP  40.0f
#define COLUMNS   3
#define SECOND_MS 1000

const char *staff_lang(void)
{
	/* The code of the language that these sentences are in: "da" in the Danish ones. */
	return _("en");
}

struct ui_text staff_text(const struct view *view, enum type_role type, enum colour colour)
{
	return (struct ui_text){.type = type, .colour = ui_colour(view->ui, colour), .lang = staff_lang(), .rtl = -1};
}

/* Draws where box says, in the middle of its width. */
static float put(struct view *view, struct box box, enum type_role type, enum colour colour, const char *text)
{
	struct ui_text style = staff_text(view, type, colour);
	style.align = ALIGN_CENTRE;
	style.title = type == TYPE_H1;
	return ui_text(view->ui, box, &style, text);
}

float staff_way_height(const struct view *view)
{
	float line = theme_type(TYPE_LABEL, ui_text_size(view->ui)).line;
	return view->has_staff_page ? WAY_GAP + fmaxf(TOKEN_TOUCH_MIN, line + 32) : 0;
}

float staff_way_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	const char *name = _("Staff");
	struct ui_text style = staff_text(view, TYPE_LABEL, COLOUR_INK);
	if (!view->has_staff_page)
		return 0;
	style.silent = true;
	float wide = ui_text_width(ui, &style, name), line = theme_type(TYPE_LABEL, ui_text_size(ui)).line;
	struct box card = {box.x, box.y + WAY_GAP, WAY_PAD + WAY_ICON + WAY_PAD / 2 + wide + WAY_PAD,
			   staff_way_height(view) - WAY_GAP};
	struct ui_state state = widget_card(ui, card,
					    &(struct ui_target){.role = ROLE_BUTTON,
								.id = "staff",
								.name = name,
								.lang = style.lang,
								.action = screen_action(VERB_STAFF, 0, NULL)});
	style.colour = widget_card_ink(ui, state, false);
	ui_icon(ui, (struct box){card.x + WAY_PAD, card.y, WAY_ICON, card.h}, "lock", WAY_ICON, style.colour);
	ui_text(ui, (struct box){card.x + WAY_PAD * 1.5f + WAY_ICON, card.y + (card.h - line) / 2, wide + 1, line},
		&style, name);
	return staff_way_height(view);
}

/* ---- The keys */

static struct box key_place(struct box box, size_t index)
{
	float wide = (box.w - (COLUMNS - 1) * KEY_GAP) / COLUMNS;
	size_t row = index / COLUMNS;
	return (struct box){box.x + (wide + KEY_GAP) * (float)(index % COLUMNS),
			    box.y + (KEY_HIGH + KEY_GAP) * (float)row, wide, KEY_HIGH};
}

/* Why a key cannot be pressed, or NULL. */
static const char *key_reason(const struct view *view, bool more)
{
	if (view->pin_wait_ms > 0)
		return _("Wait a moment");
	return more ? NULL : _("Not now");
}

static struct ui_state key_target(struct view *view, struct box box, const struct ui_target *target)
{
	struct ui_target own = *target;
	own.role = ROLE_BUTTON;
	own.lang = staff_lang();
	return widget_card(view->ui, box, &own);
}

static void digit_draw(struct view *view, struct box box, int digit)
{
	struct ui *ui = view->ui;
	const char *name = arena_printf(view->scratch, "%d", digit);
	const char *id = arena_printf(view->scratch, "staff.digit.%d", digit);
	const char *reason = key_reason(view, strlen(view->visit->pin) < PIN_DIGITS_MAX);
	struct ui_target target = {.id = id ? id : "",
				   .name = name ? name : "",
				   .action = screen_action(VERB_DIGIT, digit, NULL),
				   .key = (enum input_key)(KEY_DIGIT_0 + digit),
				   .reason = reason};
	struct ui_state state = key_target(view, box, &target);
	struct ui_text style = staff_text(view, TYPE_H1, reason ? COLOUR_DISABLED : COLOUR_INK);
	if (!reason)
		style.colour = widget_card_ink(ui, state, false);
	style.size = 60;
	style.line = 72;
	style.align = ALIGN_CENTRE;
	style.silent = true;
	ui_text(ui, (struct box){box.x, box.y + (box.h - style.line) / 2, box.w, style.line}, &style, target.name);
}

static void erase_draw(struct view *view, struct box box)
{
	const char *reason = key_reason(view, view->visit->pin[0] != '\0');
	struct ui_state state = key_target(view, box,
					   &(struct ui_target){.id = "staff.erase",
							       .name = _("Erase"),
							       .action = screen_action(VERB_ERASE, 0, NULL),
							       .key = KEY_ERASE,
							       .reason = reason});
	uint32_t colour = ui_colour(view->ui, COLOUR_DISABLED);
	if (!reason)
		colour = state.pressure > 0.5f ? widget_card_ink(view->ui, state, false)
					       : ui_colour(view->ui, COLOUR_FJORD);
	ui_icon(view->ui, box, "backspace", 64, colour);
}

static void ok_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	const char *reason = key_reason(view, strlen(view->visit->pin) >= PIN_DIGITS_MIN);
	struct ui_target target = {.id = "staff.unlock",
				   .name = "OK",
				   .action = screen_action(VERB_UNLOCK, 0, NULL),
				   .key = KEY_ENTER,
				   .reason = reason};
	struct ui_state state = key_target(view, box, &target);
	struct ui_text style = staff_text(view, TYPE_BUTTON, reason ? COLOUR_DISABLED : COLOUR_ON_FJORD);
	float line = theme_type(TYPE_BUTTON, ui_text_size(ui)).line;
	if (!reason)
		ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, state.pressed ? COLOUR_FJORD_DEEP : COLOUR_FJORD));
	style.align = ALIGN_CENTRE;
	style.silent = true;
	ui_text(ui, (struct box){box.x, box.y + (box.h - line) / 2, box.w, line}, &style, target.name);
}

static float keys_draw(struct view *view, struct box box)
{
	float wide = fminf(box.w, KEYS_WIDE);
	struct box keys = {box.x + (box.w - wide) / 2, box.y, wide, 0};
	for (int digit = 1; digit <= 9; digit++)
		digit_draw(view, key_place(keys, (size_t)digit - 1), digit);
	erase_draw(view, key_place(keys, 9));
	digit_draw(view, key_place(keys, 10), 0);
	ok_draw(view, key_place(keys, 11));
	return 4 * KEY_HIGH + 3 * KEY_GAP;
}

/* ---- What stands over them */

static float dots_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	size_t typed = strlen(view->visit->pin), count = typed > DOTS ? typed : DOTS;
	float pitch = fminf(DOT_PITCH, box.w / (float)count), side = fminf(DOT, pitch * 0.8f);
	float x = box.x + (box.w - pitch * (float)count) / 2 + (pitch - side) / 2;
	for (size_t i = 0; i < count; i++, x += pitch) {
		struct box dot = {x, box.y, side, side};
		if (i < typed)
			ui_round(ui, dot, side / 2, ui_colour(ui, COLOUR_FJORD));
		else
			ui_ring(ui, dot, side / 2, 4, ui_colour(ui, COLOUR_LINE_STRONG));
	}
	return DOT;
}

static const char *request(const struct view *view)
{
	int seconds = (int)((view->pin_wait_ms + SECOND_MS - 1) / SECOND_MS);
	if (seconds == 0)
		return _("Enter the PIN to go on.");
	const char *text = arena_printf(view->scratch,
					ngettext("Wrong PIN. Try again in %d second.",
						 "Wrong PIN. Try again in %d seconds.", (unsigned long)seconds),
					seconds);
	return text ? text : "";
}

static float head_draw(struct view *view, struct box box)
{
	struct ui *ui = view->ui;
	struct box tile = {box.x + (box.w - TILE) / 2, box.y, TILE, TILE};
	float y = box.y + TILE + 40;
	ui_round(ui, tile, TILE * TOKEN_RADIUS_TILE_SHARE, ui_colour(ui, COLOUR_INK));
	ui_icon(ui, tile, "lock", TILE * 0.68f, ui_colour(ui, COLOUR_PAPER));
	y += put(view, (struct box){box.x, y, box.w, 0}, TYPE_H1, COLOUR_INK, _("Staff")) + 8;
	y += put(view, (struct box){box.x, y, box.w, 0}, TYPE_LEAD, COLOUR_INK, request(view)) + 64;
	return y + dots_draw(view, (struct box){box.x, y, box.w, 0}) - box.y;
}

static float note_draw(struct view *view, struct box box)
{
	return put(view, box, TYPE_SUB, COLOUR_INK2,
		   _("After a wrong PIN the next one must wait, longer each time, at most 10 minutes. Has it been "
		     "forgotten? Ask whoever runs the terminal."));
}

/* Where no bar has the way back. */
static float back_draw(struct view *view, struct box box)
{
	if (view->content)
		return 0;
	box.y += BACK_GAP;
	box.h = fmaxf(TOKEN_SIZE_BUTTON, theme_type(TYPE_BUTTON, ui_text_size(view->ui)).line + 48);
	widget_button(view->ui, box, BUTTON_SECOND, "back", _("Back"), "nav.back", screen_action(VERB_LEAVE, 0, NULL));
	return BACK_GAP + box.h;
}

static void upright_draw(struct view *view, struct box room)
{
	float width = room.w - 2 * FRAME_MARGIN, y = ui_text_size(view->ui) < TEXT_150 ? 120 : 48;
	frame_roll_begin(view, LAYER_SCREEN, room);
	ui_direction(view->ui, false);
	y += head_draw(view, (struct box){FRAME_MARGIN, y, width, 0}) + 96;
	y += keys_draw(view, (struct box){FRAME_MARGIN, y, width, 0}) + 64;
	y += note_draw(view, (struct box){FRAME_MARGIN, y, width, 0});
	y += back_draw(view, (struct box){FRAME_MARGIN, y, width, 0});
	frame_roll_end(view, LAYER_SCREEN, room, y + 40);
}

static void lying_draw(struct view *view, struct box room)
{
	float half = (room.w - 3 * FRAME_MARGIN) / 2;
	frame_roll_begin(view, LAYER_SCREEN, room);
	ui_direction(view->ui, false);
	float left = head_draw(view, (struct box){FRAME_MARGIN, LYING_TOP, half, 0}) + 64;
	left += note_draw(view, (struct box){FRAME_MARGIN, LYING_TOP + left, half, 0});
	left += back_draw(view, (struct box){FRAME_MARGIN, LYING_TOP + left, half, 0});
	float right = keys_draw(view, (struct box){2 * FRAME_MARGIN + half, LYING_TOP, half, 0});
	frame_roll_end(view, LAYER_SCREEN, room, LYING_TOP + fmaxf(left, right) + 40);
}

void staff_page_draw(struct view *view)
{
	if (view->visit->staff)
		staff_condition_draw(view);
	else if (view_wide(view))
		lying_draw(view, frame_room(view));
	else
		upright_draw(view, frame_room(view));
}
