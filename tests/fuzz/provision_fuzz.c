/* Whatever stands in network.conf (first byte even) or touch.conf of the provisioning partition: what is written for
 * systemd-networkd, wpa_supplicant and inputattach has only lines of the forms that they are to get. */
#include "image/network.h"
#include "image/panel.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool ok)
{
	if (!ok)
		abort();
}

/* "[Section]", "Key=value", "Key={", "}", or nothing; a quotation mark is never left open. */
static void require_lines(struct buf *text)
{
	for (char *line = text->data, *end; line && line < text->data + text->len; line = end + 1) {
		end = memchr(line, '\n', (size_t)(text->data + text->len - line));
		require(end != NULL);
		*end = '\0';
		size_t marks = 0;
		for (const char *c = line; c < end; c++) {
			require((unsigned char)*c >= ' ' || *c == '\t');
			marks += *c == '"';
		}
		line += strspn(line, "\t ");
		require(marks == 0 || marks == 2);
		require(!*line || *line == '#' || *line == '[' || strcmp(line, "}") == 0 || strchr(line, '='));
	}
	buf_finish(text);
}

static bool take_network(const char *bytes, size_t len, struct err *err)
{
	struct network network;
	struct buf out = {0}, wifi = {0};
	if (!network_parse("a.conf", bytes, len, &network, err))
		return false;
	require(network_write(&network, &out) && network_write_wifi(&network, &wifi));
	require((wifi.len > 0) == (*network.wifi_name != '\0'));
	require_lines(&out);
	require_lines(&wifi);
	return true;
}

static bool take_panel(const char *bytes, size_t len, struct err *err)
{
	struct panel panel;
	struct buf out = {0};
	if (!panel_parse("a.conf", bytes, len, &panel, err))
		return false;
	require(panel_write(&panel, &out) && !strchr(panel.port, '/') && !strchr(panel.protocol, ' '));
	require_lines(&out);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct err err;
	if (len == 0)
		return 0;
	bool (*take)(const char *, size_t, struct err *) = bytes[0] & 1 ? take_panel : take_network;
	require(take((const char *)bytes + 1, len - 1, &err) || strncmp(err.text, "a.conf", 6) == 0);
	return 0;
}
