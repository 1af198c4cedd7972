#include "bundle/last_good.h"

#include "base/buf.h"
#include "base/file.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD           "good"
#define FILE_BYTES_MAX ((size_t)64 << 20) /* a sound file; all else is smaller */
#define FOLDERS_MAX    16                 /* in one another */

/* The same entry of two folders. */
struct pair {
	int from, to;
	int level;
};

static bool write_copy(int to, const char *name, const struct buf *bytes, struct err *err)
{
	int fd = openat(to, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0)
		return err_errno(err, "%s", name);
	bool ok = true;
	for (size_t done = 0; ok && done < bytes->len;) {
		ssize_t n = write(fd, bytes->data + done, bytes->len - done);
		ok = n > 0 || err_errno(err, "%s", name);
		done += ok ? (size_t)n : 0;
	}
	close(fd);
	return ok;
}

static bool copy_file(int from, const char *path, int to, struct err *err)
{
	struct buf bytes = {0};
	bool ok = file_read(from, path, FILE_BYTES_MAX, &bytes, err) && write_copy(to, path, &bytes, err);

	buf_finish(&bytes);
	return ok;
}

static bool copy_folder(const struct pair *pair, struct err *err);

static bool copy_entry(void *context, const char *name, bool is_dir, struct err *err)
{
	const struct pair *pair = context;
	struct pair in = {.from = -1, .to = -1, .level = pair->level + 1};
	struct err why = {0};

	if (name[0] == '.')
		return true;
	/* What an editor has just put away, or a link, is as good as not there. */
	if (!is_dir)
		return copy_file(pair->from, name, pair->to, &why) || why.code == ERR_MISSING || why.code == ERR_IO ||
		       (*err = why, false);
	if (in.level > FOLDERS_MAX)
		return err_set(err, ERR_LIMIT, "%s: more than %d folders in one another", name, FOLDERS_MAX);
	if (!file_open_dir(pair->from, name, false, &in.from, &why))
		return why.code == ERR_MISSING || (*err = why, false);
	bool ok = (mkdirat(pair->to, name, 0755) == 0 || err_errno(err, "%s", name)) &&
		  file_open_dir(pair->to, name, false, &in.to, err) && copy_folder(&in, err);
	if (in.to >= 0)
		close(in.to);
	close(in.from);
	return ok;
}

static bool copy_folder(const struct pair *pair, struct err *err)
{
	struct pair copy = *pair;

	return file_list(pair->from, ".", copy_entry, &copy, err);
}

bool last_good_try(int dir, const char *content, struct err *err)
{
	struct pair pair = {.from = -1, .to = -1};
	bool ok = file_open_dir(AT_FDCWD, content, false, &pair.from, err) && file_remove(dir, LAST_GOOD_TRIAL, err) &&
		  (mkdirat(dir, LAST_GOOD_TRIAL, 0755) == 0 || err_errno(err, LAST_GOOD_TRIAL)) &&
		  file_open_dir(dir, LAST_GOOD_TRIAL, false, &pair.to, err) && copy_folder(&pair, err);

	if (pair.from >= 0)
		close(pair.from);
	if (pair.to >= 0)
		close(pair.to);
	return ok;
}

bool last_good_restore(int dir, const char *path, struct err *err)
{
	char good[PATH_MAX], trial[PATH_MAX];
	struct buf bytes = {0};
	struct err why = {0};
	struct stat is;

	if (snprintf(good, sizeof(good), GOOD "/%s", path) >= PATH_MAX ||
	    snprintf(trial, sizeof(trial), LAST_GOOD_TRIAL "/%s", path) >= PATH_MAX)
		return err_set(err, ERR_LIMIT, "%s: the name is too long", path);
	/* A fault of a folder is not mended by taking the folder away. */
	if (fstatat(dir, trial, &is, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(is.st_mode))
		return true;
	bool ok = file_read(dir, good, FILE_BYTES_MAX, &bytes, &why);
	if (ok)
		ok = write_copy(dir, trial, &bytes, &why);
	buf_finish(&bytes);
	if (ok)
		return true;
	if (why.code != ERR_MISSING) {
		*err = why;
		return false;
	}
	return file_remove(dir, trial, err);
}

bool last_good_keep(int dir, struct err *err)
{
	return file_remove(dir, GOOD, err) &&
	       (renameat(dir, LAST_GOOD_TRIAL, dir, GOOD) == 0 || err_errno(err, "%s", GOOD));
}
