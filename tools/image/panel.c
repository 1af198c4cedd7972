#include "image/panel.h"

#include "base/array.h"
#include "base/message.h"

#include <stddef.h>
#include <string.h>

#define PROTOCOLS \
	"elotouch, elo4002, elo271-140, elo261-280, mtouch, penmount3000, penmount6000, penmount9000, gunze, " \
	"fujitsu, touchright"

static bool is_port(const char *text)
{
	static const char *const kinds[] = {"ttyS", "ttyUSB", "ttyACM"};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		size_t len = strlen(kinds[i]);
		size_t digits = strncmp(text, kinds[i], len) == 0 ? strspn(text + len, "0123456789") : 0;
		if (digits >= 1 && digits <= 2 && text[len + digits] == '\0')
			return true;
	}
	return false;
}

/* Whether it is one of the list above, whole. */
static bool is_protocol(const char *text)
{
	size_t len = strlen(text);

	for (const char *at = PROTOCOLS; *at;) {
		size_t here = strcspn(at, ",");
		if (here == len && memcmp(at, text, len) == 0)
			return true;
		at += here;
		at += strspn(at, ", ");
	}
	return false;
}

#define AT(member, kind_) .key = #member, .offset = offsetof(struct panel, member), .kind = kind_

static const struct conf_row rows[] = {
	{AT(port, CONF_CHECKED),
	 "",
	 0,
	 0,
	 {0},
	 "",
	 "The serial port of the touch panel. Empty: the panel is on USB, and found without this file.",
	 is_port,
	 N_("ttyS0, ttyS1 ..., ttyUSB0 ... or ttyACM0 ..., or nothing")},
	{AT(protocol, CONF_CHECKED),
	 "elo4002",
	 0,
	 0,
	 {0},
	 "",
	 "What it speaks, as inputattach(1) names it.",
	 is_protocol,
	 PROTOCOLS},
};
static const struct conf conf = {rows, ARRAY_LEN(rows)};

bool panel_parse(const char *name, const char *bytes, size_t len, struct panel *out, struct err *err)
{
	struct panel panel;

	if (!conf_parse(&conf, name, bytes, len, &panel, err))
		return false;
	*out = panel;
	return true;
}

bool panel_describe(struct buf *out, struct err *err)
{
	return conf_describe(
		&conf,
		"# A touch panel on a serial line: key = value, one a line. A line that begins with # is a comment.\n",
		out, err);
}

bool panel_write(const struct panel *panel, struct buf *out)
{
	return !*panel->port || buf_printf(out, "PORT=%s\nPROTOCOL=%s\n", panel->port, panel->protocol);
}
