/* Whatever the bytes: a firmware that can be asked for beside newest.json and nowhere else, or a sentence that can be shown. */
#include "base/crypto.h"
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
	struct firmware_newest newest;
	struct err err;

	if (firmware_newest_read((const char *)bytes, len, &newest, &err)) {
		require(firmware_compare(newest.version, "") > 0 && sha256_valid_hex(newest.sha256));
		require(newest.file[0] && newest.file[0] != '.' && !strpbrk(newest.file, "/\\%?#:"));
		require(newest.len > 0 && newest.len <= FIRMWARE_BYTES_MAX);
	} else {
		require(utf8_valid(err.text, strlen(err.text), NULL) && strstr(err.text, "newest.json"));
	}
	return 0;
}
