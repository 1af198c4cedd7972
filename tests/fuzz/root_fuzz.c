/* A draft that came by mail, or a public key, whatever its bytes: no crash, and what is read is written the same again. */
#include "bundle/root.h"

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
	struct buf in = {0}, out = {0}, text = {0};
	struct root_key key;
	struct root root, again;
	struct err err = {0};
	bool complete;

	require(buf_append(&in, bytes, len));
	if (root_key_parse(&in, &key, &err)) {
		require(root_key_write(&key, &out, &err) && root_key_parse(&out, &key, &err));
		buf_clear(&out);
	}
	if (root_read(&in, &root, &err)) {
		require(root.count <= ROOT_SIGNERS_MAX && root_describe(&root, &text, &err));
		if (root_draft(&root, &out, &err))
			require(root_read(&out, &again, &err) && again.count == root.count);
		require(!root_status(&in, &in, &text, &complete, &err) || !complete ||
			root_signer_count(&root, METADATA_ROOT) > 0);
	}
	buf_finish(&in);
	buf_finish(&out);
	buf_finish(&text);
	return 0;
}
