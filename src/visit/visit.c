#include "visit/visit.h"

#include <stdio.h>
#include <string.h>

#define SECOND_MS 1000

static int64_t later(int64_t from, int64_t ms)
{
	return ms > 0 && from > INT64_MAX - ms ? INT64_MAX : from + ms;
}

void visit_touch(struct visit *visit, int64_t now_ms)
{
	visit->state = VISIT_HERE;
	visit->touched_ms = now_ms;
	visit->asked_ms = 0;
}

bool visit_tick(struct visit *visit, const struct visit_limits *limits, int64_t now_ms)
{
	switch (visit->state) {
	case VISIT_HERE:
		if (now_ms < later(visit->touched_ms, limits->warn_ms))
			return false;
		visit->state = VISIT_ASKING;
		visit->asked_ms = now_ms; /* not when it was due: the whole countdown is seen, even after a stall */
		return true;
	case VISIT_ASKING:
		if (now_ms < later(visit->asked_ms, limits->wipe_ms))
			return false;
		visit_wipe(visit);
		return true;
	case VISIT_AWAY:
		break;
	}
	return false;
}

int visit_seconds_left(const struct visit *visit, const struct visit_limits *limits, int64_t now_ms)
{
	int64_t end_ms = later(visit->asked_ms, limits->wipe_ms);
	if (visit->state != VISIT_ASKING || now_ms >= end_ms)
		return 0;
	int64_t seconds = (end_ms - now_ms - 1) / SECOND_MS + 1;
	return seconds < INT32_MAX ? (int)seconds : INT32_MAX;
}

int64_t visit_deadline(const struct visit *visit, const struct visit_limits *limits, int64_t now_ms)
{
	if (visit->state == VISIT_HERE)
		return later(visit->touched_ms, limits->warn_ms);
	if (visit->state == VISIT_AWAY)
		return INT64_MAX;
	int left = visit_seconds_left(visit, limits, now_ms);
	int64_t end_ms = later(visit->asked_ms, limits->wipe_ms);
	return left > 1 ? end_ms - (int64_t)(left - 1) * SECOND_MS : end_ms;
}

struct visit_place *visit_here(struct visit *visit)
{
	return visit->depth > 0 ? &visit->places[visit->depth - 1] : NULL;
}

/* Leaves `depth` places and clears the others, so that no trace of them stays behind. */
static void keep(struct visit *visit, size_t depth)
{
	visit->danish = false;
	visit->sheet = 0;
	visit->staff = false;
	visit_forget_pin(visit);
	if (visit->depth > depth)
		memset(&visit->places[depth], 0, (visit->depth - depth) * sizeof(visit->places[0]));
	visit->depth = depth;
}

void visit_go(struct visit *visit, int screen, const char *topic, const char *page)
{
	struct visit_place next = {.screen = screen};
	snprintf(next.topic, sizeof(next.topic), "%s", topic ? topic : "");
	snprintf(next.page, sizeof(next.page), "%s", page ? page : "");

	keep(visit, visit->depth);
	const struct visit_place *here = visit_here(visit);
	if (here && here->screen == screen && strcmp(here->topic, next.topic) == 0 &&
	    strcmp(here->page, next.page) == 0)
		return;
	if (visit->depth == VISIT_HISTORY_MAX) {
		memmove(&visit->places[1], &visit->places[2], (VISIT_HISTORY_MAX - 2) * sizeof(visit->places[0]));
		visit->depth--;
	}
	visit->places[visit->depth++] = next;
}

bool visit_back(struct visit *visit)
{
	if (visit->depth <= 1)
		return false;
	keep(visit, visit->depth - 1);
	return true;
}

void visit_restart(struct visit *visit, int screen)
{
	size_t first = 0;
	while (first < visit->depth && visit->places[first].screen != screen)
		first++;
	if (first < visit->depth) {
		keep(visit, first + 1);
		return;
	}
	keep(visit, 0);
	visit_go(visit, screen, NULL, NULL);
}

void visit_part(struct visit *visit, const char *part)
{
	struct visit_place *here = visit_here(visit);
	if (here)
		snprintf(here->part, sizeof(here->part), "%s", part ? part : "");
}

/* `names` are `count` names of VISIT_PART_MAX bytes each, one after the other. */
static size_t find_name(const char *names, size_t count, const char *name)
{
	size_t at = 0;
	while (at < count && strcmp(names + at * VISIT_PART_MAX, name) != 0)
		at++;
	return at;
}

static void drop_name(char *names, size_t *count, size_t at)
{
	char *name = names + at * VISIT_PART_MAX;
	(*count)--;
	memmove(name, name + VISIT_PART_MAX, (*count - at) * VISIT_PART_MAX);
	memset(names + *count * VISIT_PART_MAX, 0, VISIT_PART_MAX);
}

/* The oldest makes room. */
static void add_name(char *names, size_t *count, size_t max, const char *name)
{
	if (*count == max)
		drop_name(names, count, 0);
	snprintf(names + (*count)++ * VISIT_PART_MAX, VISIT_PART_MAX, "%s", name);
}

void visit_mark(struct visit *visit, const char *step)
{
	size_t at = find_name(visit->done[0], visit->done_count, step);
	if (at < visit->done_count)
		drop_name(visit->done[0], &visit->done_count, at);
	else
		add_name(visit->done[0], &visit->done_count, VISIT_DONE_MAX, step);
}

bool visit_is_done(const struct visit *visit, const char *step)
{
	return find_name(visit->done[0], visit->done_count, step) < visit->done_count;
}

void visit_tell(struct visit *visit, const char *notice)
{
	if (!visit_is_told(visit, notice))
		add_name(visit->told[0], &visit->told_count, VISIT_TOLD_MAX, notice);
}

bool visit_is_told(const struct visit *visit, const char *notice)
{
	return find_name(visit->told[0], visit->told_count, notice) < visit->told_count;
}

void visit_type_pin(struct visit *visit, int digit)
{
	size_t len = strlen(visit->pin);
	if (len + 1 < VISIT_PIN_MAX && digit >= 0 && digit <= 9)
		visit->pin[len] = (char)('0' + digit);
}

void visit_erase_pin(struct visit *visit)
{
	size_t len = strlen(visit->pin);
	if (len > 0)
		visit->pin[len - 1] = '\0';
}

void visit_forget_pin(struct visit *visit)
{
	memset(visit->pin, 0, sizeof(visit->pin));
}

void visit_wipe(struct visit *visit)
{
	memset(visit, 0, sizeof(*visit)); /* bytes between the members too */
}
