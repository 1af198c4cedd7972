/* little_store -- a store with the smallest content there is: one language, and nothing said in it. */
#ifndef TESTS_KIOSK_LITTLE_STORE_H
#define TESTS_KIOSK_LITTLE_STORE_H

#include "base/array.h"
#include "base/buf.h"
#include "base/crypto.h"
#include "base/err.h"
#include "content/content.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The smallest bundle there is. */
static const struct {
	const char *path, *text;
} little_bundle[] = {
	{"bundle.json", "{\"format\": 1, \"municipality\": \"Testby\", \"source\": \"da\", \"languages\": "
			"[{\"code\": \"da\", \"name\": \"Dansk\", \"rtl\": false}], \"topics\": []}"},
	{"topics/da.json", "{\"topics\": []}"},
	{"places/da.json", "{\"places\": []}"},
	{"ui/da.json", "{\"words\": {}}"},
};

static inline bool little_bundle_read(void *context, const char *sha256, size_t limit, struct buf *out, struct err *err)
{
	const struct content_target *targets = context;

	(void)limit;
	buf_clear(out);
	for (size_t i = 0; i < ARRAY_LEN(little_bundle); i++)
		if (strcmp(targets[i].sha256, sha256) == 0)
			return buf_append_text(out, little_bundle[i].text) || err_memory(err);
	return err_set(err, ERR_MISSING, "%s", sha256);
}

static inline void little_store_index(const char *path)
{
	struct content_target targets[ARRAY_LEN(little_bundle)];
	char hashes[ARRAY_LEN(little_bundle)][SHA256_HEX_MAX];
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(little_bundle); i++) {
		size_t len = strlen(little_bundle[i].text);
		assert_true(sha256_hex(little_bundle[i].text, len, hashes[i], &err));
		targets[i] = (struct content_target){little_bundle[i].path, hashes[i], (int64_t)len};
	}
	struct content_objects objects = {little_bundle_read, targets};
	if (!content_index_build(targets, ARRAY_LEN(little_bundle), objects, 0, path, &err))
		fail_msg("%s", err.text);
}

/* One generation after the other, each with the index that its function writes. */
static inline void little_store_make(const char *path, void (*const *indexes)(const char *path), size_t count)
{
	struct store *store = NULL;
	char index[STORE_PATH_MAX];
	struct err err;

	assert_true(store_open(path, STORE_WRITE, &store, &err));
	for (size_t i = 0; i < count; i++) {
		int64_t generation = 0;
		assert_true(store_generation_begin(store, &generation, &err));
		assert_true(store_generation_path(store, generation, "index.db", index, &err));
		indexes[i](index);
		assert_true(store_generation_publish(store, generation, &err));
	}
	store_close(store);
}

#endif
