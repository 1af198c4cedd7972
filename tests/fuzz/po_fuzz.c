/* Whatever the words: no crash, no jump out of a fatal error into nothing; what is taken without an error is whole. */
#include "bundle/catalog.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = {0};
	struct faults faults = {0};
	struct reading in = {"ui/en.po", &faults, &arena, NULL};
	struct words words;

	if (len <= CATALOG_BYTES_MAX) {
		catalog_read(&in, "en", (const char *)bytes, len, &words);
		for (size_t i = 0; i < WORD_COUNT && faults.errors == 0; i++)
			if (words.words[i].form_count == 0 || !words.words[i].forms[0])
				abort();
	}
	faults_finish(&faults);
	arena_finish(&arena);
	return 0;
}
