#include "draw/face.h"

#include "base/file.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#define FACES_MAX           256
#define FACE_INDEX_MAX      255
#define FACE_MASK_BYTES_MAX (4L << 20)

/* The box of a glyph in font units; `known` tells whether it was looked up. */
struct glyph_units {
	int16_t x_min, y_min, x_max, y_max;
	bool known;
};

struct face {
	struct faces *faces;
	char *path;
	unsigned number;
	const void *bytes;
	size_t len;
	bool borrowed; /* bytes: from the face that opened the file first */
	FT_Face ft;
	FT_F26Dot6 size;           /* the size FreeType is set to, 0: none yet */
	struct glyph_units *boxes; /* ft->num_glyphs of them */
};

struct faces {
	FT_Library library;
	struct face *faces[FACES_MAX];
	unsigned count;
	uint8_t *bytes; /* of the mask last made */
	size_t cap;
};

bool faces_create(struct faces **out, struct err *err)
{
	struct faces *faces = calloc(1, sizeof *faces);
	if (!faces)
		return err_memory(err);
	if (FT_Init_FreeType(&faces->library) != 0) {
		free(faces);
		return err_memory(err);
	}
	*out = faces;
	return true;
}

static void face_destroy(struct face *face)
{
	if (!face)
		return;
	FT_Done_Face(face->ft);
	if (!face->borrowed)
		file_unmap(face->bytes, face->len);
	free(face->boxes);
	free(face->path);
	free(face);
}

void faces_destroy(struct faces *faces)
{
	if (!faces)
		return;
	while (faces->count > 0)
		face_destroy(faces->faces[--faces->count]);
	FT_Done_FreeType(faces->library);
	free(faces->bytes);
	free(faces);
}

size_t face_file_len(const char *path)
{
	const char *colon = strrchr(path, ':');
	bool numbered = colon && colon[1] && strspn(colon + 1, "0123456789") == strlen(colon + 1);
	return numbered ? (size_t)(colon - path) : strlen(path);
}

static bool map_file(struct face *face, struct err *err)
{
	size_t len = face_file_len(face->path);
	for (unsigned i = 0; i < face->faces->count; i++) {
		const struct face *other = face->faces->faces[i];
		if (face_file_len(other->path) == len && memcmp(other->path, face->path, len) == 0) {
			face->bytes = other->bytes;
			face->len = other->len;
			face->borrowed = true;
			return true;
		}
	}
	char *file = strndup(face->path, len);
	if (!file)
		return err_memory(err);
	bool ok = file_map(AT_FDCWD, file, FACE_BYTES_MAX, &face->bytes, &face->len, err);
	free(file);
	return ok;
}

static bool read_face(struct face *face, const char *path, struct err *err)
{
	face->path = strdup(path);
	if (!face->path)
		return err_memory(err);
	if (!map_file(face, err))
		return false;
	size_t file = face_file_len(path);
	unsigned long index = path[file] ? strtoul(path + file + 1, NULL, 10) : 0;
	if (index > FACE_INDEX_MAX)
		return err_set(err, ERR_FORMAT, "%s: at most font %d of a collection can be used", path,
			       FACE_INDEX_MAX);
	FT_Error fault =
		FT_New_Memory_Face(face->faces->library, face->bytes, (FT_Long)face->len, (FT_Long)index, &face->ft);
	if (fault == FT_Err_Out_Of_Memory)
		return err_memory(err);
	if (fault != 0)
		return err_set(err, ERR_FORMAT, "%s is no font that FreeType can read (error %d)", path, fault);
	if (!FT_IS_SCALABLE(face->ft) || face->ft->units_per_EM == 0 || face->ft->num_glyphs <= 0)
		return err_set(err, ERR_FORMAT, "%s has no outlines; only scalable fonts can be used", path);
	face->boxes = calloc((size_t)face->ft->num_glyphs, sizeof *face->boxes);
	return face->boxes || err_memory(err);
}

bool face_open(struct faces *faces, const char *path, struct face **out, struct err *err)
{
	for (unsigned i = 0; i < faces->count; i++)
		if (strcmp(faces->faces[i]->path, path) == 0) {
			*out = faces->faces[i];
			return true;
		}
	if (faces->count == FACES_MAX)
		return err_set(err, ERR_LIMIT, "%s would be font %d; at most %d are allowed", path, FACES_MAX + 1,
			       FACES_MAX);
	struct face *face = calloc(1, sizeof *face);
	if (!face)
		return err_memory(err);
	face->faces = faces;
	face->number = faces->count;
	if (!read_face(face, path, err)) {
		face_destroy(face);
		return false;
	}
	faces->faces[faces->count++] = face;
	*out = face;
	return true;
}

unsigned face_number(const struct face *face)
{
	return face->number;
}

const void *face_bytes(const struct face *face, size_t *len)
{
	*len = face->len;
	return face->bytes;
}

unsigned face_index(const struct face *face)
{
	return (unsigned)face->ft->face_index;
}

int face_units_per_em(const struct face *face)
{
	return face->ft->units_per_EM;
}

static bool set_size(struct face *face, float size_px, struct err *err)
{
	if (!(size_px > 0 && size_px <= FACE_SIZE_MAX))
		return err_set(err, ERR_LIMIT, "a font size of %g px; above 0 and at most %g are allowed",
			       (double)size_px, (double)FACE_SIZE_MAX);
	FT_F26Dot6 size = lrintf(size_px * 64);
	if (size < 1)
		size = 1;
	if (size == face->size)
		return true;
	face->size = 0;
	if (FT_Set_Char_Size(face->ft, size, size, 72, 72) != 0)
		return err_set(err, ERR_FORMAT, "%s cannot be set to %g px", face->path, (double)size_px);
	face->size = size;
	return true;
}

/* The mask's memory, cleared; kept from glyph to glyph. */
static uint8_t *mask_bytes(struct faces *faces, size_t size)
{
	if (size > faces->cap) {
		uint8_t *bytes = realloc(faces->bytes, size);
		if (!bytes)
			return NULL;
		faces->bytes = bytes;
		faces->cap = size;
	}
	memset(faces->bytes, 0, size);
	return faces->bytes;
}

/* Draws the outline, which FreeType has just loaded, into out->bytes. */
static bool draw_outline(struct face *face, unsigned quarter, struct glyph_mask *out, struct err *err)
{
	FT_Outline *outline = &face->ft->glyph->outline;
	FT_BBox box;
	FT_Outline_Translate(outline, (FT_Pos)(quarter & 3) * 16, 0);
	FT_Outline_Get_CBox(outline, &box);
	box.xMin &= ~63L;
	box.yMin &= ~63L;
	box.xMax = (box.xMax + 63) & ~63L;
	box.yMax = (box.yMax + 63) & ~63L;
	FT_Pos width = (box.xMax - box.xMin) / 64, height = (box.yMax - box.yMin) / 64;
	if (width <= 0 || height <= 0)
		return true;
	if (width > FACE_MASK_BYTES_MAX || height > FACE_MASK_BYTES_MAX / ((width + 3) & ~3L))
		return err_set(err, ERR_LIMIT, "%s has a glyph of %ld x %ld px; at most %ld px are allowed", face->path,
			       width, height, FACE_MASK_BYTES_MAX);
	int stride = ((int)width + 3) & ~3;
	uint8_t *bytes = mask_bytes(face->faces, (size_t)stride * (size_t)height);
	if (!bytes)
		return err_memory(err);
	FT_Outline_Translate(outline, -box.xMin, -box.yMin);
	FT_Bitmap bitmap = {.rows = (unsigned)height,
			    .width = (unsigned)width,
			    .pitch = stride,
			    .buffer = bytes,
			    .num_grays = 256,
			    .pixel_mode = FT_PIXEL_MODE_GRAY};
	FT_Error fault = FT_Outline_Get_Bitmap(face->faces->library, outline, &bitmap);
	if (fault == FT_Err_Out_Of_Memory)
		return err_memory(err);
	if (fault != 0)
		return err_set(err, ERR_FORMAT, "%s has a glyph that cannot be drawn (error %d)", face->path, fault);
	*out = (struct glyph_mask){.left = (int)(box.xMin / 64),
				   .top = (int)(box.yMax / 64),
				   .width = (int)width,
				   .height = (int)height,
				   .stride = stride,
				   .bytes = bytes};
	return true;
}

bool face_rasterise(struct face *face, uint32_t glyph, float size_px, unsigned quarter, struct glyph_mask *out,
		    struct err *err)
{
	*out = (struct glyph_mask){0};
	if (!set_size(face, size_px, err))
		return false;
	FT_Error fault = FT_Load_Glyph(face->ft, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
	if (fault == FT_Err_Out_Of_Memory)
		return err_memory(err);
	if (fault != 0)
		return err_set(err, ERR_FORMAT, "%s has no readable glyph %u (error %d)", face->path, glyph, fault);
	if (face->ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
		return true;
	return draw_outline(face, quarter, out, err);
}

static int16_t short_of(FT_Pos value)
{
	return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

static const struct glyph_units *glyph_units(struct face *face, uint32_t glyph)
{
	struct glyph_units *units = &face->boxes[glyph];
	if (units->known)
		return units;
	units->known = true;
	FT_BBox box = {0};
	if (FT_Load_Glyph(face->ft, glyph, FT_LOAD_NO_SCALE) == 0 && face->ft->glyph->format == FT_GLYPH_FORMAT_OUTLINE)
		FT_Outline_Get_CBox(&face->ft->glyph->outline, &box);
	units->x_min = short_of(box.xMin);
	units->y_min = short_of(box.yMin);
	units->x_max = short_of(box.xMax);
	units->y_max = short_of(box.yMax);
	return units;
}

struct rect face_glyph_box(struct face *face, uint32_t glyph, float size_px)
{
	if (glyph >= (uint32_t)face->ft->num_glyphs || !(size_px > 0 && size_px <= FACE_SIZE_MAX))
		return (struct rect){0, 0, 0, 0};
	const struct glyph_units *units = glyph_units(face, glyph);
	if (units->x_max <= units->x_min || units->y_max <= units->y_min)
		return (struct rect){0, 0, 0, 0};
	/* In 1/65536 px, so that shifting rounds down. A pixel more all around: FreeType rounds each point, and a quarter
	 * moves it to the right. */
	int64_t scale = (int64_t)(size_px * 65536.0f / (float)face->ft->units_per_EM);
	int left = (int)(units->x_min * scale >> 16) - 1;
	int top = (int)(-units->y_max * scale >> 16) - 1;
	int right = (int)(units->x_max * scale >> 16) + 3;
	int bottom = (int)(-units->y_min * scale >> 16) + 2;
	return (struct rect){left, top, right - left, bottom - top};
}

struct face_reach face_reach(const struct face *face, float size_px)
{
	float scale = size_px / (float)face->ft->units_per_EM;
	return (struct face_reach){(float)face->ft->bbox.yMax * scale + 2, 2 - (float)face->ft->bbox.yMin * scale};
}
