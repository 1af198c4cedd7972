/* network -- network.conf of the provisioning partition: how a kiosk comes into the network.
 *
 * Read by rows like kiosk.conf (base/conf.h), and written anew as what systemd-networkd and wpa_supplicant read. Only
 * characters that mean nothing to those two get through: addresses, names of hosts, a password without quotation marks.
 * Pure.
 */
#ifndef IMAGE_NETWORK_H
#define IMAGE_NETWORK_H

#include "base/buf.h"
#include "base/conf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct network {
	char hostname[CONF_TEXT_MAX];
	char address[CONF_TEXT_MAX];   /* with the length of its prefix; empty: by DHCP */
	char gateway[CONF_TEXT_MAX];   /* only with an address: another of its network, or, of IPv6, one in fe80::/10 */
	char dns[CONF_TEXT_MAX];       /* addresses with commas between; empty: by DHCP */
	char ntp[CONF_TEXT_MAX];       /* names or addresses with commas between; empty: by DHCP, else Debian's */
	char wifi_name[CONF_TEXT_MAX]; /* empty: cable; never in quotation marks, which somebody took for the file's */
	char wifi_password[CONF_TEXT_MAX]; /* empty: an open network */
	char wifi_country[CONF_TEXT_MAX];
};

/* As settings_parse(): on failure *out is untouched. What does not fit together is a fault of the file, without a line. */
bool network_parse(const char *name, const char *bytes, size_t len, struct network *out, struct err *err);
bool network_describe(struct buf *out, struct err *err);

/* Appends systemd.network(5); false when memory ran out. */
bool network_write(const struct network *network, struct buf *out);
/* Appends wpa_supplicant.conf(5); nothing without Wi-Fi. */
bool network_write_wifi(const struct network *network, struct buf *out);

#endif
