#include "bundle/catalog.h"

#include "base/array.h"
#include "bundle/plural.h"
#include "bundle/shaped.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gettext-po.h>

/* libgettextpo hands its handler no context, and its handler may not return from a fatal error: so this is the one
 * variable of the tool that outlives a call. It points to something only while po_file_read() runs. */
static _Thread_local struct reader {
	const struct reading *in;
	jmp_buf fatal;
} * reader;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_LEAK__)
#define LEAKS_SOUGHT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_SOUGHT 1
#endif
#endif
#ifdef LEAKS_SOUGHT
/* libgettextpo 0.21 keeps a few bytes of every file it reads. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libgettextpo";
}
#endif

struct parse {
	const struct reading *in;
	const char *lang;
	size_t forms;        /* of a plural, in this language */
	size_t exact;        /* plural.h */
	const size_t *lines; /* of each message, in order */
	size_t line_count;
	struct words *out;
};

static void told(int severity, po_message_t message, const char *file, size_t line, size_t column, int multiline,
		 const char *text)
{
	size_t len = strcspn(text, "\n");

	(void)message;
	(void)file;
	(void)column;
	(void)multiline;
	fault_tell(reader->in->faults, severity == PO_SEVERITY_WARNING ? FAULT_WARNING : FAULT_ERROR, reader->in->path,
		   line > 0 && line != (size_t)-1 ? line : 1, "%.*s", (int)len, text);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		longjmp(reader->fatal, 1);
}

static void told_two(int severity, po_message_t message1, const char *file1, size_t line1, size_t column1,
		     int multiline1, const char *text1, po_message_t message2, const char *file2, size_t line2,
		     size_t column2, int multiline2, const char *text2)
{
	(void)message2;
	(void)file2;
	(void)line2;
	(void)column2;
	(void)multiline2;
	(void)text2;
	told(severity, message1, file1, line1, column1, multiline1, text1);
}

static po_file_t read_file(const struct reading *in, const char *file)
{
	static const struct po_xerror_handler handler = {.xerror = told, .xerror2 = told_two};
	struct reader here = {.in = in};
	po_file_t volatile po = NULL;

	reader = &here;
	if (setjmp(here.fatal) == 0)
		po = po_file_read(file, &handler);
	reader = NULL;
	return po;
}

/* libgettextpo reads files only, and refuses a byte order mark: so it reads the bytes from a file in memory. */
static int memory_file(const char *bytes, size_t len)
{
	int fd = memfd_create("catalog", MFD_CLOEXEC);

	for (size_t at = 0; fd >= 0 && at < len;) {
		ssize_t n = write(fd, bytes + at, len - at);

		if (n > 0) {
			at += (size_t)n;
		} else {
			close(fd);
			fd = -1;
		}
	}
	return fd;
}

static po_file_t read_bytes(const struct reading *in, const char *bytes, size_t len)
{
	int fd = memory_file(bytes, len);
	char file[32];

	if (fd < 0)
		return NULL;
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	po_file_t po = read_file(in, file);
	close(fd);
	return po;
}

/* The lines that begin a message, obsolete ones apart. libgettextpo does not tell where a message stands. */
static const size_t *find_lines(const struct reading *in, const char *bytes, size_t len, size_t *count)
{
	size_t lines = 1;
	size_t line = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	size_t *found = reading_array(in, lines, sizeof(*found));
	*count = 0;
	for (const char *at = bytes; found && at < bytes + len; line++) {
		const char *end = memchr(at, '\n', (size_t)(bytes + len - at));
		const char *stop = end ? end : bytes + len;

		while (at < stop && (*at == ' ' || *at == '\t'))
			at++;
		if (stop - at > 5 && memcmp(at, "msgid", 5) == 0 && strchr(" \t\"", at[5]))
			found[(*count)++] = line;
		at = stop + 1;
	}
	return found;
}

static void check_header_field(const struct parse *parse, const char *header, const char *field, const char *needle,
			       const char *allowed)
{
	char *value = header ? po_header_field(header, field) : NULL;

	if (!value)
		fault_error(parse->in->faults, parse->in->path, 1, "the header lacks \"%s: %s\"", field, allowed);
	else if (!strcasestr(value, needle))
		fault_error(parse->in->faults, parse->in->path, 1, "the header's %s is \"%s\"; allowed: %s", field,
			    value, allowed);
	free(value);
}

static void check_language(const struct parse *parse, const char *header)
{
	char *value = header ? po_header_field(header, "Language") : NULL;

	if (!value || strcmp(value, parse->lang) != 0)
		fault_error(parse->in->faults, parse->in->path, 1, "the header's Language is \"%s\"; allowed: %s",
			    value ? value : "", parse->lang);
	free(value);
}

static size_t header_forms(const char *header)
{
	char *value = header ? po_header_field(header, "Plural-Forms") : NULL;
	const char *number = value ? strstr(value, "nplurals=") : NULL;
	unsigned long forms = number ? strtoul(number + strlen("nplurals="), NULL, 10) : 0;

	free(value);
	return forms <= PLURAL_FORMS_MAX ? forms : 0;
}

static void check_plurals(struct parse *parse, const char *header)
{
	const struct plural *known = plural_find(parse->lang);
	size_t told_forms = header_forms(header);

	parse->forms = known ? known->forms : told_forms;
	parse->exact = known ? known->exact : PLURAL_FORMS_MAX;
	if (!known && told_forms > 0)
		fault_warning(parse->in->faults, parse->in->path, 1,
			      "the plural forms of \"%s\" are not known here; nplurals=%zu is taken as it is",
			      parse->lang, told_forms);
	else if (told_forms != parse->forms || told_forms == 0)
		fault_error(parse->in->faults, parse->in->path, 1,
			    "the header's Plural-Forms has nplurals=%zu; allowed: %zu", told_forms, parse->forms);
}

static void check_header(struct parse *parse, po_file_t po)
{
	const char *header = po_file_domain_header(po, NULL);

	check_language(parse, header);
	check_header_field(parse, header, "Content-Type", "charset=UTF-8", "text/plain; charset=UTF-8");
	check_plurals(parse, header);
}

static int find_word(const char *msgid)
{
	for (int w = 0; w < WORD_COUNT; w++)
		if (strcmp(word_messages[w].msgid, msgid) == 0)
			return w;
	return -1;
}

static void unknown_word(const struct parse *parse, const char *msgid, size_t line)
{
	const char *names[WORD_COUNT];

	for (size_t w = 0; w < WORD_COUNT; w++)
		names[w] = word_messages[w].msgid;
	fault_warning(parse->in->faults, parse->in->path, line, "the kiosk has no word \"%s\"%s", msgid,
		      reading_near(parse->in, msgid, names, WORD_COUNT));
}

/* "at most 14 letters", as the comment for translators says. */
static size_t letters_max(const char *comment)
{
	const char *number = strstr(comment, "at most ");

	return number ? strtoul(number + strlen("at most "), NULL, 10) : SUMMARY_MAX;
}

static void read_form(const struct parse *parse, int word, size_t form, const char *text, size_t line)
{
	const struct word_message *message = &word_messages[word];
	struct word_text *out = &parse->out->words[word];
	const char *kept;

	if (!*text) {
		fault_error(parse->in->faults, parse->in->path, line, "\"%s\" is not translated%s", message->msgid,
			    message->plural ? " in every plural form" : "");
		return;
	}
	kept = reading_text(parse->in, line, "a word", text, strlen(text), SUMMARY_MAX / 4);
	if (!kept)
		return;
	const char *fault = word_form_fault((enum word)word, kept);
	if (!fault && message->plural && form >= parse->exact && strstr(message->plural, "%d") && !strstr(kept, "%d"))
		fault = "%d must stand in it: this form stands for several numbers";
	if (fault)
		fault_error(parse->in->faults, parse->in->path, line, "\"%s\": %s", message->msgid, fault);
	if (reading_chars(kept, strlen(kept)) > letters_max(message->comment))
		fault_warning(parse->in->faults, parse->in->path, line, "\"%s\" has %zu letters; at most %zu fit", kept,
			      reading_chars(kept, strlen(kept)), letters_max(message->comment));
	shaped_numbers(parse->in, line, message->msgid, message->msgid, kept, FAULT_ERROR);
	out->forms[form] = kept;
	out->form_count = form + 1;
}

static void read_plural(const struct parse *parse, int word, po_message_t message, size_t line)
{
	size_t count = 0;

	while (po_message_msgstr_plural(message, (int)count))
		count++;
	if (count != parse->forms) {
		fault_error(parse->in->faults, parse->in->path, line, "\"%s\" has %zu plural forms; allowed: %zu",
			    word_messages[word].msgid, count, parse->forms);
		parse->out->words[word].form_count = 1;
		return;
	}
	for (size_t i = 0; i < count; i++)
		read_form(parse, word, i, po_message_msgstr_plural(message, (int)i), line);
}

static void read_message(const struct parse *parse, po_message_t message, size_t line)
{
	const char *msgid = po_message_msgid(message);
	const char *plural = po_message_msgid_plural(message);
	int word = find_word(msgid);

	if (po_message_msgctxt(message)) {
		fault_error(parse->in->faults, parse->in->path, line, "msgctxt is not allowed");
		return;
	}
	if (word < 0) {
		unknown_word(parse, msgid, line);
		return;
	}
	const char *expected = word_messages[word].plural;
	parse->out->words[word].form_count = 1; /* seen: told once, whatever is wrong with it */
	if (po_message_is_fuzzy(message))
		fault_error(parse->in->faults, parse->in->path, line,
			    "\"%s\" is marked fuzzy; read it through and take the mark away", msgid);
	else if (!expected != !plural || (plural && strcmp(plural, expected) != 0))
		fault_error(parse->in->faults, parse->in->path, line, "\"%s\": msgid_plural is \"%s\"; allowed: \"%s\"",
			    msgid, plural ? plural : "", expected ? expected : "");
	else if (plural)
		read_plural(parse, word, message, line);
	else
		read_form(parse, word, 0, po_message_msgstr(message), line);
}

static void read_messages(const struct parse *parse, po_file_t po)
{
	po_message_iterator_t iterator = po_message_iterator(po, NULL);
	size_t n = 0;

	for (po_message_t message = po_next_message(iterator); message; message = po_next_message(iterator)) {
		if (po_message_is_obsolete(message))
			continue;
		size_t line = n < parse->line_count ? parse->lines[n] : 1;
		n++;
		if (*po_message_msgid(message) || po_message_msgctxt(message))
			read_message(parse, message, line);
	}
	po_message_iterator_free(iterator);
	for (size_t w = 0; w < WORD_COUNT; w++)
		if (parse->out->words[w].form_count == 0)
			fault_error(parse->in->faults, parse->in->path, 1, "the word \"%s\" is missing",
				    word_messages[w].msgid);
}

void catalog_read(const struct reading *in, const char *lang, const char *bytes, size_t len, struct words *out)
{
	struct parse parse = {.in = in, .lang = lang, .out = out};
	size_t errors = in->faults->errors;

	*out = (struct words){0};
	if (!reading_utf8(in, bytes, len))
		return;
	parse.lines = find_lines(in, bytes, len, &parse.line_count);
	po_file_t po = parse.lines ? read_bytes(in, bytes, len) : NULL;
	if (!po) {
		if (in->faults->errors == errors)
			fault_error(in->faults, in->path, 1, "the file cannot be read");
		return;
	}
	if (in->faults->errors == errors) {
		check_header(&parse, po);
		read_messages(&parse, po);
	}
	po_file_free(po);
}
