/* Whatever the bytes: no crash, nothing beyond its limits, targets in order, and an answer for every path. */
#include "trust/role.h"
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

/* A role that lists and delegates what the bytes say, and is itself whom it delegates to. */
static void search(const struct metadata *metadata, struct arena *arena)
{
	static const char sha256[SHA256_HEX_MAX];
	struct role_found found;
	struct err err;
	struct role *role = role_read("targets", sha256, metadata, arena, &err), *wants;
	size_t i;

	if (!role)
		return;
	require(role->targets.count <= METADATA_TARGETS_MAX && role->delegations.count <= METADATA_DELEGATIONS_MAX);
	for (i = 1; i < role->targets.count; i++)
		require(strcmp(role->targets.targets[i - 1].path, role->targets.targets[i].path) < 0);
	require(role_find(role, "a/b.json", &found, &err));
	for (role_next(role, &wants, &i); wants; role_next(role, &wants, &i)) {
		metadata_verify_by(metadata, role->delegations.keys, role->delegations.key_count,
				   &role->delegations.roles[i].signers, "x", &err);
		role->given[i] = role;
	}
	require(role_find(role, "a/b.json", &found, &err) && !found.wants);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct metadata metadata = {0};
	struct metadata_files files;
	struct metadata_root root;
	struct arena arena = {0};
	struct err err = {0};

	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		if (!metadata_parse(role, bytes, len, &metadata, &err))
			continue;
		require(metadata.version >= 1 && len <= metadata_limit(role));
		if (role == METADATA_ROOT && metadata_read_root(&metadata, &arena, &root, &err))
			metadata_verify(&metadata, &root, METADATA_ROOT, &err);
		metadata_read_files(&metadata, "snapshot.json", &arena, &files, &err);
		search(&metadata, &arena);
		metadata_finish(&metadata);
	}
	arena_finish(&arena);
	return 0;
}
