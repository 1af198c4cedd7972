#include "image/network.h"
#include "image/panel.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define IP    "an address such as 10.20.30.40/24, or nothing"
#define WAY   "an address such as 10.20.30.1, or nothing"
#define OTHER "another address of its network"
#define SSID  "1 to 32 bytes of text without quotes around it, or nothing"
#define NAME  "1 to 63 of a-z, 0-9 and, between them, -"

static const struct {
	const char *text, *fault;
} refused[] = {
	{"address = 10.1.2.3", "n:1: address: \"10.1.2.3\" is not allowed; allowed: " IP},
	{"address = 10.1.2.3/33", "n:1: address: \"10.1.2.3/33\" is not allowed; allowed: " IP},
	{"address = 10.1.2.3/0", "n:1: address: \"10.1.2.3/0\" is not allowed; allowed: " IP},
	{"address = 10.1.2.3/024", "n:1: address: \"10.1.2.3/024\" is not allowed; allowed: " IP},
	{"address = 10.1.2.3/+4", "n:1: address: \"10.1.2.3/+4\" is not allowed; allowed: " IP},
	{"address = 10.1.2.300/24", "n:1: address: \"10.1.2.300/24\" is not allowed; allowed: " IP},
	{"address = fe80::1/129", "n:1: address: \"fe80::1/129\" is not allowed; allowed: " IP},
	{"address = /24", "n:1: address: \"/24\" is not allowed; allowed: " IP},
	{"address = 1111:2222:3333:4444:5555:6666:7777:8888:9999/64",
	 "n:1: address: \"1111:2222:3333:4444:5555:6666:7777:8888:\" is not allowed; allowed: " IP},
	{"gateway = router", "n:1: gateway: \"router\" is not allowed; allowed: " WAY},
	{"gateway = 10.1.2.1", "n: gateway is given without address; without address all comes by DHCP"},
	{"address = 10.0.2.77/24\ngateway = 192.168.1.1",
	 "n: gateway: \"192.168.1.1\" is not allowed with the address 10.0.2.77/24; allowed: " OTHER},
	{"gateway = 10.0.3.1\naddress = 10.0.2.77/24",
	 "n: gateway: \"10.0.3.1\" is not allowed with the address 10.0.2.77/24; allowed: " OTHER},
	{"address = 10.0.2.77/24\ngateway = 10.0.2.77",
	 "n: gateway: \"10.0.2.77\" is not allowed with the address 10.0.2.77/24; allowed: " OTHER},
	{"address = 10.0.2.77/25\ngateway = 10.0.2.128",
	 "n: gateway: \"10.0.2.128\" is not allowed with the address 10.0.2.77/25; allowed: " OTHER},
	{"address = 10.0.2.77/32\ngateway = 10.0.2.76",
	 "n: gateway: \"10.0.2.76\" is not allowed with the address 10.0.2.77/32; allowed: " OTHER},
	{"address = 10.0.2.77/24\ngateway = fe80::1",
	 "n: gateway: \"fe80::1\" is not allowed with the address 10.0.2.77/24; allowed: " OTHER},
	{"address = 10.0.2.77/24\ngateway = a00:201::",
	 "n: gateway: \"a00:201::\" is not allowed with the address 10.0.2.77/24; allowed: " OTHER},
	{"address = 2001:db8::5/64\ngateway = 2001:db8:0:1::1",
	 "n: gateway: \"2001:db8:0:1::1\" is not allowed with the address 2001:db8::5/64; allowed: " OTHER
	 ", or one that begins with fe80"},
	{"address = 2001:db8::5/64\ngateway = 32.1.13.184",
	 "n: gateway: \"32.1.13.184\" is not allowed with the address 2001:db8::5/64; allowed: " OTHER
	 ", or one that begins with fe80"},
	{"address = 2001:db8::5/64\ngateway = fec0::1",
	 "n: gateway: \"fec0::1\" is not allowed with the address 2001:db8::5/64; allowed: " OTHER
	 ", or one that begins with fe80"},
	{"dns = dns.example", "n:1: dns: \"dns.example\" is not allowed; allowed: 1 to 3 addresses such as 10.20.30.1, "
			      "with commas between, or nothing"},
	{"dns = 1.1.1.1,,2.2.2.2", "n:1: dns: \"1.1.1.1,,2.2.2.2\" is not allowed; allowed: 1 to 3 addresses such as "
				   "10.20.30.1, with commas between, or nothing"},
	{"dns = 1.1.1.1, 2.2.2.2, 3.3.3.3, 4.4.4.4", "n:1: dns: \"1.1.1.1, 2.2.2.2, 3.3.3.3, 4.4.4.4\" is not allowed; "
						     "allowed: 1 to 3 addresses such as 10.20.30.1, with "
						     "commas between, or nothing"},
	{"ntp = -x",
	 "n:1: ntp: \"-x\" is not allowed; allowed: 1 to 3 names or addresses, with commas between, or nothing"},
	{"ntp = a b",
	 "n:1: ntp: \"a b\" is not allowed; allowed: 1 to 3 names or addresses, with commas between, or nothing"},
	{"hostname = Kiosk", "n:1: hostname: \"Kiosk\" is not allowed; allowed: " NAME},
	{"hostname = -k", "n:1: hostname: \"-k\" is not allowed; allowed: " NAME},
	{"hostname = k-", "n:1: hostname: \"k-\" is not allowed; allowed: " NAME},
	{"hostname =", "n:1: hostname: \"\" is not allowed; allowed: " NAME},
	{"hostname = a;reboot", "n:1: hostname: \"a;reboot\" is not allowed; allowed: " NAME},
	{"wifi_name = 123456789012345678901234567890123", "n:1: wifi_name: \"123456789012345678901234567890123\" is "
							  "not allowed; allowed: " SSID},
	{"wifi_name = \"Borger Net\"", "n:1: wifi_name: \"\"Borger Net\"\" is not allowed; allowed: " SSID},
	{"wifi_name = \"\"", "n:1: wifi_name: \"\"\"\" is not allowed; allowed: " SSID},
	{"wifi_name = Borger Net # open", "n:1: wifi_name: a comment stands on a line of its own, not behind a value"},
	{"wifi_name = # by cable", "n:1: wifi_name: a comment stands on a line of its own, not behind a value"},
	{"wifi_country = dk", "n:1: wifi_country: \"dk\" is not allowed; allowed: two capital letters such as DK"},
	/* A password is not repeated on a screen. */
	{"wifi_name = x\nwifi_password = short",
	 "n:2: wifi_password: what it says is not allowed; allowed: 8 to 63 letters, "
	 "digits and signs of English without \", or nothing"},
	{"wifi_name = x\nwifi_password = a\"b c d e f",
	 "n:2: wifi_password: what it says is not allowed; allowed: 8 to 63 "
	 "letters, digits and signs of English without \", or nothing"},
	{"wifi_password = long enough", "n: wifi_password is given without wifi_name"},
	{"adress = 10.1.2.3/24", "n:1: \"adress\" is not a setting; did you mean \"address\"?"},
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct network network, before;
		struct err err;
		memset(&network, 0x55, sizeof(network));
		before = network;
		if (network_parse("n", refused[i].text, strlen(refused[i].text), &network, &err))
			fail_msg("accepted: %s", refused[i].text);
		assert_string_equal(err.text, refused[i].fault);
		assert_memory_equal(&network, &before, sizeof(network));
	}
}

#define SIX(dns, ntp) "\n[DHCPv6]\nUseDNS=" dns "\nUseNTP=" ntp "\n\n[IPv6AcceptRA]\nUseDNS=" dns "\n"

/* What systemd-networkd and wpa_supplicant are told. */
static const struct {
	const char *text, *network, *wifi;
} written[] = {
	{"",
	 "[Match]\nType=ether\nKind=!*\n\n[Network]\nDHCP=yes\nLinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\n\n"
	 "[DHCPv4]\nClientIdentifier=mac\nUseDNS=yes\nUseNTP=yes\n" SIX("yes", "yes"),
	 ""},
	{"address = 2001:db8::5/64\ngateway=2001:db8::1\ndns = 10.0.0.1 ,10.0.0.2\nntp = time.example, 10.0.0.3",
	 "[Match]\nType=ether\nKind=!*\n\n[Network]\nDHCP=no\nLinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\n"
	 "Address=2001:db8::5/64\nGateway=2001:db8::1\nDNS=10.0.0.1\nDNS=10.0.0.2\nNTP=time.example\nNTP=10.0.0.3\n\n"
	 "[DHCPv4]\nClientIdentifier=mac\nUseDNS=no\nUseNTP=no\n" SIX("no", "no"),
	 ""},
	{"address = 10.0.0.5/32\nhostname = a-1",
	 "[Match]\nType=ether\nKind=!*\n\n[Network]\nDHCP=no\nLinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\n"
	 "Address=10.0.0.5/32\n\n[DHCPv4]\nClientIdentifier=mac\nUseDNS=yes\nUseNTP=yes\n" SIX("yes", "yes"),
	 ""},
	{"wifi_name = \"}\\nx\nwifi_country = SE",
	 "[Match]\nType=wlan\nKind=!*\n\n[Network]\nDHCP=yes\nLinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\n\n"
	 "[DHCPv4]\nClientIdentifier=mac\nUseDNS=yes\nUseNTP=yes\n" SIX("yes", "yes"),
	 "country=SE\nsae_pwe=2\np2p_disabled=1\nnetwork={\n\tssid=227d5c6e78\n\tscan_ssid=1\n\tkey_mgmt=NONE\n}\n"},
	{"wifi_name = Bibliotek\nwifi_password = }# x \\n8",
	 "[Match]\nType=wlan\nKind=!*\n\n[Network]\nDHCP=yes\nLinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\n\n"
	 "[DHCPv4]\nClientIdentifier=mac\nUseDNS=yes\nUseNTP=yes\n" SIX("yes", "yes"),
	 "country=DK\nsae_pwe=2\np2p_disabled=1\nnetwork={\n\tssid=4269626c696f74656b\n\tscan_ssid=1\n\tkey_mgmt=WPA-"
	 "PSK WPA-PSK-SHA256 SAE\n"
	 "\tieee80211w=1\n\tpsk=\"}# x \\n8\"\n}\n"},
};

static void test_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(written); i++) {
		struct network network;
		struct buf text = {0}, wifi = {0};
		struct err err;
		assert_true(network_parse("n", written[i].text, strlen(written[i].text), &network, &err));
		assert_true(network_write(&network, &text) && network_write_wifi(&network, &wifi));
		assert_string_equal(text.data, written[i].network);
		assert_string_equal(wifi.data ? wifi.data : "", written[i].wifi);
		buf_finish(&text);
		buf_finish(&wifi);
	}
}

static void test_what_looks_like_a_fault(void **state)
{
	static const char *const taken[] = {
		"address = 10.0.2.77/24\ngateway = 10.0.2.1",
		"address = 10.0.2.77/20\ngateway = 10.0.15.254",
		"address = 10.0.2.77/1\ngateway = 127.0.0.1",
		"address = 10.0.2.76/31\ngateway = 10.0.2.77",
		"address = 2001:db8::5/64\ngateway = fe80::1",
		"address = 2001:db8::5/128\ngateway = febf::1",
		"address = 2001:db8::5/61\ngateway = 2001:db8:0:7::1",
		"wifi_name = Kiosk #2\nwifi_password = coffee # cake",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
		struct network network;
		struct err err;
		if (!network_parse("n", taken[i], strlen(taken[i]), &network, &err))
			fail_msg("%s", err.text);
	}
}

static void test_descriptions_are_files_of_the_defaults(void **state)
{
	struct buf text = {0};
	struct network network;
	struct panel panel;
	struct err err;

	(void)state;
	assert_true(network_describe(&text, &err) && network_parse("n", text.data, text.len, &network, &err));
	assert_string_equal(network.hostname, "vejviser");
	assert_string_equal(network.wifi_country, "DK");
	buf_clear(&text);
	assert_true(panel_describe(&text, &err) && panel_parse("t", text.data, text.len, &panel, &err));
	assert_string_equal(panel.port, "");
	buf_finish(&text);
}

#define PORTS "ttyS0, ttyS1 ..., ttyUSB0 ... or ttyACM0 ..., or nothing"
#define PROTOCOLS \
	"elotouch, elo4002, elo271-140, elo261-280, mtouch, penmount3000, penmount6000, penmount9000, gunze, " \
	"fujitsu, touchright"

static void test_panel(void **state)
{
	static const char *const faults[][2] = {
		{"port = ttyS", "t:1: port: \"ttyS\" is not allowed; allowed: " PORTS},
		{"port = ttyS100", "t:1: port: \"ttyS100\" is not allowed; allowed: " PORTS},
		{"port = /dev/ttyS1", "t:1: port: \"/dev/ttyS1\" is not allowed; allowed: " PORTS},
		{"port = ../sda1", "t:1: port: \"../sda1\" is not allowed; allowed: " PORTS},
		{"protocol = elo", "t:1: protocol: \"elo\" is not allowed; allowed: " PROTOCOLS},
		{"protocol = elo4002,", "t:1: protocol: \"elo4002,\" is not allowed; allowed: " PROTOCOLS},
		{"protocol =", "t:1: protocol: \"\" is not allowed; allowed: " PROTOCOLS},
	};
	static const char text[] = "port = ttyUSB0\nprotocol = touchright\n";
	struct panel panel;
	struct buf out = {0};
	struct err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		assert_false(panel_parse("t", faults[i][0], strlen(faults[i][0]), &panel, &err));
		assert_string_equal(err.text, faults[i][1]);
	}
	assert_true(panel_parse("t", "", 0, &panel, &err) && panel_write(&panel, &out));
	assert_int_equal(out.len, 0);
	assert_true(panel_parse("t", text, strlen(text), &panel, &err) && panel_write(&panel, &out));
	assert_string_equal(out.data, "PORT=ttyUSB0\nPROTOCOL=touchright\n");
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_what_looks_like_a_fault),
		cmocka_unit_test(test_descriptions_are_files_of_the_defaults),
		cmocka_unit_test(test_panel),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
