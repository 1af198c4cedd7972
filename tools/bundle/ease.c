#include "bundle/ease.h"

#include "base/buf.h"
#include "base/message.h"
#include "base/utf8.h"

#define QUOTE_BYTES 100 /* of a sentence in a fault */

static void long_sentence(void *context, const struct lix_sentence *sentence)
{
	const struct ease *ease = context;

	if (sentence->words > LIX_SENTENCE_WORDS)
		fault_warning(ease->faults, ease->path, sentence->line,
			      "a sentence of %zu words; at most %d are easy to read: \"%.*s\"", sentence->words,
			      LIX_SENTENCE_WORDS, (int)sentence->len, sentence->text);
	else if (sentence->words > LIX_SENTENCE_GOOD)
		fault_tell(ease->faults, FAULT_HINT, ease->path, sentence->line,
			   "a sentence of %zu words; at most %d are easiest to read: \"%.*s\"", sentence->words,
			   LIX_SENTENCE_GOOD, (int)sentence->len, sentence->text);
}

void ease_add(struct ease *ease, const char *text, size_t len, size_t line)
{
	lix_add(&ease->lix, text, len, line, long_sentence, ease);
}

/* The sentences to begin with, such as: "..." (line 8), "..." (line 12). */
static void quote_hardest(const struct ease *ease, struct buf *out)
{
	for (size_t i = 0; i < LIX_HARDEST && ease->lix.hardest[i].words > 0; i++) {
		const struct lix_sentence *hard = &ease->lix.hardest[i];

		if (!buf_printf(out, "%s\"%.*s\" (line %zu)", i > 0 ? ", " : "",
				(int)utf8_cut(hard->text, hard->len, QUOTE_BYTES), hard->text, hard->line))
			ease->faults->no_memory = true;
	}
}

void ease_tell(const struct ease *ease)
{
	size_t value = lix_value(&ease->lix);
	bool refused = value > LIX_MAX;
	struct buf quotes = {0};

	if (ease->lix.words < LIX_WORDS_MIN || value <= LIX_GOOD)
		return;
	quote_hardest(ease, &quotes);
	fault_tell(ease->faults, refused ? FAULT_ERROR : FAULT_WARNING, ease->path, ease->lix.hardest[0].line,
		   "LIX is %zu; at most %d is %s; write shorter words and sentences, first of all in %s", value,
		   refused ? LIX_MAX : LIX_GOOD, refused ? _("allowed") : _("good"), quotes.len ? quotes.data : "");
	buf_finish(&quotes);
}
