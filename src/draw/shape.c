#include "draw/shape.h"

#include "draw/item.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUBROWS 16 /* samples of a pixel's height; its width is reckoned exactly */

enum shape_kind {
	SHAPE_DISC,
	SHAPE_RING,
	SHAPE_SHADOW
};

/* What a mask depends on; unused fields are 0. */
struct shape_key {
	enum shape_kind kind;
	int radius, width, height, blur;
};

struct shape {
	struct shape_key key;
	pixman_image_t *bits;
	size_t bytes;
	uint64_t used;
};

/* Pixels of a mask under construction. */
struct canvas {
	uint8_t *bytes;
	int width, height, stride;
};

static void shape_destroy(struct shape *shape)
{
	if (!shape)
		return;
	if (shape->bits)
		pixman_image_unref(shape->bits);
	free(shape);
}

void shapes_finish(struct shapes *shapes)
{
	for (size_t i = 0; i < shapes->count; i++)
		shape_destroy(shapes->kept[i]);
	shape_destroy(shapes->large);
	*shapes = (struct shapes){0};
}

/* Where a round box that begins at `inset` has its left edge at height y; `end` where it has none. */
static float left_edge(float y, float inset, float radius, float end)
{
	if (y < inset)
		return end;
	float below = inset + radius - y;
	return below > 0 ? inset + radius - sqrtf(radius * radius - below * below) : inset;
}

static void cover(float *row, int side, float from, float to)
{
	for (int x = (int)from; x < side && (float)x < to; x++) {
		float left = from > (float)x ? from : (float)x, right = to < (float)(x + 1) ? to : (float)(x + 1);
		row[x] += right - left;
	}
}

/* The top left quarter of the canvas: a round corner of `radius` with, when width > 0, a round hole `width` px within.
 * The other quarters are its mirror pictures, so the whole is symmetric to the bit. */
static bool draw_corner(struct canvas *canvas, int side, int radius, int width)
{
	float *row = malloc((size_t)side * sizeof *row), end = (float)side;
	if (!row)
		return false;
	float hole = radius > width ? (float)(radius - width) : 0;
	for (int y = 0; y < side; y++) {
		memset(row, 0, (size_t)side * sizeof *row);
		for (int s = 0; s < SUBROWS; s++) {
			float at = (float)y + ((float)s + 0.5f) / SUBROWS;
			float to = width > 0 ? left_edge(at, (float)width, hole, end) : end;
			cover(row, side, left_edge(at, 0, (float)radius, end), to);
		}
		uint8_t *top = canvas->bytes + (size_t)y * (size_t)canvas->stride;
		for (int x = 0; x < side; x++)
			top[x] = top[canvas->width - 1 - x] = (uint8_t)(row[x] * (255.0f / SUBROWS) + 0.5f);
		memcpy(canvas->bytes + (size_t)(canvas->height - 1 - y) * (size_t)canvas->stride, top,
		       (size_t)canvas->width);
	}
	free(row);
	return true;
}

int shape_ring_corner(int radius, int width)
{
	return radius > width ? radius : width;
}

/* Three runs of a box this wide come near a Gaussian of half the blur (Wells 1986; the constant is 3 * sqrt(2 * pi) /
 * 4). Always odd, so that nothing moves. */
static int box_width(int blur)
{
	return blur < 2 ? 1 : 2 * (int)lrint((1.87997 * blur / 2 - 1) / 2) + 1;
}

int item_shadow_reach(int blur)
{
	return 3 * (box_width(blur) / 2);
}

int shape_shadow_side(int radius, int blur)
{
	return 2 * (radius + item_shadow_reach(blur)) + SHADOW_TILE;
}

/* Three times the mean of `width` neighbours, of `count` values that are their own mirror picture, zero beyond the ends.
 * Of them the first half is given and reckoned, `step` apart. */
static void blur_line(uint16_t *values, int count, int step, int width, uint16_t *line)
{
	int half = width / 2, upto = (count + 1) / 2;
	/* Multiplying instead of dividing is exact while sum * width < 2^40. */
	uint64_t share = ((UINT64_C(1) << 40) + (uint64_t)width - 1) / (uint64_t)width;
	for (int pass = 0; pass < 3; pass++) {
		uint32_t sum = 0;
		for (int i = 0; i < upto; i++)
			line[i] = line[count - 1 - i] = values[(ptrdiff_t)i * step];
		for (int i = 0; i < half && i < count; i++)
			sum += line[i];
		for (int i = 0; i < upto; i++) {
			sum += i + half < count ? line[i + half] : 0;
			values[(ptrdiff_t)i * step] = (uint16_t)((sum + (uint32_t)width / 2) * share >> 40);
			sum -= i >= half ? line[i - half] : 0;
		}
	}
}

/* What is blurred is its own mirror picture, both ways: a quarter is reckoned, in `wide`, which is zero. Nothing stands
 * in the first `reach` rows. */
static void blur_canvas(struct canvas *canvas, uint16_t *wide, uint16_t *line, int width, int reach)
{
	int columns = canvas->width, rows = canvas->height, upper = (rows + 1) / 2, left = (columns + 1) / 2;
	for (int y = reach; y < upper; y++) {
		uint16_t *row = wide + (ptrdiff_t)y * left;
		for (int x = 0; x < left; x++)
			row[x] = (uint16_t)(canvas->bytes[y * canvas->stride + x] * 257);
		blur_line(row, columns, 1, width, line);
	}
	for (int x = 0; x < left; x++)
		blur_line(wide + x, rows, left, width, line);
	for (int y = 0; y < upper; y++) {
		uint8_t *row = canvas->bytes + (ptrdiff_t)y * canvas->stride;
		for (int x = 0; x < left; x++)
			row[x] = row[columns - 1 - x] = (uint8_t)((wide[y * left + x] + 128) / 257);
		memcpy(canvas->bytes + (ptrdiff_t)(rows - 1 - y) * canvas->stride, row, (size_t)columns);
	}
}

static bool draw_soft_box(struct canvas *canvas, const struct shape_key *key)
{
	int reach = item_shadow_reach(key->blur);
	struct canvas inner = {.bytes = canvas->bytes + (size_t)reach * (size_t)canvas->stride + reach,
			       .width = key->width,
			       .height = key->height,
			       .stride = canvas->stride};
	for (int y = 0; y < inner.height; y++)
		memset(inner.bytes + (size_t)y * (size_t)inner.stride, 255, (size_t)inner.width);
	if (key->radius > 0 && !draw_corner(&inner, key->radius, key->radius, 0))
		return false;
	size_t width = (size_t)canvas->width, height = (size_t)canvas->height;
	uint16_t *wide = calloc((width + 1) / 2 * ((height + 1) / 2), sizeof *wide);
	uint16_t *line = malloc((width > height ? width : height) * sizeof *line);
	if (wide && line)
		blur_canvas(canvas, wide, line, box_width(key->blur), reach);
	bool ok = wide && line;
	free(wide);
	free(line);
	return ok;
}

static bool draw_shape(struct canvas *canvas, const struct shape_key *key)
{
	switch (key->kind) {
	case SHAPE_DISC:
		return draw_corner(canvas, key->radius, key->radius, 0);
	case SHAPE_RING:
		return draw_corner(canvas, canvas->width / 2, key->radius, key->width);
	case SHAPE_SHADOW:
		return draw_soft_box(canvas, key);
	}
	return false;
}

static struct shape *shape_create(const struct shape_key *key, int width, int height)
{
	struct shape *shape = calloc(1, sizeof *shape);
	if (!shape)
		return NULL;
	shape->key = *key;
	shape->bits = pixman_image_create_bits(PIXMAN_a8, width, height, NULL, 0); /* cleared */
	if (!shape->bits) {
		shape_destroy(shape);
		return NULL;
	}
	struct canvas canvas = {.bytes = (uint8_t *)pixman_image_get_data(shape->bits),
				.width = width,
				.height = height,
				.stride = pixman_image_get_stride(shape->bits)};
	shape->bytes = sizeof *shape + (size_t)canvas.stride * (size_t)height;
	if (!draw_shape(&canvas, key)) {
		shape_destroy(shape);
		return NULL;
	}
	return shape;
}

static void drop_oldest(struct shapes *shapes)
{
	size_t oldest = 0;
	for (size_t i = 1; i < shapes->count; i++)
		if (shapes->kept[i]->used < shapes->kept[oldest]->used)
			oldest = i;
	shapes->bytes -= shapes->kept[oldest]->bytes;
	shape_destroy(shapes->kept[oldest]);
	shapes->kept[oldest] = shapes->kept[--shapes->count];
}

static bool same(const struct shape_key *a, const struct shape_key *b)
{
	return a->kind == b->kind && a->radius == b->radius && a->width == b->width && a->height == b->height &&
	       a->blur == b->blur;
}

static pixman_image_t *shape_get(struct shapes *shapes, struct shape_key key, int width, int height)
{
	shape_destroy(shapes->large);
	shapes->large = NULL;
	for (size_t i = 0; i < shapes->count; i++)
		if (same(&shapes->kept[i]->key, &key)) {
			shapes->kept[i]->used = ++shapes->uses;
			return shapes->kept[i]->bits;
		}
	struct shape *shape = shape_create(&key, width, height);
	if (!shape)
		return NULL;
	if (shape->bytes > SHAPES_BYTES_MAX) {
		shapes->large = shape;
		return shape->bits;
	}
	while (shapes->count == SHAPES_MAX || shapes->bytes + shape->bytes > SHAPES_BYTES_MAX)
		drop_oldest(shapes);
	shape->used = ++shapes->uses;
	shapes->kept[shapes->count++] = shape;
	shapes->bytes += shape->bytes;
	return shape->bits;
}

pixman_image_t *shapes_disc(struct shapes *shapes, int radius)
{
	return shape_get(shapes, (struct shape_key){.kind = SHAPE_DISC, .radius = radius}, 2 * radius, 2 * radius);
}

pixman_image_t *shapes_ring(struct shapes *shapes, int radius, int width)
{
	int side = 2 * shape_ring_corner(radius, width);
	return shape_get(shapes, (struct shape_key){.kind = SHAPE_RING, .radius = radius, .width = width}, side, side);
}

pixman_image_t *shapes_shadow(struct shapes *shapes, int radius, int blur, int width, int height)
{
	int around = 2 * item_shadow_reach(blur);
	struct shape_key key = {.kind = SHAPE_SHADOW, .radius = radius, .width = width, .height = height, .blur = blur};
	return shape_get(shapes, key, width + around, height + around);
}
