#include "base/settings.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define BYTES(text) text, sizeof(text) - 1
#define ALL \
	"server, store, root, factory, ca_file, proxy, redirect_hosts, screen_width_mm, rotation, screen_off, " \
	"idle_warn_s, idle_wipe_s, doctor_phone, here, staff_pin"

#define PIN \
	"scrypt$15$8$1$000102030405060708090a0b0c0d0e0f$" \
	"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

#define PATH "a path of at most 1023 bytes that begins with /"

/* A file and all its faults. */
static const struct {
	const char *bytes;
	size_t len;
	const char *faults;
} refused[] = {
	{BYTES("idle_warn_s"), "k.conf:1: no \"=\"; expected key = value, or # before a comment"},
	{BYTES("\n\n  nonsense  \n"), "k.conf:3: no \"=\"; expected key = value, or # before a comment"},
	{BYTES("idle_warm_s = 60"), "k.conf:1: \"idle_warm_s\" is not a setting; did you mean \"idle_warn_s\"?"},
	{BYTES("Server=x"), "k.conf:1: \"Server\" is not a setting; did you mean \"server\"?"},
	{BYTES("servers=x"), "k.conf:1: \"servers\" is not a setting; did you mean \"server\"?"},
	{BYTES("rot=x"), "k.conf:1: \"rot\" is not a setting; did you mean \"root\"?"},
	{BYTES("screen-width-mm=1"),
	 "k.conf:1: \"screen-width-mm\" is not a setting; did you mean \"screen_width_mm\"?"},
	{BYTES("volume = 7"), "k.conf:1: \"volume\" is not a setting; the settings are " ALL},
	{BYTES("= 7"), "k.conf:1: \"\" is not a setting; the settings are " ALL},
	{BYTES("æøåæøåæøåæøåæøåæøåæøåæøåæøåæøå = 7"),
	 "k.conf:1: \"æøåæøåæøåæøåæøåæøåæø\" is not a setting; the settings are " ALL},
	{BYTES("idle_warn_s = 60\n#\nidle_warn_s = 60"),
	 "k.conf:3: idle_warn_s: given a second time; the first is on line 1"},
	{BYTES("idle_warn_s = 29"), "k.conf:1: idle_warn_s: \"29\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 3601"), "k.conf:1: idle_warn_s: \"3601\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s ="), "k.conf:1: idle_warn_s: \"\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 60s"), "k.conf:1: idle_warn_s: \"60s\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 60 # a minute"),
	 "k.conf:1: idle_warn_s: a comment stands on a line of its own, not behind a value"},
	{BYTES("server = https://x # ours"),
	 "k.conf:1: server: a comment stands on a line of its own, not behind a value"},
	{BYTES("store = /srv/store\t#"), "k.conf:1: store: a comment stands on a line of its own, not behind a value"},
	{BYTES("here = # nowhere"), "k.conf:1: here: a comment stands on a line of its own, not behind a value"},
	{BYTES("idle_warn_s = 6 0"), "k.conf:1: idle_warn_s: \"6 0\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = +60"), "k.conf:1: idle_warn_s: \"+60\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 60.0"), "k.conf:1: idle_warn_s: \"60.0\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 0x60"), "k.conf:1: idle_warn_s: \"0x60\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 18446744073709551676"),
	 "k.conf:1: idle_warn_s: \"18446744073709551676\" is not allowed; allowed: 30 to 3600 seconds"},
	{BYTES("idle_warn_s = 9999999999999999999999999999999999999999999999"),
	 "k.conf:1: idle_warn_s: \"9999999999999999999999999999999999999999\" is not allowed; allowed: 30 to 3600 "
	 "seconds"},
	{BYTES("idle_wipe_s = 19"), "k.conf:1: idle_wipe_s: \"19\" is not allowed; allowed: 20 to 300 seconds"},
	{BYTES("idle_wipe_s = 301"), "k.conf:1: idle_wipe_s: \"301\" is not allowed; allowed: 20 to 300 seconds"},
	{BYTES("screen_width_mm = -1"), "k.conf:1: screen_width_mm: \"-1\" is not allowed; allowed: 0 to 5000 mm"},
	{BYTES("screen_width_mm = 5001"), "k.conf:1: screen_width_mm: \"5001\" is not allowed; allowed: 0 to 5000 mm"},
	{BYTES("rotation = 45"),
	 "k.conf:1: rotation: \"45\" is not allowed; allowed: 0, 90, 180 or 270 degrees clockwise"},
	{BYTES("rotation = right"),
	 "k.conf:1: rotation: \"right\" is not allowed; allowed: 0, 90, 180 or 270 degrees clockwise"},
	{BYTES("store ="), "k.conf:1: store: \"\" is not allowed; allowed: " PATH},
	{BYTES("root ="), "k.conf:1: root: \"\" is not allowed; allowed: " PATH},
	{BYTES("root = root.json"), "k.conf:1: root: \"root.json\" is not allowed; allowed: " PATH},
	{BYTES("factory = ./factory"),
	 "k.conf:1: factory: \"./factory\" is not allowed; allowed: " PATH ", or nothing"},
	{BYTES("ca_file = nope"), "k.conf:1: ca_file: \"nope\" is not allowed; allowed: " PATH ", or nothing"},
#define FORM(key, value, allowed) \
	{ \
		BYTES(key " = " value), "k.conf:1: " key ": \"" value "\" is not allowed; allowed: " allowed \
	}
#define SERVER(value) \
	FORM("server", value, \
	     "http:// or https:// and a host, or a folder that begins with /; of several, commas between; or nothing")
	SERVER("htps://kiosk.example.dk"),
	SERVER("ftp://kiosk.example.dk"),
	SERVER("www.example.dk"),
	SERVER("kiosk.example.dk:8080/x"),
	SERVER("my-repository"),
	SERVER("../repository"),
	SERVER("http:/a.example"),
	SERVER("https//a.example"),
	SERVER("https://"),
	SERVER("https:///x"),
	SERVER("https://https://a.example"),
	SERVER("https://-a.example"),
	SERVER("https://.example"),
	SERVER("https://a..example"),
	SERVER("https://a.example:"),
	SERVER("https://a.example:/x"),
	SERVER("https://a.example:0"),
	SERVER("https://a.example:65536"),
	SERVER("https://a.example:100000"),
	SERVER("https://a.example:80:80"),
	SERVER("https://:443"),
	SERVER("https://a.example:x"),
	SERVER("https://a.example?x"),
	SERVER("https://a.example#ours"),
	SERVER("https://a example"),
	SERVER("https://a.example/a b"),
	SERVER("https://a.example\t/x"),
	SERVER("https://a.example https://b.exam"),
	SERVER("https://a.example; https://b.exa"),
	SERVER("https://a.example, b.example"),
	SERVER("/media/stick, stick"),
	SERVER("10.1.2.3"),
	SERVER("http://10.1.2.300"),
	SERVER("http://10.1.2"),
	SERVER("http://::1"),
	SERVER("http://::1/x"),
	SERVER("http://[]"),
	SERVER("http://[::1"),
	SERVER("http://[::1]80"),
	SERVER("http://[::1:80"),
	SERVER("http://[10.1.2.3]"),
	SERVER("http://[fe80::1%25eth0]"),
	SERVER(","),
	SERVER("\"https://a.example\""),
#define PROXY(value) \
	FORM("proxy", value, \
	     "host:port, or http://, https://, socks5:// or socks5h:// and a host with or without port; or nothing")
	PROXY("::::"),
	PROXY("proxy.example"),
	PROXY("proxy.example:"),
	PROXY("proxy.example:3128:"),
	PROXY("proxy.example:3128/x"),
	PROXY("proxy.example:3128//"),
	PROXY(":3128"),
	PROXY("htp://proxy.example:3128"),
	PROXY("ftp://proxy.example:3128"),
	PROXY("http://"),
	PROXY("http:///"),
	PROXY("http://:3128"),
	PROXY("http://proxy.example:0"),
	PROXY("http://proxy.example:3128/x"),
	PROXY("http://proxy.example, b.example"),
	PROXY("http://proxy.example 3128"),
#define HOSTS(value) FORM("redirect_hosts", value, "names of hosts, with commas between, or nothing")
	HOSTS("https://a.example"),
	HOSTS("a.example/x"),
	HOSTS("a.example:443"),
	HOSTS("a.example b.example"),
	HOSTS("a.example, *.example"),
	HOSTS(", ,x y"),
	/* What may be a password is not repeated on a screen either. */
	{BYTES("proxy = htp://me:secret@proxy.example"),
	 "k.conf:1: proxy: what it says is not allowed; allowed: host:port, or http://, https://, socks5:// or "
	 "socks5h:// and a host with or without port; or nothing"},
	{BYTES("proxy = me:secret@proxy.example:3128"),
	 "k.conf:1: proxy: what it says is not allowed; allowed: host:port, or http://, https://, socks5:// or "
	 "socks5h:// and a host with or without port; or nothing"},
	{BYTES("server = https://me:secret@a.example"),
	 "k.conf:1: server: what it says is not allowed; allowed: http:// or https:// and a host, or a folder that "
	 "begins with /; of several, commas between; or nothing"},
	{BYTES("doctor_phone = 12"),
	 "k.conf:1: doctor_phone: \"12\" is not allowed; allowed: 3 to 20 digits and spaces"},
	{BYTES("doctor_phone = 012345678901234567890"),
	 "k.conf:1: doctor_phone: \"012345678901234567890\" is not allowed; allowed: 3 to 20 digits and spaces"},
	{BYTES("doctor_phone = +45 1813"),
	 "k.conf:1: doctor_phone: \"+45 1813\" is not allowed; allowed: 3 to 20 digits and spaces"},
	{BYTES("here = Aars library"),
	 "k.conf:1: here: \"Aars library\" is not allowed; allowed: 1 to 40 of a-z, 0-9 and -, or nothing"},
	{BYTES("here = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
	 "k.conf:1: here: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" is not allowed; allowed: 1 to 40 of a-z, 0-9 "
	 "and -, "
	 "or nothing"},
	/* A PIN in clear is not repeated on a screen. */
	{BYTES("staff_pin = 123456"), "k.conf:1: staff_pin: what it says is not allowed; allowed: the line that "
				      "\"vejviser-bundle pin\" writes, or nothing"},
	{BYTES("server = a\0b"),
	 "k.conf:1: a control character or invalid UTF-8; the file must be plain text in UTF-8"},
	{BYTES("server = a\033[2J"),
	 "k.conf:1: a control character or invalid UTF-8; the file must be plain text in UTF-8"},
	{BYTES("# caf\xE9"), "k.conf:1: a control character or invalid UTF-8; the file must be plain text in UTF-8"},
#define HOURS(value) \
	{ \
		BYTES("screen_off = " value), \
			"k.conf:1: screen_off: \"" value \
			"\" is not allowed; allowed: from and to, such as 22:00-06:00, or nothing" \
	}
	HOURS("22-6"),
	HOURS("22:00"),
	HOURS("22:00 - 06:00"),
	HOURS("22.00-06.00"),
	HOURS("22:00-06:60"),
	HOURS("24:01-06:00"),
	HOURS("24:00-06:00"),
	HOURS("22:00-99:99"),
	HOURS("22:00-22:00"),
	HOURS("00:00-24:00"),
	HOURS("-1:00-06:00"),
	HOURS("22:00-06:00,"),
	HOURS("22:00\xE2\x80\x93"
	      "06:00"),
	HOURS("never"),
	{BYTES("\xEF\xBB\xBFrotation = 91"),
	 "k.conf:1: rotation: \"91\" is not allowed; allowed: 0, 90, 180 or 270 degrees clockwise"},
	{BYTES("\xFF\xFEr\0o\0t\0\n\0"), "k.conf: saved as UTF-16; it must be plain text in UTF-8"},
	{BYTES("\xFE\xFF\0r\0o\0t\0\n"), "k.conf: saved as UTF-16; it must be plain text in UTF-8"},
	/* All faults, in their order; what is right changes nothing. */
	{BYTES("rotation = 1\nserver = /fine\nidle_wipe_s = x\n\nfoo\n"),
	 "k.conf:1: rotation: \"1\" is not allowed; allowed: 0, 90, 180 or 270 degrees clockwise\n"
	 "k.conf:3: idle_wipe_s: \"x\" is not allowed; allowed: 20 to 300 seconds\n"
	 "k.conf:5: no \"=\"; expected key = value, or # before a comment"},
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		char *bytes = malloc(refused[i].len);
		struct settings settings;
		struct settings before;
		struct err err;
		assert_non_null(bytes);
		memcpy(bytes, refused[i].bytes, refused[i].len);
		memset(&settings, 0x55, sizeof(settings));
		before = settings;
		if (settings_parse("k.conf", bytes, refused[i].len, &settings, &err))
			fail_msg("accepted: %s", refused[i].bytes);
		free(bytes);
		assert_string_equal(err.text, refused[i].faults);
		assert_int_equal(err.code, ERR_USAGE);
		assert_memory_equal(&settings, &before, sizeof(settings));
	}
}

static void assert_defaults(const struct settings *settings)
{
	assert_string_equal(settings->server, "");
	assert_string_equal(settings->store, "/var/lib/vejviser");
	assert_string_equal(settings->root, "/etc/vejviser/root.json");
	assert_string_equal(settings->ca_file, "");
	assert_string_equal(settings->proxy, "");
	assert_string_equal(settings->redirect_hosts, "");
	assert_int_equal(settings->screen_width_mm, 0);
	assert_int_equal(settings->rotation, 0);
	assert_int_equal(settings->idle_warn_s, 120);
	assert_int_equal(settings->idle_wipe_s, 30);
	assert_string_equal(settings->doctor_phone, "70 15 03 00");
	assert_string_equal(settings->here, "");
	assert_string_equal(settings->staff_pin, "");
}

static void test_empty_is_all_defaults(void **state)
{
	static const char *const empty[] = {"", "\n", "\n\n \t \r\n", "# rotation = 90", "  # x\n#\n"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(empty); i++) {
		struct settings settings;
		struct err err;
		memset(&settings, 0x55, sizeof(settings));
		assert_true(settings_parse("k.conf", empty[i], strlen(empty[i]), &settings, &err));
		assert_defaults(&settings);
	}
}

static void test_everything_given(void **state)
{
	static const char text[] = "# comment\r\n"
				   "server = https://content.example/a=b#c \r\n"
				   "\tstore=/srv/store with blanks\r\n"
				   "root = /r\n"
				   "ca_file=\n"
				   "proxy = http://proxy.example:3128\n"
				   "redirect_hosts = a.example, b.example\n"
				   "screen_width_mm = 0527\n"
				   "rotation = 270\n"
				   "screen_off = 22:30-06:00\n"
				   "idle_warn_s = 30\n"
				   "idle_wipe_s = 300\n"
				   "doctor_phone = 1813\n"
				   "here = library-aars\n"
				   "staff_pin = " PIN;
	struct settings settings;
	struct err err = {.text = "untouched"};

	(void)state;
	assert_true(settings_parse("k.conf", BYTES(text), &settings, &err));
	assert_string_equal(settings.server, "https://content.example/a=b#c");
	assert_string_equal(settings.store, "/srv/store with blanks");
	assert_string_equal(settings.root, "/r");
	assert_string_equal(settings.ca_file, "");
	assert_string_equal(settings.proxy, "http://proxy.example:3128");
	assert_string_equal(settings.redirect_hosts, "a.example, b.example");
	assert_int_equal(settings.screen_width_mm, 527);
	assert_int_equal(settings.rotation, 270);
	assert_int_equal(settings.screen_off.from, 22 * 60 + 30);
	assert_int_equal(settings.screen_off.to, 6 * 60);
	assert_int_equal(settings.idle_warn_s, 30);
	assert_int_equal(settings.idle_wipe_s, 300);
	assert_string_equal(settings.doctor_phone, "1813");
	assert_string_equal(settings.here, "library-aars");
	assert_string_equal(settings.staff_pin, PIN);
	assert_string_equal(err.text, "untouched");
}

static void test_forms_of_addresses(void **state)
{
	static const char *const taken[] = {
		"server = http://a",
		"server = HTTPS://A.EXAMPLE/",
		"server = https://a-b_c.example.:65535/x/y?z#w",
		"server = http://10.0.2.2:8080",
		"server = http://[2001:db8::1]",
		"server = https://[::1]:8443/x",
		"server = https://\xC3\xA6r\xC3\xB8.example",
		"server = /media/USB STICK, https://a.example/x ,,http://b:1",
		"server =",
		"proxy = proxy.example:3128",
		"proxy = 10.0.0.1:3128",
		"proxy = [::1]:3128",
		"proxy = http://proxy.example",
		"proxy = https://proxy.example:443/",
		"proxy = SOCKS5://10.0.0.1:1080",
		"proxy = socks5h://proxy",
		"proxy = http://me:s#c@ret@proxy.example:3128",
		"proxy =",
		"redirect_hosts = a.example , 10.0.0.1,[::1],",
		"redirect_hosts =",
		"factory =",
		"ca_file = /etc/vejviser/ca.pem",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(taken); i++) {
		struct settings settings;
		struct err err;
		if (!settings_parse("k.conf", taken[i], strlen(taken[i]), &settings, &err))
			fail_msg("%s", err.text);
	}
}

static void test_the_end_of_a_day_is_the_beginning_of_the_next(void **state)
{
	struct settings settings;
	struct err err;

	(void)state;
	assert_true(settings_parse("k.conf", BYTES("screen_off = 18:00-24:00"), &settings, &err));
	assert_int_equal(settings.screen_off.from, 18 * 60);
	assert_int_equal(settings.screen_off.to, 0);
	assert_true(settings_parse("k.conf", BYTES("screen_off = 23:59-00:00"), &settings, &err));
	assert_int_equal(settings.screen_off.from, 24 * 60 - 1);
	assert_true(settings_parse("k.conf", BYTES("screen_off ="), &settings, &err));
	assert_int_equal(settings.screen_off.from, settings.screen_off.to);
}

static void test_a_file_of_an_editor_of_windows(void **state)
{
	static const char text[] = "\xEF\xBB\xBF# rotation\r\nrotation = 90\r\n";
	struct settings settings;
	struct err err;

	(void)state;
	assert_true(settings_parse("k.conf", text, sizeof(text) - 1, &settings, &err));
	assert_int_equal(settings.rotation, 90);
}

static void test_longest_values_and_files(void **state)
{
	static char bytes[SETTINGS_BYTES_MAX + 2];
	struct settings settings;
	struct err err;

	(void)state;
	memset(bytes, 'x', sizeof(bytes));
	memcpy(bytes, "store = /", 9);
	assert_true(settings_parse("k.conf", bytes, 8 + SETTING_TEXT_MAX - 1, &settings, &err));
	assert_int_equal(strlen(settings.store), SETTING_TEXT_MAX - 1);
	assert_false(settings_parse("k.conf", bytes, 8 + SETTING_TEXT_MAX, &settings, &err));
	assert_string_equal(err.text, "k.conf:1: store: \"/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\" is not allowed; "
				      "allowed: " PATH);

	*bytes = '#';
	assert_true(settings_parse("k.conf", bytes, SETTINGS_BYTES_MAX, &settings, &err));
	assert_false(settings_parse("k.conf", bytes, SETTINGS_BYTES_MAX + 1, &settings, &err));
	assert_int_equal(err.code, ERR_LIMIT);
}

static void test_more_faults_than_fit_are_counted(void **state)
{
	char bytes[4000] = "";
	char name[4000];
	struct settings settings;
	struct err err;
	unsigned lines = 1;
	unsigned more;

	(void)state;
	for (int i = 0; i < 200; i++)
		strcat(bytes, "idle_warn_s = 1\n");
	assert_false(settings_parse("k.conf", bytes, strlen(bytes), &settings, &err));
	for (const char *at = strchr(err.text, '\n'); at; at = strchr(at + 1, '\n'))
		lines++;
	assert_in_range(lines, 8, 30);
	assert_int_equal(sscanf(strrchr(err.text, '\n'), "\nand %u more faults", &more), 1);
	assert_int_equal(lines - 1 + more, 200);
	assert_string_equal(err.text + strlen(err.text) - 7, " faults");

	/* However long the file's name, one fault is told. */
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_false(settings_parse(name, BYTES("x = 1"), &settings, &err));
	assert_non_null(strstr(err.text, "n:1: \"x\" is not a setting; the settings are " ALL));
}

static void test_read(void **state)
{
	char path[] = "/tmp/vejviser-settings-XXXXXX";
	char text[128];
	struct settings settings;
	struct err err;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "rotation = 9\n", 13), 13);
	snprintf(text, sizeof(text), "%s:1: rotation: ", path);
	assert_false(settings_read(path, true, &settings, &err));
	assert_true(strncmp(err.text, text, strlen(text)) == 0);
	assert_int_equal(pwrite(fd, "0", 1, 12), 1);
	assert_true(settings_read(path, true, &settings, &err));
	assert_int_equal(settings.rotation, 90);
	assert_int_equal(ftruncate(fd, SETTINGS_BYTES_MAX + 1), 0);
	assert_false(settings_read(path, false, &settings, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	close(fd);
	unlink(path);

	assert_false(settings_read(path, true, &settings, &err));
	assert_int_equal(err.code, ERR_MISSING);
	assert_true(settings_read(path, false, &settings, &err));
	assert_defaults(&settings);
	assert_false(settings_read("/tmp", false, &settings, &err));
	assert_int_equal(err.code, ERR_IO);
}

/* What settings_describe() writes is itself a file of settings, and stays one when every "#key = value" is switched on.
 */
static void test_description_is_a_file_of_the_defaults(void **state)
{
	static const char *const keys[] = {"server",       "store",      "root",           "factory",
					   "ca_file",      "proxy",      "redirect_hosts", "screen_width_mm",
					   "rotation",     "screen_off", "idle_warn_s",    "idle_wipe_s",
					   "doctor_phone", "here",       "staff_pin"};
	struct buf out = {0};
	struct settings settings;
	struct err err;

	(void)state;
	assert_true(settings_describe(&out, &err));
	assert_true(settings_parse("described", out.data, out.len, &settings, &err));
	assert_defaults(&settings);
	assert_non_null(strstr(out.data, "# Allowed: 30 to 3600 seconds.\n#idle_warn_s = 120\n"));
	assert_non_null(strstr(out.data, "\n#server =\n"));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		char line[64];
		snprintf(line, sizeof(line), "\n#%s =", keys[i]);
		char *at = strstr(out.data, line);
		assert_non_null(at);
		at[1] = ' ';
	}
	assert_true(settings_parse("described", out.data, out.len, &settings, &err));
	assert_defaults(&settings);
	assert_null(strstr(out.data, "\n#s"));
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_empty_is_all_defaults),
		cmocka_unit_test(test_everything_given),
		cmocka_unit_test(test_forms_of_addresses),
		cmocka_unit_test(test_the_end_of_a_day_is_the_beginning_of_the_next),
		cmocka_unit_test(test_a_file_of_an_editor_of_windows),
		cmocka_unit_test(test_longest_values_and_files),
		cmocka_unit_test(test_more_faults_than_fit_are_counted),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_description_is_a_file_of_the_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
