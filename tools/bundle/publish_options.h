/* publish_options -- the command lines of publish, undo, refresh and diff. */
#ifndef BUNDLE_PUBLISH_OPTIONS_H
#define BUNDLE_PUBLISH_OPTIONS_H

#include "bundle/repository.h"

#include <stdbool.h>
#include <stdint.h>

#define OPTIONS_ARGS_MAX 2

struct publish_options {
	const char *args[OPTIONS_ARGS_MAX]; /* what is no option */
	const char *keys, *repo, *share, *to, *login;
	bool yes, all, list;
	int64_t version;    /* 0: not given */
	int64_t time_utc_s; /* 0: not given */
	struct repository_terms terms;
};

/* What a command takes. */
struct publish_usage {
	const char *text;
	const char *letters; /* k keys, r repo, i share, t to, l login, y yes, a check-all, v version, s list, e days,
				m time */
	int args;
};

/* 0: go on. 1: help was shown. 2: wrong use, and told. */
int publish_options_read(int argc, char **argv, const struct publish_usage *usage, struct publish_options *out);

#endif
