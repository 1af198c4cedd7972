/* panel -- the paper a sheet is written on: from the lower edge of the screen up, as high as what it holds.
 *
 * panel_begin(), record what the sheet holds from y 0 at FRAME_MARGIN on, panel_end() with its height; then the foot,
 * which does not roll, in the box that panel_end() returns. What is higher than the screen rolls.
 */
#ifndef SCREENS_PANEL_H
#define SCREENS_PANEL_H

#include "screens/screen.h"

struct panel {
	struct view *view;
	struct box roll; /* what rolls */
	float foot;      /* height of what does not */
};

/* Returns the width between the margins. `scrim`: the page behind is dimmed. */
float panel_begin(struct panel *panel, struct view *view, const char *title, bool scrim, float foot);
struct box panel_end(struct panel *panel, float height);

#endif
