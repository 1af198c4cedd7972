#include "draw/list.h"

#include "base/arena.h"
#include "draw/hash.h"
#include "draw/item.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#define CELL_PX 48 /* side of a grid cell */
/* Farther out nothing is recorded, so that no sum of coordinates overflows. */
#define REACH_MAX       (1 << 24)
#define PLACE_MAX       2097152.0 /* of a glyph: to here a float knows quarters of a pixel */
#define SHADOW_BLUR_MAX 512

struct draw_list {
	struct rect bounds;
	bool failed;
	struct item *items;
	size_t count, cap;
	struct rect *clips; /* each already cut to those around it */
	size_t clip_count, clip_cap;
	uint64_t *cells; /* row by row; what lies in each, in order */
	int columns, rows;
	size_t cell_cap;
	struct arena glyphs;
	int dx, dy; /* draw_move() */
	float opacity;
};

struct draw_list *draw_list_create(void)
{
	return calloc(1, sizeof(struct draw_list));
}

void draw_list_destroy(struct draw_list *list)
{
	if (!list)
		return;
	arena_finish(&list->glyphs);
	free(list->items);
	free(list->clips);
	free(list->cells);
	free(list);
}

/* Room for one more of `count` things. The old pointer stays when memory runs out. */
static void *grow(struct draw_list *list, void *array, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return array;
	size_t wanted = *cap ? *cap * 2 : 64;
	void *grown = realloc(array, wanted * size);
	if (!grown) {
		list->failed = true;
		return array;
	}
	*cap = wanted;
	return grown;
}

void draw_list_clear(struct draw_list *list, int width, int height)
{
	list->bounds = (struct rect){0, 0, width > 0 ? width : 0, height > 0 ? height : 0};
	list->failed = false;
	list->count = list->clip_count = 0;
	draw_move(list, 0, 0, 1);
	arena_reset(&list->glyphs);
	list->columns = (list->bounds.w + CELL_PX - 1) / CELL_PX;
	list->rows = (list->bounds.h + CELL_PX - 1) / CELL_PX;
	size_t cells = (size_t)list->columns * (size_t)list->rows;
	if (cells > list->cell_cap) {
		free(list->cells);
		list->cells = malloc(cells * sizeof *list->cells);
		list->cell_cap = list->cells ? cells : 0;
	}
	if (cells > list->cell_cap) {
		list->columns = list->rows = 0;
		list->failed = true;
		return;
	}
	for (size_t i = 0; i < cells; i++)
		list->cells[i] = HASH_START;
}

bool draw_list_failed(const struct draw_list *list)
{
	return list->failed;
}

size_t draw_list_count(const struct draw_list *list)
{
	return list->count;
}

struct rect draw_list_bounds(const struct draw_list *list)
{
	return list->bounds;
}

const struct item *draw_list_items(const struct draw_list *list, size_t *count)
{
	*count = list->count;
	return list->items;
}

static struct rect clip_of(const struct draw_list *list)
{
	return list->clip_count ? list->clips[list->clip_count - 1] : list->bounds;
}

void draw_move(struct draw_list *list, int dx, int dy, float opacity)
{
	list->dx = dx < -REACH_MAX ? -REACH_MAX : dx < REACH_MAX ? dx : REACH_MAX;
	list->dy = dy < -REACH_MAX ? -REACH_MAX : dy < REACH_MAX ? dy : REACH_MAX;
	list->opacity = opacity > 0 ? opacity < 1 ? opacity : 1 : 0;
}

static bool within_reach(struct rect box)
{
	static const struct rect reach = {-REACH_MAX, -REACH_MAX, 2 * REACH_MAX, 2 * REACH_MAX};
	struct rect within = rect_intersect(box, reach);
	return within.w == box.w && within.h == box.h;
}

static struct rect moved(const struct draw_list *list, struct rect box)
{
	if (!within_reach(box))
		return (struct rect){0};
	return (struct rect){box.x + list->dx, box.y + list->dy, box.w, box.h};
}

static uint32_t shone(const struct draw_list *list, uint32_t colour)
{
	uint32_t alpha = (uint32_t)((float)(colour >> 24) * list->opacity + 0.5f);
	return (colour & 0xFFFFFFu) | alpha << 24;
}

static uint64_t hash_rect(uint64_t hash, struct rect r)
{
	return hash_mix2(hash_mix2(hash, r.x, r.y), r.w, r.h);
}

static uint64_t hash_fill(uint64_t hash, const struct item *item)
{
	(void)item; /* what can be seen of it is its box */
	return hash;
}

static uint64_t hash_round(uint64_t hash, const struct item *item)
{
	return hash_mix2(hash_rect(hash, item->shape), item->u.round.radius, (int)item->u.round.corners);
}

static uint64_t hash_ring(uint64_t hash, const struct item *item)
{
	return hash_mix2(hash_rect(hash, item->shape), item->u.ring.radius, item->u.ring.width);
}

static uint64_t hash_shadow(uint64_t hash, const struct item *item)
{
	return hash_mix2(hash_rect(hash, item->shape), item->u.shadow.radius, item->u.shadow.blur);
}

static uint64_t hash_run(uint64_t hash, const struct item *item)
{
	hash = hash_mix2(hash, (int)face_number(item->u.run.face), item->u.run.size);
	for (size_t i = 0; i < item->u.run.count; i++) {
		const struct item_glyph *g = &item->u.run.glyphs[i];
		hash = hash_mix2(hash_mix2(hash, (int)g->glyph, (int)g->quarter), g->x, g->y);
	}
	return hash;
}

static uint64_t hash_mask(uint64_t hash, const struct item *item)
{
	return hash_mix(hash_rect(hash, item->shape), item->u.mask->hash);
}

static uint64_t hash_image(uint64_t hash, const struct item *item)
{
	hash = hash_mix2(hash_rect(hash, item->shape), item->u.image.radius, (int)item->u.image.corners);
	return hash_mix(hash, item->u.image.image->hash);
}

static uint64_t (*const hashes[ITEM_KIND_COUNT])(uint64_t, const struct item *) = {
	[ITEM_FILL] = hash_fill,  [ITEM_ROUND] = hash_round, [ITEM_RING] = hash_ring,   [ITEM_SHADOW] = hash_shadow,
	[ITEM_GLYPHS] = hash_run, [ITEM_MASK] = hash_mask,   [ITEM_IMAGE] = hash_image,
};

static void mark_cells(struct draw_list *list, const struct item *item)
{
	uint64_t hash = hash_mix2(HASH_START, (int)item->kind, (int)item->colour);
	hash = hashes[item->kind](hash_rect(hash, item->box), item);
	int last_column = (item->box.x + item->box.w - 1) / CELL_PX,
	    last_row = (item->box.y + item->box.h - 1) / CELL_PX;
	for (int row = item->box.y / CELL_PX; row <= last_row; row++) {
		uint64_t *cells = list->cells + (size_t)row * (size_t)list->columns;
		for (int column = item->box.x / CELL_PX; column <= last_column; column++)
			cells[column] = hash_mix(cells[column], hash);
	}
}

/* Keeps the item, unless nothing of it can be seen. item->box holds the uncut box. */
static void record(struct draw_list *list, struct item item)
{
	item.box = rect_intersect(item.box, clip_of(list));
	if (rect_empty(item.box) || !within_reach(item.shape) || list->failed)
		return;
	list->items = grow(list, list->items, list->count, &list->cap, sizeof *list->items);
	if (list->failed)
		return;
	list->items[list->count++] = item;
	mark_cells(list, &item);
}

static bool transparent(uint32_t colour)
{
	return colour >> 24 == 0;
}

static void add_fill(struct draw_list *list, struct rect box, uint32_t colour)
{
	struct rect seen = rect_intersect(box, clip_of(list));
	if (!transparent(colour))
		record(list, (struct item){.kind = ITEM_FILL, .colour = colour, .box = seen, .shape = seen});
}

void draw_fill(struct draw_list *list, struct rect box, uint32_t colour)
{
	add_fill(list, moved(list, box), shone(list, colour));
}

/* A radius that the box has room for. */
static int radius_in(struct rect box, int radius)
{
	int most = (box.w < box.h ? box.w : box.h) / 2;
	return radius < most ? radius : most;
}

static void add_round(struct draw_list *list, struct rect box, int radius, unsigned corners, uint32_t colour)
{
	radius = radius_in(box, radius);
	corners &= CORNERS_ALL;
	if (radius <= 0 || corners == 0)
		add_fill(list, box, colour);
	else if (!transparent(colour))
		record(list, (struct item){.kind = ITEM_ROUND,
					   .colour = colour,
					   .box = box,
					   .shape = box,
					   .u.round = {.radius = radius, .corners = corners}});
}

void draw_round(struct draw_list *list, struct rect box, int radius, unsigned corners, uint32_t colour)
{
	add_round(list, moved(list, box), radius, corners, shone(list, colour));
}

void draw_ring(struct draw_list *list, struct rect box, int radius, int width, uint32_t colour)
{
	box = moved(list, box);
	colour = shone(list, colour);
	if (width <= 0 || transparent(colour))
		return;
	if (width >= (box.w < box.h ? box.w : box.h) / 2) {
		add_round(list, box, radius, CORNERS_ALL, colour);
		return;
	}
	radius = radius_in(box, radius);
	record(list, (struct item){.kind = ITEM_RING,
				   .colour = colour,
				   .box = box,
				   .shape = box,
				   .u.ring = {.radius = radius > 0 ? radius : 0, .width = width}});
}

void draw_shadow(struct draw_list *list, struct rect box, int radius, struct draw_shadow shadow)
{
	box = moved(list, box);
	shadow.colour = shone(list, shadow.colour);
	if (transparent(shadow.colour) || rect_empty(box) || !within_reach(box) || abs(shadow.offset_y) > REACH_MAX)
		return;
	box.y += shadow.offset_y;
	int blur = shadow.blur < SHADOW_BLUR_MAX ? shadow.blur : SHADOW_BLUR_MAX, reach = item_shadow_reach(blur);
	if (reach == 0) {
		add_round(list, box, radius, CORNERS_ALL, shadow.colour);
		return;
	}
	radius = radius_in(box, radius);
	struct rect around = {box.x - reach, box.y - reach, box.w + 2 * reach, box.h + 2 * reach};
	record(list, (struct item){.kind = ITEM_SHADOW,
				   .colour = shadow.colour,
				   .box = around,
				   .shape = box,
				   .u.shadow = {.radius = radius > 0 ? radius : 0, .blur = blur}});
}

/* A position in whole pixels and quarters; false when it is no number or out of reach. */
static bool place(float x, float y, struct item_glyph *out)
{
	if (!(fabs((double)x) < PLACE_MAX) || !(fabs((double)y) < PLACE_MAX))
		return false;
	/* From PLACE_MAX on, so that cutting off the fraction rounds down. */
	int quarters = (int)((double)x * 4 + (4 * PLACE_MAX + 0.5)) - 4 * (int)PLACE_MAX;
	out->quarter = (uint32_t)quarters & 3;
	out->x = (quarters - (int)out->quarter) / 4;
	out->y = (int)((double)y + (PLACE_MAX + 0.5)) - (int)PLACE_MAX;
	return true;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

/* False: none of the glyphs can be seen, which is so of most of a long page. */
static bool in_view(const struct draw_list *list, const struct face *face, float size_px,
		    const struct draw_glyph *glyphs, size_t count, float y)
{
	struct rect clip = clip_of(list);
	struct face_reach reach = face_reach(face, size_px);
	float top = glyphs[0].y, bottom = top;
	for (size_t i = 1; i < count; i++) {
		top = fminf(top, glyphs[i].y);
		bottom = fmaxf(bottom, glyphs[i].y);
	}
	return y + bottom + reach.below > (float)clip.y && y + top - reach.above < (float)(clip.y + clip.h);
}

void draw_glyphs(struct draw_list *list, struct face *face, float size_px, const struct draw_glyph *glyphs,
		 size_t count, float x, float y, uint32_t colour)
{
	x += (float)list->dx;
	y += (float)list->dy;
	colour = shone(list, colour);
	if (count == 0 || transparent(colour) || !(size_px > 0 && size_px <= FACE_SIZE_MAX) || list->failed ||
	    !in_view(list, face, size_px, glyphs, count, y))
		return;
	int size = (int)lrintf(size_px * 64);
	size = size > 0 ? size : 1;
	struct item_glyph *placed = arena_array(&list->glyphs, count, sizeof *placed);
	if (!placed) {
		list->failed = true;
		return;
	}
	int left = INT_MAX, top = INT_MAX, right = INT_MIN, bottom = INT_MIN;
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct item_glyph g = {.glyph = glyphs[i].glyph};
		struct rect ink = face_glyph_box(face, g.glyph, (float)size / 64);
		if (rect_empty(ink) || !place(x + glyphs[i].x, y + glyphs[i].y, &g))
			continue;
		left = least(left, g.x + ink.x);
		top = least(top, g.y + ink.y);
		right = most(right, g.x + ink.x + ink.w);
		bottom = most(bottom, g.y + ink.y + ink.h);
		placed[kept++] = g;
	}
	if (kept == 0)
		return;
	struct rect box = {left, top, right - left, bottom - top};
	record(list, (struct item){.kind = ITEM_GLYPHS,
				   .colour = colour,
				   .box = box,
				   .shape = box,
				   .u.run = {.face = face, .glyphs = placed, .count = kept, .size = size}});
}

void draw_mask(struct draw_list *list, const struct mask *mask, int x, int y, uint32_t colour)
{
	colour = shone(list, colour);
	if (!mask || transparent(colour))
		return;
	struct rect box = moved(list, (struct rect){x, y, mask->width, mask->height});
	record(list, (struct item){.kind = ITEM_MASK, .colour = colour, .box = box, .shape = box, .u.mask = mask});
}

void draw_image(struct draw_list *list, const struct image *image, int x, int y)
{
	draw_image_round(list, image, x, y, 0, 0);
}

void draw_image_round(struct draw_list *list, const struct image *image, int x, int y, int radius, unsigned corners)
{
	if (!image || list->opacity <= 0)
		return;
	struct rect box = moved(list, (struct rect){x, y, image->width, image->height});
	radius = radius_in(box, radius);
	if (radius <= 0)
		radius = 0, corners = 0;
	record(list, (struct item){.kind = ITEM_IMAGE,
				   .box = box,
				   .shape = box,
				   .u.image = {.image = image, .radius = radius, .corners = corners}});
}

void draw_clip(struct draw_list *list, struct rect box)
{
	struct rect clip = rect_intersect(moved(list, box), clip_of(list));
	list->clips = grow(list, list->clips, list->clip_count, &list->clip_cap, sizeof *list->clips);
	if (!list->failed)
		list->clips[list->clip_count++] = clip;
}

void draw_unclip(struct draw_list *list)
{
	if (list->clip_count > 0)
		list->clip_count--;
}

static void add(pixman_region32_t *region, struct rect r, struct rect all)
{
	if (pixman_region32_union_rect(region, region, r.x, r.y, (unsigned)r.w, (unsigned)r.h))
		return;
	/* No memory for the pieces: everything, which needs none. */
	pixman_region32_fini(region);
	pixman_region32_init_rect(region, 0, 0, (unsigned)all.w, (unsigned)all.h);
}

void draw_list_changes(const struct draw_list *before, const struct draw_list *after, pixman_region32_t *changed)
{
	if (!before || before->failed || after->failed || before->bounds.w != after->bounds.w ||
	    before->bounds.h != after->bounds.h) {
		add(changed, after->bounds, after->bounds);
		return;
	}
	for (int row = 0; row < after->rows; row++) {
		const uint64_t *was = before->cells + (size_t)row * (size_t)after->columns;
		const uint64_t *is = after->cells + (size_t)row * (size_t)after->columns;
		for (int column = 0; column < after->columns; column++) {
			int first = column;
			while (column < after->columns && was[column] != is[column])
				column++;
			struct rect run = {first * CELL_PX, row * CELL_PX, (column - first) * CELL_PX, CELL_PX};
			if (column > first)
				add(changed, rect_intersect(run, after->bounds), after->bounds);
		}
	}
}
