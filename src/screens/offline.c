#include "screens/frame.h"

#include "base/array.h"
#include "screens/staff.h"
#include "tokens.h"

#include <math.h>

#define PICTURE_HIGH 480.0f
#define WIDE_LEAST   900.0f /* upright; a narrow screen has no room for the picture */
#define ROW_PAD      28.0f
#define ROW_GAP      16.0f
#define NUMBER_WIDE  260.0f

/* The only words in the firmware: no content says them in any language. */
static const struct {
	const char *danish, *english;
} title = {"Skærmen er ikke klar endnu", "This screen is not ready yet"},
  help = {"Spørg personalet. De kan hjælpe dig.", "Ask the staff. They can help you."};

static const struct number {
	const char *number, *danish, *english;
	bool red;
} numbers[] = {
	{"112", "Fare for liv: ambulance, brand og politi.", "Danger to life: ambulance, fire and police.", true},
	{"114", "Politi, når det ikke haster.", "Police, when it is not urgent.", false},
};

struct sentence {
	enum type_role type;
	uint32_t colour;
	const char *lang, *text;
};

static float put(struct ui *ui, struct box box, const struct sentence *words)
{
	struct ui_text style = {.type = words->type,
				.colour = words->colour,
				.lang = words->lang,
				.rtl = -1,
				.title = words->type == TYPE_H1};
	return ui_text(ui, box, &style, words->text);
}

static float height_of(struct ui *ui, float width, const struct sentence *words)
{
	struct ui_text style = {.type = words->type, .lang = words->lang, .rtl = -1};
	return ui_text_height(ui, width, &style, words->text);
}

static float number_draw(struct view *view, struct box box, const struct number *number)
{
	struct ui *ui = view->ui;
	uint32_t ink = ui_colour(ui, number->red ? COLOUR_ON_RED : COLOUR_INK);
	struct sentence danish = {TYPE_SUB, ink, "da", number->danish},
			english = {TYPE_SUB, ink, "en", number->english};
	struct sentence digits = {TYPE_H1, ink, "en", number->number};
	struct box words = {box.x + NUMBER_WIDE, box.y + ROW_PAD, box.w - NUMBER_WIDE - ROW_PAD, 0};
	box.h = height_of(ui, words.w, &danish) + height_of(ui, words.w, &english) + 2 * ROW_PAD;
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, number->red ? COLOUR_RED : COLOUR_SURFACE));
	if (!number->red)
		ui_ring(ui, box, TOKEN_RADIUS_CARD, TOKEN_BORDER_CARD, ui_colour(ui, COLOUR_LINE));
	ui_icon(ui, (struct box){box.x + ROW_PAD, box.y, TOKEN_ICON_BUTTON, box.h}, "phone", TOKEN_ICON_BUTTON, ink);
	float line = theme_type(TYPE_H1, TEXT_100).line, start = ROW_PAD + TOKEN_ICON_BUTTON + 20;
	put(ui, (struct box){box.x + start, box.y + (box.h - line) / 2, NUMBER_WIDE - start, line}, &digits);
	words.y += put(ui, words, &danish);
	put(ui, words, &english);
	return box.h + ROW_GAP;
}

struct box offline_picture(const struct view *view)
{
	struct ui *ui = view->ui;
	float width = ui_width(ui);
	if (ui_landscape(ui))
		return (struct box){0, 0, view_wide(view) ? width / 2 : 0, ui_height(ui)};
	return (struct box){0, 0, width >= WIDE_LEAST ? width : 0, PICTURE_HIGH};
}

void offline_draw(struct view *view)
{
	struct ui *ui = view->ui;
	struct box picture = offline_picture(view);
	bool lying = ui_landscape(ui);
	float start = lying ? picture.w : 0;
	struct box box = {start + FRAME_MARGIN, lying ? 120 : PICTURE_HIGH + 60,
			  ui_width(ui) - start - 2 * FRAME_MARGIN, 0};
	uint32_t ink = ui_colour(ui, COLOUR_INK), second = ui_colour(ui, COLOUR_INK2);
	if (picture.w > 0)
		ui_picture(ui, picture, "offline");
	else
		box.y = 40;
	box.y += put(ui, box, &(struct sentence){TYPE_H1, ink, "da", title.danish});
	box.y += put(ui, box, &(struct sentence){TYPE_H2, second, "en", title.english}) + 28;
	box.y += put(ui, box, &(struct sentence){TYPE_LEAD, ink, "da", help.danish});
	box.y += put(ui, box, &(struct sentence){TYPE_LEAD, second, "en", help.english}) + 48;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		box.y += number_draw(view, box, &numbers[i]);
	staff_way_draw(view, box);
}
