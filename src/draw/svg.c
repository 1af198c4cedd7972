#include "draw/svg.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <librsvg/rsvg.h>

/* Takes the GError. */
static bool fail(struct err *err, GError *fault)
{
	err_set(err, ERR_FORMAT, "is no SVG that can be drawn: %s", fault ? fault->message : "no reason given");
	g_clear_error(&fault);
	return false;
}

/* Where the drawing goes so that it fits as wished. */
static RsvgRectangle viewport(RsvgHandle *handle, const struct svg_wish *wish)
{
	RsvgRectangle all = {0, 0, wish->width, wish->height}, box;
	if (wish->fit == PICTURE_CONTAIN)
		return all; /* librsvg centres by itself */
	gboolean has_width, has_height, has_box;
	RsvgLength width, height;
	rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &width, &has_height, &height, &has_box, &box);
	if (!has_box && !rsvg_handle_get_intrinsic_size_in_pixels(handle, &box.width, &box.height))
		return all;
	if (!(box.width > 0 && box.height > 0))
		return all;
	double x_scale = all.width / box.width, y_scale = all.height / box.height;
	double scale = x_scale > y_scale ? x_scale : y_scale;
	return (RsvgRectangle){(all.width - box.width * scale) / 2, all.height - box.height * scale, box.width * scale,
			       box.height * scale};
}

static bool render(RsvgHandle *handle, const struct svg_wish *wish, uint32_t *pixels, struct err *err)
{
	GError *fault = NULL;
	cairo_surface_t *surface = cairo_image_surface_create_for_data((unsigned char *)pixels, CAIRO_FORMAT_ARGB32,
								       wish->width, wish->height, wish->width * 4);
	cairo_t *cairo = cairo_create(surface);
	RsvgRectangle where = viewport(handle, wish);
	bool ok = rsvg_handle_render_document(handle, cairo, &where, &fault) || fail(err, fault);
	cairo_surface_flush(surface);
	if (ok && cairo_status(cairo) != CAIRO_STATUS_SUCCESS)
		ok = cairo_status(cairo) == CAIRO_STATUS_NO_MEMORY
			     ? err_memory(err)
			     : err_set(err, ERR_FORMAT, "cannot be drawn: %s",
				       cairo_status_to_string(cairo_status(cairo)));
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return ok;
}

/* Afterwards, because librsvg (2.54) draws nothing that has an opacity when cairo mirrors. */
static void mirror(const struct svg_wish *wish, uint32_t *pixels)
{
	for (int y = 0; y < wish->height; y++) {
		uint32_t *row = pixels + (size_t)y * (size_t)wish->width;
		for (int from = 0, to = wish->width - 1; from < to; from++, to--) {
			uint32_t pixel = row[from];
			row[from] = row[to];
			row[to] = pixel;
		}
	}
}

static bool read_and_render(const char *svg, size_t len, const struct svg_wish *wish, uint32_t *pixels, struct err *err)
{
	GError *fault = NULL;
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)svg, len, &fault);
	if (!handle)
		return fail(err, fault);
	rsvg_handle_set_dpi(handle, 96);
	bool ok = !wish->css ||
		  rsvg_handle_set_stylesheet(handle, (const guint8 *)wish->css, strlen(wish->css), &fault) ||
		  fail(err, fault);
	ok = ok && render(handle, wish, pixels, err);
	g_object_unref(handle);
	return ok;
}

static void free_pixels(pixman_image_t *image, void *pixels)
{
	(void)image;
	free(pixels);
}

/* Takes the pixels. */
static bool wrap(const struct svg_wish *wish, uint32_t *pixels, pixman_image_t **out, struct err *err)
{
	size_t count = (size_t)wish->width * (size_t)wish->height, i = 0;
	while (i < count && pixels[i] >> 24 == 0xFF)
		i++;
	*out = pixman_image_create_bits(i == count ? PIXMAN_x8r8g8b8 : PIXMAN_a8r8g8b8, wish->width, wish->height,
					pixels, wish->width * 4);
	if (!*out) {
		free(pixels);
		return err_memory(err);
	}
	pixman_image_set_destroy_function(*out, free_pixels, pixels);
	return true;
}

bool svg_draw(const char *svg, size_t len, const struct svg_wish *wish, pixman_image_t **out, struct err *err)
{
	if (wish->width < 1 || wish->height < 1 || wish->width > PICTURE_SIDE_MAX || wish->height > PICTURE_SIDE_MAX ||
	    (size_t)wish->width * (size_t)wish->height > PICTURES_BYTES_MAX / 4)
		return err_set(err, ERR_LIMIT, "%d x %d px are not allowed; 1 to %d each way and %u in all are",
			       wish->width, wish->height, PICTURE_SIDE_MAX, PICTURES_BYTES_MAX / 4);
	if (len == 0)
		return err_set(err, ERR_FORMAT, "is empty");
	/* Entities can make a small file endless, and no drawing program needs them. */
	if (memmem(svg, len, "<!ENTITY", strlen("<!ENTITY")))
		return err_set(err, ERR_FORMAT, "declares an entity, which is not allowed");
	uint32_t *pixels = calloc((size_t)wish->width * (size_t)wish->height, sizeof *pixels);
	if (!pixels)
		return err_memory(err);
	if (!read_and_render(svg, len, wish, pixels, err)) {
		free(pixels);
		return false;
	}
	if (wish->mirrored)
		mirror(wish, pixels);
	return wrap(wish, pixels, out, err);
}
