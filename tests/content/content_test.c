/* The index of a generation: built only from a bundle that hangs together, read without a crash however it is
 * damaged. */
#include "content/content.h"

#include "base/array.h"
#include "base/crypto.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static size_t allocations_left = SIZE_MAX;

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool fails(void)
{
	return allocations_left == 0 || allocations_left-- == 0;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

#define PAGE(title, link, contact, related) PAGE_OF("12345678", title, link, contact, related)
#define PAGE_OF(revision, title, link, contact, related) \
	"{\"title\": \"" title "\", \"summary\": \"Om " title "\", \"icon\": \"coins\", \"reviewed\": \"2026-11-01\"," \
	" \"valid_to\": \"2027-11-01\", \"translation\": \"source\", \"revision\": \"" revision "\", \"minutes\": 1," \
	" \"blocks\": [{\"kind\": \"list\", \"items\": [{\"text\": [{\"text\": \"her\", \"kind\": \"link\", \"to\": " \
	"\"" link "\"}]}]}], \"contact\": \"" contact "\", \"related\": [\"" related "\"]}"
#define PLACE(id, name) "{\"id\": \"" id "\", \"icon\": \"civic\", \"name\": \"" name "\", \"danish\": \"D\"}"

struct file {
	const char *path, *text;
};

static const struct file good[] = {
	{"bundle.json",
	 "{\"format\": 1, \"municipality\": \"V\", \"source\": \"da\", \"languages\": [{\"code\": \"en\", \"name\": "
	 "\"English\","
	 " \"rtl\": false}, {\"code\": \"da\", \"name\": \"Dansk\", \"rtl\": false}, {\"code\": \"ar\", \"name\": "
	 "\"A\","
	 " \"rtl\": true}], \"topics\": [{\"id\": \"health\", \"icon\": \"h\", \"hue\": \"health\", \"pages\": "
	 "[\"doctor\"]},"
	 " {\"id\": \"daycare\", \"icon\": \"d\", \"hue\": \"daycare\", \"picture\": \"p.svg\", \"pages\": [\"start\","
	 " \"costs\"]}]}"},
	{"topics/da.json", "{\"topics\": [{\"id\": \"daycare\", \"title\": \"Dagtilbud\", \"summary\": \"S\"},"
			   " {\"id\": \"health\", \"title\": \"Sundhed\", \"summary\": \"S\"}]}"},
	{"topics/en.json", "{\"topics\": [{\"id\": \"health\", \"title\": \"Health\", \"summary\": \"S\"}]}"},
	{"places/da.json", "{\"places\": [" PLACE("a", "Et") ", " PLACE("b", "To") "]}"},
	{"places/en.json", "{\"places\": [" PLACE("a", "One") "]}"},
	{"ui/da.json", "{\"words\": {\"Back\": [\"Tilbage\"], \"%d minute\": [\"%d minut\", \"%d minutter\"]}}"},
	{"pages/da/daycare/costs.json", PAGE("Pris", "health/doctor", "a", "daycare/start")},
	{"pages/da/daycare/start.json", PAGE("Start", "daycare/costs", "b", "daycare/costs")},
	{"pages/da/health/doctor.json", PAGE("Læge", "daycare/costs", "b", "daycare/costs")},
	{"pages/en/daycare/costs.json", PAGE_OF("87654321", "Price", "health/doctor", "a", "daycare/start")},
	{"pages/fr/daycare/costs.json", "of a language the bundle does not have: passed over"},
	{"pictures/p.svg", "<svg/>"},
	{"videos/later.webm", "of a later version: passed over"},
};

struct fixture {
	struct file files[ARRAY_LEN(good)];
	size_t count;
	char hex[ARRAY_LEN(good)][SHA256_HEX_MAX];
	char folder[64];
	char path[96];
};

static bool read_object(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct fixture *fixture = context;

	for (size_t i = 0; i < fixture->count; i++) {
		if (strcmp(fixture->hex[i], sha256) != 0)
			continue;
		if (strlen(fixture->files[i].text) > limit)
			return err_set(err, ERR_LIMIT, "too large");
		buf_clear(out);
		return buf_append_text(out, fixture->files[i].text) || err_memory(err);
	}
	return err_set(err, ERR_MISSING, "no such object");
}

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){.count = ARRAY_LEN(good), .folder = "/tmp/content_test.XXXXXX"};
	memcpy(fixture.files, good, sizeof(good));
	assert_non_null(mkdtemp(fixture.folder));
	/* A name that must be escaped in SQLite's URI. */
	snprintf(fixture.path, sizeof(fixture.path), "%s/in?dex%%1#.db", fixture.folder);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->path);
	/* Fails when SQLite has left anything beside its file. */
	return rmdir(fixture->folder);
}

static struct content_objects objects_of(struct fixture *fixture)
{
	return (struct content_objects){read_object, fixture};
}

static bool build(struct fixture *fixture, struct err *err)
{
	struct content_target targets[ARRAY_LEN(good)];
	struct err ignored = {0};

	for (size_t i = 0; i < fixture->count; i++) {
		const char *text = fixture->files[i].text;

		if (!sha256_hex(text, strlen(text), fixture->hex[i], &ignored))
			return err_memory(err);
		targets[i] = (struct content_target){fixture->files[i].path, fixture->hex[i], (int64_t)strlen(text)};
	}
	return content_index_build(targets, fixture->count, objects_of(fixture), 1700000000, fixture->path, err);
}

static struct content *open_built(struct fixture *fixture)
{
	struct content *content = NULL;
	struct err err = {0};

	if (!build(fixture, &err) || !content_open(fixture->path, objects_of(fixture), &content, &err))
		fail_msg("%s", err.text);
	return content;
}

static void test_what_it_says(void **state)
{
	struct content *content = open_built(*state);
	struct arena arena = {0};
	struct buf picture = {0};
	struct err err = {0};
	struct page page;

	assert_int_equal(content_published(content), 1700000000);
	assert_int_equal(content_bundle(content)->topic_count, 2);
	assert_int_equal(content_language(content, "en"), 0);
	assert_int_equal(content_language(content, "fr"), -1);
	assert_string_equal(content_topic(content, "daycare")->pages[1], "costs");
	assert_null(content_topic(content, "school"));
	assert_true(content_page(content, 0, "daycare", "costs", &arena, &page, &err));
	assert_string_equal(page.title, "Price");
	assert_true(page.source_newer);
	assert_true(content_page(content, 1, "daycare", "costs", &arena, &page, &err));
	assert_false(page.source_newer);
	assert_true(content_page(content, 0, "daycare", "costs", &arena, &page, &err));
	assert_string_equal(page.blocks[0].items[0].text.spans[0].target, "health/doctor");
	assert_false(content_page(content, 0, "daycare", "start", &arena, &page, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_false(content_page(content, 0, "daycare", "nothing", &arena, &page, &err));
	assert_false(content_page(content, 3, "daycare", "costs", &arena, &page, &err));
	assert_true(content_picture(content, "p.svg", &picture, &err));
	assert_string_equal(picture.data, "<svg/>");
	assert_false(content_picture(content, "q.svg", &picture, &err));
	assert_int_equal(err.code, ERR_MISSING);
	buf_finish(&picture);
	arena_finish(&arena);
	content_close(content);
}

/* What a language lacks comes from the source language; a page says so. */
static void test_falling_back(void **state)
{
	struct content *content = open_built(*state);
	bool translated = false;

	assert_string_equal(content_topic_text(content, 0, "health")->title, "Health");
	assert_string_equal(content_topic_text(content, 0, "daycare")->title, "Dagtilbud");
	assert_null(content_topic_text(content, 0, "school"));
	assert_string_equal(content_place(content, 0, "a")->name, "One");
	assert_string_equal(content_place(content, 0, "b")->name, "To");
	assert_string_equal(content_place(content, 2, "a")->name, "Et");
	assert_null(content_place(content, 1, "c"));
	assert_string_equal(content_page_title(content, 0, "daycare", "costs", &translated)->title, "Price");
	assert_true(translated);
	assert_string_equal(content_page_title(content, 0, "health", "doctor", &translated)->summary, "Om Læge");
	assert_false(translated);
	assert_null(content_page_title(content, 1, "health", "costs", &translated));
	assert_string_equal(content_word(content, 1, WORD_BACK, 0), "Tilbage");
	assert_string_equal(content_word(content, 1, WORD_MINUTES, 1), "%d minutter");
	assert_string_equal(content_word(content, 1, WORD_MINUTES, 5), "%d minutter");
	assert_string_equal(content_word(content, 1, WORD_SEARCH, 0), "Search");
	assert_string_equal(content_word(content, 2, WORD_MINUTES, 0), "%d minute");
	assert_string_equal(content_word(content, 2, WORD_MINUTES, 3), "%d minutes");
	content_close(content);
}

/* One file of the bundle changed: what must be told. */
static const struct {
	const char *path;
	const char *text; /* NULL: the file is gone */
	enum err_code code;
	const char *says;
} broken[] = {
	{"bundle.json", NULL, ERR_FORMAT, "bundle.json: the bundle lacks it"},
	{"bundle.json", "{}", ERR_FORMAT, "bundle.json: \"format\": is missing"},
	{"bundle.json", "{\"format\": 7}", ERR_VERSION, "bundle.json: the content has format 7"},
	{"topics/da.json", NULL, ERR_FORMAT, "topics/da.json: the bundle lacks it"},
	{"topics/da.json", "{\"topics\": []}", ERR_FORMAT, "topics/da.json: the topic \"health\" has no title"},
	{"topics/en.json", NULL, ERR_NONE, ""},
	{"topics/en.json", "[]", ERR_FORMAT, "topics/en.json: "},
	{"places/da.json", NULL, ERR_FORMAT, "contact: the bundle has no place \"a\""},
	{"places/en.json", "{\"places\": 1}", ERR_FORMAT, "places/en.json: "},
	{"ui/da.json", NULL, ERR_NONE, ""},
	{"ui/da.json", "{\"words\": {\"Back\": [\"%s\"]}}", ERR_FORMAT, "ui/da.json: Back[0]"},
	{"pages/da/daycare/costs.json", NULL, ERR_FORMAT, "costs.json: bundle.json names it, but the bundle lacks it"},
	{"pages/da/daycare/costs.json", "{}", ERR_FORMAT, "pages/da/daycare/costs.json: \"title\""},
	{"pages/da/daycare/costs.json", PAGE("P", "daycare/gone", "a", "daycare/start"), ERR_FORMAT,
	 "pages/da/daycare/costs.json: link: the bundle has no page \"daycare/gone\""},
	{"pages/da/daycare/costs.json", PAGE("P", "daycare/start", "a", "health/gone"), ERR_FORMAT,
	 "related: the bundle has no page \"health/gone\""},
	{"pages/da/daycare/costs.json", PAGE("P", "daycare/start", "nobody", "daycare/start"), ERR_FORMAT,
	 "contact: the bundle has no place \"nobody\""},
	{"pages/en/daycare/costs.json", NULL, ERR_NONE, ""},
	{"pages/en/daycare/costs.json", "null", ERR_FORMAT, "pages/en/daycare/costs.json: "},
	{"pictures/p.svg", NULL, ERR_FORMAT, "pictures/p.svg: it is named, but the bundle lacks it"},
};

static void test_broken_bundles(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		struct err err = {0};

		fixture->count = 0;
		for (size_t f = 0; f < ARRAY_LEN(good); f++) {
			bool hit = strcmp(good[f].path, broken[i].path) == 0;

			if (!hit || broken[i].text)
				fixture->files[fixture->count++] =
					(struct file){good[f].path, hit ? broken[i].text : good[f].text};
		}
		bool ok = build(fixture, &err);
		if (ok != (broken[i].code == ERR_NONE) || err.code != broken[i].code ||
		    !strstr(err.text, broken[i].says))
			fail_msg("row %zu (%s): %s: %s", i, broken[i].path, err_name(err.code), err.text);
		assert_int_equal(access(fixture->path, F_OK), ok ? 0 : -1);
		unlink(fixture->path);
	}
}

static void test_named_twice(void **state)
{
	struct fixture *fixture = *state;
	struct err err = {0};

	fixture->files[ARRAY_LEN(good) - 1] = good[3];
	assert_false(build(fixture, &err));
	assert_string_equal(err.text, "places/da.json: the bundle names it twice");
}

/* The object is not what was signed, or not there, or larger than any document. */
static void test_wrong_objects(void **state)
{
	struct fixture *fixture = *state;
	struct err err = {0};
	struct content_target target = {"bundle.json", fixture->hex[0], 2};

	assert_true(sha256_hex("{}", 2, fixture->hex[0], &err));
	assert_false(content_index_build(&target, 1, objects_of(fixture), 0, fixture->path, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	fixture->hex[0][0] = '\0';
	target.sha256 = "00";
	assert_false(content_index_build(&target, 1, objects_of(fixture), 0, fixture->path, &err));
	assert_int_equal(err.code, ERR_MISSING);
	target.len = (int64_t)DOCUMENT_BYTES_MAX + 1;
	assert_false(content_index_build(&target, 1, objects_of(fixture), 0, fixture->path, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(access(fixture->path, F_OK), -1);
}

static void test_must_be_new(void **state)
{
	struct fixture *fixture = *state;
	struct err err = {0};

	assert_true(build(fixture, &err));
	assert_false(build(fixture, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(access(fixture->path, F_OK), 0);
}

static size_t load(const char *path, char **bytes)
{
	int fd = open(path, O_RDONLY);
	struct stat is;

	assert_true(fd >= 0 && fstat(fd, &is) == 0);
	*bytes = malloc((size_t)is.st_size);
	assert_int_equal(read(fd, *bytes, (size_t)is.st_size), is.st_size);
	close(fd);
	return (size_t)is.st_size;
}

static void save(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void test_same_bytes(void **state)
{
	struct fixture *fixture = *state;
	struct err err = {0};
	char *first;
	char *second;

	assert_true(build(fixture, &err));
	size_t len = load(fixture->path, &first);
	unlink(fixture->path);
	/* The order in which targets are named does not matter. */
	struct file last = fixture->files[ARRAY_LEN(good) - 1];
	fixture->files[ARRAY_LEN(good) - 1] = fixture->files[0];
	fixture->files[0] = last;
	assert_true(build(fixture, &err));
	assert_int_equal(load(fixture->path, &second), len);
	assert_memory_equal(first, second, len);
	free(first);
	free(second);
}

/* Everything a visitor could be shown; false when anything was refused as damaged. What is shown must be right. */
static bool read_everything(struct fixture *fixture)
{
	static const char *const pages[][2] = {{"daycare", "costs"}, {"daycare", "start"}, {"health", "doctor"}};
	static const char *const titles[] = {"Pris", "Start", "Læge"};
	struct content *content;
	struct err err = {0};
	bool translated;
	bool whole = true;

	if (!content_open(fixture->path, objects_of(fixture), &content, &err)) {
		assert_true(err.code == ERR_CORRUPT || err.code == ERR_VERSION || err.code == ERR_IO);
		return false;
	}
	assert_string_equal(content_topic_text(content, 1, "health")->title, "Sundhed");
	assert_string_equal(content_place(content, 2, "b")->name, "To");
	for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
		struct arena arena = {0};
		struct page page;

		assert_string_equal(content_page_title(content, 2, pages[i][0], pages[i][1], &translated)->title,
				    titles[i]);
		err = (struct err){0};
		if (content_page(content, 1, pages[i][0], pages[i][1], &arena, &page, &err))
			assert_string_equal(page.title, titles[i]);
		else
			whole = false;
		assert_true(err.code == ERR_NONE || err.code == ERR_CORRUPT || err.code == ERR_MISSING);
		arena_finish(&arena);
	}
	content_close(content);
	return whole;
}

static void test_damaged(void **state)
{
	struct fixture *fixture = *state;
	struct err err = {0};
	char *bytes;
	size_t refused = 0;
	size_t tried = 0;

	assert_true(build(fixture, &err));
	assert_true(read_everything(fixture));
	size_t len = load(fixture->path, &bytes);
	/* Every byte of the header and of the pages' heads, and every eleventh of all others. */
	for (size_t at = 0; at < len; at += at < 200 || at % 4096 < 64 ? 1 : 11) {
		if (bytes[at] == 0 && at % 3)
			continue;
		bytes[at] = (char)(bytes[at] ^ (at % 2 ? 0xff : 0x20));
		save(fixture->path, bytes, len);
		refused += !read_everything(fixture);
		tried++;
		bytes[at] = (char)(bytes[at] ^ (at % 2 ? 0xff : 0x20));
	}
	assert_true(refused > tried / 4);
	for (size_t cut = 0; cut < len; cut += 1 + len / 100) {
		save(fixture->path, bytes, cut);
		assert_false(read_everything(fixture));
	}
	free(bytes);
}

/* A damaged revision would make a good translation look outdated. */
static void test_damaged_revision(void **state)
{
	static const char row[] = "dapagesdaycarecosts12345678"; /* as the columns stand in the file */
	struct fixture *fixture = *state;
	struct content *content;
	struct err err = {0};
	char *bytes;

	assert_true(build(fixture, &err));
	size_t len = load(fixture->path, &bytes);
	char *at = memmem(bytes, len, row, strlen(row));
	assert_non_null(at);
	at[strlen(row) - 1] = '9';
	save(fixture->path, bytes, len);
	free(bytes);
	assert_false(content_open(fixture->path, objects_of(fixture), &content, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

/* Each of our allocations fails in turn: no leak, no crash, nothing half-made is left. */
static void test_no_memory(void **state)
{
	struct fixture *fixture = *state;
	struct content *content = NULL;
	struct err err = {0};
	bool built = false;

	assert_true(build(fixture, &err));
	unlink(fixture->path);
	for (size_t n = 0; !content; n++) {
		err = (struct err){0};
		allocations_left = n;
		built = built || build(fixture, &err);
		if (built && !content_open(fixture->path, objects_of(fixture), &content, &err))
			content = NULL;
		allocations_left = SIZE_MAX;
		assert_true(content || err.code == ERR_MEMORY);
		assert_int_equal(access(fixture->path, F_OK), built ? 0 : -1);
		assert_true(n < 10000);
	}
	content_close(content);
}

/* A language is read when it is first asked for. Without memory then, the source language stands in; asked to, it says
 * why. */
static void test_no_memory_for_a_language(void **state)
{
	struct content *content = open_built(*state);
	struct err err = {0};
	bool translated;
	bool ok = false;

	allocations_left = 0;
	assert_string_equal(content_place(content, 0, "a")->name, "Et");
	assert_string_equal(content_page_title(content, 0, "daycare", "costs", &translated)->title, "Pris");
	assert_false(translated);
	for (size_t n = 0; !ok; n++) {
		err = (struct err){0};
		allocations_left = n;
		ok = content_read(content, 0, &err);
		assert_true(ok || err.code == ERR_MEMORY);
		assert_true(n < 1000);
	}
	allocations_left = SIZE_MAX;
	assert_string_equal(content_topic_text(content, 0, "health")->title, "Health");
	assert_string_equal(content_place(content, 0, "a")->name, "One");
	content_close(content);
}

/* Damage to what is read later is noticed when the view is opened. */
static void test_damaged_language(void **state)
{
	static const char *const texts[] = {"Health", "One", "Price"};
	struct fixture *fixture = *state;
	struct content *content;
	struct err err = {0};
	char *bytes;

	assert_true(build(fixture, &err));
	size_t len = load(fixture->path, &bytes);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		char *at = memmem(bytes, len, texts[i], strlen(texts[i]));

		assert_non_null(at);
		*at ^= 1;
		save(fixture->path, bytes, len);
		*at ^= 1;
		assert_false(content_open(fixture->path, objects_of(fixture), &content, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
	}
	free(bytes);
}

static void test_not_there(void **state)
{
	struct fixture *fixture = *state;
	struct content *content;
	struct err err = {0};

	assert_false(content_open(fixture->path, objects_of(fixture), &content, &err));
	assert_int_equal(err.code, ERR_MISSING);
	save(fixture->path, "", 0);
	assert_false(content_open(fixture->path, objects_of(fixture), &content, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	content_close(NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_what_it_says),     TEST(test_falling_back),     TEST(test_broken_bundles),
		TEST(test_named_twice),      TEST(test_wrong_objects),    TEST(test_must_be_new),
		TEST(test_same_bytes),       TEST(test_damaged),          TEST(test_no_memory),
		TEST(test_not_there),        TEST(test_damaged_revision), TEST(test_no_memory_for_a_language),
		TEST(test_damaged_language),
	};

	return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
