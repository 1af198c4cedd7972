/* row -- one line of a passage: its pieces in visual order, and their record in a draft. */
#ifndef TEXT_ROW_H
#define TEXT_ROW_H

#include "text/draft.h"
#include "text/passage.h"

#include <stdbool.h>
#include <stdint.h>

/* A character behind the last of a line that is not in the text: an ellipsis or a hyphen. */
struct row_tail {
	struct item item;
	float width;
};

struct row_piece;

struct row {
	uint32_t start, hang, end;   /* characters of the passage; [hang, end) hangs over the end of the line */
	const struct row_tail *tail; /* or NULL */
	struct row_piece *pieces;    /* visual order, in the arena */
	uint32_t piece_count;
	float width; /* of what does not hang */
};

/* Fills in the row whose start, end and tail are set. *item: an item that ends at or before the start; moved on to the
 * one the start lies in. False: no memory. */
bool row_make(const struct passage_tools *tools, const struct text_input *input, const struct passage *passage,
	      uint32_t *item, struct row *row);

void row_record(const struct text_input *input, const struct passage *passage, const struct row *row,
		struct draft *draft);

#endif
