#include "bundle/plan.h"

#include "base/array.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

struct plan_step *plan_step(struct plan *plan, enum plan_act act, const char *path, const char *title)
{
	struct plan_step *step = arena_alloc(&plan->arena, sizeof(*step));

	if (plan->count == plan->cap) {
		size_t cap = plan->cap ? plan->cap * 2 : 32;
		struct plan_step **grown = arena_array(&plan->arena, cap, sizeof(struct plan_step *));

		if (!grown)
			return NULL;
		if (plan->count > 0)
			memcpy(grown, plan->steps, plan->count * sizeof(struct plan_step *));
		plan->steps = grown;
		plan->cap = cap;
	}
	if (!step)
		return NULL;
	step->act = act;
	step->path = arena_text(&plan->arena, path, strlen(path));
	step->title = arena_text(&plan->arena, title, strlen(title));
	if (!step->path || !step->title)
		return NULL;
	plan->steps[plan->count++] = step;
	plan->counts[act]++;
	return step;
}

bool plan_say(struct buf *said, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	bool ok = buf_append_text(said, "            ") && buf_vprintf(said, _(format), args) &&
		  buf_append(said, "\n", 1);
	va_end(args);
	return ok;
}

void plan_tell(const struct plan *plan, FILE *out)
{
	static const char *const words[] = {[PLAN_ADD] = N_("added"),
					    [PLAN_CHANGE] = N_("changed"),
					    [PLAN_KEEP] = N_("kept"),
					    [PLAN_GONE] = N_("gone")};
	static_assert(ARRAY_LEN(words) == PLAN_ACT_COUNT, "an act has no word");

	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_step *step = plan->steps[i];

		const char *word = _(words[step->act]);

		fprintf(out, *step->title ? "%-*s %-44s %s\n" : "%-*s %s\n", utf8_width(word, 8), word, step->path,
			step->title);
		if (step->said.len > 0)
			fputs(step->said.data, out);
	}
}

static bool write_step(const struct plan_step *step, int dir, struct err *err)
{
	const char *slash = strrchr(step->path, '/');
	char parent[512];
	int fd;

	if (step->act == PLAN_ADD && faccessat(dir, step->path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(err, ERR_USAGE, "%s is there already; nothing is written over it", step->path);
	if (slash) {
		snprintf(parent, sizeof(parent), "%.*s", (int)(slash - step->path), step->path);
		if (!file_open_dir(dir, parent, true, &fd, err))
			return false;
		close(fd);
	}
	return file_write(dir, step->path, step->bytes.len ? step->bytes.data : "", step->bytes.len, 0644, err);
}

bool plan_write(const struct plan *plan, int dir, bool remove, struct err *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_step *step = plan->steps[i];
		bool written = step->act == PLAN_ADD || step->act == PLAN_CHANGE;

		if (written && !write_step(step, dir, err))
			return false;
		if (step->act == PLAN_GONE && remove && !file_remove(dir, step->path, err))
			return false;
	}
	return true;
}

void plan_finish(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		buf_finish(&plan->steps[i]->bytes);
		buf_finish(&plan->steps[i]->said);
	}
	arena_finish(&plan->arena);
	*plan = (struct plan){0};
}
