/* translate -- the words of the content as PO files for translators, and back.
 *
 * A language is a folder of PO files: DIR/<lang>/topic-<topic>.po, places.po, guides.po, phrases.po, paths.po, stories.po,
 * events.po, notices.po, pictures.po, and ui.po with the kiosk's own words. A message is one text (bundle/segment.h): its msgid is the Danish,
 * its msgctxt the file and the place in it, such as "topics/daycare/get-a-place 3.2.title". It is fuzzy when the Danish
 * has changed since it was translated; when DIR has what was exported before, only what really changed is, with the
 * Danish of that time as its previous msgid.
 *
 * A language that site.yaml does not name yet can be translated as soon as it has a file in ui/ (bundle/new.h).
 *
 * A fuzzy or empty message changes nothing when it is imported. Nothing is written while any message has an error.
 */
#ifndef BUNDLE_TRANSLATE_H
#define BUNDLE_TRANSLATE_H

#include "bundle/pofile.h"
#include "bundle/unit.h"

#include <stdbool.h>
#include <stddef.h>

/* `vejviser-bundle translate`; the exit status. */
int command_translate(int argc, char **argv);

/* The messages of a unit behind those in `out`; `before` is the PO file as it was exported earlier, or NULL. What it
 * holds and the content does not is told to `in`, the reading of that file. False when memory ran out. */
bool translate_entries(const struct reading *in, const struct unit *unit, const struct pofile *before,
		       struct pofile *out, size_t cap);

/* The answers that a PO file has for a unit. `in` is the reading of the PO file; errors are told to it with the line of
 * the message and the way to mend it. */
void translate_answers(const struct reading *in, const struct pofile *po, const struct unit *unit);

#endif
