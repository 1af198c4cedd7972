/* A folder as a technician, or whoever holds the disk, may have written it. */
#include "image/provision.h"

#include "base/array.h"
#include "base/file.h"
#include "base/json.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../refuse.h"
#include "../trust/forge.h"

struct folders {
	char from_path[64], to_path[64];
	int from, to;
};

static int open_folder(char path[64])
{
	strcpy(path, "/tmp/provision_test.XXXXXX");
	assert_non_null(mkdtemp(path));
	return open(path, O_RDONLY | O_DIRECTORY);
}

static int set_up(void **state)
{
	struct folders *folders = calloc(1, sizeof(*folders));

	assert_non_null(folders);
	folders->from = open_folder(folders->from_path);
	folders->to = open_folder(folders->to_path);
	*state = folders;
	return folders->from >= 0 && folders->to >= 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	struct folders *folders = *state;
	struct err err;

	close(folders->from);
	close(folders->to);
	assert_true(file_remove(AT_FDCWD, folders->from_path, &err) && file_remove(AT_FDCWD, folders->to_path, &err));
	free(folders);
	return 0;
}

static void given(const struct folders *folders, const char *name, const char *text)
{
	struct err err;

	assert_true(file_write(folders->from, name, text, strlen(text), 0644, &err));
}

static bool there(const struct folders *folders, const char *name)
{
	return faccessat(folders->to, name, F_OK, 0) == 0;
}

static void assert_text(const struct folders *folders, const char *name, const char *text)
{
	struct buf bytes = {0};
	struct err err;

	assert_true(file_read(folders->to, name, 65536, &bytes, &err));
	assert_string_equal(bytes.data, text);
	buf_finish(&bytes);
}

/* Runs, and compares the remarks: "place|text" a line. */
static void assert_remarks(const struct folders *folders, int from, const char *expected)
{
	struct buf bytes = {0}, told = {0};
	struct json *json;
	const struct json *list;
	const char *place, *text;
	struct err err;

	if (!provision_run(from, folders->to, &err))
		fail_msg("%s", err.text);
	assert_true(file_read(folders->to, "remarks.json", 16384, &bytes, &err));
	assert_true(json_parse(bytes.data, bytes.len, 16384, &json, &err) &&
		    json_get_array(json, "remarks", 4, &list, &err));
	assert_true(buf_append_text(&told, ""));
	for (const struct json *each = json_first(list); each; each = json_next(each)) {
		assert_true(json_get_text(each, "place", 1024, &place, &err) &&
			    json_get_text(each, "text", 1024, &text, &err));
		assert_true(buf_printf(&told, "%s|%s\n", place, text));
	}
	assert_string_equal(told.data, expected);
	json_destroy(json);
	buf_finish(&bytes);
	buf_finish(&told);
}

#define NO_ROOT "root.json|it is missing; without it nothing is taken from the server that kiosk.conf names\n"

static void test_nothing_there_is_a_kiosk_with_a_cable(void **state)
{
	const struct folders *folders = *state;

	assert_remarks(folders, folders->from, "");
	assert_false(there(folders, "etc/kiosk.conf") || there(folders, "etc/root.json") || there(folders, "touch") ||
		     there(folders, "wpa_supplicant.conf"));
	assert_text(folders, "hostname", "vejviser\n");
	assert_true(there(folders, "10-vejviser.network"));
}

static void test_no_partition_is_told(void **state)
{
	const struct folders *folders = *state;

	assert_remarks(folders, -1, "VEJVISER|the provisioning partition cannot be read\n");
	assert_text(folders, "hostname", "vejviser\n");
}

static void test_what_is_wrong_counts_for_nothing_and_the_rest_does(void **state)
{
	const struct folders *folders = *state;

	given(folders, "kiosk.conf", "rotation = 45\nserver = https://a.example\n");
	given(folders, "network.conf", "hostname = aars-1\nwifi_name = x\nwifi_password = secret\n");
	given(folders, "touch.conf", "port = ttyS1\n");
	given(folders, "root.json", "{\"signed\":{}}");
	given(folders, "ca.pem", "-----BEGIN NOTHING-----");
	assert_remarks(folders, folders->from,
		       "kiosk.conf:1|rotation: \"45\" is not allowed; allowed: 0, 90, 180 or 270 degrees clockwise\n"
		       "root.json|not that of the folder of keys: \"signatures\": is missing, expected an array\n"
		       "ca.pem|no certificate in it; allowed: certificates in PEM, one after another\n"
		       "network.conf:3|wifi_password: what it says is not allowed; allowed: 8 to 63 letters, digits "
		       "and signs of "
		       "English without \", or nothing\n");
	assert_false(there(folders, "etc/kiosk.conf") || there(folders, "etc/root.json") ||
		     there(folders, "etc/ca.pem"));
	assert_text(folders, "hostname", "vejviser\n");
	assert_text(folders, "touch", "PORT=ttyS1\nPROTOCOL=elo4002\n");
}

static void test_what_is_right_is_taken_and_secrets_stay_so(void **state)
{
	const struct folders *folders = *state;
	struct stat info;

	given(folders, "kiosk.conf", "rotation = 90\r\n");
	given(folders, "network.conf", "wifi_name = x\r\nwifi_password = long enough\r\nhostname = aars-1\r\n");
	given(folders, "ca.pem", "-----BEGIN CERTIFICATE-----\n");
	assert_remarks(folders, folders->from, "");
	assert_text(folders, "etc/kiosk.conf", "rotation = 90\r\n");
	assert_text(folders, "etc/ca.pem", "-----BEGIN CERTIFICATE-----\n");
	assert_text(folders, "hostname", "aars-1\n");
	assert_int_equal(fstatat(folders->to, "wpa_supplicant.conf", &info, 0), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(fstatat(folders->to, "etc/kiosk.conf", &info, 0), 0);
	assert_int_equal(info.st_mode & 0777, 0644);

	/* The next boot has other files. */
	assert_int_equal(unlinkat(folders->from, "network.conf", 0), 0);
	given(folders, "kiosk.conf", "rotation = x\n");
	assert_remarks(folders, folders->from,
		       "kiosk.conf:1|rotation: \"x\" is not allowed; allowed: 0, 90, 180 or 270 degrees clockwise\n");
	assert_false(there(folders, "wpa_supplicant.conf") || there(folders, "etc/kiosk.conf"));
}

static void test_no_links_no_devices_no_endless_files(void **state)
{
	const struct folders *folders = *state;
	static char large[70000];

	assert_int_equal(symlinkat("/etc/passwd", folders->from, "kiosk.conf"), 0);
	assert_int_equal(mkfifoat(folders->from, "network.conf", 0644), 0);
	assert_int_equal(mkdirat(folders->from, "root.json", 0755), 0);
	memset(large, '#', sizeof(large) - 1);
	given(folders, "touch.conf", large);
	struct err err;
	assert_true(provision_run(folders->from, folders->to, &err));
	assert_false(there(folders, "etc/kiosk.conf") || there(folders, "etc/root.json") || there(folders, "touch"));
	assert_text(folders, "hostname", "vejviser\n");

	struct buf bytes = {0};
	assert_true(file_read(folders->to, "remarks.json", 16384, &bytes, &err));
	static const char *const told[] = {"kiosk.conf", "network.conf", "root.json", "touch.conf"};
	for (size_t i = 0; i < ARRAY_LEN(told); i++)
		assert_non_null(strstr(bytes.data, told[i]));
	assert_null(strstr(bytes.data, "root:x"));
	buf_finish(&bytes);
}

static void test_names_that_were_meant_are_told(void **state)
{
	const struct folders *folders = *state;

	given(folders, "kiosk.conf.txt", "");
	given(folders, "Root.json.sig", "");
	given(folders, "network.\xFF", "");
	given(folders, "readme.txt", "");
	given(folders, "KIOSK.CONF", "");
	assert_remarks(folders, folders->from,
		       "Root.json.sig|not read; its name must be root.json\n"
		       "kiosk.conf.txt|not read; its name must be kiosk.conf\n"
		       "|not read; its name must be network.conf\n");
}

#define EQUALS(place) place "|no \"=\"; expected key = value, or # before a comment\n"

static void test_more_faults_than_the_screen_holds(void **state)
{
	const struct folders *folders = *state;

	given(folders, "kiosk.conf", "a\nb\nc\nd\ne\nf\n");
	assert_remarks(folders, folders->from,
		       "kiosk.conf:1|no \"=\"; expected key = value, or # before a comment\n"
		       "kiosk.conf:2|no \"=\"; expected key = value, or # before a comment\n"
		       "kiosk.conf:3|no \"=\"; expected key = value, or # before a comment\n"
		       "kiosk.conf|and more faults\n");
	given(folders, "kiosk.conf", "a\nb\nc\nd\n");
	assert_remarks(folders, folders->from,
		       EQUALS("kiosk.conf:1") EQUALS("kiosk.conf:2") EQUALS("kiosk.conf:3") EQUALS("kiosk.conf:4"));
}

/* The first of each file comes before the second of any. */
static void test_no_file_hides_another(void **state)
{
	const struct folders *folders = *state;
	char many[2000] = "";

	given(folders, "kiosk.conf", "a\nb\nc\nd\n");
	given(folders, "touch.conf", "a\n");
	assert_remarks(folders, folders->from,
		       EQUALS("kiosk.conf:1") EQUALS("kiosk.conf:2")
			       EQUALS("touch.conf:1") "kiosk.conf|and more faults\n");
	given(folders, "network.conf", "\na\nb\n");
	assert_remarks(folders, folders->from,
		       EQUALS("kiosk.conf:1") EQUALS("network.conf:2")
			       EQUALS("touch.conf:1") "kiosk.conf, network.conf|and more faults\n");
	given(folders, "ca.pem", "nothing");
	given(folders, "Touch.conf.txt", "");
	assert_remarks(folders, folders->from,
		       EQUALS("kiosk.conf:1") "ca.pem|no certificate in it; allowed: certificates in PEM, one after "
					      "another\n" EQUALS("network.conf:2") "kiosk.conf, network.conf, "
										   "touch.conf, Touch.conf.txt|and "
										   "more faults\n");
	/* That there are more than a sentence holds is no file's name. */
	for (int i = 0; i < 200; i++)
		strcat(many, "\na");
	given(folders, "kiosk.conf", many);
	assert_remarks(folders, folders->from,
		       EQUALS("kiosk.conf:2") "ca.pem|no certificate in it; allowed: certificates in PEM, one after "
					      "another\n" EQUALS("network.conf:2") "kiosk.conf, network.conf, "
										   "touch.conf, Touch.conf.txt|and "
										   "more faults\n");
}

/* As long, and as many, as they can be. */
static void test_names_that_are_too_long_are_cut(void **state)
{
	const struct folders *folders = *state;
	char name[256];
	struct err err;

	for (int i = 0; i < 12; i++) {
		snprintf(name, sizeof(name), "ca.%02d%0*d", i, 240, 0);
		given(folders, name, "");
	}
	assert_true(provision_run(folders->from, folders->to, &err));
	struct buf bytes = {0};
	assert_true(file_read(folders->to, "remarks.json", 16384, &bytes, &err));
	assert_non_null(strstr(bytes.data, "0, ca."));
	assert_non_null(strstr(bytes.data, "\"and more faults\""));
	buf_finish(&bytes);
}

static void test_a_server_without_a_root_is_told(void **state)
{
	const struct folders *folders = *state;

	given(folders, "kiosk.conf", "server = https://a.example\n");
	assert_remarks(folders, folders->from, NO_ROOT);
	assert_true(there(folders, "etc/kiosk.conf"));
	/* One that cannot be used is not missing. */
	assert_int_equal(mkdirat(folders->from, "root.json", 0755), 0);
	assert_remarks(folders, folders->from, "root.json|is not a regular file\n");
}

/* Whether it has expired is the sync's to say: the clock may be wrong yet. */
static void test_a_root_is_taken_as_it_is(void **state)
{
	const struct folders *folders = *state;

	assert_int_equal(forge_start(NULL), 0);
	struct buf root = sign(root_part(1, DAY, "AB", "t", "s"), (struct edit){0}, "AB");
	given(folders, "kiosk.conf", "server = https://a.example\n");
	given(folders, "root.json", root.data);
	assert_remarks(folders, folders->from, "");
	assert_text(folders, "etc/root.json", root.data);
	/* And not when it is signed by one alone. */
	struct buf alone = sign(root_part(1, DAY, "AB", "t", "s"), (struct edit){0}, "A");
	given(folders, "root.json", alone.data);
	struct err err;
	assert_true(provision_run(folders->from, folders->to, &err));
	assert_false(there(folders, "etc/root.json"));
	buf_finish(&root);
	buf_finish(&alone);
	assert_int_equal(forge_end(NULL), 0);
}

static void test_a_panel_that_is_none(void **state)
{
	const struct folders *folders = *state;

	given(folders, "touch.conf", "port = ttyS1\n");
	assert_remarks(folders, folders->from, "");
	given(folders, "touch.conf", "protocol = elo4002\nport = sda\n");
	assert_remarks(
		folders, folders->from,
		"touch.conf:2|port: \"sda\" is not allowed; allowed: ttyS0, ttyS1 ..., ttyUSB0 ... or ttyACM0 ..., "
		"or nothing\n");
	assert_false(there(folders, "touch"));
}

static void give_all(const struct folders *folders)
{
	given(folders, "kiosk.conf", "server = https://a.example\n");
	given(folders, "kiosk.conf.txt", "");
	given(folders, "network.conf", "wifi_name = x\nwifi_password = long enough\n");
	given(folders, "touch.conf", "port = ttyS1\n");
	given(folders, "ca.pem", "nothing");
}

/* It says so, and leaves no half of a file. */
static void test_memory_runs_out(void **state)
{
	const struct folders *folders = *state;
	struct err err;
	bool ok = false;

	give_all(folders);
	for (long n = 0; !ok; n++) {
		assert_true(file_remove(folders->to, "remarks.json", &err));
		refused = false;
		left = n;
		ok = provision_run(folders->from, folders->to, &err);
		left = -1;
		assert_int_equal(ok, !refused);
		if (there(folders, "etc/kiosk.conf"))
			assert_text(folders, "etc/kiosk.conf", "server = https://a.example\n");
		assert_int_equal(there(folders, "remarks.json"), ok);
	}
}

static void test_what_cannot_be_written_is_told(void **state)
{
	static const char *const names[] = {"10-vejviser.network", "hostname", "remarks.json"};
	const struct folders *folders = *state;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char inside[64];
		int fd = -1;
		/* A folder with something in it is not replaced. */
		snprintf(inside, sizeof(inside), "%s/x", names[i]);
		assert_true(file_remove(folders->to, names[i], &err) &&
			    file_open_dir(folders->to, inside, true, &fd, &err));
		close(fd);
		assert_false(provision_run(folders->from, folders->to, &err));
		assert_non_null(strstr(err.text, names[i]));
		assert_true(file_remove(folders->to, names[i], &err));
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_there_is_a_kiosk_with_a_cable),
		TEST(test_no_partition_is_told),
		TEST(test_what_is_wrong_counts_for_nothing_and_the_rest_does),
		TEST(test_what_is_right_is_taken_and_secrets_stay_so),
		TEST(test_no_links_no_devices_no_endless_files),
		TEST(test_names_that_were_meant_are_told),
		TEST(test_more_faults_than_the_screen_holds),
		TEST(test_no_file_hides_another),
		TEST(test_names_that_are_too_long_are_cut),
		TEST(test_a_server_without_a_root_is_told),
		TEST(test_a_root_is_taken_as_it_is),
		TEST(test_a_panel_that_is_none),
		TEST(test_memory_runs_out),
		TEST(test_what_cannot_be_written_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
