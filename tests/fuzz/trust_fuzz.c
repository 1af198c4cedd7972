/* Whatever the bytes: no crash, nothing beyond its limits, and targets in order. */
#include "trust/trust.h"

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
	struct metadata metadata = {0};
	struct metadata_files files;
	struct metadata_targets targets;
	struct arena arena = {0};
	struct trust *trust = NULL;
	struct err err = {0};

	if (trust_open(bytes, len, 1, &trust, &err))
		require(trust_version(trust, METADATA_ROOT) >= 1 && len <= metadata_limit(METADATA_ROOT));
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT; role++) {
		if (!metadata_parse(role, bytes, len, &metadata, &err))
			continue;
		require(metadata.version >= 1 && len <= metadata_limit(role));
		metadata_read_files(&metadata, "snapshot.json", &arena, &files, &err);
		metadata_finish(&metadata);
	}
	if (trust_read_accepted(bytes, len, &arena, &targets, &err))
		for (size_t i = 1; i < targets.count; i++)
			require(strcmp(targets.targets[i - 1].path, targets.targets[i].path) < 0);
	trust_close(trust);
	arena_finish(&arena);
	return 0;
}
