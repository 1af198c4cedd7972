#include "page.h"

#include "base/array.h"
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define PHRASES_BYTES_MAX (64u << 10)
#define GROUPS            4
#define GROUP_MAX         32

static const struct page_language languages[] = {
	{"da", "Danish", false, "Latn", ", ", ". ", " "},
	{"ar", "Arabic", true, "Arab", "، ", ". ", " "},
	{"th", "Thai", false, "Thai", " ", " ", " "},
	{"zh", "Chinese", false, "Hani", "，", "。", "，"},
};

struct phrases {
	struct buf file;
	const char *groups[GROUPS][GROUP_MAX];
	size_t counts[GROUPS];
};

const struct page_language *page_language(const char *lang)
{
	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		if (strcmp(languages[i].lang, lang) == 0)
			return &languages[i];
	return NULL;
}

static bool read_phrases(const char *lang, struct phrases *out, struct err *err)
{
	char path[64];
	snprintf(path, sizeof(path), "tests/bench/phrases/%s.txt", lang);
	if (!file_read(AT_FDCWD, path, PHRASES_BYTES_MAX, &out->file, err))
		return false;
	size_t group = 0;
	char *next = out->file.data;
	for (char *line; (line = strsep(&next, "\n")) && group < GROUPS;) {
		if (line[0] == '#')
			continue;
		if (!line[0])
			group++;
		else if (out->counts[group] < GROUP_MAX)
			out->groups[group][out->counts[group]++] = line;
	}
	for (group = 0; group < GROUPS; group++)
		if (out->counts[group] == 0)
			return err_set(err, ERR_FORMAT, "%s: group %zu has no phrase", path, group + 1);
	return true;
}

/* xorshift64*. */
static uint32_t draw(uint64_t *state, uint32_t below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)((*state * 0x2545F4914F6CDD1Du) >> 33) % below;
}

static bool add_phrase(struct page *page, uint64_t *state, const char *phrase)
{
	bool ok = true;
	page->words++;
	for (const char *c = phrase; ok && *c; c++) {
		page->words += *c == ' ' || *c == '|';
		if (strncmp(c, "{n}", 3) == 0) {
			ok = buf_printf(&page->text, "%u", 10 + draw(state, 90));
			c += 2;
		} else if (*c != '|') {
			ok = buf_append(&page->text, c, 1);
		}
	}
	return ok;
}

static bool add_sentence(const struct page_language *language, const struct phrases *phrases, uint64_t *state,
			 struct page *page)
{
	for (size_t i = 0; i < GROUPS; i++) {
		const char *after = i == 0 ? language->comma : i + 1 < GROUPS ? language->between : language->end;
		if (!add_phrase(page, state, phrases->groups[i][draw(state, (uint32_t)phrases->counts[i])]) ||
		    !buf_append_text(&page->text, after))
			return false;
	}
	return true;
}

bool page_make(const struct page_language *language, uint64_t seed, struct page *out, struct err *err)
{
	struct phrases phrases = {0};
	struct page page = {0};
	uint64_t state = 0x9E3779B97F4A7C15u * (seed + 1);
	bool ok = read_phrases(language->lang, &phrases, err);
	while (ok && page.words < PAGE_WORDS && page.count < PAGE_PARAGRAPHS_MAX) {
		size_t start = page.text.len;
		for (size_t words = page.words; ok && page.words - words < PAGE_PARAGRAPH_WORDS;)
			ok = add_sentence(language, &phrases, &state, &page) || err_memory(err);
		page.paragraphs[page.count].start = start;
		page.paragraphs[page.count++].len = page.text.len - start;
	}
	buf_finish(&phrases.file);
	if (ok)
		*out = page;
	else
		page_finish(&page);
	return ok;
}

void page_finish(struct page *page)
{
	buf_finish(&page->text);
	*page = (struct page){0};
}
