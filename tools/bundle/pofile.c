#include "bundle/pofile.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* libgettextpo hands its handler no context, and its handler may not return from a fatal error: so this is the one
 * variable of the tool that outlives a call. It points to something only while libgettextpo reads or writes a file. */
static _Thread_local struct reader {
	const struct reading *in;
	jmp_buf fatal;
} * reader;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_LEAK__)
#define LEAKS_SOUGHT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_SOUGHT 1
#endif
#endif
#ifdef LEAKS_SOUGHT
/* libgettextpo 0.21 keeps a few bytes of every file it reads. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libgettextpo";
}
#endif

static void told(int severity, po_message_t message, const char *file, size_t line, size_t column, int multiline,
		 const char *text)
{
	size_t len = strcspn(text, "\n");

	(void)message;
	(void)file;
	(void)column;
	(void)multiline;
	fault_tell(reader->in->faults, severity == PO_SEVERITY_WARNING ? FAULT_WARNING : FAULT_ERROR, reader->in->path,
		   line > 0 && line != (size_t)-1 ? line : 1, "%.*s", (int)len, text);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		longjmp(reader->fatal, 1);
}

static void told_two(int severity, po_message_t message1, const char *file1, size_t line1, size_t column1,
		     int multiline1, const char *text1, po_message_t message2, const char *file2, size_t line2,
		     size_t column2, int multiline2, const char *text2)
{
	(void)message2;
	(void)file2;
	(void)line2;
	(void)column2;
	(void)multiline2;
	(void)text2;
	told(severity, message1, file1, line1, column1, multiline1, text1);
}

/* Reads the file, or writes `made` to it. */
static po_file_t with_handler(const struct reading *in, po_file_t made, const char *file, bool write)
{
	static const struct po_xerror_handler handler = {.xerror = told, .xerror2 = told_two};
	struct reader here = {.in = in};
	po_file_t volatile po = NULL;

	reader = &here;
	if (setjmp(here.fatal) == 0)
		po = write ? po_file_write(made, file, &handler) : po_file_read(file, &handler);
	reader = NULL;
	return po;
}

/* libgettextpo reads files only, and refuses a byte order mark: so it reads the bytes from a file in memory. */
static int memory_file(const char *bytes, size_t len)
{
	int fd = memfd_create("catalog", MFD_CLOEXEC);

	for (size_t at = 0; fd >= 0 && at < len;) {
		ssize_t n = write(fd, bytes + at, len - at);

		if (n > 0) {
			at += (size_t)n;
		} else {
			close(fd);
			fd = -1;
		}
	}
	return fd;
}

static po_file_t read_bytes(const struct reading *in, const char *bytes, size_t len)
{
	int fd = memory_file(bytes, len);
	char file[32];

	if (fd < 0)
		return NULL;
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	po_file_t po = with_handler(in, NULL, file, false);
	close(fd);
	return po;
}

/* The lines that begin a message, obsolete ones apart. libgettextpo does not tell where a message stands. */
static const size_t *find_lines(const struct reading *in, const char *bytes, size_t len, size_t *count)
{
	size_t lines = 1;
	size_t line = 1;

	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	size_t *found = reading_array(in, lines, sizeof(*found));
	*count = 0;
	for (const char *at = bytes; found && at < bytes + len; line++) {
		const char *end = memchr(at, '\n', (size_t)(bytes + len - at));
		const char *stop = end ? end : bytes + len;

		while (at < stop && (*at == ' ' || *at == '\t'))
			at++;
		if (stop - at > 5 && memcmp(at, "msgid", 5) == 0 && strchr(" \t\"", at[5]))
			found[(*count)++] = line;
		at = stop + 1;
	}
	return found;
}

po_file_t pofile_open(const struct reading *in, const char *bytes, size_t len, const size_t **lines, size_t *line_count)
{
	size_t errors = in->faults->errors;

	*lines = find_lines(in, bytes, len, line_count);
	po_file_t po = *lines ? read_bytes(in, bytes, len) : NULL;
	if (!po && in->faults->errors == errors)
		fault_error(in->faults, in->path, 1, "the file cannot be read");
	return po;
}

static const char *keep(const struct reading *in, const char *text)
{
	const char *kept = text ? arena_text(in->arena, text, strlen(text)) : NULL;

	if (text && !kept)
		in->faults->no_memory = true;
	return kept;
}

static const char *header_field(const struct reading *in, const char *header, const char *field)
{
	char *value = header ? po_header_field(header, field) : NULL;
	const char *kept = keep(in, value ? value : "");

	free(value);
	return kept ? kept : "";
}

static void read_entries(const struct reading *in, po_file_t po, const size_t *lines, size_t line_count,
			 struct pofile *out)
{
	po_message_iterator_t iterator = po_message_iterator(po, NULL);
	size_t n = 0;

	for (po_message_t message = po_next_message(iterator); message; message = po_next_message(iterator)) {
		if (po_message_is_obsolete(message))
			continue;
		size_t line = n < line_count ? lines[n] : 1;
		n++;
		if (!po_message_msgctxt(message) && !*po_message_msgid(message))
			continue;
		if (out->count == line_count)
			break;
		out->entries[out->count++] = (struct pofile_entry){
			.context = keep(in, po_message_msgctxt(message)),
			.id = keep(in, po_message_msgid(message)),
			.text = keep(in, po_message_msgid_plural(message) ? "" : po_message_msgstr(message)),
			.previous = keep(in, po_message_prev_msgid(message)),
			.fuzzy = po_message_is_fuzzy(message),
			.line = line,
		};
	}
	po_message_iterator_free(iterator);
}

bool pofile_read(const struct reading *in, const char *bytes, size_t len, struct pofile *out)
{
	size_t errors = in->faults->errors;
	const size_t *lines;
	size_t line_count;

	*out = (struct pofile){0};
	if (!reading_utf8(in, bytes, len))
		return false;
	po_file_t po = pofile_open(in, bytes, len, &lines, &line_count);
	if (!po)
		return false;
	const char *header = po_file_domain_header(po, NULL);
	const char *type = header_field(in, header, "Content-Type");
	if (!strcasestr(type, "charset=UTF-8"))
		fault_error(in->faults, in->path, 1,
			    "the header's Content-Type is \"%s\"; allowed: text/plain; charset=UTF-8", type);
	out->language = header_field(in, header, "Language");
	out->translator = header_field(in, header, "Last-Translator");
	out->checker = header_field(in, header, "X-Checked-By");
	out->entries = reading_array(in, line_count, sizeof(*out->entries));
	if (out->entries && in->faults->errors == errors)
		read_entries(in, po, lines, line_count, out);
	po_file_free(po);
	return in->faults->errors == errors && !in->faults->no_memory;
}

static void add_entry(po_message_iterator_t iterator, const struct pofile_entry *entry)
{
	po_message_t message = po_message_create();

	if (entry->context)
		po_message_set_msgctxt(message, entry->context);
	po_message_set_msgid(message, entry->id);
	po_message_set_msgstr(message, entry->text);
	if (entry->previous)
		po_message_set_prev_msgid(message, entry->previous);
	if (entry->comments)
		po_message_set_extracted_comments(message, entry->comments);
	if (entry->file)
		po_message_add_filepos(message, entry->file, entry->line);
	po_message_set_fuzzy(message, entry->fuzzy);
	po_message_insert(iterator, message);
}

static bool read_back(int fd, struct buf *out, struct err *err)
{
	off_t len = lseek(fd, 0, SEEK_END);

	if (len < 0 || !buf_reserve(out, (size_t)len))
		return err_memory(err);
	if (pread(fd, out->data, (size_t)len, 0) != len)
		return err_set(err, ERR_IO, "a PO file could not be written");
	out->len = (size_t)len;
	out->data[out->len] = '\0';
	return true;
}

bool pofile_write(const struct reading *in, const char *header, const struct pofile *po, struct buf *out,
		  struct err *err)
{
	const struct pofile_entry head = {.id = "", .text = header};
	size_t errors = in->faults->errors;
	int fd = memory_file("", 0);
	char file[32];

	if (fd < 0)
		return err_set(err, ERR_IO, "a PO file could not be written");
	po_file_t made = po_file_create();
	po_message_iterator_t iterator = po_message_iterator(made, NULL);
	add_entry(iterator, &head);
	for (size_t i = 0; i < po->count; i++)
		add_entry(iterator, &po->entries[i]);
	po_message_iterator_free(iterator);
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	bool ok = with_handler(in, made, file, true) && in->faults->errors == errors;
	po_file_free(made);
	ok = ok ? read_back(fd, out, err) : err_set(err, ERR_IO, "%s could not be written", in->path);
	close(fd);
	return ok;
}
