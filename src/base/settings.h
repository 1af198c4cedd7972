/* settings -- the rows of kiosk.conf (base/conf.h), read by the kiosk and the sync alike.
 *
 * A missing file is all defaults when `required` is false.
 *
 * What an address, a host or a path may be is checked by its form alone, so that a slip is told where it was made; whether
 * anybody is there, the sync says. Hosts are names, IPv4 addresses, or IPv6 addresses in [ ].
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTINGS_PATH      "/etc/vejviser/kiosk.conf"
#define SETTINGS_BYTES_MAX CONF_BYTES_MAX
#define SETTING_TEXT_MAX   CONF_TEXT_MAX

struct settings {
	char server[SETTING_TEXT_MAX];  /* list.h: http(s)://HOST[:PORT][/...] and /FOLDER of the signed repository */
	char store[SETTING_TEXT_MAX];   /* folder of the store, from / on, as all paths here */
	char root[SETTING_TEXT_MAX];    /* the first trusted root.json */
	char factory[SETTING_TEXT_MAX]; /* folder of the content that came with the program; empty: none */
	char ca_file[SETTING_TEXT_MAX]; /* certificates for https instead of the system's; empty: the system's */
	char proxy[SETTING_TEXT_MAX];   /* [SCHEME://[USER@]]HOST[:PORT], PORT when there is no SCHEME; empty: none */
	char redirect_hosts[SETTING_TEXT_MAX]; /* list.h; empty: no redirect is followed */
	int64_t screen_width_mm;               /* 0: unknown, the design's size */
	int64_t rotation;                      /* 0, 90, 180, 270 degrees clockwise */
	struct conf_hours screen_off;          /* while nobody is here; local time */
	int64_t idle_warn_s;                   /* without a touch, before the question */
	int64_t idle_wipe_s;                   /* from the question to the wipe */
	char doctor_phone[SETTING_TEXT_MAX];   /* of the doctor on call */
	char here[SETTING_TEXT_MAX];           /* id of the place where the kiosk stands; empty: nowhere */
	char staff_pin[SETTING_TEXT_MAX];      /* base/pin.h; empty: there is none */
};

/* On failure *out is untouched and err holds one line for each fault (ERR_USAGE; what does not fit is counted), or says
 * why the file cannot be read (ERR_MISSING, ERR_LIMIT, ERR_IO). `name` is the path, as faults shall name it. */
bool settings_parse(const char *name, const char *bytes, size_t len, struct settings *out, struct err *err);
bool settings_read(const char *path, bool required, struct settings *out, struct err *err);
/* The file with every key, its default, range, unit and help as comments. */
bool settings_describe(struct buf *out, struct err *err);

#endif
