#include "replay/deviations.h"

#include "base/file.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_MAX 65536
#define BLANKS    " \t"

static bool rule_named(const char *name, enum rule *rule)
{
	for (*rule = 0; *rule < RULE_COUNT; ++*rule)
		if (strcmp(rule_name(*rule), name) == 0)
			return true;
	return false;
}

static bool read_line(struct deviations *deviations, char *line, unsigned number, struct err *err)
{
	struct deviation one = {.line = number};
	char *rest = NULL, *rule = strtok_r(line, BLANKS, &rest);

	if (!rule || rule[0] == '#')
		return true;
	if (!rule_named(rule, &one.rule))
		return err_set(err, ERR_FORMAT, "line %u: there is no rule \"%s\"", number, rule);
	one.screen = strtok_r(NULL, BLANKS, &rest);
	one.what = strtok_r(NULL, BLANKS, &rest);
	one.reason = rest ? rest + strspn(rest, BLANKS) : NULL;
	if (!one.what || !one.reason || !one.reason[0])
		return err_set(err, ERR_FORMAT, "line %u: a line is \"rule screen what reason\"", number);
	if (deviations->count == DEVIATIONS_MAX)
		return err_set(err, ERR_LIMIT, "line %u: more than %d deviations", number, DEVIATIONS_MAX);
	deviations->all[deviations->count++] = one;
	return true;
}

bool deviations_read(const char *path, struct deviations *out, struct err *err)
{
	struct buf bytes = {0};
	unsigned number = 1;

	*out = (struct deviations){0};
	if (!path)
		return true;
	if (!file_read(AT_FDCWD, path, BYTES_MAX, &bytes, err)) {
		buf_finish(&bytes);
		return false;
	}
	out->text = bytes.data;
	bool ok = true;
	for (char *line = out->text, *end; line && ok; line = end, number++) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		ok = read_line(out, line, number, err) || err_context(err, "%s", path);
	}
	if (!ok)
		deviations_finish(out);
	return ok;
}

void deviations_finish(struct deviations *deviations)
{
	free(deviations->text);
	*deviations = (struct deviations){0};
}

const struct deviation *deviations_allow(struct deviations *deviations, enum rule rule, const char *screen,
					 const char *what)
{
	for (size_t i = 0; i < deviations->count; i++) {
		struct deviation *one = &deviations->all[i];
		if (one->rule == rule && fnmatch(one->screen, screen, 0) == 0 && fnmatch(one->what, what, 0) == 0) {
			one->found++;
			return one;
		}
	}
	return NULL;
}
