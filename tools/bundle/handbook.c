#include "bundle/handbook.h"

#include "base/array.h"
#include "base/message.h"

#include "handbook_lines.h" /* generated: handbook_en and handbook_da, the lines of each */

#include <stddef.h>
#include <string.h>

#define MARK "<!-- help: "

struct book {
	const char *const *lines;
	size_t count;
};

static struct book book_here(void)
{
	/* Not a sentence: the language that the handbook is shown in, "en" or "da". */
	const char *lang = _("en");

	return strcmp(lang, "da") == 0 ? (struct book){handbook_da, ARRAY_LEN(handbook_da)}
				       : (struct book){handbook_en, ARRAY_LEN(handbook_en)};
}

/* The topic that the line names, and its length; NULL: it names none. */
static const char *topic_of(const char *line, size_t *len)
{
	if (strncmp(line, MARK, strlen(MARK)) != 0)
		return NULL;
	line += strlen(MARK);
	*len = strcspn(line, " ");
	return line;
}

static size_t level_of(const char *line)
{
	size_t level = strspn(line, "#");

	return line[level] == ' ' ? level : 0;
}

void handbook_topics(FILE *out)
{
	struct book book = book_here();
	size_t len;

	for (size_t i = 0; i + 1 < book.count; i++) {
		const char *topic = topic_of(book.lines[i], &len);
		size_t level = level_of(book.lines[i + 1]);

		if (topic)
			fprintf(out, "  %-12.*s %s%s\n", (int)len, topic, level > 1 ? "  " : "",
				book.lines[i + 1] + level + 1);
	}
}

static void print_section(struct book book, size_t heading, FILE *out)
{
	size_t level = level_of(book.lines[heading]);

	for (size_t i = heading; i < book.count; i++) {
		const char *line = book.lines[i];

		if (i > heading && level_of(line) > 0 && level_of(line) <= level)
			return;
		/* Marks, pictures and the empty heads of tables say nothing here. */
		if (strncmp(line, MARK, strlen(MARK)) != 0 && strncmp(line, "![", 2) != 0 &&
		    strcmp(line, "| | |") != 0 && strcmp(line, "|---|---|") != 0)
			fprintf(out, "%s\n", line);
	}
}

bool handbook_print(const char *topic, FILE *out)
{
	struct book book = book_here();
	size_t len;

	for (size_t i = 0; i + 1 < book.count; i++) {
		const char *named = topic_of(book.lines[i], &len);

		if (named && strlen(topic) == len && strncmp(named, topic, len) == 0) {
			print_section(book, i + 1, out);
			return true;
		}
	}
	return false;
}
