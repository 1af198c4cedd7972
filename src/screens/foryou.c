#include "screens/foryou.h"

#include "base/array.h"
#include "tokens.h"
#include "ui/widgets.h"

#include <math.h>

#define GAP_TITLED 14.0f /* between chips: 3 mm */
#define TITLE_GAP  14.0f
#define CHIP_HIGH  108.0f
#define CHIP_PAD   13.0f /* above and below, at least */

/* Row 0 is everybody; then as enum audience, which visit.audience is one more than. */
static const struct choice {
	const char *id, *icon;
	enum word word;
} choices[] = {
	{"for.all", "all", WORD_FOR_ALL},
	[1 + AUDIENCE_FAMILIES] = {"for.families", "family", WORD_FOR_FAMILIES},
	[1 + AUDIENCE_WORKING] = {"for.working", "work", WORD_FOR_WORKING},
	[1 + AUDIENCE_STUDENTS] = {"for.students", "student", WORD_FOR_STUDENTS},
	[1 + AUDIENCE_SENIORS] = {"for.seniors", "seniors", WORD_FOR_SENIORS},
};
static_assert(ARRAY_LEN(choices) == 1 + AUDIENCE_COUNT, "an audience cannot be chosen");

bool foryou_there(const struct topic_entry *topic)
{
	for (size_t i = 0; topic->marks && i < topic->page_count; i++)
		if (topic->marks[i].audience)
			return true;
	return false;
}

float foryou_draw(struct view *view, struct box box, bool titled)
{
	struct ui *ui = view->ui;
	enum text_size size = ui_text_size(ui);
	struct ui_text title = {.type = TYPE_LABEL, .colour = ui_colour(ui, COLOUR_INK)};
	size_t columns = size >= TEXT_200 ? 2 : size >= TEXT_150 ? 3 : ARRAY_LEN(choices);
	float gap = titled ? GAP_TITLED : TOKEN_SPACE_M, y = box.y;
	float width = (box.w - gap * (float)(columns - 1)) / (float)columns;
	float line = theme_type(TYPE_SMALL, size).line;
	float height = fmaxf(CHIP_HIGH, TOKEN_ICON_CHIP + line + 2 * CHIP_PAD);
	if (titled)
		y += ui_text(ui, box, &title, view_word(view, WORD_FOR_YOU)) + TITLE_GAP;
	for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
		size_t across = i % columns, down = i / columns;
		struct box chip = {box.x + (width + gap) * (float)across, y + (height + gap) * (float)down, width,
				   height};
		widget_chip(ui, chip, choices[i].icon, view_word(view, choices[i].word), choices[i].id,
			    screen_action(VERB_AUDIENCE, (int)i, NULL), view->visit->audience == (int)i);
	}
	size_t lines = (ARRAY_LEN(choices) + columns - 1) / columns;
	return y + (height + gap) * (float)lines - gap - box.y;
}

/* Pages that name these people, pages that are for everybody, the others. */
static int rank(unsigned audience, int chosen)
{
	if (chosen <= 0 || chosen > AUDIENCE_COUNT)
		return 0;
	return audience & 1u << (chosen - 1) ? 0 : audience == 0 ? 1 : 2;
}

const char *const *foryou_pages(const struct view *view, const struct topic_entry *topic)
{
	const char **pages = arena_array(view->scratch, topic->page_count, sizeof(*pages));
	size_t count = 0;
	if (!pages || !topic->marks)
		return topic->pages;
	for (int wanted = 0; wanted <= 2; wanted++)
		for (size_t i = 0; i < topic->page_count; i++)
			if (rank(topic->marks[i].audience, view->visit->audience) == wanted)
				pages[count++] = topic->pages[i];
	return pages;
}
