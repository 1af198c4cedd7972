/* One file altered, one row per check: each is refused with its own error and changes nothing. */
#include "forge.h"

#define R METADATA_ROOT
#define T METADATA_TIMESTAMP
#define S METADATA_SNAPSHOT
#define G METADATA_TARGETS

static const struct {
	const char *name;
	struct change change;
	enum err_code code;
	const char *sentence;
} rows[] = {
	{"no JSON", {T, .after = {"{", "["}}, ERR_FORMAT, ""},
	{"something behind", {T, .after = {"\n}\n", "\n}\n{}"}}, ERR_FORMAT, ""},
	{"duplicate key", {T, .after = {"\"version\": 2", "\"version\": 2, \"version\": 2"}}, ERR_FORMAT, "twice"},
	{"key in capitals", {T, .before = {"\"version\"", "\"VERSION\""}}, ERR_FORMAT, "version"},
	{"float version", {T, .after = {"\"version\": 2", "\"version\": 2.0"}}, ERR_FORMAT, "whole"},
	{"version as text", {T, .before = {"\"version\": 2", "\"version\": \"2\""}}, ERR_FORMAT, "version"},
	{"version 0", {T, .before = {"\"version\": 2", "\"version\": 0"}}, ERR_FORMAT, "version"},
	{"version negative", {S, .before = {"\"version\": 2", "\"version\": -2"}}, ERR_FORMAT, "version"},
	{"other type", {T, .before = {"\"timestamp\"", "\"snapshot\""}}, ERR_FORMAT, "_type"},
	{"no type", {T, .before = {"\"_type\"", "\"type\""}}, ERR_FORMAT, "_type"},
	{"TUF 2", {T, .before = {"1.0.34", "2.0.0"}}, ERR_VERSION, "spec_version"},
	{"TUF 10", {T, .before = {"1.0.34", "10.0"}}, ERR_VERSION, "spec_version"},
	{"TUF 1 and words", {T, .before = {"1.0.34", "1.0-x"}}, ERR_VERSION, "spec_version"},
	{"TUF 1 dot", {T, .before = {"1.0.34", "1."}}, ERR_VERSION, "spec_version"},
	{"a date alone", {T, .before = {"T08:00:00Z", ""}}, ERR_FORMAT, "expires"},
	{"a time zone", {T, .before = {"T08:00:00Z", "T08:00:00+01:00"}}, ERR_FORMAT, "expires"},
	{"signatures missing", {T, .after = {"\"signatures\"", "\"x\""}}, ERR_FORMAT, "signatures"},
	{"signed missing", {T, .after = {"\"signed\"", "\"x\""}}, ERR_FORMAT, "signed"},
	{"signature no text", {T, .after = {"\"sig\": \"", "\"sig\": 1, \"s\": \""}}, ERR_FORMAT, "sig"},

	{"signed by nobody", {T, .signers = ""}, ERR_SIGNATURE, "0 valid signatures of the 1"},
	{"signed by a stranger", {T, .signers = "X"}, ERR_SIGNATURE, "0 valid signatures of the 1"},
	{"signed by another role", {T, .signers = "s"}, ERR_SIGNATURE, "0 valid signatures of the 1"},
	{"altered after signing", {T, .after = {"T08:00:00Z", "T09:00:00Z"}}, ERR_SIGNATURE, "0 valid"},
	{"signature emptied", {T, .after = {"\"sig\": \"", "\"sig\": \"\", \"s\": \""}}, ERR_SIGNATURE, "0 valid"},
	{"snapshot by a stranger", {S, .signers = "X"}, ERR_SIGNATURE, "snapshot role"},
	{"targets by a stranger", {G, .signers = "tsX"}, ERR_SIGNATURE, "targets role"},
	{"same key twice", {T, .signers = "tt"}, ERR_FORMAT, "twice"},

	{"root: one of two", {R, .signers = "A"}, ERR_SIGNATURE, "1 valid signatures of the 2"},
	{"root: one twice", {R, .signers = "AA"}, ERR_FORMAT, "twice"},
	{"root: a stranger beside", {R, .signers = "AX"}, ERR_SIGNATURE, "keys of root version 1"},
	{"root: same version", {R, .before = {"\"version\": 2", "\"version\": 1"}}, ERR_ROLLBACK, "not newer"},
	{"root: skips a version",
	 {R, .before = {"\"version\": 2", "\"version\": 3"}},
	 ERR_FORMAT,
	 "leaves out version 2"},
	{"root: threshold 0", {R, .before = {"\"threshold\": 1", "\"threshold\": 0"}}, ERR_FORMAT, "threshold"},
	{"root: threshold beyond all keys",
	 {R, .before = {"\"threshold\": 2", "\"threshold\": 257"}},
	 ERR_FORMAT,
	 "threshold"},
	{"root: threshold -1", {R, .before = {"\"threshold\": 2", "\"threshold\": -1"}}, ERR_FORMAT, "threshold"},
	{"root: threshold out of reach",
	 {R, .before = {"\"threshold\": 2", "\"threshold\": 3"}},
	 ERR_SIGNATURE,
	 "its own keys"},
	{"root: keyid not the key's",
	 {R, .before = {"\"keytype\"", "\"x\": \"\", \"keytype\""}},
	 ERR_FORMAT,
	 "not named by its own"},
	{"root: role missing", {R, .before = {"\"snapshot\"", "\"x\""}}, ERR_FORMAT, "snapshot"},
	{"root: keys missing", {R, .before = {"\"keys\"", "\"x\""}}, ERR_FORMAT, "keys"},
	{"root: keys no object", {R, .before = {"\"keys\"", "\"keys\": [], \"x\""}}, ERR_FORMAT, "keys"},
	{"root: keyid null", {R, .before = {"\"keyids\": [", "\"keyids\": [null,"}}, ERR_FORMAT, "keyids"},
	{"root: consistent 1",
	 {R, .before = {"\"consistent_snapshot\": true", "\"consistent_snapshot\": 1"}},
	 ERR_FORMAT,
	 "consistent"},
	{"root: expired", {R, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "root version 2"},

	{"timestamp expired", {T, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "it is 2027-01-15T08:00:00Z"},
	{"snapshot expired", {S, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "expired at"},
	{"targets expired", {G, .before = {"2027-01-16T", "2027-01-15T"}}, ERR_EXPIRED, "expired at"},

	{"timestamp names nothing", {T, .before = {"snapshot.json", "x.json"}}, ERR_FORMAT, "snapshot.json is missing"},
	{"snapshot names nothing", {S, .before = {"targets.json", "x.json"}}, ERR_FORMAT, "targets.json is missing"},
	{"snapshot of version 0 named",
	 {T, .before = {"\"snapshot.json\": {\n\t\t\t\"version\": 2", "\"snapshot.json\": {\n\t\t\t\"version\": 0"}},
	 ERR_FORMAT,
	 "version"},
	{"length negative", {T, .before = {"\"length\": ", "\"length\": -"}}, ERR_FORMAT, "length"},
	{"hashes empty", {T, .before = {"\"sha256\"", "\"md5\""}}, ERR_FORMAT, "sha256"},
	{"hash too short", {T, .before = {"\"sha256\": \"", "\"sha256\": \"ab\", \"x\": \""}}, ERR_FORMAT, "64 hex"},

	{"mix and match: newer snapshot",
	 {S, .before = {"\"version\": 2", "\"version\": 3"}},
	 ERR_HASH,
	 "timestamp names version 2"},
	{"mix and match: older snapshot",
	 {S, .before = {"\"version\": 2", "\"version\": 1"}, .unbound = true},
	 ERR_HASH,
	 "names version 2"},
	{"mix and match: targets",
	 {G, .before = {"\"version\": 2", "\"version\": 1"}, .unbound = true},
	 ERR_HASH,
	 "snapshot names version 2"},

	{"target without hash", {G, .before = {"\"hashes\"", "\"x\""}}, ERR_FORMAT, "hashes"},
	{"target with an odd hash", {G, .before = {"\"sha256\": \"9", "\"sha256\": \"G"}}, ERR_FORMAT, "64 hex"},
	{"target without length", {G, .before = {"\"length\"", "\"x\""}}, ERR_FORMAT, "length"},
	{"target of negative length", {G, .before = {"\"length\": ", "\"length\": -"}}, ERR_FORMAT, "length"},
	{"target without name", {G, .before = {"\"bundle.json\"", "\"\""}}, ERR_LIMIT, "path"},
	{"targets no object", {G, .before = {"\"targets\": {", "\"targets\": [], \"x\": {"}}, ERR_FORMAT, "targets"},
	{"published no time", {G, .before = {"2027-01-14T08:00:00Z", "today"}}, ERR_FORMAT, "x-vejviser-published"},
};

static void run_row(size_t i)
{
	struct set set = make_set(2, &rows[i].change);
	struct trust *trust = fresh_trust();
	enum metadata_role role;
	bool accepted;
	struct err err;

	if (rows[i].change.role != METADATA_ROOT)
		assert_true(trust_settle(trust, &err));
	for (role = METADATA_TIMESTAMP; role < rows[i].change.role; role++)
		give_good(trust, role, &set.files[role]);
	accepted = give(trust, rows[i].change.role, &set.files[rows[i].change.role], &err);
	expect_refused(rows[i].name, accepted, &err, rows[i].code, rows[i].sentence);
	if (rows[i].change.role != METADATA_ROOT)
		assert_int_equal(trust_version(trust, rows[i].change.role), 0);
	else if (rows[i].code != ERR_EXPIRED)
		assert_int_equal(trust_version(trust, METADATA_ROOT), 1);
	trust_close(trust);
	set_finish(&set);
}

static void test_altered(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		run_row(i);
}

static void test_whole(void **state)
{
	struct set set = make_set(2, NULL);
	struct trust *trust = fresh_trust();
	struct trust_request request;
	char path[METADATA_PATH_MAX];
	struct err err;

	(void)state;
	trust_request(trust, METADATA_ROOT, &request);
	assert_string_equal(request.name, "2.root.json");
	give_good(trust, METADATA_ROOT, &set.files[METADATA_ROOT]);
	trust_request(trust, METADATA_TIMESTAMP, &request);
	assert_string_equal(request.name, "timestamp.json");
	assert_int_equal(request.limit, 16384);
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	trust_request(trust, METADATA_SNAPSHOT, &request);
	assert_string_equal(request.name, "2.snapshot.json");
	assert_int_equal(request.limit, set.files[METADATA_SNAPSHOT].len);
	give_good(trust, METADATA_SNAPSHOT, &set.files[METADATA_SNAPSHOT]);
	trust_request(trust, METADATA_TARGETS, &request);
	assert_string_equal(request.name, "2.targets.json");
	give_good(trust, METADATA_TARGETS, &set.files[METADATA_TARGETS]);
	assert_int_equal(trust_all(trust)->count, 2);
	assert_int_equal(trust_all(trust)->published_utc_s, NOW - DAY);
	assert_null(found(trust, "bundle"));
	assert_true(trust_target_path(trust, found(trust, "pages/da/x/y.json"), path, sizeof(path), &err));
	assert_string_equal(path, "pages/da/x/" HASH ".y.json");
	assert_true(trust_target_path(trust, found(trust, "bundle.json"), path, sizeof(path), &err));
	assert_string_equal(path, HASH ".bundle.json");
	assert_false(trust_target_path(trust, found(trust, "bundle.json"), path, 20, &err));
	trust_close(trust);
	set_finish(&set);
}

/* Hash and length of what the timestamp and the snapshot name, when the file itself is perfectly signed. */
static void test_named_bytes(void **state)
{
	static const char space[] = " ";
	struct set set = make_set(2, NULL),
		   other = make_set(2, &(struct change){S, .before = {"T08:00:00Z", "T09:00:00Z"}});
	struct trust *trust = fresh_trust();
	struct err err;

	(void)state;
	assert_true(trust_settle(trust, &err));
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	assert_int_equal(other.files[METADATA_SNAPSHOT].len, set.files[METADATA_SNAPSHOT].len);
	expect_refused("snapshot of another timestamp",
		       give(trust, METADATA_SNAPSHOT, &other.files[METADATA_SNAPSHOT], &err), &err, ERR_HASH,
		       "SHA-256 differs");
	assert_true(buf_append(&set.files[METADATA_SNAPSHOT], space, 1));
	expect_refused("a blank more", give(trust, METADATA_SNAPSHOT, &set.files[METADATA_SNAPSHOT], &err), &err,
		       ERR_HASH, "bytes long");
	set.files[METADATA_SNAPSHOT].len--;
	give_good(trust, METADATA_SNAPSHOT, &set.files[METADATA_SNAPSHOT]);
	set.files[METADATA_TARGETS].data[set.files[METADATA_TARGETS].len - 1] = ' ';
	expect_refused("other white space", give(trust, METADATA_TARGETS, &set.files[METADATA_TARGETS], &err), &err,
		       ERR_HASH, "SHA-256");
	trust_close(trust);
	set_finish(&set);
	set_finish(&other);
}

/* Each role has its own limit, told before anything is parsed. */
static void test_limits(void **state)
{
	static const size_t limits[] = {512000, 16384, 2000000, 5000000};
	struct trust *trust = fresh_trust();
	struct metadata metadata;
	struct err err;

	(void)state;
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		struct set set = make_set(2, NULL);
		struct buf *file = &set.files[role];

		while (file->len < limits[role])
			assert_true(buf_append(file, " ", 1));
		assert_true(metadata_parse(role, file->data, file->len, &metadata, &err));
		metadata_finish(&metadata);
		assert_true(buf_append(file, " ", 1));
		expect_refused(metadata_name(role), metadata_parse(role, file->data, file->len, &metadata, &err), &err,
			       ERR_LIMIT, "");
		set_finish(&set);
	}
	trust_close(trust);
}

/* A snapshot that says it is larger than any may be gets no more than the role's limit. */
static void test_request_limit(void **state)
{
	struct set set = make_set(2, &(struct change){T, .before = {"\"length\": ", "\"length\": 9000"}});
	struct trust *trust = fresh_trust();
	struct trust_request request;
	struct err err;

	(void)state;
	assert_true(trust_settle(trust, &err));
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	trust_request(trust, METADATA_SNAPSHOT, &request);
	assert_int_equal(request.limit, 2000000);
	trust_close(trust);
	set_finish(&set);
}

static void test_many_signatures(void **state)
{
	struct set set = make_set(2, NULL);
	struct trust *trust = fresh_trust();
	struct buf list = {0};
	struct metadata metadata;
	struct err err;

	(void)state;
	assert_true(trust_settle(trust, &err));
	assert_true(buf_append_text(&list, "\"signatures\": ["));
	for (int i = 0; i < METADATA_SIGNATURES_MAX; i++)
		assert_true(buf_printf(&list, "{\"keyid\":\"%d\",\"sig\":\"\"},", i));
	apply(&set.files[METADATA_TIMESTAMP], (struct edit){"\"signatures\": [", list.data});
	expect_refused("129", metadata_parse(T, set.files[T].data, set.files[T].len, &metadata, &err), &err, ERR_LIMIT,
		       "signatures");
	expect_refused("129", give(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP], &err), &err, ERR_LIMIT,
		       "signatures");
	apply(&set.files[METADATA_TIMESTAMP], (struct edit){"{\"keyid\":\"0\",\"sig\":\"\"},", ""});
	give_good(trust, METADATA_TIMESTAMP, &set.files[METADATA_TIMESTAMP]);
	trust_close(trust);
	buf_finish(&list);
	set_finish(&set);
}

/* A list of `count` members, each as the format makes it of its number. */
static void list(struct buf *text, const char *begin, const char *format, int count)
{
	buf_clear(text);
	assert_true(buf_append_text(text, begin));
	for (int i = 0; i < count; i++)
		assert_true(buf_printf(text, format, i));
}

/* Every list has a limit; the last number that fits, fits. */
static void test_counts(void **state)
{
	static const struct {
		enum metadata_role role;
		const char *from, *begin, *format;
		int fits; /* -1: even what fits would be wrong for another reason */
		int over;
		const char *sentence;
	} lists[] = {
		{S, "\"meta\": {", "\"meta\": {", "\"%d.json\":{\"version\":1},", METADATA_FILES_MAX - 1,
		 METADATA_FILES_MAX, "meta"},
		{R, "\"keys\": {", "\"keys\": {", "\"%d\":{},", -1, METADATA_KEYS_MAX, "keys: more than the 256"},
		{R, "\"keyids\": [", "\"keyids\": [", "\"%d\",", METADATA_KEYS_MAX - 2, METADATA_KEYS_MAX, "keyids"},
		{G, "\"targets\": {", "\"targets\": {", "\"%d\":{\"length\":1,\"hashes\":{\"sha256\":\"" HASH "\"}},",
		 METADATA_TARGETS_MAX - 2, METADATA_TARGETS_MAX - 1, "targets: more than the 20000"},
	};

	(void)state;
	for (size_t i = 0; i < 2 * ARRAY_LEN(lists); i++) {
		size_t row = i / 2;
		int count = i % 2 ? lists[row].over : lists[row].fits;
		struct buf text = {0};
		struct err err = {0};

		if (count < 0)
			continue;
		list(&text, lists[row].begin, lists[row].format, count);
		struct set set = make_set(2, &(struct change){lists[row].role, .before = {lists[row].from, text.data}});
		struct trust *trust = fresh_trust();
		if (lists[row].role != METADATA_ROOT)
			assert_true(trust_settle(trust, &err));
		for (enum metadata_role role = METADATA_TIMESTAMP; role < lists[row].role; role++)
			give_good(trust, role, &set.files[role]);
		bool ok = give(trust, lists[row].role, &set.files[lists[row].role], &err);
		if (i % 2)
			expect_refused(lists[row].sentence, ok, &err, ERR_LIMIT, lists[row].sentence);
		else if (!ok)
			fail_msg("%s: %s", lists[row].sentence, err.text);
		trust_close(trust);
		set_finish(&set);
		buf_finish(&text);
	}
}

static void test_long_path(void **state)
{
	char path[METADATA_PATH_MAX + 2];

	(void)state;
	for (size_t len = METADATA_PATH_MAX - 1; len <= METADATA_PATH_MAX; len++) {
		struct trust *trust = fresh_trust();
		char to[METADATA_PATH_MAX + 4];
		struct err err = {0};

		memset(path, 'a', len);
		path[len] = '\0';
		snprintf(to, sizeof(to), "\"%s\"", path);
		struct set set = make_set(2, &(struct change){G, .before = {"\"bundle.json\"", to}});
		assert_true(trust_settle(trust, &err));
		for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_TARGETS; role++)
			give_good(trust, role, &set.files[role]);
		bool ok = give(trust, METADATA_TARGETS, &set.files[METADATA_TARGETS], &err);
		if (len < METADATA_PATH_MAX)
			assert_true(ok && found(trust, path));
		else
			expect_refused("long path", ok, &err, ERR_LIMIT, "1 to 511 bytes");
		trust_close(trust);
		set_finish(&set);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_altered),       cmocka_unit_test(test_whole),
		cmocka_unit_test(test_named_bytes),   cmocka_unit_test(test_limits),
		cmocka_unit_test(test_request_limit), cmocka_unit_test(test_many_signatures),
		cmocka_unit_test(test_counts),        cmocka_unit_test(test_long_path),
	};

	return cmocka_run_group_tests(tests, forge_start, forge_end);
}
