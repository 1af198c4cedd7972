#include "content/document.h"

#include "content/parts.h"

#include <string.h>

static bool lower_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool letter_or_digit(char c)
{
	return lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

static bool id_valid_until(const char *id, size_t len)
{
	if (len == 0 || len >= ID_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!lower_or_digit(id[i]) && id[i] != '-')
			return false;
	return true;
}

bool document_id_valid(const char *id)
{
	return id_valid_until(id, strlen(id));
}

bool document_page_path_valid(const char *path)
{
	const char *slash = strchr(path, '/');

	return slash && id_valid_until(path, (size_t)(slash - path)) && document_id_valid(slash + 1);
}

bool document_lang_valid(const char *lang)
{
	size_t len = strlen(lang);
	size_t part = 0; /* letters of the part so far */
	size_t parts = 0;

	if (len >= LANG_MAX)
		return false;
	for (size_t i = 0; i <= len; i++) {
		if (i == len || lang[i] == '-') {
			if (part < 2 || part > (parts == 0 ? 3u : 8u))
				return false;
			parts++;
			part = 0;
		} else if (parts == 0 ? lang[i] >= 'a' && lang[i] <= 'z' : letter_or_digit(lang[i])) {
			part++;
		} else {
			return false;
		}
	}
	return true;
}

static size_t name_len(const char *text)
{
	size_t len = 0;

	while (letter_or_digit(text[len]) || text[len] == '-')
		len++;
	return len;
}

bool document_revision_valid(const char *revision)
{
	return strlen(revision) == REVISION_MAX - 1 && strspn(revision, "0123456789abcdef") == REVISION_MAX - 1;
}

bool document_parts_valid(const char *parts)
{
	size_t len = strspn(parts, "0123456789abcdef");

	return len > 0 && len <= TEXT_MAX && len % PART_DIGEST == 0 && parts[len] == '\0';
}

bool document_icon_valid(const char *icon)
{
	size_t len = name_len(icon);

	return len > 0 && len < ID_MAX && icon[len] == '\0';
}

bool document_picture_valid(const char *picture)
{
	size_t len = name_len(picture);

	return len > 0 && len <= 76 && strcmp(picture + len, ".svg") == 0;
}

/* Bytes of the first letter, lower-cased into `out`: Latin letters as in Danish and its neighbours are all that an
 * official Danish word begins with. */
static size_t first_letter(const char *text, size_t len, unsigned char out[2])
{
	if (len == 0)
		return 0;
	out[0] = (unsigned char)text[0];
	if (out[0] >= 'A' && out[0] <= 'Z')
		out[0] = (unsigned char)(out[0] + ('a' - 'A'));
	if (out[0] != 0xc3 || len < 2)
		return 1;
	out[1] = (unsigned char)text[1];
	if (out[1] >= 0x80 && out[1] <= 0x9e && out[1] != 0x97) /* U+00C0-U+00DE without the multiplication sign */
		out[1] = (unsigned char)(out[1] + 0x20);
	return 2;
}

static bool same_word(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned char a_first[2];
	unsigned char b_first[2];
	size_t n = first_letter(a, a_len, a_first);

	return a_len == b_len && first_letter(b, b_len, b_first) == n && memcmp(a_first, b_first, n) == 0 &&
	       memcmp(a + n, b + n, a_len - n) == 0;
}

const struct term *page_term(const struct page *page, const char *word, size_t len)
{
	for (size_t i = 0; i < page->term_count; i++)
		if (same_word(word, len, page->terms[i].term, strlen(page->terms[i].term)))
			return &page->terms[i];
	return NULL;
}
