#include "replay/script.h"

#include "base/array.h"
#include "base/file.h"
#include "replay/dump.h"
#include "replay/find.h"
#include "replay/finger.h"
#include "replay/line.h"
#include "replay/snapshot.h"

#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 4096

struct script {
	const struct script_setup *setup;
	struct stage *stage;
	bool held;              /* the finger is on the glass */
	struct finger_point at; /* where it is or was last */
};

static bool run_size(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	int width = 0, height = 0;

	(void)count;
	return line_size(words[0].text, &width, &height, err) && stage_resize(script->stage, width, height, err);
}

static bool run_place(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	return stage_place(script->stage, words[0].text, words[1].text, count > 2 ? words[2].text : NULL,
			   count > 3 ? words[3].text : NULL, err);
}

static bool find_pressable(struct script *script, const struct line_word *word, struct finger_point *at,
			   struct err *err)
{
	struct find_wish wish;

	if (!line_wish(word, &wish, err))
		return false;
	const struct ui_item *item = find_target(stage_ui(script->stage), &wish, err);
	if (item)
		*at = finger_middle(item);
	return item != NULL;
}

static bool run_tap(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	return find_pressable(script, &words[0], &script->at, err) && finger_tap(script->stage, script->at, err);
}

static bool run_tap_again(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)words;
	(void)count;
	return finger_tap(script->stage, script->at, err);
}

static bool run_press(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	if (!find_pressable(script, &words[0], &script->at, err))
		return false;
	script->held = true;
	return finger_down(script->stage, script->at, err);
}

static bool run_release(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)words;
	(void)count;
	if (!script->held)
		return err_set(err, ERR_USAGE, "nothing is pressed");
	script->held = false;
	return finger_up(script->stage, script->at, err);
}

static const struct ui_item *expect_item(struct script *script, const struct line_word *word, struct err *err)
{
	struct find_wish wish;

	if (!line_wish(word, &wish, err))
		return NULL;
	const struct ui_item *item = find_item(stage_ui(script->stage), &wish);
	if (!item)
		err_set(err, ERR_MISSING, "%s is not on the screen", word->text);
	return item;
}

static bool run_drag(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	struct finger_point from, by;
	int64_t ms = 0;

	(void)count;
	if (words[0].quoted || words[0].text[0] == '@') {
		const struct ui_item *item = expect_item(script, &words[0], err);
		if (!item)
			return false;
		from = finger_middle(item);
	} else if (!line_point(words[0].text, &from, err)) {
		return false;
	}
	return line_point(words[1].text, &by, err) && line_duration(words[2].text, &ms, err) &&
	       finger_drag(script->stage, from, by.x, by.y, ms, err);
}

static bool run_wheel(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	char *end = NULL;
	float notches = strtof(words[0].text, &end);

	(void)count;
	if (end == words[0].text || *end || !(notches >= -100 && notches <= 100))
		return err_set(err, ERR_FORMAT, "%s: notches are a number from -100 to 100", words[0].text);
	return stage_input(script->stage, (struct input_event){.kind = INPUT_WHEEL, .wheel = notches}, err);
}

static bool run_key(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	static const struct {
		const char *name;
		enum input_key key;
	} keys[] = {
		{"Tab", KEY_NEXT},        {"Shift-Tab", KEY_PREVIOUS},
		{"Left", KEY_PREVIOUS},   {"Right", KEY_NEXT},
		{"Up", KEY_UP},           {"Down", KEY_DOWN},
		{"Home", KEY_START},      {"End", KEY_END},
		{"Enter", KEY_ENTER},     {"Escape", KEY_BACK},
		{"PageUp", KEY_PAGE_UP},  {"PageDown", KEY_PAGE_DOWN},
		{"Backspace", KEY_ERASE},
	};
	const char *name = words[0].text;
	(void)count;
	if (name[0] >= '0' && name[0] <= '9' && !name[1])
		return stage_input(
			script->stage,
			(struct input_event){.kind = INPUT_KEY, .key = (enum input_key)(KEY_DIGIT_0 + (name[0] - '0'))},
			err);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (strcmp(keys[i].name, name) == 0)
			return stage_input(script->stage, (struct input_event){.kind = INPUT_KEY, .key = keys[i].key},
					   err);
	return err_set(err, ERR_FORMAT,
		       "%s is not a key; there are Tab, Shift-Tab, Left, Right, Up, Down, Home, End, "
		       "Enter, Escape, PageUp, PageDown, Backspace and 0 to 9",
		       name);
}

static bool run_wait(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	int64_t ms = 0;

	(void)count;
	return line_duration(words[0].text, &ms, err) && stage_wait(script->stage, ms, NULL, err);
}

static bool run_offer(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	struct content *content = NULL;

	(void)count;
	return supply_bundle(script->setup->supply, words[0].text, &content, err) &&
	       stage_offer(script->stage, content, err);
}

static bool run_offer_with(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	struct content *content = NULL;

	(void)count;
	return supply_amended(script->setup->supply, words[0].text, words[1].text, words[2].text, &content, err) &&
	       stage_offer(script->stage, content, err);
}

static bool run_offer_without(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	struct content *content = NULL;

	(void)count;
	return supply_amended(script->setup->supply, words[0].text, NULL, NULL, &content, err) &&
	       stage_offer(script->stage, content, err);
}

static bool run_heard(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	int64_t utc_s = 0;

	(void)count;
	if (!clock_parse_utc(words[0].text, &utc_s))
		return err_set(err, ERR_FORMAT, "%s is not a time like 2026-11-27T07:00:00Z", words[0].text);
	return stage_heard(script->stage, utc_s, err);
}

static bool run_empty(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)words;
	(void)count;
	stage_destroy(script->stage);
	script->stage = NULL;
	return stage_create(&script->setup->stage, NULL, &script->stage, err);
}

static bool run_staff(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	struct stage_setup setup = script->setup->stage;
	struct content *content = NULL;

	if (count > 0 && strcmp(words[0].text, "empty") != 0)
		return err_set(err, ERR_FORMAT, "%s: only empty can stand there", words[0].text);
	setup.staff = true;
	stage_destroy(script->stage);
	script->stage = NULL;
	return (count > 0 || supply_content(script->setup->supply, &content, err)) &&
	       stage_create(&setup, content, &script->stage, err);
}

static bool run_staff_state(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	const char *facts[LINE_WORDS_MAX];

	for (size_t i = 0; i < count; i++)
		facts[i] = words[i].text;
	return stage_staff(script->stage, facts, count, err);
}

static bool run_remark(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	return stage_remark(script->stage, words[0].text, words[1].text, err);
}

/* Where a file goes; its folder is made. */
static bool make_way(const struct script *script, const char *name, char path[PATH_BYTES], struct err *err)
{
	char folder[PATH_BYTES];
	int fd = -1;

	if (snprintf(path, PATH_BYTES, "%s/%s", script->setup->out, name) >= PATH_BYTES)
		return err_set(err, ERR_LIMIT, "%s: the path is too long", name);
	snprintf(folder, sizeof(folder), "%s", path);
	if (!file_open_dir(AT_FDCWD, dirname(folder), true, &fd, err))
		return false;
	close(fd);
	return true;
}

static bool run_shot(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	char path[PATH_BYTES];

	(void)count;
	const struct script_setup *setup = script->setup;
	return make_way(script, words[0].text, path, err) && snapshot_write(stage_picture(script->stage), path, err) &&
	       stage_check_picture(script->stage, err) &&
	       (!setup->took || setup->took(setup->context, words[0].text, err));
}

static bool run_dump(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	char path[PATH_BYTES];

	(void)count;
	return make_way(script, words[0].text, path, err) && dump_write(stage_ui(script->stage), path, err);
}

static bool run_expect(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	return expect_item(script, &words[0], err) != NULL;
}

static bool run_expect_not(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	struct find_wish wish;

	(void)count;
	if (!line_wish(&words[0], &wish, err))
		return false;
	const struct ui_item *item = find_item(stage_ui(script->stage), &wish);
	return !item ||
	       err_set(err, ERR_USAGE, "%s is on the screen: \"%s\"", words[0].text, item->name ? item->name : "");
}

static bool run_expect_chosen(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	const struct ui_item *item = expect_item(script, &words[0], err);

	(void)count;
	return item && (item->chosen || err_set(err, ERR_USAGE, "%s is not chosen", words[0].text));
}

static bool run_expect_disabled(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	const struct ui_item *item = expect_item(script, &words[0], err);

	(void)count;
	return item && (item->reason || err_set(err, ERR_USAGE, "%s is not disabled", words[0].text));
}

static bool run_expect_left_of(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	const struct ui_item *a = expect_item(script, &words[0], err);
	const struct ui_item *b = a ? expect_item(script, &words[1], err) : NULL;

	(void)count;
	return b && (finger_middle(a).x < finger_middle(b).x ||
		     err_set(err, ERR_USAGE, "%s, with its middle at %d, is not left of %s, at %d", words[0].text,
			     (int)finger_middle(a).x, words[1].text, (int)finger_middle(b).x));
}

static bool expect_same(const char *what, const char *found, const char *expected, struct err *err)
{
	found = found && found[0] ? found : "none";
	return strcmp(found, expected) == 0 ||
	       err_set(err, ERR_USAGE, "expected the %s %s, but it is %s", what, expected, found);
}

static bool run_expect_screen(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	return expect_same("screen", terminal_screen(stage_terminal(script->stage)), words[0].text, err);
}

static bool run_expect_sheet(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	return expect_same("sheet", terminal_sheet(stage_terminal(script->stage)), words[0].text, err);
}

static bool run_expect_visitor(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	static const char *const states[] = {[VISIT_AWAY] = "away", [VISIT_HERE] = "here", [VISIT_ASKING] = "asking"};

	(void)count;
	return expect_same("visitor", states[terminal_visit(stage_terminal(script->stage))->state], words[0].text, err);
}

static bool run_expect_language(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	(void)count;
	return expect_same("language", terminal_visit(stage_terminal(script->stage))->lang, words[0].text, err);
}

static bool run_expect_rest(struct script *script, const struct line_word *words, size_t count, struct err *err)
{
	int64_t ms = 0;
	int frames = 0;

	(void)count;
	if (!line_duration(words[0].text, &ms, err) || !stage_wait(script->stage, ms, &frames, err))
		return false;
	/* However the time lies, so many whole minutes may begin within it. */
	int minutes = (int)((ms + 59999) / 60000);
	return frames <= minutes || err_set(err, ERR_LIMIT, "%d frames in %s at rest; the clock needs %d at most",
					    frames, words[0].text, minutes);
}

static const struct command {
	const char *name, *usage;
	size_t min, max;
	bool (*run)(struct script *script, const struct line_word *words, size_t count, struct err *err);
} commands[] = {
	{"size", "WxH", 1, 1, run_size},
	{"place", "SCREEN LANG [TOPIC [PAGE]]", 2, 4, run_place},
	{"tap", "ITEM", 1, 1, run_tap},
	{"tap-again", "", 0, 0, run_tap_again},
	{"press", "ITEM", 1, 1, run_press},
	{"release", "", 0, 0, run_release},
	{"drag", "ITEM|X,Y DX,DY TIME", 3, 3, run_drag},
	{"wheel", "NOTCHES", 1, 1, run_wheel},
	{"key", "NAME", 1, 1, run_key},
	{"wait", "TIME", 1, 1, run_wait},
	{"offer", "DIR", 1, 1, run_offer},
	{"offer-with", "FILE \"old\" \"new\"", 3, 3, run_offer_with},
	{"offer-without", "FILE", 1, 1, run_offer_without},
	{"heard", "TIME", 1, 1, run_heard},
	{"empty", "", 0, 0, run_empty},
	{"staff", "[empty]", 0, 1, run_staff},
	{"staff-state", "KEY=VALUE...", 0, LINE_WORDS_MAX - 1, run_staff_state},
	{"remark", "\"place\" \"text\"", 2, 2, run_remark},
	{"shot", "FILE.png", 1, 1, run_shot},
	{"dump", "FILE.txt", 1, 1, run_dump},
	{"expect", "ITEM", 1, 1, run_expect},
	{"expect-not", "ITEM", 1, 1, run_expect_not},
	{"expect-chosen", "ITEM", 1, 1, run_expect_chosen},
	{"expect-disabled", "ITEM", 1, 1, run_expect_disabled},
	{"expect-left-of", "ITEM ITEM", 2, 2, run_expect_left_of},
	{"expect-screen", "NAME", 1, 1, run_expect_screen},
	{"expect-sheet", "NAME|none", 1, 1, run_expect_sheet},
	{"expect-visitor", "away|here|asking", 1, 1, run_expect_visitor},
	{"expect-language", "CODE|none", 1, 1, run_expect_language},
	{"expect-rest", "TIME", 1, 1, run_expect_rest},
};

static bool run_line(struct script *script, char *line, struct err *err)
{
	struct line_word words[LINE_WORDS_MAX];
	size_t count = 0;

	if (!line_cut(line, words, &count, err))
		return false;
	if (count == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
		const struct command *command = &commands[i];
		if (strcmp(command->name, words[0].text) != 0)
			continue;
		if (count - 1 < command->min || count - 1 > command->max)
			return err_set(err, ERR_FORMAT, "it is written as: %s %s", command->name, command->usage);
		return command->run(script, words + 1, count - 1, err);
	}
	return err_set(err, ERR_FORMAT, "%s is not a command", words[0].text);
}

static bool run_lines(struct script *script, const char *path, char *text)
{
	struct err err;
	int number = 1;

	for (char *line = text; line; number++) {
		char *end = strchr(line, '\n');
		if (end)
			*end = '\0';
		char *written = strdup(line);
		if (!written || !run_line(script, line, &err)) {
			fprintf(stderr, "%s:%d: %s\n  %s\n", path, number, written ? written : "",
				written ? err.text : "no memory");
			free(written);
			if (script->stage)
				dump_tell(stage_ui(script->stage), stderr);
			return false;
		}
		free(written);
		line = end ? end + 1 : NULL;
	}
	if (stage_check_picture(script->stage, &err))
		return true;
	fprintf(stderr, "%s: at the end, %s\n", path, err.text);
	return false;
}

bool script_run(const struct script_setup *setup, const char *path)
{
	struct script script = {.setup = setup};
	struct buf text = {0};
	struct content *content = NULL;
	struct err err;
	bool ready = file_read(AT_FDCWD, path, SCRIPT_BYTES_MAX, &text, &err) &&
		     ((supply_content(setup->supply, &content, &err) &&
		       stage_create(&setup->stage, content, &script.stage, &err)) ||
		      err_context(&err, "%s", path));

	if (!ready)
		fprintf(stderr, "%s\n", err.text);
	bool ok = ready && (!text.data || run_lines(&script, path, text.data));
	stage_destroy(script.stage);
	buf_finish(&text);
	return ok;
}
