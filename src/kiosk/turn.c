#include "kiosk/turn.h"

#include <stddef.h>

bool turn_surface(struct turn *turn, pixman_image_t **target, bool *fresh, struct err *err)
{
	if (turn->degrees == 0 && !turn->aside)
		return true;
	bool on_its_side = turn->degrees % 180 != 0;
	int width = pixman_image_get_width(*target);
	int height = pixman_image_get_height(*target);
	int upright_width = on_its_side ? height : width;
	int upright_height = on_its_side ? width : height;
	if (!turn->upright || pixman_image_get_width(turn->upright) != upright_width ||
	    pixman_image_get_height(turn->upright) != upright_height) {
		turn_finish(turn);
		turn->upright = pixman_image_create_bits(PIXMAN_x8r8g8b8, upright_width, upright_height, NULL, 0);
		if (!turn->upright)
			return err_memory(err);
		*fresh = true;
	}
	*target = turn->upright;
	return true;
}

/* pixman asks where a point of the screen comes from in the upright picture. */
static void turn_transform(const struct turn *turn, pixman_transform_t *transform)
{
	pixman_fixed_t width = pixman_int_to_fixed(pixman_image_get_width(turn->upright));
	pixman_fixed_t height = pixman_int_to_fixed(pixman_image_get_height(turn->upright));
	pixman_fixed_t one = pixman_fixed_1;

	pixman_transform_init_identity(transform);
	switch (turn->degrees) {
	case 0:
		break;
	case 90:
		pixman_transform_rotate(transform, NULL, 0, -one);
		pixman_transform_translate(transform, NULL, 0, height);
		break;
	case 180:
		pixman_transform_rotate(transform, NULL, -one, 0);
		pixman_transform_translate(transform, NULL, width, height);
		break;
	default:
		pixman_transform_rotate(transform, NULL, 0, one);
		pixman_transform_translate(transform, NULL, width, 0);
		break;
	}
}

static pixman_box32_t turn_box(const struct turn *turn, pixman_box32_t box)
{
	int width = pixman_image_get_width(turn->upright);
	int height = pixman_image_get_height(turn->upright);

	switch (turn->degrees) {
	case 0:
		return box;
	case 90:
		return (pixman_box32_t){height - box.y2, box.x1, height - box.y1, box.x2};
	case 180:
		return (pixman_box32_t){width - box.x2, height - box.y2, width - box.x1, height - box.y1};
	default:
		return (pixman_box32_t){box.y1, width - box.x2, box.y2, width - box.x1};
	}
}

bool turn_present(struct turn *turn, pixman_image_t *screen, pixman_region32_t *changed, struct err *err)
{
	if (turn->degrees == 0 && !turn->aside)
		return true;
	int count = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(changed, &count);
	pixman_region32_t turned;
	pixman_region32_init(&turned);
	for (int i = 0; i < count; i++) {
		pixman_box32_t box = turn_box(turn, boxes[i]);
		if (!pixman_region32_union_rect(&turned, &turned, box.x1, box.y1, (unsigned)(box.x2 - box.x1),
						(unsigned)(box.y2 - box.y1))) {
			pixman_region32_fini(&turned);
			return err_memory(err);
		}
	}
	pixman_transform_t transform;
	turn_transform(turn, &transform);
	/* Without memory a picture must not come out unturned. */
	bool ok = pixman_image_set_transform(turn->upright, &transform) &&
		  pixman_image_set_filter(turn->upright, PIXMAN_FILTER_NEAREST, NULL, 0) &&
		  pixman_image_set_clip_region32(screen, &turned) && pixman_region32_copy(changed, &turned);
	if (ok)
		pixman_image_composite32(PIXMAN_OP_SRC, turn->upright, NULL, screen, 0, 0, 0, 0, 0, 0,
					 pixman_image_get_width(screen), pixman_image_get_height(screen));
	pixman_image_set_clip_region32(screen, NULL);
	pixman_image_set_transform(turn->upright, NULL);
	pixman_region32_fini(&turned);
	return ok || err_memory(err);
}

void turn_point(int degrees, float *x, float *y)
{
	float screen_x = *x;
	float screen_y = *y;

	switch (degrees) {
	case 90:
		*x = screen_y;
		*y = 1.0f - screen_x;
		break;
	case 180:
		*x = 1.0f - screen_x;
		*y = 1.0f - screen_y;
		break;
	case 270:
		*x = 1.0f - screen_y;
		*y = screen_x;
		break;
	default:
		break;
	}
}

void turn_touch(const struct turn_view *view, float x, float y, enum input_kind kind, int64_t finger,
		struct input_event *input)
{
	turn_point(view->degrees, &x, &y);
	input->kind = kind;
	input->finger = finger;
	input->x = x * (float)view->width;
	input->y = y * (float)view->height;
}

void turn_finish(struct turn *turn)
{
	if (turn->upright)
		pixman_image_unref(turn->upright);
	turn->upright = NULL;
}
