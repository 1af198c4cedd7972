/* Whatever the bytes: what is in the slots as lines that can be shown, or a sentence that can be. */
#include "base/utf8.h"
#include "sync/firmware.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool ok)
{
	if (!ok)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct buf out = {0};
	struct err err;

	if (firmware_describe_bytes((const char *)bytes, len, &out, &err)) {
		require(utf8_valid(out.data, out.len, NULL) && out.data[out.len - 1] == '\n');
		require(strncmp(out.data, "firmware: ", strlen("firmware: ")) == 0 &&
			strstr(out.data, "\nother slot: "));
	} else {
		require(out.len == 0 && utf8_valid(err.text, strlen(err.text), NULL));
		require(strncmp(err.text, FIRMWARE_STATE, strlen(FIRMWARE_STATE)) == 0);
	}
	buf_finish(&out);
	return 0;
}
