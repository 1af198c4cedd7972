/* Whatever the calendar of many events: no crash; texts come through their escapes and back; lines stay lines. */
#include "bundle/calendar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.ics", &faults, &arena, NULL};
	struct calendar calendar;

	if (calendar_read(&in, (const char *)bytes, len, &calendar) != (faults.errors == 0))
		abort();
	for (size_t e = 0; faults.errors == 0 && e < calendar.count; e++)
		for (size_t l = 0; l < calendar.events[e].count; l++) {
			const struct calendar_line *line = &calendar.events[e].lines[l];
			const char *text = calendar_text(&arena, line->value);
			const char *again = calendar_text(&arena, calendar_value(&arena, text));

			if (strpbrk(line->value, "\n") || strlen(text) > strlen(line->value) ||
			    strcmp(text, again) != 0)
				abort();
		}
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
