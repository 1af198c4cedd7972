/* pass -- one pass of the sync: from what the source publishes to what the kiosk shows.
 *
 * Refresh the metadata, fetch the objects that are missing, build a generation, try it as the kiosk would, switch to
 * it, collect what nobody needs. When any step fails, the kiosk goes on showing what it showed (S6 in store/store.h),
 * and what was fetched is kept for the next pass; but when the disk is full, what is neither shown nor of the version
 * at hand goes. A pass that finds nothing new asks only for the next root and for the timestamp.
 *
 * A pass is also the scrub: it reads every object and page, fetches the objects that the disk has damaged, and makes a
 * generation anew that cannot be read (sync/activate.h), before it asks the source for anything.
 *
 * The firmware carries content too, the factory bundle: a repository in a folder, and beside its metadata/ and targets/
 * the root.json it is signed under. It is taken by the same code as any other, but only while the store has nothing
 * that can be shown:
 *
 *	if (!pass_can_show(store))
 *		pass_factory(store, its_folder, its_root, &report, &err);
 *	pass_run(store, server, root_of_the_municipality, now, &report, &err);
 *
 * Whose keys: the factory bundle is believed because it lies where the program lies, and who can write there can
 * replace the program too. Its signatures, by keys that whoever built the firmware made, only show that the files are
 * whole; its dates are not judged, since it must still do after years on a shelf. It has no say about anything else:
 * its root and versions are never kept in trust/, so the municipality's own root.json alone decides what pass_run()
 * accepts, from the first pass on and whatever the factory bundle's versions were.
 *
 * The source holds metadata/ and targets/. Time is judged once, and is never before what was accepted last was
 * published.
 *
 * Errors: those of sync/refresh.h, sync/objects.h and content/content.h.
 */
#ifndef SYNC_PASS_H
#define SYNC_PASS_H

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"
#include "sync/fetch.h"
#include "sync/objects.h"
#include "trust/trust.h"

#include <stdbool.h>
#include <stdint.h>

struct pass_report {
	bool changed;                          /* another generation is shown than before */
	int64_t generation;                    /* that is shown; 0: none */
	int64_t published_utc_s;               /* of that generation; 0: none */
	int64_t versions[METADATA_ROLE_COUNT]; /* accepted in this pass; 0: it did not come so far */
	struct objects_count objects;
};

/* Fills in what is shown now, and nothing else: for the report of a pass that cannot even begin. */
void pass_shown(const struct store *store, struct pass_report *report);

/* `store` is open for writing. `root` came with the program and may be empty when the store has one. *report is filled
 * also after a failure. */
bool pass_run(struct store *store, struct fetch *fetch, const struct buf *root, int64_t now_utc_s,
	      struct pass_report *report, struct err *err);

/* Mends what can be mended from this disk; false when even then no generation can be shown. */
bool pass_can_show(struct store *store);
/* `fetch` is the folder of the factory bundle, `root` its root. */
bool pass_factory(struct store *store, struct fetch *fetch, const struct buf *root, struct pass_report *report,
		  struct err *err);

#endif
