/* panel -- touch.conf of the provisioning partition: a touch panel on a serial line, which tells nothing of itself.
 *
 * Read by rows like kiosk.conf (base/conf.h); written anew for the unit that runs inputattach. Panels on USB and I2C need
 * none of it. Pure.
 */
#ifndef IMAGE_PANEL_H
#define IMAGE_PANEL_H

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct panel {
	char port[CONF_TEXT_MAX];     /* beneath /dev; empty: there is no such panel */
	char protocol[CONF_TEXT_MAX]; /* as inputattach names it */
};

/* As settings_parse(): on failure *out is untouched. */
bool panel_parse(const char *name, const char *bytes, size_t len, struct panel *out, struct err *err);
bool panel_describe(struct buf *out, struct err *err);
/* Appends lines for EnvironmentFile=; nothing without a panel. False when memory ran out. */
bool panel_write(const struct panel *panel, struct buf *out);

#endif
