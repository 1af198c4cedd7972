/* Glyphs put together from words shaped before are those HarfBuzz gives for the whole run. */
#include "text/words.h"

#include "base/array.h"
#include "text/passage.h"

#include "opened.h"
#include "samples.h"

#include <hb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEXT_MAX 4096

struct world {
	struct arena arena;
	struct words words;
	struct passage_tools tools;
};

static int start(void **state)
{
	struct world *world = calloc(1, sizeof(*world));
	struct err err;
	struct fonts *fonts;
	if (!world || !fonts_open(opened_share(), &fonts, &err))
		return -1;
	world->tools = (struct passage_tools){&world->arena, fonts, breaks_create(), &world->words, hb_buffer_create()};
	*state = world;
	return 0;
}

static int finish(void **state)
{
	struct world *world = *state;
	words_finish(&world->words);
	arena_finish(&world->arena);
	fonts_close(world->tools.fonts);
	breaks_destroy(world->tools.breaks);
	hb_buffer_destroy(world->tools.buffer);
	free(world);
	return 0;
}

static void shape(const struct world *world, const struct text_input *input, struct passage *passage)
{
	assert_true(passage_shape(&world->tools, input, passage));
}

/* Returns how many runs were put together from words. */
static unsigned compare(struct world *world, const struct text_input *input)
{
	struct chars chars;
	struct passage kept, whole;
	unsigned by_words = 0;
	assert_true(chars_decode(&world->arena, input->utf8, input->len, &chars));
	assert_true(passage_open(&world->tools, input, &chars, 0, chars.count, &kept));
	shape(world, input, &kept); /* some words are new */
	shape(world, input, &kept); /* none is */
	assert_true(passage_open(&world->tools, input, &chars, 0, chars.count, &whole));
	for (uint32_t i = 0; i < whole.item_count; i++) {
		struct font *font = whole.items[i].font;
		bool plain = font->plain_space;
		struct passage one = whole;
		one.items = &whole.items[i];
		one.item_count = 1;
		font->plain_space = false;
		shape(world, input, &one);
		font->plain_space = plain;
		by_words += plain;
		assert_int_equal(kept.items[i].glyph_count, one.items->glyph_count);
		for (uint32_t g = 0; g < one.items->glyph_count; g++) {
			const struct glyph *a = &kept.items[i].glyphs[g], *b = &one.items->glyphs[g];
			if (a->id != b->id || a->cluster != b->cluster || a->advance != b->advance || a->dx != b->dx ||
			    a->dy != b->dy)
				fail_msg("%s: glyph %u of %.*s", input->lang, g, (int)input->len, input->utf8);
		}
	}
	arena_reset(&world->arena);
	return by_words;
}

static void test_samples(void **state)
{
	unsigned by_words = 0;
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		struct text_input input = opened_input(samples[i].lang, samples[i].rtl, 0, samples[i].utf8);
		by_words += compare(*state, &input);
	}
	assert_true(by_words > ARRAY_LEN(samples) / 2);
}

/* Words of all samples in any order and direction, with doubled spaces, and words that end where the text does. */
static void test_shuffled_words(void **state)
{
	static char text[TEXT_MAX];
	uint32_t seed = 7;
	for (unsigned round = 0; round < 3000; round++) {
		size_t len = 0;
		seed = seed * 1664525u + 1013904223u;
		const char *lang = samples[(seed >> 8) % ARRAY_LEN(samples)].lang;
		for (unsigned n = 0; n < 1 + round % 14; n++) {
			seed = seed * 1664525u + 1013904223u;
			/* a stretch of one script, then of any */
			const char *from = samples[(round % 3 ? round : seed >> 8) % ARRAY_LEN(samples)].utf8;
			for (unsigned skip = (seed >> 20) % 6; skip > 0 && strchr(from, ' '); skip--)
				from = strchr(from, ' ') + 1;
			size_t word = strcspn(from, " ");
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%.*s",
						n == 0       ? ""
						: seed >> 30 ? " "
							     : "  ",
						(int)word, from);
			assert_true(len < sizeof(text) / 2);
		}
		struct text_input input = opened_input(lang, seed >> 31, 0, text);
		input.bold = round & 1;
		compare(*state, &input);
	}
}

/* What is kept has a limit, and what a run uses stays while it is put together. */
static void test_words_have_a_limit(void **state)
{
	struct world *world = *state;
	static char text[TEXT_MAX];
	size_t most = 0, before = 0;
	unsigned forgotten = 0;
	for (unsigned round = 0; round < 400; round++) {
		size_t len = 0;
		for (unsigned n = 0; n < 100; n++)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "w%uø%u ", round, n);
		struct text_input input = opened_input("da", false, 0, text);
		compare(world, &input);
		most = world->words.bytes > most ? world->words.bytes : most;
		forgotten += world->words.bytes < before;
		before = world->words.bytes;
	}
	assert_true(forgotten > 5);
	assert_true(most > WORDS_BYTES_MAX / 2 && most < WORDS_BYTES_MAX + (64u << 10));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_shuffled_words),
		cmocka_unit_test(test_words_have_a_limit),
	};
	return cmocka_run_group_tests(tests, start, finish);
}
