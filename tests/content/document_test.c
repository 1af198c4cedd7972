/* Every document: what is refused and with which words, what is kept through writing and reading again. */
#include "content/document.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t allocations_left = SIZE_MAX;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
	return allocations_left == 0 || allocations_left-- == 0 ? NULL : __real_malloc(size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return allocations_left == 0 || allocations_left-- == 0 ? NULL : __real_realloc(old, size);
}

static const char bundle[] =
	"{\"format\": 1, \"municipality\": \"Vesthimmerland\", \"source\": \"da\", \"later\": [1], \"languages\": ["
	"{\"code\": \"da\", \"name\": \"Dansk\", \"rtl\": false}, {\"code\": \"ar\", \"name\": \"عربي\", \"rtl\": "
	"true}],"
	"\"topics\": [{\"id\": \"daycare\", \"icon\": \"arrowDown\", \"hue\": \"daycare\", \"picture\": \"t-1.svg\","
	" \"pages\": [\"costs\", \"start\"], \"marks\": [{\"page\": \"start\", \"sensitive\": true, \"audience\": "
	"[\"families\", \"seniors\"]}]}, {\"id\": \"health\", \"icon\": \"h\", \"hue\": \"health\", \"pages\": "
	"[]}]}";

static const char topics[] =
	"{\"topics\": [{\"id\": \"daycare\", \"title\": \"Dagtilbud\", \"summary\": \"Om børn\"}]}";

static const char page[] =
	"{\"title\": \"Pris\", \"summary\": \"Hvad det koster\", \"icon\": \"coins\", \"reviewed\": \"2026-11-01\","
	" \"valid_to\": \"2027-11-01\", \"translation\": \"checked\", \"revision\": \"0a1b2c3d\","
	" \"parts\": \"0123abcd\", \"minutes\": 3,"
	" \"facts\": [{\"icon\": \"clock\", \"label\": \"Alder\", \"value\": \"3 år\"}],"
	" \"blocks\": [{\"kind\": \"paragraph\", \"text\": [{\"text\": \"Se \"}, {\"text\": \"her\", \"kind\": "
	"\"link\","
	" \"to\": \"daycare/start\"}, {\"text\": \", \"}, {\"text\": \"nu\", \"kind\": \"bold\"}]},"
	" {\"kind\": \"heading\", \"title\": \"Sådan\"},"
	" {\"kind\": \"steps\", \"items\": [{\"title\": \"Ring\", \"text\": []},"
	" {\"title\": \"Vent\", \"text\": [{\"text\": \"Dagplejen\", \"kind\": \"term\"}]}]},"
	" {\"kind\": \"list\", \"items\": [{\"text\": [{\"text\": \"én\"}]}]},"
	" {\"kind\": \"callout\", \"callout\": \"urgent\", \"title\": \"Husk\", \"text\": [{\"text\": \"112\"}]}],"
	" \"terms\": [{\"term\": \"dagplejen\", \"meaning\": \"pasning\"}], \"contact\": \"kommunen\","
	" \"related\": [\"daycare/start\"]}";

static const char places[] =
	"{\"places\": [{\"id\": \"a\", \"icon\": \"civic\", \"name\": \"A\", \"danish\": \"A\"},"
	" {\"id\": \"b\", \"icon\": \"civic\", \"name\": \"B\", \"danish\": \"B\", \"phone\": \"99\","
	" \"address\": \"Vej 1\", \"web\": \"w.dk\", \"email\": \"a@b.dk\", \"note\": \"Ring\","
	" \"kind\": \"club\", \"geo\": \"56.80,9.51\", \"activities\": [\"swim\"], \"speaks\": [\"da\", \"en\"],"
	" \"fritidspas\": true, \"hours\": [{\"weekday\": 0, \"from\": 600, \"to\": 1440}], \"hours_dates\": "
	"[{\"date\": \"2026-12-24\", \"from\": 0, \"to\": 0}], \"hours_valid_to\": \"2026-12-31\","
	" \"translation\": \"checked\", \"revision\": \"0a1b2c3d\"}],"
	" \"activities\": [{\"id\": \"swim\", \"icon\": \"s\", \"name\": \"Svømning\"}]}";

static const char notices[] =
	"{\"notices\": [{\"id\": \"a\", \"icon\": \"i\", \"urgency\": \"urgent\", \"from\": \"2026-11-26T12:10:00Z\","
	" \"to\": \"2026-11-27T23:00:00Z\", \"sender\": \"S\", \"title\": \"T\", \"text\": \"T\", \"acts\": "
	"[{\"id\": \"in\", \"icon\": \"i\", \"text\": \"Ind\"}], \"missing\": [\"ar\"], \"translation\": \"source\","
	" \"revision\": \"0a1b2c3d\"}]}";

static const char words[] = "{\"words\": {\"Back\": [\"Tilbage\"], \"%d minute\": [\"%d minut\", \"%d minutter\"],"
			    " \"Updated %s\": [\"Rettet %s\"], \"A word of next year\": 5}}";

/* Any document, parsed and thrown away or written again. */
struct kind {
	const char *good;
	bool (*again)(const char *bytes, size_t len, struct arena *arena, struct buf *out, struct err *err);
};

#define KIND(name, type) \
	static bool name##_again(const char *bytes, size_t len, struct arena *arena, struct buf *out, struct err *err) \
	{ \
		struct type parsed; \
		return name##_parse(bytes, len, arena, &parsed, err) && name##_write(&parsed, out, err); \
	}
KIND(bundle, bundle)
KIND(topic_texts, topic_texts)
KIND(page, page)
KIND(places, places)
KIND(notices, notices)
KIND(words, words)

static const struct kind BUNDLE = {bundle, bundle_again}, TOPICS = {topics, topic_texts_again},
			 PAGE = {page, page_again}, PLACES = {places, places_again}, NOTICES = {notices, notices_again},
			 WORDS = {words, words_again};

/* `good` with the first `from` replaced; the caller frees it. */
static char *alter(const char *good, const char *from, const char *to)
{
	const char *at = strstr(good, from);
	char *text = NULL;

	assert_non_null(at);
	assert_true(asprintf(&text, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from)) > 0);
	return text;
}

static const struct {
	const struct kind *kind;
	const char *from, *to;
	enum err_code code;
	const char *says;
} refused[] = {
	{&BUNDLE, "{", "[", ERR_FORMAT, "line 1"},
	{&BUNDLE, "\"format\": 1", "\"format\": 2", ERR_VERSION, "format 2; this program knows up to 1"},
	{&BUNDLE, "\"format\": 1", "\"format\": 0", ERR_FORMAT, "format"},
	{&BUNDLE, "\"format\": 1", "\"format\": \"1\"", ERR_FORMAT, "format"},
	{&BUNDLE, "\"format\": 1,", "", ERR_FORMAT, "format"},
	{&BUNDLE, "\"source\": \"da\"", "\"source\": \"en\"", ERR_FORMAT,
	 "\"source\": \"en\" is not among the languages"},
	{&BUNDLE, "\"source\": \"da\"", "\"source\": null", ERR_FORMAT, "source"},
	{&BUNDLE, "\"code\": \"ar\"", "\"code\": \"da\"", ERR_FORMAT, "\"languages\": \"da\" stands twice"},
	{&BUNDLE, "\"code\": \"ar\"", "\"code\": \"../x\"", ERR_FORMAT,
	 "languages[1]: \"code\": \"../x\" is not allowed"},
	{&BUNDLE, "\"code\": \"ar\"", "\"code\": \"a\"", ERR_FORMAT, "code"},
	{&BUNDLE, "\"code\": \"ar\"", "\"code\": \"arabic\"", ERR_FORMAT, "code"},
	{&BUNDLE, "\"code\": \"ar\"", "\"code\": \"ar-\"", ERR_FORMAT, "code"},
	{&BUNDLE, "\"rtl\": true", "\"rtl\": 1", ERR_FORMAT, "languages[1]: \"rtl\""},
	{&BUNDLE, "Dansk", "", ERR_FORMAT, "languages[0]: \"name\": must be one line of text, not empty"},
	{&BUNDLE, "Dansk", "Dan\\nsk", ERR_FORMAT, "languages[0]: \"name\": must be one line of text"},
	{&BUNDLE, "\"id\": \"daycare\"", "\"id\": \"Daycare\"", ERR_FORMAT,
	 "topics[0]: \"id\": \"Daycare\" is not allowed"},
	{&BUNDLE, "\"id\": \"daycare\"", "\"id\": \"a/b\"", ERR_FORMAT, "id"},
	{&BUNDLE, "\"id\": \"daycare\"", "\"id\": \"health\"", ERR_FORMAT, "\"topics\": \"health\" stands twice"},
	{&BUNDLE, "\"costs\", \"start\"", "\"start\", \"start\"", ERR_FORMAT,
	 "daycare: \"pages\": \"start\" stands twice"},
	{&BUNDLE, "{\"page\": \"start\"", "{\"page\": \"end\"", ERR_FORMAT,
	 "daycare: \"marks\": the topic has no page \"end\""},
	{&BUNDLE, "\"seniors\"", "\"martians\"", ERR_FORMAT, "\"martians\" is unknown"},
	{&BUNDLE, "\"sensitive\": true", "\"sensitive\": 1", ERR_FORMAT, "sensitive"},
	{&BUNDLE, "\"costs\"", "5", ERR_FORMAT, "pages[0]"},
	{&BUNDLE, "t-1.svg", "../t.svg", ERR_FORMAT, "picture"},
	{&BUNDLE, "t-1.svg", ".svg", ERR_FORMAT, "picture"},
	{&BUNDLE, "t-1.svg", "t.svg.exe", ERR_FORMAT, "picture"},
	{&BUNDLE, "arrowDown", "a b", ERR_FORMAT, "daycare: \"icon\""},
	{&BUNDLE, "\"pages\": []", "\"pages\": {}", ERR_FORMAT, "health: \"pages\""},
	{&TOPICS, "[{", "[5, {", ERR_FORMAT, "topics[0]"},
	{&TOPICS, "\"topics\"", "\"topic\"", ERR_FORMAT, "\"topics\": is missing"},
	{&TOPICS, "\"Dagtilbud\"", "[\"Dagtilbud\"]", ERR_FORMAT, "topics[0]: \"title\""},
	{&TOPICS, "]", ",{\"id\": \"daycare\", \"title\": \"T\", \"summary\": \"S\"}]", ERR_FORMAT, "stands twice"},
	{&PAGE, "\"0123abcd\"", "\"0123abc\"", ERR_FORMAT, "\"parts\": must be groups of 4 of 0-9 and a-f"},
	{&PAGE, "\"0123abcd\"", "\"0123ABCD\"", ERR_FORMAT, "\"parts\": must be groups"},
	{&PAGE, "\"0123abcd\"", "\"\"", ERR_FORMAT, "\"parts\""},
	{&PAGE, "\"0123abcd\"", "4", ERR_FORMAT, "\"parts\""},
	{&PAGE, "\"title\": \"Pris\"", "\"title\": 5", ERR_FORMAT, "title"},
	{&PAGE, "2026-11-01", "2026-11-31", ERR_FORMAT, "\"reviewed\": \"2026-11-31\" is not allowed; allowed: a date"},
	{&PAGE, "2027-11-01", "2027", ERR_FORMAT, "valid_to"},
	{&PAGE, "\"checked\"", "\"perfect\"", ERR_FORMAT, "\"translation\": \"perfect\" is unknown"},
	{&PAGE, "\"minutes\": 3", "\"minutes\": 0", ERR_FORMAT, "minutes"},
	{&PAGE, "\"minutes\": 3", "\"minutes\": 601", ERR_FORMAT, "minutes"},
	{&PAGE, "\"kind\": \"heading\"", "\"kind\": \"film\"", ERR_FORMAT, "blocks[1]: \"kind\": \"film\" is unknown"},
	{&PAGE, "\"kind\": \"heading\", ", "", ERR_FORMAT, "blocks[1]: \"kind\""},
	{&PAGE, "\"title\": \"Sådan\"", "\"title\": \"\"", ERR_FORMAT, "blocks[1]: \"title\""},
	{&PAGE, "[{\"text\": \"én\"}]", "[]", ERR_FORMAT, "blocks[3]: items[0]: \"text\": must hold at least 1"},
	{&PAGE, "[{\"text\": \"én\"}]", "\"én\"", ERR_FORMAT, "blocks[3]: items[0]: \"text\""},
	{&PAGE, "{\"text\": \"én\"}", "{\"text\": \"\"}", ERR_FORMAT,
	 "text[0]: \"text\": must be one line of text, not empty"},
	{&PAGE, "{\"text\": \"én\"}", "{\"text\": \"\\u0001\"}", ERR_FORMAT, "text[0]: \"text\": must be one line"},
	{&PAGE, "\"daycare/start\"", "\"daycare\"", ERR_FORMAT,
	 "blocks[0]: text[1]: \"to\": \"daycare\" is not allowed"},
	{&PAGE, "\"daycare/start\"", "\"a/b/c\"", ERR_FORMAT, "to"},
	{&PAGE, "\"to\": ", "\"too\": ", ERR_FORMAT, "to"},
	{&PAGE, "\"bold\"", "\"blink\"", ERR_FORMAT, "text[3]: \"kind\": \"blink\" is unknown"},
	{&PAGE, "\"urgent\"", "\"funny\"", ERR_FORMAT, "blocks[4]: \"callout\": \"funny\" is unknown"},
	{&PAGE, "\"kommunen\"", "\"Kommunen\"", ERR_FORMAT, "contact"},
	{&PAGE, "\"related\": [\"daycare/start\"]", "\"related\": [\"\"]", ERR_FORMAT, "related[0]"},
	{&PAGE, "\"coins\"", "\"../coins\"", ERR_FORMAT, "icon"},
	{&PAGE, "\"items\": [{\"title\"", "\"items\": [{\"titel\"", ERR_FORMAT, "blocks[2]: items[0]: \"title\""},
	{&PLACES, "\"id\": \"b\"", "\"id\": \"a\"", ERR_FORMAT, "\"places\": \"a\" does not come after \"a\""},
	{&PLACES, "\"id\": \"a\"", "\"id\": \"c\"", ERR_FORMAT, "ascend"},
	{&PLACES, "\"phone\": \"99\"", "\"phone\": 99", ERR_FORMAT, "b: \"phone\""},
	{&PLACES, "\"name\": \"B\", ", "", ERR_FORMAT, "places[1]: b: \"name\""},
	{&PLACES, "\"club\"", "5", ERR_FORMAT, "places[1]: b: \"kind\""},
	{&PLACES, "[\"swim\"]", "[\"swim\", 5]", ERR_FORMAT, "places[1]: b: activities[1]"},
	{&PLACES, "56.80,9.51", "56.80,9.51,", ERR_FORMAT, "b: \"geo\""},
	{&PLACES, "56.80,9.51", "", ERR_FORMAT, "b: \"geo\""},
	{&PLACES, "\"fritidspas\": true", "\"fritidspas\": null", ERR_FORMAT, "b: \"fritidspas\""},
	{&NOTICES, "2026-11-26T12:10:00Z", "2026-11-26T12:10:00", ERR_FORMAT, "a: \"from\""},
	{&NOTICES, "\"urgent\"", "\"Urgent\"", ERR_FORMAT, "notices[0]: a: \"urgency\": \"Urgent\" is unknown"},
	{&NOTICES, "[\"ar\"]", "[\"AR\"]", ERR_FORMAT, "a: missing[0]"},
	{&NOTICES, "\"source\"", "\"found\"", ERR_FORMAT, "a: \"translation\": \"found\" is unknown"},
	{&WORDS, "\"words\"", "\"word\"", ERR_FORMAT, "words"},
	{&WORDS, "[\"Tilbage\"]", "\"Tilbage\"", ERR_FORMAT, "Back"},
	{&WORDS, "[\"Tilbage\"]", "[]", ERR_FORMAT, "\"Back\": must hold at least 1"},
	{&WORDS, "[\"Tilbage\"]", "[\"a\", \"b\"]", ERR_LIMIT, "Back"},
	{&WORDS, "Tilbage", "%n", ERR_FORMAT, "Back[0]: \"%\" may only stand in %d and %s"},
	{&WORDS, "Tilbage", "%s", ERR_FORMAT, "Back[0]: %s must not stand in it"},
	{&WORDS, "Tilbage", "%d", ERR_FORMAT, "Back[0]: %d must not stand in it"},
	{&WORDS, "Rettet %s", "Rettet", ERR_FORMAT, "Updated %s[0]: %s must stand in it exactly once"},
	{&WORDS, "Rettet %s", "%s %s", ERR_FORMAT, "%s must stand in it exactly once"},
	{&WORDS, "%d minutter", "%d%d minutter", ERR_FORMAT, "%d minute[1]: %d must stand in it exactly once"},
	{&WORDS, "%d minutter", "to minutter", ERR_NONE, ""},
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		char *text = alter(refused[i].kind->good, refused[i].from, refused[i].to);
		struct arena arena = {0};
		struct buf out = {0};
		struct err err = {0};
		bool ok = refused[i].kind->again(text, strlen(text), &arena, &out, &err);

		if (ok != (refused[i].code == ERR_NONE) || err.code != refused[i].code ||
		    !strstr(err.text, refused[i].says))
			fail_msg("row %zu (%s): %s: %s", i, refused[i].to, err_name(err.code), err.text);
		buf_finish(&out);
		arena_finish(&arena);
		free(text);
	}
}

/* One more than allowed of everything that is counted. */
static const struct {
	const struct kind *kind;
	const char *after, *item; /* `item` (printf of a number) is put in `count` times behind `after` */
	size_t most;
} limits[] = {
	{&BUNDLE, "\"languages\": [", "{\"code\": \"x%c%c\", \"name\": \"N\", \"rtl\": false},", LANGUAGES_MAX - 2},
	{&BUNDLE, "\"topics\": [", "{\"id\": \"x%c%c\", \"icon\": \"i\", \"hue\": \"h\", \"pages\": []},",
	 TOPICS_MAX - 2},
	{&BUNDLE, "\"pages\": [", "\"x%c%c\",", PAGES_MAX - 2},
	{&PAGE, "\"blocks\": [", "{\"kind\": \"heading\", \"title\": \"%c%c\"},", BLOCKS_MAX - 5},
	{&PAGE, "\"items\": [", "{\"title\": \"%c%c\", \"text\": []},", ITEMS_MAX - 2},
	{&PAGE, "\"facts\": [", "{\"icon\": \"%c%c\", \"label\": \"L\", \"value\": \"V\"},", FACTS_MAX - 1},
	{&PAGE, "\"terms\": [", "{\"term\": \"%c%c\", \"meaning\": \"M\"},", TERMS_MAX - 1},
	{&PAGE, "\"related\": [", "\"x/%c%c\",", RELATED_MAX - 1},
	{&PAGE, "\"kind\": \"paragraph\", \"text\": [", "{\"text\": \"%c%c\"},", RUNS_MAX - 4},
	{&PAGE, "\"title\": \"", "%c%c", (TITLE_MAX - 4) / 2},
	{&PAGE, "\"summary\": \"", "%c%c", (SUMMARY_MAX - 16) / 2},
	{&PAGE, "{\"text\": \"Se ", "%c%c", (TEXT_MAX - 10) / 2},
	{&PLACES, "\"places\": [", "{\"id\": \"A\", \"name\": \"%c%c\"},", 0},
	{&PLACES, "\"activities\": [", "\"%c%c\",", 19},
	{&PLACES, "\"speaks\": [", "\"%c%c\",", 18},
	{&NOTICES, "\"acts\": [", "{\"id\": \"x%c%c\", \"icon\": \"i\", \"text\": \"T\"},", NOTICE_ACTS_MAX - 1},
	{&WORDS, "[\"%d minut\"", ", \"%c%c\"", PLURAL_FORMS_MAX - 2},
	{&WORDS, "Tilbage", "%c%c", (SUMMARY_MAX - 8) / 2},
};

static bool parse_with(size_t row, size_t count, struct err *err)
{
	const char *good = limits[row].kind->good;
	const char *at = strstr(good, limits[row].after) + strlen(limits[row].after);
	struct arena arena = {0};
	struct buf text = {0};
	struct buf out = {0};

	buf_append(&text, good, (size_t)(at - good));
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, limits[row].item, (int)('a' + i / 26 % 26), (int)('a' + i % 26));
	buf_append_text(&text, at);
	bool ok = limits[row].kind->again(text.data, text.len, &arena, &out, err);
	buf_finish(&text);
	buf_finish(&out);
	arena_finish(&arena);
	return ok;
}

static void test_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct err err = {0};

		if (!parse_with(i, limits[i].most, &err))
			fail_msg("row %zu, the most: %s", i, err.text);
		if (parse_with(i, limits[i].most + 1, &err))
			fail_msg("row %zu: one more is accepted", i);
		if (limits[i].most > 0 && err.code != ERR_LIMIT)
			fail_msg("row %zu: %s: %s", i, err_name(err.code), err.text);
	}
}

static void test_too_large(void **state)
{
	struct arena arena = {0};
	struct err err = {0};
	struct page parsed;
	char *spaces = malloc(DOCUMENT_BYTES_MAX + 1);

	(void)state;
	memset(spaces, ' ', DOCUMENT_BYTES_MAX + 1);
	assert_false(page_parse(spaces, DOCUMENT_BYTES_MAX + 1, &arena, &parsed, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	free(spaces);
	arena_finish(&arena);
}

/* What is written is read as the same, and written as the same bytes. */
static void test_again(void **state)
{
	static const struct kind *const kinds[] = {&BUNDLE, &TOPICS, &PAGE, &PLACES, &NOTICES, &WORDS};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct arena arena = {0};
		struct buf once = {0};
		struct buf twice = {0};
		struct err err = {0};

		assert_true(kinds[i]->again(kinds[i]->good, strlen(kinds[i]->good), &arena, &once, &err));
		assert_true(kinds[i]->again(once.data, once.len, &arena, &twice, &err));
		assert_string_equal(once.data, twice.data);
		buf_finish(&once);
		buf_finish(&twice);
		arena_finish(&arena);
	}
}

static void test_page_in_memory(void **state)
{
	struct arena arena = {0};
	struct err err = {0};
	struct page parsed;

	(void)state;
	assert_true(page_parse(page, strlen(page), &arena, &parsed, &err));
	assert_int_equal(parsed.block_count, BLOCK_KIND_COUNT);
	const struct rich *rich = &parsed.blocks[0].text;
	assert_string_equal(rich->text, "Se her, nu");
	assert_int_equal(rich->len, 10);
	assert_int_equal(rich->span_count, 2);
	assert_true(rich->spans[0].start == 3 && rich->spans[0].len == 3 && rich->spans[0].kind == SPAN_LINK);
	assert_string_equal(rich->spans[0].target, "daycare/start");
	assert_true(rich->spans[1].start == 8 && rich->spans[1].kind == SPAN_BOLD && !rich->spans[1].target);
	assert_string_equal(parsed.blocks[2].items[0].text.text, "");
	assert_true(parsed.blocks[4].callout == CALLOUT_URGENT && parsed.translation == TRANSLATION_CHECKED);
	assert_true(strcmp(parsed.revision, "0a1b2c3d") == 0 && parsed.minutes == 3);
	assert_ptr_equal(page_term(&parsed, "Dagplejen", 9), &parsed.terms[0]);
	assert_null(page_term(&parsed, "dagplejer", 9));
	assert_null(page_term(&parsed, "", 0));
	arena_finish(&arena);
}

static void test_term_in_capitals(void **state)
{
	struct page with = {.terms = {{"ældreråd", "x"}, {"Aula", "y"}}, .term_count = 2};

	(void)state;
	assert_non_null(page_term(&with, "Ældreråd", strlen("Ældreråd")));
	assert_non_null(page_term(&with, "aula", 4));
	assert_null(page_term(&with, "ÆLDRERÅD", strlen("ÆLDRERÅD")));
	assert_null(page_term(&with, "\xc3", 1));
}

/* Each of our allocations fails in turn: no leak, no crash, "no memory". */
static void test_no_memory(void **state)
{
	static const struct kind *const kinds[] = {&BUNDLE, &TOPICS, &PAGE, &PLACES, &NOTICES, &WORDS};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		bool ok = false;

		for (size_t n = 0; !ok; n++) {
			struct arena arena = {0};
			struct buf out = {0};
			struct err err = {0};

			allocations_left = n;
			ok = kinds[i]->again(kinds[i]->good, strlen(kinds[i]->good), &arena, &out, &err);
			allocations_left = SIZE_MAX;
			assert_true(ok || err.code == ERR_MEMORY);
			buf_finish(&out);
			arena_finish(&arena);
			assert_true(n < 100000);
		}
	}
}

/* The msgid is the key in PO files and documents. */
static void test_words_differ(void **state)
{
	(void)state;
	for (int a = 0; a < WORD_COUNT; a++) {
		const struct word_message *message = &word_messages[a];

		for (int b = 0; b < a; b++)
			assert_string_not_equal(message->msgid, word_messages[b].msgid);
		assert_null(word_form_fault((enum word)a, message->msgid));
		assert_null(word_form_fault((enum word)a, message->plural ? message->plural : message->msgid));
	}
}

static void test_valid_names(void **state)
{
	(void)state;
	assert_true(document_id_valid("a-1"));
	assert_false(document_id_valid(""));
	assert_true(document_id_valid("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"));
	assert_false(document_id_valid("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde"));
	assert_true(document_lang_valid("zh-Hant-TW"));
	assert_true(document_lang_valid("ckb"));
	assert_false(document_lang_valid("Zh"));
	assert_false(document_lang_valid("zh-Hant-TW-x-aa"));
	assert_false(document_page_path_valid("/a"));
	assert_false(document_page_path_valid("a/"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),        cmocka_unit_test(test_limits),
		cmocka_unit_test(test_too_large),      cmocka_unit_test(test_again),
		cmocka_unit_test(test_page_in_memory), cmocka_unit_test(test_term_in_capitals),
		cmocka_unit_test(test_no_memory),      cmocka_unit_test(test_words_differ),
		cmocka_unit_test(test_valid_names),
	};

	return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
