#include "base/settings.h"

#include "base/array.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/list.h"
#include "base/message.h"
#include "base/pin.h"

#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_id(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text) && strlen(text) <= 40;
}

static bool is_path(const char *text)
{
	return text[0] == '/';
}

static bool is_path_or_none(const char *text)
{
	return text[0] == '\0' || is_path(text);
}

#define LETTERS  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"
#define HOST_MAX 253

/* A name may have letters of any language: curl knows what to make of them. */
static bool is_host(const char *at, size_t len)
{
	unsigned char ip[sizeof(struct in6_addr)];
	char host[HOST_MAX + 1] = "";

	if (len == 0 || len > HOST_MAX)
		return false;
	memcpy(host, at, len);
	if (host[0] == '[' && host[len - 1] == ']') {
		host[len - 1] = '\0';
		return inet_pton(AF_INET6, host + 1, ip) == 1;
	}
	if (strspn(host, DIGITS ".") == len)
		return inet_pton(AF_INET, host, ip) == 1;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)host[i] < 0x80 && !strchr(LETTERS DIGITS "-._", host[i]))
			return false;
	return host[0] != '-' && host[0] != '.' && !strstr(host, "..");
}

static bool is_host_and_port(const char *at, size_t len, bool needs_port)
{
	size_t digits = 0;

	while (digits < len && strchr(DIGITS, at[len - 1 - digits]))
		digits++;
	if (digits == 0 || digits > 5 || digits == len || at[len - 1 - digits] != ':')
		return !needs_port && is_host(at, len);

	long port = strtol(at + len - digits, NULL, 10);
	return port > 0 && port <= 65535 && is_host(at, len - digits - 1);
}

/* How long the one of the schemes is with which it begins; 0: with none. */
static size_t scheme_len(const char *text, const char *const *schemes)
{
	for (; *schemes; schemes++)
		if (strncasecmp(text, *schemes, strlen(*schemes)) == 0)
			return strlen(*schemes);
	return 0;
}

static bool has_blank(const char *at, size_t len)
{
	return memchr(at, ' ', len) || memchr(at, '\t', len);
}

static bool is_source(const char *at, size_t len)
{
	static const char *const schemes[] = {"http://", "https://", NULL};
	size_t scheme = scheme_len(at, schemes);
	const char *slash;

	if (scheme == 0)
		return is_path(at);
	slash = memchr(at + scheme, '/', len - scheme);
	return !has_blank(at, len) &&
	       is_host_and_port(at + scheme, slash ? (size_t)(slash - at) - scheme : len - scheme, false);
}

static bool each_of(const char *list, bool (*check)(const char *at, size_t len))
{
	const char *rest = list, *at;
	size_t count = 0, len;

	for (; list_next(&rest, &at, &len); count++)
		if (!check(at, len))
			return false;
	return count > 0;
}

static bool are_sources(const char *text)
{
	return each_of(text, is_source);
}

static bool are_hosts(const char *text)
{
	return each_of(text, is_host);
}

static bool is_proxy(const char *text)
{
	static const char *const schemes[] = {"http://", "https://", "socks5://", "socks5h://", NULL};
	size_t scheme = scheme_len(text, schemes);
	const char *at = text + scheme;
	size_t len = strcspn(at, "/");
	const char *user_end = scheme > 0 ? memrchr(at, '@', len) : NULL;

	if (has_blank(text, strlen(text)) || (at[len] && strcmp(at + len, "/") != 0))
		return false;
	if (user_end) {
		len -= (size_t)(user_end + 1 - at);
		at = user_end + 1;
	}
	return is_host_and_port(at, len, scheme == 0);
}

#define PATH         N_("a path of at most 1023 bytes that begins with /")
#define PATH_OR_NONE N_("a path of at most 1023 bytes that begins with /, or nothing")

static_assert(CONF_TEXT_MAX == 1024, "the sentences say otherwise");

#define AT(member, kind_) .key = #member, .offset = offsetof(struct settings, member), .kind = kind_

/* clang-format off */
static const struct conf_row rows[] = {
	{AT(server, CONF_CHECKED), "", 0, 0, {0}, "",
	 "Where content comes from: an http or https address, or a folder. Several, with commas between, are tried in this order. Empty: nothing is fetched.",
	 are_sources, N_("http:// or https:// and a host, or a folder that begins with /; of several, commas between; or nothing")},
	{AT(store, CONF_CHECKED), "/var/lib/vejviser", 0, 0, {0}, "",
	 "The folder in which fetched content is kept.",
	 is_path, PATH},
	{AT(root, CONF_CHECKED), "/etc/vejviser/root.json", 0, 0, {0}, "",
	 "The file with the first keys to trust.",
	 is_path, PATH},
	{AT(factory, CONF_CHECKED), VEJVISER_SHARE "/factory", 0, 0, {0}, "",
	 "The folder with the content that came with the program, shown while there is no other. Empty: none.",
	 is_path_or_none, PATH_OR_NONE},
	{AT(ca_file, CONF_CHECKED), "", 0, 0, {0}, "",
	 "The file with the certificates to trust for https. Empty: those of the system.",
	 is_path, PATH_OR_NONE},
	{AT(proxy, CONF_CHECKED), "", 0, 0, {0}, "",
	 "The proxy to go through, such as http://proxy.example:3128. Empty: none.",
	 is_proxy, N_("host:port, or http://, https://, socks5:// or socks5h:// and a host with or without port; or nothing")},
	{AT(redirect_hosts, CONF_CHECKED), "", 0, 0, {0}, "",
	 "The names of hosts to which a server may redirect, with commas between. Empty: to none.",
	 are_hosts, N_("names of hosts, with commas between, or nothing")},
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
