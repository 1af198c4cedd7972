#include "replay/snapshot.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#define CHANNELS 3

static void copy_row(const uint32_t *from, int width, uint8_t *to)
{
	for (int x = 0; x < width; x++, to += CHANNELS) {
		to[0] = (uint8_t)(from[x] >> 16);
		to[1] = (uint8_t)(from[x] >> 8);
		to[2] = (uint8_t)from[x];
	}
}

bool snapshot_write(pixman_image_t *picture, const char *path, struct err *err)
{
	int width = pixman_image_get_width(picture), height = pixman_image_get_height(picture);
	int stride = pixman_image_get_stride(picture) / (int)sizeof(uint32_t);
	size_t row = (size_t)width * CHANNELS;
	uint8_t *pixels = malloc(row * (size_t)height);

	if (!pixels)
		return err_memory(err);
	for (int y = 0; y < height; y++)
		copy_row(pixman_image_get_data(picture) + (ptrdiff_t)y * stride, width, pixels + row * (size_t)y);
	png_image png = {.version = PNG_IMAGE_VERSION,
			 .width = (png_uint_32)width,
			 .height = (png_uint_32)height,
			 .format = PNG_FORMAT_RGB,
			 .flags = PNG_IMAGE_FLAG_FAST};
	bool ok = png_image_write_to_file(&png, path, 0, pixels, (png_int_32)row, NULL) != 0;
	free(pixels);
	return ok || err_set(err, ERR_IO, "%s: %s", path, png.message);
}
