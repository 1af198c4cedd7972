#include "base/json_scan.h"

#include "base/array.h"
#include "base/json.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INTEGER_MAX ((uint64_t)1 << 53)

/* A key as it stands in the bytes, without its quotes. */
struct key {
	const char *at;
	const char *end;
};

struct container {
	bool is_object;
	size_t first_key; /* of this object, among scan.keys */
};

struct scan {
	const char *start;
	const char *at;
	const char *end;
	struct container open[JSON_DEPTH_MAX];
	size_t depth;
	struct key *keys; /* of all open objects, the innermost last; an object's keys leave when it closes */
	size_t key_count;
	size_t key_cap;
	struct err *err;
};

/* What is wrong at a place. */
static bool fault_at(struct scan *scan, const char *at, enum err_code code, const char *what)
{
	size_t line = 1;
	size_t column = 1;

	for (const char *p = scan->start; p < at; p++) {
		if (*p == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*p & 0xC0) != 0x80) {
			column++;
		}
	}
	return err_set(scan->err, code, "line %zu, column %zu: %s", line, column, what);
}

static bool fault(struct scan *scan, const char *what)
{
	return fault_at(scan, scan->at, ERR_FORMAT, scan->at == scan->end ? "the end comes too early" : what);
}

static void skip_blanks(struct scan *scan)
{
	while (scan->at < scan->end &&
	       (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
		scan->at++;
}

static bool take(struct scan *scan, char c)
{
	if (scan->at == scan->end || *scan->at != c)
		return false;
	scan->at++;
	return true;
}

/* Four hex digits; -1 when they are not there. */
static int32_t hex4(const char *at, const char *end)
{
	int32_t value = 0;

	if (end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int32_t digit;
		char c = at[i];
		if (c >= '0' && c <= '9')
			digit = c - '0';
		else if (c >= 'a' && c <= 'f')
			digit = c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			digit = c - 'A' + 10;
		else
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* What follows "\u", with its second half when it is a surrogate. Returns what is wrong, or NULL. */
static const char *read_unicode_escape(const char **at, const char *end, uint32_t *code)
{
	int32_t unit = hex4(*at, end);

	if (unit < 0)
		return "\\u needs four hexadecimal digits";
	if (unit == 0)
		return "U+0000 is not allowed";
	*at += 4;
	*code = (uint32_t)unit;
	if (unit < 0xD800 || unit > 0xDFFF)
		return NULL;

	int32_t low = end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u' ? hex4(*at + 2, end) : -1;
	if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
		return "half of a surrogate pair";
	*at += 6;
	*code = 0x10000 + ((uint32_t)(unit - 0xD800) << 10 | (uint32_t)(low - 0xDC00));
	return NULL;
}

static const char *read_escape(const char **at, const char *end, uint32_t *code)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";

	if (*at == end)
		return "the end comes too early";
	char c = *(*at)++;
	if (c == 'u')
		return read_unicode_escape(at, end, code);
	const char *name = c ? strchr(names, c) : NULL;
	if (!name)
		return "unknown escape; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX";
	*code = (uint32_t)values[name - names];
	return NULL;
}

/* The next character of a string's inside, escapes resolved. Returns what is wrong, or NULL. */
static const char *read_char(const char **at, const char *end, uint32_t *code)
{
	unsigned char byte = (unsigned char)**at;
	size_t pos = 0;

	if (byte >= 0x20 && byte < 0x80 && byte != '\\') {
		*code = byte;
		++*at;
		return NULL;
	}
	if (byte < 0x20)
		return "a control character must be written as an escape";
	if (byte == '\\') {
		++*at;
		return read_escape(at, end, code);
	}
	*code = utf8_next(*at, (size_t)(end - *at), &pos);
	if (*code == UTF8_REPLACEMENT && (pos != 3 || memcmp(*at, "\xEF\xBF\xBD", 3) != 0))
		return "not valid UTF-8";
	*at += pos;
	return NULL;
}

/* From behind the opening quote to behind the closing one. */
static bool scan_string(struct scan *scan)
{
	while (scan->at < scan->end && *scan->at != '"') {
		const char *here = scan->at;
		uint32_t code;
		const char *what = read_char(&scan->at, scan->end, &code);
		if (what)
			return fault_at(scan, here, ERR_FORMAT, what);
	}
	return take(scan, '"') || fault(scan, "");
}

static bool is_digit(const struct scan *scan)
{
	return scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9';
}

static bool scan_number(struct scan *scan)
{
	const char *here = scan->at;
	uint64_t value = 0;

	take(scan, '-');
	if (!is_digit(scan))
		return fault(scan, "a digit must follow the minus");
	const char *first = scan->at;
	for (; is_digit(scan); scan->at++)
		if (value <= INTEGER_MAX)
			value = value * 10 + (uint64_t)(*scan->at - '0');
	if (*first == '0' && scan->at - first > 1)
		return fault_at(scan, here, ERR_FORMAT, "a number must not begin with 0");
	if (take(scan, '.') || take(scan, 'e') || take(scan, 'E'))
		return fault_at(scan, here, ERR_FORMAT, "only whole numbers without exponent are allowed");
	if (value > INTEGER_MAX)
		return fault_at(scan, here, ERR_FORMAT,
				"a number must be within -9007199254740992 and 9007199254740992");
	return true;
}

static bool scan_word(struct scan *scan)
{
	static const char *const words[] = {"true", "false", "null"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t len = strlen(words[i]);
		if ((size_t)(scan->end - scan->at) >= len && memcmp(scan->at, words[i], len) == 0) {
			scan->at += len;
			return true;
		}
	}
	return fault(scan, "expected a value: { [ \" a whole number, true, false or null");
}

/* By characters, then by place, so that of two equal keys the later stands behind. */
static int compare_keys(const void *left, const void *right)
{
	const struct key *a = left;
	const struct key *b = right;
	const char *p = a->at;
	const char *q = b->at;

	while (p < a->end && q < b->end) {
		uint32_t x = 0;
		uint32_t y = 0;
		read_char(&p, a->end, &x);
		read_char(&q, b->end, &y);
		if (x != y)
			return x < y ? -1 : 1;
	}
	if (p < a->end || q < b->end)
		return p < a->end ? 1 : -1;
	return 0;
}

static int compare_keys_and_places(const void *left, const void *right)
{
	const struct key *a = left;
	const struct key *b = right;
	int order = compare_keys(a, b);

	return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

static bool close_object(struct scan *scan, size_t first_key)
{
	struct key *keys = scan->keys + first_key;
	size_t count = scan->key_count - first_key;

	if (count > 1)
		qsort(keys, count, sizeof(keys[0]), compare_keys_and_places);
	for (size_t i = 1; i < count; i++)
		if (compare_keys(&keys[i - 1], &keys[i]) == 0)
			return fault_at(scan, keys[i].at - 1, ERR_FORMAT, "this key stands twice in its object");
	scan->key_count = first_key;
	return true;
}

static bool push_key(struct scan *scan, const char *at, const char *end)
{
	if (scan->key_count == scan->key_cap) {
		size_t cap = scan->key_cap ? scan->key_cap * 2 : 32;
		struct key *keys = realloc(scan->keys, cap * sizeof(keys[0]));
		if (!keys)
			return err_memory(scan->err);
		scan->keys = keys;
		scan->key_cap = cap;
	}
	scan->keys[scan->key_count++] = (struct key){at, end};
	return true;
}

/* A key and its colon. */
static bool scan_key(struct scan *scan)
{
	skip_blanks(scan);
	if (!take(scan, '"'))
		return fault(scan, "expected a key in quotes");
	const char *at = scan->at;
	if (!scan_string(scan) || !push_key(scan, at, scan->at - 1))
		return false;
	skip_blanks(scan);
	return take(scan, ':') || fault(scan, "expected : behind the key");
}

/* An opening bracket; *empty when the closing one follows at once. */
static bool open_container(struct scan *scan, bool is_object, bool *empty)
{
	static_assert(JSON_DEPTH_MAX == 32, "the sentence says 32");
	if (scan->depth == JSON_DEPTH_MAX)
		return fault_at(scan, scan->at - 1, ERR_LIMIT, "nested deeper than 32 levels");
	skip_blanks(scan);
	*empty = take(scan, is_object ? '}' : ']');
	if (*empty)
		return true;
	scan->open[scan->depth++] = (struct container){is_object, scan->key_count};
	return !is_object || scan_key(scan);
}

/* Behind a value: all brackets that close here, then the comma (*more, and the next key) or the end. */
static bool scan_behind(struct scan *scan, bool *more)
{
	for (*more = false; scan->depth > 0; scan->depth--) {
		const struct container *in = &scan->open[scan->depth - 1];
		skip_blanks(scan);
		if (take(scan, ',')) {
			*more = true;
			return !in->is_object || scan_key(scan);
		}
		if (!take(scan, in->is_object ? '}' : ']'))
			return fault(scan, in->is_object ? "expected , or } behind a member"
							 : "expected , or ] behind a member");
		if (in->is_object && !close_object(scan, in->first_key))
			return false;
	}
	return true;
}

/* A whole value, or the beginning of one whose first member comes next (*inside). */
static bool scan_value(struct scan *scan, bool *inside)
{
	bool empty = true;
	bool ok;

	skip_blanks(scan);
	if (take(scan, '{'))
		ok = open_container(scan, true, &empty);
	else if (take(scan, '['))
		ok = open_container(scan, false, &empty);
	else if (take(scan, '"'))
		ok = scan_string(scan);
	else if (is_digit(scan) || (scan->at < scan->end && *scan->at == '-'))
		ok = scan_number(scan);
	else
		ok = scan_word(scan);
	*inside = !empty;
	return ok;
}

static bool scan_all(struct scan *scan)
{
	bool more = true;

	while (more) {
		bool inside;
		if (!scan_value(scan, &inside))
			return false;
		if (!inside && !scan_behind(scan, &more))
			return false;
	}
	return true;
}

bool json_scan(const char *bytes, size_t len, const char **value, size_t *value_len, struct err *err)
{
	struct scan scan = {.start = bytes, .at = bytes, .end = bytes + len, .err = err};

	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		return err_set(err, ERR_FORMAT,
			       "line 1, column 1: begins with a byte-order mark; save it as UTF-8 without one");
	skip_blanks(&scan);
	const char *first = scan.at;
	bool ok = scan_all(&scan);
	const char *last = scan.at;
	free(scan.keys);
	if (!ok)
		return false;
	skip_blanks(&scan);
	if (scan.at < scan.end)
		return fault(&scan, "nothing may follow the value");
	*value = first;
	*value_len = (size_t)(last - first);
	return true;
}
