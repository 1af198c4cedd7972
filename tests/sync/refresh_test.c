/* Hostile repositories: what is refused, what is kept of it (nothing), and that all is well when the source is. */
#include "../trust/repo.h"

#include "base/file.h"
#include "sync/refresh.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT 512

static char root_path[] = "/tmp/vejviser-refresh-XXXXXX";
static int kept = -1, source = -1; /* open folders of the case at hand */
static char source_path[TEXT];

/* What is written lasts only as long as the test; but the nth time it may fail. */
static long fsyncs, failing;

int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	(void)fd;
	errno = EIO;
	return ++fsyncs == failing ? -1 : 0;
}

static void must(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s", err->text);
}

/* ---- the source, and what is kept */

static void fresh_case(void)
{
	static int number;
	char kept_path[TEXT];
	struct err err;

	if (kept >= 0) {
		close(kept);
		close(source);
	}
	snprintf(source_path, sizeof(source_path), "%s/%d/source", root_path, ++number);
	snprintf(kept_path, sizeof(kept_path), "%s/%d/kept", root_path, number);
	must(file_open_dir(AT_FDCWD, source_path, true, &source, &err) &&
		     file_open_dir(AT_FDCWD, kept_path, true, &kept, &err),
	     &err);
}

static void put(int dir, const char *name, const struct buf *bytes)
{
	struct err err;

	must(file_write(dir, name, bytes->data, bytes->len, 0644, &err), &err);
}

static void drop(int dir, const char *name)
{
	struct err err;

	must(file_remove(dir, name, &err), &err);
}

static const char *const names[] = {"root.json", "timestamp.json", "snapshot.json", "targets.json"};

static void publish(int64_t version, const struct set *set)
{
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT; role++) {
		char name[64];

		snprintf(name, sizeof(name), "%lld.%s", (long long)version, names[role]);
		put(source, role == METADATA_TIMESTAMP ? names[role] : name, &set->files[role]);
	}
}

static bool run_from(const struct buf *came, int64_t now_utc_s, struct refresh *refresh, struct err *err)
{
	struct fetch *fetch;

	must(fetch_open(source_path, NULL, &fetch, err), err);
	*refresh = (struct refresh){.kept = kept, .fetch = fetch, .prefix = "", .root = came, .now_utc_s = now_utc_s};
	bool ok = refresh_run(refresh, err);
	refresh->fetch = NULL;
	fetch_close(fetch);
	return ok;
}

static bool run_at(int64_t now_utc_s, struct refresh *refresh, struct err *err)
{
	struct buf first = good_root(1);
	bool ok = run_from(&first, now_utc_s, refresh, err);

	buf_finish(&first);
	return ok;
}

static bool run(struct err *err)
{
	struct refresh refresh;
	bool ok = run_at(NOW, &refresh, err);

	refresh_finish(&refresh);
	return ok;
}

static void run_well(void)
{
	struct err err;

	must(run(&err), &err);
}

static void expect_kept(const char *what, const char *name, const struct buf *expected)
{
	struct buf bytes = {0};
	struct err err;

	must(file_read(kept, name, 8 * PLENTY, &bytes, &err), &err);
	if (bytes.len != expected->len || memcmp(bytes.data, expected->data, bytes.len) != 0)
		fail_msg("%s: %s is not the one that was expected", what, name);
	buf_finish(&bytes);
}

/* ---- one file is wrong */

#define R METADATA_ROOT
#define T METADATA_TIMESTAMP
#define S METADATA_SNAPSHOT
#define G METADATA_TARGETS

static const struct {
	const char *what;
	struct change change; /* to version 2; version 1 is kept */
	enum err_code code;
	const char *sentence;
} rows[] = {
	{"root by a stranger",
	 {R, .signers = "X"},
	 ERR_SIGNATURE,
	 "2.root.json: not signed by the keys of root version 1"},
	{"root by one of two", {R, .signers = "B"}, ERR_SIGNATURE, "2.root.json: not signed by the keys"},
	{"root of the same version", {R, .before = {"\"version\": 2", "\"version\": 1"}}, ERR_ROLLBACK, "2.root.json"},
	{"root that skips one", {R, .before = {"\"version\": 2", "\"version\": 3"}}, ERR_FORMAT, "2.root.json"},
	{"root with threshold 0", {R, .before = {"\"threshold\": 1", "\"threshold\": 0"}}, ERR_FORMAT, "threshold"},
	{"root with a key that is another",
	 {R, .before = {"\"keytype\"", "\"x\": \"\", \"keytype\""}},
	 ERR_FORMAT,
	 "not named by its own"},
	{"root, HTML", {R, .after = {"{", "<html>"}}, ERR_FORMAT, "2.root.json"},

	{"timestamp by a stranger", {T, .signers = "X"}, ERR_SIGNATURE, "timestamp.json"},
	{"timestamp altered", {T, .after = {"T08:00:00Z", "T09:00:00Z"}}, ERR_SIGNATURE, "timestamp.json"},
	{"timestamp, duplicate key",
	 {T, .after = {"\"version\": 2", "\"version\": 2, \"version\": 2"}},
	 ERR_FORMAT,
	 "timestamp.json"},
	{"timestamp, key in capitals", {T, .before = {"\"version\"", "\"VERSION\""}}, ERR_FORMAT, "timestamp.json"},
	{"timestamp, version 2.0", {T, .after = {"\"version\": 2", "\"version\": 2.0"}}, ERR_FORMAT, "timestamp.json"},
	{"timestamp, something behind", {T, .after = {"\n}\n", "\n}\n{}"}}, ERR_FORMAT, "timestamp.json"},
	{"timestamp of TUF 2", {T, .before = {"1.0.34", "2.0.0"}}, ERR_VERSION, "timestamp.json"},
	{"timestamp expired", {T, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "timestamp.json"},
	{"timestamp of another role", {T, .before = {"\"timestamp\"", "\"snapshot\""}}, ERR_FORMAT, "timestamp.json"},

	{"snapshot by a stranger", {S, .signers = "X"}, ERR_SIGNATURE, "2.snapshot.json"},
	{"snapshot altered",
	 {S, .after = {"T08:00:00Z", "T09:00:00Z"}, .unbound = true},
	 ERR_SIGNATURE,
	 "2.snapshot.json"},
	{"snapshot expired", {S, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "2.snapshot.json"},
	{"snapshot of version 3", {S, .before = {"\"version\": 2", "\"version\": 3"}}, ERR_HASH, "2.snapshot.json"},
	{"snapshot that lists no targets", {S, .before = {"targets.json", "x.json"}}, ERR_FORMAT, "2.snapshot.json"},
	{"snapshot with hashes of nobody's kind",
	 {S, .before = {"\"sha256\"", "\"md5\""}},
	 ERR_FORMAT,
	 "2.snapshot.json"},

	{"targets by a stranger", {G, .signers = "X"}, ERR_SIGNATURE, "2.targets.json"},
	{"targets altered",
	 {G, .after = {"T08:00:00Z", "T09:00:00Z"}, .unbound = true},
	 ERR_SIGNATURE,
	 "2.targets.json"},
	{"targets expired", {G, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "2.targets.json"},
	{"targets of version 1",
	 {G, .before = {"\"version\": 2", "\"version\": 1"}, .unbound = true},
	 ERR_HASH,
	 "2.targets.json"},
	{"target without length", {G, .before = {"\"length\"", "\"x\""}}, ERR_FORMAT, "2.targets.json"},
	{"target without hash", {G, .before = {"\"sha256\"", "\"sha1\""}}, ERR_FORMAT, "2.targets.json"},
};

/* What is refused, and all that comes behind it, stays as it was. */
static void check_old(const char *what, enum metadata_role refused, const struct set *old, const struct set *new)
{
	struct buf first = good_root(1);

	if (refused == METADATA_ROOT)
		expect_kept(what, "root.json", &first);
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT; role++)
		expect_kept(what, names[role], role < refused ? &new->files[role] : &old->files[role]);
	buf_finish(&first);
}

static void run_row(size_t i)
{
	struct set old = make_set(1, NULL), bad = make_set(2, &rows[i].change), good = make_set(3, NULL);
	struct err err = {0};

	fresh_case();
	publish(1, &old);
	run_well();
	if (rows[i].change.role == METADATA_ROOT)
		put(source, "2.root.json", &bad.files[METADATA_ROOT]);
	publish(2, &bad);
	expect_refused(rows[i].what, run(&err), &err, rows[i].code, rows[i].sentence);
	check_old(rows[i].what, rows[i].change.role, &old, &bad);
	drop(source, "2.root.json");
	publish(3, &good);
	run_well();
	check_old(rows[i].what, METADATA_ROLE_COUNT, &old, &good);
	set_finish(&old);
	set_finish(&bad);
	set_finish(&good);
}

static void test_one_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		run_row(i);
}

/* ---- the old instead of the new */

static void test_older(void **state)
{
	static const struct change goes_back[] = {
		{T, .before = {"\"version\": 3", "\"version\": 1"}},
		{T, .before = {"\"snapshot.json\": {\n\t\t\t\"version\": 3",
			       "\"snapshot.json\": {\n\t\t\t\"version\": 1"}},
		{S,
		 .before = {"\"targets.json\": {\n\t\t\t\"version\": 3", "\"targets.json\": {\n\t\t\t\"version\": 1"}},
		{S, .before = {"\"targets.json\"", "\"x.json\""}},
	};
	static const char *const sentences[] = {"timestamp version 1 is older than 2", "snapshot it names: version 1",
						"targets.json version 1 is older than 2", "targets.json is missing"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(goes_back); i++) {
		struct set old = make_set(2, NULL), bad = make_set(3, &goes_back[i]);
		struct err err = {0};

		fresh_case();
		publish(2, &old);
		run_well();
		publish(3, &bad);
		expect_refused(sentences[i], run(&err), &err, i < 3 ? ERR_ROLLBACK : ERR_FORMAT, sentences[i]);
		check_old(sentences[i], goes_back[i].role, &old, &bad);
		set_finish(&old);
		set_finish(&bad);
	}
}

/* ---- the kept files */

static void pad(struct buf *file, size_t len)
{
	assert_true(buf_reserve(file, len));
	memset(file->data + file->len, ' ', len - file->len);
	file->len = len;
}

/* They are judged at the time of this pass, not of the one that accepted them. */
static void test_kept_expires(void **state)
{
	struct change early[] = {{S, .before = {"2027-01-16T08:00:00Z", "2027-01-16T07:00:00Z"}},
				 {G, .before = {"2027-01-16T08:00:00Z", "2027-01-16T07:00:00Z"}}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(early); i++) {
		struct set soon = make_set(1, &early[i]);
		struct refresh refresh;
		struct err err = {0};

		fresh_case();
		publish(1, &soon);
		run_well();
		bool ok = run_at(NOW + DAY - 3600, &refresh, &err);
		refresh_finish(&refresh);
		expect_refused("kept", ok, &err, ERR_EXPIRED, names[early[i].role]);
		set_finish(&soon);
	}
}

/* What no pass can have kept, since it is too long, is replaced. */
static void test_kept_too_long(void **state)
{
	struct set set = make_set(1, NULL);

	(void)state;
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT; role++) {
		struct buf file = {0};

		fresh_case();
		publish(1, &set);
		pad(&file, metadata_limit(role) + 1);
		put(kept, names[role], &file);
		run_well();
		expect_kept("too long", names[role], &set.files[role]);
		buf_finish(&file);
	}
	set_finish(&set);
}

/* The first timestamp of a version is the one that stays. */
static void test_same_timestamp(void **state)
{
	struct set set = make_set(1, NULL),
		   other = make_set(1, &(struct change){T, .before = {"T08:00:00Z", "T09:00:00Z"}});

	(void)state;
	fresh_case();
	publish(1, &set);
	run_well();
	put(source, "timestamp.json", &other.files[T]);
	run_well();
	expect_kept("same version", "timestamp.json", &set.files[T]);
	set_finish(&set);
	set_finish(&other);
}

/* A cut between two files: the same timestamp again is not "nothing to do". */
static void test_cut_between(void **state)
{
	struct set old = make_set(1, NULL), new = make_set(2, NULL);

	(void)state;
	for (enum metadata_role cut = METADATA_SNAPSHOT; cut < METADATA_ROLE_COUNT; cut++) {
		fresh_case();
		publish(1, &old);
		run_well();
		publish(2, &new);
		for (enum metadata_role role = METADATA_TIMESTAMP; role < cut; role++)
			put(kept, names[role], &new.files[role]);
		run_well();
		check_old("cut", METADATA_ROLE_COUNT, &old, &new);
		drop(kept, names[cut]);
		run_well();
		check_old("lost", METADATA_ROLE_COUNT, &old, &new);
	}
	set_finish(&old);
	set_finish(&new);
}

/* ---- roots */

/* Each is kept at once; one that is wrong ends the pass, and the next goes on from the last that was right. */
static void test_roots(void **state)
{
	struct set set = make_set(1, NULL);
	struct buf roots[] = {good_root(2), good_root(3),
			      sign(root_part(4, NOW + DAY, "AB", "t", "s"), (struct edit){0}, "A")};
	struct err err = {0};
	char name[64];

	(void)state;
	fresh_case();
	publish(1, &set);
	for (size_t i = 0; i < ARRAY_LEN(roots); i++) {
		snprintf(name, sizeof(name), "%zu.root.json", i + 2);
		put(source, name, &roots[i]);
	}
	expect_refused("4.root.json", run(&err), &err, ERR_SIGNATURE, "4.root.json");
	expect_kept("roots", "root.json", &roots[1]);
	drop(source, "4.root.json");
	run_well();
	expect_kept("roots", "root.json", &roots[1]);
	for (size_t i = 0; i < ARRAY_LEN(roots); i++)
		buf_finish(&roots[i]);
	set_finish(&set);
}

/* One that has expired is kept, since it leads to the next, and ends the pass. */
static void test_expired_root(void **state)
{
	struct set set = make_set(1, NULL);
	struct buf expired = sign(root_part(2, NOW, "AB", "t", "s"), (struct edit){0}, "AB"), next = good_root(3);
	struct err err = {0};

	(void)state;
	fresh_case();
	publish(1, &set);
	put(source, "2.root.json", &expired);
	expect_refused("expired root", run(&err), &err, ERR_EXPIRED, "root version 2");
	expect_kept("expired root", "root.json", &expired);
	assert_int_equal(faccessat(kept, "timestamp.json", F_OK, 0), -1);
	put(source, "3.root.json", &next);
	run_well();
	buf_finish(&expired);
	buf_finish(&next);
	set_finish(&set);
}

/* Not more than 32 in one pass, and the next pass goes on. */
static void test_endless_roots(void **state)
{
	struct set set = make_set(1, NULL);
	struct buf roots[2 + TRUST_ROTATIONS_MAX + 1] = {{0}};
	char name[64];

	(void)state;
	fresh_case();
	publish(1, &set);
	for (size_t version = 2; version < ARRAY_LEN(roots); version++) {
		roots[version] = good_root((int64_t)version);
		snprintf(name, sizeof(name), "%zu.root.json", version);
		put(source, name, &roots[version]);
	}
	run_well();
	expect_kept("32 new roots", "root.json", &roots[1 + TRUST_ROTATIONS_MAX]);
	run_well();
	expect_kept("the rest", "root.json", &roots[2 + TRUST_ROTATIONS_MAX]);
	for (size_t version = 2; version < ARRAY_LEN(roots); version++)
		buf_finish(&roots[version]);
	set_finish(&set);
}

/* Keys were rotated after a fast-forward attack: what the lost keys signed does not bind. */
static void test_fast_forward(void **state)
{
	struct set far = make_set(1000000, NULL), set = make_set(2, &(struct change){T, .signers = "X"});
	struct buf rotated = sign(root_part(2, NOW + DAY, "AB", "X", "s"), (struct edit){0}, "AB");
	struct buf both = sign(root_part(2, NOW + DAY, "AB", "X", "X"), (struct edit){0}, "AB");
	struct err err = {0};

	(void)state;
	fresh_case();
	publish(1000000, &far);
	run_well();
	publish(2, &set);
	put(source, "2.root.json", &rotated);
	expect_refused("snapshot key not rotated", run(&err), &err, ERR_ROLLBACK, "targets.json version 2 is older");
	set_finish(&set);
	buf_finish(&rotated);

	fresh_case();
	publish(1000000, &far);
	run_well();
	put(source, "2.root.json", &both);
	struct set anew = make_set(2, &(struct change){S, .signers = "X"});
	struct buf timestamp = {0};
	struct metadata_file named;
	struct json *part = NULL;
	must(metadata_describe("snapshot.json", 2, &anew.files[S], &named, &err) &&
		     metadata_write_timestamp(2, NOW + DAY, &named, &part, &err),
	     &err);
	timestamp = sign(part, (struct edit){0}, "X");
	publish(2, &anew);
	put(source, "timestamp.json", &timestamp);
	run_well();
	expect_kept("recovered", "snapshot.json", &anew.files[S]);
	buf_finish(&timestamp);
	buf_finish(&both);
	set_finish(&anew);
	set_finish(&far);
}

/* ---- sizes */

/* A file is not read further than its role may be long, or than the one that names it says. */
static void test_lengths(void **state)
{
	struct set set = make_set(1, NULL), loose = make_set(1, &(struct change){T, .unbound = true});
	struct buf huge = good_root(2);
	struct err err = {0};

	(void)state;
	pad(&huge, metadata_limit(METADATA_ROOT) + 1);
	fresh_case();
	publish(1, &set);
	put(source, "2.root.json", &huge);
	expect_refused("root", run(&err), &err, ERR_LIMIT, "512000 bytes");
	drop(source, "2.root.json");
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT; role++) {
		for (int named = 0; named < 2; named++) {
			struct set *from = named ? &set : &loose;
			struct buf file = {0};
			char name[64], limit[64];
			size_t len = from->files[role].len;

			if (!named || role == METADATA_TIMESTAMP)
				len = metadata_limit(role);
			fresh_case();
			publish(1, from);
			assert_true(buf_append(&file, from->files[role].data, from->files[role].len));
			pad(&file, len + 1);
			snprintf(name, sizeof(name), "%s%s", role == METADATA_TIMESTAMP ? "" : "1.", names[role]);
			put(source, name, &file);
			snprintf(limit, sizeof(limit), "%zu bytes", len);
			expect_refused(name, run(&err), &err, ERR_LIMIT, limit);
			buf_finish(&file);
		}
	}
	buf_finish(&huge);
	set_finish(&set);
	set_finish(&loose);
}

/* ---- delegated roles */

static void publish_repo(const struct repo *repo, const char *const *files)
{
	put(source, "timestamp.json", &repo->timestamp);
	put(source, "1.snapshot.json", &repo->snapshot);
	for (size_t i = 0; i < repo->count; i++)
		put(source, files[i], &repo->targets[i]);
}

#define ROLE(n, t, d, s) \
	{ \
		.name = (n), .targets = (t), .delegations = (d), .signers = (s) \
	}

/* All are taken and kept; afterwards none is asked for again, and a lost or damaged one is. */
static void test_delegated(void **state)
{
	static const struct repo_role roles[] = {
		ROLE("targets", "z", "a:X:1:-:a/* b%2F:X:1:-:b/*", "g"), ROLE("a", "a/1 b/1", "c:X:1:-:a/*", "X"),
		ROLE("b%2F", "b/1", "c:A:1:-:b/*", "X"), ROLE("c", "a/2 b/2", NULL, "XA")};
	static const char *const files[] = {"1.targets.json", "1.a.json", "1.b%252F.json", "1.c.json"};
	static const char *const kept_files[] = {"targets.json", "a.json", "b%252F.json", "c.json"};
	struct repo repo = repo_make(roles, ARRAY_LEN(roles));
	struct metadata_targets all;
	struct arena arena = {0};
	struct refresh refresh;
	struct err err;

	(void)state;
	fresh_case();
	publish_repo(&repo, files);
	put(kept, "old.json", &repo.targets[0]);
	put(kept, "old.txt", &repo.targets[0]);
	for (int pass = 0; pass < 2; pass++) {
		must(run_at(NOW, &refresh, &err), &err);
		assert_int_equal(trust_all(refresh.trust)->count, 5);
		assert_int_equal(faccessat(kept, "old.json", F_OK, 0), -1);
		assert_int_equal(faccessat(kept, "old.txt", F_OK, 0), 0);
		assert_true(trust_read_accepted(refresh.targets.data, refresh.targets.len, &arena, &all, &err));
		assert_int_equal(all.count, 5);
		refresh_finish(&refresh);
		for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
			expect_kept("delegated", kept_files[i], &repo.targets[i]);
			drop(source, files[i]);
		}
	}
	for (size_t i = 1; i < ARRAY_LEN(roles); i++) {
		drop(kept, kept_files[i]);
		assert_false(run(&err));
		assert_int_equal(err.code, ERR_MISSING);
		assert_non_null(strstr(err.text, files[i]));
		put(source, files[i], &repo.targets[i]);
		put(kept, kept_files[i], &repo.targets[0]);
		run_well();
		expect_kept("mended", kept_files[i], &repo.targets[i]);
	}
	arena_finish(&arena);
	repo_finish(&repo);
}

/* One target is found by asking only the roles on the way. */
static void test_found(void **state)
{
	static const struct repo_role roles[] = {ROLE("targets", "z", "a:X:1:-:a/* b:X:1:-:b/*", "g"),
						 ROLE("a", "a/1", NULL, "X"), ROLE("b", "b/1", NULL, "g")};
	static const char *const files[] = {"1.targets.json", "1.a.json", "1.b.json"};
	struct repo repo = repo_make(roles, ARRAY_LEN(roles));
	const struct metadata_target *target;
	struct buf first = good_root(1);
	struct refresh refresh = {.prefix = "", .root = &first, .now_utc_s = NOW};
	struct err err;

	(void)state;
	fresh_case();
	refresh.kept = kept;
	publish_repo(&repo, files);
	must(fetch_open(source_path, NULL, &refresh.fetch, &err) && refresh_top(&refresh, &err), &err);
	must(refresh_find(&refresh, "z", &target, &err), &err);
	assert_int_equal(faccessat(kept, "a.json", F_OK, 0), -1);
	must(refresh_find(&refresh, "a/1", &target, &err), &err);
	assert_int_equal(target->len, 1);
	assert_int_equal(faccessat(kept, "b.json", F_OK, 0), -1);
	expect_refused("nowhere", refresh_find(&refresh, "y", &target, &err), &err, ERR_MISSING, "no such target");
	expect_refused("b/1", refresh_find(&refresh, "b/1", &target, &err), &err, ERR_SIGNATURE, "1.b.json: 0 valid");
	assert_int_equal(faccessat(kept, "b.json", F_OK, 0), -1);
	fetch_close(refresh.fetch);
	refresh_finish(&refresh);
	expect_refused("the mirror", run(&err), &err, ERR_SIGNATURE, "1.b.json: 0 valid");
	buf_finish(&first);
	repo_finish(&repo);
}

/* ---- a disk that fails */

static const struct repo_role some_roles[] = {ROLE("targets", "z", "a:X:1:-:a/*", "g"), ROLE("a", "a/1", NULL, "X")};
static const char *const some_files[] = {"1.targets.json", "1.a.json"};

/* What cannot be kept fails the refresh, whichever file it is; the next one makes up for it. */
static void test_cannot_keep(void **state)
{
	struct repo repo = repo_make(some_roles, ARRAY_LEN(some_roles));
	struct buf next = good_root(2);
	struct err err = {0};
	bool ok = false;

	(void)state;
	for (long nth = 1; !ok; nth++) {
		fresh_case();
		publish_repo(&repo, some_files);
		put(source, "2.root.json", &next);
		fsyncs = 0;
		failing = nth;
		ok = run(&err);
		failing = 0;
		if (ok)
			assert_in_range(nth, 12, 40); /* six files, and their folder each time */
		else
			expect_refused("disk", ok, &err, ERR_IO, "Input/output error");
		run_well();
	}
	buf_finish(&next);
	repo_finish(&repo);
}

/* What is kept and cannot be read fails it too: what is not seen would not bind. */
static void test_cannot_read(void **state)
{
	static const char *const kept_files[] = {"root.json", "timestamp.json", "snapshot.json", "targets.json",
						 "a.json"};
	struct repo repo = repo_make(some_roles, ARRAY_LEN(some_roles));
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(kept_files); i++) {
		fresh_case();
		publish_repo(&repo, some_files);
		run_well();
		drop(kept, kept_files[i]);
		assert_int_equal(mkfifoat(kept, kept_files[i], 0600), 0);
		expect_refused(kept_files[i], run(&err), &err, ERR_IO, kept_files[i]);
		drop(kept, kept_files[i]);
		run_well();
	}
	repo_finish(&repo);
}

/* A root that came with a newer program counts, and is kept; an older one does not. */
static void test_first_root(void **state)
{
	struct set set = make_set(1, NULL);
	struct buf second = good_root(2), third = good_root(3);
	struct err err = {0};

	(void)state;
	fresh_case();
	publish(1, &set);
	put(kept, "root.json", &second);
	run_well();
	expect_kept("older came", "root.json", &second);
	put(kept, "root.json", &set.files[METADATA_TIMESTAMP]);
	run_well();
	struct buf first = good_root(1);
	expect_kept("damaged", "root.json", &first);
	struct refresh refresh;
	must(run_from(&third, NOW, &refresh, &err), &err);
	refresh_finish(&refresh);
	expect_kept("newer came", "root.json", &third);
	buf_finish(&first);
	buf_finish(&second);
	buf_finish(&third);
	set_finish(&set);
}

static int set_up(void **state)
{
	return mkdtemp(root_path) ? forge_start(state) : -1;
}

static int tear_down(void **state)
{
	struct err err;

	close(kept);
	close(source);
	return file_remove(AT_FDCWD, root_path, &err) ? forge_end(state) : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_file),      cmocka_unit_test(test_older),
		cmocka_unit_test(test_kept_expires),  cmocka_unit_test(test_cut_between),
		cmocka_unit_test(test_kept_too_long), cmocka_unit_test(test_same_timestamp),
		cmocka_unit_test(test_expired_root),  cmocka_unit_test(test_roots),
		cmocka_unit_test(test_endless_roots), cmocka_unit_test(test_fast_forward),
		cmocka_unit_test(test_lengths),       cmocka_unit_test(test_delegated),
		cmocka_unit_test(test_found),         cmocka_unit_test(test_cannot_keep),
		cmocka_unit_test(test_cannot_read),   cmocka_unit_test(test_first_root),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
