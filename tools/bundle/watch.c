#include "bundle/watch.h"

#include <errno.h>
#include <fts.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define CHANGES (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF)

struct watch {
	int fd;
	char *folder;
};

bool watch_open(const char *folder, struct watch **out, struct err *err)
{
	struct watch *watch = calloc(1, sizeof(*watch));

	if (!watch)
		return err_memory(err);
	watch->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	watch->folder = strdup(folder);
	if (watch->fd >= 0 && watch->folder) {
		*out = watch;
		return true;
	}
	if (watch->fd < 0)
		err_errno(err, "the folder cannot be watched");
	else
		err_memory(err);
	watch_close(watch);
	return false;
}

void watch_close(struct watch *watch)
{
	if (!watch)
		return;
	if (watch->fd >= 0)
		close(watch->fd);
	free(watch->folder);
	free(watch);
}

int watch_fd(const struct watch *watch)
{
	return watch->fd;
}

static bool add_folder(const struct watch *watch, const char *path, struct err *err)
{
	/* One that went away a moment ago is told by the folder it was in. */
	return inotify_add_watch(watch->fd, path, CHANGES | IN_ONLYDIR) >= 0 || errno == ENOENT || errno == ENOTDIR ||
	       err_errno(err, "%s: the folder cannot be watched", path);
}

bool watch_again(struct watch *watch, struct err *err)
{
	char *const roots[] = {watch->folder, NULL};
	char events[4096];
	bool ok = true;

	while (read(watch->fd, events, sizeof(events)) > 0)
		;
	if (access(watch->folder, R_OK | X_OK) != 0)
		return err_errno(err, "%s", watch->folder);
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR | FTS_NOSTAT, NULL);
	if (!tree)
		return err_errno(err, "%s", watch->folder);
	for (FTSENT *entry; ok && (entry = fts_read(tree));) {
		if (entry->fts_info != FTS_D)
			continue;
		if (entry->fts_level > FTS_ROOTLEVEL && entry->fts_name[0] == '.')
			fts_set(tree, entry, FTS_SKIP);
		else
			ok = add_folder(watch, entry->fts_accpath, err);
	}
	fts_close(tree);
	return ok;
}
