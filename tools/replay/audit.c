#include "replay/audit.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/utf8.h"
#include "replay/crew.h"
#include "replay/deviations.h"
#include "replay/rules.h"
#include "replay/visits.h"

#include <stdio.h>
#include <string.h>

#define FINDINGS_MAX 400 /* different ones that are told */
#define WHAT_MAX     120
#define SEPARATOR    '\x1f' /* between the parts of a note */

static const struct form {
	int width, height;
	bool whole; /* contrast and focus are looked at, too */
} forms[] = {{1080, 1920, true}, {1920, 1080, true},  {768, 1366, false},
	     {1366, 768, false}, {2160, 3840, false}, {3840, 2160, false}};

static const char *const sizes[] = {
	[TEXT_100] = "100 %", [TEXT_125] = "125 %", [TEXT_150] = "150 %", [TEXT_200] = "200 %"};
static_assert(ARRAY_LEN(sizes) == TEXT_SIZE_COUNT, "a text size is not looked at");

/* One form, text size, theme and language: all screens on one stage. */
struct look {
	const struct form *form;
	struct terminal_look style;
	size_t language;
};

struct finding {
	enum rule rule;
	const char *screen, *what, *lang, *topic, *page, *how; /* where it was first */
	size_t count;
};

struct audit {
	const struct audit_setup *setup;
	struct content *content; /* of this process */
	struct arena arena;
	struct visits_one *visits;
	size_t visit_count, language_count;
	struct deviations deviations;
	struct finding findings[FINDINGS_MAX];
	size_t finding_count, broken[RULE_COUNT];
};

static size_t themes(const struct audit *audit)
{
	return audit->setup->fit ? 1 : 2;
}

static struct look look_at(const struct audit *audit, size_t thing)
{
	struct look look = {.style = {.calm = true}};
	look.language = thing % audit->language_count;
	thing /= audit->language_count;
	look.style.text_size = (enum text_size)(thing % TEXT_SIZE_COUNT);
	thing /= TEXT_SIZE_COUNT;
	look.style.high_contrast = thing % themes(audit) == 1;
	look.form = &forms[thing / themes(audit)];
	return look;
}

static size_t look_count(const struct audit *audit)
{
	return ARRAY_LEN(forms) * themes(audit) * TEXT_SIZE_COUNT * audit->language_count;
}

/* ---- In a process of the crew: a note is a finding */

struct eye {
	const struct look *look;
	struct visits_one visit;
	struct stage *stage;
	struct crew_pen *pen;
	bool fit;
};

static bool found(void *context, enum rule rule, const char *what, const char *how, struct err *err)
{
	const struct eye *eye = context;
	const struct visits_one *visit = &eye->visit;
	const char *topic = visit->topic ? visit->topic : "", *page = visit->page ? visit->page : "";
	char note[CREW_TEXT_MAX];

	if (eye->fit && rule > RULE_GLYPH)
		return true;
	snprintf(note, sizeof(note), "%d%c%s%c%.*s%c%s%c%s%c%s%c%s; %s%s%s%s%s in %s at %s%s, %dx%d", (int)rule,
		 SEPARATOR, visits_name(visit->screen), SEPARATOR, (int)utf8_cut(what, strlen(what), WHAT_MAX), what,
		 SEPARATOR, visit->lang, SEPARATOR, topic, SEPARATOR, page, SEPARATOR, how, visits_name(visit->screen),
		 *topic ? " " : "", topic, *page ? "/" : "", page, visit->lang, sizes[eye->look->style.text_size],
		 eye->look->style.high_contrast ? ", high contrast" : "", eye->look->form->width,
		 eye->look->form->height);
	return crew_tell(eye->pen, note, err);
}

static bool place(const struct audit *audit, struct eye *eye, bool blind, struct err *err)
{
	struct stage_setup setup = audit->setup->stage;
	struct content *content = NULL;

	setup.width = eye->look->form->width;
	setup.height = eye->look->form->height;
	setup.blind = blind;
	setup.staff = true;
	stage_destroy(eye->stage);
	eye->stage = NULL;
	return supply_content(audit->setup->supply, &content, err) && stage_create(&setup, content, &eye->stage, err);
}

/* Colours do not depend on language, nor focus on anything but the order of things: in the source language and in the
 * first of the other direction. */
static bool look_whole(const struct audit *audit, const struct look *look)
{
	const struct language *languages = content_bundle(audit->content)->languages;
	size_t first = 0;
	while (first < audit->language_count && languages[first].rtl != languages[look->language].rtl)
		first++;
	return look->form->whole && look->language == first && look->style.text_size != TEXT_125;
}

/* Of each screenful; geometry only of the first, which knows all that lies below. */
static bool look_closely(void *context, pixman_image_t *picture, const char *file, struct err *err)
{
	struct eye *eye = context;
	struct rules_report report = {found, eye};
	(void)file;
	return rules_colours(stage_ui(eye->stage), picture, &report, err);
}

static bool look_over(void *context, pixman_image_t *picture, const char *file, struct err *err)
{
	struct eye *eye = context;
	struct rules_report report = {found, eye};
	(void)picture;
	(void)file;
	return rules_geometry(stage_ui(eye->stage), &report, err);
}

/* All screens on a stage of their own: the geometry of each unpainted, else its colours and its focus. */
static bool visit_all(const struct audit *audit, struct eye *eye, bool blind, struct err *err)
{
	const char *lang = content_bundle(audit->content)->languages[eye->look->language].code;

	if (!place(audit, eye, blind, err))
		return false;
	for (size_t i = 0; i < audit->visit_count; i++) {
		if (audit->visits[i].look != LOOK_UPRIGHT || strcmp(audit->visits[i].lang, lang) != 0)
			continue;
		eye->visit = audit->visits[i];
		eye->visit.style = eye->look->style;
		struct rules_report report = {found, eye};
		struct visits_camera camera = {blind ? look_over : look_closely, eye, blind};
		if (!visits_go(&eye->visit, eye->stage, &camera, err) ||
		    (!blind && !rules_focus(eye->stage, &report, err)))
			return false;
	}
	return true;
}

static bool work(void *context, size_t thing, struct crew_pen *pen, struct err *err)
{
	const struct audit *audit = context;
	struct look look = look_at(audit, thing);
	struct eye eye = {.look = &look, .pen = pen, .fit = audit->setup->fit};

	bool ok = visit_all(audit, &eye, true, err) &&
		  (eye.fit || !look_whole(audit, &look) || visit_all(audit, &eye, false, err));
	stage_destroy(eye.stage);
	return ok;
}

/* ---- In the audit itself */

static struct finding *known(struct audit *audit, const struct finding *one)
{
	for (size_t i = 0; i < audit->finding_count; i++) {
		struct finding *other = &audit->findings[i];
		/* What does not fit is a fault of the words, wherever they stand. */
		if (other->rule == one->rule && strcmp(other->what, one->what) == 0 &&
		    (audit->setup->fit ? strcmp(other->lang, one->lang) == 0 : strcmp(other->screen, one->screen) == 0))
			return other;
	}
	return NULL;
}

static bool take_note(void *context, const struct crew_note *note, struct err *err)
{
	struct audit *audit = context;
	struct finding one = {.count = 1};
	const char *parts[7] = {NULL};
	char *text = arena_text(&audit->arena, note->text, strlen(note->text));

	if (!text)
		return err_memory(err);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		parts[i] = text;
		char *end = strchr(text, SEPARATOR);
		text = end ? end + 1 : text + strlen(text);
		if (end)
			*end = '\0';
	}
	one.rule = (enum rule)(parts[0][0] == '1' && parts[0][1] ? 10 + parts[0][1] - '0' : parts[0][0] - '0');
	one.screen = parts[1];
	one.what = parts[2];
	one.lang = parts[3];
	one.topic = parts[4];
	one.page = parts[5];
	one.how = parts[6];
	if (deviations_allow(&audit->deviations, one.rule, one.screen, one.what))
		return true;
	audit->broken[one.rule]++;
	struct finding *before = known(audit, &one);
	if (before)
		before->count++;
	else if (audit->finding_count < FINDINGS_MAX)
		audit->findings[audit->finding_count++] = one;
	return true;
}

static bool tell_rule(const struct audit *audit, enum rule rule)
{
	printf("%s - audit: %s\n", audit->broken[rule] > 0 ? "not ok" : "ok", rule_name(rule));
	for (size_t i = 0; i < audit->finding_count; i++) {
		const struct finding *one = &audit->findings[i];
		if (one->rule == rule)
			printf("#   %s  %s  \"%s\" %s (%zu times)\n", rule_name(rule), one->screen, one->what, one->how,
			       one->count);
	}
	return audit->broken[rule] == 0;
}

static void tell_fit(const struct audit *audit)
{
	for (size_t i = 0; i < audit->finding_count; i++) {
		const struct finding *one = &audit->findings[i];
		printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", rule_name(one->rule), one->screen, one->lang, one->topic,
		       one->page, one->what, one->how);
	}
}

static bool tell(const struct audit *audit, struct err *err)
{
	bool ok = true, needed = true;

	if (audit->setup->fit) {
		tell_fit(audit);
		return true;
	}
	for (enum rule rule = 0; rule < RULE_COUNT; rule++)
		ok = tell_rule(audit, rule) && ok;
	for (size_t i = 0; i < audit->deviations.count; i++)
		needed = needed && audit->deviations.all[i].found > 0;
	printf("%s - audit: every deviation is still needed\n", needed ? "ok" : "not ok");
	for (size_t i = 0; i < audit->deviations.count; i++) {
		const struct deviation *one = &audit->deviations.all[i];
		if (one->found == 0)
			printf("#   line %u: %s %s %s allows nothing any more\n", one->line, rule_name(one->rule),
			       one->screen, one->what);
	}
	return (ok && needed) || err_set(err, ERR_FORMAT, "the screens do not keep to the rules");
}

bool audit_run(const struct audit_setup *setup, struct err *err)
{
	struct audit audit = {.setup = setup};

	bool ok = deviations_read(setup->deviations, &audit.deviations, err) &&
		  supply_content(setup->supply, &audit.content, err);
	if (ok && !audit.content)
		ok = err_set(err, ERR_USAGE, "an audit needs --bundle or --store");
	ok = ok && visits_list(audit.content, &audit.arena, &audit.visits, &audit.visit_count, err);
	if (ok) {
		audit.language_count = content_bundle(audit.content)->language_count;
		struct crew crew = {"audit", "looks", look_count(&audit), work, take_note, &audit};
		ok = crew_run(&crew, err) && tell(&audit, err);
	}
	deviations_finish(&audit.deviations);
	content_close(audit.content);
	arena_finish(&audit.arena);
	return ok;
}
