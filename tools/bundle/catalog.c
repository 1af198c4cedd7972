#include "bundle/catalog.h"

#include "base/array.h"
#include "base/message.h"
#include "bundle/plural.h"
#include "bundle/pofile.h"
#include "bundle/shaped.h"

#include <stdlib.h>
#include <string.h>

struct parse {
	const struct reading *in;
	const char *lang;
	size_t forms;        /* of a plural, in this language */
	size_t exact;        /* plural.h */
	const size_t *lines; /* of each message, in order */
	size_t line_count;
	struct words *out;
};

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
			    message->plural ? _(" in every plural form") : "");
		return;
	}
	kept = reading_text(parse->in, line, N_("a word"), text, strlen(text), SUMMARY_MAX / 4);
	if (!kept)
		return;
	const char *fault = word_form_fault((enum word)word, kept);
	if (!fault && message->plural && form >= parse->exact && strstr(message->plural, "%d") && !strstr(kept, "%d"))
		fault = _("%d must stand in it: this form stands for several numbers");
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
	po_file_t po = pofile_open(in, bytes, len, &parse.lines, &parse.line_count);
	if (!po)
		return;
	if (in->faults->errors == errors) {
		check_header(&parse, po);
		read_messages(&parse, po);
	}
	po_file_free(po);
}
