/* Whatever the bytes: no crash, every key is found and stands once, and what is accepted comes out so that it is accepted
 * again and is the same. */
#include "base/json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static void check_members(const struct json *json, int depth)
{
	require(depth <= JSON_DEPTH_MAX);
	for (const struct json *each = json_first(json); each; each = json_next(each)) {
		require(!json_key(each) || json_find(json, json_key(each)) == each);
		check_members(each, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct err err;
	struct json *json;
	struct json *again;
	struct buf out[4] = {{0}};

	if (!json_parse((const char *)bytes, len, 1 << 20, &json, &err)) {
		require(strncmp(err.text, "line ", 5) == 0);
		return 0;
	}
	check_members(json, 0);
	require(json_write(json, &out[0], &err) && json_canonical(json, &out[1], &err));
	require(json_parse(out[0].data, out[0].len, out[0].len, &again, &err));
	require(json_write(again, &out[2], &err) && json_canonical(again, &out[3], &err));
	for (int i = 0; i < 2; i++)
		require(out[i].len == out[i + 2].len && memcmp(out[i].data, out[i + 2].data, out[i].len) == 0);
	for (int i = 0; i < 4; i++)
		buf_finish(&out[i]);
	json_destroy(json);
	json_destroy(again);
	return 0;
}
