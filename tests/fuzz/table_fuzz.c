/* Whatever the table: no crash; what is read is UTF-8 without line breaks, and written again it reads the same. */
#include "bundle/table.h"

#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.csv", &faults, &arena, NULL};
	struct table table;
	struct table again;
	struct buf out = {0};

	if (table_read(&in, (const char *)bytes, len, &table) && table.column_count > 1) {
		for (size_t c = 0; c < table.column_count; c++)
			table_write_cell(&out, table.columns[c], c + 1 == table.column_count);
		for (size_t i = 0; i < table.row_count * table.column_count; i++) {
			const char *cell = table.rows[i / table.column_count].cells[i % table.column_count];

			if (!utf8_valid(cell, strlen(cell), NULL) || strpbrk(cell, "\r\n"))
				abort();
			table_write_cell(&out, cell, i % table.column_count + 1 == table.column_count);
		}
		if (!table_read(&in, out.data, out.len, &again) || again.column_count != table.column_count)
			abort();
	} else if (faults.errors == 0 && table.column_count != 1) {
		abort();
	}
	buf_finish(&out);
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
