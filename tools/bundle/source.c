#include "bundle/source.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/cache.h"
#include "bundle/catalog.h"
#include "bundle/record.h"
#include "bundle/shaped.h"
#include "bundle/source_parts.h"
#include "text/fonts.h"

#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX 5000 /* entries in one folder */

const char *source_path(struct source *source, const char *format, ...)
{
	char path[PATH_MAX];
	va_list args;

	va_start(args, format);
	int n = vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	const char *kept = n > 0 && n < (int)sizeof(path) ? arena_text(&source->arena, path, (size_t)n) : NULL;
	if (!kept)
		source->faults->no_memory = true;
	return kept ? kept : "";
}

struct reading source_reading(struct source *source, const char *path)
{
	return (struct reading){
		.path = path, .faults = source->faults, .arena = &source->arena, .fonts = source->fonts};
}

bool source_load(struct source *source, const struct reading *in, size_t limit, bool optional, struct buf *bytes,
		 bool *loaded, struct err *err)
{
	struct err reason = {0};

	*loaded = file_read(source->dir, in->path, limit, bytes, &reason);
	if (*loaded) {
		source->file_count++;
		reading_unix(bytes);
		*loaded = reading_utf8(in, bytes->len ? bytes->data : "", bytes->len);
		return true;
	}
	if (reason.code == ERR_MISSING) {
		if (!optional)
			fault_error(source->faults, in->path, 1, "the file is missing");
		return true;
	}
	if (reason.code == ERR_LIMIT) {
		fault_error(source->faults, in->path, 1, "the file is too large; at most %zu bytes are allowed", limit);
		return true;
	}
	*err = reason;
	return false;
}

bool source_load_tree(struct source *source, const struct reading *in, const struct tree **tree, struct err *err)
{
	struct buf bytes = {0};
	bool loaded;
	bool ok = source_load(source, in, TREE_BYTES_MAX, false, &bytes, &loaded, err);

	*tree = ok && loaded ? tree_read(in, bytes.len ? bytes.data : "", bytes.len, 1) : NULL;
	buf_finish(&bytes);
	return ok;
}

struct listing {
	struct source *source;
	bool folders;
	struct source_names *out;
};

static bool keep_name(void *context, const char *name, bool is_dir, struct err *err)
{
	struct listing *listing = context;
	struct source_names *out = listing->out;
	size_t len = strlen(name);

	if (name[0] == '.' || name[len - 1] == '~' || is_dir != listing->folders)
		return true;
	if (out->count == out->cap) {
		size_t cap = out->cap ? out->cap * 2 : 32;
		const char **grown = arena_array(&listing->source->arena, cap, sizeof(*grown));

		if (out->count >= NAMES_MAX)
			return err_set(err, ERR_LIMIT, "more than %d files in one folder", NAMES_MAX);
		if (!grown)
			return err_memory(err);
		if (out->count > 0)
			memcpy(grown, out->names, out->count * sizeof(*grown));
		out->names = grown;
		out->cap = cap;
	}
	out->names[out->count] = arena_text(&listing->source->arena, name, len);
	return out->names[out->count++] || err_memory(err);
}

bool source_list(struct source *source, int dir, const char *path, bool folders, struct source_names *out,
		 struct err *err)
{
	struct listing listing = {source, folders, out};
	struct err reason = {0};

	*out = (struct source_names){0};
	if (file_list(dir, path, keep_name, &listing, &reason) || reason.code == ERR_MISSING)
		return true;
	*err = reason;
	return false;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool source_list_ids(struct source *source, const char *folder, const char *suffix, size_t max,
		     struct source_names *out, struct err *err)
{
	struct source_names files = {0};
	size_t suffix_len = strlen(suffix);

	if (!source_list(source, source->dir, folder, false, &files, err))
		return false;
	if (files.count > max)
		return err_set(err, ERR_LIMIT, "%zu files in %s; at most %zu are allowed", files.count, folder, max);
	*out = (struct source_names){.names = arena_array(&source->arena, files.count + 1, sizeof(*out->names))};
	if (!out->names)
		return err_memory(err);
	for (size_t i = 0; i < files.count; i++) {
		size_t len = strlen(files.names[i]);
		const char *id = "";

		if (len > suffix_len && strcmp(files.names[i] + len - suffix_len, suffix) == 0)
			id = source_path(source, "%.*s", (int)(len - suffix_len), files.names[i]);
		if (document_id_valid(id))
			out->names[out->count++] = id;
		else
			fault_error(source->faults, source_path(source, "%s/%s", folder, files.names[i]), 1,
				    "the name of the file is not allowed; allowed: 1-40 of a-z, 0-9 and -, then %s",
				    suffix);
	}
	/* "a-b" and "a" may have changed places with the suffix gone. */
	if (out->count > 0)
		qsort(out->names, out->count, sizeof(*out->names), compare_names);
	return true;
}

bool source_has(const struct source_names *names, const char *name)
{
	return names->count > 0 && bsearch(&name, names->names, names->count, sizeof(name), compare_names);
}

const char *source_icon(const struct source *source, const struct reading *in, const struct tree *map, const char *key,
			bool required)
{
	const char *icon = record_formed(in, map, key, &record_icon, required);

	if (!icon || source_has(&source->icons, icon))
		return icon;
	const char *suggestion = reading_near(in, icon, source->icons.names, source->icons.count);
	fault_error(in->faults, in->path, tree_find(map, key)->line, "there is no pictogram \"%s\"%s", icon,
		    *suggestion ? suggestion : source->icons_allowed);
	return NULL;
}

const char *source_picture(struct source *source, const struct reading *in, const struct tree *map, const char *key,
			   bool required)
{
	const char *picture = record_formed(in, map, key, &record_picture, required);

	if (!picture || source_has(&source->pictures, picture))
		return picture;
	fault_error(in->faults, in->path, tree_find(map, key)->line, "there is no file pictures/%s%s", picture,
		    reading_suggest(in, picture, source->pictures.names, source->pictures.count));
	return NULL;
}

int source_language(const struct source *source, const char *code)
{
	for (size_t i = 0; i < source->bundle.language_count; i++)
		if (strcmp(source->bundle.languages[i].code, code) == 0)
			return (int)i;
	return -1;
}

void source_texts(struct source *source, const struct reading *in, const struct tree *map, const char *key,
		  size_t max_chars, bool required, const char **out)
{
	const struct tree *texts = tree_find(map, key);
	const char *codes[LANGUAGES_MAX];
	size_t count = source->bundle.language_count;

	if (!texts && required)
		fault_error(in->faults, in->path, map->line, "\"%s\" is missing", key);
	for (size_t i = 0; i < count; i++)
		codes[i] = source->bundle.languages[i].code;
	if (!texts || !record_keys(in, texts, key, codes, count))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct tree *text = tree_find(texts, codes[i]);

		if (text && text->kind == TREE_TEXT)
			out[i] = reading_text(in, text->line, source_path(source, "%s (%s)", key, codes[i]), text->text,
					      text->len, max_chars);
		else if (text)
			fault_error(in->faults, in->path, text->line, "%s (%s) must be a text", key, codes[i]);
		else if (i == source->source_language)
			fault_error(in->faults, in->path, texts->line, "%s lacks the Danish text (\"%s\")", key,
				    codes[i]);
		else
			fault_lag(in->faults, LAG_MISSING, codes[i], in->path, texts->line,
				  "%s is not translated to \"%s\"", key, codes[i]);
	}
	for (size_t i = 0; i < count && out[source->source_language]; i++)
		if (out[i])
			shaped_numbers(in, tree_find(texts, codes[i])->line,
				       source_path(source, "%s (%s)", key, codes[i]), out[source->source_language],
				       out[i], FAULT_WARNING);
}

void source_tell_older(const struct reading *in, const char *lang, size_t line, const char *key, const char *revision)
{
	fault_lag(in->faults, LAG_OLDER, lang, in->path, line,
		  "the Danish text has changed since this was translated; bring it up to date, then write %s: %s", key,
		  revision);
}

void source_tell_unchecked(const struct reading *in, const char *lang, size_t line)
{
	fault_lag(
		in->faults, LAG_UNCHECKED, lang, in->path, line,
		"no person has checked this translation to \"%s\"; one who knows the language reads it all and writes "
		"\"checked\"",
		lang);
}

bool source_check_files(struct source *source, const char *folder, const char *suffix, struct err *err)
{
	struct source_names files = {0};

	if (!source_list(source, source->dir, folder, false, &files, err))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		size_t stem = strcspn(files.names[i], ".");
		const char *lang = source_path(source, "%.*s", (int)stem, files.names[i]);

		if (strcmp(files.names[i] + stem, suffix) != 0 || source_language(source, lang) < 0)
			fault_warning(
				source->faults, source_path(source, "%s/%s", folder, files.names[i]), 1,
				"this file is not read; allowed: <language>%s for a language that site.yaml names",
				suffix);
	}
	return true;
}

const struct source_page *source_find_page(const struct source *source, const char *path)
{
	size_t topic_len = strcspn(path, "/");

	for (size_t i = 0; i < source->page_count; i++) {
		const struct source_page *page = &source->pages[i];

		if (strlen(page->topic) == topic_len && memcmp(page->topic, path, topic_len) == 0 && path[topic_len] &&
		    strcmp(page->id, path + topic_len + 1) == 0)
			return page;
	}
	return NULL;
}

static bool read_words(struct source *source, size_t language, struct err *err)
{
	const char *lang = source->bundle.languages[language].code;
	struct reading in = source_reading(source, source_path(source, "ui/%s.po", lang));
	struct buf bytes = {0};
	bool loaded;
	bool ok = source_load(source, &in, CATALOG_BYTES_MAX, false, &bytes, &loaded, err);

	if (ok && loaded)
		catalog_read(&in, lang, bytes.len ? bytes.data : "", bytes.len, &source->words[language]);
	buf_finish(&bytes);
	return ok;
}

static bool read_ui(struct source *source, struct err *err)
{
	for (size_t i = 0; i < source->bundle.language_count; i++)
		if (!read_words(source, i, err))
			return false;
	return source_check_files(source, "ui", ".po", err);
}

static bool read_icons(struct source *source, const char *share, struct err *err)
{
	const char *icons_dir = source_path(source, "%s/icons", share);
	static const char suffix[] = ".svg";
	size_t count = 0;
	int dir = -1;

	if (!file_open_dir(AT_FDCWD, icons_dir, false, &dir, err))
		return err_context(err, "the folder of pictograms");
	source->icons_allowed = source_path(source, _("; allowed: the names of the pictograms in %s"), icons_dir);
	bool ok = source_list(source, dir, ".", false, &source->icons, err);
	close(dir);
	for (size_t i = 0; i < source->icons.count; i++) {
		size_t len = strlen(source->icons.names[i]);

		if (len > strlen(suffix) && strcmp(source->icons.names[i] + len - strlen(suffix), suffix) == 0)
			source->icons.names[count++] =
				arena_text(&source->arena, source->icons.names[i], len - strlen(suffix));
	}
	source->icons.count = count;
	for (size_t i = 0; i < count; i++)
		if (!source->icons.names[i])
			return err_memory(err);
	/* "a-b" and "a" may have changed places with the suffix gone. */
	if (count > 0)
		qsort(source->icons.names, count, sizeof(*source->icons.names), compare_names);
	return ok;
}

static bool make_rooms(struct source *source, struct err *err)
{
	size_t count = source->bundle.language_count;

	source->topics = arena_array(&source->arena, count, sizeof(*source->topics));
	source->places = arena_array(&source->arena, count, sizeof(*source->places));
	source->events = arena_array(&source->arena, count, sizeof(*source->events));
	source->notices = arena_array(&source->arena, count, sizeof(*source->notices));
	source->alts = arena_array(&source->arena, count, sizeof(*source->alts));
	source->words = arena_array(&source->arena, count, sizeof(*source->words));
	return (source->topics && source->places && source->events && source->notices && source->alts &&
		source->words) ||
	       err_memory(err);
}

static bool open_share(struct source *source, const char *share, struct err *err)
{
	source->share = share;
	return read_icons(source, share, err) && fonts_open(share, &source->fonts, err);
}

/* The folder that somebody named, or the default, which is there only where the programs are installed. */
static bool find_share(struct source *source, const char *share, struct err *err)
{
	struct err why = {0};
	const char *usual = getenv("VEJVISER_SHARE");

	if (share)
		return open_share(source, share, err) || err_context(err, "--share");
	if (open_share(source, usual && *usual ? usual : VEJVISER_SHARE, &why))
		return true;
	return err_set(err, why.code, "%s; give --share DIR, such as --share build/share", why.text);
}

static bool read_kinds(struct source *source, struct err *err)
{
	/* In this order: what is named must have been read, or at least listed. */
	static bool (*const kinds[])(struct source *, struct err *) = {
		source_read_facts,   source_read_places,  source_read_topics, source_read_pages,
		source_read_items,   source_read_notices, source_read_events, read_ui,
		source_read_pictures};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (!kinds[i](source, err))
			return false;
	for (size_t i = 0; i < source->page_count; i++) {
		size_t told = source->faults->count;

		if (!source->pages[i].known && !source_check_page(source, &source->pages[i], err))
			return false;
		if (source->cache)
			build_cache_note(source->cache, source, &source->pages[i], told);
	}
	source_check_facts(source);
	source_check_activities(source);
	source_check_twins(source);
	return true;
}

static bool read_all(struct source *source, const char *share, struct err *err)
{
	if (!file_open_dir(AT_FDCWD, source->folder, false, &source->dir, err))
		return err_context(err, "the folder of content");
	if (!find_share(source, share, err) || !source_read_site(source, err))
		return false;
	/* Without its languages nothing else can be understood. */
	return source->bundle.language_count == 0 || (make_rooms(source, err) && source_list_pictures(source, err) &&
						      source_check_root(source, err) && read_kinds(source, err));
}

bool source_read(const char *content_dir, const char *share, struct source *out, struct faults *faults, struct err *err)
{
	return source_read_with(content_dir, share, NULL, false, out, faults, err);
}

bool source_read_with(const char *content_dir, const char *share, struct build_cache *cache, bool progress,
		      struct source *out, struct faults *faults, struct err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t now_utc_s = epoch && *epoch ? strtoll(epoch, NULL, 10) : clock_now().utc_s;

	*out = (struct source){.dir = -1,
			       .folder = content_dir,
			       .faults = faults,
			       .cache = cache,
			       .progress = progress,
			       .today = now_utc_s / 86400};
	if (read_all(out, share, err) && faults_complete(faults, err))
		return true;
	source_finish(out);
	return false;
}

void source_finish(struct source *source)
{
	if (source->dir >= 0)
		close(source->dir);
	fonts_close(source->fonts);
	arena_finish(&source->arena);
	*source = (struct source){.dir = -1};
}
