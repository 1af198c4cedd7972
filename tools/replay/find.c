#include "replay/find.h"

#include "base/buf.h"

#include <string.h>

/* What a name may hold besides what is read, and what stands for it here. */
static const struct {
	const char *bytes, *plain;
} invisible[] = {
	{"\u2066", ""}, {"\u2067", ""}, {"\u2068", ""},  {"\u2069", ""},  {"\u200e", ""},
	{"\u200f", ""}, {"\u061c", ""}, {"\u00a0", " "}, {"\u202f", " "},
};

static bool make_plain(const char *text, struct buf *out)
{
	while (*text) {
		const char *bytes = text, *plain = NULL;
		size_t len = 1;
		for (size_t i = 0; i < sizeof(invisible) / sizeof(invisible[0]) && !plain; i++) {
			if (strncmp(text, invisible[i].bytes, strlen(invisible[i].bytes)) == 0) {
				plain = invisible[i].plain;
				len = strlen(invisible[i].bytes);
			}
		}
		if (plain ? !buf_append_text(out, plain) : !buf_append(out, bytes, len))
			return false;
		text += len;
	}
	return buf_append_text(out, "");
}

enum fit {
	FIT_NONE,
	FIT_PART,
	FIT_EXACT
};

static enum fit fit_name(const char *name, const char *text)
{
	struct buf left = {0}, right = {0};
	enum fit fit = FIT_NONE;

	if (make_plain(name, &left) && make_plain(text, &right) && left.data && right.data &&
	    strstr(left.data, right.data))
		fit = left.len == right.len ? FIT_EXACT : FIT_PART;
	buf_finish(&left);
	buf_finish(&right);
	return fit;
}

static enum fit fit_item(const struct ui_item *item, const struct find_wish *wish)
{
	if (rect_empty(item->seen))
		return FIT_NONE;
	if (wish->by_id)
		return item->id && strcmp(item->id, wish->text) == 0 ? FIT_EXACT : FIT_NONE;
	return item->name ? fit_name(item->name, wish->text) : FIT_NONE;
}

const struct ui_item *find_item(const struct ui *ui, const struct find_wish *wish)
{
	const struct ui_item *best = NULL;
	enum fit best_fit = FIT_NONE;

	for (size_t i = 0; i < ui_item_count(ui); i++) {
		enum fit fit = fit_item(ui_item(ui, i), wish);
		if (fit > best_fit) {
			best = ui_item(ui, i);
			best_fit = fit;
		}
	}
	return best;
}

int find_top_layer(const struct ui *ui)
{
	int top = 0;

	for (size_t i = 0; i < ui_item_count(ui); i++)
		if (ui_item(ui, i)->layer > top)
			top = ui_item(ui, i)->layer;
	return top;
}

static bool takes_touches(const struct ui_item *item)
{
	return item->action.verb != 0 || item->reason || item->role == ROLE_BUTTON || item->role == ROLE_CHOICE ||
	       item->role == ROLE_SWITCH;
}

/* What lies above the middle of an item, and would get its tap; NULL for nothing. */
static const struct ui_item *find_cover(const struct ui *ui, const struct ui_item *item)
{
	int x = item->seen.x + item->seen.w / 2, y = item->seen.y + item->seen.h / 2;

	for (size_t i = ui_item_count(ui); i-- > 0;) {
		const struct ui_item *above = ui_item(ui, i);
		if (above == item)
			return NULL;
		if (above->layer == item->layer && takes_touches(above) && rect_holds(above->seen, x, y))
			return above;
	}
	return NULL;
}

static const char *called(const struct ui_item *item)
{
	return item->id ? item->id : item->name ? item->name : "(no name)";
}

const struct ui_item *find_target(const struct ui *ui, const struct find_wish *wish, struct err *err)
{
	const struct ui_item *found = NULL, *other = NULL;
	enum fit best = FIT_NONE;

	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		enum fit fit = takes_touches(item) ? fit_item(item, wish) : FIT_NONE;
		if (fit == FIT_NONE || fit < best)
			continue;
		other = fit == best ? found : NULL;
		found = item;
		best = fit;
	}
	if (!found)
		err_set(err, ERR_MISSING, find_item(ui, wish) ? "it cannot be pressed" : "it is not on the screen");
	else if (other)
		err_set(err, ERR_USAGE, "both %s and %s are called so", called(other), called(found));
	else if (found->layer != find_top_layer(ui))
		err_set(err, ERR_USAGE, "%s lies under a sheet", called(found));
	else if (found->action.verb == 0)
		err_set(err, ERR_USAGE, "%s is disabled: %s", called(found),
			found->reason ? found->reason : "no reason given");
	else if (find_cover(ui, found))
		err_set(err, ERR_USAGE, "%s is covered by %s", called(found), called(find_cover(ui, found)));
	else
		return found;
	return NULL;
}
