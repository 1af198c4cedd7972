#include "bundle/lix.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>

#define LONG_WORD 7 /* letters */

static bool is_space(char c)
{
	return c == ' ';
}

/* Letters and digits; beyond ASCII everything but Latin-1 signs and general punctuation. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 && (c < 0x2000 || c > 0x206f);
}

/* A small letter or a digit begins no sentence. Danish has æøå beside ASCII, whose small forms are U+00E6, U+00F8 and
 * U+00E5. */
static bool goes_on(const char *text, size_t len, size_t pos)
{
	while (pos < len && is_space(text[pos]))
		pos++;
	if (pos == len)
		return false;
	uint32_t c = utf8_next(text, len, &pos);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0xdf && c <= 0xff && c != 0xf7);
}

static bool ends_sentence(const char *text, size_t len, size_t word_end)
{
	size_t last = word_end;

	/* Brackets and quotes may stand behind the full stop. */
	while (last > 0 && (text[last - 1] == ')' || text[last - 1] == '"'))
		last--;
	char c = last > 0 ? text[last - 1] : ' ';
	if (c == ':')
		return true;
	return (c == '.' || c == '!' || c == '?') && !goes_on(text, len, word_end);
}

static size_t count_letters(const char *text, size_t from, size_t end)
{
	size_t letters = 0;

	while (from < end)
		letters += is_letter(utf8_next(text, end, &from));
	return letters;
}

/* What the sentence's own value would be, were it a text. */
static size_t hardness(const struct lix_sentence *sentence)
{
	return sentence->words == 0 ? 0 : sentence->words + 100 * sentence->long_words / sentence->words;
}

static void keep_hardest(struct lix *lix, struct lix_sentence sentence)
{
	for (size_t i = 0; i < LIX_HARDEST; i++)
		if (hardness(&sentence) > hardness(&lix->hardest[i])) {
			struct lix_sentence easier = lix->hardest[i];

			lix->hardest[i] = sentence;
			sentence = easier;
		}
}

static void finish(struct lix *lix, struct lix_sentence *sentence,
		   void (*each)(void *context, const struct lix_sentence *sentence), void *context)
{
	if (sentence->words == 0)
		return;
	lix->sentences++;
	keep_hardest(lix, *sentence);
	if (each)
		each(context, sentence);
}

void lix_add(struct lix *lix, const char *text, size_t len, size_t line,
	     void (*each)(void *context, const struct lix_sentence *sentence), void *context)
{
	struct lix_sentence sentence = {.line = line};
	size_t pos = 0;

	while (pos < len) {
		if (is_space(text[pos])) {
			pos++;
			continue;
		}
		size_t from = pos;
		while (pos < len && !is_space(text[pos]))
			pos++;
		if (!sentence.text)
			sentence.text = text + from;
		sentence.len = (size_t)(text + pos - sentence.text);
		size_t letters = count_letters(text, from, pos);
		lix->words += letters > 0;
		lix->long_words += letters >= LONG_WORD;
		sentence.words += letters > 0;
		sentence.long_words += letters >= LONG_WORD;
		if (ends_sentence(text, len, pos)) {
			finish(lix, &sentence, each, context);
			sentence = (struct lix_sentence){.line = line};
		}
	}
	finish(lix, &sentence, each, context);
}

size_t lix_value(const struct lix *lix)
{
	if (lix->words == 0)
		return 0;
	double value =
		(double)lix->words / (double)lix->sentences + 100.0 * (double)lix->long_words / (double)lix->words;
	return (size_t)(value + 0.5);
}
