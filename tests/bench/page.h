/* page -- made-up pages of 3,000 words for the text bench, the same for every contender.
 *
 * Sentences are drawn from tests/bench/phrases/<language>.txt, whose head says how, with a seed: the same seed gives the
 * same page. Danish, Arabic, Thai and Chinese, the last three with Danish names and numbers among them. Some 300 different
 * words in each language: more come again than in what a person writes.
 */
#ifndef BENCH_PAGE_H
#define BENCH_PAGE_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_WORDS           3000
#define PAGE_PARAGRAPH_WORDS 43 /* a paragraph ends with the sentence in which it has so many */
#define PAGE_PARAGRAPHS_MAX  128

struct page_language {
	const char *lang, *name;
	bool rtl;
	const char *script;      /* of the fonts' manifest */
	const char *comma, *end; /* after a sentence's first phrase; after the last */
	const char *between;     /* the other phrases */
};

/* NULL: none of the four. */
const struct page_language *page_language(const char *lang);

struct page {
	struct buf text;
	struct {
		size_t start, len;
	} paragraphs[PAGE_PARAGRAPHS_MAX];
	size_t count, words;
};

/* Run in the repository's folder. page_finish() takes a page of zeroes. */
bool page_make(const struct page_language *language, uint64_t seed, struct page *out, struct err *err);
void page_finish(struct page *page);

#endif
