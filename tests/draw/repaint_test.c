/* Random frames: what changed is enough to paint, and a region is kept to, whatever is in the frame. */
#include "draw/paint.h"

#include "base/array.h"
#include "draw/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH  331 /* odd, so that vector code has heads and tails */
#define HEIGHT 243
#define PAIRS  400 /* for each format */
#define OPS    24
#define FOLDER "/usr/share/fonts/truetype/noto/"

static struct faces *faces;
static struct face *fonts[3];
static struct pictures *pictures;

static int start(void **state)
{
	(void)state;
	static const char *const paths[] = {FOLDER "NotoSans-Regular.ttf", FOLDER "NotoSans-Bold.ttf",
					    FOLDER "NotoNastaliqUrdu-Regular.ttf"};
	struct err err;
	if (!faces_create(&faces, &err) || !pictures_create("assets", &pictures, &err))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		if (!face_open(faces, paths[i], &fonts[i], &err))
			return -1;
	return 0;
}

static int finish(void **state)
{
	(void)state;
	pictures_destroy(pictures);
	faces_destroy(faces);
	return 0;
}

static uint64_t seed = 1;

static int below(int limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)limit);
}

/* A recorded call, so that a frame can be changed a little and recorded again. */
struct op {
	int kind;
	struct rect box;
	int radius, width;
	uint32_t colour;
	unsigned what;
	float x, y, size;
	uint32_t glyphs[12];
	bool clipped;
	struct rect clip;
};

struct frame {
	struct op ops[OPS];
	int count;
};

static struct op random_op(void)
{
	static const uint32_t alphas[] = {0xFF, 0xFF, 0xFF, 0x80, 0x17, 1};
	struct op op = {.kind = below(8)};
	int small = below(3) == 0;
	op.box = (struct rect){below(WIDTH + 80) - 60, below(HEIGHT + 80) - 60, 1 + below(small ? 12 : 260),
			       1 + below(small ? 12 : 180)};
	op.radius = below(40);
	op.width = 1 + below(9);
	op.colour = alphas[below(ARRAY_LEN(alphas))] << 24 | (uint32_t)below(1 << 24);
	op.what = (unsigned)below(1 << 16);
	op.x = (float)below(WIDTH * 8) / 7;
	op.y = (float)below(HEIGHT * 8) / 7;
	op.size = 8 + (float)below(400) / 7;
	for (size_t i = 0; i < ARRAY_LEN(op.glyphs); i++)
		op.glyphs[i] = (uint32_t)below(1100);
	op.clipped = below(3) == 0;
	op.clip = (struct rect){below(WIDTH), below(HEIGHT), below(200), below(200)};
	return op;
}

static void record_glyphs(struct draw_list *list, const struct op *op)
{
	struct draw_glyph run[ARRAY_LEN(op->glyphs)];
	for (size_t i = 0; i < ARRAY_LEN(run); i++)
		run[i] = (struct draw_glyph){op->glyphs[i], (float)i * op->size * 0.55f, (float)(op->glyphs[i] % 5)};
	draw_glyphs(list, fonts[op->what % ARRAY_LEN(fonts)], op->size, run, ARRAY_LEN(run), op->x, op->y, op->colour);
}

static void record_picture(struct draw_list *list, const struct op *op)
{
	static const char *const icons[] = {"home", "daycare", "back"}, *const own[] = {"home", "event-ill",
											"age-minder"};
	if (op->kind == 6)
		draw_mask(list,
			  pictures_icon(pictures, icons[op->what % 3], 40 + 12 * (int)(op->what % 2), op->what & 8),
			  op->box.x, op->box.y, op->colour);
	else
		draw_image_round(
			list,
			pictures_own(pictures, own[op->what % 3], 120, 80, (enum picture_fit)(op->what & 1), false),
			op->box.x, op->box.y, op->radius, op->what & CORNERS_ALL);
}

static void record_op(struct draw_list *list, const struct op *op)
{
	if (op->clipped)
		draw_clip(list, op->clip);
	switch (op->kind) {
	case 0:
		draw_fill(list, op->box, op->colour);
		break;
	case 1:
		draw_round(list, op->box, op->radius, op->what & CORNERS_ALL, op->colour);
		break;
	case 2:
		draw_ring(list, op->box, op->radius, op->width, op->colour);
		break;
	case 3:
		draw_shadow(list, op->box, op->radius,
			    (struct draw_shadow){-op->width, (int)(op->what % 60), op->colour});
		break;
	case 4:
	case 5:
		record_glyphs(list, op);
		break;
	default:
		record_picture(list, op);
	}
	if (op->clipped)
		draw_unclip(list);
}

static void record(struct draw_list *list, const struct frame *frame)
{
	draw_list_clear(list, WIDTH, HEIGHT);
	draw_fill(list, (struct rect){0, 0, WIDTH, HEIGHT}, 0xFFF8F3E8u);
	for (int i = 0; i < frame->count; i++)
		record_op(list, &frame->ops[i]);
	assert_false(draw_list_failed(list));
}

static struct frame random_frame(void)
{
	struct frame frame = {.count = 1 + below(OPS)};
	for (int i = 0; i < frame.count; i++)
		frame.ops[i] = random_op();
	return frame;
}

/* A few operations replaced, moved, recoloured, swapped or taken away. */
static void change(struct frame *frame)
{
	for (int n = below(4); n >= 0 && frame->count > 1; n--) {
		struct op *op = &frame->ops[below(frame->count)], *other = &frame->ops[below(frame->count)], kept = *op;
		switch (below(6)) {
		case 0:
			*op = random_op();
			break;
		case 1:
			op->box.x += 1 + below(9);
			op->x += 0.3f;
			break;
		case 2:
			op->colour ^= 0x00010000u;
			break;
		case 3:
			*op = *other;
			*other = kept;
			break;
		case 4:
			*op = frame->ops[--frame->count];
			break;
		default:
			op->clipped = !op->clipped;
		}
	}
}

static pixman_image_t *surface(pixman_format_code_t format, int fill)
{
	pixman_image_t *image = pixman_image_create_bits(format, WIDTH, HEIGHT, NULL, 0);
	assert_non_null(image);
	memset(pixman_image_get_data(image), fill, (size_t)pixman_image_get_stride(image) * HEIGHT);
	return image;
}

static int area(pixman_region32_t *region)
{
	int count, sum = 0;
	const pixman_box32_t *r = pixman_region32_rectangles(region, &count);
	for (int i = 0; i < count; i++)
		sum += (r[i].x2 - r[i].x1) * (r[i].y2 - r[i].y1);
	return sum;
}

static void must_paint(struct painter *painter, const struct draw_list *list, pixman_image_t *target,
		       pixman_region32_t *region)
{
	struct err err;
	if (!paint(painter, list, target, region, &err))
		fail_msg("%s", err.text);
}

static int bytes_per_pixel(pixman_image_t *image)
{
	return PIXMAN_FORMAT_BPP(pixman_image_get_format(image)) / 8;
}

static const uint8_t *pixel(pixman_image_t *image, int x, int y)
{
	const uint8_t *bytes = (const uint8_t *)pixman_image_get_data(image);
	return bytes + (ptrdiff_t)y * pixman_image_get_stride(image) + (ptrdiff_t)x * bytes_per_pixel(image);
}

/* Within the region (NULL: everywhere) `a` and `b` are the same, outside `a` has the byte `outside`. */
static void compare(pixman_image_t *a, pixman_image_t *b, pixman_region32_t *region, int outside, const char *what)
{
	int size = bytes_per_pixel(a);
	size_t used = pixman_image_get_format(a) == PIXMAN_x8r8g8b8 ? 3 : (size_t)size;
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++) {
			if (!region || pixman_region32_contains_point(region, x, y, NULL)) {
				if (memcmp(pixel(a, x, y), pixel(b, x, y), used) != 0)
					fail_msg("%s: pixel %d, %d differs", what, x, y);
				continue;
			}
			for (int i = 0; i < size; i++)
				if (pixel(a, x, y)[i] != outside)
					fail_msg("%s: pixel %d, %d was touched", what, x, y);
		}
}

static const pixman_format_code_t formats[] = {PIXMAN_x8r8g8b8, PIXMAN_r5g6b5, PIXMAN_r8g8b8};

/* Painting only what changed gives the frame that painting everything gives. */
static void changes_are_enough(void **state)
{
	(void)state;
	for (size_t f = 0; f < ARRAY_LEN(formats); f++) {
		struct painter *warm = painter_create();
		struct draw_list *before = draw_list_create(), *after = draw_list_create();
		pixman_image_t *kept = surface(formats[f], 0), *fresh = surface(formats[f], 0xA5);
		struct frame frame = random_frame();
		record(before, &frame);
		must_paint(warm, before, kept, NULL);
		int partly = 0;
		for (int pair = 0; pair < PAIRS; pair++) {
			pixman_region32_t changed;
			pixman_region32_init(&changed);
			if (below(20) == 0)
				frame = random_frame();
			change(&frame);
			record(after, &frame);
			draw_list_changes(before, after, &changed);
			partly += area(&changed) > 0 && area(&changed) < WIDTH * HEIGHT / 2;
			must_paint(warm, after, kept, &changed);
			/* Now and then by a painter that remembers nothing. */
			struct painter *painter = pair % 16 == 0 ? painter_create() : warm;
			must_paint(painter, after, fresh, NULL);
			compare(kept, fresh, NULL, 0, "changes");
			if (painter != warm)
				painter_destroy(painter);
			struct draw_list *swapped = before;
			before = after;
			after = swapped;
			pixman_region32_fini(&changed);
		}
		assert_true(partly > PAIRS / 3); /* else this would show nothing */
		pixman_image_unref(kept);
		pixman_image_unref(fresh);
		draw_list_destroy(before);
		draw_list_destroy(after);
		painter_destroy(warm);
	}
}

static void a_region_is_kept_to(void **state)
{
	(void)state;
	struct painter *painter = painter_create();
	struct draw_list *list = draw_list_create();
	for (int round = 0; round < 150; round++) {
		pixman_image_t *whole = surface(formats[round % 3], 0), *part = surface(formats[round % 3], 0x5A);
		struct frame frame = random_frame();
		record(list, &frame);
		must_paint(painter, list, whole, NULL);
		pixman_region32_t region;
		pixman_region32_init(&region);
		for (int n = below(5); n >= 0; n--)
			pixman_region32_union_rect(&region, &region, below(WIDTH + 40) - 20, below(HEIGHT + 40) - 20,
						   (unsigned)(1 + below(150)), (unsigned)(1 + below(150)));
		must_paint(painter, list, part, &region);
		compare(part, whole, &region, 0x5A, "region");
		pixman_region32_fini(&region);
		pixman_image_unref(whole);
		pixman_image_unref(part);
	}
	draw_list_destroy(list);
	painter_destroy(painter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_region_is_kept_to),
		cmocka_unit_test(changes_are_enough),
	};
	return cmocka_run_group_tests(tests, start, finish);
}
