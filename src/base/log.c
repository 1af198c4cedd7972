#include "base/log.h"

#include "base/err.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_BYTES ((size_t)2 * ERR_TEXT_MAX)

/* The one writable static of this layer: a log line must be possible where nothing can be handed down. Set once, by
 * log_name(). */
static const char *program = "vejviser";

void log_name(const char *name)
{
	program = name;
}

/* systemd.exec(5): JOURNAL_STREAM is inherited by everything a service starts, a terminal too, so it counts only while
 * standard error is still that very stream. */
static bool is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	struct stat is;
	char name[64];

	if (!stream || fstat(STDERR_FILENO, &is) != 0)
		return false;
	snprintf(name, sizeof(name), "%ju:%ju", (uintmax_t)is.st_dev, (uintmax_t)is.st_ino);
	return strcmp(stream, name) == 0;
}

/* A file name or a server's words must not draw on the terminal. */
static void blank_controls(char *text)
{
	for (; *text; text++)
		if (((unsigned char)*text < 0x20 && *text != '\n') || *text == 0x7F)
			*text = '?';
}

static void say(int priority, const char *format, va_list *args)
{
	char text[LINE_MAX_BYTES + 4];
	bool journal = is_journal();

	if (vsnprintf(text, sizeof(text), format, *args) < 0)
		return;
	text[utf8_cut(text, strlen(text), LINE_MAX_BYTES)] = '\0';
	blank_controls(text);
	char *rest = text;
	for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
		if (*line == '\0')
			continue;
		if (journal)
			fprintf(stderr, "<%d>%s\n", priority, line);
		else
			fprintf(stderr, "%s: %s\n", program, line);
	}
}

void log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(6, format, &args);
	va_end(args);
}

void log_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(4, format, &args);
	va_end(args);
}

void log_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(3, format, &args);
	va_end(args);
}
