#include "bundle/cache.h"

#include "base/crypto.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/markdown.h"
#include "bundle/source_parts.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME       "pages"
#define HEAD       "vejviser-bundle cache 1\n"
#define CACHE_MAX  (64u * 1024u * 1024u)
#define OTHER_MAX  (64u * 1024u * 1024u) /* of one file that is not a page */
#define FOLDER_MAX 6                     /* in each other */

/* A page: its key, and the lines that follow it in the file. */
struct known {
	char key[SHA256_HEX_MAX];
	const char *lines, *end;
};

struct build_cache {
	struct arena arena;
	int folder, bundle; /* bundle: -1 when there is none */
	struct buf bytes;
	struct known *before; /* ascending by key */
	size_t before_count;
	struct known *now; /* one for each page */
	char context[SHA256_HEX_MAX];
	bool failed; /* memory: nothing is kept */
};

static int compare_known(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->key, ((const struct known *)b)->key);
}

/* The bytes before the last line, when that has their digest. */
static bool whole(const struct buf *bytes, size_t *len)
{
	static const char last[] = "end ";
	size_t tail = strlen(last) + 64 + 1;
	char hex[SHA256_HEX_MAX];
	struct err ignored = {0};

	if (bytes->len < strlen(HEAD) + tail || memcmp(bytes->data, HEAD, strlen(HEAD)) != 0)
		return false;
	*len = bytes->len - tail;
	return bytes->data[*len - 1] == '\n' && memcmp(bytes->data + *len, last, strlen(last)) == 0 &&
	       sha256_hex(bytes->data, *len, hex, &ignored) && memcmp(bytes->data + *len + strlen(last), hex, 64) == 0;
}

static bool read_before(struct build_cache *cache, struct err *err)
{
	static const char begins[] = "\npage ";
	struct err ignored = {0};
	size_t count = 0;
	size_t len;

	if (!file_read(cache->folder, NAME, CACHE_MAX, &cache->bytes, &ignored) || !whole(&cache->bytes, &len))
		return true;
	cache->bytes.data[len] = '\0';
	for (const char *at = cache->bytes.data; (at = strstr(at, begins)); at++)
		count++;
	cache->before = arena_array(&cache->arena, count ? count : 1, sizeof(*cache->before));
	if (!cache->before)
		return err_memory(err);
	for (const char *at = cache->bytes.data; (at = strstr(at, begins)); at++) {
		const char *key = at + strlen(begins);
		const char *next = strstr(key, begins);
		struct known *known = &cache->before[cache->before_count];

		if (strcspn(key, "\n") != 64)
			continue;
		memcpy(known->key, key, 64);
		known->lines = key + 65;
		known->end = next ? next + 1 : cache->bytes.data + len;
		cache->before_count++;
	}
	qsort(cache->before, cache->before_count, sizeof(*cache->before), compare_known);
	return true;
}

bool build_cache_open(const char *folder, const char *bundle, struct build_cache **out, struct err *err)
{
	struct build_cache *cache = calloc(1, sizeof(*cache));
	struct err reason = {0};

	if (!cache)
		return err_memory(err);
	cache->folder = cache->bundle = -1;
	if (!file_open_dir(AT_FDCWD, folder, true, &cache->folder, err)) {
		build_cache_close(cache);
		return err_context(err, "--cache");
	}
	if ((!file_open_dir(AT_FDCWD, bundle, false, &cache->bundle, &reason) && reason.code != ERR_MISSING) ||
	    !read_before(cache, &reason)) {
		build_cache_close(cache);
		return *err = reason, false;
	}
	*out = cache;
	return true;
}

void build_cache_close(struct build_cache *cache)
{
	if (!cache)
		return;
	if (cache->folder >= 0)
		close(cache->folder);
	if (cache->bundle >= 0)
		close(cache->bundle);
	buf_finish(&cache->bytes);
	arena_finish(&cache->arena);
	free(cache);
}

/* ---- What a page is made of */

struct hashing {
	struct sha256 *hash;
	const struct source *source;
	int dir;
	const char *path;
	size_t depth;
	bool pages; /* files of pages too */
};

static bool hash_text(struct sha256 *hash, const char *text, struct err *err)
{
	return sha256_update(hash, text, strlen(text) + 1, err);
}

/* topics/<topic>/<page>: the files in it are the page's own. */
static bool is_page(const struct hashing *hashing)
{
	return !hashing->pages && hashing->depth == 3 && strncmp(hashing->path, "topics/", 7) == 0;
}

static bool hash_entry(void *context, const char *name, bool is_dir, struct err *err)
{
	struct hashing *hashing = context;
	char path[PATH_MAX];
	struct buf bytes = {0};
	struct err reason = {0};

	if (snprintf(path, sizeof(path), "%s%s%s", hashing->path, *hashing->path ? "/" : "", name) >= (int)sizeof(path))
		return err_set(err, ERR_LIMIT, "%s: the path is too long", name);
	if (!hash_text(hashing->hash, path, err))
		return false;
	if (is_dir) {
		struct hashing below = *hashing;

		below.path = path;
		below.depth++;
		return below.depth > FOLDER_MAX || is_page(&below) ||
		       file_list(hashing->dir, path, hash_entry, &below, err);
	}
	/* What cannot be read is told by whoever needs it. */
	if (!file_read(hashing->dir, path, OTHER_MAX, &bytes, &reason))
		return hash_text(hashing->hash, reason.text, err);
	char length[32];
	snprintf(length, sizeof(length), "%zu", bytes.len);
	bool ok = hash_text(hashing->hash, length, err) &&
		  (bytes.len == 0 || sha256_update(hashing->hash, bytes.data, bytes.len, err));
	buf_finish(&bytes);
	return ok;
}

static bool hash_folder(struct sha256 *hash, int at, const char *folder, struct err *err)
{
	struct hashing hashing = {.hash = hash, .dir = -1, .path = "", .pages = true};

	if (!file_open_dir(at, folder, false, &hashing.dir, err))
		return false;
	bool ok = file_list(hashing.dir, ".", hash_entry, &hashing, err);
	close(hashing.dir);
	return ok;
}

static bool hash_program(struct sha256 *hash, struct err *err)
{
	int proc = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	char block[65536];
	ssize_t n = -1;
	bool ok = proc >= 0;

	while (ok && (n = read(proc, block, sizeof(block))) > 0)
		ok = sha256_update(hash, block, (size_t)n, err);
	if (proc >= 0)
		close(proc);
	return ok && n == 0 ? true : err_errno(err, "/proc/self/exe");
}

/* Everything that is the same for all pages. */
static bool hash_context(struct build_cache *cache, const struct source *source, struct err *err)
{
	struct hashing hashing = {.source = source, .dir = source->dir, .path = ""};
	char fonts[PATH_MAX];
	char day[32];

	snprintf(day, sizeof(day), "%lld", (long long)source->today);
	snprintf(fonts, sizeof(fonts), "%s/fonts", source->share);
	if (!sha256_create(&hashing.hash, err))
		return false;
	bool ok = hash_program(hashing.hash, err) && hash_text(hashing.hash, day, err) &&
		  hash_text(hashing.hash, _("en"), err) && hash_folder(hashing.hash, AT_FDCWD, fonts, err);
	for (size_t i = 0; ok && i < source->icons.count; i++)
		ok = hash_text(hashing.hash, source->icons.names[i], err);
	ok = ok && file_list(source->dir, ".", hash_entry, &hashing, err) &&
	     sha256_digest(hashing.hash, cache->context, err);
	sha256_destroy(hashing.hash);
	return ok;
}

static bool page_key(struct build_cache *cache, const struct source *source, const char *path, char key[SHA256_HEX_MAX],
		     struct err *err)
{
	struct hashing hashing = {.source = source, .dir = source->dir, .path = path, .pages = true};

	if (!*cache->context && !hash_context(cache, source, err))
		return false;
	if (!sha256_create(&hashing.hash, err))
		return false;
	bool ok = hash_text(hashing.hash, cache->context, err) &&
		  file_list(source->dir, path, hash_entry, &hashing, err) && sha256_digest(hashing.hash, key, err);
	sha256_destroy(hashing.hash);
	return ok;
}

/* ---- What is known of it */

/* The document of a line "<lang> <digest>", when the last build's file still has that digest. */
static bool load_document(struct build_cache *cache, struct source *source, struct source_page *page, const char *line)
{
	char lang[LANG_MAX];
	char hex[SHA256_HEX_MAX];
	char path[PATH_MAX];
	size_t lang_len = strcspn(line, " \n");
	struct buf bytes = {0};
	struct err ignored = {0};

	if (lang_len >= sizeof(lang))
		return false;
	memcpy(lang, line, lang_len);
	lang[lang_len] = '\0';
	int language = source_language(source, lang);
	snprintf(path, sizeof(path), "pages/%s/%s/%s.json", lang, page->topic, page->id);
	bool ok = language >= 0 && cache->bundle >= 0 &&
		  file_read(cache->bundle, path, DOCUMENT_BYTES_MAX, &bytes, &ignored) && bytes.len > 0 &&
		  sha256_hex(bytes.data, bytes.len, hex, &ignored) && strncmp(hex, line + lang_len + 1, 64) == 0;
	if (ok) {
		struct source_text *text = &page->texts[language];

		text->path = source_path(source, "topics/%s/%s/%s.md", page->topic, page->id, lang);
		text->document = arena_text(&source->arena, bytes.data, bytes.len);
		text->document_len = bytes.len;
		text->present = text->document;
		ok = text->document;
	}
	buf_finish(&bytes);
	return ok;
}

/* "<kind> <lag> <language> <line> <path>\t<text>"; the language is "-" where nothing lags. */
static void tell_again(struct source *source, const char *line, size_t len)
{
	char *rest;
	enum fault_kind kind = (enum fault_kind)strtoul(line, &rest, 10);
	enum lag lag = (enum lag)strtoul(rest, &rest, 10);
	const char *text = memchr(line, '\t', len);
	char lang[LANG_MAX], file[PATH_MAX];
	const char *said_lang = rest + 1;
	size_t lang_len = *rest ? strcspn(said_lang, " \n") : 0;

	if (!text || kind >= FAULT_KIND_COUNT || lag >= LAG_COUNT || lang_len == 0 || lang_len >= sizeof(lang))
		return;
	snprintf(lang, sizeof(lang), "%.*s", (int)lang_len, said_lang);
	size_t number = strtoul(said_lang + lang_len, &rest, 10);
	if (rest >= text || text - rest > (ptrdiff_t)sizeof(file))
		return;
	snprintf(file, sizeof(file), "%.*s", (int)(text - rest - 1), rest + 1);
	int said = (int)(len - (size_t)(text + 1 - line));
	if (kind == FAULT_LAG)
		fault_lag(source->faults, lag, lang, file, number, "%.*s", said, text + 1);
	else
		fault_tell(source->faults, kind, file, number, "%.*s", said, text + 1);
}

static void use_again(struct source *source, const char *line, size_t len)
{
	char id[32];

	snprintf(id, sizeof(id), "%.*s", (int)len, line);
	source_use_fact(source, id);
}

static bool load_page(struct build_cache *cache, struct source *source, struct source_page *page,
		      const struct known *known)
{
	static const char file[] = "file ";
	static const char told[] = "told ";
	static const char fact[] = "fact ";
	static const char marks[] = "marks ";
	char *end;

	/* What the site's document says of the page. */
	if (strncmp(known->lines, marks, strlen(marks)) != 0)
		return false;
	const struct page_marks read = {.audience = (unsigned)strtoul(known->lines + strlen(marks), &end, 10),
					.sensitive = strncmp(end, " 1\n", 3) == 0};
	for (const char *line = known->lines; line < known->end; line = strchr(line, '\n') + 1)
		if (strncmp(line, file, strlen(file)) == 0 && !load_document(cache, source, page, line + strlen(file)))
			return false;
	for (const char *line = known->lines; line < known->end; line = strchr(line, '\n') + 1) {
		if (strncmp(line, told, strlen(told)) == 0)
			tell_again(source, line + strlen(told), strcspn(line, "\n") - strlen(told));
		else if (strncmp(line, fact, strlen(fact)) == 0)
			use_again(source, line + strlen(fact), strcspn(line, "\n") - strlen(fact));
	}
	*page->marks = read;
	return true;
}

static struct known *now_of(struct build_cache *cache, const struct source *source, const struct source_page *page)
{
	if (!cache->now)
		cache->now = arena_array(&cache->arena, source->page_count, sizeof(*cache->now));
	if (!cache->now)
		cache->failed = true;
	return cache->now ? &cache->now[page - source->pages] : NULL;
}

bool build_cache_find(struct build_cache *cache, struct source *source, struct source_page *page, bool *known,
		      struct err *err)
{
	struct known *now = now_of(cache, source, page);

	*known = false;
	if (!now)
		return true;
	if (!page_key(cache, source, source_path(source, "topics/%s/%s", page->topic, page->id), now->key, err))
		return false;
	const struct known *before = cache->before_count > 0 ? bsearch(now, cache->before, cache->before_count,
								       sizeof(*cache->before), compare_known)
							     : NULL;
	if (before && load_page(cache, source, page, before)) {
		now->lines = before->lines;
		now->end = before->end;
		*known = page->known = true;
	} else {
		memset(page->texts, 0, source->bundle.language_count * sizeof(*page->texts));
	}
	return true;
}

static void keep_line(struct build_cache *cache, struct known *now, const char *line)
{
	const char *lines = line && now->lines ? arena_printf(&cache->arena, "%s%s", now->lines, line) : line;

	cache->failed = cache->failed || !lines;
	now->lines = lines;
	now->end = lines ? lines + strlen(lines) : NULL;
}

void build_cache_note(struct build_cache *cache, const struct source *source, const struct source_page *page,
		      size_t first)
{
	struct known *now = now_of(cache, source, page);
	const struct faults *faults = source->faults;

	for (size_t i = 0; now && i < page->fact_count; i++)
		keep_line(cache, now, arena_printf(&cache->arena, "fact %s\n", page->facts[i]));
	for (size_t i = first; now && i < faults->count; i++) {
		const struct fault *fault = &faults->faults[i];

		keep_line(cache, now,
			  arena_printf(&cache->arena, "told %d %d %s %zu %s\t%s\n", (int)fault->kind, (int)fault->lag,
				       fault->lang ? fault->lang : "-", fault->line, fault->path, fault->text));
	}
}

/* ---- What is kept */

static int compare_file(const void *a, const void *b)
{
	return strcmp(((const struct bundle_file *)a)->path, ((const struct bundle_file *)b)->path);
}

static bool write_documents(const struct source *source, const struct source_page *page,
			    const struct bundle_files *files, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		const char *lang = source->bundle.languages[i].code;
		char path[PATH_MAX];
		char hex[SHA256_HEX_MAX];

		snprintf(path, sizeof(path), "pages/%s/%s/%s.json", lang, page->topic, page->id);
		const struct bundle_file key = {.path = path};
		const struct bundle_file *file =
			bsearch(&key, files->files, files->count, sizeof(*files->files), compare_file);
		if (file && (!sha256_hex(file->bytes.data, file->bytes.len, hex, err) ||
			     (!buf_printf(out, "file %s %s\n", lang, hex) && !err_memory(err))))
			return false;
	}
	return true;
}

static bool write_page(struct build_cache *cache, const struct source *source, const struct source_page *page,
		       const struct bundle_files *files, struct buf *out, struct err *err)
{
	const struct known *now = now_of(cache, source, page);

	if (!buf_printf(out, "page %s\n", now->key))
		return err_memory(err);
	if (!page->known && !buf_printf(out, "marks %u %d\n", page->marks->audience, page->marks->sensitive))
		return err_memory(err);
	/* Of a page that is known, these are all its lines; of another, what was told of it. */
	return (page->known || write_documents(source, page, files, out, err)) &&
	       (!now->lines || buf_append(out, now->lines, (size_t)(now->end - now->lines)) || err_memory(err));
}

bool build_cache_write(struct build_cache *cache, const struct source *source, const struct bundle_files *files,
		       struct err *err)
{
	struct buf out = {0};
	char hex[SHA256_HEX_MAX];

	/* What was not kept of the faults cannot be told again. */
	if (cache->failed || source->faults->count != source->faults->errors + source->faults->warnings +
							      source->faults->lags + source->faults->hints)
		return true;
	bool ok = buf_append_text(&out, HEAD) || err_memory(err);
	for (size_t i = 0; ok && i < source->page_count; i++)
		ok = write_page(cache, source, &source->pages[i], files, &out, err);
	ok = ok && sha256_hex(out.data, out.len, hex, err) && (buf_printf(&out, "end %s\n", hex) || err_memory(err)) &&
	     file_write_later(cache->folder, NAME, out.data, out.len, 0644, err);
	buf_finish(&out);
	return ok;
}
