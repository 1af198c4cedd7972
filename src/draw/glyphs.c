#include "draw/glyphs.h"

#include "base/log.h"

#include <stdint.h>

#define BATCH 256 /* glyphs painted by one call of pixman */
/* What pixman keeps besides the pixels of a glyph: its entry, two allocations and the image. */
#define GLYPH_BYTES 640

/* Glyphs of one run that wait to be painted. */
struct batch {
	struct glyphs *glyphs;
	pixman_image_t *solid, *target;
	pixman_glyph_t placed[BATCH];
	int count;
};

static void drop(struct glyphs *glyphs)
{
	if (glyphs->begun)
		pixman_glyph_cache_thaw(glyphs->cache);
	if (glyphs->cache)
		pixman_glyph_cache_destroy(glyphs->cache);
	*glyphs = (struct glyphs){0};
}

void glyphs_finish(struct glyphs *glyphs)
{
	drop(glyphs);
}

bool glyphs_begin(struct glyphs *glyphs, struct err *err)
{
	if (!glyphs->cache)
		glyphs->cache = pixman_glyph_cache_create();
	if (!glyphs->cache)
		return err_memory(err);
	if (!glyphs->begun)
		pixman_glyph_cache_freeze(glyphs->cache);
	glyphs->begun = true;
	return true;
}

void glyphs_end(struct glyphs *glyphs)
{
	if (glyphs->begun)
		pixman_glyph_cache_thaw(glyphs->cache);
	glyphs->begun = false;
}

static void flush(struct batch *batch)
{
	if (batch->count > 0)
		pixman_composite_glyphs_no_mask(PIXMAN_OP_OVER, batch->solid, batch->target, 0, 0, 0, 0,
						batch->glyphs->cache, batch->count, batch->placed);
	batch->count = 0;
}

/* The two keys of a glyph are numbers, not addresses. A size is at most 65,536 (1/64 px). */
static void *font_key(const struct item *run)
{
	return (void *)((uintptr_t)face_number(run->u.run.face) << 17 | (uintptr_t)run->u.run.size);
}

static void *glyph_key(const struct item_glyph *glyph)
{
	return (void *)((uintptr_t)glyph->glyph << 2 | glyph->quarter);
}

/* Rasterises into the cache. NULL: no memory. */
static const void *make(struct batch *batch, const struct item *run, const struct item_glyph *glyph, struct err *err)
{
	static const uint32_t nothing = 0;
	struct glyph_mask mask;
	struct err fault;
	if (!face_rasterise(run->u.run.face, glyph->glyph, (float)run->u.run.size / 64, glyph->quarter, &mask,
			    &fault)) {
		if (fault.code == ERR_MEMORY) {
			err_memory(err);
			return NULL;
		}
		log_warn("%s", fault.text);
		mask.width = 0;
	}
	if (mask.width == 0) /* kept too, as one clear pixel, so that it is not made again */
		mask = (struct glyph_mask){.width = 1, .height = 1, .stride = 4, .bytes = (const uint8_t *)&nothing};
	size_t bytes = (size_t)mask.stride * (size_t)mask.height + GLYPH_BYTES;
	if (batch->glyphs->bytes + bytes > GLYPHS_BYTES_MAX) {
		flush(batch);
		drop(batch->glyphs);
		if (!glyphs_begin(batch->glyphs, err))
			return NULL;
	}
	/* pixman copies the pixels and does not write to them. */
	pixman_image_t *bits = pixman_image_create_bits(PIXMAN_a8, mask.width, mask.height,
							(uint32_t *)(uintptr_t)mask.bytes, mask.stride);
	const void *made = bits ? pixman_glyph_cache_insert(batch->glyphs->cache, font_key(run), glyph_key(glyph),
							    -mask.left, mask.top, bits)
				: NULL;
	if (bits)
		pixman_image_unref(bits);
	if (!made)
		err_memory(err);
	else
		batch->glyphs->bytes += bytes;
	return made;
}

bool glyphs_paint(struct glyphs *glyphs, const struct item *item, pixman_image_t *solid, pixman_image_t *target,
		  struct err *err)
{
	struct batch batch = {.glyphs = glyphs, .solid = solid, .target = target};
	for (size_t i = 0; i < item->u.run.count; i++) {
		const struct item_glyph *g = &item->u.run.glyphs[i];
		const void *found = pixman_glyph_cache_lookup(glyphs->cache, font_key(item), glyph_key(g));
		if (!found)
			found = make(&batch, item, g, err);
		if (!found)
			return false;
		batch.placed[batch.count++] = (pixman_glyph_t){.x = g->x, .y = g->y, .glyph = found};
		if (batch.count == BATCH)
			flush(&batch);
	}
	flush(&batch);
	return true;
}
