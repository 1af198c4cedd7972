/* The generations of a store, and which one is shown. */
#include "store/inside.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NUMBER_MAX      20 /* digits and the final zero */
#define FOLDER_PATH_MAX (sizeof("generations/") + NUMBER_MAX)
#define GENERATION_MAX  (INT64_C(1) << 53)

/* A number in decimal digits, without zeros in front. */
static bool parse_number(const char *text, size_t len, int64_t *number)
{
	int64_t value = 0;

	if (len == 0 || len > 16 || text[0] == '0')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (text[i] - '0');
	}
	if (value > GENERATION_MAX)
		return false;
	*number = value;
	return true;
}

bool store_current(const struct store *store, int64_t *generation, struct err *err)
{
	struct buf text = {0};
	bool ok = file_read(store->dir, "current", 64, &text, err);

	if (ok &&
	    (text.len == 0 || text.data[text.len - 1] != '\n' || !parse_number(text.data, text.len - 1, generation)))
		ok = err_set(err, ERR_CORRUPT, "%s/current: is not the number of a generation", store->path);
	else if (!ok && err->code == ERR_MISSING)
		err_set(err, ERR_MISSING, "%s: there is no content yet", store->path);
	buf_finish(&text);
	return ok;
}

/* The largest number below a bound, and the largest of all; 0 when there is none. */
struct numbers {
	int64_t below, largest_below, largest;
};

static bool note_number(void *context, const char *name, bool is_dir, struct err *err)
{
	struct numbers *numbers = context;
	int64_t number;

	(void)err;
	if (!is_dir || !parse_number(name, strlen(name), &number))
		return true;
	if (number > numbers->largest)
		numbers->largest = number;
	if (number < numbers->below && number > numbers->largest_below)
		numbers->largest_below = number;
	return true;
}

bool store_previous(const struct store *store, int64_t generation, int64_t *previous, struct err *err)
{
	struct numbers numbers = {.below = generation};

	if (!file_list(store->dir, "generations", note_number, &numbers, err))
		return false;
	if (numbers.largest_below == 0)
		return err_set(err, ERR_MISSING, "there is no generation before %lld", (long long)generation);
	*previous = numbers.largest_below;
	return true;
}

static void folder_path(int64_t generation, char path[FOLDER_PATH_MAX])
{
	snprintf(path, FOLDER_PATH_MAX, "generations/%lld", (long long)generation);
}

static bool pass_on(const struct err *why, struct err *err)
{
	*err = *why;
	return false;
}

/* Numbers grow for ever, so that a reader who compares them sees every change. */
bool store_generation_begin(struct store *store, int64_t *generation, struct err *err)
{
	struct numbers numbers = {0};
	char path[FOLDER_PATH_MAX];
	int64_t current = 0;
	struct err why;

	if (!part_settle(store, err) || !store_room(store, 0, err))
		return false;
	if (!store_current(store, &current, &why) && why.code != ERR_MISSING && why.code != ERR_CORRUPT)
		return pass_on(&why, err);
	if (!file_list(store->dir, "generations", note_number, &numbers, err))
		return false;
	*generation = (numbers.largest > current ? numbers.largest : current) + 1;
	folder_path(*generation, path);
	return mkdirat(store->dir, path, 0755) == 0 || err_errno(err, "%s", path);
}

/* S3 and S4: everything is on the disk before `current` names it. */
bool store_generation_publish(struct store *store, int64_t generation, struct err *err)
{
	char text[NUMBER_MAX + 1];
	int n = snprintf(text, sizeof(text), "%lld\n", (long long)generation);

	return store_sync(store, err) && file_write(store->dir, "current", text, (size_t)n, 0644, err);
}

/* A publication that failed at its very last step may already be what `current` names: then it stays, and so it does
 * when that cannot be known. What cannot be removed now goes when the store is opened again. */
void store_generation_abandon(struct store *store, int64_t generation)
{
	char path[FOLDER_PATH_MAX];
	struct err unused;
	int64_t current = 0;

	if (store_current(store, &current, &unused) ? current == generation : unused.code != ERR_MISSING)
		return;
	folder_path(generation, path);
	file_remove(store->dir, path, &unused);
}

struct kept {
	struct store *store;
	int64_t current, previous;
};

static bool remove_other(void *context, const char *name, bool is_dir, struct err *err)
{
	const struct kept *kept = context;
	char path[sizeof("generations/") + 256];
	int64_t number;

	(void)is_dir;
	if (parse_number(name, strlen(name), &number) && (number == kept->current || number == kept->previous))
		return true;
	snprintf(path, sizeof(path), "generations/%s", name);
	return file_remove(kept->store->dir, path, err);
}

bool generation_clear(struct store *store, struct err *err)
{
	struct kept kept = {.store = store};
	struct err why;

	if (!store_current(store, &kept.current, &why)) {
		/* A damaged `current`: any of them may be the one, so none goes. The next one published mends it. */
		if (why.code == ERR_CORRUPT)
			return true;
		if (why.code != ERR_MISSING)
			return pass_on(&why, err);
		kept.current = 0;
	} else if (!store_previous(store, kept.current, &kept.previous, &why) && why.code != ERR_MISSING) {
		return pass_on(&why, err);
	}
	return file_list(store->dir, "generations", remove_other, &kept, err);
}
