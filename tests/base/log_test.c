#include "base/log.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int real_stderr;
static FILE *file;

static int redirect(void **state)
{
	(void)state;
	real_stderr = dup(STDERR_FILENO);
	file = tmpfile();
	log_name("vejviser-test");
	unsetenv("JOURNAL_STREAM");
	return file && real_stderr >= 0 && dup2(fileno(file), STDERR_FILENO) >= 0 ? 0 : -1;
}

static int restore(void **state)
{
	(void)state;
	fclose(file);
	return dup2(real_stderr, STDERR_FILENO) >= 0 && close(real_stderr) == 0 ? 0 : -1;
}

static void assert_logged(const char *expected)
{
	char text[8192];
	ssize_t len = pread(fileno(file), text, sizeof(text) - 1, 0);

	assert_true(len >= 0);
	text[len] = '\0';
	assert_string_equal(text, expected);
}

static void set_journal(intmax_t inode_offset)
{
	struct stat is;
	char name[64];

	assert_int_equal(fstat(STDERR_FILENO, &is), 0);
	snprintf(name, sizeof(name), "%ju:%jd", (uintmax_t)is.st_dev, (intmax_t)is.st_ino + inode_offset);
	setenv("JOURNAL_STREAM", name, 1);
}

static void test_on_a_terminal(void **state)
{
	(void)state;
	log_info("%d hits", 3);
	log_warn("careful");
	log_error("a\nb\n");
	assert_logged("vejviser-test: 3 hits\nvejviser-test: careful\nvejviser-test: a\nvejviser-test: b\n");
}

static void test_in_the_journal(void **state)
{
	(void)state;
	set_journal(0);
	log_info("%d hits", 3);
	log_warn("careful");
	log_error("a\nb");
	assert_logged("<6>3 hits\n<4>careful\n<3>a\n<3>b\n");
}

static void test_journal_of_someone_else(void **state)
{
	(void)state;
	set_journal(1);
	log_info("x");
	setenv("JOURNAL_STREAM", "nonsense", 1);
	log_info("y");
	setenv("JOURNAL_STREAM", "", 1);
	log_info("z");
	assert_logged("vejviser-test: x\nvejviser-test: y\nvejviser-test: z\n");
}

static void test_control_characters(void **state)
{
	(void)state;
	log_info("a\033[2Jb\rc\177");
	assert_logged("vejviser-test: a?[2Jb?c?\n");
}

static void test_long_lines_are_cut_between_characters(void **state)
{
	char text[5001] = "";
	char expected[5100] = "vejviser-test: ";

	(void)state;
	for (size_t i = 0; i < 2500; i++)
		memcpy(text + 2 * i, "\u00e6", 2);
	log_info("-%s", text);
	strncat(expected, "-", 2);
	strncat(expected, text, 2046);
	strcat(expected, "\n");
	assert_logged(expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_on_a_terminal, redirect, restore),
		cmocka_unit_test_setup_teardown(test_in_the_journal, redirect, restore),
		cmocka_unit_test_setup_teardown(test_journal_of_someone_else, redirect, restore),
		cmocka_unit_test_setup_teardown(test_control_characters, redirect, restore),
		cmocka_unit_test_setup_teardown(test_long_lines_are_cut_between_characters, redirect, restore),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
