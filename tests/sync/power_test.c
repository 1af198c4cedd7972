/* Power: a pass that is killed, and one whose disk forgets what was not synced, at every step (S1-S6 in
 * store/store.h). Whatever is left, the kiosk shows the old content or the new, and the next pass completes. */
#undef _FORTIFY_SOURCE /* which would take the names that cut.h defines */

#include "base/array.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "cut.h"
#include "sound.h"

#define KILLS       300
#define CHOSEN      24 /* random choices for each end */
#define CUT_TWICE   60 /* of the disks left over, how many are cut again while they are mended */
#define SEEN_MAX    16384
#define SEED        20261126u
#define PASS_US_MIN 200

/* ---- cuts */

static struct {
	uint64_t seen[SEEN_MAX]; /* disks that were tried, by their number */
	size_t count, tried, twice;
	unsigned random;
} cuts;

static bool is_new(uint64_t hash)
{
	size_t i = hash % SEEN_MAX;

	while (cuts.seen[i] != 0 && cuts.seen[i] != hash)
		i = (i + 1) % SEEN_MAX;
	if (cuts.seen[i] == hash)
		return false;
	assert_true(++cuts.count < SEEN_MAX / 2);
	cuts.seen[i] = hash;
	return true;
}

/* Makes the store what the cut leaves; false when that has been tried. */
static bool restore(const struct cut_log *log, size_t end, const enum cut_choice *choices)
{
	struct cut_tree *tree = cut_build(log, end, choices);
	bool fresh = is_new(cut_hash(log, tree, 0));

	if (fresh) {
		drop("store");
		cut_put(log, tree, 0, here_fd);
	}
	cut_tree_free(tree);
	return fresh;
}

static enum cut_choice any_choice(const struct cut_op *op)
{
	int choice = rand_r(&cuts.random) % (op->kind == CUT_WRITE ? 4 : 2);

	return (enum cut_choice)choice;
}

/* The pass that mends is cut in its turn. */
static void cut_again(const char *old, const char *new)
{
	static struct cut_log log;
	enum cut_choice choices[CUT_OPS_MAX];

	cut_begin(&log, here_fd, "store");
	run_well();
	cut_end();
	size_t end = log.begin + (size_t)rand_r(&cuts.random) % (log.count - log.begin + 1);
	for (size_t i = 0; i < log.count; i++)
		choices[i] = any_choice(&log.ops[i]);
	if (restore(&log, end, choices)) {
		check_disk(old, new);
		cuts.twice++;
	}
	cut_free(&log);
}

static void try_cut(const struct cut_log *log, size_t end, const enum cut_choice *choices, const char *old,
		    const char *new)
{
	if (!restore(log, end, choices))
		return;
	cuts.tried++;
	check_disk(old, new);
	if (cuts.twice < CUT_TWICE && rand_r(&cuts.random) % 4 == 0)
		cut_again(old, new);
	check_next_pass(new);
}

static void fill(enum cut_choice *choices, size_t count, enum cut_choice choice)
{
	for (size_t i = 0; i < count; i++)
		choices[i] = choice;
}

/* All that is open lost; all kept; each alone the other way; some at random. */
static void try_end(const struct cut_log *log, size_t end, const char *old, const char *new)
{
	static enum cut_choice choices[CUT_OPS_MAX];

	for (enum cut_choice rest = CUT_KEPT; rest <= CUT_LOST; rest++) {
		fill(choices, end, rest);
		try_cut(log, end, choices, old, new);
		for (size_t i = log->begin; i < end; i++) {
			enum cut_choice last = log->ops[i].kind == CUT_WRITE ? CUT_ZEROS : CUT_LOST;

			if (!cut_is_open(log, i, end))
				continue;
			for (choices[i] = CUT_KEPT; choices[i] <= last; choices[i]++)
				try_cut(log, end, choices, old, new);
			choices[i] = rest;
		}
	}
	for (size_t k = 0; k < CHOSEN; k++) {
		for (size_t i = 0; i < end; i++)
			choices[i] = any_choice(&log->ops[i]);
		try_cut(log, end, choices, old, new);
	}
}

/* One pass, cut at every step. */
static void cut_everywhere(const char *what, const char *old, const char *new)
{
	static struct cut_log log;

	memset(&cuts, 0, sizeof(cuts));
	cuts.random = SEED;
	cut_begin(&log, here_fd, "store");
	run_well();
	cut_end();
	for (size_t end = log.begin; end < log.count; end++)
		try_end(&log, end, old, new);
	memset(cuts.seen, 0,
	       sizeof(cuts.seen)); /* what may be left a step before need not do when it says it is done */
	cuts.count = 0;
	try_end(&log, log.count, new, new);
	print_message("# %s: %zu changes, %zu different disks left by a cut, %zu of them cut again\n", what,
		      log.count - log.begin, cuts.tried, cuts.twice);
	assert_true(log.count - log.begin > 20); /* calls that were not seen would not be cut */
	assert_true(cuts.tried > 50);
	cut_free(&log);
}

static void test_cut_first(void **state)
{
	(void)state;
	fresh_case();
	publish_town(1, "Aars");
	cut_everywhere("first pass", NULL, "Aars");
}

/* With a generation before, so that this one collects. */
static void test_cut_update(void **state)
{
	(void)state;
	first_pass();
	publish_town(2, "Farsø");
	run_well();
	publish_town(3, "Løgstør");
	cut_everywhere("update", "Farsø", "Løgstør");
}

/* What is shown is damaged already when the power goes: its previous generation is what remains. */
static void test_cut_mending(void **state)
{
	(void)state;
	first_pass();
	publish_town(2, "Farsø");
	run_well();
	put("store/generations/2/index.db", "?", 1);
	cut_everywhere("mending", "Aars", "Farsø");
}

/* ---- kills */

static void killed_pass(unsigned after_us)
{
	struct pass_report report;
	struct err err;
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		_exit(run_at(NOW, &report, &err) ? 0 : 1);
	usleep(after_us);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status))
		assert_int_equal(status, 0); /* it was faster */
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Real processes, killed at random moments of a pass; every fifth time the next one may complete. */
static void test_kill(void **state)
{
	char old[TEXT] = "Aars", new[TEXT], town[TEXT];
	unsigned random = SEED;
	int changed = 0, kept = 0;
	int64_t version = 1, pass_us = PASS_US_MIN;

	(void)state;
	first_pass();
	for (int i = 0; i < KILLS; i++) {
		snprintf(new, sizeof(new), "By %d", i);
		drop("repo/targets");
		publish_town(++version, new);
		killed_pass((unsigned)(rand_r(&random) % (pass_us + pass_us / 8)));
		check_disk(old, new);
		assert_true(kiosk_shows(town));
		strcmp(town, new) == 0 ? changed++ : kept++;
		if (i % 5 == 0) {
			int64_t begin = now_us();

			check_next_pass(new);
			pass_us = now_us() - begin > PASS_US_MIN ? now_us() - begin : PASS_US_MIN;
			strcpy(town, new);
		}
		strcpy(old, town);
	}
	print_message("# %d kills: %d times the old content was shown, %d times the new\n", KILLS, kept, changed);
	assert_true(changed > 0 && kept > 0);
	publish_town(++version, "Aars");
	check_next_pass("Aars");
}

/* One goes on, and the other leaves at once (ERR_BUSY), or comes when it is done. */
static void test_two_at_once(void **state)
{
	pid_t children[2];
	int busy = 0;

	(void)state;
	first_pass();
	for (int64_t version = 2; version < 22; version++) {
		char new[TEXT];

		snprintf(new, sizeof(new), "By %d", (int)version);
		publish_town(version, new);
		for (size_t i = 0; i < ARRAY_LEN(children); i++) {
			struct pass_report report;
			struct err err;

			children[i] = fork();
			assert_true(children[i] >= 0);
			if (children[i] == 0)
				_exit(run_at(NOW, &report, &err) ? 0 : err.code == ERR_BUSY ? 1 : 2);
		}
		int left = 0;
		for (size_t i = 0; i < ARRAY_LEN(children); i++) {
			int status;

			assert_int_equal(waitpid(children[i], &status, 0), children[i]);
			assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
			left += WEXITSTATUS(status);
		}
		assert_in_range(left, 0, 1);
		busy += left;
		expect_shown(new);
	}
	assert_true(busy > 0);
	check_next_pass("By 21");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_first),   cmocka_unit_test(test_cut_update),
		cmocka_unit_test(test_cut_mending), cmocka_unit_test(test_kill),
		cmocka_unit_test(test_two_at_once),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
