#include "kiosk/condition.h"

#include "base/array.h"
#include "base/file.h"
#include "base/log.h"
#include "base/standing.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* The version is the time of building, as the packages have it. */
static void tell_version(struct condition *condition)
{
	char utc[CLOCK_UTC_MAX];

	clock_format_utc(clock_sane(0), utc);
	snprintf(condition->version, sizeof condition->version, "%.4s.%.2s.%.2s.%.2s%.2s", utc, utc + 5, utc + 8,
		 utc + 11, utc + 14);
	condition->state.version = condition->version;
}

static void unreadable(struct condition *condition, const char *file, struct err *err)
{
	err_context(err, "%s", file);
	snprintf(condition->unread, sizeof condition->unread, "%s", err->text);
}

/* False, too, when there is no such file; then *json is NULL. */
static bool read_json(struct condition *condition, const struct store *store, const char *file, size_t limit,
		      struct buf *bytes, struct json **json)
{
	struct err err;

	json_destroy(*json);
	*json = NULL;
	if (file_read(store_dir(store), file, limit, bytes, &err) &&
	    json_parse(bytes->data, bytes->len, limit, json, &err))
		return true;
	if (err.code != ERR_MISSING)
		unreadable(condition, file, &err);
	return false;
}

static void read_pass(struct condition *condition, const struct store *store)
{
	struct staff_state *state = &condition->state;
	struct standing_pass pass;
	struct err err;

	if (!read_json(condition, store, STANDING_PASS_FILE, STANDING_PASS_BYTES_MAX, &condition->seen,
		       &condition->pass))
		return;
	if (!standing_pass_read(condition->pass, &pass, &err)) {
		unreadable(condition, STANDING_PASS_FILE, &err);
		return;
	}
	state->sentence = pass.sentence;
	state->passed_well = strcmp(pass.result, "new") == 0 || strcmp(pass.result, "same") == 0;
	state->mirror = pass.mirror;
	state->clock_behind_s = pass.clock_behind_s;
	clock_parse_utc(pass.time, &state->passed_utc_s);
	clock_parse_utc(pass.last_good, &state->good_utc_s);
}

static void read_firmware(struct condition *condition, const struct store *store)
{
	static const struct {
		const char *name;
		enum staff_slot slot;
	} slots[] = {{"new", STAFF_SLOT_NEW}, {"good", STAFF_SLOT_GOOD}, {"bad", STAFF_SLOT_BAD}};
	struct staff_state *state = &condition->state;
	struct standing_firmware firmware;
	struct buf bytes = {0};
	struct err err;

	bool there = read_json(condition, store, STANDING_FIRMWARE_FILE, STANDING_FIRMWARE_BYTES, &bytes,
			       &condition->firmware);
	buf_finish(&bytes);
	if (!there)
		return;
	if (!standing_firmware_read(condition->firmware, &firmware, &err)) {
		unreadable(condition, STANDING_FIRMWARE_FILE, &err);
		return;
	}
	state->running = firmware.running;
	state->slot = firmware.slot;
	state->other = firmware.other;
	state->update = firmware.update;
	for (size_t i = 0; firmware.other && firmware.other_state && i < ARRAY_LEN(slots); i++)
		if (strcmp(slots[i].name, firmware.other_state) == 0)
			state->other_state = slots[i].slot;
}

static void read_disk(struct condition *condition, const struct store *store)
{
	struct statvfs disk;

	if (fstatvfs(store_dir(store), &disk) != 0)
		return;
	condition->state.free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
	condition->state.all_bytes = (int64_t)disk.f_blocks * (int64_t)disk.f_frsize;
}

static bool same_bytes(const struct buf *a, const struct buf *b)
{
	return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static enum staff_fetch look_after_wish(struct condition *condition, int64_t now_ms)
{
	if (!condition->folder)
		return STAFF_FETCH_NONE;
	if (condition->asked_ms > 0 && !same_bytes(&condition->seen, &condition->asked))
		condition->asked_ms = 0;
	if (condition->asked_ms > 0 && now_ms - condition->asked_ms >= CONDITION_WAIT_MS) {
		condition->asked_ms = 0;
		condition->failed = true;
	}
	if (condition->asked_ms > 0)
		return STAFF_FETCH_ASKED;
	return condition->failed ? STAFF_FETCH_FAILED : STAFF_FETCH_READY;
}

const struct staff_state *condition_look(struct condition *condition, const struct condition_store *from,
					 struct clock now)
{
	const struct store *store = from->store;
	struct staff_state *state = &condition->state;

	*state = (struct staff_state){.generation = from->generation > 0 ? from->generation : 0,
				      .empty = from->empty[0] ? from->empty : NULL};
	condition->unread[0] = '\0';
	tell_version(condition);
	if (store) {
		read_pass(condition, store);
		read_firmware(condition, store);
		read_disk(condition, store);
	}
	state->unread = condition->unread[0] ? condition->unread : NULL;
	state->fetch = look_after_wish(condition, now.mono_ms);
	return state;
}

/* Never through a link; what lies there already asks, too. */
static bool make_file(const char *folder, struct err *err)
{
	int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = dir < 0 ? -1
			 : openat(dir, CONDITION_FILE, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
	bool ok = fd >= 0 || err_errno(err, "%s/" CONDITION_FILE " cannot be made", folder);

	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	return ok;
}

void condition_fetch(struct condition *condition, struct clock now)
{
	struct err err;

	if (!condition->folder)
		return;
	buf_clear(&condition->asked);
	bool ok = condition->seen.len == 0 ||
		  buf_append(&condition->asked, condition->seen.data, condition->seen.len) || err_memory(&err);
	condition->failed = !ok || !make_file(condition->folder, &err);
	condition->asked_ms = condition->failed ? 0 : now.mono_ms;
	if (condition->failed)
		log_error("%s", err.text);
	else
		log_info("staff ask for content");
}

void condition_finish(struct condition *condition)
{
	json_destroy(condition->pass);
	json_destroy(condition->firmware);
	buf_finish(&condition->seen);
	buf_finish(&condition->asked);
}
