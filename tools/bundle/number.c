#include "bundle/number.h"

#include "base/array.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What, next to a number, makes it a part of something else: a longer number, a name, a date, an amount. */
static bool joins(const char *text, size_t len, size_t pos)
{
	char c = pos < len ? text[pos] : ' ';

	return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool stands_free(const char *text, size_t len, size_t start, size_t end)
{
	if ((start > 0 && (joins(text, len, start - 1) || text[start - 1] == '+')) || joins(text, len, end))
		return false;
	/* "112.500", "1-112" and "2026-114" are no emergency calls, but "112." at the end of a sentence is. */
	if (start > 1 && strchr(".,:/-", text[start - 1]) && is_digit(text[start - 2]))
		return false;
	return !(end + 1 < len && strchr(".,:/-", text[end]) && is_digit(text[end + 1]));
}

size_t number_space(const char *text, size_t len, size_t pos)
{
	if (pos < len && text[pos] == ' ')
		return 1;
	return pos + 1 < len && text[pos] == '\xc2' && text[pos + 1] == '\xa0' ? 2 : 0;
}

/* Groups of digits with single spaces between, from `pos`: the sizes of the groups, as digits in a text such as
 * "2222". */
struct groups {
	char sizes[16];
	size_t ends[16]; /* the byte behind each */
	size_t count;
	char digits[16];
	size_t digit_count;
};

static void read_groups(const char *text, size_t len, size_t pos, struct groups *out)
{
	*out = (struct groups){0};
	for (;;) {
		size_t start = pos;

		while (pos < len && is_digit(text[pos]))
			pos++;
		size_t size = pos - start;
		if (size == 0 || size > 15 || out->digit_count + size > 15 || out->count == 15)
			return;
		memcpy(out->digits + out->digit_count, text + start, size);
		out->digit_count += size;
		out->sizes[out->count] = (char)(size < 10 ? '0' + size : 'x');
		out->ends[out->count++] = pos;
		pos += number_space(text, len, pos);
		if (pos == out->ends[out->count - 1])
			return;
	}
}

/* How eight digits may be grouped; the longest first, so that "99 66 70 00" is not cut. */
static size_t match_eight(const struct groups *groups)
{
	static const char *const patterns[] = {"2222", "233", "44", "8"};

	for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
		size_t count = strlen(patterns[i]);

		if (groups->count >= count && memcmp(groups->sizes, patterns[i], count) == 0)
			return count;
	}
	return 0;
}

static void copy_digits(char *out, const char *prefix, const char *digits, size_t count)
{
	if (!out)
		return;
	size_t len = strlen(prefix);
	memcpy(out, prefix, len);
	memcpy(out + len, digits, count);
	out[len + count] = '\0';
}

static size_t national(const char *text, size_t len, size_t pos, size_t start, char *digits)
{
	struct groups groups;

	read_groups(text, len, pos, &groups);
	size_t count = match_eight(&groups);
	if (count == 0 || !stands_free(text, len, start, groups.ends[count - 1]))
		return 0;
	copy_digits(digits, "", groups.digits, 8);
	return groups.ends[count - 1] - start;
}

size_t number_phone(const char *text, size_t len, size_t pos, char *digits)
{
	struct groups groups;

	if (pos >= len)
		return 0;
	if (is_digit(text[pos]))
		return national(text, len, pos, pos, digits);
	if (text[pos] != '+')
		return 0;
	if (pos + 3 < len && memcmp(text + pos, "+45", 3) == 0) {
		size_t n = national(text, len, pos + 3 + number_space(text, len, pos + 3), pos, digits);

		/* "+4599667000": the digits behind +45 have a digit before them, which is right here. */
		if (n > 0)
			return n;
	}
	read_groups(text, len, pos + 1, &groups);
	if (groups.digit_count < 8)
		return 0;
	size_t end = groups.ends[groups.count - 1];
	if (!stands_free(text, len, pos, end))
		return 0;
	copy_digits(digits, "+", groups.digits, groups.digit_count);
	return end - pos;
}

static size_t emergency(const char *text, size_t len, size_t pos, char *digits)
{
	static const char *const numbers[] = {"112", "114", "1888"};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		size_t n = strlen(numbers[i]);

		if (len - pos >= n && memcmp(text + pos, numbers[i], n) == 0 && stands_free(text, len, pos, pos + n)) {
			copy_digits(digits, "", numbers[i], n);
			return n;
		}
	}
	return 0;
}

bool number_is_emergency(const char digits[NUMBER_MAX])
{
	size_t len = strlen(digits);

	return emergency(digits, len, 0, NULL) == len;
}

bool number_next(const char *text, size_t len, size_t *pos, char digits[NUMBER_MAX])
{
	for (size_t at = *pos; at < len; at++) {
		size_t n = number_phone(text, len, at, digits);

		if (n == 0)
			n = emergency(text, len, at, digits);
		if (n > 0) {
			*pos = at + n;
			return true;
		}
	}
	*pos = len;
	return false;
}

const char *number_show(const char digits[NUMBER_MAX], char shown[NUMBER_SHOWN_MAX])
{
	bool pairs = strlen(digits) == 8;
	size_t len = 0;

	for (size_t i = 0; digits[i]; i++) {
		if (pairs && i > 0 && i % 2 == 0)
			shown[len++] = ' ';
		shown[len++] = digits[i];
	}
	shown[len] = '\0';
	return shown;
}
