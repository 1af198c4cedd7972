/* repo -- repositories with delegated roles, made from a few words, for the tests of trust/. After forge.h. */
#ifndef TRUST_REPO_H
#define TRUST_REPO_H

#include "forge.h"

#define REPO_FILES_MAX 48

/* One targets file. A target's length is the number of the role that lists it, so it tells who answered. */
struct repo_role {
	const char *name;
	const char *targets;     /* paths between blanks */
	const char *delegations; /* between blanks: name:keys:threshold:flags:patterns; flags: ! terminating, # by hash;
				    patterns between commas */
	const char *signers;
	struct edit before; /* signing */
	struct edit after;
	int64_t listed;    /* version that the snapshot says; 0: 1 */
	int64_t expires_s; /* from now; 0: a day */
	bool unbound;      /* the snapshot says neither length nor hash */
	bool unlisted;     /* nor anything else */
};

struct repo {
	struct buf targets[REPO_FILES_MAX], snapshot, timestamp;
	const struct repo_role *roles;
	size_t count;
};

static inline void repo_add(struct buf *text, const char *words)
{
	assert_true(buf_append_text(text, words));
}

static inline void repo_add_list(struct buf *text, const char *words, char between)
{
	while (*words) {
		size_t len = strcspn(words, (char[]){between, '\0'});

		assert_true(buf_printf(text, "\"%.*s\"%s", (int)len, words, words[len] ? "," : ""));
		words += len + (words[len] != '\0');
	}
}

static inline void repo_add_keyids(struct buf *text, const char *letters_of)
{
	for (size_t i = 0; letters_of[i]; i++) {
		char id[SHA256_HEX_MAX];
		struct err err;

		assert_true(metadata_keyid(publics[key_of(letters_of[i])], id, &err));
		assert_true(buf_printf(text, "%s\"%s\"", i ? "," : "", id));
	}
}

static inline void repo_add_delegation(struct buf *text, const char *word)
{
	char name[128], signers[16], flags[4], patterns[128] = "";
	int threshold;

	if (sscanf(word, "%127[^:]:%15[^:]:%d:%3[^:]:%127s", name, signers, &threshold, flags, patterns) < 4)
		fail_msg("delegation: %s", word);
	assert_true(buf_printf(text, "{\"name\":\"%s\",\"threshold\":%d,\"terminating\":%s,\"keyids\":[", name,
			       threshold, strchr(flags, '!') ? "true" : "false"));
	repo_add_keyids(text, signers);
	repo_add(text, strchr(flags, '#') ? "],\"path_hash_prefixes\":[" : "],\"paths\":[");
	repo_add_list(text, patterns, ',');
	repo_add(text, "]}");
}

/* All keys there are, and the roles. */
static inline void repo_add_delegations(struct buf *text, const char *words)
{
	repo_add(text, ",\"delegations\":{\"keys\":{");
	for (size_t i = 0; i < ARRAY_LEN(publics); i++) {
		char id[SHA256_HEX_MAX];
		struct err err;

		assert_true(metadata_keyid(publics[i], id, &err));
		assert_true(buf_printf(
			text,
			"%s\"%s\":{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"%s\"}}",
			i ? "," : "", id, publics[i]));
	}
	repo_add(text, "},\"roles\":[");
	while (*words) {
		size_t len = strcspn(words, " ");
		char word[512];

		snprintf(word, sizeof(word), "%.*s", (int)len, words);
		repo_add_delegation(text, word);
		words += len + (words[len] != '\0');
		repo_add(text, *words ? "," : "");
	}
	repo_add(text, "]}");
}

static inline void repo_add_targets(struct buf *text, const char *words, size_t number)
{
	while (*words) {
		size_t len = strcspn(words, " ");

		assert_true(buf_printf(text, "\"%.*s\":{\"length\":%zu,\"hashes\":{\"sha256\":\"" HASH "\"}}%s",
				       (int)len, words, number, words[len] ? "," : ""));
		words += len + (words[len] != '\0');
	}
}

static inline struct json *repo_parse(struct buf *text)
{
	struct json *json;
	struct err err;

	if (!json_parse(text->data, text->len, 8 * PLENTY, &json, &err))
		fail_msg("%s: %s", err.text, text->data);
	buf_finish(text);
	return json;
}

static inline struct buf repo_targets(const struct repo_role *role, size_t number)
{
	char expires[CLOCK_UTC_MAX];
	struct buf text = {0}, file;

	clock_format_utc(NOW + (role->expires_s ? role->expires_s : DAY), expires);
	assert_true(buf_printf(&text,
			       "{\"_type\":\"targets\",\"spec_version\":\"1.0.34\",\"version\":1,\"expires\":\"%s\","
			       "\"targets\":{",
			       expires));
	repo_add_targets(&text, role->targets, number);
	repo_add(&text, "}");
	if (role->delegations)
		repo_add_delegations(&text, role->delegations);
	repo_add(&text, "}");
	file = sign(repo_parse(&text), role->before, role->signers);
	apply(&file, role->after);
	return file;
}

static inline void repo_add_file(struct buf *text, const struct repo_role *role, const struct buf *bytes)
{
	char sha256[SHA256_HEX_MAX];
	struct err err;

	assert_true(buf_printf(text, "\"%s.json\":{\"version\":%d", role->name, role->listed ? (int)role->listed : 1));
	assert_true(sha256_hex(bytes->data, bytes->len, sha256, &err));
	if (!role->unbound)
		assert_true(buf_printf(text, ",\"length\":%zu,\"hashes\":{\"sha256\":\"%s\"}", bytes->len, sha256));
	repo_add(text, "}");
}

/* The first role is the top-level targets. */
static inline struct repo repo_make(const struct repo_role *roles, size_t count)
{
	struct repo repo = {.roles = roles, .count = count};
	struct metadata_file named;
	struct buf text = {0};
	struct json *part = NULL;
	struct err err;

	assert_true(count <= REPO_FILES_MAX);
	repo_add(&text, "{\"_type\":\"snapshot\",\"spec_version\":\"1.0.34\",\"version\":1,"
			"\"expires\":\"2037-01-01T00:00:00Z\",\"meta\":{");
	for (size_t i = 0; i < count; i++) {
		repo.targets[i] = repo_targets(&roles[i], i);
		if (roles[i].unlisted)
			continue;
		repo_add(&text, i ? "," : "");
		repo_add_file(&text, &roles[i], &repo.targets[i]);
	}
	repo_add(&text, "}}");
	repo.snapshot = sign(repo_parse(&text), (struct edit){0}, "s");
	assert_true(metadata_describe("snapshot.json", 1, &repo.snapshot, &named, &err) &&
		    metadata_write_timestamp(1, NOW + DAY, &named, &part, &err));
	repo.timestamp = sign(part, (struct edit){0}, "t");
	return repo;
}

static inline void repo_finish(struct repo *repo)
{
	for (size_t i = 0; i < repo->count; i++)
		buf_finish(&repo->targets[i]);
	buf_finish(&repo->snapshot);
	buf_finish(&repo->timestamp);
}

/* A trust that has the snapshot. */
static inline struct trust *repo_trust(const struct repo *repo)
{
	struct trust *trust = fresh_trust();
	struct err err;

	assert_true(trust_settle(trust, &err));
	give_good(trust, METADATA_TIMESTAMP, &repo->timestamp);
	give_good(trust, METADATA_SNAPSHOT, &repo->snapshot);
	return trust;
}

static inline size_t repo_number(const struct repo *repo, const char *name)
{
	for (size_t i = 0; i < repo->count; i++)
		if (strcmp(repo->roles[i].name, name) == 0)
			return i;
	fail_msg("no role %s", name);
	return 0;
}

/* Gives what is wanted for `path` until nothing is, or something is refused; the roles' names go to `asked`. */
static inline bool repo_give(const struct repo *repo, struct trust *trust, const char *path, struct buf *asked,
			     struct err *err)
{
	struct trust_role role;
	bool wants;

	while (trust_wants(trust, path, &role, &wants, err)) {
		char name[TRUST_NAME_MAX];
		const struct buf *file;

		if (!wants)
			return true;
		snprintf(name, sizeof(name), "%.*s", (int)strlen(role.kept) - 5, role.kept);
		file = &repo->targets[repo_number(repo, name)];
		assert_true(buf_printf(asked, "%s%s", asked->len ? " " : "", name));
		assert_true(role.request.limit >= file->len || role.request.limit == metadata_limit(METADATA_TARGETS));
		if (!trust_give(trust, &role, file->data, file->len, err))
			return false;
	}
	return false;
}

#endif
