#include "replay/dump.h"

#include "base/array.h"
#include "base/file.h"

#include <fcntl.h>
#include <string.h>

static const char *const roles[] = {
	[ROLE_TEXT] = "text",     [ROLE_TITLE] = "title",     [ROLE_BUTTON] = "button", [ROLE_CHOICE] = "choice",
	[ROLE_SWITCH] = "switch", [ROLE_PICTURE] = "picture", [ROLE_STATUS] = "status", [ROLE_DIALOG] = "dialog",
};
static_assert(ARRAY_LEN(roles) == ROLE_COUNT, "a role has no name");

static const struct {
	const char *bytes, *written;
} marks[] = {
	{"\n", "\\n"},       {"\"", "\\\""},      {"\u2066", "{LRI}"}, {"\u2067", "{RLI}"},  {"\u2068", "{FSI}"},
	{"\u2069", "{PDI}"}, {"\u200e", "{LRM}"}, {"\u200f", "{RLM}"}, {"\u00a0", "{NBSP}"}, {"\u202f", "{NNBSP}"},
};

static bool append_name(const char *name, struct buf *out)
{
	bool ok = buf_append_text(out, "\"");

	for (; ok && *name; name++) {
		const char *written = NULL;
		for (size_t i = 0; i < ARRAY_LEN(marks) && !written; i++) {
			if (strncmp(name, marks[i].bytes, strlen(marks[i].bytes)) == 0) {
				written = marks[i].written;
				name += strlen(marks[i].bytes) - 1;
			}
		}
		ok = written ? buf_append_text(out, written) : buf_append(out, name, 1);
	}
	return ok && buf_append_text(out, "\"");
}

static bool append_item(const struct ui_item *item, struct buf *out)
{
	return buf_printf(out, "%d %s %s ", item->layer, roles[item->role], item->id ? item->id : "-") &&
	       append_name(item->name ? item->name : "", out) &&
	       buf_printf(out, " %s %d,%d %dx%d", item->lang ? item->lang : "-", item->place.x, item->place.y,
			  item->place.w, item->place.h) &&
	       (!rect_empty(item->seen) || buf_append_text(out, " unseen")) &&
	       (!item->chosen || buf_append_text(out, " chosen")) &&
	       (!item->reason || buf_printf(out, " disabled: %s", item->reason)) && buf_append_text(out, "\n");
}

bool dump_append(const struct ui *ui, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < ui_item_count(ui); i++)
		if (!append_item(ui_item(ui, i), out))
			return err_memory(err);
	return true;
}

bool dump_write(const struct ui *ui, const char *path, struct err *err)
{
	struct buf text = {0};
	bool ok = dump_append(ui, &text, err) &&
		  file_write(AT_FDCWD, path, text.data ? text.data : "", text.len, 0644, err);

	buf_finish(&text);
	return ok;
}

void dump_tell(const struct ui *ui, FILE *to)
{
	fputs("  on the screen:\n", to);
	for (size_t i = 0; i < ui_item_count(ui); i++) {
		const struct ui_item *item = ui_item(ui, i);
		if (rect_empty(item->seen))
			continue;
		fprintf(to, "    %d %-7s \"%s\"", item->layer, roles[item->role], item->name ? item->name : "");
		if (item->id)
			fprintf(to, " @%s", item->id);
		fprintf(to, "%s%s\n", item->chosen ? " (chosen)" : "", item->reason ? " (disabled)" : "");
	}
}
