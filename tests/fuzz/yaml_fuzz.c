/* Whatever the text: no crash, a refusal is told, and a tree keeps within its limits. */
#include "bundle/tree.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static size_t count(const struct tree *tree, size_t depth)
{
	size_t nodes = 1;

	if (depth > TREE_DEPTH_MAX || tree->line == 0)
		abort();
	for (const struct tree *child = tree->first; child; child = child->next)
		nodes += count(child, depth + 1);
	return nodes;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.yaml", &faults, &arena, NULL};

	if (reading_utf8(&in, (const char *)bytes, len)) {
		const struct tree *tree = tree_read(&in, (const char *)bytes, len, 1);

		if (!tree != (faults.errors > 0) || (tree && count(tree, 1) > TREE_NODES_MAX))
			abort();
	}
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
