/* Whatever the bytes (the first chooses the kind of document): what is parsed is written so that it is parsed again
 * and is the same. */
#include "content/document.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define AGAIN(name, type) \
	static bool name(const char *bytes, size_t len, struct arena *arena, struct buf *out) \
	{ \
		struct err err; \
		struct type parsed; \
		return type##_parse(bytes, len, arena, &parsed, &err) && type##_write(&parsed, out, &err); \
	}
AGAIN(bundles, bundle)
AGAIN(topics, topic_texts)
AGAIN(pages, page)
AGAIN(all_places, places)
AGAIN(all_words, words)
AGAIN(all_events, events)
AGAIN(timetables, timetable)
AGAIN(all_notices, notices)
AGAIN(all_alts, alts)
#define ITEM_AGAIN(name, kind) \
	static bool name(const char *bytes, size_t len, struct arena *arena, struct buf *out) \
	{ \
		struct err err; \
		union item_any parsed; \
		return item_parse(kind, bytes, len, arena, &parsed, &err) && item_write(kind, &parsed, out, &err); \
	}
ITEM_AGAIN(guides, ITEM_GUIDE)
ITEM_AGAIN(sets, ITEM_PHRASES)
ITEM_AGAIN(paths, ITEM_PATH)
ITEM_AGAIN(stories, ITEM_STORY)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static bool (*const again[])(const char *, size_t, struct arena *, struct buf *) = {
		bundles,     topics, pages, all_places, all_words, all_events, timetables,
		all_notices, guides, sets,  paths,      all_alts,  stories};
	const size_t count = sizeof(again) / sizeof(*again);
	struct arena arena = {0};
	struct buf once = {0};
	struct buf twice = {0};

	if (len > 0 && again[bytes[0] % count]((const char *)bytes + 1, len - 1, &arena, &once))
		if (!again[bytes[0] % count](once.data, once.len, &arena, &twice) || once.len != twice.len ||
		    memcmp(once.data, twice.data, once.len) != 0)
			abort();
	buf_finish(&once);
	buf_finish(&twice);
	arena_finish(&arena);
	return 0;
}
