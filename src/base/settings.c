#include "base/settings.h"

#include "base/array.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/message.h"
#include "base/pin.h"

#include <assert.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>

static bool is_id(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text) && strlen(text) <= 40;
}

#define AT(member, kind_) .key = #member, .offset = offsetof(struct settings, member), .kind = kind_
#define TEXT_LEN          (CONF_TEXT_MAX - 1)

/* clang-format off */
static const struct conf_row rows[] = {
	{AT(server, CONF_TEXT), "", 0, TEXT_LEN, {0}, "",
	 "Where content comes from: an http or https address, or a folder. Several, with commas between, are tried in this order. Empty: nothing is fetched."},
	{AT(store, CONF_TEXT), "/var/lib/vejviser", 1, TEXT_LEN, {0}, "",
	 "The folder in which fetched content is kept."},
	{AT(root, CONF_TEXT), "/etc/vejviser/root.json", 1, TEXT_LEN, {0}, "",
	 "The file with the first keys to trust."},
	{AT(factory, CONF_TEXT), VEJVISER_SHARE "/factory", 0, TEXT_LEN, {0}, "",
	 "The folder with the content that came with the program, shown while there is no other. Empty: none."},
	{AT(ca_file, CONF_TEXT), "", 0, TEXT_LEN, {0}, "",
	 "The file with the certificates to trust for https. Empty: those of the system."},
	{AT(proxy, CONF_TEXT), "", 0, TEXT_LEN, {0}, "",
	 "The proxy to go through, such as http://proxy.example:3128. Empty: none."},
	{AT(redirect_hosts, CONF_TEXT), "", 0, TEXT_LEN, {0}, "",
	 "The names of hosts to which a server may redirect, with commas between. Empty: to none."},
	{AT(screen_width_mm, CONF_WHOLE), "0", 0, 5000, {0}, N_("mm"),
	 "The width of the lit picture, as the visitor sees it. 0: as the screen says of itself, else that of 27 inches."},
	{AT(rotation, CONF_ONE_OF), "0", 0, 0, {0, 90, 180, 270}, N_("degrees clockwise"),
	 "How far the picture is turned on the screen."},
	{AT(screen_off, CONF_HOURS), "", 0, 0, {0}, "",
	 "The hours of every day in which the screen is off while nobody is here; a touch wakes it. Empty: never."},
	{AT(idle_warn_s, CONF_WHOLE), "120", 30, 3600, {0}, N_("seconds"),
	 "Without a touch for so long, the kiosk asks whether anyone is there."},
	{AT(idle_wipe_s, CONF_WHOLE), "30", 20, 300, {0}, N_("seconds"),
	 "Without an answer for so long, it forgets the visitor."},
	{AT(doctor_phone, CONF_PHONE), "70 15 03 00", 3, 20, {0}, "",
	 "The phone number of the doctor on call, as it is shown."},
	{AT(here, CONF_CHECKED), "", 0, 0, {0}, "",
	 "The place where the kiosk stands: its name in the content's places, such as library-aars. Empty: nowhere.",
	 is_id, N_("1 to 40 of a-z, 0-9 and -, or nothing")},
	{AT(staff_pin, CONF_SECRET), "", 0, 0, {0}, "",
	 "What opens the staff's page, behind the lock under the languages, as \"vejviser-bundle pin\" writes it; never the PIN itself. Empty: there is no such page.",
	 pin_valid, N_("the line that \"vejviser-bundle pin\" writes, or nothing")},
};
/* clang-format on */

static_assert(ARRAY_LEN(rows) <= CONF_ROWS_MAX, "too many rows");
static const struct conf conf = {rows, ARRAY_LEN(rows)};

bool settings_parse(const char *name, const char *bytes, size_t len, struct settings *out, struct err *err)
{
	struct settings settings;

	if (!conf_parse(&conf, name, bytes, len, &settings, err))
		return false;
	*out = settings;
	return true;
}

bool settings_read(const char *path, bool required, struct settings *out, struct err *err)
{
	struct buf bytes = {0};
	struct err reason;
	bool ok = file_read(AT_FDCWD, path, SETTINGS_BYTES_MAX, &bytes, &reason);

	if (ok || (reason.code == ERR_MISSING && !required))
		ok = settings_parse(path, bytes.data, bytes.len, out, err);
	else
		*err = reason;
	buf_finish(&bytes);
	return ok;
}

bool settings_describe(struct buf *out, struct err *err)
{
	return conf_describe(
		&conf,
		"# Settings of Vejviser: key = value, one a line. A line that begins with # is a comment.\n"
		"# Every setting is here with its default: to change one, take away its # and change the value.\n",
		out, err);
}
