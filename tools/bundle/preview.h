/* preview -- `vejviser-bundle preview`: the kiosk in a window on what is in the folder of content now.
 *
 * After each save the content is built again (bundle/last_good.h says from which files), becomes a generation of a store
 * of its own (bundle/preview_store.h), and vejviser --preview, which was started beside this program, shows it. When the
 * window closes, this program ends and its store goes.
 */
#ifndef BUNDLE_PREVIEW_H
#define BUNDLE_PREVIEW_H

/* The exit status. */
int command_preview(int argc, char **argv);

#endif
