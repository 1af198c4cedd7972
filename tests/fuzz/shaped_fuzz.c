/* Whatever the YAML (the first byte chooses the kind of record): no crash, what is refused is told; what is read can be
 * walked, and read again as a translation of itself. */
#include "base/array.h"
#include "bundle/shaped.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static bool walk(void *context, const struct shape_field *field, const char **text)
{
	(void)field;
	*(size_t *)context += **text != '\0';
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct shape *const shapes[] = {&place_shape, &notice_shape, &guide_shape, &phrases_shape,
						     &path_shape,  &event_shape,  &story_shape};
	struct faults faults = {0};
	struct source source = {.dir = -1, .faults = &faults};
	struct reading in = {"x.yaml", &faults, &source.arena, NULL};
	struct ease ease = {&faults, in.path, {0}};
	struct shaped shaped = {.source = &source, .in = &in, .ease = &ease, .differs = FAULT_WARNING, .same = true};
	const struct shape *shape = len > 0 ? shapes[bytes[0] % ARRAY_LEN(shapes)] : NULL;
	size_t texts = 0;

	const struct tree *tree = shape && reading_utf8(&in, (const char *)bytes + 1, len - 1)
					  ? tree_read(&in, (const char *)bytes + 1, len - 1, 1)
					  : NULL;
	void *record = tree ? arena_alloc(&source.arena, shape->size) : NULL;
	void *again = tree ? arena_alloc(&source.arena, shape->size) : NULL;
	if (again && shaped_read(&shaped, tree, "x", shape, NULL, 0, record)) {
		shape_each(shape, record, ~0u, walk, &texts);
		shaped_translate(&shaped, tree, "x", shape, NULL, 0, record, again);
		shape_each(shape, again, ~0u, walk, &texts);
	}
	faults_finish(&faults);
	arena_finish(&source.arena);
	return 0;
}
