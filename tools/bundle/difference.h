/* difference -- what visitors will see change from one bundle to another: pages added, changed and gone, by language.
 *
 *	da: 1 page added, 1 changed
 *		added    clubs/volunteering     Bliv frivillig
 *		changed  daycare/get-a-place    Få en plads
 *	besides:
 *		changed  places (da)
 */
#ifndef BUNDLE_DIFFERENCE_H
#define BUNDLE_DIFFERENCE_H

#include "base/buf.h"
#include "base/err.h"
#include "bundle/build.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the lines; nothing when both are the same, and only the number of pages when there is no old one. *count: files that differ. Errors: ERR_MEMORY. */
bool difference_tell(const struct bundle_files *old, const struct bundle_files *new, struct buf *out, size_t *count,
		     struct err *err);

#endif
