/* slug -- the name of a file from the name of what is in it: "Aars Håndbold & Leg" is "aars-haandbold-leg". */
#ifndef BUNDLE_SLUG_H
#define BUNDLE_SLUG_H

#include "content/document.h"

/* As document_id_valid() has it, cut between words; "" when no letter or digit of the text can be written so. Letters
 * with marks lose them, æ, ø, å and ß become ae, oe, aa and ss; other scripts are left out. */
void slug_make(const char *text, char out[ID_MAX]);

#endif
