#include "draw/picture.h"

#include "base/array.h"
#include "base/file.h"
#include "base/log.h"
#include "draw/bitmap.h"
#include "draw/hash.h"
#include "draw/svg.h"
#include "draw/theme.h"

#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARK_BOLD  1.4f
#define MARK_LEAST 30.0f /* design px */
#define ICON_GRID  96    /* side of the viewBox of every pictogram */
#define NAME_BYTES 64

enum picture_kind {
	KIND_ICON,
	KIND_OWN,
	KIND_GIVEN
};

/* All that a picture depends on. */
struct wish {
	enum picture_kind kind;
	const char *key;
	int width, height;
	enum picture_fit fit;
	bool mirrored;
	int line; /* of a pictogram, thousandths of its grid */
};

/* One thing made, or found impossible (bits are NULL). */
struct picture {
	struct wish wish; /* key is owned */
	uint64_t key_hash, used;
	size_t bytes;
	union {
		struct mask mask;
		struct image image;
	} u;
	pixman_image_t *bits;
};

struct pictures {
	int share; /* open folder */
	float scale;
	struct picture **all;
	size_t count, cap, bytes;
	uint64_t frame; /* counts pictures_trim() */
};

bool pictures_create(const char *share, struct pictures **out, struct err *err)
{
	struct pictures *pictures = calloc(1, sizeof *pictures);
	if (!pictures)
		return err_memory(err);
	pictures->scale = 1;
	if (!file_open_dir(AT_FDCWD, share, false, &pictures->share, err)) {
		free(pictures);
		return false;
	}
	*out = pictures;
	return true;
}

static void picture_destroy(struct picture *picture)
{
	if (!picture)
		return;
	if (picture->bits)
		pixman_image_unref(picture->bits);
	free((char *)(uintptr_t)picture->wish.key);
	free(picture);
}

void pictures_destroy(struct pictures *pictures)
{
	if (!pictures)
		return;
	for (size_t i = 0; i < pictures->count; i++)
		picture_destroy(pictures->all[i]);
	close(pictures->share);
	free(pictures->all);
	free(pictures);
}

void pictures_scale(struct pictures *pictures, float device_per_design)
{
	pictures->scale = device_per_design > 0 ? device_per_design : 1;
}

static uint64_t hash_text(const char *text)
{
	uint64_t hash = HASH_START;
	for (; *text; text++)
		hash = hash_mix(hash, (unsigned char)*text);
	return hash;
}

static uint64_t hash_wish(uint64_t key_hash, const struct wish *wish)
{
	uint64_t hash = hash_mix2(key_hash, wish->width, wish->height);
	hash = hash_mix2(hash, (int)wish->kind, (int)wish->fit);
	return hash_mix2(hash, wish->mirrored, wish->line);
}

static bool same_key(const struct picture *picture, uint64_t key_hash, const struct wish *wish)
{
	return picture->key_hash == key_hash && picture->wish.kind == wish->kind &&
	       strcmp(picture->wish.key, wish->key) == 0;
}

static struct picture *find(struct pictures *pictures, uint64_t key_hash, const struct wish *wish)
{
	for (size_t i = 0; i < pictures->count; i++) {
		struct picture *p = pictures->all[i];
		if (p->wish.width == wish->width && p->wish.height == wish->height && p->wish.fit == wish->fit &&
		    p->wish.mirrored == wish->mirrored && p->wish.line == wish->line && same_key(p, key_hash, wish))
			return p;
	}
	return NULL;
}

/* Only the alpha of a drawing. */
static bool keep_alpha(pixman_image_t **bits, struct err *err)
{
	int width = pixman_image_get_width(*bits), height = pixman_image_get_height(*bits);
	pixman_image_t *alpha = pixman_image_create_bits(PIXMAN_a8, width, height, NULL, 0); /* cleared */
	if (!alpha)
		return err_memory(err);
	pixman_image_composite32(PIXMAN_OP_SRC, *bits, NULL, alpha, 0, 0, 0, 0, 0, 0, width, height);
	pixman_image_unref(*bits);
	*bits = alpha;
	return true;
}

static bool load(struct pictures *pictures, const struct wish *wish, const struct picture_source *source,
		 struct buf *out, struct err *err)
{
	if (wish->kind == KIND_GIVEN) {
		if (!source->load(source->context, source->key, &out->data, &out->len, err))
			return false;
		if (out->len > PICTURE_SVG_BYTES_MAX)
			return err_set(err, ERR_LIMIT, "is %zu bytes; at most %u are allowed", out->len,
				       PICTURE_SVG_BYTES_MAX);
		return true;
	}
	size_t len = strspn(wish->key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
	if (len == 0 || len > NAME_BYTES || wish->key[len])
		return err_set(err, ERR_USAGE, "a name must be 1 to %d letters, digits, - and _", NAME_BYTES);
	char path[NAME_BYTES + sizeof "pictures/.svg"];
	snprintf(path, sizeof path, "%s/%s.svg", wish->kind == KIND_ICON ? "icons" : "pictures", wish->key);
	return file_read(pictures->share, path, PICTURE_SVG_BYTES_MAX, out, err);
}

static bool make(struct pictures *pictures, struct picture *picture, const struct picture_source *source,
		 struct err *err)
{
	const struct wish *wish = &picture->wish;
	/* The attributes of the pictograms stand on their root, which this overrides; what has its own stroke="none"
	 * keeps it. Whole numbers, because the decimal point depends on the locale. */
	char css[80];
	snprintf(css, sizeof css, "svg{color:#fff;stroke-width:%d.%03d}", wish->line / 1000, wish->line % 1000);
	struct svg_wish drawn = {.width = wish->width,
				 .height = wish->height,
				 .fit = wish->fit,
				 .mirrored = wish->mirrored,
				 .css = wish->kind == KIND_ICON ? css : NULL};
	struct buf svg = {0};
	bool ok = load(pictures, wish, source, &svg, err) && svg_draw(svg.data, svg.len, &drawn, &picture->bits, err) &&
		  (wish->kind != KIND_ICON || keep_alpha(&picture->bits, err));
	buf_finish(&svg);
	if (!ok)
		return false;
	picture->bytes = (size_t)pixman_image_get_stride(picture->bits) * (size_t)wish->height;
	uint64_t hash = hash_wish(picture->key_hash, wish);
	if (wish->kind == KIND_ICON)
		picture->u.mask = (struct mask){picture->bits, wish->width, wish->height, hash};
	else
		picture->u.image = (struct image){picture->bits, wish->width, wish->height, hash};
	return true;
}

/* Takes the picture. */
static bool keep(struct pictures *pictures, struct picture *picture)
{
	if (pictures->count == pictures->cap) {
		size_t cap = pictures->cap ? pictures->cap * 2 : 64;
		struct picture **all = realloc(pictures->all, cap * sizeof(struct picture *));
		if (!all) {
			picture_destroy(picture);
			return false;
		}
		pictures->all = all;
		pictures->cap = cap;
	}
	picture->bytes += sizeof *picture;
	pictures->bytes += picture->bytes;
	pictures->all[pictures->count++] = picture;
	return true;
}

/* Told once for each key, whatever the size; a full memory may be better next time, so it is told each time and not
 * remembered. */
static void tell(const struct pictures *pictures, const struct picture *picture, const struct err *err)
{
	for (size_t i = 0; i < pictures->count && err->code != ERR_MEMORY; i++)
		if (!pictures->all[i]->bits && same_key(pictures->all[i], picture->key_hash, &picture->wish))
			return;
	static const char *const kinds[] = {
		[KIND_ICON] = "pictogram", [KIND_OWN] = "picture", [KIND_GIVEN] = "picture"};
	log_warn("%s %s: %s", kinds[picture->wish.kind], picture->wish.key, err->text);
}

static const struct picture *get(struct pictures *pictures, const struct wish *wish,
				 const struct picture_source *source)
{
	uint64_t key_hash = hash_text(wish->key);
	struct picture *found = find(pictures, key_hash, wish);
	if (found) {
		found->used = pictures->frame;
		return found->bits ? found : NULL;
	}
	struct picture *picture = calloc(1, sizeof *picture);
	char *key = strdup(wish->key);
	if (!picture || !key) {
		free(picture);
		free(key);
		return NULL;
	}
	picture->wish = *wish;
	picture->wish.key = key;
	picture->key_hash = key_hash;
	picture->used = pictures->frame;
	struct err err = {0};
	if (!make(pictures, picture, source, &err)) {
		tell(pictures, picture, &err);
		if (picture->bits)
			pixman_image_unref(picture->bits);
		picture->bits = NULL;
		if (err.code == ERR_MEMORY) {
			picture_destroy(picture);
			return NULL;
		}
	}
	return keep(pictures, picture) && picture->bits ? picture : NULL;
}

/* Marks of a few strokes look thin beside bold words, and are drawn bold; in a line of text they are small, and are not. */
static float strength(const char *name, float design_side)
{
	static const char *const marks[] = {"arrowDown", "check", "chev"};
	for (size_t i = 0; i < ARRAY_LEN(marks) && design_side >= MARK_LEAST; i++)
		if (strcmp(marks[i], name) == 0)
			return MARK_BOLD;
	return 1;
}

const struct mask *pictures_icon(struct pictures *pictures, const char *name, int side, bool mirrored)
{
	if (side < 1)
		return NULL;
	float design = (float)side / pictures->scale;
	float stroke = theme_icon_stroke(design) * strength(name, design) * pictures->scale;
	struct wish wish = {.kind = KIND_ICON,
			    .key = name,
			    .width = side,
			    .height = side,
			    .fit = PICTURE_CONTAIN,
			    .mirrored = mirrored,
			    .line = (int)lrintf(stroke * ICON_GRID * 1000 / (float)side)};
	const struct picture *picture = get(pictures, &wish, NULL);
	return picture ? &picture->u.mask : NULL;
}

const struct image *pictures_own(struct pictures *pictures, const char *name, int width, int height,
				 enum picture_fit fit, bool mirrored)
{
	struct wish wish = {
		.kind = KIND_OWN, .key = name, .width = width, .height = height, .fit = fit, .mirrored = mirrored};
	const struct picture *picture = get(pictures, &wish, NULL);
	return picture ? &picture->u.image : NULL;
}

const struct image *pictures_given(struct pictures *pictures, const struct picture_source *source, int width,
				   int height, enum picture_fit fit, bool mirrored)
{
	struct wish wish = {.kind = KIND_GIVEN,
			    .key = source->key,
			    .width = width,
			    .height = height,
			    .fit = fit,
			    .mirrored = mirrored};
	const struct picture *picture = get(pictures, &wish, source);
	return picture ? &picture->u.image : NULL;
}

void pictures_trim(struct pictures *pictures)
{
	size_t kept = 0;
	for (size_t i = 0; i < pictures->count; i++) {
		struct picture *p = pictures->all[i];
		if (pictures->bytes > PICTURES_BYTES_MAX && p->used != pictures->frame) {
			pictures->bytes -= p->bytes;
			picture_destroy(p);
		} else {
			pictures->all[kept++] = p;
		}
	}
	pictures->count = kept;
	pictures->frame++;
}
