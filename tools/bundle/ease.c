#include "bundle/ease.h"

#include "base/utf8.h"

#define QUOTE_BYTES 100 /* of a sentence in a fault */

static void long_sentence(void *context, const struct lix_sentence *sentence)
{
	const struct ease *ease = context;

	if (sentence->words > LIX_SENTENCE_WORDS)
		fault_warning(ease->faults, ease->path, sentence->line,
			      "a sentence of %zu words; at most %d are easy to read: \"%.*s\"", sentence->words,
			      LIX_SENTENCE_WORDS, (int)sentence->len, sentence->text);
}

void ease_add(struct ease *ease, const char *text, size_t len, size_t line)
{
	lix_add(&ease->lix, text, len, line, long_sentence, ease);
}

void ease_tell(const struct ease *ease)
{
	size_t value = lix_value(&ease->lix);
	const struct lix_sentence *longest = &ease->lix.longest;

	if (ease->lix.words < LIX_WORDS_MIN || value <= LIX_GOOD)
		return;
	fault_tell(ease->faults, value > LIX_MAX ? FAULT_ERROR : FAULT_WARNING, ease->path, longest->line,
		   "LIX is %zu; at most %d is %s; shorter words and sentences help, the longest sentence is \"%.*s\"",
		   value, value > LIX_MAX ? LIX_MAX : LIX_GOOD, value > LIX_MAX ? "allowed" : "good",
		   (int)utf8_cut(longest->text, longest->len, QUOTE_BYTES), longest->text);
}
