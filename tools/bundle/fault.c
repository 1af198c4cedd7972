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

void fault_error(struct faults *faults, const char *path, size_t line, const char *format, ...)
{
	va_list args;

	if (faults->errors++ >= FAULTS_MAX)
		return;
	va_start(args, format);
	add(faults, FAULT_ERROR, path, line, format_text(&faults->arena, format, args));
	va_end(args);
}

void fault_warning(struct faults *faults, const char *path, size_t line, const char *format, ...)
{
	va_list args;

	if (faults->warnings++ >= FAULTS_MAX)
		return;
	va_start(args, format);
	add(faults, FAULT_WARNING, path, line, format_text(&faults->arena, format, args));
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

void faults_sort(struct faults *faults)
{
	if (faults->count > 0)
		qsort(faults->faults, faults->count, sizeof(*faults->faults), compare);
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
