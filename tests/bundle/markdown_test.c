/* The body of a page: what a kiosk can show becomes blocks, everything else is told with its line. */
#include "base/array.h"
#include "base/buf.h"
#include "bundle/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ALLOWED \
	" not allowed; allowed: paragraphs, ## headings, lists, steps, boxes, **bold**, *terms* and " \
	"[links](topic/page)\n"
#define ALONE(sign) "\"" sign "\" stands alone; bold is **words**, a term is *word*, with no space inside the marks\n"
#define STEP        "a step must be one paragraph: its title in **bold** on the first line, then its text\n"
#define BOX \
	"a box must be one paragraph: [!remember], [!good-to-know] or [!urgent] on the first line, its title in " \
	"**bold** on" \
	" the second, then its text\n"

/* `told`: the blocks as dump_block() writes them, then the marks with their lines, then the faults; the body begins
 * in line 10. */
static const struct {
	const char *body, *told;
} rows[] = {
	/* what is shown */
	{"En linje\nog en til.\n\nTo.", "p En linje og en til.\np To.\n"},
	{"Se **fed**, *ord* og [en\nside](a/b-1).",
	 "p Se <0:fed>, <1:ord> og <2:en side=a/b-1>.\n10 1 ord\n10 2 a/b-1\n"},
	{"__fed__ _ord_", "p <0:fed> <1:ord>\n10 1 ord\n"},
	{"Sådan:\n&amp; \\# 1 < 2 \"ja\" – 5#3", "p Sådan: & # 1 < 2 \"ja\" – 5#3\n"},
	{"## Hvad?\n\nTekst", "h Hvad?\np Tekst\n"},
	{"1. **Ring**\n   Til os.\n   Nu.\n2. **Vent**", "s Ring: Til os. Nu.; Vent: ;\n"},
	{"1) **A**\n\n2) **B**\n   c *d*", "s A: ; B: c <1:d>;\n13 1 d\n"},
	{"- a\n- b\n  c", "l a; b c;\n"},
	{"> [!remember]\n> **Husk**\n> Svar nu.\n> Altid.", "b0 Husk: Svar nu. Altid.\n"},
	{"> [!good-to-know]\n> **T**\n> [x](a/b)", "b1 T: <2:x=a/b>\n12 2 a/b\n"},
	{"> [!urgent]\n> **T**\n> x", "b2 T: x\n"},
	{"", ""},
	{"www.vesthimmerland.dk", "p www.vesthimmerland.dk\n"},
	/* what is not */
	{"x\n\n<b>hej</b>", "p x\np hej\n12: HTML is" ALLOWED},
	{"<b>hej\n</b>", "p hej \n10: HTML is" ALLOWED "11: HTML is" ALLOWED},
	{"a\nb **c", "p a b **c\n11: " ALONE("**")},
	{"** a ** og *b", "p ** a ** og *b\n10: " ALONE("**")},
	{"*a *", "p *a *\n10: " ALONE("*")},
	{"**a*", "p *<1:a>\n10 1 a\n10: " ALONE("*")},
	{"**a\n\nb**", "p **a\np b**\n10: " ALONE("**") "12: " ALONE("**")},
	{"5*3 \\*", "p 5*3 *\n10: " ALONE("*")},
	{"***", "10: a horizontal rule is" ALLOWED},
	{"- a\n- *b", "l a; *b;\n11: " ALONE("*")},
	{"## a*", "h a*\n10: " ALONE("*")},
	{"1. **a**\n   b\n   c *", "s a: b c *;\n12: " ALONE("*")},
	{"[a*](a/b)", "p <2:a*=a/b>\n10 2 a/b\n10: " ALONE("*")},
	{"> [!urgent]\n> **T**\n> *x", "b2 T: *x\n12: " ALONE("*")},
	{"x\n\n##Sådan", "p x\np ##Sådan\n12: a heading is \"## \" with a space\n"},
	{"#Sådan", "p #Sådan\n10: a heading is \"## \" with a space\n"},
	{"<div>\nhej\n</div>", "10: HTML is" ALLOWED},
	{"<!-- hej -->", "10: HTML is" ALLOWED},
	{"![x](y.png)", "p \n10: pictures are" ALLOWED},
	{"a `b` c", "p a  c\n10: code is" ALLOWED},
	{"    kode", "10: code is" ALLOWED},
	{"```\nkode\n```", "10: code is" ALLOWED},
	{"a\n\n---\n\nb", "p a\np b\n12: a horizontal rule is" ALLOWED},
	{"a  \nb", "p ab\n10: a forced line break (a backslash or two spaces at the end of a line) is" ALLOWED},
	{"# En",
	 "h En\n10: a heading of this level is not allowed; allowed: ## (the page's title is the first level)\n"},
	{"### En",
	 "h En\n10: a heading of this level is not allowed; allowed: ## (the page's title is the first level)\n"},
	{"## *En*", "h -\n10: bold, a term or a link inside another or in a title is not allowed\n"},
	{"##", "h -\n10: a heading is empty\n"},
	{"a **b *c* d**", "p a b \n10: bold, a term or a link inside another or in a title is not allowed\n"},
	{"[**b**](a/b)", "p \n10: bold, a term or a link inside another or in a title is not allowed\n"},
	{"| a | b |\n|---|---|", "p | a | b | |---|---|\n10: tables are not allowed; write a list\n"},
	{"[x](https://a.dk)", "p <2:x=->\n10: the link to \"https://a.dk\" is not allowed; the kiosk has no browser: "
			      "write the address as plain text\n"},
	{"<post@a.dk>",
	 "p <2:post@a.dk=->\n10: the link to \"mailto:post@a.dk\" is not allowed; the kiosk has no browser:"
	 " write the address as plain text\n"},
	{"\n\n[x](www.a.dk)",
	 "p <2:x=->\n12: the link to \"www.a.dk\" is not allowed; the kiosk has no browser: write the"
	 " address as plain text\n"},
	{"[x](../a/b)", "p <2:x=->\n10: the link to \"../a/b\" is not allowed; allowed: topic/page\n"},
	{"[x]()", "p <2:x=->\n10: the link to \"\" is not allowed; allowed: topic/page\n"},
	{"[](a/b)", "p \n10: a link has no words; allowed: [words](topic/page)\n"},
	{"[x](a/b \"t\")", "p <2:x=->\n10: a title in a link is not allowed; allowed: [words](topic/page)\n"},
	{"tekst\n\n[x]: a/b",
	 "p tekst\n12: a line that begins with \"[...]:\" is not allowed; allowed: [words](topic/page)\n"},
	{"> [!urgent]: x\n> a",
	 "b0 -: \n10: a line that begins with \"[...]:\" is not allowed; allowed: [words](topic/page)\n"
	 "10: " BOX},
	{"- a\n  - b", "l ;\n11: nested lists are" ALLOWED},
	{"- a\n\n  b", "l ;\n10: an item of a list must be one line of text\n"},
	{"- ", "l ;\n10: an item of a list must be one line of text\n"},
	{"2. **a**\n3. **b**", "s a: ; b: ;\n10: steps must begin at 1\n"},
	{"1. a", "s -: ;\n10: " STEP},
	{"1. **a** b", "s -: ;\n10: " STEP},
	{"1. **a**\n\n   b", "s -: ;\n10: " STEP},
	{"1. **a**\n   - b", "s -: ;\n11: nested lists are" ALLOWED},
	{"1. **a [b](c/d)**", "s -: ;\n10: bold, a term or a link inside another or in a title is not allowed\n"},
	{"> bare et citat", "b0 -: \n10: " BOX},
	{"> [!Urgent]\n> **T**\n> x", "b0 -: \n10: " BOX},
	{"> [!urgent]\n> T\n> x", "b2 -: \n10: " BOX},
	{"> [!urgent]\n> **T**", "b2 -: \n10: " BOX},
	{"> [!urgent]\n>\n> **T**\n> x", "b0 -: \n10: " BOX},
	{"> - a", "b0 -: \n10: nested lists are" ALLOWED},
	{"\v", "p \n10: a paragraph is empty\n"},
	{"a\tb \xe2\x80\xae", "p a\tb \xe2\x80\xae\n10: the text holds the hidden character U+0009; control characters "
			      "and direction marks are not"
			      " allowed\n"},
	{"## 1234567890123456789012345678901234567890123456789012345678901",
	 "h -\n10: a heading has 61 characters; at most 60 are allowed\n"},
};

static void dump_rich(const struct rich *rich, FILE *out)
{
	size_t at = 0;

	for (size_t i = 0; i < rich->span_count; i++) {
		const struct span *span = &rich->spans[i];

		assert_true(span->start >= at && span->len > 0 && span->start + span->len <= rich->len);
		fprintf(out, "%.*s<%d:%.*s", (int)(span->start - at), rich->text + at, (int)span->kind, (int)span->len,
			rich->text + span->start);
		fprintf(out, span->kind == SPAN_LINK ? "=%s>" : ">", span->target ? span->target : "-");
		at = span->start + span->len;
	}
	fputs(rich->text + at, out);
}

static void dump_block(const struct block *block, FILE *out)
{
	fputc("phslb"[block->kind], out);
	if (block->kind == BLOCK_CALLOUT)
		fprintf(out, "%d", (int)block->callout);
	fputc(' ', out);
	if (block->kind == BLOCK_HEADING || block->kind == BLOCK_CALLOUT)
		fputs(block->title ? block->title : "-", out);
	if (block->kind == BLOCK_CALLOUT)
		fputs(": ", out);
	dump_rich(&block->text, out);
	for (size_t i = 0; i < block->item_count; i++) {
		const struct item *item = &block->items[i];

		if (block->kind == BLOCK_STEPS)
			fprintf(out, "%s: ", item->title ? item->title : "-");
		dump_rich(&item->text, out);
		fputs(i + 1 < block->item_count ? "; " : ";", out);
	}
	fputc('\n', out);
}

static char *told(const char *body, size_t len, struct faults *faults)
{
	struct arena arena = {0};
	struct reading in = {"x.md", faults, &arena, NULL};
	struct markdown markdown;
	char *text = NULL;
	size_t text_len;
	FILE *out = open_memstream(&text, &text_len);

	markdown_read(&in, body, len, 10, &markdown);
	for (size_t i = 0; i < markdown.count; i++)
		dump_block(&markdown.blocks[i], out);
	for (size_t i = 0; i < markdown.mark_count; i++)
		fprintf(out, "%zu %d %s\n", markdown.marks[i].line, (int)markdown.marks[i].kind,
			markdown.marks[i].text);
	faults_sort(faults);
	for (size_t i = 0; i < faults->count; i++)
		fprintf(out, "%zu: %s\n", faults->faults[i].line, faults->faults[i].text);
	fclose(out);
	arena_finish(&arena);
	return text;
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct faults faults = {0};
		char *text = told(rows[i].body, strlen(rows[i].body), &faults);

		if (strcmp(text, rows[i].told) != 0)
			fail_msg("row %zu\n%s\nexpected\n%s\ntold\n%s", i, rows[i].body, rows[i].told, text);
		free(text);
		faults_finish(&faults);
	}
}

/* So many of something that a limit is passed. */
static const struct {
	const char *item;
	size_t count;
	const char *says;
} limits[] = {
	{"- a\n", ITEMS_MAX + 1, "a list of 51 items; at most 50 are allowed"},
	{"a\n\n", BLOCKS_MAX + 1, "201 blocks; at most 200 are allowed"},
	{"**a** ", MARKDOWN_SPANS_MAX + 1, "too many marks in one paragraph; at most 100 are allowed"},
	{"aaaaaaaaa ", TEXT_MAX / 10 + 1, "a paragraph of 8009 bytes; at most 8000 are allowed"},
	{"a\n", MARKDOWN_BYTES_MAX / 2 - 3, "262147 bytes of text; at most 262144 are allowed"},
	{"> ", 1000, "a box must be one paragraph"},
	{"[", 10000, "bytes; at most 8000 are allowed"},
	{"*a ", 5000, "bytes; at most 8000 are allowed"},
};

static void test_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct faults faults = {0};
		struct buf body = {0};

		for (size_t n = 0; n < limits[i].count; n++)
			assert_true(buf_append_text(&body, limits[i].item));
		assert_true(buf_append_text(&body, i == 4 ? "123456789" : ""));
		char *text = told(body.data, body.len, &faults);
		if (faults.errors == 0 || !strstr(text, limits[i].says))
			fail_msg("row %zu: %.*s", i, 200, faults.count ? faults.faults[0].text : "nothing");
		free(text);
		buf_finish(&body);
		faults_finish(&faults);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
