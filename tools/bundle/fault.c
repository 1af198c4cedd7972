#include "bundle/fault.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static bool grow(struct faults *faults)
{
	if (faults->count < faults->cap)
		return true;

	size_t cap = faults->cap ? faults->cap * 2 : 16;
	struct fault *grown = reallocarray(faults->faults, cap, sizeof(*grown));

	if (!grown)
		return false;
	faults->faults = grown;
	faults->cap = cap;
	return true;
}

static void add(struct faults *faults, enum fault_kind kind, const char *path, size_t line, const char *text)
{
	const char *kept_path = arena_text(&faults->arena, path, strlen(path));

	if (!text || !kept_path || !grow(faults)) {
		faults->no_memory = true;
		return;
	}
	faults->faults[faults->count] =
		(struct fault){.path = kept_path, .line = line, .order = faults->count, .kind = kind, .text = text};
	faults->count++;
}

static char *format_text(struct arena *arena, const char *format, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, format, args) < 0)
		return NULL;
	char *kept = arena_text(arena, text, strlen(text));
	free(text);
	return kept;
}

static void tell(struct faults *faults, enum fault_kind kind, const char *path, size_t line, const char *format,
		 va_list args)
{
	size_t *count = kind == FAULT_ERROR ? &faults->errors : &faults->warnings;

	if ((*count)++ < FAULTS_MAX)
		add(faults, kind, path, line, format_text(&faults->arena, format, args));
}

void fault_tell(struct faults *faults, enum fault_kind kind, const char *path, size_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(faults, kind, path, line, format, args);
	va_end(args);
}

void fault_error(struct faults *faults, const char *path, size_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(faults, FAULT_ERROR, path, line, format, args);
	va_end(args);
}

void fault_warning(struct faults *faults, const char *path, size_t line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(faults, FAULT_WARNING, path, line, format, args);
	va_end(args);
}

bool faults_complete(const struct faults *faults, struct err *err)
{
	return !faults->no_memory || err_memory(err);
}

static int compare(const void *a, const void *b)
{
	const struct fault *left = a;
	const struct fault *right = b;
	int order = strcmp(left->path, right->path);

	if (order == 0)
		order = (left->line > right->line) - (left->line < right->line);
	if (order == 0)
		order = (left->order > right->order) - (left->order < right->order);
	return order;
}

/* Whether one of the `count` sorted faults says the same. */
static bool told(const struct fault *faults, size_t count, const struct fault *fault)
{
	while (count > 0 && faults[count - 1].line == fault->line && strcmp(faults[count - 1].path, fault->path) == 0) {
		const struct fault *before = &faults[--count];

		if (before->kind == fault->kind && strcmp(before->text, fault->text) == 0)
			return true;
	}
	return false;
}

void faults_sort(struct faults *faults)
{
	size_t count = 0;

	if (faults->count > 0)
		qsort(faults->faults, faults->count, sizeof(*faults->faults), compare);
	for (size_t i = 0; i < faults->count; i++) {
		if (!told(faults->faults, count, &faults->faults[i]))
			faults->faults[count++] = faults->faults[i];
		else if (faults->faults[i].kind == FAULT_ERROR)
			faults->errors--;
		else
			faults->warnings--;
	}
	faults->count = count;
}

void faults_print(const struct faults *faults, const char *folder, FILE *out)
{
	size_t folder_len = strlen(folder);
	const char *slash = folder_len > 0 && folder[folder_len - 1] != '/' ? "/" : "";

	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->faults[i];

		fprintf(out, "%s%s%s:%zu: %s%s\n", folder, slash, fault->path, fault->line,
			fault->kind == FAULT_WARNING ? "warning: " : "", fault->text);
	}
	if (faults->count < faults->errors + faults->warnings)
		fprintf(out, "... and %zu more\n", faults->errors + faults->warnings - faults->count);
}

void faults_finish(struct faults *faults)
{
	free(faults->faults);
	arena_finish(&faults->arena);
	*faults = (struct faults){0};
}
