#include "screens/pairs.h"

#include <stdint.h>
#include <string.h>

#define MIDDLE_MAX \
	(96u * 96u) /* paragraphs of both between what is the same at the ends, multiplied; more are not searched */

struct side {
	struct parts parts;
	const char *digests; /* NULL: not known */
};

struct match {
	struct side own, danish;
	struct pairs out;
};

static bool cut(const struct page *page, struct arena *arena, struct side *side)
{
	bool ok = parts_cut(page, arena, &side->parts);
	if (ok && page->parts && strlen(page->parts) == side->parts.count * PART_DIGEST)
		side->digests = page->parts;
	return ok;
}

/* The Danish one is what the own one was made from; where that is not known, it is of its kind. */
static bool is_same(const struct match *match, size_t own, size_t danish)
{
	if (match->own.parts.all[own].kind != match->danish.parts.all[danish].kind)
		return false;
	return !match->out.known || memcmp(match->own.digests + own * PART_DIGEST,
					   match->danish.digests + danish * PART_DIGEST, PART_DIGEST) == 0;
}

static void add(struct match *match, const size_t *own, const size_t *danish)
{
	match->out.all[match->out.count++] = (struct pair){.own = own ? &match->own.parts.all[*own] : NULL,
							   .danish = danish ? &match->danish.parts.all[*danish] : NULL,
							   .changed = own && danish && !is_same(match, *own, *danish)};
}

/* What lies between two pairs that are the same: the next of the same kind is what the own one has become. */
static void add_gap(struct match *match, size_t own, size_t own_end, size_t danish, size_t danish_end)
{
	for (; own < own_end; own++) {
		size_t next = danish;
		while (next < danish_end && match->danish.parts.all[next].kind != match->own.parts.all[own].kind)
			next++;
		if (!match->out.known || next == danish_end) {
			add(match, &own, NULL);
			continue;
		}
		for (; danish < next; danish++)
			add(match, NULL, &danish);
		add(match, &own, &danish);
		danish++;
	}
	for (; danish < danish_end; danish++)
		add(match, NULL, &danish);
}

/* Between these ends: the longest common sequence, and the gaps in it. */
static bool add_middle(struct match *match, size_t own, size_t own_end, size_t danish, size_t danish_end,
		       struct arena *arena)
{
	size_t rows = own_end - own, columns = danish_end - danish, wide = columns + 1;
	if (!match->out.known || rows * columns == 0 || rows * columns > MIDDLE_MAX) {
		add_gap(match, own, own_end, danish, danish_end);
		return true;
	}
	uint16_t *longest = arena_array(arena, (rows + 1) * wide, sizeof(*longest)); /* of what follows; zeroed */
	if (!longest)
		return false;
	for (size_t i = rows; i-- > 0;)
		for (size_t j = columns; j-- > 0;) {
			uint16_t down = longest[(i + 1) * wide + j], right = longest[i * wide + j + 1];
			longest[i * wide + j] = is_same(match, own + i, danish + j)
							? (uint16_t)(longest[(i + 1) * wide + j + 1] + 1)
							: (down > right ? down : right);
		}
	size_t i = 0, j = 0, from_i = 0, from_j = 0;
	while (i < rows && j < columns) {
		if (is_same(match, own + i, danish + j)) {
			add_gap(match, own + from_i, own + i, danish + from_j, danish + j);
			add(match, &(size_t){own + i}, &(size_t){danish + j});
			from_i = ++i;
			from_j = ++j;
		} else if (longest[(i + 1) * wide + j] >= longest[i * wide + j + 1]) {
			i++;
		} else {
			j++;
		}
	}
	add_gap(match, own + from_i, own_end, danish + from_j, danish_end);
	return true;
}

bool pairs_make(const struct page *own, const struct page *danish, struct arena *arena, struct pairs *out)
{
	struct match match = {0};
	if (!cut(own, arena, &match.own) || !cut(danish, arena, &match.danish))
		return false;
	size_t left = match.own.parts.count, right = match.danish.parts.count, first = 0;
	match.out = (struct pairs){.all = arena_array(arena, left + right, sizeof(struct pair)),
				   .known = match.own.digests && match.danish.digests};
	if (!match.out.all)
		return false;
	for (; first < left && first < right && is_same(&match, first, first); first++)
		add(&match, &first, &first);
	while (left > first && right > first && is_same(&match, left - 1, right - 1)) {
		left--;
		right--;
	}
	if (!add_middle(&match, first, left, first, right, arena))
		return false;
	for (; left < match.own.parts.count; left++, right++)
		add(&match, &left, &right);
	*out = match.out;
	return true;
}
