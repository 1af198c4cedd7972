/* What tests/bench/sync.sh needs: bundles of any size, signed, and programs measured.
 *
 *	sync_bench make FOLDER COUNT BYTES    a bundle of so many files with so many bytes in all, which do not pack
 *	sync_bench sign FOLDER EDITED OUT     both as versions 1 and 2: OUT/1 and OUT/2 (without what is in OUT/1), OUT/root.json
 *	sync_bench run NAME COMMAND...        prints "NAME wall-ms N", "NAME cpu-ms N" and "NAME peak-kB N"
 */
#include "base/array.h"
#include "base/file.h"
#include "content/document.h"
#include "trust/metadata_write.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DAY_S      INT64_C(86400)
#define FILE_LIMIT (64U << 20)

static int fail(const struct err *err)
{
	fprintf(stderr, "sync_bench: %s\n", err->text);
	return 1;
}

/* ---- make */

static bool make_parent(int dir, const char *path, struct err *err)
{
	char folder[METADATA_PATH_MAX];
	int fd;

	snprintf(folder, sizeof(folder), "%s", path);
	if (!strrchr(folder, '/'))
		return true;
	*strrchr(folder, '/') = '\0';
	if (!file_open_dir(dir, folder, true, &fd, err))
		return false;
	close(fd);
	return true;
}

static bool put(int dir, const char *path, const void *bytes, size_t len, struct err *err)
{
	int fd;

	if (!make_parent(dir, path, err))
		return false;
	fd = openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && write(fd, bytes, len) == (ssize_t)len;

	if (fd >= 0)
		close(fd);
	return ok || err_errno(err, "%s", path);
}

/* From a tenth to nineteen tenths of the mean, and always the same. */
static bool put_random(int dir, const char *path, int64_t mean, uint64_t *seed, struct err *err)
{
	size_t len = (size_t)(mean / 10 + (int64_t)(*seed >> 33) % (mean * 18 / 10 + 1));
	char *bytes = malloc(len + 8);
	bool ok;

	if (!bytes)
		return err_memory(err);
	for (size_t i = 0; i < len; i += 8) {
		*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407U;
		memcpy(bytes + i, seed, 8);
	}
	ok = put(dir, path, bytes, len, err);
	free(bytes);
	return ok;
}

static int make(char **args)
{
	static const char topics[] = "{\"topics\":[]}";
	int64_t count = strtoll(args[1], NULL, 10), bytes = strtoll(args[2], NULL, 10);
	uint64_t seed = 1;
	char text[512];
	struct err err;
	int dir;

	snprintf(text, sizeof(text),
		 "{\"format\":%d,\"municipality\":\"Aars\",\"source\":\"da\",\"languages\":[{\"code\":\"da\",\"name\":"
		 "\"Dansk\",\"rtl\":false}],\"topics\":[]}",
		 DOCUMENT_FORMAT);
	bool ok = file_open_dir(AT_FDCWD, args[0], true, &dir, &err) &&
		  put(dir, "bundle.json", text, strlen(text), &err) &&
		  put(dir, "topics/da.json", topics, strlen(topics), &err);

	for (int64_t i = 2; ok && i < count; i++) {
		snprintf(text, sizeof(text), "media/%02d/%d.bin", (int)(i % 100), (int)i);
		ok = put_random(dir, text, bytes / count, &seed, &err);
	}
	return ok ? 0 : fail(&err);
}

/* ---- sign */

struct publication {
	int from, to; /* folders: a bundle, a repository */
	const char *
		before; /* path of the repository of the version before, whose files are not written again; NULL: none */
	struct key *keys[METADATA_ROLE_COUNT];
	struct arena arena;
	struct metadata_targets list;
	char path[METADATA_PATH_MAX]; /* of the folder that is being read, with a final slash */
};

/* Not copied: what is measured is not how fast this disk copies. */
static bool link_file(struct publication *p, const char *path, const char *name, struct err *err)
{
	return make_parent(p->to, name, err) &&
	       (linkat(p->from, path, p->to, name, 0) == 0 || err_errno(err, "%s", name));
}

static bool add_file(struct publication *p, const char *path, struct err *err)
{
	struct metadata_target *target = &p->list.targets[p->list.count];
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path + 1) : 0;
	char hash[SHA256_HEX_MAX], name[METADATA_PATH_MAX + 128], old[2 * METADATA_PATH_MAX];
	struct buf bytes = {0};
	bool ok = file_read(p->from, path, FILE_LIMIT, &bytes, err) && sha256_hex(bytes.data, bytes.len, hash, err);

	if (ok) {
		*target = (struct metadata_target){arena_printf(&p->arena, "%s", path),
						   arena_printf(&p->arena, "%s", hash), (int64_t)bytes.len};
		p->list.count++;
		snprintf(name, sizeof(name), "targets/%.*s%s.%s", folder, path, hash, path + folder);
		snprintf(old, sizeof(old), "%s/%s", p->before ? p->before : "", name);
		ok = (p->before && access(old, F_OK) == 0) || link_file(p, path, name, err);
	}
	buf_finish(&bytes);
	return ok;
}

static bool add_entry(void *context, const char *name, bool is_dir, struct err *err)
{
	struct publication *p = context;
	size_t len = strlen(p->path);
	bool ok;

	if (p->list.count == METADATA_TARGETS_MAX)
		return err_set(err, ERR_LIMIT, "too many files");
	snprintf(p->path + len, sizeof(p->path) - len, "%s%s", name, is_dir ? "/" : "");
	ok = is_dir ? file_list(p->from, p->path, add_entry, p, err) : add_file(p, p->path, err);
	p->path[len] = '\0';
	return ok;
}

/* Signs and writes; how the next file names this one goes into *named. Takes `part`. */
static bool put_signed(struct publication *p, enum metadata_role role, int64_t version, const char *path,
		       struct json *part, struct metadata_file *named, struct err *err)
{
	static const char *const names[] = {"root.json", "timestamp.json", "snapshot.json", "targets.json"};
	struct buf bytes = {0};
	bool ok = metadata_sign(part, &p->keys[role], 1, &bytes, err) &&
		  metadata_describe(names[role], version, &bytes, named, err) &&
		  put(p->to, path, bytes.data, bytes.len, err);

	json_destroy(part);
	buf_finish(&bytes);
	return ok;
}

static bool publish(struct publication *p, int64_t version, struct err *err)
{
	int64_t now = (int64_t)time(NULL);
	struct metadata_file named;
	char targets[64], snapshot[64];
	struct json *part;

	p->list = (struct metadata_targets){.published_utc_s = now - 60};
	p->list.targets = calloc(METADATA_TARGETS_MAX, sizeof(*p->list.targets));
	if (!p->list.targets)
		return err_memory(err);
	snprintf(targets, sizeof(targets), "metadata/%lld.targets.json", (long long)version);
	snprintf(snapshot, sizeof(snapshot), "metadata/%lld.snapshot.json", (long long)version);
	bool ok = file_list(p->from, ".", add_entry, p, err) &&
		  metadata_write_targets(version, now + 9 * DAY_S, &p->list, &part, err) &&
		  put_signed(p, METADATA_TARGETS, version, targets, part, &named, err) &&
		  metadata_write_snapshot(version, now + 9 * DAY_S, &named, &part, err) &&
		  put_signed(p, METADATA_SNAPSHOT, version, snapshot, part, &named, err) &&
		  metadata_write_timestamp(version, now + 9 * DAY_S, &named, &part, err) &&
		  put_signed(p, METADATA_TIMESTAMP, version, "metadata/timestamp.json", part, &named, err);

	free(p->list.targets);
	return ok;
}

static bool make_root(struct publication *p, struct err *err)
{
	char publics[METADATA_ROLE_COUNT][ED25519_PUBLIC_HEX_MAX];
	const char *list[METADATA_ROLE_COUNT];
	struct metadata_write_role roles[METADATA_ROLE_COUNT];
	struct metadata_file named;
	struct json *part;

	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++) {
		if (!key_generate(&p->keys[i], err) || !key_public_hex(p->keys[i], publics[i], err))
			return false;
		list[i] = publics[i];
		roles[i] = (struct metadata_write_role){&list[i], 1, 1};
	}
	return metadata_write_root(1, (int64_t)time(NULL) + 300 * DAY_S, roles, &part, err) &&
	       put_signed(p, METADATA_ROOT, 1, "root.json", part, &named, err);
}

static int sign(char **args)
{
	struct publication p = {0};
	char first[METADATA_PATH_MAX];
	struct err err;
	int out;
	bool ok = file_open_dir(AT_FDCWD, args[2], true, &out, &err);

	p.to = out;
	ok = ok && make_root(&p, &err) && file_open_dir(AT_FDCWD, args[0], false, &p.from, &err) &&
	     file_open_dir(out, "1", true, &p.to, &err) && publish(&p, 1, &err);
	snprintf(first, sizeof(first), "%s/1", args[2]);
	p.before = first;
	ok = ok && file_open_dir(AT_FDCWD, args[1], false, &p.from, &err) &&
	     file_open_dir(out, "2", true, &p.to, &err) && publish(&p, 2, &err);
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		key_destroy(p.keys[i]);
	arena_finish(&p.arena);
	return ok ? 0 : fail(&err);
}

/* ---- run */

static double ms(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static double timeval_ms(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static int run(char **args)
{
	struct timespec begun, ended;
	struct rusage used;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &begun);
	pid_t child = fork();

	if (child == 0) {
		execvp(args[1], args + 1);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
		fprintf(stderr, "sync_bench: %s failed\n", args[0]);
		return 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &ended);
	getrusage(RUSAGE_CHILDREN, &used);
	printf("%s wall-ms %.0f\n", args[0], ms(begun, ended));
	printf("%s cpu-ms %.0f\n", args[0], timeval_ms(used.ru_utime) + timeval_ms(used.ru_stime));
	printf("%s peak-kB %ld\n", args[0], used.ru_maxrss);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int args;
		int (*call)(char **args);
	} commands[] = {{"make", 3, make}, {"sign", 3, sign}, {"run", 2, run}};

	for (size_t i = 0; argc > 1 && i < ARRAY_LEN(commands); i++)
		if (strcmp(argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].args)
			return commands[i].call(argv + 2);
	fputs("usage: see the head of tests/bench/sync_bench.c\n", stderr);
	return 2;
}
