/* Whatever the PO file that comes back from a translator: no crash, what is refused is told, and the page that it makes
 * can be read, with the same texts in it. */
#include "bundle/translate.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char danish[] = "---\ntitle: A\nsummary: B\nfacts:\n  - {icon: i, label: L, value: V}\nterms:\n"
			     "  - {term: t, meaning: m}\n---\n\nP *t* [l](a/b) 112\n\n## H\n\n1. **S**\n   X\n\n- I\n\n"
			     "> [!urgent]\n> **T**\n> U\n";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct unit_people people = {"Ada", ""};
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"x.po", &faults, &arena, NULL};
	struct unit unit = {
		.kind = UNIT_PAGE, .name = "x", .danish_path = "da.md", .path = "en.md", .revision = "00000001"};
	struct segments again;
	struct buf po = {0};
	struct buf page = {0};
	struct pofile read;
	struct err err = {0};
	bool changed = false;

	if (!buf_append(&po, bytes, len) || !buf_append_text(&unit.danish, danish) ||
	    !segments_page(&in, danish, sizeof(danish) - 1, &unit.original))
		abort();
	unit.answers = arena_array(&arena, unit.original.count, sizeof(*unit.answers));
	reading_unix(&po);
	if (pofile_read(&in, po.data, po.len, &read))
		translate_answers(&in, &read, &unit);
	for (size_t i = 0; i < unit.original.count; i++)
		if (!unit.answers[i])
			unit.answers[i] = unit.original.items[i].text;
	struct faults none = {0};
	in.faults = &none;
	if (!unit_write(NULL, "en", &unit, &people, &page, &changed, &err) || !changed ||
	    !segments_page(&in, page.data, page.len, &again) || !segments_same(&unit.original, &again))
		abort();
	buf_finish(&po);
	buf_finish(&page);
	unit_finish(&unit);
	faults_finish(&none);
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
