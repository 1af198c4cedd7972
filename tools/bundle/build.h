/* build -- from a folder of content to the files of a bundle.
 *
 * build_files() checks the whole folder and makes the bundle's files in memory: the documents of content/document.h
 * and the pictures. The same content gives the same bytes. command_build() writes them to a new folder; the publisher
 * signs them.
 *
 * Errors of build_files(): ERR_FORMAT when the content has errors (they are in `faults`, sorted; print them with
 * faults_print()), ERR_MISSING, ERR_IO and ERR_MEMORY when it could not be read at all. `faults` may hold warnings on
 * success; it is always the caller's to finish.
 */
#ifndef BUNDLE_BUILD_H
#define BUNDLE_BUILD_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/fault.h"

#include <stdbool.h>
#include <stddef.h>

struct bundle_file {
	char *path; /* as in content/document.h, such as "pages/da/daycare/costs.json" */
	struct buf bytes;
	bool there; /* the folder of the last build holds it (bundle/cache.h) */
};

struct bundle_files {
	struct bundle_file *files; /* sorted by path, by bytes */
	size_t count;
};

/* `share` as source_read() takes it. Caller owns *out and gives it back with bundle_files_finish(); it is empty on failure. */
bool build_files(const char *content_dir, const char *share, struct bundle_files *out, struct faults *faults,
		 struct err *err);
void bundle_files_finish(struct bundle_files *files);

/* Writes them to the new folder `path`, which is there whole or not at all: written beside it and renamed. ERR_USAGE when
 * it is there already, ERR_IO, ERR_FULL. */
bool build_write(const char *path, const struct bundle_files *files, struct err *err);

/* `vejviser-bundle build`; the exit status. */
int command_build(int argc, char **argv);

#endif
