/* buf -- bytes that grow.
 *
 * Zero is a valid start: `struct buf b = {0};`. Caller owns; buf_finish() frees and zeroes. After every successful
 * append the byte behind the last is zero, so text can be read as a C string. An append that fails leaves the contents
 * as they were.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *data; /* NULL until the first append */
	size_t len; /* bytes, without the final zero */
	size_t cap;
};

/* False when memory ran out. */
bool buf_append(struct buf *buf, const void *bytes, size_t len);
bool buf_append_text(struct buf *buf, const char *text);
__attribute__((format(printf, 2, 3))) bool buf_printf(struct buf *buf, const char *format, ...);
__attribute__((format(printf, 2, 0))) bool buf_vprintf(struct buf *buf, const char *format, va_list args);

/* Makes room for `more` bytes behind the contents and a final zero; who writes there sets len and the zero. */
bool buf_reserve(struct buf *buf, size_t more);

/* Keeps the first `len` bytes; nothing happens when there are fewer. */
void buf_cut(struct buf *buf, size_t len);

/* Forgets the contents, keeps the memory. */
void buf_clear(struct buf *buf);
void buf_finish(struct buf *buf);

#endif
