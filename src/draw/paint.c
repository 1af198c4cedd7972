#include "draw/paint.h"

#include "draw/bitmap.h"
#include "draw/glyphs.h"
#include "draw/item.h"
#include "draw/shape.h"

#include <assert.h>
#include <stdlib.h>

static_assert(SHAPES_BYTES_MAX + GLYPHS_BYTES_MAX <= PAINT_CACHE_BYTES, "the two caches are larger than promised");

struct painter {
	struct shapes shapes;
	struct glyphs glyphs;
};

/* What painting one item needs. The target is clipped to the part of the item that is wanted. */
struct stroke {
	struct painter *painter;
	const struct item *item;
	pixman_image_t *target;
	pixman_image_t *solid; /* the item's colour */
	pixman_color_t colour; /* the same, premultiplied */
};

struct painter *painter_create(void)
{
	return calloc(1, sizeof(struct painter));
}

void painter_destroy(struct painter *painter)
{
	if (!painter)
		return;
	shapes_finish(&painter->shapes);
	glyphs_finish(&painter->glyphs);
	free(painter);
}

static pixman_color_t premultiplied(uint32_t argb)
{
	uint32_t alpha = argb >> 24;
	uint16_t parts[3];
	for (int i = 0; i < 3; i++)
		parts[i] = (uint16_t)(((argb >> (8 * i) & 0xFF) * alpha * 257 + 127) / 255);
	return (pixman_color_t){.red = parts[2], .green = parts[1], .blue = parts[0], .alpha = (uint16_t)(alpha * 257)};
}

/* The boxes of what is painted flat; empty ones are left out. */
struct flats {
	pixman_box32_t boxes[8];
	int count;
};

static void add_flat(struct flats *flats, int x1, int y1, int x2, int y2)
{
	if (x1 < x2 && y1 < y2)
		flats->boxes[flats->count++] = (pixman_box32_t){.x1 = x1, .y1 = y1, .x2 = x2, .y2 = y2};
}

static bool paint_flats(const struct stroke *s, const struct flats *flats)
{
	return pixman_image_fill_boxes(PIXMAN_OP_OVER, s->target, &s->colour, flats->count, flats->boxes);
}

/* The item's colour through a part of a mask. */
static void paint_masked(const struct stroke *s, pixman_image_t *mask, int mask_x, int mask_y, struct rect to)
{
	if (!rect_empty(to))
		pixman_image_composite32(PIXMAN_OP_OVER, s->solid, mask, s->target, 0, 0, mask_x, mask_y, to.x, to.y,
					 to.w, to.h);
}

static bool paint_fill(const struct stroke *s, struct err *err)
{
	struct flats flats = {0};
	struct rect r = s->item->box;
	add_flat(&flats, r.x, r.y, r.x + r.w, r.y + r.h);
	return paint_flats(s, &flats) || err_memory(err);
}

/* The four corners of a box: which bit of a mask's quarters they are. */
static const struct {
	unsigned corner;
	int right, bottom;
} corners[] = {
	{CORNER_TOP_LEFT, 0, 0}, {CORNER_TOP_RIGHT, 1, 0}, {CORNER_BOTTOM_RIGHT, 1, 1}, {CORNER_BOTTOM_LEFT, 0, 1}};

static bool paint_round(const struct stroke *s, struct err *err)
{
	struct rect r = s->item->shape;
	int radius = s->item->u.round.radius, right = r.x + r.w, bottom = r.y + r.h;
	pixman_image_t *disc = shapes_disc(&s->painter->shapes, radius);
	if (!disc)
		return err_memory(err);
	struct flats flats = {0};
	add_flat(&flats, r.x + radius, r.y, right - radius, r.y + radius);
	add_flat(&flats, r.x, r.y + radius, right, bottom - radius);
	add_flat(&flats, r.x + radius, bottom - radius, right - radius, bottom);
	for (size_t i = 0; i < sizeof corners / sizeof corners[0]; i++) {
		int x = corners[i].right ? right - radius : r.x, y = corners[i].bottom ? bottom - radius : r.y;
		if (s->item->u.round.corners & corners[i].corner)
			paint_masked(s, disc, corners[i].right * radius, corners[i].bottom * radius,
				     (struct rect){x, y, radius, radius});
		else
			add_flat(&flats, x, y, x + radius, y + radius);
	}
	return paint_flats(s, &flats) || err_memory(err);
}

static bool paint_ring(const struct stroke *s, struct err *err)
{
	struct rect r = s->item->shape;
	int width = s->item->u.ring.width, side = shape_ring_corner(s->item->u.ring.radius, width);
	int right = r.x + r.w, bottom = r.y + r.h;
	pixman_image_t *ring = shapes_ring(&s->painter->shapes, s->item->u.ring.radius, width);
	if (!ring)
		return err_memory(err);
	for (size_t i = 0; i < sizeof corners / sizeof corners[0]; i++)
		paint_masked(s, ring, corners[i].right * side, corners[i].bottom * side,
			     (struct rect){corners[i].right ? right - side : r.x,
					   corners[i].bottom ? bottom - side : r.y, side, side});
	struct flats flats = {0};
	add_flat(&flats, r.x + side, r.y, right - side, r.y + width);
	add_flat(&flats, r.x + side, bottom - width, right - side, bottom);
	add_flat(&flats, r.x, r.y + side, r.x + width, bottom - side);
	add_flat(&flats, right - width, r.y + side, right, bottom - side);
	return paint_flats(s, &flats) || err_memory(err);
}

/* One direction of a shadow: `edge` px at both ends, between them a tile that repeats. Without a middle there is only
 * the one piece. */
struct span {
	int start, length; /* on the target */
	int edge, tile;    /* of the mask */
};

struct piece {
	int at, length; /* on the target */
	int from;       /* in the mask */
	bool middle;
};

static struct span span_of(int start, int length, int mask_length)
{
	if (length == mask_length)
		return (struct span){start, length, length, 0};
	return (struct span){start, length, (mask_length - SHADOW_TILE) / 2, SHADOW_TILE};
}

/* The next piece behind *at; false at the end. Tiles outside [from, to) are skipped. */
static bool next_piece(const struct span *span, int from, int to, int *at, struct piece *out)
{
	int end = span->start + span->length, middle = span->start + span->edge, last = end - span->edge;
	if (span->tile && *at >= middle && *at < last && from - *at >= span->tile) {
		int skipped = (from - *at) / span->tile * span->tile;
		*at = *at + skipped < last ? *at + skipped : last;
	}
	if (*at >= end || *at >= to)
		return false;
	if (*at < middle)
		*out = (struct piece){span->start, span->edge, 0, false};
	else if (*at < last)
		*out = (struct piece){*at, last - *at < span->tile ? last - *at : span->tile, span->edge, true};
	else
		*out = (struct piece){last, span->edge, span->edge + span->tile, false};
	*at = out->at + out->length;
	return true;
}

static bool paint_shadow(const struct stroke *s, struct err *err)
{
	const struct item *item = s->item;
	int radius = item->u.shadow.radius, blur = item->u.shadow.blur, reach = item_shadow_reach(blur);
	int side = shape_shadow_side(radius, blur);
	int width = item->shape.w < side ? item->shape.w : side, height = item->shape.h < side ? item->shape.h : side;
	pixman_image_t *mask = shapes_shadow(&s->painter->shapes, radius, blur, width, height);
	if (!mask)
		return err_memory(err);
	struct rect box = item->box;
	struct span across = span_of(item->shape.x - reach, item->shape.w + 2 * reach, width + 2 * reach);
	struct span down = span_of(item->shape.y - reach, item->shape.h + 2 * reach, height + 2 * reach);
	/* In the middle of both directions the mask is full. */
	struct flats flats = {0};
	if (across.tile && down.tile)
		add_flat(&flats, across.start + across.edge, down.start + down.edge,
			 across.start + across.length - across.edge, down.start + down.length - down.edge);
	struct piece row, column;
	for (int y = down.start; next_piece(&down, box.y, box.y + box.h, &y, &row);)
		for (int x = across.start; next_piece(&across, box.x, box.x + box.w, &x, &column);)
			if (!row.middle || !column.middle)
				paint_masked(s, mask, column.from, row.from,
					     (struct rect){column.at, row.at, column.length, row.length});
	return paint_flats(s, &flats) || err_memory(err);
}

static bool paint_glyphs(const struct stroke *s, struct err *err)
{
	return glyphs_paint(&s->painter->glyphs, s->item, s->solid, s->target, err);
}

static bool paint_mask(const struct stroke *s, struct err *err)
{
	(void)err;
	paint_masked(s, s->item->u.mask->bits, 0, 0, s->item->shape);
	return true;
}

/* A part of the picture, through a part of a mask where there is one. */
static void paint_part(const struct stroke *s, struct rect part, pixman_image_t *mask, int mask_x, int mask_y)
{
	struct rect r = s->item->shape;
	if (!rect_empty(part))
		pixman_image_composite32(PIXMAN_OP_OVER, s->item->u.image.image->bits, mask, s->target, part.x - r.x,
					 part.y - r.y, mask_x, mask_y, part.x, part.y, part.w, part.h);
}

static bool paint_image(const struct stroke *s, struct err *err)
{
	struct rect r = s->item->shape;
	int radius = s->item->u.image.radius, right = r.x + r.w, bottom = r.y + r.h;
	if (radius == 0) {
		paint_part(s, r, NULL, 0, 0);
		return true;
	}
	pixman_image_t *disc = shapes_disc(&s->painter->shapes, radius);
	if (!disc)
		return err_memory(err);
	paint_part(s, (struct rect){r.x + radius, r.y, r.w - 2 * radius, radius}, NULL, 0, 0);
	paint_part(s, (struct rect){r.x, r.y + radius, r.w, r.h - 2 * radius}, NULL, 0, 0);
	paint_part(s, (struct rect){r.x + radius, bottom - radius, r.w - 2 * radius, radius}, NULL, 0, 0);
	for (size_t i = 0; i < sizeof corners / sizeof corners[0]; i++) {
		struct rect corner = {corners[i].right ? right - radius : r.x,
				      corners[i].bottom ? bottom - radius : r.y, radius, radius};
		bool round = s->item->u.image.corners & corners[i].corner;
		paint_part(s, corner, round ? disc : NULL, corners[i].right * radius, corners[i].bottom * radius);
	}
	return true;
}

static bool (*const painters[ITEM_KIND_COUNT])(const struct stroke *, struct err *) = {
	[ITEM_FILL] = paint_fill,     [ITEM_ROUND] = paint_round,   [ITEM_RING] = paint_ring,
	[ITEM_SHADOW] = paint_shadow, [ITEM_GLYPHS] = paint_glyphs, [ITEM_MASK] = paint_mask,
	[ITEM_IMAGE] = paint_image,
};

/* Clips the target to what is wanted of the item and paints it. */
static bool paint_item(struct painter *painter, const struct item *item, pixman_image_t *target,
		       pixman_region32_t *wanted, struct err *err)
{
	pixman_box32_t box = {
		.x1 = item->box.x, .y1 = item->box.y, .x2 = item->box.x + item->box.w, .y2 = item->box.y + item->box.h};
	if (pixman_region32_contains_rectangle(wanted, &box) == PIXMAN_REGION_OUT)
		return true;
	struct stroke stroke = {
		.painter = painter, .item = item, .target = target, .colour = premultiplied(item->colour)};
	pixman_region32_t part;
	pixman_region32_init(&part);
	bool ok = pixman_region32_intersect_rect(&part, wanted, box.x1, box.y1, (unsigned)item->box.w,
						 (unsigned)item->box.h) &&
		  pixman_image_set_clip_region32(target, &part);
	if (ok)
		stroke.solid = pixman_image_create_solid_fill(&stroke.colour);
	ok = stroke.solid ? painters[item->kind](&stroke, err) : err_memory(err);
	if (stroke.solid)
		pixman_image_unref(stroke.solid);
	pixman_region32_fini(&part);
	return ok;
}

bool paint(struct painter *painter, const struct draw_list *list, pixman_image_t *target, pixman_region32_t *region,
	   struct err *err)
{
	if (draw_list_failed(list))
		return err_memory(err);
	if (!glyphs_begin(&painter->glyphs, err))
		return false;
	struct rect whole = {0, 0, pixman_image_get_width(target), pixman_image_get_height(target)};
	whole = rect_intersect(whole, draw_list_bounds(list));
	pixman_region32_t wanted;
	pixman_region32_init_rect(&wanted, 0, 0, (unsigned)whole.w, (unsigned)whole.h);
	bool ok = !region || pixman_region32_intersect(&wanted, &wanted, region) || err_memory(err);
	size_t count;
	const struct item *items = draw_list_items(list, &count);
	for (size_t i = 0; ok && i < count; i++)
		ok = paint_item(painter, &items[i], target, &wanted, err);
	glyphs_end(&painter->glyphs);
	pixman_region32_fini(&wanted);
	pixman_image_set_clip_region32(target, NULL);
	return ok;
}
