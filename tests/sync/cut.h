/* cut -- a disk that forgets what was not synced, and that fails or fills up where it is told to.
 *
 * The program that includes this (once) defines the C library's own calls that write: open, openat, mkdir, mkdirat,
 * write, pwrite, ftruncate, rename, renameat, unlink, unlinkat, rmdir, fsync, fdatasync and syncfs. So the calls of
 * SQLite are seen too, which --wrap would not do. Each does its work, but for the syncs, which only take note.
 *
 * Recording: between cut_begin() and cut_end() every change below a folder is noted, and which sync made it durable.
 *
 * The model, no kinder than POSIX: after a cut, of each change that was not synced before it, on its own,
 *	- a name that came, went or was replaced (durable by fsync of its folder): there or not. A rename within a
 *	  folder is one change; between folders it is two, so that both names may be there, or none.
 *	- a write (durable by fsync of its file): there; or not; or its first half, and zeros for the rest; or all zeros.
 *	- a change of size: done or not.
 * fsync of a file does not make its name durable, nor fsync of a folder the bytes of its files; syncfs makes everything
 * durable. A folder whose name is lost takes all below with it.
 *
 * cut_restore() builds what is left of a recording, cut after its first `end` changes, by a choice for each change.
 */
#ifndef TESTS_SYNC_CUT_H
#define TESTS_SYNC_CUT_H

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <dirent.h>

#define CUT_OPS_MAX   4096
#define CUT_NODES_MAX 512
#define CUT_NAME_MAX  96
#define CUT_NEVER     SIZE_MAX

enum cut_kind {
	CUT_WRITE, /* bytes at offset */
	CUT_SIZE,  /* offset is the new size */
	CUT_NAME,  /* `name` in the folder is `child`; -1: no more */
	CUT_MOVE,  /* within the folder, from `name` to `to` */
	CUT_SYNC,  /* of node */
	CUT_SYNC_ALL
};

struct cut_op {
	enum cut_kind kind;
	int node; /* that changes */
	int child;
	char name[CUT_NAME_MAX], to[CUT_NAME_MAX];
	off_t offset;
	size_t len;
	char *bytes;
	size_t durable_at; /* the op that synced it; CUT_NEVER: none */
};

struct cut_log {
	struct cut_op ops[CUT_OPS_MAX];
	size_t count;
	dev_t device;
	size_t begin;                /* ops before are what was there at the beginning, all durable */
	ino_t inodes[CUT_NODES_MAX]; /* 0: gone */
	bool is_dir[CUT_NODES_MAX];
	int node_count; /* node 0 is the folder watched */
};

static struct {
	struct cut_log *log; /* NULL: nothing is recorded */
	bool counts;         /* calls are counted, and may fail */
	bool stays;          /* from the nth on */
	int number;          /* errno of the call that fails */
	long nth, calls;
	int64_t room; /* bytes that can still be written; -1: any number */
} cut = {.room = -1};

/* ---- failing */

/* `makes`: a name, which needs room, too. */
static bool cut_fails(bool makes)
{
	if (!cut.counts)
		return false;
	cut.calls++;
	errno = cut.number;
	if (cut.nth > 0 && (cut.calls == cut.nth || (cut.stays && cut.calls > cut.nth)))
		return true;
	errno = ENOSPC;
	return makes && cut.room == 0;
}

/* How many of `len` bytes still go onto the disk. */
static size_t cut_takes(size_t len)
{
	if (!cut.counts || cut.room < 0)
		return len;
	if ((int64_t)len > cut.room)
		len = (size_t)cut.room;
	cut.room -= (int64_t)len;
	return len;
}

/* ---- noting */

static struct cut_op *cut_note(enum cut_kind kind, int node)
{
	struct cut_log *log = cut.log;

	if (log->count == CUT_OPS_MAX)
		abort();
	struct cut_op *op = &log->ops[log->count++];
	*op = (struct cut_op){.kind = kind, .node = node, .durable_at = CUT_NEVER};
	return op;
}

static int cut_find(ino_t inode)
{
	for (int i = 0; cut.log && i < cut.log->node_count; i++)
		if (inode != 0 && cut.log->inodes[i] == inode)
			return i;
	return -1;
}

static int cut_find_fd(int fd)
{
	struct stat is;

	return cut.log && fstat(fd, &is) == 0 && is.st_dev == cut.log->device ? cut_find(is.st_ino) : -1;
}

static int cut_find_path(int dir, const char *path)
{
	struct stat is;

	return cut.log && fstatat(dir, path, &is, AT_SYMLINK_NOFOLLOW) == 0 && is.st_dev == cut.log->device
		       ? cut_find(is.st_ino)
		       : -1;
}

/* The folder that `path` is in, or -1; *name is the last part. */
static int cut_find_parent(int dir, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char parent[4096] = ".";

	*name = slash ? slash + 1 : path;
	if (slash)
		snprintf(parent, sizeof(parent), "%.*s", slash == path ? 1 : (int)(slash - path), path);
	return cut_find_path(dir, parent);
}

static void cut_note_name(int folder, const char *name, int child)
{
	struct cut_op *op = cut_note(CUT_NAME, folder);

	if (strlen(name) >= CUT_NAME_MAX)
		abort();
	strcpy(op->name, name);
	op->child = child;
}

/* A new file or folder; inode numbers are used again. */
static int cut_new_node(ino_t inode, bool is_dir)
{
	int old = cut_find(inode), node = cut.log->node_count++;

	if (node == CUT_NODES_MAX)
		abort();
	if (old >= 0)
		cut.log->inodes[old] = 0;
	cut.log->inodes[node] = inode;
	cut.log->is_dir[node] = is_dir;
	return node;
}

static void cut_note_write(int node, off_t offset, const void *bytes, size_t len)
{
	struct cut_op *op = cut_note(CUT_WRITE, node);

	op->offset = offset;
	op->len = len;
	op->bytes = malloc(len + 1);
	if (!op->bytes)
		abort();
	memcpy(op->bytes, bytes, len);
}

static void cut_note_sync(int node)
{
	struct cut_log *log = cut.log;
	size_t now = log->count;

	cut_note(node < 0 ? CUT_SYNC_ALL : CUT_SYNC, node);
	for (size_t i = 0; i < now; i++)
		if ((node < 0 || log->ops[i].node == node) && log->ops[i].durable_at == CUT_NEVER)
			log->ops[i].durable_at = now;
}

/* ---- the calls */

static int cut_openat(int dir, const char *path, int flags, mode_t mode)
{
	struct stat is;
	const char *name;
	int folder = flags & O_CREAT ? cut_find_parent(dir, path, &name) : -1;
	bool existed = fstatat(dir, path, &is, 0) == 0;

	if ((flags & O_CREAT) && cut_fails(!existed))
		return -1;
	int fd = (int)syscall(SYS_openat, dir, path, flags, mode);
	if (fd < 0 || !cut.log)
		return fd;
	if (folder >= 0 && !existed && fstat(fd, &is) == 0)
		cut_note_name(folder, name, cut_new_node(is.st_ino, false));
	if (existed && (flags & O_TRUNC) && cut_find_fd(fd) >= 0)
		cut_note(CUT_SIZE, cut_find_fd(fd));
	return fd;
}

static mode_t cut_mode(int flags, va_list args)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define CUT_OPEN(call, ...) \
	do { \
		va_list args; \
		va_start(args, flags); \
		mode_t mode = cut_mode(flags, args); \
		va_end(args); \
		return cut_openat(__VA_ARGS__, flags, mode); \
	} while (0)

int open(const char *path, int flags, ...)
{
	CUT_OPEN(open, AT_FDCWD, path);
}

int open64(const char *path, int flags, ...)
{
	CUT_OPEN(open64, AT_FDCWD, path);
}

int openat(int dir, const char *path, int flags, ...)
{
	CUT_OPEN(openat, dir, path);
}

int openat64(int dir, const char *path, int flags, ...)
{
	CUT_OPEN(openat64, dir, path);
}

static ssize_t cut_pwrite(int fd, const void *bytes, size_t len, off_t offset, bool seeks)
{
	int node = cut_find_fd(fd);
	size_t takes = len;
	struct stat is;

	/* Only the disk fails: not the terminal, nor a pipe. */
	if (cut.counts && fstat(fd, &is) == 0 && S_ISREG(is.st_mode)) {
		bool failed = cut_fails(false);

		takes = failed ? len / 2 : cut_takes(len); /* a write that fails has often written something */
		if (takes < len && takes > 0)
			syscall(SYS_pwrite64, fd, bytes, takes, offset);
		if (failed)
			errno = cut.nth > 0 ? cut.number : ENOSPC;
		if (failed || takes == 0)
			return -1;
	}
	ssize_t n = seeks ? syscall(SYS_write, fd, bytes, takes) : syscall(SYS_pwrite64, fd, bytes, takes, offset);
	if (n > 0 && node >= 0)
		cut_note_write(node, offset, bytes, (size_t)n);
	return n;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	return cut_pwrite(fd, bytes, len, lseek(fd, 0, SEEK_CUR), true);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t offset)
{
	return cut_pwrite(fd, bytes, len, offset, false);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t offset)
{
	return cut_pwrite(fd, bytes, len, offset, false);
}

int ftruncate(int fd, off_t size)
{
	int node = cut_find_fd(fd);
	int result = cut_fails(false) ? -1 : (int)syscall(SYS_ftruncate, fd, size);

	if (result == 0 && node >= 0)
		cut_note(CUT_SIZE, node)->offset = size;
	return result;
}

int ftruncate64(int fd, off64_t size)
{
	return ftruncate(fd, size);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	const char *name;
	struct stat is;
	int folder = cut_find_parent(dir, path, &name);
	int result = cut_fails(true) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);

	if (result == 0 && folder >= 0 && fstatat(dir, path, &is, 0) == 0)
		cut_note_name(folder, name, cut_new_node(is.st_ino, true));
	return result;
}

int mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	const char *old, *new;
	int from_folder = cut_find_parent(from_dir, from, &old), to_folder = cut_find_parent(to_dir, to, &new);
	int child = cut_find_path(from_dir, from);
	int result = cut_fails(false) ? -1 : (int)syscall(SYS_renameat, from_dir, from, to_dir, to);

	if (result != 0 || child < 0)
		return result;
	if (from_folder == to_folder) {
		struct cut_op *op = cut_note(CUT_MOVE, from_folder);

		snprintf(op->name, sizeof(op->name), "%s", old);
		snprintf(op->to, sizeof(op->to), "%s", new);
		op->child = child;
		return result;
	}
	cut_note_name(to_folder, new, child);
	cut_note_name(from_folder, old, -1);
	return result;
}

int rename(const char *from, const char *to)
{
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int unlinkat(int dir, const char *path, int flags)
{
	const char *name;
	int folder = cut_find_parent(dir, path, &name);
	int result = cut_fails(false) ? -1 : (int)syscall(SYS_unlinkat, dir, path, flags);

	if (result == 0 && folder >= 0)
		cut_note_name(folder, name, -1);
	return result;
}

int unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int fsync(int fd)
{
	int node = cut_find_fd(fd);

	if (cut_fails(false))
		return -1;
	if (node >= 0)
		cut_note_sync(node);
	return 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int syncfs(int fd)
{
	(void)fd;
	if (cut_fails(false))
		return -1;
	if (cut.log)
		cut_note_sync(-1);
	return 0;
}

/* ---- recording */

static void cut_scan(int dir, int folder)
{
	DIR *entries = fdopendir(dup(dir));
	const struct dirent *entry;
	char bytes[65536];
	struct stat is;

	while (entries && (entry = readdir(entries))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    fstatat(dir, entry->d_name, &is, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		int fd = (int)syscall(SYS_openat, dir, entry->d_name, O_RDONLY);
		int node = cut_new_node(is.st_ino, S_ISDIR(is.st_mode));
		off_t offset = 0;

		cut_note_name(folder, entry->d_name, node);
		if (S_ISDIR(is.st_mode))
			cut_scan(fd, node);
		else
			for (ssize_t n; (n = read(fd, bytes, sizeof(bytes))) > 0; offset += n)
				cut_note_write(node, offset, bytes, (size_t)n);
		close(fd);
	}
	if (entries)
		closedir(entries);
}

/* Watches the folder, whose present content is durable. Only what is below `name` in it counts, which need not be there
 * yet. */
static void cut_begin(struct cut_log *log, int dir, const char *name)
{
	struct stat is;
	int fd = (int)syscall(SYS_openat, dir, name, O_RDONLY);

	memset(log, 0, sizeof(*log));
	cut.log = log;
	if (fstat(dir, &is) != 0)
		abort();
	log->device = is.st_dev;
	cut_new_node(is.st_ino, true);
	if (fd >= 0 && fstat(fd, &is) == 0) {
		int node = cut_new_node(is.st_ino, true);

		cut_note_name(0, name, node);
		cut_scan(fd, node);
		close(fd);
	}
	cut_note_sync(-1);
	log->begin = log->count;
}

static void cut_end(void)
{
	cut.log = NULL;
}

static void cut_free(struct cut_log *log)
{
	for (size_t i = 0; i < log->count; i++)
		free(log->ops[i].bytes);
	log->count = 0;
}

/* ---- what is left */

enum cut_choice {
	CUT_KEPT,
	CUT_LOST,
	CUT_TORN, /* the first half, then zeros; for writes */
	CUT_ZEROS
};

struct cut_name {
	int folder, child;
	char name[CUT_NAME_MAX];
};

/* The disk after a cut. */
struct cut_tree {
	struct {
		char *bytes;
		size_t len;
	} files[CUT_NODES_MAX];
	struct cut_name names[CUT_OPS_MAX];
	size_t name_count;
};

/* True when the cut may take it back. */
static bool cut_is_open(const struct cut_log *log, size_t op, size_t end)
{
	return log->ops[op].kind < CUT_SYNC && log->ops[op].durable_at >= end;
}

static void cut_set_size(struct cut_tree *tree, int node, size_t len)
{
	char *bytes = realloc(tree->files[node].bytes, len + 1);

	if (!bytes)
		abort();
	if (len > tree->files[node].len)
		memset(bytes + tree->files[node].len, 0, len - tree->files[node].len);
	tree->files[node].bytes = bytes;
	tree->files[node].len = len;
}

static void cut_set_name(struct cut_tree *tree, int folder, const char *name, int child)
{
	size_t i = 0;

	while (i < tree->name_count && (tree->names[i].folder != folder || strcmp(tree->names[i].name, name) != 0))
		i++;
	if (i == tree->name_count) {
		tree->names[i].folder = folder;
		strcpy(tree->names[i].name, name);
		tree->name_count++;
	}
	tree->names[i].child = child;
}

static void cut_apply(struct cut_tree *tree, const struct cut_op *op, enum cut_choice choice)
{
	size_t end = (size_t)op->offset + op->len;
	size_t kept = choice == CUT_KEPT ? op->len : choice == CUT_TORN ? op->len / 2 : 0;

	if (choice == CUT_LOST)
		return;
	switch (op->kind) {
	case CUT_WRITE:
		if (end > tree->files[op->node].len)
			cut_set_size(tree, op->node, end);
		memset(tree->files[op->node].bytes + op->offset, 0, op->len);
		memcpy(tree->files[op->node].bytes + op->offset, op->bytes, kept);
		break;
	case CUT_SIZE:
		cut_set_size(tree, op->node, (size_t)op->offset);
		break;
	case CUT_NAME:
		cut_set_name(tree, op->node, op->name, op->child);
		break;
	case CUT_MOVE:
		cut_set_name(tree, op->node, op->name, -1);
		cut_set_name(tree, op->node, op->to, op->child);
		break;
	case CUT_SYNC:
	case CUT_SYNC_ALL:
		break;
	}
}

static uint64_t cut_mix(uint64_t hash, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* A number for what the tree says: names in any order, and only what can be reached. */
static inline uint64_t cut_hash(const struct cut_log *log, const struct cut_tree *tree, int folder)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < tree->name_count; i++) {
		const struct cut_name *name = &tree->names[i];
		uint64_t hash = UINT64_C(0xcbf29ce484222325);

		if (name->folder != folder || name->child < 0)
			continue;
		hash = cut_mix(hash, name->name, strlen(name->name) + 1);
		if (log->is_dir[name->child])
			hash ^= cut_hash(log, tree, name->child);
		else
			hash = cut_mix(hash, tree->files[name->child].bytes, tree->files[name->child].len);
		sum += cut_mix(hash, &hash, sizeof(hash));
	}
	return sum + 1;
}

static void cut_put(const struct cut_log *log, const struct cut_tree *tree, int folder, int dir)
{
	for (size_t i = 0; i < tree->name_count; i++) {
		const struct cut_name *name = &tree->names[i];
		bool is_dir = name->child >= 0 && log->is_dir[name->child];

		if (name->folder != folder || name->child < 0)
			continue;
		if (is_dir && syscall(SYS_mkdirat, dir, name->name, 0755) != 0)
			abort();
		int fd = (int)syscall(SYS_openat, dir, name->name, is_dir ? O_RDONLY : O_CREAT | O_EXCL | O_WRONLY,
				      0644);
		if (is_dir)
			cut_put(log, tree, name->child, fd);
		else if (syscall(SYS_write, fd, tree->files[name->child].bytes, tree->files[name->child].len) !=
			 (long)tree->files[name->child].len)
			abort();
		close(fd);
	}
}

/* Cut after op `end`; choices[i] says what becomes of op i, where the cut may take it back. The caller frees. */
static struct cut_tree *cut_build(const struct cut_log *log, size_t end, const enum cut_choice *choices)
{
	struct cut_tree *tree = calloc(1, sizeof(*tree));

	if (!tree)
		abort();
	for (size_t i = 0; i < end; i++)
		cut_apply(tree, &log->ops[i], cut_is_open(log, i, end) ? choices[i] : CUT_KEPT);
	return tree;
}

static void cut_tree_free(struct cut_tree *tree)
{
	for (int i = 0; i < CUT_NODES_MAX; i++)
		free(tree->files[i].bytes);
	free(tree);
}

#endif
