#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_CAP_MIN 64

bool buf_reserve(struct buf *buf, size_t more)
{
	if (more >= SIZE_MAX - buf->len)
		return false;

	size_t need = buf->len + more + 1;
	if (need <= buf->cap)
		return true;

	size_t cap = buf->cap < SIZE_MAX / 2 ? buf->cap * 2 : need;
	if (cap < need)
		cap = need;
	if (cap < BUF_CAP_MIN)
		cap = BUF_CAP_MIN;
	char *data = realloc(buf->data, cap);
	if (!data)
		return false;
	data[buf->len] = '\0';
	buf->data = data;
	buf->cap = cap;
	return true;
}

bool buf_append(struct buf *buf, const void *bytes, size_t len)
{
	if (!buf_reserve(buf, len))
		return false;
	if (len > 0)
		memcpy(buf->data + buf->len, bytes, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
	return true;
}

bool buf_append_text(struct buf *buf, const char *text)
{
	return buf_append(buf, text, strlen(text));
}

bool buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	bool ok = len >= 0 && buf_reserve(buf, (size_t)len);
	if (ok) {
		vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
	return ok;
}

bool buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	bool ok = buf_vprintf(buf, format, args);
	va_end(args);
	return ok;
}

void buf_cut(struct buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->data[len] = '\0';
}

void buf_clear(struct buf *buf)
{
	buf_cut(buf, 0);
}

void buf_finish(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}
