#include "screens/column.h"

#include "tokens.h"

#include <math.h>
#include <string.h>

#define LINK_BOXES_MAX 8
#define LINK_PRESSED   0x24u /* alpha of fjord over a pressed link: its words show through */

struct ui_text column_style(const struct column *column, enum type_role type, enum colour colour)
{
	return (struct ui_text){.type = type,
				.colour = ui_colour(column->view->ui, colour),
				.lang = view_code(column->view, column->language),
				.rtl = column->rtl};
}

void column_text(struct column *column, float gap, const struct ui_text *style, const char *text)
{
	column->y += gap;
	column->y += ui_text(column->view->ui, (struct box){column->x, column->y, column->w, 0}, style, text);
}

static struct text_span span_style(const struct view *view, const struct span *span)
{
	static const unsigned styles[] = {[SPAN_BOLD] = STYLE_BOLD,
					  [SPAN_TERM] = STYLE_UNDERLINE,
					  [SPAN_LINK] = STYLE_BOLD | STYLE_UNDERLINE | STYLE_COLOUR};
	return (struct text_span){.start = span->start,
				  .len = span->len,
				  .style = styles[span->kind],
				  .colour = ui_colour(view->ui, COLOUR_FJORD)};
}

static bool is_taken(const struct ui *ui, const char *id)
{
	for (size_t i = 0; i < ui_item_count(ui); i++)
		if (ui_item(ui, i)->id && strcmp(ui_item(ui, i)->id, id) == 0)
			return true;
	return false;
}

/* A page may be linked twice, and a link may be broken over lines: each part has an id of its own. */
static const char *link_id(const struct view *view, const char *target)
{
	const char *first = view_id(view, "link", target), *id = first;
	for (int number = 2; id && is_taken(view->ui, id); number++)
		id = arena_printf(view->scratch, "%s#%d", first, number);
	return id ? id : first;
}

/* A finger needs more than a line's height; the words keep theirs. */
static void link_draw(struct column *column, struct box box, const struct ui_text *style, const struct rich *rich,
		      const struct span *span)
{
	struct view *view = column->view;
	struct box boxes[LINK_BOXES_MAX];
	const char *name = arena_text(view->scratch, rich->text + span->start, span->len);
	struct ui_target target = {.role = ROLE_BUTTON,
				   .name = name ? name : "",
				   .lang = style->lang,
				   .action = screen_action(VERB_PAGE, 0, span->target),
				   .radius = TOKEN_RADIUS_KEY};
	size_t count = ui_text_boxes(view->ui, box, style, rich->text, span->start, span->start + span->len, boxes,
				     LINK_BOXES_MAX);
	bool pressed = false;
	for (size_t i = 0; i < count && i < LINK_BOXES_MAX; i++) {
		struct box touch = boxes[i];
		float taller = fmaxf(TOKEN_TOUCH_MIN - touch.h, 0), wider = fmaxf(TOKEN_TOUCH_MIN - touch.w, 0);
		touch = (struct box){touch.x - wider / 2, touch.y - taller / 2, touch.w + wider, touch.h + taller};
		target.ring = (struct box){boxes[i].x, boxes[i].y + 8, boxes[i].w, boxes[i].h - 16};
		target.id = link_id(view, span->target);
		pressed = ui_target(view->ui, touch, &target).pressed || pressed;
	}
	uint32_t tint = (ui_colour(view->ui, COLOUR_FJORD) & 0xFFFFFFu) | LINK_PRESSED << 24;
	for (size_t i = 0; pressed && i < count && i < LINK_BOXES_MAX; i++)
		ui_round(view->ui, boxes[i], TOKEN_RADIUS_KEY, tint);
}

struct rich_look column_look(const struct column *column, const struct rich *rich)
{
	struct text_span *spans = arena_array(column->view->scratch, rich->span_count, sizeof(*spans));
	for (size_t i = 0; spans && i < rich->span_count; i++)
		spans[i] = span_style(column->view, &rich->spans[i]);
	return (struct rich_look){spans, spans ? rich->span_count : 0};
}

static struct ui_text dressed(const struct column *column, struct ui_text style, const struct rich *rich)
{
	struct rich_look look = column_look(column, rich);
	style.spans = look.spans;
	style.span_count = look.count;
	return style;
}

void column_links(struct column *column, struct box box, struct ui_text style, const struct rich *rich)
{
	struct ui_text whole = dressed(column, style, rich);
	for (size_t i = 0; i < rich->span_count; i++)
		if (rich->spans[i].kind == SPAN_LINK)
			link_draw(column, box, &whole, rich, &rich->spans[i]);
}

float column_rich(struct column *column, struct box box, struct ui_text style, const struct rich *rich)
{
	struct ui_text whole = dressed(column, style, rich);
	float height = ui_text(column->view->ui, box, &whole, rich->text);
	column_links(column, box, style, rich);
	return height;
}

float column_rich_height(const struct column *column, float width, struct ui_text style, const struct rich *rich)
{
	struct ui_text whole = dressed(column, style, rich);
	return ui_text_height(column->view->ui, width, &whole, rich->text);
}
