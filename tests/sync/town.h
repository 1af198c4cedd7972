/* town -- a small signed repository, a store beside it, and passes from the one to the other; for the tests of sync.
 *
 * Each case has a folder of its own, `here`, with repo/ and store/ in it; every path below is relative to it. What is
 * shown is told by the name of a town, which stands in bundle.json. Included once by each program, between set_up() and
 * tear_down().
 */
#ifndef TESTS_SYNC_TOWN_H
#define TESTS_SYNC_TOWN_H

#include "base/file.h"
#include "content/content.h"
#include "sync/pass.h"
#include "trust/metadata_write.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW  INT64_C(1800000000)
#define DAY  INT64_C(86400)
#define TEXT 4096 /* bytes of paths and documents here */

#define TOPICS "{\"topics\":[{\"id\":\"t\",\"title\":\"T\",\"summary\":\"S\"}]}" /* topics/da.json */
#define WORD   "Zebra" /* stands in the one page, and nowhere else */
#define PAGE_DA \
	"{\"title\":\"P\",\"summary\":\"S\",\"icon\":\"coins\",\"reviewed\":\"2026-11-01\",\"valid_to\":\"2027-11-" \
	"01\"," \
	"\"translation\":\"source\",\"revision\":\"12345678\",\"minutes\":1,\"blocks\":[{\"kind\":\"paragraph\"," \
	"\"text\":[{\"text\":\"" WORD "\"}]}]}"

/* ---- files and folders */

static char root[64];    /* in memory where there is such a folder: these tests write many files */
static char here[TEXT];  /* folder of the case at hand: repo/ and store/ in it */
static int here_fd = -1; /* the same, open */
static struct key *keys[METADATA_ROLE_COUNT];
static struct buf first_root;

static inline void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s", err->text);
}

static inline void put(const char *path, const void *bytes, size_t len)
{
	char folder[TEXT];
	struct err err;
	int fd;

	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	must(file_open_dir(here_fd, folder, true, &fd, &err), &err);
	close(fd);
	must(file_write(here_fd, path, bytes, len, 0644, &err), &err);
}

static inline void get(const char *path, struct buf *out)
{
	struct err err;

	must(file_read(here_fd, path, 1 << 20, out, &err), &err);
}

/* Turns one bit: in the signature where there is one, else in the middle. */
static inline void damage(const char *path)
{
	struct buf bytes = {0};
	char *signature;

	get(path, &bytes);
	signature = strstr(bytes.data, "\"sig\": \"");
	*(signature ? signature + 20 : bytes.data + bytes.len / 2) ^= 1;
	put(path, bytes.data, bytes.len);
	buf_finish(&bytes);
}

static inline void drop(const char *path)
{
	struct err err;

	must(file_remove(here_fd, path, &err), &err);
}

static inline void copy_folder(const char *from, const char *to)
{
	struct buf command = {0};

	assert_true(buf_printf(&command, "rm -rf '%s' && cp -a '%s' '%s'", to, from, to));
	assert_int_equal(system(command.data), 0);
	buf_finish(&command);
}

/* The same, for two paths of the case. */
static inline void copy_here(const char *from, const char *to)
{
	char source[TEXT + 64], goal[TEXT + 64];

	snprintf(source, sizeof(source), "%s/%s", here, from);
	snprintf(goal, sizeof(goal), "%s/%s", here, to);
	copy_folder(source, goal);
}

static inline void fresh_case(void)
{
	static int number;
	struct err err;

	if (here_fd >= 0)
		close(here_fd);
	snprintf(here, sizeof(here), "%s/%d", root, number++);
	must(file_open_dir(AT_FDCWD, here, true, &here_fd, &err), &err);
}

/* ---- a repository */

struct publication {
	int64_t version;
	const char *town; /* stands in bundle.json; the other files stay */
	int64_t format;   /* of bundle.json; 0: the right one */
	int64_t published_utc_s;
	const char *extra; /* path of one more target; NULL: none */
	bool no_topics;
};

static inline void add_target(struct metadata_targets *list, const char *path, const char *bytes)
{
	struct metadata_target *target = &list->targets[list->count++];
	static char hashes[8][SHA256_HEX_MAX];
	char file[TEXT];
	const char *slash = strrchr(path, '/');
	struct err err;

	must(sha256_hex(bytes, strlen(bytes), hashes[list->count], &err), &err);
	*target = (struct metadata_target){path, hashes[list->count], (int64_t)strlen(bytes)};
	snprintf(file, sizeof(file), "repo/targets/%.*s%s.%s", slash ? (int)(slash - path + 1) : 0, path,
		 hashes[list->count], slash ? slash + 1 : path);
	put(file, bytes, strlen(bytes));
}

/* Signs and writes; how the next file names this one goes into *named. Takes `part`. */
static inline void put_signed(enum metadata_role role, int64_t version, const char *name, const char *path,
			      struct json *part, struct metadata_file *named)
{
	struct buf bytes = {0};
	char full[TEXT];
	struct err err;

	must(metadata_sign(part, &keys[role], 1, &bytes, &err) && metadata_describe(name, version, &bytes, named, &err),
	     &err);
	snprintf(full, sizeof(full), "repo/metadata/%s", path);
	put(full, bytes.data, bytes.len);
	json_destroy(part);
	buf_finish(&bytes);
}

static inline void publish(const struct publication *p)
{
	struct metadata_target targets[5];
	struct metadata_targets list = {.targets = targets,
					.published_utc_s = p->published_utc_s ? p->published_utc_s : NOW - DAY};
	char bundle[TEXT], name[64];
	struct metadata_file named;
	struct json *part;
	struct err err;

	snprintf(bundle, sizeof(bundle),
		 "{\"format\":%d,\"municipality\":\"%s\",\"source\":\"da\",\"languages\":[{\"code\":\"da\",\"name\":"
		 "\"Dansk\",\"rtl\":false}],"
		 "\"topics\":[{\"id\":\"t\",\"icon\":\"h\",\"hue\":\"health\",\"pages\":[\"p\"]}]}",
		 p->format ? (int)p->format : DOCUMENT_FORMAT, p->town);
	add_target(&list, "bundle.json", bundle);
	add_target(&list, p->extra ? p->extra : "pictures/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
	add_target(&list, "pages/da/t/p.json", PAGE_DA);
	if (!p->no_topics)
		add_target(&list, "topics/da.json", TOPICS);
	snprintf(name, sizeof(name), "%lld.targets.json", (long long)p->version);
	must(metadata_write_targets(p->version, NOW + 30 * DAY, &list, &part, &err), &err);
	put_signed(METADATA_TARGETS, p->version, "targets.json", name, part, &named);
	snprintf(name, sizeof(name), "%lld.snapshot.json", (long long)p->version);
	must(metadata_write_snapshot(p->version, NOW + 20 * DAY, &named, &part, &err), &err);
	put_signed(METADATA_SNAPSHOT, p->version, "snapshot.json", name, part, &named);
	must(metadata_write_timestamp(p->version, NOW + 10 * DAY, &named, &part, &err), &err);
	put_signed(METADATA_TIMESTAMP, p->version, "timestamp.json", "timestamp.json", part, &named);
}

static inline void publish_town(int64_t version, const char *town)
{
	publish(&(struct publication){.version = version, .town = town});
}

static inline void make_first_root(void)
{
	char publics[METADATA_ROLE_COUNT][ED25519_PUBLIC_HEX_MAX];
	const char *list[METADATA_ROLE_COUNT];
	struct metadata_write_role roles[METADATA_ROLE_COUNT];
	struct json *part;
	struct err err;

	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++) {
		must(key_generate(&keys[i], &err) && key_public_hex(keys[i], publics[i], &err), &err);
		list[i] = publics[i];
		roles[i] = (struct metadata_write_role){&list[i], 1, 1};
	}
	must(metadata_write_root(1, NOW + 300 * DAY, roles, &part, &err) &&
		     metadata_sign(part, &keys[METADATA_ROOT], 1, &first_root, &err),
	     &err);
	json_destroy(part);
}

static inline int set_up(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "%s/vejviser-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(root))
		return -1;
	make_first_root();
	return 0;
}

static inline int tear_down(void **state)
{
	struct err err;

	(void)state;
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		key_destroy(keys[i]);
	buf_finish(&first_root);
	close(here_fd);
	return file_remove(AT_FDCWD, root, &err) ? 0 : -1;
}

/* ---- passes */

static inline bool run_at(int64_t now_utc_s, struct pass_report *report, struct err *err)
{
	char source[TEXT + 8], store_path[TEXT + 8];
	struct store *store;
	struct fetch *fetch;
	bool ok;

	snprintf(source, sizeof(source), "%s/repo", here);
	snprintf(store_path, sizeof(store_path), "%s/store", here);
	*report = (struct pass_report){0};
	if (!store_open(store_path, STORE_WRITE, &store, err))
		return false;
	store_keep_free(store, 0); /* what this machine has free is no matter here */
	ok = fetch_open(source, NULL, &fetch, err);
	if (ok) {
		ok = pass_run(store, fetch, &first_root, now_utc_s, report, err);
		fetch_close(fetch);
	}
	store_close(store);
	return ok;
}

static inline void expect_failure(const char *what, int64_t now_utc_s, enum err_code code, const char *sentence)
{
	struct pass_report report;
	struct err err;

	if (run_at(now_utc_s, &report, &err))
		fail_msg("%s: went well", what);
	if (err.code != code || !strstr(err.text, sentence))
		fail_msg("%s: %s (%s)", what, err_name(err.code), err.text);
	assert_false(report.changed);
}

static inline struct pass_report run_well(void)
{
	struct pass_report report;
	struct err err;

	must(run_at(NOW, &report, &err), &err);
	return report;
}

/* What the kiosk shows: the generation's town. */
static inline int64_t shown(char town[TEXT])
{
	char store_path[TEXT + 8], path[STORE_PATH_MAX];
	struct content *content;
	struct store *store;
	int64_t generation;
	struct err err;

	snprintf(store_path, sizeof(store_path), "%s/store", here);
	must(store_open(store_path, STORE_READ, &store, &err), &err);
	must(store_current(store, &generation, &err) &&
		     store_generation_path(store, generation, "index.db", path, &err),
	     &err);
	must(content_open(path, (struct content_objects){store_object_read, store}, &content, &err), &err);
	snprintf(town, TEXT, "%s", content_bundle(content)->municipality);
	content_close(content);
	store_close(store);
	return generation;
}

/* What the kiosk shows when it starts (kiosk/loop.c): the newest generation that opens, from the current one down;
 * false when there is none. */
static inline bool kiosk_shows(char town[TEXT])
{
	char store_path[TEXT + 8], path[STORE_PATH_MAX];
	struct content *content = NULL;
	struct store *store;
	int64_t generation;
	struct err err;
	bool more;

	snprintf(store_path, sizeof(store_path), "%s/store", here);
	if (!store_open(store_path, STORE_READ, &store, &err))
		return false;
	more = store_current(store, &generation, &err) ||
	       (err.code != ERR_MISSING && store_previous(store, INT64_MAX, &generation, &err));
	for (; more && !content; more = store_previous(store, generation, &generation, &err)) {
		must(store_generation_path(store, generation, "index.db", path, &err), &err);
		if (!content_open(path, (struct content_objects){store_object_read, store}, &content, &err))
			content = NULL;
	}
	if (content)
		snprintf(town, TEXT, "%s", content_bundle(content)->municipality);
	content_close(content);
	store_close(store);
	return content != NULL;
}

static inline void expect_shown(const char *expected)
{
	char town[TEXT];

	shown(town);
	assert_string_equal(town, expected);
}

static inline void first_pass(void)
{
	fresh_case();
	publish_town(1, "Aars");
	run_well();
}

#endif
