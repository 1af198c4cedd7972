/* import_places -- a list of places from a spreadsheet, merged into places/.
 *
 * What the import wrote last is kept beside the map (clubs.yaml: clubs.imported.csv). So it knows which places are its
 * own, and tells what staff changed by hand from what changed in the list:
 *
 * I1 a value that staff changed by hand stays; when the list changes it too, that is told.
 * I2 keys that the map does not name, translations and comments are never touched.
 * I3 a row with a fault changes nothing; and while there is one, nobody knows which place it is, so none is gone.
 * I4 a place that is not from this list is never changed.
 * I5 the same list again changes nothing.
 *
 * A place that the list no longer has is told as gone. `made_from` is written for languages in which every
 * text came from the list together with the Danish, for there nothing can be out of date.
 */
#ifndef BUNDLE_IMPORT_PLACES_H
#define BUNDLE_IMPORT_PLACES_H

#include "base/err.h"
#include "bundle/fault.h"
#include "bundle/plan.h"

#include <stdbool.h>
#include <stddef.h>

/* Zero but for the first four. import_places_finish() when done. */
struct import_places {
	int dir;                 /* the folder of content */
	const char *table, *map; /* paths as the user gave them */
	bool remove;             /* what is gone shall go: so it is forgotten too */
	size_t row_count, same;  /* rows; and places that stay as they are */
	bool windows_1252;       /* what the table was found to be, */
	char separator;          /* and its separator */
	const char *imported;    /* the file that remembers, beside the map; in the plan's arena */
	struct buf record;       /* and what it is to hold when the plan has been written */
};

/* Faults are told with the paths of the table and of the map. False: the import could not be made out (err), or, with
 * ERR_FORMAT, the table or the map is refused as a whole (told). */
bool import_places_plan(struct import_places *import, struct faults *faults, struct plan *plan, struct err *err);
void import_places_finish(struct import_places *import);

#endif
