/* Whatever the YAML: no crash; an edit is refused and changes nothing, or the value is there and the same edit again
 * changes nothing more. */
#include "bundle/edit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static bool edit(int act, struct buf *yaml, struct err *err)
{
	static const char *const one[] = {"a", NULL};
	static const char *const two[] = {"a", "b", NULL};

	switch (act) {
	case 0:
		return edit_text(yaml, one, "x: y", err);
	case 1:
		return edit_text(yaml, two, "x", err);
	case 2:
		return edit_text(yaml, two, NULL, err);
	default:
		return edit_add(yaml, one, "x", err);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	for (int act = 0; act < 4; act++) {
		struct buf yaml = {0};
		struct buf once = {0};
		struct err err;

		buf_append(&yaml, bytes, len);
		if (!edit(act, &yaml, &err)) {
			if (yaml.len != len || (len > 0 && memcmp(yaml.data, bytes, len) != 0))
				abort();
		} else {
			buf_append(&once, yaml.data ? yaml.data : "", yaml.len);
			if (!edit(act, &yaml, &err) || yaml.len != once.len ||
			    (once.len > 0 && memcmp(yaml.data, once.data, once.len) != 0))
				abort();
		}
		buf_finish(&yaml);
		buf_finish(&once);
	}
	return 0;
}
