/* tools/tokens.c must stop the build when the design and the program do not fit. Run from the repository, like all
 * tests. */
#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char tokens[1 << 20];

static int read_tokens(void **state)
{
	(void)state;
	FILE *in = fopen("assets/tokens.json", "rb");
	if (!in)
		return -1;
	size_t len = fread(tokens, 1, sizeof tokens - 1, in);
	tokens[len] = 0;
	return fclose(in);
}

/* Runs the program on tokens.json with the first `what` after `where` replaced; its exit status, and what it
 * complained. */
static int run(const char *where, const char *what, const char *by, char *said, size_t size)
{
	char path[] = "/tmp/tokens-XXXXXX", command[128];
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *out = fdopen(fd, "wb");
	assert_non_null(out);
	const char *from = strstr(tokens, where);
	assert_non_null(from);
	const char *at = strstr(from, what);
	assert_non_null(at);
	fwrite(tokens, 1, (size_t)(at - tokens), out);
	fputs(by, out);
	fputs(at + strlen(what), out);
	assert_int_equal(fclose(out), 0);
	snprintf(command, sizeof command, "build/tokens %s 2>&1 >%s.h", path, path);
	FILE *program = popen(command, "r");
	assert_non_null(program);
	said[fread(said, 1, size - 1, program)] = 0;
	int status = pclose(program);
	unlink(path);
	snprintf(command, sizeof command, "%s.h", path);
	unlink(command);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const struct {
	const char *where, *what, *by, *says;
} bad[] = {
	{"{", "{", "", "no JSON object"},
	{"{", "{", "[", "no JSON object"},
	{"\"ink2\"", "ink2", "ink3", "colour.base.ink3"},
	{"\"ink2\"", "#3B4A4F", "3B4A4F", "ink2 must be a colour"},
	{"\"ink2\"", "#3B4A4F", "#3B4A4", "ink2 must be a colour"},
	{"\"scrim\"", "0.62", "1.62", "scrim must be a number"},
	{"\"scrim\"", "0.62", "-1", "scrim must be a number"},
	{"\"daycare\"", "\"tint\"", "\"pale\"", "daycare.tint is missing"},
	{"\"accent\"", "\"accent\"", "\"strong\"", "highContrast.accent is missing"},
	{"\"h2\"", "h2", "h9", "type.roles.h9"},
	{"\"h2\"", "\"125\"", "\"130\"", "h2.125 is missing"},
	{"\"h2\"", "[52, 64]", "[52]", "must be [size, line height]"},
	{"\"h2\"", "700", "600", "must be 400 or 700"},
	{"\"stroke\"", "\"40\"", "\"12\"", "must be numbers that grow"},
	{"\"stroke\"", "\"40\"", "\"4o\"", "must be numbers that grow"},
	{"\"cardTopic\"", "[304, 240]", "[304, 240, 1]", "must be a number or two"},
	{"\"space\"", "\"space\"", "\"spaces\"", "\"spaces\" is unknown"},
	{"\"motion\"", "\"motion\"", "\"meta\"", "motion is missing"},
	{"\"size\"", "topBar", "top bar", "letters and digits"},
};

static void what_does_not_fit_is_told(void **state)
{
	(void)state;
	char said[4096];
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int status = run(bad[i].where, bad[i].what, bad[i].by, said, sizeof said);
		if (status != 1 || !strstr(said, bad[i].says))
			fail_msg("case %zu: status %d, \"%s\" instead of \"%s\"", i, status, said, bad[i].says);
	}
}

static void what_fits_is_taken(void **state)
{
	(void)state;
	char said[4096];
	assert_int_equal(run("\"topBar\"", "104", "108", said, sizeof said), 0);
	assert_string_equal(said, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_is_told),
		cmocka_unit_test(what_fits_is_taken),
	};
	return cmocka_run_group_tests(tests, read_tokens, NULL);
}
