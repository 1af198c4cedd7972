/* Delegated roles: who answers for a path, what a mirror holds, and every way to be refused. */
#include "repo.h"

/* ---- one path */

#define ROLE(n, t, d, ...) \
	{ \
		.name = (n), .targets = (t), .delegations = (d), .signers = __VA_ARGS__ \
	}
#define TOP(delegations) ROLE("targets", "", delegations, "g")

static const struct {
	const char *what;
	struct repo_role roles[6];
	const char *path;
	const char *asked; /* roles, in order */
	int answer;        /* number of the role; -1: none */
} searches[] = {
	{"covered", {TOP("a:X:1:-:a/*"), ROLE("a", "a/x", NULL, "X")}, "a/x", "a", 1},
	{"not covered", {TOP("a:X:1:-:a/*"), ROLE("a", "b/x", NULL, "X")}, "b/x", "", -1},
	{"covered, not listed", {TOP("a:X:1:-:a/*"), ROLE("a", "a/y", NULL, "X")}, "a/x", "a", -1},
	{"the delegator first",
	 {ROLE("targets", "a/x", "a:X:1:-:a/*", "g"), ROLE("a", "a/x", NULL, "X")},
	 "a/x",
	 "",
	 0},
	{"the first of two",
	 {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", "x", NULL, "X"), ROLE("b", "x", NULL, "X")},
	 "x",
	 "a",
	 1},
	{"the second of two",
	 {TOP("b:X:1:-:* a:X:1:-:*"), ROLE("a", "x", NULL, "X"), ROLE("b", "y", NULL, "X")},
	 "x",
	 "b a",
	 1},
	{"depth before breadth",
	 {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", "y", "c:X:1:-:*", "X"), ROLE("b", "x", NULL, "X"),
	  ROLE("c", "x", NULL, "X")},
	 "x",
	 "a c",
	 3},
	{"a chain is as wide as its narrowest link",
	 {TOP("a:X:1:-:a/*"), ROLE("a", "", "b:X:1:-:*/*", "X"), ROLE("b", "b/x a/x", NULL, "X")},
	 "b/x",
	 "",
	 -1},
	{"terminating: nobody behind",
	 {TOP("a:X:1:!:* b:X:1:-:*"), ROLE("a", "y", NULL, "X"), ROLE("b", "x", NULL, "X")},
	 "x",
	 "a",
	 -1},
	{"terminating: its own delegations",
	 {TOP("a:X:1:!:* b:X:1:-:*"), ROLE("a", "y", "c:X:1:-:*", "X"), ROLE("b", "x", NULL, "X"),
	  ROLE("c", "x", NULL, "X")},
	 "x",
	 "a c",
	 3},
	{"terminating, deeper: nobody behind anywhere",
	 {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", "y", "c:X:1:!:*", "X"), ROLE("b", "x", NULL, "X"),
	  ROLE("c", "z", NULL, "X")},
	 "x",
	 "a c",
	 -1},
	{"terminating, but not for this path",
	 {TOP("a:X:1:!:z* b:X:1:-:*"), ROLE("a", "z", NULL, "X"), ROLE("b", "x", NULL, "X")},
	 "x",
	 "b",
	 2},
	{"a circle",
	 {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", "y", "c:X:1:-:*", "X"), ROLE("b", "x", NULL, "X"),
	  ROLE("c", "z", "a:X:1:-:*", "X")},
	 "x",
	 "a c b",
	 2},
	{"by hash",
	 {TOP("a:X:1:#:00,2d711642b b:X:1:#:2d7"), ROLE("a", "x", NULL, "X"), ROLE("b", "x", NULL, "X")},
	 "x",
	 "a",
	 1},
	{"by another hash",
	 {TOP("a:X:1:#:d7,2d711643 b:X:1:#:2d7"), ROLE("a", "x", NULL, "X"), ROLE("b", "x", NULL, "X")},
	 "x",
	 "b",
	 2},
	{"no pattern at all", {TOP("a:X:1:-:"), ROLE("a", "x", NULL, "X")}, "x", "", -1},
};

static struct repo make_search(size_t i)
{
	size_t count = 0;

	while (count < ARRAY_LEN(searches[i].roles) && searches[i].roles[count].name)
		count++;
	return repo_make(searches[i].roles, count);
}

static void test_searches(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(searches); i++) {
		struct repo repo = make_search(i);
		struct trust *trust = repo_trust(&repo);
		const struct metadata_target *target;
		struct buf asked = {0};
		struct err err;

		give_good(trust, METADATA_TARGETS, &repo.targets[0]);
		assert_true(buf_append_text(&asked, ""));
		if (!repo_give(&repo, trust, searches[i].path, &asked, &err))
			fail_msg("%s: %s", searches[i].what, err.text);
		if (strcmp(asked.data, searches[i].asked) != 0)
			fail_msg("%s: asked %s, not %s", searches[i].what, asked.data, searches[i].asked);
		target = found(trust, searches[i].path);
		if ((target ? (int)target->len : -1) != searches[i].answer)
			fail_msg("%s: answered by %d", searches[i].what, target ? (int)target->len : -1);
		buf_finish(&asked);
		trust_close(trust);
		repo_finish(&repo);
	}
}

static void test_patterns(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool covers;
	} rows[] = {
		{"a/b", "a/b", true},       {"a/b", "a/bc", false},  {"*", "x", true},        {"*", "a/x", false},
		{"*/*", "a/x", true},       {"*/*", "a/b/x", false}, {"a/*", "a/", true},     {"a/*", "a", false},
		{"a/*.md", "a/x.md", true}, {"a?c", "abc", true},    {"a?c", "a/c", false},   {"[ab]x", "bx", true},
		{"[!a]x", "ax", false},     {"a\\*", "a*", false},   {"a\\*", "a\\x", true},  {"*", ".x", true},
		{"A", "a", false},          {"", "a", false},        {"**", "a/b", false},    {"a/*/c", "a/b/c", true},
		{"a/*/c", "a/c", false},    {"../*", "../x", true},  {"a[/]b", "a/b", false}, {"[", "[", true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *patterns[] = {rows[i].pattern};
		struct metadata_delegation delegation = {.patterns = patterns, .pattern_count = 1};

		if (metadata_delegation_covers(&delegation, rows[i].path, HASH) != rows[i].covers)
			fail_msg("%s: %s", rows[i].pattern, rows[i].path);
	}
}

/* A chain of roles r1 -> r2 -> ...; the last lists x. */
static struct repo make_chain(struct repo_role *roles, char names[][8], char (*links)[32], size_t count)
{
	for (size_t i = 0; i <= count; i++) {
		snprintf(names[i], 8, "r%zu", i);
		snprintf(links[i], 32, "r%zu:X:1:-:*", i + 1);
		roles[i] = (struct repo_role)ROLE(i ? names[i] : "targets", i == count ? "x" : "",
						  i < count ? links[i] : NULL, i ? "X" : "g");
	}
	return repo_make(roles, count + 1);
}

/* 32 roles are asked for one path, and 32 delegations are mirrored; not one more. */
static void test_many_roles(void **state)
{
	struct repo_role roles[40];
	char names[40][8], links[40][32];

	(void)state;
	for (size_t count = 32; count <= 33; count++) {
		struct repo repo = make_chain(roles, names, links, count);
		struct trust *trust = repo_trust(&repo), *mirror = repo_trust(&repo);
		const struct metadata_target *target;
		struct buf asked = {0};
		struct err err;

		give_good(trust, METADATA_TARGETS, &repo.targets[0]);
		give_good(mirror, METADATA_TARGETS, &repo.targets[0]);
		assert_true(repo_give(&repo, trust, "x", &asked, &err));
		if (count == 32) {
			assert_int_equal(found(trust, "x")->len, 32);
			assert_true(repo_give(&repo, mirror, NULL, &asked, &err) && trust_resolve(mirror, &err));
			assert_int_equal(trust_all(mirror)->count, 1);
		} else {
			expect_refused("33 roles", trust_find(trust, "x", &target, &err), &err, ERR_LIMIT,
				       "32 delegated roles");
			expect_refused("33 delegations", repo_give(&repo, mirror, NULL, &asked, &err), &err, ERR_LIMIT,
				       "more than 32 delegations");
			assert_int_equal(trust_all(mirror)->count, 0);
		}
		buf_finish(&asked);
		trust_close(trust);
		trust_close(mirror);
		repo_finish(&repo);
	}
}

/* ---- a mirror of all */

static const struct {
	const char *what;
	struct repo_role roles[6];
	const char *all; /* path=number of its role */
} mirrors[] = {
	{"no delegations", {ROLE("targets", "b a", NULL, "g")}, "a=0 b=0"},
	{"what each may say",
	 {ROLE("targets", "a/0 z", "a:X:1:-:a/* b:A:1:-:b/*", "g"), ROLE("a", "a/1 b/1 z", NULL, "X"),
	  ROLE("b", "a/2 b/1 b/2", NULL, "A")},
	 "a/0=0 a/1=1 b/1=2 b/2=2 z=0"},
	{"the first wins",
	 {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", "x y", NULL, "X"), ROLE("b", "y z", NULL, "X")},
	 "x=1 y=1 z=2"},
	{"terminating takes all away",
	 {TOP("a:X:1:!:a* b:X:1:-:*"), ROLE("a", "a1", NULL, "X"), ROLE("b", "a2 b", NULL, "X")},
	 "a1=1 b=2"},
	{"two ways to one role",
	 {TOP("a:X:1:-:a b:X:1:-:b"), ROLE("a", "", "c:X:1:-:*", "X"), ROLE("b", "", "c:A:1:-:*", "X"),
	  ROLE("c", "a b d", NULL, "XA")},
	 "a=3 b=3"},
	{"a circle", {TOP("a:X:1:-:*"), ROLE("a", "x", "b:X:1:-:*", "X"), ROLE("b", "y", "a:X:1:-:*", "X")}, "x=1 y=2"},
};

static void expect_all(const char *what, const struct metadata_targets *all, const char *expected)
{
	struct buf text = {0};

	for (size_t i = 0; i < all->count; i++)
		assert_true(buf_printf(&text, "%s%s=%d", i ? " " : "", all->targets[i].path, (int)all->targets[i].len));
	if (!text.data || strcmp(text.data, expected) != 0)
		fail_msg("%s: %s", what, text.data);
	buf_finish(&text);
}

static void run_mirror(size_t i)
{
	size_t count = 0;

	while (count < ARRAY_LEN(mirrors[i].roles) && mirrors[i].roles[count].name)
		count++;
	struct repo repo = repo_make(mirrors[i].roles, count);
	struct trust *trust = repo_trust(&repo);
	struct metadata_targets read;
	struct buf asked = {0}, written = {0};
	struct arena arena = {0};
	struct err err;

	give_good(trust, METADATA_TARGETS, &repo.targets[0]);
	assert_int_equal(trust_delegates(trust), count > 1);
	if (count > 1)
		assert_int_equal(trust_all(trust)->count, 0);
	if (!repo_give(&repo, trust, NULL, &asked, &err) || !trust_resolve(trust, &err))
		fail_msg("%s: %s", mirrors[i].what, err.text);
	expect_all(mirrors[i].what, trust_all(trust), mirrors[i].all);
	for (size_t k = 0; k < trust_all(trust)->count; k++) {
		const struct metadata_target *target = &trust_all(trust)->targets[k];

		assert_int_equal(found(trust, target->path)->len, target->len);
	}
	assert_true(trust_write_all(trust, &written, &err) &&
		    trust_read_accepted(written.data, written.len, &arena, &read, &err));
	expect_all(mirrors[i].what, &read, mirrors[i].all);
	arena_finish(&arena);
	buf_finish(&asked);
	buf_finish(&written);
	trust_close(trust);
	repo_finish(&repo);
}

static void test_mirrors(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mirrors); i++)
		run_mirror(i);
}

/* ---- refused */

#define LEAF(...) \
	{ \
		TOP("a:X:1:-:*"), ROLE("a", "x", NULL, "X", __VA_ARGS__) \
	}

static const struct {
	const char *what;
	struct repo_role roles[4];
	bool top; /* the top-level targets are refused already */
	enum err_code code;
	const char *sentence;
} refusals[] = {
	/* the delegated file */
	{"by nobody", {TOP("a:X:1:-:*"), ROLE("a", "x", NULL, "")}, false, ERR_SIGNATURE, "delegated role"},
	{"by the top-level targets' key",
	 {TOP("a:X:1:-:*"), ROLE("a", "x", NULL, "g")},
	 false,
	 ERR_SIGNATURE,
	 "0 valid"},
	{"by another delegation's key",
	 {TOP("a:X:1:-:* b:A:1:-:*"), ROLE("a", "x", NULL, "A"), ROLE("b", "x", NULL, "A")},
	 false,
	 ERR_SIGNATURE,
	 "0 valid"},
	{"by one of two",
	 {TOP("a:XA:2:-:*"), ROLE("a", "x", NULL, "X")},
	 false,
	 ERR_SIGNATURE,
	 "1 valid signatures of the 2"},
	{"altered", LEAF(.after = {"\"length\": 1", "\"length\": 2"}), false, ERR_SIGNATURE, "0 valid"},
	{"by a key the second delegator does not trust",
	 {TOP("a:X:1:-:a b:X:1:-:b"), ROLE("a", "", "c:X:1:-:*", "X"), ROLE("b", "", "c:A:1:-:*", "X"),
	  ROLE("c", "a b", NULL, "X")},
	 false,
	 ERR_SIGNATURE,
	 "0 valid"},
	{"expired", LEAF(.expires_s = -1), false, ERR_EXPIRED, "expired at"},
	{"expires now",
	 {TOP("a:X:1:-:*"), ROLE("a", "x", NULL, "X", .before = {"2027-01-16T", "2027-01-15T"})},
	 false,
	 ERR_EXPIRED,
	 "expired at"},
	{"newer than the snapshot says", LEAF(.before = {"\"version\": 1", "\"version\": 2"}), false, ERR_HASH,
	 "names version 1"},
	{"older than the snapshot says", LEAF(.listed = 2), false, ERR_HASH, "snapshot names version 2"},
	{"not in the snapshot", LEAF(.unlisted = true), false, ERR_FORMAT,
	 "a.json is delegated to, but not in the snapshot"},
	{"another type", LEAF(.before = {"\"targets\",", "\"snapshot\","}), false, ERR_FORMAT, "_type"},
	{"no JSON", LEAF(.after = {"{", "["}), false, ERR_FORMAT, "line"},
	{"TUF 2", LEAF(.before = {"1.0.34", "2.0.0"}), false, ERR_VERSION, "spec_version"},
	{"target without hash", LEAF(.before = {"\"hashes\"", "\"x\""}), false, ERR_FORMAT, "hashes"},
	{"delegates wrongly itself",
	 {TOP("a:X:1:-:*"), ROLE("a", "x", "b:X:1:-:*", "X", .before = {"\"terminating\": false,", ""})},
	 false,
	 ERR_FORMAT,
	 "terminating"},

	/* the delegations */
	{"threshold 0", {TOP("a:X:0:-:*")}, true, ERR_FORMAT, "threshold"},
	{"threshold -1", {TOP("a:X:-1:-:*")}, true, ERR_FORMAT, "threshold"},
	{"a key twice", {TOP("a:XX:1:-:*")}, true, ERR_FORMAT, "keyids: the same key stands there twice"},
	{"no terminating",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"terminating\": false,", ""})},
	 true,
	 ERR_FORMAT,
	 "terminating"},
	{"terminating as text",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"terminating\": false,", "\"terminating\": \"\","})},
	 true,
	 ERR_FORMAT,
	 "terminating"},
	{"neither paths nor prefixes",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"paths\"", "\"PATHS\""})},
	 true,
	 ERR_FORMAT,
	 "either paths"},
	{"both",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"paths\"", "\"path_hash_prefixes\": [], \"paths\""})},
	 true,
	 ERR_FORMAT,
	 "either paths"},
	{"paths no list",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"paths\"", "\"paths\": {}, \"x\""})},
	 true,
	 ERR_FORMAT,
	 "paths"},
	{"path no text", {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"*\"", "1"})}, true, ERR_FORMAT, "text"},
	{"empty prefix",
	 {ROLE("targets", "", "a:X:1:#:ab", "g", .before = {"\"ab\"", "\"\""})},
	 true,
	 ERR_FORMAT,
	 "1 to 64 hex"},
	{"prefix in capitals", {TOP("a:X:1:#:AB")}, true, ERR_FORMAT, "1 to 64 hex"},
	{"prefix too long", {TOP("a:X:1:#:" HASH "0")}, true, ERR_FORMAT, "1 to 64 hex"},
	{"a role twice", {TOP("a:X:1:-:* a:X:1:-:*")}, true, ERR_FORMAT, "the same role"},
	{"a role called targets", {TOP("targets:X:1:-:*")}, true, ERR_FORMAT, "name of its own"},
	{"a role called root", {TOP("root:X:1:-:*")}, true, ERR_FORMAT, "name of its own"},
	{"a role called timestamp", {TOP("timestamp:X:1:-:*")}, true, ERR_FORMAT, "name of its own"},
	{"a role called nothing",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"a\"", "\"\""})},
	 true,
	 ERR_FORMAT,
	 "name of its own"},
	{"a key that is another",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"keytype\"", "\"x\": 1, \"keytype\""})},
	 true,
	 ERR_FORMAT,
	 "not named by its own"},
	{"no keys", {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"keys\"", "\"x\""})}, true, ERR_FORMAT, "keys"},
	{"no roles",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"roles\"", "\"x\""})},
	 true,
	 ERR_FORMAT,
	 "roles"},
	{"no object",
	 {ROLE("targets", "", "a:X:1:-:*", "g", .before = {"\"delegations\"", "\"delegations\": [], \"x\""})},
	 true,
	 ERR_FORMAT,
	 "delegations"},
	{"a name too long for a file",
	 {TOP("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:X:1:-:*")},
	 false,
	 ERR_LIMIT,
	 "too long for a file"},
};

static void run_refusal(size_t i)
{
	size_t count = 0;

	while (count < ARRAY_LEN(refusals[i].roles) && refusals[i].roles[count].name)
		count++;
	struct repo repo = repo_make(refusals[i].roles, count);
	struct trust *trust = repo_trust(&repo);
	struct buf asked = {0};
	struct err err = {0};
	bool ok = give(trust, METADATA_TARGETS, &repo.targets[0], &err);

	if (ok == refusals[i].top)
		fail_msg("%s: top-level targets: %s", refusals[i].what, ok ? "accepted" : err.text);
	ok = ok && repo_give(&repo, trust, NULL, &asked, &err);
	expect_refused(refusals[i].what, ok, &err, refusals[i].code, refusals[i].sentence);
	assert_int_equal(trust_all(trust)->count, 0);
	buf_finish(&asked);
	trust_close(trust);
	repo_finish(&repo);
}

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++)
		run_refusal(i);
}

/* Length and hash of a delegated file bind, although the file itself is perfectly signed; and what was refused can be
 * given again. */
static void test_bytes(void **state)
{
	static const struct repo_role roles[] = {TOP("a:X:1:-:*"), ROLE("a", "x", NULL, "X")};
	static const struct repo_role later[] = {TOP("a:X:1:-:*"), ROLE("a", "y", NULL, "X")};
	struct repo repo = repo_make(roles, 2), other = repo_make(later, 2);
	struct trust *trust = repo_trust(&repo);
	struct trust_role role;
	struct err err;
	bool wants;

	(void)state;
	give_good(trust, METADATA_TARGETS, &repo.targets[0]);
	assert_true(trust_wants(trust, NULL, &role, &wants, &err) && wants);
	assert_string_equal(role.request.name, "1.a.json");
	assert_string_equal(role.kept, "a.json");
	assert_int_equal(role.request.limit, repo.targets[1].len);
	assert_int_equal(other.targets[1].len, repo.targets[1].len);
	expect_refused("another file", trust_give(trust, &role, other.targets[1].data, other.targets[1].len, &err),
		       &err, ERR_HASH, "SHA-256 differs");
	assert_true(buf_append_text(&repo.targets[1], " "));
	expect_refused("a blank more", trust_give(trust, &role, repo.targets[1].data, repo.targets[1].len, &err), &err,
		       ERR_HASH, "bytes long");
	assert_true(trust_give(trust, &role, repo.targets[1].data, repo.targets[1].len - 1, &err));
	assert_true(trust_wants(trust, NULL, &role, &wants, &err) && !wants);
	trust_close(trust);
	repo_finish(&repo);
	repo_finish(&other);
}

/* Where the snapshot says no hash, the second way to a role must bring the same bytes as the first. */
static void test_two_files_of_one_role(void **state)
{
	static const struct repo_role roles[] = {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", "", "c:X:1:-:*", "X"),
						 ROLE("b", "", "c:A:1:-:*", "X"),
						 ROLE("c", "x", NULL, "XA", .unbound = true)};
	struct repo repo = repo_make(roles, 4);
	struct repo_role altered = ROLE("c", "y", NULL, "XA");
	struct buf other = repo_targets(&altered, 3);
	struct trust *trust = repo_trust(&repo);
	struct trust_role role;
	struct err err;
	bool wants;

	(void)state;
	give_good(trust, METADATA_TARGETS, &repo.targets[0]);
	for (size_t i = 1; i < 4; i++)
		assert_true(trust_wants(trust, NULL, &role, &wants, &err) && wants &&
			    trust_give(trust, &role, repo.targets[i].data, repo.targets[i].len, &err));
	assert_true(trust_wants(trust, NULL, &role, &wants, &err) && wants);
	assert_int_equal(role.request.limit, metadata_limit(METADATA_TARGETS));
	expect_refused("another file", trust_give(trust, &role, other.data, other.len, &err), &err, ERR_HASH,
		       "differs from the file");
	assert_true(trust_give(trust, &role, repo.targets[3].data, repo.targets[3].len, &err));
	buf_finish(&other);
	trust_close(trust);
	repo_finish(&repo);
}

/* A role's name leads nowhere. */
static void test_names(void **state)
{
	static const struct {
		const char *name, *kept;
	} rows[] = {{"../a", "..%2Fa.json"}, {"/a", "%2Fa.json"},        {"?#", "%3F%23.json"},
		    {"..", "...json"},       {"\\u00e6", "%C3%A6.json"}, {"a%2F", "a%252F.json"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char delegation[64];
		struct repo_role roles[] = {TOP(delegation), ROLE(rows[i].name, "x", NULL, "X")};
		struct trust_role role;
		struct err err;
		bool wants;

		snprintf(delegation, sizeof(delegation), "%s:X:1:-:*", rows[i].name);
		struct repo repo = repo_make(roles, 2);
		struct trust *trust = repo_trust(&repo);
		give_good(trust, METADATA_TARGETS, &repo.targets[0]);
		assert_true(trust_wants(trust, "x", &role, &wants, &err) && wants);
		assert_string_equal(role.kept, rows[i].kept);
		assert_true(trust_give(trust, &role, repo.targets[1].data, repo.targets[1].len, &err));
		assert_int_equal(found(trust, "x")->len, 1);
		trust_close(trust);
		repo_finish(&repo);
	}
}

/* ---- how much */

static void add_many(struct buf *text, size_t count, const char *format)
{
	for (size_t i = 0; i < count; i++) {
		assert_true(buf_printf(text, format, i));
		repo_add(text, i + 1 < count ? " " : "");
	}
}

/* Together the roles may list 20 000 targets. */
static void test_many_targets(void **state)
{
	struct buf half = {0}, rest = {0};

	(void)state;
	add_many(&half, METADATA_TARGETS_MAX / 2, "a%zu");
	add_many(&rest, METADATA_TARGETS_MAX / 2, "b%zu");
	for (int more = 0; more < 2; more++) {
		struct repo_role roles[] = {ROLE("targets", "", "a:X:1:-:* b:X:1:-:*", "g"),
					    ROLE("a", half.data, NULL, "X"), ROLE("b", rest.data, NULL, "X")};
		struct repo repo = repo_make(roles, 3);
		struct trust *trust = repo_trust(&repo);
		struct buf asked = {0};
		struct err err;
		bool ok;

		give_good(trust, METADATA_TARGETS, &repo.targets[0]);
		ok = repo_give(&repo, trust, NULL, &asked, &err);
		if (more) {
			expect_refused("one more", ok, &err, ERR_LIMIT, "20000 allowed in all roles");
		} else {
			assert_true(ok && trust_resolve(trust, &err));
			assert_int_equal(trust_all(trust)->count, METADATA_TARGETS_MAX);
		}
		repo_add(&rest, " more");
		buf_finish(&asked);
		trust_close(trust);
		repo_finish(&repo);
	}
	buf_finish(&half);
	buf_finish(&rest);
}

/* Each file may be 5 MB, and so may the one that a generation is made of. */
static void test_long_list(void **state)
{
	char format[256] = "";
	struct buf half = {0}, rest = {0}, asked = {0}, written = {0};
	struct err err;

	(void)state;
	memset(format, 'a', 200);
	strcpy(format + 200, "%zu");
	add_many(&half, 8000, format);
	format[0] = 'b';
	add_many(&rest, 8000, format);
	struct repo_role roles[] = {TOP("a:X:1:-:* b:X:1:-:*"), ROLE("a", half.data, NULL, "X"),
				    ROLE("b", rest.data, NULL, "X")};
	struct repo repo = repo_make(roles, 3);
	struct trust *trust = repo_trust(&repo);
	give_good(trust, METADATA_TARGETS, &repo.targets[0]);
	assert_true(repo_give(&repo, trust, NULL, &asked, &err) && trust_resolve(trust, &err));
	expect_refused("all together", trust_write_all(trust, &written, &err), &err, ERR_LIMIT, "all targets together");
	buf_finish(&half);
	buf_finish(&rest);
	buf_finish(&asked);
	buf_finish(&written);
	trust_close(trust);
	repo_finish(&repo);
}

static void try_many(const char *what, const char *delegations, bool fits)
{
	struct repo_role role = ROLE("targets", "", delegations, "g");
	struct repo repo = repo_make(&role, 1);
	struct trust *trust = repo_trust(&repo);
	struct err err = {0};
	bool ok = give(trust, METADATA_TARGETS, &repo.targets[0], &err);

	if (fits && !ok)
		fail_msg("%s: %s", what, err.text);
	if (!fits)
		expect_refused(what, ok, &err, ERR_LIMIT, "allowed");
	trust_close(trust);
	repo_finish(&repo);
}

static void test_many_delegations(void **state)
{
	struct buf text = {0};

	(void)state;
	add_many(&text, METADATA_DELEGATIONS_MAX, "r%zu:X:1:-:a,b,c,d");
	try_many("256 delegations, 1024 patterns", text.data, true);
	buf_clear(&text);
	add_many(&text, METADATA_DELEGATIONS_MAX + 1, "r%zu:X:1:-:a");
	try_many("257 delegations", text.data, false);
	buf_clear(&text);
	add_many(&text, METADATA_DELEGATIONS_MAX - 1, "r%zu:X:1:-:a,b,c,d");
	repo_add(&text, " last:X:1:-:a,b,c,d,e");
	try_many("1025 patterns", text.data, false);
	buf_finish(&text);
}

/* Four files of 4 MB are the most. */
static void test_many_bytes(void **state)
{
	static const struct repo_role roles[] = {TOP("a:X:1:-:* b:X:1:-:* c:X:1:-:* d:X:1:-:* e:X:1:-:*"),
						 ROLE("a", "", NULL, "X", .unbound = true),
						 ROLE("b", "", NULL, "X", .unbound = true),
						 ROLE("c", "", NULL, "X", .unbound = true),
						 ROLE("d", "", NULL, "X", .unbound = true),
						 ROLE("e", "", NULL, "X", .unbound = true)};
	struct repo repo = repo_make(roles, 6);
	struct trust *trust = repo_trust(&repo);
	struct buf asked = {0};
	struct err err;

	(void)state;
	for (size_t i = 1; i < 6; i++) {
		struct buf *file = &repo.targets[i];

		assert_true(buf_reserve(file, 4000000 - file->len));
		memset(file->data + file->len, ' ', 4000000 - file->len);
		file->len = i < 5 ? 4000000 : file->len;
	}
	give_good(trust, METADATA_TARGETS, &repo.targets[0]);
	expect_refused("16 MB and some", repo_give(&repo, trust, NULL, &asked, &err), &err, ERR_LIMIT,
		       "16000000 bytes");
	assert_string_equal(asked.data, "a b c d e");
	buf_finish(&asked);
	trust_close(trust);
	repo_finish(&repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_searches),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_many_roles),
		cmocka_unit_test(test_mirrors),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_two_files_of_one_role),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_many_targets),
		cmocka_unit_test(test_long_list),
		cmocka_unit_test(test_many_delegations),
		cmocka_unit_test(test_many_bytes),
	};

	return cmocka_run_group_tests(tests, forge_start, forge_end);
}
