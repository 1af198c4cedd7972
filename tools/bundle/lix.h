/* lix -- how easy Danish text is to read: Björnsson's readability index.
 *
 * LIX = words / sentences + 100 * long words / words; a long word has more than six letters. 25-34 is easy. A
 * sentence ends at . ! ? or : before a space and anything but a small letter or a digit ("kl. 10" goes on), and at
 * the end of each text added. Zero is a valid start.
 */
#ifndef BUNDLE_LIX_H
#define BUNDLE_LIX_H

#include <stddef.h>

#define LIX_MAX            34  /* more is an error */
#define LIX_GOOD           30  /* more is a warning */
#define LIX_SENTENCE_WORDS 20  /* in one sentence; more is a warning */
#define LIX_SENTENCE_GOOD  15  /* more could be better */
#define LIX_WORDS_MIN      25  /* fewer words say nothing about a text */
#define LIX_HARDEST        3   /* sentences that are kept */
#define LIX_WORDS_A_MINUTE 120 /* of someone who reads a second language */

struct lix_sentence {
	const char *text; /* borrowed from the text added */
	size_t len;
	size_t words, long_words;
	size_t line; /* as given with the text */
};

struct lix {
	size_t words, sentences, long_words;
	struct lix_sentence hardest[LIX_HARDEST]; /* those that raise the value most; the hardest first */
};

/* `each` (may be NULL) is told every sentence. */
void lix_add(struct lix *lix, const char *text, size_t len, size_t line,
	     void (*each)(void *context, const struct lix_sentence *sentence), void *context);

/* Rounded to the nearest; 0 without words. */
size_t lix_value(const struct lix *lix);

#endif
