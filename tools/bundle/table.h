/* table -- a spreadsheet saved as CSV, read strictly.
 *
 * RFC 4180, and what spreadsheets make of it: cells are parted by ";", "," or a tab (found from the first row: the one
 * it has most of outside quotes; or told by a first line "sep=;"), rows end by CRLF, LF or CR, a cell may stand in
 * quotes, hold line breaks there and quotes twice. The bytes are UTF-8, with or without a mark, else Windows-1252.
 * Cells lose the white space around them, and line breaks within become spaces. Rows without any text are passed over.
 *
 * An own reader, because every fault must be told by line and column and libcsv tells neither, knows no separator but
 * the one it is given, and takes a stray quote. One pass over the bytes.
 *
 * Faults that leave the whole file unread: a quote that is never closed, text behind a closing quote, a quote within a
 * cell that does not begin with one, a zero byte, UTF-16, a byte that is no character of Windows-1252, two columns of
 * one name, and the limits below. A row of more or fewer cells than the first is told too, and kept with `sound` false.
 */
#ifndef BUNDLE_TABLE_H
#define BUNDLE_TABLE_H

#include "base/buf.h"
#include "bundle/reading.h"

#include <stdbool.h>
#include <stddef.h>

#define TABLE_BYTES_MAX   (8u << 20)
#define TABLE_ROWS_MAX    20000
#define TABLE_COLUMNS_MAX 100
#define TABLE_CELL_MAX    4000 /* bytes of UTF-8 */

struct table_row {
	size_t line;        /* where it begins, from 1 */
	bool sound;         /* it has as many cells as there are columns */
	const char **cells; /* one for each column, "" when empty */
};

struct table {
	const char **columns; /* the names in the first row */
	size_t column_count;
	struct table_row *rows;
	size_t row_count;
	char separator;
	bool windows_1252;
};

/* The table lives in the reading's arena. False: told, *out is of no use. */
bool table_read(const struct reading *in, const char *bytes, size_t len, struct table *out);

/* The index of the column, letter for letter; -1: there is none. */
int table_column(const struct table *table, const char *name);

/* A cell as it must be written, in quotes when needed; with `separator` ';'. False: no memory. */
bool table_write_cell(struct buf *out, const char *cell, bool last);

#endif
