/* notices -- what the municipality tells everybody: urgent ones across the whole width, the others as a row.
 *
 * They come from view->news. The sheet shows them all; home and the attract screen draw their own place with the
 * functions here. Both return the height, 0 when there is nothing to tell; `draw` false only measures.
 */
#ifndef SCREENS_NOTICES_H
#define SCREENS_NOTICES_H

#include "screens/screen.h"

/* The urgent ones, one under the other, from edge to edge of the box. `most`: leaves out what would make it higher, the
 * title last; 0: there is no such limit. `live`: with what can be pressed. */
float notices_banner(struct view *view, struct box box, float most, bool live, bool draw);
/* The first of the others, and how it goes on where that is short; it opens the sheet. */
float notices_row(struct view *view, struct box box, bool draw);

#endif
