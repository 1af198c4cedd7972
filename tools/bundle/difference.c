#include "bundle/difference.h"

#include "base/array.h"
#include "base/json.h"
#include "base/message.h"
#include "base/utf8.h"
#include "content/document.h"

#include <stdio.h>
#include <string.h>

enum change {
	ADDED,
	CHANGED,
	GONE,
	CHANGE_COUNT
};
static const char *const words[] = {[ADDED] = N_("added"), [CHANGED] = N_("changed"), [GONE] = N_("gone")};
static_assert(ARRAY_LEN(words) == CHANGE_COUNT, "a change has no word");

/* The pages of one language, or what is no page. */
struct group {
	char lang[LANG_MAX];
	size_t counts[CHANGE_COUNT];
	bool brief; /* no lines */
	struct buf lines;
};

/* Takes "<lang>" and "<topic>/<page>" out of "pages/<lang>/<topic>/<page>.json". */
static bool parse_page(const char *path, char lang[LANG_MAX], char page[2 * ID_MAX])
{
	const char *from = strncmp(path, "pages/", 6) == 0 ? path + 6 : NULL;
	const char *slash = from ? strchr(from, '/') : NULL;
	size_t len = slash ? strlen(slash + 1) : 0;

	if (len <= 5 || slash - from >= LANG_MAX || len - 5 >= 2 * ID_MAX || strcmp(slash + 1 + len - 5, ".json") != 0)
		return false;
	snprintf(lang, LANG_MAX, "%.*s", (int)(slash - from), from);
	snprintf(page, 2 * ID_MAX, "%.*s", (int)(len - 5), slash + 1);
	return true;
}

/* "" when the document has none: this only tells. */
static void read_title(const struct bundle_file *file, char title[TITLE_MAX])
{
	struct json *json = NULL;
	const char *text;
	struct err unused;

	title[0] = '\0';
	if (!json_parse(file->bytes.data, file->bytes.len, DOCUMENT_BYTES_MAX, &json, &unused))
		return;
	if (json_get_text(json, "title", TITLE_MAX - 1, &text, &unused))
		snprintf(title, TITLE_MAX, "%s", text);
	json_destroy(json);
}

static bool begin_line(struct group *group, enum change change)
{
	const char *word = _(words[change]);

	return buf_printf(&group->lines, "\t%-*s ", utf8_width(word, 8), word);
}

static bool tell_page(struct group *group, enum change change, const char *page, const struct bundle_file *file)
{
	char title[TITLE_MAX];

	read_title(file, title);
	return begin_line(group, change) && buf_printf(&group->lines, "%-28s %s\n", page, title);
}

/* In the words of the handbook, where there are some: "places/uk.json" and "guides/uk/ill.json". */
static bool tell_other(struct group *group, enum change change, const char *path)
{
	static const struct {
		const char *path, *what;
	} rows[] = {{"topics/", N_("titles of topics")},
		    {"places/", N_("places")},
		    {"events/", N_("events")},
		    {"notices/", N_("notices")},
		    {"alts/", N_("what pictures show")},
		    {"ui/", N_("the kiosk's own words")},
		    {"bundle.json", N_("languages, topics and their order")},
		    {"timetable.json", N_("days of events")}};
	size_t len = strlen(path);

	if (!begin_line(group, change))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t skip = strlen(rows[i].path);

		if (strcmp(path, rows[i].path) == 0)
			return buf_printf(&group->lines, "%s\n", _(rows[i].what));
		if (strncmp(path, rows[i].path, skip) == 0 && len > skip + 5 && strcmp(path + len - 5, ".json") == 0)
			return buf_printf(&group->lines, "%s (%.*s)\n", _(rows[i].what), (int)(len - skip - 5),
					  path + skip);
	}
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++) {
		size_t skip = strlen(item_folders[kind]) + 1;
		const char *slash = strncmp(path, item_folders[kind], skip - 1) == 0 ? strchr(path + skip, '/') : NULL;

		if (slash && strlen(slash) > 6)
			return buf_printf(&group->lines, "%.*s%.*s (%.*s)\n", (int)skip, path, (int)strlen(slash) - 6,
					  slash + 1, (int)(slash - path - (ptrdiff_t)skip), path + skip);
	}
	return buf_printf(&group->lines, "%s\n", path);
}

static bool flush(struct group *group, struct buf *out)
{
	bool ok = true, any = false;

	if (group->lines.len > 0 && group->lang[0] == '\0')
		ok = buf_append_text(out, _("besides:\n"));
	for (size_t i = 0; i < CHANGE_COUNT && ok && group->lang[0] != '\0'; i++) {
		if (group->counts[i] == 0)
			continue;
		ok = any ? buf_printf(out, ", %zu %s", group->counts[i], _(words[i]))
			 : buf_printf(out, "%s: %zu %s %s", group->lang, group->counts[i],
				      ngettext("page", "pages", group->counts[i]), _(words[i]));
		any = true;
	}
	ok = ok && (!any || buf_append_text(out, "\n")) &&
	     (group->lines.len == 0 || buf_append(out, group->lines.data, group->lines.len));
	buf_finish(&group->lines);
	*group = (struct group){.brief = group->brief};
	return ok;
}

/* Sorted by path, so the pages of a language come one after another. */
static bool note(struct group *pages, struct group *besides, enum change change, const struct bundle_file *file,
		 struct buf *out)
{
	char lang[LANG_MAX], page[2 * ID_MAX];

	if (!parse_page(file->path, lang, page)) {
		besides->counts[change]++;
		return besides->brief || tell_other(besides, change, file->path);
	}
	if (strcmp(lang, pages->lang) != 0) {
		if (!flush(pages, out))
			return false;
		snprintf(pages->lang, sizeof(pages->lang), "%s", lang);
	}
	pages->counts[change]++;
	return pages->brief || tell_page(pages, change, page, file);
}

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

bool difference_tell(const struct bundle_files *old, const struct bundle_files *new, struct buf *out, size_t *count,
		     struct err *err)
{
	const bool first = old->count == 0;
	struct group pages = {.brief = first}, besides = {.brief = first};
	size_t i = 0, k = 0;
	bool ok = true;

	*count = 0;
	while (ok && (i < old->count || k < new->count)) {
		int order = i == old->count ? 1 : k == new->count ? -1 : strcmp(old->files[i].path, new->files[k].path);

		if (order != 0 || !same_bytes(&old->files[i].bytes, &new->files[k].bytes)) {
			ok = note(&pages, &besides,
				  order < 0   ? GONE
				  : order > 0 ? ADDED
					      : CHANGED,
				  order < 0 ? &old->files[i] : &new->files[k], out);
			++*count;
		}
		i += order <= 0;
		k += order >= 0;
	}
	ok = ok && flush(&pages, out) && flush(&besides, out);
	buf_finish(&pages.lines);
	buf_finish(&besides.lines);
	return ok || err_memory(err);
}
