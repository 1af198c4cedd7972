/* tree -- YAML, only as much of it as content needs: texts, lists and maps, each with its line.
 *
 * Anchors, aliases, tags and several documents in one file are refused, keys are texts and stand once, and size and
 * depth have limits: a small file cannot become a large tree. Every plain scalar is text ("no", "112" and
 * "2026-11-01" too). What is refused is told to the reading's faults. The tree lives in its arena.
 */
#ifndef BUNDLE_TREE_H
#define BUNDLE_TREE_H

#include "bundle/reading.h"

#include <stdbool.h>
#include <stddef.h>

#define TREE_BYTES_MAX 65536
#define TREE_DEPTH_MAX 6
#define TREE_NODES_MAX 5000

enum tree_kind {
	TREE_TEXT,
	TREE_LIST,
	TREE_MAP
};

struct tree {
	enum tree_kind kind;
	bool flow; /* a map written "{...}" */
	size_t line;
	const char *key; /* its key in a map, else NULL */
	size_t key_line;
	size_t key_from;  /* byte it begins at */
	const char *text; /* of TREE_TEXT */
	size_t len;
	size_t from, to; /* bytes it stands in, quotes and all */
	bool quoted;
	struct tree *first; /* of what a list or map holds */
	struct tree *next;
	size_t count;
};

/* `first_line` is the number of the bytes' first line in the file. NULL: refused (told), or memory ran out. */
const struct tree *tree_read(const struct reading *in, const char *bytes, size_t len, size_t first_line);

/* NULL when absent or `map` is not a map. */
const struct tree *tree_find(const struct tree *map, const char *key);

#endif
