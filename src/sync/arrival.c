#include "sync/arrival.h"

static void abandon(struct arrival *arrival)
{
	store_part_abandon(arrival->part);
	arrival->part = NULL;
}

bool arrival_begin(void *context, bool keep, int64_t *have, struct err *err)
{
	struct arrival *arrival = context;

	if (!arrival->part &&
	    !store_part_open(arrival->store, arrival->sha256, arrival->len, &arrival->have, &arrival->part, err))
		return false;
	if (!keep && arrival->have > 0) {
		if (!store_part_restart(arrival->part, err)) {
			abandon(arrival);
			return false;
		}
		arrival->have = 0;
	}
	*have = arrival->have;
	return true;
}

bool arrival_write(void *context, const void *bytes, size_t len, struct err *err)
{
	struct arrival *arrival = context;

	if (!store_part_write(arrival->part, bytes, len, err)) {
		abandon(arrival);
		return false;
	}
	arrival->have += (int64_t)len;
	return true;
}

bool arrival_end(void *context, bool whole, struct err *err)
{
	struct arrival *arrival = context;
	struct store_part *part = arrival->part;

	arrival->part = NULL;
	if (whole)
		return store_part_finish(part, err);
	store_part_keep(part);
	return true;
}
