#include "bundle/coverage.h"

#include "base/array.h"
#include "base/file.h"
#include "base/json.h"
#include "base/message.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = N_(
	"usage: vejviser-bundle coverage CONTENT [--html FILE] [--json] [--share DIR]\n"
	"\n"
	"Shows how much of the folder CONTENT is in which language, what is out of date and what nobody has checked.\n"
	"\n"
	"  --html FILE  write a page with the list behind each number, to read, print or send\n"
	"  --json       write the numbers and lists as JSON instead of the table\n"
	"  --share DIR  the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else the installed ones)\n"
	"\n"
	"Exit status: 0 shown, 2 something could not be read or written.\n");

/* In English and Danish. */
static const char *const kinds[COVERAGE_KIND_COUNT][2] = {
	[COVERAGE_TOPICS] = {"topics", "emner"},       [COVERAGE_PAGES] = {"pages", "sider"},
	[COVERAGE_PLACES] = {"places", "steder"},      [COVERAGE_PHRASES] = {"phrases", "sætninger"},
	[COVERAGE_GUIDES] = {"guides", "guider"},      [COVERAGE_PATHS] = {"paths", "forløb"},
	[COVERAGE_STORIES] = {"stories", "historier"}, [COVERAGE_PICTURES] = {"pictures", "billeder"},
	[COVERAGE_EVENTS] = {"events", "aktiviteter"}, [COVERAGE_NOTICES] = {"notices", "opslag"},
	[COVERAGE_KIOSK] = {"kiosk", "skærm"},         [COVERAGE_AUDIO] = {"audio", "lyd"},
};

enum say {
	SAY_LANGUAGE,
	SAY_WORDS,
	SAY_OLD,
	SAY_UNCHECKED,
	SAY_TITLE,
	SAY_HELP,
	SAY_MISSING,
	SAY_NOTHING,
	SAY_ERRORS,
	SAY_COUNT
};
static const char *const says[SAY_COUNT][2] = {
	[SAY_LANGUAGE] = {"language", "sprog"},
	[SAY_WORDS] = {"words", "ord"},
	[SAY_OLD] = {"out of date", "forældet"},
	[SAY_UNCHECKED] = {"unchecked", "ikke læst"},
	[SAY_TITLE] = {"What is in which language", "Hvad findes på hvilke sprog"},
	[SAY_HELP] =
		{"Each number is what is there, of what there is in Danish. \"kiosk\" is the kiosk's own words, and "
		 "\"words\" counts the words of the texts. Out of date: the Danish has changed since, or its last day "
		 "is "
		 "over. Unchecked: no person has read the translation through.",
		 "Hvert tal er det, der findes, ud af det, der findes på dansk. \"skærm\" er skærmens egne ord, og "
		 "\"ord\" tæller tekstens ord. Forældet: den danske tekst er ændret siden, eller dens sidste dag er "
		 "gået. Ikke læst: intet menneske har læst oversættelsen igennem."},
	[SAY_MISSING] = {"missing", "mangler"},
	[SAY_NOTHING] = {"Nothing is missing.", "Intet mangler."},
	[SAY_ERRORS] =
		{"Errors in the content: %zu. What has one may be missing here; \"vejviser-bundle check\" tells them.",
		 "Fejl i indholdet: %zu. Det, der har en fejl, kan mangle her; \"vejviser-bundle check\" nævner dem."},
};

static bool right(struct buf *out, const char *text, int width)
{
	return buf_printf(out, "  %*s", utf8_width(text, width), text);
}

static bool text_row(const struct coverage *coverage, const struct coverage_language *language, bool danish,
		     struct buf *out)
{
	bool ok = buf_printf(out, "%-8s", language->language->code);
	char cell[64];

	for (size_t k = 0; ok && k < COVERAGE_KIND_COUNT; k++) {
		snprintf(cell, sizeof(cell), "%zu/%zu", language->have[k], coverage->total[k]);
		ok = right(out, cell, utf8_columns(kinds[k][danish]) > 7 ? utf8_columns(kinds[k][danish]) : 7);
	}
	const size_t rest[] = {language->words, language->old.count, language->unchecked.count};
	for (size_t i = 0; ok && i < ARRAY_LEN(rest); i++) {
		int width = utf8_columns(says[SAY_WORDS + i][danish]);

		snprintf(cell, sizeof(cell), "%zu", rest[i]);
		ok = right(out, cell, width > 7 ? width : 7);
	}
	return ok && buf_printf(out, "  %s\n", language->language->name);
}

bool coverage_text(const struct coverage *coverage, bool danish, struct buf *out)
{
	bool ok = buf_printf(out, "%-8s", says[SAY_LANGUAGE][danish]);

	for (size_t k = 0; ok && k < COVERAGE_KIND_COUNT; k++)
		ok = right(out, kinds[k][danish], 7);
	for (size_t s = SAY_WORDS; ok && s <= SAY_UNCHECKED; s++)
		ok = right(out, says[s][danish], 7);
	ok = ok && buf_append_text(out, "\n");
	for (size_t i = 0; ok && i < coverage->language_count; i++)
		ok = text_row(coverage, &coverage->languages[i], danish, out);
	if (ok && coverage->errors > 0)
		ok = buf_printf(out, says[SAY_ERRORS][danish], coverage->errors) && buf_append_text(out, "\n");
	return ok;
}

static bool escaped(struct buf *out, const char *text)
{
	bool ok = true;

	for (; ok && *text; text++) {
		const char *as = *text == '<'   ? "&lt;"
				 : *text == '>' ? "&gt;"
				 : *text == '&' ? "&amp;"
				 : *text == '"' ? "&quot;"
						: NULL;

		ok = as ? buf_append_text(out, as) : buf_append(out, text, 1);
	}
	return ok;
}

static const char style[] =
	"body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 "
	"1rem;max-width:75rem;color:#1a1a1a;background:#fff}"
	"table{border-collapse:collapse;width:100%}caption{text-align:start}"
	"th,td{border:1px solid #767676;padding:.4rem .6rem;text-align:end}th:first-child{text-align:start}"
	"thead th{background:#eee}.gap{background:#fff1c9;font-weight:bold}a{color:inherit}"
	"summary{cursor:pointer;font-weight:bold;padding:.5rem 0}summary:focus-visible,a:focus-visible{outline:3px "
	"solid #0b57d0}"
	"ul{margin:0 0 1rem;columns:20rem}"
	"@media print{body{margin:0;max-width:none;font-size:10pt}li{break-inside:avoid}}";

static bool html_cell(struct buf *out, const char *lang, const char *key, const char *number, size_t gaps)
{
	if (gaps == 0)
		return buf_printf(out, "<td>%s</td>", number);
	return buf_printf(out, "<td class=\"gap\"><a href=\"#%s-%s\">%s</a></td>", lang, key, number);
}

static bool html_row(const struct coverage *coverage, const struct coverage_language *language, struct buf *out)
{
	const char *lang = language->language->code;
	char number[64];
	bool ok = buf_printf(out, "<tr><th scope=\"row\"><bdi lang=\"%s\">", lang) &&
		  escaped(out, language->language->name) && buf_printf(out, "</bdi> (%s)</th>", lang);

	for (size_t k = 0; ok && k < COVERAGE_KIND_COUNT; k++) {
		snprintf(number, sizeof(number), "%zu/%zu", language->have[k], coverage->total[k]);
		ok = html_cell(out, lang, kinds[k][0], number, language->missing[k].count);
	}
	snprintf(number, sizeof(number), "%zu", language->words);
	ok = ok && html_cell(out, lang, "words", number, 0);
	snprintf(number, sizeof(number), "%zu", language->old.count);
	ok = ok && html_cell(out, lang, "old", number, language->old.count);
	snprintf(number, sizeof(number), "%zu", language->unchecked.count);
	return ok && html_cell(out, lang, "unchecked", number, language->unchecked.count) &&
	       buf_append_text(out, "</tr>\n");
}

static bool html_list(struct buf *out, const char *lang, const char *key, const char *what, const char *more,
		      const struct coverage_list *list)
{
	if (list->count == 0)
		return true;
	bool ok = buf_printf(out, "<details open=\"\" id=\"%s-%s\"><summary>%s%s: %zu</summary><ul>\n", lang, key, what,
			     more, list->count);
	for (size_t i = 0; ok && i < list->count; i++)
		ok = buf_append_text(out, "<li>") && escaped(out, list->names[i]) && buf_append_text(out, "</li>\n");
	return ok && buf_append_text(out, "</ul></details>\n");
}

static bool html_language(const struct coverage_language *language, bool danish, struct buf *out)
{
	const char *lang = language->language->code;
	bool ok = buf_printf(out, "<h2><bdi lang=\"%s\">", lang) && escaped(out, language->language->name) &&
		  buf_printf(out, "</bdi> (%s)</h2>\n", lang);
	size_t before = out->len;

	for (size_t k = 0; ok && k < COVERAGE_KIND_COUNT; k++) {
		char missing[32];

		snprintf(missing, sizeof(missing), ", %s", says[SAY_MISSING][danish]);
		ok = html_list(out, lang, kinds[k][0], kinds[k][danish], missing, &language->missing[k]);
	}
	ok = ok && html_list(out, lang, "old", says[SAY_OLD][danish], "", &language->old) &&
	     html_list(out, lang, "unchecked", says[SAY_UNCHECKED][danish], "", &language->unchecked);
	return ok && (out->len > before || buf_printf(out, "<p>%s</p>\n", says[SAY_NOTHING][danish]));
}

static bool html_table(const struct coverage *coverage, bool danish, struct buf *out)
{
	bool ok = buf_append_text(out, "<table><caption>") && escaped(out, says[SAY_HELP][danish]) &&
		  buf_printf(out, "</caption>\n<thead><tr><th scope=\"col\">%s</th>", says[SAY_LANGUAGE][danish]);
	for (size_t k = 0; ok && k < COVERAGE_KIND_COUNT; k++)
		ok = buf_printf(out, "<th scope=\"col\">%s</th>", kinds[k][danish]);
	for (size_t s = SAY_WORDS; ok && s <= SAY_UNCHECKED; s++)
		ok = buf_printf(out, "<th scope=\"col\">%s</th>", says[s][danish]);
	ok = ok && buf_append_text(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; ok && i < coverage->language_count; i++)
		ok = html_row(coverage, &coverage->languages[i], out);
	return ok && buf_append_text(out, "</tbody></table>\n");
}

bool coverage_html(const struct coverage *coverage, bool danish, struct buf *out)
{
	bool ok = buf_printf(
		out,
		"<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"/>\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>%s</title>\n"
		"<style>%s</style></head>\n<body><main>\n<h1>%s</h1>\n",
		danish ? "da" : "en", says[SAY_TITLE][danish], style, says[SAY_TITLE][danish]);

	if (ok && coverage->errors > 0)
		ok = buf_append_text(out, "<p><strong>") &&
		     buf_printf(out, says[SAY_ERRORS][danish], coverage->errors) &&
		     buf_append_text(out, "</strong></p>\n");
	ok = ok && html_table(coverage, danish, out);
	for (size_t i = 0; ok && i < coverage->language_count; i++)
		ok = html_language(&coverage->languages[i], danish, out);
	return ok && buf_append_text(out, "</main></body></html>\n");
}

static bool json_list(struct json *to, const char *key, const struct coverage_list *list)
{
	struct json *names = json_add_array(to, key);
	bool ok = names;

	for (size_t i = 0; ok && i < list->count; i++)
		ok = json_add_text(names, NULL, list->names[i]);
	return ok;
}

static bool json_language(struct json *to, const struct coverage *coverage, const struct coverage_language *language)
{
	bool ok = json_add_text(to, "code", language->language->code) &&
		  json_add_text(to, "name", language->language->name) &&
		  json_add_integer(to, "words", (int64_t)language->words);

	for (size_t k = 0; ok && k < COVERAGE_KIND_COUNT; k++) {
		struct json *kind = json_add_object(to, kinds[k][0]);

		ok = json_add_integer(kind, "have", (int64_t)language->have[k]) &&
		     json_add_integer(kind, "total", (int64_t)coverage->total[k]) &&
		     json_list(kind, "missing", &language->missing[k]);
	}
	return ok && json_list(to, "out_of_date", &language->old) && json_list(to, "unchecked", &language->unchecked);
}

bool coverage_json(const struct coverage *coverage, struct buf *out, struct err *err)
{
	struct json *json = json_new_object();
	bool ok = json_add_integer(json, "errors", (int64_t)coverage->errors);
	struct json *languages = json_add_array(json, "languages");

	for (size_t i = 0; ok && i < coverage->language_count; i++)
		ok = json_language(json_add_object(languages, NULL), coverage, &coverage->languages[i]);
	ok = ok && languages ? json_write(json, out, err) : err_memory(err);
	json_destroy(json);
	return ok;
}

/* As gettext chooses it. */
static bool speaks_danish(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strncmp(value, "da", 2) == 0 && strchr("_.@", value[2]);
	}
	return false;
}

static bool show(const struct coverage *coverage, bool json, const char *html, struct err *err)
{
	struct buf bytes = {0};
	bool danish = speaks_danish();
	bool ok = json ? coverage_json(coverage, &bytes, err)
		       : coverage_text(coverage, danish, &bytes) || err_memory(err);

	if (ok && bytes.len > 0)
		fwrite(bytes.data, 1, bytes.len, stdout);
	buf_clear(&bytes);
	if (ok && html)
		ok = (coverage_html(coverage, danish, &bytes) || err_memory(err)) &&
		     file_write(AT_FDCWD, html, bytes.data, bytes.len, 0644, err);
	buf_finish(&bytes);
	return ok;
}

int command_coverage(int argc, char **argv)
{
	static const struct option options[] = {{"html", required_argument, NULL, 'w'},
						{"json", no_argument, NULL, 'j'},
						{"share", required_argument, NULL, 's'},
						{"help", no_argument, NULL, 'h'},
						{0}};
	const char *html = NULL;
	const char *share = NULL;
	bool json = false;
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'w')
			html = optarg;
		else if (option == 'j')
			json = true;
		else if (option == 's')
			share = optarg;
		else
			return fputs(_(usage), option == 'h' ? stdout : stderr), option == 'h' ? 0 : 2;
	}
	if (optind + 1 != argc)
		return fputs(_(usage), stderr), 2;
	struct faults faults = {0};
	struct source source;
	struct coverage coverage;
	struct err err = {0};
	bool ok = source_read(argv[optind], share, &source, &faults, &err);
	if (ok) {
		ok = coverage_count(&source, &coverage, &err) && show(&coverage, json, html, &err);
		source_finish(&source);
	}
	faults_finish(&faults);
	if (!ok)
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
	return ok ? 0 : 2;
}
