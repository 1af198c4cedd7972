/* Whatever the calendar: no crash, no endless series; what is taken has days that exist, in order, within the window. */
#include "bundle/ics.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define TODAY 20783 /* 2026-11-26 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.ics", &faults, &arena, NULL};
	struct ics_event event;

	if (reading_utf8(&in, (const char *)bytes, len)) {
		bool read = ics_read(&in, (const char *)bytes, len, TODAY, &event);

		if (read != (faults.errors == 0) || (read && event.time_count > EVENT_TIMES_MAX))
			abort();
		for (size_t i = 0; read && i < event.time_count; i++) {
			const struct event_time *time = &event.times[i];

			if (time->from > time->to || strcmp(time->date, "2026-11-01") < 0 ||
			    strcmp(time->date, "2027-10-31") > 0 ||
			    (i > 0 && strcmp(event.times[i - 1].date, time->date) > 0))
				abort();
		}
	}
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
