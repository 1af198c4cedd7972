#include "bundle/fault.h"

#include "base/array.h"
#include "base/message.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
	[FAULT_ERROR] = "error", [FAULT_WARNING] = "warning", [FAULT_LAG] = "lag", [FAULT_HINT] = "hint"};
static_assert(ARRAY_LEN(kind_names) == FAULT_KIND_COUNT, "a kind of fault has no name");

const char *fault_kind_name(enum fault_kind kind)
{
	return kind_names[kind];
}

static size_t *count_of(struct faults *faults, enum fault_kind kind)
{
	size_t *const counts[] = {
		[FAULT_ERROR] = &faults->errors,
		[FAULT_WARNING] = &faults->warnings,
		[FAULT_LAG] = &faults->lags,
		[FAULT_HINT] = &faults->hints,
	};
	static_assert(ARRAY_LEN(counts) == FAULT_KIND_COUNT, "a kind of fault is not counted");

	return counts[kind];
}

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

	if (vasprintf(&text, _(format), args) < 0)
		return NULL;
	char *kept = arena_text(arena, text, strlen(text));
	free(text);
	return kept;
}

static void tell(struct faults *faults, enum fault_kind kind, const char *path, size_t line, const char *format,
		 va_list args)
{
	if ((*count_of(faults, kind))++ < FAULTS_MAX)
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

static void count_lag(struct faults *faults, enum lag lag, const char *lang)
{
	size_t i = 0;

	while (i < faults->language_count && strcmp(faults->languages[i].lang, lang) != 0)
		i++;
	if (i == faults->language_cap) {
		size_t cap = faults->language_cap ? faults->language_cap * 2 : 16;
		struct lag_count *grown = reallocarray(faults->languages, cap, sizeof(*grown));

		faults->no_memory |= !grown;
		if (!grown)
			return;
		faults->languages = grown;
		faults->language_cap = cap;
	}
	if (i == faults->language_count) {
		const char *kept = arena_text(&faults->arena, lang, strlen(lang));

		faults->no_memory |= !kept;
		if (!kept)
			return;
		faults->languages[faults->language_count++] = (struct lag_count){.lang = kept};
	}
	faults->languages[i].of[lag]++;
}

void fault_lag(struct faults *faults, enum lag lag, const char *lang, const char *path, size_t line, const char *format,
	       ...)
{
	va_list args;

	count_lag(faults, lag, lang);
	va_start(args, format);
	size_t before = faults->count;
	tell(faults, FAULT_LAG, path, line, format, args);
	va_end(args);
	if (faults->count > before) {
		faults->faults[before].lag = lag;
		faults->faults[before].lang = arena_text(&faults->arena, lang, strlen(lang));
		faults->no_memory = faults->no_memory || !faults->faults[before].lang;
	}
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
		else
			(*count_of(faults, faults->faults[i].kind))--;
	}
	faults->count = count;
}

/* The faults of the kinds from `first` to `last`; how many of them there are. */
static size_t print_kinds(const struct faults *faults, enum fault_kind first, enum fault_kind last, const char *folder,
			  FILE *out)
{
	static const char *const prefixes[] = {[FAULT_ERROR] = "",
					       [FAULT_WARNING] = N_("warning: "),
					       [FAULT_LAG] = N_("warning: "),
					       [FAULT_HINT] = N_("hint: ")};
	static_assert(ARRAY_LEN(prefixes) == FAULT_KIND_COUNT, "a kind of fault has no prefix");
	size_t folder_len = strlen(folder);
	const char *slash = folder_len > 0 && folder[folder_len - 1] != '/' ? "/" : "";
	size_t printed = 0;

	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->faults[i];

		if (fault->kind < first || fault->kind > last)
			continue;
		fprintf(out, "%s%s%s:%zu: %s%s\n", folder, slash, fault->path, fault->line,
			fault->kind == FAULT_ERROR ? "" : _(prefixes[fault->kind]), fault->text);
		printed++;
	}
	return printed;
}

static void print_lags(const struct faults *faults, FILE *out)
{
	static const char *const names[] = {[LAG_MISSING] = N_("missing"),
					    [LAG_OLDER] = N_("older than the Danish"),
					    [LAG_UNCHECKED] = N_("not checked by a person")};
	static_assert(ARRAY_LEN(names) == LAG_COUNT, "a lag has no name");

	for (size_t i = 0; i < faults->language_count; i++) {
		const struct lag_count *count = &faults->languages[i];
		const char *before = "";

		fprintf(out, _("translations to \"%s\": "), count->lang);
		for (enum lag lag = 0; lag < LAG_COUNT; lag++)
			if (count->of[lag] > 0) {
				fprintf(out, "%s%zu %s", before, count->of[lag], _(names[lag]));
				before = ", ";
			}
		fputc('\n', out);
	}
}

void faults_print(const struct faults *faults, const char *folder, bool all, FILE *out)
{
	size_t told = faults->errors + faults->warnings + (all ? faults->lags + faults->hints : 0);
	size_t printed = print_kinds(faults, FAULT_ERROR, FAULT_ERROR, folder, out);

	printed += print_kinds(faults, FAULT_WARNING, all ? FAULT_HINT : FAULT_WARNING, folder, out);
	if (printed < told)
		fprintf(out, _("... and %zu more\n"), told - printed);
	print_lags(faults, out);
}

void faults_finish(struct faults *faults)
{
	free(faults->faults);
	free(faults->languages);
	arena_finish(&faults->arena);
	*faults = (struct faults){0};
}
