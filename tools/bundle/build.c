#include "bundle/build.h"

#include "base/file.h"
#include "base/message.h"
#include "bundle/cache.h"
#include "bundle/isolate.h"
#include "bundle/source_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = N_(
	"usage: vejviser-bundle build CONTENT --out DIR [--cache FOLDER] [--share DIR]\n"
	"\n"
	"Checks the folder CONTENT and writes the bundle's files to the new folder DIR. When the content has errors, "
	"they\n"
	"are told and nothing is written. The same content gives the same bytes.\n"
	"\n"
	"  --out DIR       the folder to make; it must not be there yet, but see --cache\n"
	"  --cache FOLDER  remember there what was read: next time only pages that have changed are read, and DIR may "
	"be "
	"there:\n"
	"                  only what differs in it is written, and what is no part of the bundle is removed\n"
	"  --share DIR     the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else the installed ones)\n"
	"\n"
	"Exit status: 0 written, 1 the content has errors, 2 it could not be read or written.\n");

struct build {
	struct source *source;
	struct bundle_files *files;
	size_t cap;
	struct buf bytes; /* of the file at hand */
};

/* Takes build->bytes. */
__attribute__((format(printf, 3, 4))) static bool add_file(struct build *build, struct err *err, const char *format,
							   ...)
{
	struct bundle_files *files = build->files;
	char *path = NULL;
	va_list args;

	if (files->count == build->cap) {
		size_t cap = build->cap ? build->cap * 2 : 64;
		struct bundle_file *grown = reallocarray(files->files, cap, sizeof(*grown));

		if (!grown)
			return err_memory(err);
		files->files = grown;
		build->cap = cap;
	}
	va_start(args, format);
	int n = vasprintf(&path, format, args);
	va_end(args);
	if (n < 0)
		return err_memory(err);
	files->files[files->count++] = (struct bundle_file){.path = path, .bytes = build->bytes};
	build->bytes = (struct buf){0};
	return true;
}

static bool isolate_block(struct block *block, bool rtl, struct arena *arena)
{
	bool ok = isolate_text(&block->title, rtl, arena) && isolate_rich(&block->text, rtl, arena);

	for (size_t i = 0; ok && i < block->item_count; i++)
		ok = isolate_text(&block->items[i].title, rtl, arena) &&
		     isolate_rich(&block->items[i].text, rtl, arena);
	return ok;
}

static bool isolate_page(struct page *page, bool rtl, struct arena *arena)
{
	bool ok = isolate_text(&page->title, rtl, arena) && isolate_text(&page->summary, rtl, arena);

	for (size_t i = 0; ok && i < page->fact_count; i++)
		ok = isolate_text(&page->facts[i].label, rtl, arena) && isolate_text(&page->facts[i].value, rtl, arena);
	for (size_t i = 0; ok && i < page->term_count; i++)
		ok = isolate_text(&page->terms[i].meaning, rtl, arena);
	for (size_t i = 0; ok && i < page->block_count; i++)
		ok = isolate_block(&page->blocks[i], rtl, arena);
	return ok;
}

static bool add_topics(struct build *build, const struct language *language, struct topic_texts *texts, struct err *err)
{
	struct arena *arena = &build->source->arena;
	struct topic_texts read;

	for (size_t i = 0; i < texts->count; i++)
		if (!isolate_text(&texts->topics[i].title, language->rtl, arena) ||
		    !isolate_text(&texts->topics[i].summary, language->rtl, arena))
			return err_memory(err);
	return topic_texts_write(texts, &build->bytes, err) &&
	       topic_texts_parse(build->bytes.data, build->bytes.len, arena, &read, err) &&
	       add_file(build, err, "topics/%s.json", language->code);
}

struct isolating {
	struct arena *arena;
	bool rtl;
};

static bool isolate_field(void *context, const struct shape_field *field, const char **text)
{
	const struct isolating *isolating = context;

	(void)field;
	return isolate_text(text, isolating->rtl, isolating->arena);
}

/* A record of content/records.h, or a document of them. */
static bool isolate_record(struct build *build, const struct language *language, const struct shape *shape,
			   void *record, struct err *err)
{
	struct isolating isolating = {&build->source->arena, language->rtl};

	return shape_each(shape, record, SHAPE_TRANSLATED | SHAPE_SHOWN, isolate_field, &isolating) || err_memory(err);
}

static bool add_places(struct build *build, const struct language *language, struct places *places, struct err *err)
{
	struct places read;

	return isolate_record(build, language, &places_shape, places, err) &&
	       places_write(places, &build->bytes, err) &&
	       places_parse(build->bytes.data, build->bytes.len, &build->source->arena, &read, err) &&
	       add_file(build, err, "places/%s.json", language->code);
}

static bool add_events(struct build *build, const struct language *language, struct events *events, struct err *err)
{
	struct events read;

	return isolate_record(build, language, &events_shape, events, err) &&
	       events_write(events, &build->bytes, err) &&
	       events_parse(build->bytes.data, build->bytes.len, &build->source->arena, &read, err) &&
	       add_file(build, err, "events/%s.json", language->code);
}

static bool add_notices(struct build *build, const struct language *language, struct notices *notices, struct err *err)
{
	struct notices read;

	return isolate_record(build, language, &notices_shape, notices, err) &&
	       notices_write(notices, &build->bytes, err) &&
	       notices_parse(build->bytes.data, build->bytes.len, &build->source->arena, &read, err) &&
	       add_file(build, err, "notices/%s.json", language->code);
}

static bool add_alts(struct build *build, const struct language *language, struct alts *alts, struct err *err)
{
	struct alts read;

	return isolate_record(build, language, &alts_shape, alts, err) && alts_write(alts, &build->bytes, err) &&
	       alts_parse(build->bytes.data, build->bytes.len, &build->source->arena, &read, err) &&
	       add_file(build, err, "alts/%s.json", language->code);
}

static bool add_item(struct build *build, const struct language *language, enum item_kind kind, union item_any *item,
		     struct err *err)
{
	union item_any read;

	return (isolate_record(build, language, item_shapes[kind], item, err) &&
		item_write(kind, item, &build->bytes, err) &&
		item_parse(kind, build->bytes.data, build->bytes.len, &build->source->arena, &read, err) &&
		add_file(build, err, "%s/%s/%s.json", item_folders[kind], language->code, item->head.id)) ||
	       err_context(err, "%s/%s", item_folders[kind], item->head.id);
}

static bool add_items(struct build *build, size_t language, struct err *err)
{
	struct source *source = build->source;

	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++)
		for (size_t i = 0; i < source->item_ids[kind].count; i++)
			if (source->items[kind][i].present[language] &&
			    !add_item(build, &source->bundle.languages[language], kind,
				      &source->items[kind][i].texts[language], err))
				return false;
	return true;
}

static bool add_words(struct build *build, const struct language *language, struct words *words, struct err *err)
{
	struct arena *arena = &build->source->arena;
	struct words read;

	for (size_t w = 0; w < WORD_COUNT; w++)
		for (size_t i = 0; i < words->words[w].form_count; i++)
			if (!isolate_text(&words->words[w].forms[i], language->rtl, arena))
				return err_memory(err);
	return words_write(words, &build->bytes, err) &&
	       words_parse(build->bytes.data, build->bytes.len, arena, &read, err) &&
	       add_file(build, err, "ui/%s.json", language->code);
}

static bool add_page(struct build *build, const struct source_page *page, size_t language, struct err *err)
{
	const struct language *in = &build->source->bundle.languages[language];
	struct source_text *text = &page->texts[language];
	struct arena *arena = &build->source->arena;
	struct page read;

	if (!text->present)
		return true;
	if (text->document) {
		bool ok = (buf_append(&build->bytes, text->document, text->document_len) || err_memory(err)) &&
			  add_file(build, err, "pages/%s/%s/%s.json", in->code, page->topic, page->id);

		if (ok)
			build->files->files[build->files->count - 1].there = true;
		return ok;
	}
	if (!isolate_page(&text->page, in->rtl, arena))
		return err_memory(err);
	if (!page_write(&text->page, &build->bytes, err) ||
	    !page_parse(build->bytes.data, build->bytes.len, arena, &read, err))
		return err_context(err, "%s", text->path);
	return add_file(build, err, "pages/%s/%s/%s.json", in->code, page->topic, page->id);
}

static bool add_language(struct build *build, size_t language, struct err *err)
{
	struct source *source = build->source;
	const struct language *in = &source->bundle.languages[language];

	if (!add_topics(build, in, &source->topics[language], err) ||
	    !add_places(build, in, &source->places[language], err) ||
	    !add_events(build, in, &source->events[language], err) ||
	    !add_notices(build, in, &source->notices[language], err) ||
	    !add_alts(build, in, &source->alts[language], err) || !add_items(build, language, err) ||
	    !add_words(build, in, &source->words[language], err))
		return err_context(err, "%s", in->code);
	for (size_t i = 0; i < source->page_count; i++)
		if (!add_page(build, &source->pages[i], language, err))
			return false;
	return true;
}

struct adding {
	struct build *build;
	struct err *err;
};

static bool add_picture(void *context, const char *name, bool told)
{
	const struct adding *adding = context;
	struct build *build = adding->build;
	char path[NAME_MAX];

	(void)told;

	for (size_t i = 0; i < build->files->count; i++)
		if (strncmp(build->files->files[i].path, "pictures/", 9) == 0 &&
		    strcmp(build->files->files[i].path + 9, name) == 0)
			return true;
	snprintf(path, sizeof(path), "pictures/%s", name);
	return file_read(build->source->dir, path, PICTURE_BYTES_MAX, &build->bytes, adding->err) &&
	       add_file(build, adding->err, "%s", path);
}

static bool add_timetable(struct build *build, struct err *err)
{
	struct source *source = build->source;
	struct timetable read;

	return timetable_write(&source->timetable, &build->bytes, err) &&
	       timetable_parse(build->bytes.data, build->bytes.len, &source->arena, &read, err) &&
	       add_file(build, err, "timetable.json");
}

static bool add_all(struct build *build, struct err *err)
{
	struct source *source = build->source;
	struct bundle read;

	if (!bundle_write(&source->bundle, &build->bytes, err) ||
	    !bundle_parse(build->bytes.data, build->bytes.len, &source->arena, &read, err) ||
	    !add_file(build, err, "bundle.json") || !add_timetable(build, err))
		return false;
	for (size_t i = 0; i < source->bundle.language_count; i++)
		if (!add_language(build, i, err))
			return false;
	struct adding adding = {build, err};
	return source_each_picture(source, add_picture, &adding);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const struct bundle_file *)a)->path, ((const struct bundle_file *)b)->path);
}

static bool build_with(const char *content_dir, const char *share, struct build_cache *cache, bool progress,
		       struct bundle_files *out, struct faults *faults, struct err *err)
{
	struct source source;
	struct bundle_files files = {0};
	struct build build = {.source = &source, .files = &files};

	*out = (struct bundle_files){0};
	if (!source_read_with(content_dir, share, cache, progress, &source, faults, err))
		return false;
	bool ok = faults->errors == 0
			  ? add_all(&build, err)
			  : err_set(err, ERR_FORMAT,
				    ngettext("the content has %zu error", "the content has %zu errors", faults->errors),
				    faults->errors);
	buf_finish(&build.bytes);
	if (ok)
		qsort(files.files, files.count, sizeof(*files.files), compare_paths);
	ok = ok && (!cache || build_cache_write(cache, &source, &files, err));
	faults_sort(faults);
	source_finish(&source);
	if (!ok) {
		bundle_files_finish(&files);
		return false;
	}
	*out = files;
	return true;
}

bool build_files(const char *content_dir, const char *share, struct bundle_files *out, struct faults *faults,
		 struct err *err)
{
	return build_with(content_dir, share, NULL, false, out, faults, err);
}

void bundle_files_finish(struct bundle_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->files[i].path);
		buf_finish(&files->files[i].bytes);
	}
	free(files->files);
	*files = (struct bundle_files){0};
}

/* False also when it cannot be read: then it is written anew. */
static bool is_there(int dir, const struct bundle_file *file)
{
	struct buf bytes = {0};
	struct err ignored = {0};
	bool same = file_read(dir, file->path, DOCUMENT_BYTES_MAX, &bytes, &ignored) && bytes.len == file->bytes.len &&
		    memcmp(bytes.data, file->bytes.data, bytes.len) == 0;

	buf_finish(&bytes);
	return same;
}

/* The folder's files become those of the bundle; only what differs is written. Nothing waits for the disk: after a power
 * cut it is built again, and what is published is written by the publisher. */
static bool write_files(int dir, bool empty, const struct bundle_files *files, size_t *written, struct err *err)
{
	bool ok = true;

	*written = 0;
	for (size_t i = 0; ok && i < files->count; i++) {
		const struct bundle_file *file = &files->files[i];

		if (!empty && (file->there || is_there(dir, file)))
			continue;
		ok = file_write_later(dir, file->path, file->bytes.data, file->bytes.len, 0644, err);
		++*written;
	}
	return ok;
}

/* Written beside the goal and renamed, so that nobody sees half of it. */
bool build_write(const char *path, const struct bundle_files *files, struct err *err)
{
	char *path_copy = strdup(path);
	char *name_copy = strdup(path);
	char aside[NAME_MAX + 8];
	int parent = -1;
	int dir = -1;
	size_t written;
	bool ok = false;

	if (!path_copy || !name_copy) {
		err_memory(err);
		goto out;
	}
	const char *name = basename(name_copy);
	if (snprintf(aside, sizeof(aside), ".%s.new", name) > NAME_MAX) {
		err_set(err, ERR_USAGE, "%s: the name is too long", path);
		goto out;
	}
	if (!file_open_dir(AT_FDCWD, dirname(path_copy), false, &parent, err))
		goto out;
	if (faccessat(parent, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		err_set(err, ERR_USAGE, "%s: is there already; name a new folder", path);
		goto out;
	}
	ok = file_remove(parent, aside, err) && file_open_dir(parent, aside, true, &dir, err) &&
	     write_files(dir, true, files, &written, err) && file_rename(parent, aside, parent, name, err);
	if (!ok) {
		struct err ignored = {0};
		file_remove(parent, aside, &ignored);
	}
out:
	if (dir >= 0)
		close(dir);
	if (parent >= 0)
		close(parent);
	free(path_copy);
	free(name_copy);
	return ok;
}

/* The files of a folder that are no part of the bundle go. */
struct strays {
	int dir;
	const char *path;
	const struct bundle_files *files;
};

static bool remove_stray(void *context, const char *name, bool is_dir, struct err *err)
{
	const struct strays *strays = context;
	char path[PATH_MAX];
	struct bundle_file key = {.path = path};

	if (snprintf(path, sizeof(path), "%s%s%s", strays->path, *strays->path ? "/" : "", name) >= (int)sizeof(path))
		return err_set(err, ERR_LIMIT, "%s: the path is too long", name);
	if (is_dir) {
		struct strays below = {strays->dir, path, strays->files};

		return file_list(strays->dir, path, remove_stray, &below, err) &&
		       (unlinkat(strays->dir, path, AT_REMOVEDIR) == 0 || errno == ENOTEMPTY || errno == EEXIST ||
			err_errno(err, "%s", path));
	}
	return bsearch(&key, strays->files->files, strays->files->count, sizeof(key), compare_paths) ||
	       file_remove(strays->dir, path, err);
}

/* Nobody's other folder is emptied: it must be a bundle already. */
static bool update(const char *path, const struct bundle_files *files, size_t *written, struct err *err)
{
	struct strays strays = {.path = "", .files = files};

	if (!file_open_dir(AT_FDCWD, path, false, &strays.dir, err))
		return false;
	bool ok = (faccessat(strays.dir, "bundle.json", F_OK, 0) == 0 ||
		   err_set(err, ERR_USAGE, "%s: is there already, and is no bundle; name a new folder", path)) &&
		  write_files(strays.dir, false, files, written, err) &&
		  file_list(strays.dir, ".", remove_stray, &strays, err);
	close(strays.dir);
	return ok;
}

static int run(const char *content, const char *out_dir, const char *cache_dir, const char *share)
{
	struct faults faults = {0};
	struct bundle_files files = {0};
	struct build_cache *cache = NULL;
	struct err err = {0};
	bool there = cache_dir && access(out_dir, F_OK) == 0;
	int status = 0;

	bool ok = (!cache_dir || build_cache_open(cache_dir, out_dir, &cache, &err)) &&
		  build_with(content, share, cache, isatty(STDERR_FILENO), &files, &faults, &err);
	size_t written = files.count;
	faults_print(&faults, content, false, stderr);
	if (ok && (there ? update(out_dir, &files, &written, &err) : build_write(out_dir, &files, &err))) {
		if (there)
			printf(_("%zu of %zu files differ and are written to %s\n"), written, files.count, out_dir);
		else
			printf(ngettext("%zu file written to %s\n", "%zu files written to %s\n", files.count),
			       files.count, out_dir);
	} else {
		fprintf(stderr, "vejviser-bundle: %s; %s\n", err.text,
			ok && there ? _("give the same command again") : _("nothing is written"));
		status = faults.errors > 0 ? 1 : 2;
	}
	build_cache_close(cache);
	bundle_files_finish(&files);
	faults_finish(&faults);
	return status;
}

int command_build(int argc, char **argv)
{
	static const struct option options[] = {{"out", required_argument, NULL, 'o'},
						{"cache", required_argument, NULL, 'c'},
						{"share", required_argument, NULL, 's'},
						{"help", no_argument, NULL, 'h'},
						{0}};
	const char *out_dir = NULL;
	const char *cache_dir = NULL;
	const char *share = NULL;
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'o')
			out_dir = optarg;
		else if (option == 'c')
			cache_dir = optarg;
		else if (option == 's')
			share = optarg;
		else
			return fputs(_(usage), option == 'h' ? stdout : stderr), option == 'h' ? 0 : 2;
	}
	if (optind + 1 != argc || !out_dir)
		return fputs(_(usage), stderr), 2;
	return run(argv[optind], out_dir, cache_dir, share);
}
