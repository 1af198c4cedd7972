/* script -- what a visitor does and what must then be on the screen, one line each.
 *
 *	size 1080x1920                      another screen
 *	place SCREEN LANG [TOPIC [PAGE]]    put the visitor straight there
 *	tap ITEM                            a finger on an item and off; an error when it cannot be pressed now
 *	tap-again                           the same place once more
 *	press ITEM | release                the finger stays
 *	drag ITEM|X,Y DX,DY TIME            a finger that moves
 *	wheel NOTCHES                       towards the top when positive
 *	key NAME                            Tab Shift-Tab Left Right Up Down Home End Enter Escape PageUp PageDown Backspace 0-9
 *	wait TIME                           120s, 500ms; every frame that is due is drawn
 *	offer DIR                           another bundle's folder comes in
 *	offer-with FILE "old" "new"         the bundle of the command line comes in, changed so
 *	offer-without FILE                  the bundle of the command line comes in, without that file
 *	heard 2026-11-27T07:00:00Z          when the server was heard for the last time, as terminal_heard()
 *	empty                               another kiosk, to which no content has come yet
 *	staff [empty]                       another kiosk, which has a PIN (123456) and a page for staff; or both
 *	staff-state KEY=VALUE...            all that is known to the staff's page: version, generation, empty (why it is),
 *	                                    running, slot, update, mirror, passed (SECONDS since a pass that went well), fetch (can be
 *	                                    asked for)
 *	remark "place" "text"               one more in the band of remarks
 *	shot FILE.png                       the picture
 *	dump FILE.txt                       the items, as dump.h says
 *	expect ITEM | expect-not ITEM       is it to be seen?
 *	expect-chosen ITEM                  is it to be seen, and chosen?
 *	expect-disabled ITEM                is it to be seen, and grey with a reason?
 *	expect-left-of ITEM ITEM            the first one's middle is further to the left
 *	expect-screen NAME
 *	expect-sheet NAME|none
 *	expect-visitor away|here|asking
 *	expect-language CODE|none           of the visitor
 *	expect-rest TIME                    time passes, and no frame is due but for the minute of the clock
 *
 * ITEM is "part of its name" or @id; # begins a comment. Files are written below the folder of --out. At the end of a
 * script, and at each shot, the picture must be what painting it anew gives. A script that fails stops, and says which
 * line, what was expected and what is on the screen.
 */
#ifndef REPLAY_SCRIPT_H
#define REPLAY_SCRIPT_H

#include "replay/stage.h"
#include "replay/supply.h"

#include <stdbool.h>

#define SCRIPT_BYTES_MAX 65536

struct script_setup {
	struct stage_setup stage;
	struct supply *supply;
	const char *out;
	/* Is told of each picture that was written, by its name below `out`. May be NULL. */
	bool (*took)(void *context, const char *file, struct err *err);
	void *context;
};

/* On a stage of its own. */
bool script_run(const struct script_setup *setup, const char *path);

#endif
