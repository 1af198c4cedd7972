#include "image/network.h"

#include "base/array.h"
#include "base/hex.h"
#include "base/message.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS     "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS      "0123456789"
#define PREFIX_IPV4 32
#define PREFIX_IPV6 128

static bool only(const char *text, const char *of, size_t min, size_t max)
{
	size_t len = strlen(text);

	return len >= min && len <= max && strspn(text, of) == len;
}

struct ip {
	unsigned char bytes[sizeof(struct in6_addr)];
	int bits; /* PREFIX_IPV4 or PREFIX_IPV6 */
};

static bool parse_ip(const char *text, struct ip *out)
{
	*out = (struct ip){.bits = PREFIX_IPV4};
	if (inet_pton(AF_INET, text, out->bytes) == 1)
		return true;
	out->bits = PREFIX_IPV6;
	return inet_pton(AF_INET6, text, out->bytes) == 1;
}

static bool parse_address(const char *text, struct ip *out, int *prefix)
{
	char ip[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : 0;

	if (len == 0 || len >= sizeof(ip) || !only(slash + 1, DIGITS, 1, 3))
		return false;
	memcpy(ip, text, len);
	ip[len] = '\0';
	*prefix = atoi(slash + 1);
	return parse_ip(ip, out) && slash[1] != '0' && *prefix <= out->bits;
}

static bool is_address(const char *text)
{
	struct ip ip;
	int prefix;

	return parse_address(text, &ip, &prefix);
}

static bool is_gateway(const char *text)
{
	struct ip ip;

	return parse_ip(text, &ip);
}

static bool is_host(const char *text)
{
	return is_gateway(text) || (only(text, LETTERS CAPITALS DIGITS "-.", 1, 253) && text[0] != '-');
}

#define LIST_MAX 3

/* Whether each entry between commas is right; `out` may be NULL, else each is appended as a line "KEY=entry". */
static bool each_of(const char *list, bool (*check)(const char *), const char *key, struct buf *out)
{
	char entry[CONF_TEXT_MAX];
	size_t count = 0;

	for (const char *at = list; at; count++) {
		const char *comma = strchr(at, ',');
		at += strspn(at, " ");
		size_t len = comma ? (size_t)(comma - at) : strlen(at);
		while (len > 0 && at[len - 1] == ' ')
			len--;
		memcpy(entry, at, len);
		entry[len] = '\0';
		if (!check(entry) || (out && !buf_printf(out, "%s=%s\n", key, entry)))
			return false;
		at = comma ? comma + 1 : NULL;
	}
	return count <= LIST_MAX;
}

static bool is_dns(const char *text)
{
	return each_of(text, is_gateway, NULL, NULL);
}

static bool is_ntp(const char *text)
{
	return each_of(text, is_host, NULL, NULL);
}

static bool is_hostname(const char *text)
{
	return only(text, LETTERS DIGITS "-", 1, 63) && text[0] != '-' && text[strlen(text) - 1] != '-';
}

static bool is_wifi_name(const char *text)
{
	size_t len = strlen(text);

	return len <= 32 && !(len >= 2 && text[0] == '"' && text[len - 1] == '"');
}

static bool is_wifi_password(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (text[i] < ' ' || text[i] > '~' || text[i] == '"')
			return false;
	return len >= 8 && len <= 63;
}

static bool is_country(const char *text)
{
	return only(text, CAPITALS, 2, 2);
}

#define AT(member, kind_) .key = #member, .offset = offsetof(struct network, member), .kind = kind_

/* clang-format off */
static const struct conf_row rows[] = {
	{AT(hostname, CONF_CHECKED), "vejviser", 0, 0, {0}, "",
	 "The name by which the kiosk asks for an address.",
	 is_hostname, N_("1 to 63 of a-z, 0-9 and, between them, -")},
	{AT(address, CONF_CHECKED), "", 0, 0, {0}, "",
	 "Its address and the length of the network's prefix, such as 10.20.30.40/24. Empty: by DHCP.",
	 is_address, N_("an address such as 10.20.30.40/24, or nothing")},
	{AT(gateway, CONF_CHECKED), "", 0, 0, {0}, "",
	 "With an address: the way out, such as 10.20.30.1, which must be in the same network.",
	 is_gateway, N_("an address such as 10.20.30.1, or nothing")},
	{AT(dns, CONF_CHECKED), "", 0, 0, {0}, "",
	 "Who knows the addresses of servers: addresses with commas between. Empty: by DHCP; with an address, nobody.",
	 is_dns, N_("1 to 3 addresses such as 10.20.30.1, with commas between, or nothing")},
	{AT(ntp, CONF_CHECKED), "", 0, 0, {0}, "",
	 "Who knows the time: names or addresses with commas between. Empty: by DHCP, else Debian's servers.",
	 is_ntp, N_("1 to 3 names or addresses, with commas between, or nothing")},
	{AT(wifi_name, CONF_CHECKED), "", 0, 0, {0}, "",
	 "The name of the Wi-Fi (SSID), as it is, without quotes around it. Empty: by cable.",
	 is_wifi_name, N_("1 to 32 bytes of text without quotes around it, or nothing")},
	{AT(wifi_password, CONF_SECRET), "", 0, 0, {0}, "",
	 "Its password (WPA2 or WPA3, personal): all of the line after = counts, also a #. Empty: an open network.",
	 is_wifi_password, N_("8 to 63 letters, digits and signs of English without \", or nothing")},
	{AT(wifi_country, CONF_CHECKED), "DK", 0, 0, {0}, "",
	 "The country whose channels it may use.",
	 is_country, N_("two capital letters such as DK")},
};
/* clang-format on */

static const struct conf conf = {rows, ARRAY_LEN(rows)};

/* Whether their first `bits` are the same. */
static bool same_beginning(const unsigned char *a, const unsigned char *b, int bits)
{
	size_t whole = (size_t)bits / 8;

	return memcmp(a, b, whole) == 0 && (bits % 8 == 0 || (a[whole] ^ b[whole]) >> (8 - bits % 8) == 0);
}

static bool judge_gateway(const char *name, const struct network *network, struct err *err)
{
	static const unsigned char link_local[] = {0xFE, 0x80}; /* fe80::/10 is on every line */
	struct ip own = {0}, way = {0};
	int prefix = 0;

	if (!*network->gateway)
		return true;
	if (!*network->address)
		return err_set(err, ERR_USAGE,
			       "%s: gateway is given without address; without address all comes by DHCP", name);
	if (parse_address(network->address, &own, &prefix) && parse_ip(network->gateway, &way) &&
	    way.bits == own.bits && memcmp(way.bytes, own.bytes, sizeof(own.bytes)) != 0 &&
	    (same_beginning(way.bytes, own.bytes, prefix) ||
	     (way.bits == PREFIX_IPV6 && same_beginning(way.bytes, link_local, 10))))
		return true;
	if (own.bits == PREFIX_IPV6)
		return err_set(
			err, ERR_USAGE,
			"%s: gateway: \"%s\" is not allowed with the address %s; allowed: another address of its "
			"network, or one that begins with fe80",
			name, network->gateway, network->address);
	return err_set(
		err, ERR_USAGE,
		"%s: gateway: \"%s\" is not allowed with the address %s; allowed: another address of its network", name,
		network->gateway, network->address);
}

bool network_parse(const char *name, const char *bytes, size_t len, struct network *out, struct err *err)
{
	struct network network;

	if (!conf_parse(&conf, name, bytes, len, &network, err))
		return false;
	if (!judge_gateway(name, &network, err))
		return false;
	if (*network.wifi_password && !*network.wifi_name)
		return err_set(err, ERR_USAGE, "%s: wifi_password is given without wifi_name", name);
	*out = network;
	return true;
}

bool network_describe(struct buf *out, struct err *err)
{
	return conf_describe(&conf,
			     "# The network: key = value, one a line. A line that begins with # is a comment.\n"
			     "# To change one, take away its # and change the value. Without any: by cable and DHCP.\n",
			     out, err);
}

bool network_write(const struct network *network, struct buf *out)
{
	const char *dns = *network->dns ? "no" : "yes"; /* what the network itself names */
	const char *ntp = *network->ntp ? "no" : "yes";

	return buf_printf(out,
			  "[Match]\nType=%s\nKind=!*\n\n[Network]\nDHCP=%s\nLinkLocalAddressing=ipv6\nLLMNR=no\n"
			  "MulticastDNS=no\n",
			  *network->wifi_name ? "wlan" : "ether", *network->address ? "no" : "yes") &&
	       (!*network->address || buf_printf(out, "Address=%s\n", network->address)) &&
	       (!*network->gateway || buf_printf(out, "Gateway=%s\n", network->gateway)) &&
	       (!*network->dns || each_of(network->dns, is_gateway, "DNS", out)) &&
	       (!*network->ntp || each_of(network->ntp, is_host, "NTP", out)) &&
	       buf_printf(out,
			  "\n[DHCPv4]\nClientIdentifier=mac\nUseDNS=%s\nUseNTP=%s\n"
			  "\n[DHCPv6]\nUseDNS=%s\nUseNTP=%s\n\n[IPv6AcceptRA]\nUseDNS=%s\n",
			  dns, ntp, dns, ntp, dns);
}

bool network_write_wifi(const struct network *network, struct buf *out)
{
	char name[2 * CONF_TEXT_MAX];

	if (!*network->wifi_name)
		return true;
	hex_write((const unsigned char *)network->wifi_name, strlen(network->wifi_name), name);
	/* sae_pwe=2: also access points of WPA3 that know nothing but "hash to element". */
	return buf_printf(out, "country=%s\nsae_pwe=2\np2p_disabled=1\nnetwork={\n\tssid=%s\n\tscan_ssid=1\n",
			  network->wifi_country, name) &&
	       (*network->wifi_password
			? buf_printf(out, "\tkey_mgmt=WPA-PSK WPA-PSK-SHA256 SAE\n\tieee80211w=1\n\tpsk=\"%s\"\n",
				     network->wifi_password)
			: buf_append_text(out, "\tkey_mgmt=NONE\n")) &&
	       buf_append_text(out, "}\n");
}
