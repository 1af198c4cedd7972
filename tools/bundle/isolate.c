#include "bundle/isolate.h"

#include "base/buf.h"
#include "bundle/number.h"

#include <string.h>

static const char open_mark[] = "\xe2\x81\xa6";  /* U+2066 */
static const char close_mark[] = "\xe2\x81\xa9"; /* U+2069 */
static const char no_break[] = "\xc2\xa0";       /* U+00A0 */
static const char en_dash[] = "\xe2\x80\x93";    /* U+2013 */

#define ABBREVIATION_MAX 3 /* bytes of "tlf", "H.C" */
#define ORDINAL_MAX      2 /* digits of "2. sal" */

/* The text being rewritten, and where the spans' ends have come to. */
struct rewrite {
	const char *text;
	size_t len;
	struct buf out;
	bool ok;
	struct rich *rich; /* NULL when there are no spans */
	size_t next_start, next_end;
};

static void put(struct rewrite *rewrite, const char *bytes, size_t len)
{
	rewrite->ok = rewrite->ok && buf_append(&rewrite->out, bytes, len);
}

/* The spans that end, or start, at this byte of the old text. */
static void end_spans(struct rewrite *rewrite, size_t at)
{
	struct rich *rich = rewrite->rich;

	while (rich && rewrite->next_end < rewrite->next_start && rich->spans[rewrite->next_end].len == at) {
		struct span *span = &rich->spans[rewrite->next_end++];

		span->len = rewrite->out.len - span->start;
	}
}

static void start_spans(struct rewrite *rewrite, size_t at)
{
	struct rich *rich = rewrite->rich;

	while (rich && rewrite->next_start < rich->span_count && rich->spans[rewrite->next_start].start == at) {
		struct span *span = &rich->spans[rewrite->next_start++];

		span->len += at; /* until it ends: its old end */
		span->start = rewrite->out.len;
	}
}

/* Copies up to `end`; `inside`: spaces become no-break ones, but not after a comma. */
static void copy(struct rewrite *rewrite, size_t *pos, size_t end, bool inside)
{
	while (*pos < end) {
		size_t space = number_space(rewrite->text, rewrite->len, *pos);

		end_spans(rewrite, *pos);
		start_spans(rewrite, *pos);
		if (inside && space > 0 && *pos > 0 && rewrite->text[*pos - 1] != ',') {
			put(rewrite, no_break, strlen(no_break));
			*pos += space;
		} else {
			put(rewrite, rewrite->text + (*pos)++, 1);
		}
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the letter or digit of the Latin script at `pos`: ASCII, or U+00C0-U+024F. */
static size_t latin(const struct rewrite *rewrite, size_t pos)
{
	unsigned char c = pos < rewrite->len ? (unsigned char)rewrite->text[pos] : 0;

	if (is_digit((char)c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
		return 1;
	return c >= 0xc3 && c <= 0xc9 && pos + 1 < rewrite->len ? 2 : 0;
}

/* Bytes of what joins letters and digits in a number, date or address; the en dash of "9.00–15.00" is one. */
static size_t joiner(const struct rewrite *rewrite, size_t pos)
{
	const char *at = rewrite->text + pos;

	if (pos >= rewrite->len)
		return 0;
	if (rewrite->len - pos >= strlen(en_dash) && memcmp(at, en_dash, strlen(en_dash)) == 0)
		return strlen(en_dash);
	return strchr(".,:/-@_+&'#=?~", *at) != NULL;
}

/* What belongs to a word though it stands at its end: the slash of an address, "18+", "50%" and "50 %". */
static size_t with_sign(const struct rewrite *rewrite, size_t start, size_t end)
{
	bool digit = is_digit(rewrite->text[end - 1]);
	size_t sign = end + number_space(rewrite->text, rewrite->len, end);

	if (digit && sign < rewrite->len && rewrite->text[sign] == '%')
		return sign + 1;
	if (end == rewrite->len)
		return end;
	bool address = rewrite->text[end] == '/' && memchr(rewrite->text + start, '.', end - start);
	return end + (address || (digit && rewrite->text[end] == '+'));
}

/* Letters, digits and what joins them in a number, date or address, without the punctuation behind. 0: no word starts
 * here. */
static size_t word_end(const struct rewrite *rewrite, size_t start)
{
	size_t end = 0;
	size_t pos = start;

	if (pos < rewrite->len && rewrite->text[pos] == '+')
		pos++;
	for (;;) {
		size_t n = latin(rewrite, pos);

		if (n > 0)
			end = pos + n;
		else if (end > 0)
			n = joiner(rewrite, pos);
		if (n == 0)
			return end > 0 ? with_sign(rewrite, start, end) : 0;
		pos += n;
	}
}

struct run {
	size_t end;
	bool digits, letters;
	bool joined; /* something stands between its letters and digits */
};

static void add_word(const struct rewrite *rewrite, struct run *run, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++) {
		char c = rewrite->text[i];

		if (is_digit(c))
			run->digits = true;
		else if (latin(rewrite, i) > 0)
			run->letters = true;
		else if ((unsigned char)c < 0x80 || c == en_dash[0])
			run->joined = true;
	}
	run->end = end;
}

static bool all_digits(const struct rewrite *rewrite, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (!is_digit(rewrite->text[i]))
			return false;
	return end > from;
}

/* The point behind the word does not end a sentence: it is an ordinal number before a word ("2. sal") or short ("kl.
 * 9", "H.C. Andersens"). Behind an amount ("kr.") it may. */
static bool abbreviated(const struct rewrite *rewrite, size_t from, size_t end)
{
	const char *word = rewrite->text + from;
	size_t len = end - from;

	if (end == rewrite->len || rewrite->text[end] != '.')
		return false;
	if (!all_digits(rewrite, from, end))
		return len <= ABBREVIATION_MAX && !(len == 2 && memcmp(word, "kr", 2) == 0);
	size_t next = end + 1 + number_space(rewrite->text, rewrite->len, end + 1);
	return len <= ORDINAL_MAX && next < rewrite->len && !is_digit(rewrite->text[next]);
}

/* Where the run goes on behind the word (from, end): 0 when it does not. Two bare numbers side by side are two runs,
 * unless the second is a group of three. */
static size_t next_word(const struct rewrite *rewrite, const struct run *run, size_t from, size_t end)
{
	bool comma = run->letters && end < rewrite->len && rewrite->text[end] == ',';
	size_t pos = end + (comma || abbreviated(rewrite, from, end));
	size_t space = number_space(rewrite->text, rewrite->len, pos);
	size_t next_end = space > 0 ? word_end(rewrite, pos + space) : 0;

	if (next_end == 0)
		return 0;
	pos += space;
	if (!comma && all_digits(rewrite, from, end) && all_digits(rewrite, pos, next_end) &&
	    (next_end - pos != 3 || end - from > 3))
		return 0;
	return number_phone(rewrite->text, rewrite->len, pos, NULL) == 0 ? pos : 0;
}

/* The run that starts at `pos`; false when there is none that could be torn apart. */
static bool find_run(const struct rewrite *rewrite, size_t pos, struct run *run)
{
	size_t from = pos;
	size_t end = word_end(rewrite, pos);

	*run = (struct run){0};
	while (end > 0) {
		add_word(rewrite, run, from, end);
		size_t next = next_word(rewrite, run, from, end);
		if (next == 0)
			break;
		run->joined = run->joined || run->digits;
		from = next;
		end = word_end(rewrite, from);
		for (size_t i = from; i < end; i++)
			run->joined = run->joined || is_digit(rewrite->text[i]);
	}
	return run->end > 0 && run->joined;
}

static bool starts_word(const struct rewrite *rewrite, size_t pos)
{
	return latin(rewrite, pos) > 0 || rewrite->text[pos] == '+';
}

static void isolate(struct rewrite *rewrite, size_t *pos, size_t end)
{
	end_spans(rewrite, *pos);
	put(rewrite, open_mark, strlen(open_mark));
	copy(rewrite, pos, end, true);
	end_spans(rewrite, *pos);
	put(rewrite, close_mark, strlen(close_mark));
}

static void rewrite_text(struct rewrite *rewrite, bool rtl)
{
	for (size_t pos = 0; pos < rewrite->len;) {
		size_t phone = number_phone(rewrite->text, rewrite->len, pos, NULL);
		struct run run;

		if (phone > 0 && rtl) {
			isolate(rewrite, &pos, pos + phone);
		} else if (phone > 0) {
			copy(rewrite, &pos, pos + phone, true);
		} else if (rtl && starts_word(rewrite, pos)) {
			if (find_run(rewrite, pos, &run))
				isolate(rewrite, &pos, run.end);
			else
				copy(rewrite, &pos, run.end > 0 ? run.end : pos + 1, false);
		} else {
			copy(rewrite, &pos, pos + 1, false);
		}
	}
	end_spans(rewrite, rewrite->len);
}

bool isolate_text(const char **text, bool rtl, struct arena *arena)
{
	if (!*text)
		return true;
	struct rich rich = {.text = *text, .len = strlen(*text)};

	if (!isolate_rich(&rich, rtl, arena))
		return false;
	*text = rich.text;
	return true;
}

bool isolate_rich(struct rich *rich, bool rtl, struct arena *arena)
{
	struct rewrite rewrite = {.text = rich->text, .len = rich->len, .ok = true, .rich = rich};

	if (rich->len == 0)
		return true;
	rewrite_text(&rewrite, rtl);
	const char *kept = rewrite.ok ? arena_text(arena, rewrite.out.data, rewrite.out.len) : NULL;
	if (kept) {
		rich->text = kept;
		rich->len = rewrite.out.len;
	}
	buf_finish(&rewrite.out);
	return kept != NULL;
}
