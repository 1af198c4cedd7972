#include "screens/column.h"
#include "screens/opening.h"

#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>
#include <string.h>

#define GAP_HEADING 32.0f
#define GAP_CARD    22.0f
#define ROW_GAP     16.0f
#define TERM_PAD    28.0f
#define TERM_HIGH   112.0f
#define TERM_GAP    26.0f /* between the Danish word and what it means */
#define PAD         34.0f
#define TILE        88.0f
#define TILE_ICON   60.0f
#define PHONE_HIGH  112.0f
#define PHONE_ICON  60.0f
#define PHONE_SHARE (60.0f / 64.0f) /* of the title's size */
#define LINE_ICON   40.0f

static void heading(struct column *column, enum word word)
{
	struct ui_text style = column_style(column, TYPE_H2, COLOUR_INK);
	style.title = true;
	column_text(column, GAP_HEADING, &style, view_word_in(column->view, column->language, word));
	column->y += GAP_CARD;
}

void column_card(struct column *column, float height)
{
	struct ui *ui = column->view->ui;
	struct box box = {column->x, column->y, column->w, height};
	ui_round(ui, box, TOKEN_RADIUS_CARD, ui_colour(ui, COLOUR_SURFACE));
	ui_ring(ui, box, TOKEN_RADIUS_CARD,
		ui_theme(ui)->high_contrast ? TOKEN_BORDER_HIGH_CONTRAST : TOKEN_BORDER_CARD,
		ui_colour(ui, COLOUR_LINE));
}

/* A Danish word with its meaning beside it, or under it where that needs more than a line. */
static float term_draw(struct column *column, const struct term *term, bool draw)
{
	struct ui *ui = column->view->ui;
	struct ui_text word = column_style(column, TYPE_H3, COLOUR_FJORD),
		       meaning = column_style(column, TYPE_SUB, COLOUR_INK);
	word.lang = view_code(column->view, column->view->source);
	word.rtl = -1;
	float width = column->w - 2 * TERM_PAD, wide = fminf(ui_text_width(ui, &word, term->term) + 1, width);
	float beside = width - wide - TERM_GAP;
	bool one = ui_text_width(ui, &meaning, term->meaning) <= beside;
	float first = ui_text_height(ui, wide, &word, term->term),
	      second = ui_text_height(ui, one ? beside : width, &meaning, term->meaning);
	float words = one ? fmaxf(first, second) : first + second, height = fmaxf(words + 48, TERM_HIGH);
	if (!draw)
		return height;
	float x = column->x + TERM_PAD, y = column->y + (height - words) / 2;
	ui_text(ui, (struct box){x, one ? column->y + (height - first) / 2 : y, wide, first}, &word, term->term);
	if (one)
		ui_text(ui, (struct box){x + wide + TERM_GAP, column->y + (height - second) / 2 + 1, beside, second},
			&meaning, term->meaning);
	else
		ui_text(ui, (struct box){x, y + first, width, second}, &meaning, term->meaning);
	return height;
}

static void terms(struct column *column, const struct page *page)
{
	float height = 0;
	if (page->term_count == 0)
		return;
	heading(column, WORD_DANISH_WORDS);
	for (size_t i = 0; i < page->term_count; i++)
		height += term_draw(column, &page->terms[i], false);
	column_card(column, height);
	for (size_t i = 0; i < page->term_count; i++) {
		if (i > 0)
			ui_fill(column->view->ui, (struct box){column->x, column->y - 1, column->w, 2},
				ui_colour(column->view->ui, COLOUR_LINE));
		column->y += term_draw(column, &page->terms[i], true);
	}
}

/* One part of the contact card after the other: only measured, or drawn too. */
struct contact {
	struct column *column;
	const struct place *place;
	float x, y, w;
	bool draw;
};

static float put(struct contact *contact, struct box box, const struct ui_text *style, const char *text)
{
	struct ui *ui = contact->column->view->ui;
	return contact->draw ? ui_text(ui, box, style, text) : ui_text_height(ui, box.w, style, text);
}

/* In Danish and from left to right, whatever the language around it. */
static struct ui_text danish_style(const struct column *column, enum type_role type, enum colour colour)
{
	struct ui_text style = column_style(column, type, colour);
	style.lang = view_code(column->view, column->view->source);
	style.rtl = -1;
	return style;
}

static void contact_names(struct contact *contact)
{
	struct column *column = contact->column;
	struct ui *ui = column->view->ui;
	const struct place *place = contact->place;
	struct ui_text name = column_style(column, TYPE_H3, COLOUR_INK),
		       under = danish_style(column, TYPE_SUB, COLOUR_INK2);
	bool same = strcmp(place->name, place->danish) == 0;
	const char *second = place->address ? place->address : same ? NULL : place->danish;
	if (place->address && !same)
		second = arena_printf(column->view->scratch, "%s · %s", place->danish, place->address);
	bool over = ui_text_size(ui) >= TEXT_200; /* tile over text */
	float start = over ? 0 : TILE + 24, width = contact->w - start, y = contact->y + (over ? TILE + 20 : 0);
	float first = ui_text_height(ui, width, &name, place->name),
	      low = second ? ui_text_height(ui, width, &under, second) : 0;
	float middle = over ? 0 : fmaxf((TILE - first - low) / 2, 0);
	if (contact->draw)
		widget_tile(ui, (struct box){contact->x, contact->y, TILE, TILE}, place->icon, TILE_ICON,
			    theme_hue(ui_theme(ui), "places"), false);
	put(contact, (struct box){contact->x + start, y + middle, width, first}, &name, place->name);
	if (second)
		put(contact, (struct box){contact->x + start, y + middle + first, width, low}, &under, second);
	contact->y = fmaxf(y + middle + first + low, contact->y + TILE);
}

static void contact_phone(struct contact *contact)
{
	struct column *column = contact->column;
	struct ui *ui = column->view->ui;
	struct type_size h1 = theme_type(TYPE_H1, ui_text_size(ui));
	struct ui_text style = danish_style(column, TYPE_H1, COLOUR_FJORD);
	if (!contact->place->phone)
		return;
	style.size = h1.size * PHONE_SHARE;
	style.line = h1.line * PHONE_SHARE;
	style.bold = true;
	style.lines_max = 1;
	style.shrink_to = 0.5f;
	struct box panel = {contact->x, contact->y + 28, contact->w, fmaxf(PHONE_HIGH, style.line + 32)};
	if (contact->draw) {
		ui_round(ui, panel, TOKEN_RADIUS_CALLOUT, ui_colour(ui, COLOUR_FJORD_TINT));
		if (ui_theme(ui)->high_contrast)
			ui_ring(ui, panel, TOKEN_RADIUS_CALLOUT, TOKEN_BORDER_HIGH_CONTRAST,
				ui_colour(ui, COLOUR_LINE));
		ui_icon(ui, (struct box){panel.x + 28, panel.y, PHONE_ICON, panel.h}, "phone", PHONE_ICON,
			style.colour);
		ui_meaning(ui, panel, ROLE_TEXT, view_word_in(column->view, column->language, WORD_PHONE));
	}
	float start = 28 + PHONE_ICON + 20;
	put(contact,
	    (struct box){panel.x + start, panel.y + (panel.h - style.line) / 2, panel.w - start - 20, style.line},
	    &style, contact->place->phone);
	contact->y = panel.y + panel.h;
}

static void contact_line(struct contact *contact, const char *icon, const struct ui_text *style, const char *text)
{
	struct ui *ui = contact->column->view->ui;
	if (!text)
		return;
	float start = icon ? LINE_ICON + 20 : 0, y = contact->y + 16;
	float height = put(contact, (struct box){contact->x + start, y, contact->w - start, 0}, style, text);
	if (icon && contact->draw)
		ui_icon(ui, (struct box){contact->x, y, LINE_ICON, theme_type(style->type, ui_text_size(ui)).line},
			icon, LINE_ICON, ui_colour(ui, COLOUR_INK2));
	contact->y = y + height;
}

/* Whether it is open, and the way to the rest of it. */
static void contact_more(struct contact *contact)
{
	struct view *view = contact->column->view;
	struct ui *ui = view->ui;
	struct widget_status status = opening_status(view, &contact->place->hours);
	struct box line = {contact->x, contact->y + 24, contact->w, 0};
	line.h = widget_status_height(ui, line.w, TYPE_LABEL, &status);
	struct box button = {contact->x, line.y + line.h + 24, contact->w,
			     fmaxf(TOKEN_SIZE_BUTTON, 2 * theme_type(TYPE_BUTTON, ui_text_size(ui)).line + 24)};
	if (contact->draw) {
		widget_status(ui, line, TYPE_LABEL, &status);
		widget_button(ui, button, BUTTON_SECOND, "places", view_word(view, WORD_MORE_ABOUT_PLACE),
			      view_id(view, "place", contact->place->id),
			      screen_action(VERB_PLACE, 0, contact->place->id));
	}
	contact->y = button.y + button.h;
}

static float contact_draw(struct column *column, const struct place *place, bool draw)
{
	struct contact contact = {.column = column,
				  .place = place,
				  .x = column->x + PAD,
				  .y = column->y + PAD,
				  .w = column->w - 2 * PAD,
				  .draw = draw};
	struct ui_text note = column_style(column, TYPE_SUB, COLOUR_INK),
		       line = danish_style(column, TYPE_SUB, COLOUR_INK);
	contact_names(&contact);
	contact_phone(&contact);
	contact_line(&contact, NULL, &note, place->note);
	contact_line(&contact, "lang", &line, place->web);
	contact_line(&contact, "mail", &line, place->email);
	contact_more(&contact);
	return contact.y + PAD - column->y;
}

void column_place(struct column *column, const struct place *place)
{
	float height = contact_draw(column, place, false);
	column_card(column, height);
	contact_draw(column, place, true);
	column->y += height;
}

static void contact_card(struct column *column, const struct page *page)
{
	const struct place *place =
		page->contact ? content_place(column->view->content, column->language, page->contact) : NULL;
	if (!place)
		return;
	heading(column, WORD_ASK_A_PERSON);
	column_place(column, place);
}

static bool related_row(struct column *column, const char *path, struct widget_row *row)
{
	struct view *view = column->view;
	const char *slash = strchr(path, '/');
	const char *topic = slash ? arena_text(view->scratch, path, (size_t)(slash - path)) : NULL;
	bool translated = true;
	const struct page_title *title =
		topic ? content_page_title(view->content, column->language, topic, slash + 1, &translated) : NULL;
	if (!title)
		return false;
	*row = (struct widget_row){.icon = title->icon,
				   .hue = view_hue(view, topic),
				   .title = title->title,
				   .text = translated ? NULL
						      : view_word_in(view, column->language, WORD_NOT_TRANSLATED),
				   .lang = view_code(view, translated ? column->language : view->source),
				   .text_lang = view_code(view, column->language),
				   .rtl = view_turn(view, translated ? column->language : view->source),
				   .text_rtl = view_turn(view, column->language),
				   .low = true,
				   .id = view_id(view, "page", path),
				   .action = screen_action(VERB_PAGE, 0, path)};
	return true;
}

static void related(struct column *column, const struct page *page)
{
	bool first = true;
	for (size_t i = 0; i < page->related_count; i++) {
		struct widget_row row;
		if (!related_row(column, page->related[i], &row))
			continue;
		if (first)
			heading(column, WORD_READ_NEXT);
		else
			column->y += ROW_GAP;
		first = false;
		column->y += widget_row(column->view->ui, column->x, column->y, column->w, &row);
	}
}

void column_closing(struct column *column, const struct page *page)
{
	struct view *view = column->view;
	terms(column, page);
	if (column->language != view->language) {
		column->language = view->language;
		ui_direction(view->ui, view_rtl(view, view->language));
	}
	contact_card(column, page);
	related(column, page);
}
