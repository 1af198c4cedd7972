/* sample -- a small folder of content without a fault, written to a temporary folder with one change.
 *
 * sample_create(), sample_check() or the functions under test, sample_remove(). Included once by each test program.
 */
#ifndef TESTS_BUNDLE_SAMPLE_H
#define TESTS_BUNDLE_SAMPLE_H

#include "base/array.h"
#include "base/buf.h"
#include "base/file.h"
#include "bundle/plural.h"
#include "bundle/source.h"
#include "content/words.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SAMPLE_REVISION_COSTS   "4ba0a9e7"
#define SAMPLE_REVISION_START   "eb63cc55"
#define SAMPLE_REVISION_PLACE   "34236c7c"
#define SAMPLE_REVISION_GUIDE   "4bfd369d"
#define SAMPLE_REVISION_PHRASES "f4a2f09a"
#define SAMPLE_REVISION_PATH    "3ea85e05"
#define SAMPLE_REVISION_STORY   "58873d78"
#define SAMPLE_REVISION_NOTICE  "8565ae26"
#define SAMPLE_REVISION_EVENT   "cb174a04"
#define SAMPLE_DAY              "1795651200" /* 2026-11-26 */

#define SAMPLE_FONTS "/usr/share/fonts/truetype/noto/"

static const struct sample_file {
	const char *path, *text;
} sample_files[] = {
	{"fonts/manifest.txt",
	 "Latn " SAMPLE_FONTS "NotoSans-Regular.ttf " SAMPLE_FONTS "NotoSans-Bold.ttf 1 1\n"
	 "Arab " SAMPLE_FONTS "NotoSansArabic-Regular.ttf " SAMPLE_FONTS "NotoSansArabic-Bold.ttf 1 1\n"},
	{"icons/coins.svg", "<svg/>"},
	{"icons/civic.svg", "<svg/>"},
	{"icons/clock.svg", "<svg/>"},
	{"icons/language.svg", "<svg/>"},
	{"content/site.yaml", "format: 1\n"
			      "municipality: Vesthimmerlands Kommune\n"
			      "source: da\n"
			      "languages:\n"
			      "  - {code: da, name: Dansk}\n"
			      "  - {code: en, name: English}\n"
			      "  - {code: ar, name: العربية, direction: rtl}\n"
			      "topics: [daycare]\n"
			      "guides: [ill]\n"
			      "phrases: [doctor]\n"
			      "paths: [new]\n"
			      "stories: [day]\n"},
	{"content/topics/daycare/topic.yaml", "icon: coins\n"
					      "hue: daycare\n"
					      "picture: topic.svg\n"
					      "pages: [costs, start]\n"
					      "title: {da: Dagtilbud, en: Daycare, ar: الحضانة}\n"
					      "summary:\n"
					      "  da: For børn fra 26 uger.\n"
					      "  en: For children from 26 weeks.\n"
					      "  ar: للأطفال من عمر 26 أسبوعاً.\n"},
	{"content/topics/daycare/costs/da.md", "---\n"
					       "title: Hvad koster det?\n"
					       "summary: Se, hvad du skal betale.\n"
					       "icon: coins\n"
					       "aims: [P5, P21]\n"
					       "reviewed: 2026-11-01\n"
					       "valid_to: 2027-11-01\n"
					       "contact: kommunen\n"
					       "related: [daycare/start]\n"
					       "facts:\n"
					       "  - {icon: clock, label: Alder, value: 26 uger til 6 år}\n"
					       "terms:\n"
					       "  - {term: dagpleje, meaning: pasning i et hjem}\n"
					       "---\n"
					       "\n"
					       "En *dagpleje* passer små børn. Læs om [den første\n"
					       "dag](daycare/start).\n"
					       "\n"
					       "## Sådan gør du\n"
					       "\n"
					       "1. **Ring**\n"
					       "   Ring til 99 66 70 00. Det er gratis.\n"
					       "2. **Vent**\n"
					       "\n"
					       "- Husk dit kort\n"
					       "- Husk **barnets** kort\n"
					       "\n"
					       "> [!urgent]\n"
					       "> **Er der fare?**\n"
					       "> Ring 112.\n"},
	{"content/topics/daycare/costs/en.md",
	 "---\n"
	 "title: What does it cost?\n"
	 "summary: See what you must pay.\n"
	 "translation: checked\n"
	 "made_from: " SAMPLE_REVISION_COSTS "\n"
	 "facts:\n"
	 "  - {label: Age, value: 26 weeks to 6 years}\n"
	 "terms:\n"
	 "  - {term: dagpleje, meaning: care in a home}\n"
	 "---\n"
	 "A *Dagpleje* looks after small children. Read about [the first day](daycare/start).\n"
	 "\n"
	 "## What to do\n"
	 "\n"
	 "1. **Call**\n"
	 "   Call +45 99 66 70 00. It is free.\n"
	 "2. **Wait**\n"
	 "\n"
	 "- Bring your card\n"
	 "- Bring **the child's** card\n"
	 "\n"
	 "> [!urgent]\n"
	 "> **Is there danger?**\n"
	 "> Call 112.\n"},
	{"content/topics/daycare/costs/ar.md", "---\n"
					       "title: كم يكلف ذلك؟\n"
					       "summary: انظر ما يجب أن تدفعه.\n"
					       "translation: unchecked\n"
					       "made_from: " SAMPLE_REVISION_COSTS "\n"
					       "facts:\n"
					       "  - {icon: clock, label: العمر, value: من 26 أسبوعاً إلى 6 سنوات}\n"
					       "terms:\n"
					       "  - {term: dagpleje, meaning: رعاية في بيت}\n"
					       "---\n"
					       "تعتني *dagpleje* بالأطفال. اقرأ عن [اليوم الأول](daycare/start).\n"
					       "\n"
					       "## ماذا تفعل\n"
					       "\n"
					       "1. **اتصل**\n"
					       "   اتصل **بالرقم 99 66 70 00** الآن، أو يوم 2026-11-01.\n"
					       "2. **انتظر**\n"
					       "\n"
					       "- أحضر بطاقتك\n"
					       "- أحضر **بطاقة الطفل**\n"
					       "\n"
					       "> [!urgent]\n"
					       "> **هل هناك خطر؟**\n"
					       "> اتصل 112.\n"},
	{"content/topics/daycare/start/da.md", "---\n"
					       "title: Den første dag\n"
					       "summary: Bliv hos dit barn.\n"
					       "icon: clock\n"
					       "reviewed: 2026-11-01\n"
					       "valid_to: 2027-11-01\n"
					       "---\n"
					       "Tag dig god tid.\n"},
	{"content/topics/daycare/start/en.md", "---\n"
					       "title: The first day\n"
					       "summary: Stay with your child.\n"
					       "translation: checked\n"
					       "made_from: " SAMPLE_REVISION_START "\n"
					       "---\n"
					       "Take your time.\n"},
	{"content/topics/daycare/start/ar.md", "---\n"
					       "title: اليوم الأول\n"
					       "summary: ابق مع طفلك.\n"
					       "translation: checked\n"
					       "made_from: " SAMPLE_REVISION_START "\n"
					       "---\n"
					       "خذ وقتك.\n"},
	{"content/places/kommunen.yaml", "icon: civic\n"
					 "phone: 99 66 70 00\n"
					 "address: Himmerlandsgade 27, 9600 Aars\n"
					 "web: www.vesthimmerland.dk\n"
					 "email: post@vesthimmerland.dk\n"
					 "danish: Vesthimmerlands Kommune\n"
					 "name: {da: Kommunen, en: The municipality, ar: البلدية}\n"
					 "note: {da: Ring 114., en: Call 114., ar: اتصل 114.}\n"
					 "kind: office\n"
					 "town: Aars\n"
					 "geo: 56.8042,9.5180\n"
					 "activities: [football]\n"
					 "speaks: [da, en]\n"
					 "fritidspas: yes\n"
					 "hours:\n"
					 "  valid_to: 2027-06-30\n"
					 "  monday: 9:00-12:00, 13:00-17:00\n"
					 "  dates: {2026-12-24: closed, 2026-12-28: 10:00-11:00}\n"
					 "made_from: {en: " SAMPLE_REVISION_PLACE ", ar: " SAMPLE_REVISION_PLACE "}\n"
					 "translation: {en: checked}\n"},
	{"content/activities.yaml", "football: {icon: coins, name: {da: Fodbold, en: Football, ar: كرة القدم}}\n"},
	{"content/guides/ill/da.yaml", "icon: civic\n"
				       "aims: [P17]\n"
				       "reviewed: 2026-11-01\n"
				       "valid_to: 2027-11-01\n"
				       "title: Er du syg?\n"
				       "summary: Vælg et svar.\n"
				       "emergency: yes\n"
				       "questions:\n"
				       "  now:\n"
				       "    title: Hvad sker der?\n"
				       "    answers:\n"
				       "      danger: {icon: clock, title: Fare, to: call, danger: yes}\n"
				       "      wait: {icon: clock, title: Ingen fare, to: who}\n"
				       "  who:\n"
				       "    title: Hvem?\n"
				       "    answers:\n"
				       "      child: {icon: clock, title: Barn, to: doctor}\n"
				       "      adult: {icon: clock, title: Voksen, to: doctor}\n"
				       "results:\n"
				       "  call: {icon: clock, title: Ring 112, text: Ring 112 nu., phone: 112}\n"
				       "  doctor:\n"
				       "    icon: clock\n"
				       "    title: Ring til lægen\n"
				       "    text: Ring 99 66 70 00.\n"
				       "    place: kommunen\n"
				       "    page: daycare/start\n"
				       "    phrases: doctor\n"
				       "    steps:\n"
				       "      say: {text: Sig dit navn., say: Jeg hedder}\n"},
	{"content/guides/ill/en.yaml", "translation: checked\n"
				       "made_from: " SAMPLE_REVISION_GUIDE "\n"
				       "title: Are you ill?\n"
				       "summary: Choose an answer.\n"
				       "questions:\n"
				       "  now:\n"
				       "    title: What is happening?\n"
				       "    answers: {danger: {title: Danger}, wait: {title: No danger}}\n"
				       "  who:\n"
				       "    title: Who?\n"
				       "    answers: {child: {title: A child}, adult: {title: An adult}}\n"
				       "results:\n"
				       "  call: {title: Call 112, text: Call 112 now.}\n"
				       "  doctor:\n"
				       "    title: Call the doctor\n"
				       "    text: Call 99 66 70 00.\n"
				       "    steps: {say: {text: Say your name.}}\n"},
	{"content/guides/ill/ar.yaml", "translation: unchecked\n"
				       "made_from: " SAMPLE_REVISION_GUIDE "\n"
				       "title: هل أنت مريض؟\n"
				       "summary: اختر جواباً.\n"
				       "questions:\n"
				       "  now:\n"
				       "    title: ماذا يحدث؟\n"
				       "    answers: {danger: {title: خطر}, wait: {title: لا خطر}}\n"
				       "  who:\n"
				       "    title: من؟\n"
				       "    answers: {child: {title: طفل}, adult: {title: بالغ}}\n"
				       "results:\n"
				       "  call: {title: اتصل 112, text: اتصل 112 الآن.}\n"
				       "  doctor:\n"
				       "    title: اتصل بالطبيب\n"
				       "    text: اتصل 99 66 70 00.\n"
				       "    steps: {say: {text: قل اسمك.}}\n"},
	{"content/phrases/doctor/da.yaml", "icon: civic\n"
					   "reviewed: 2026-11-01\n"
					   "valid_to: 2027-11-01\n"
					   "title: Hos lægen\n"
					   "summary: Vis et kort.\n"
					   "visitor: patient\n"
					   "staff: sekretær\n"
					   "phrases:\n"
					   "  ill:\n"
					   "    icon: clock\n"
					   "    from: visitor\n"
					   "    text: Jeg er syg.\n"
					   "    replies: {come: {text: Kom i dag}, wait: {text: Vent lidt}}\n"
					   "  cpr: {icon: clock, from: staff, text: Hvad er dit CPR-nummer?}\n"},
	{"content/phrases/doctor/en.yaml", "translation: checked\n"
					   "made_from: " SAMPLE_REVISION_PHRASES "\n"
					   "title: At the doctor\n"
					   "summary: Show a card.\n"
					   "visitor: patient\n"
					   "staff: secretary\n"
					   "phrases:\n"
					   "  ill:\n"
					   "    text: I am ill.\n"
					   "    replies: {come: {text: Come today}, wait: {text: Wait a little}}\n"
					   "  cpr: {text: What is your CPR number?}\n"},
	{"content/phrases/doctor/ar.yaml", "translation: unchecked\n"
					   "made_from: " SAMPLE_REVISION_PHRASES "\n"
					   "title: عند الطبيب\n"
					   "summary: أظهر بطاقة.\n"
					   "visitor: مريض\n"
					   "staff: سكرتيرة\n"
					   "phrases:\n"
					   "  ill:\n"
					   "    text: أنا مريض.\n"
					   "    replies: {come: {text: تعال اليوم}, wait: {text: انتظر قليلاً}}\n"
					   "  cpr: {text: ما رقم CPR؟}\n"},
	{"content/paths/new/da.yaml", "icon: civic\n"
				      "picture: topic.svg\n"
				      "reviewed: 2026-11-01\n"
				      "valid_to: 2027-11-01\n"
				      "title: Jeg er ny\n"
				      "summary: Gør sådan.\n"
				      "steps:\n"
				      "  cpr:\n"
				      "    icon: clock\n"
				      "    title: Få et CPR-nummer\n"
				      "    text: Bestil en tid.\n"
				      "    when: Først\n"
				      "    place: kommunen\n"
				      "    bring: pas\n"
				      "    danish: CPR-nummer\n"
				      "    page: daycare/start\n"
				      "  bank: {icon: coins, title: Få en konto, text: Gå i banken., when: Bagefter}\n"
				      "sources: [F1, F20]\n"},
	{"content/paths/new/en.yaml",
	 "translation: checked\n"
	 "made_from: " SAMPLE_REVISION_PATH "\n"
	 "title: I am new\n"
	 "summary: Do this.\n"
	 "steps:\n"
	 "  cpr: {title: Get a CPR number, text: Book a time., when: First, bring: passport}\n"
	 "  bank: {title: Get an account, text: Go to a bank., when: After that}\n"},
	{"content/paths/new/ar.yaml", "translation: unchecked\n"
				      "made_from: " SAMPLE_REVISION_PATH "\n"
				      "title: أنا جديد\n"
				      "summary: افعل هذا.\n"
				      "steps:\n"
				      "  cpr: {title: احصل على رقم, text: احجز موعداً., when: أولاً, bring: جواز}\n"
				      "  bank: {title: افتح حساباً, text: اذهب إلى البنك., when: بعد ذلك}\n"},
	{"content/stories/day/da.yaml", "icon: civic\n"
					"reviewed: 2026-11-01\n"
					"valid_to: 2027-11-01\n"
					"title: En dag\n"
					"summary: Se en dag.\n"
					"parts:\n"
					"  play:\n"
					"    picture: play.svg\n"
					"    shows: Et barn leger.\n"
					"    when: Først\n"
					"    text: Vi leger ude.\n"
					"    words: {sand: {text: sand}}\n"
					"  home: {picture: topic.svg, shows: Et hus., text: Du kommer.}\n"},
	{"content/stories/day/en.yaml", "translation: checked\n"
					"made_from: " SAMPLE_REVISION_STORY "\n"
					"title: A day\n"
					"summary: See a day.\n"
					"parts:\n"
					"  play:\n"
					"    shows: A child plays.\n"
					"    when: First\n"
					"    text: We play outside.\n"
					"    words: {sand: {text: fine sand}}\n"
					"  home: {shows: A house., text: You come.}\n"},
	{"content/stories/day/ar.yaml", "translation: unchecked\n"
					"made_from: " SAMPLE_REVISION_STORY "\n"
					"title: يوم\n"
					"summary: شاهد يوماً.\n"
					"parts:\n"
					"  play:\n"
					"    shows: طفل يلعب.\n"
					"    when: أولاً\n"
					"    text: نلعب في الخارج.\n"
					"    words: {sand: {text: رمل}}\n"
					"  home: {shows: بيت., text: أنت تأتي.}\n"},
	{"content/notices/smoke/da.yaml", "icon: clock\n"
					  "urgency: urgent\n"
					  "from: 2026-11-26 13:10\n"
					  "to: 2026-11-27\n"
					  "sender: Politiet\n"
					  "title: Røg i Aars\n"
					  "text: Bliv inde. Ring 112.\n"
					  "acts: {inside: {icon: coins, text: Gå ind}}\n"
					  "missing: [ar]\n"
					  "example: yes\n"},
	{"content/notices/smoke/en.yaml", "translation: checked\n"
					  "made_from: " SAMPLE_REVISION_NOTICE "\n"
					  "title: Smoke in Aars\n"
					  "text: Stay inside. Call 112.\n"
					  "acts: {inside: {text: Go inside}}\n"},
	{"content/events/cafe.ics", "BEGIN:VCALENDAR\n"
				    "VERSION:2.0\n"
				    "BEGIN:VEVENT\n"
				    "UID:cafe@example.dk\n"
				    "SUMMARY:Sprogcafé\n"
				    "DESCRIPTION:Øv dit dansk\\, og drik kaffe.\n"
				    "DTSTART;TZID=Europe/Copenhagen:20261105T160000\n"
				    "DTEND;TZID=Europe/Copenhagen:20261105T180000\n"
				    "RRULE:FREQ=WEEKLY;COUNT=3\n"
				    "LOCATION:kommunen\n"
				    "CATEGORIES:LANGUAGE,free\n"
				    "URL:https://www.vhbib.dk/\n"
				    "END:VEVENT\n"
				    "END:VCALENDAR\n"},
	{"content/events/cafe/en.yaml", "translation: checked\n"
					"made_from: " SAMPLE_REVISION_EVENT "\n"
					"title: Language café\n"
					"text: Practise your Danish.\n"},
	{"content/events/cafe/ar.yaml", "translation: unchecked\n"
					"made_from: " SAMPLE_REVISION_EVENT "\n"
					"title: مقهى اللغة\n"
					"text: تدرب على الدنماركية.\n"},
	{"content/pictures/texts.yaml", "topic.svg: {da: Et hus., en: A house., ar: بيت.}\n"},
	{"content/sources.yaml", "F1: {sure: high, read: the law, says: \"112 is free\"}\n"
				 "F20: {sure: medium, read: a friend, says: it opens at 9}\n"},
	{"content/pictures/play.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 720\"/>\n"},
	{"content/pictures/topic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1080 340\"/>\n"},
};

/* In a file of the sample `from` (NULL: all of it) becomes `to` (NULL: the file is not there); a path the sample
 * lacks is added. */
struct sample_change {
	const char *path, *from, *to;
};

struct sample {
	char folder[48]; /* temporary; fonts/, icons/ and content/ are in it: it is a share too */
	char content[64];
};

/* The words of one language: each msgid stands for its own translation. */
__attribute__((unused)) static void sample_catalog(const char *lang, struct buf *out)
{
	size_t forms = plural_find(lang)->forms;

	buf_printf(out,
		   "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n",
		   lang);
	buf_printf(out, "\"Content-Transfer-Encoding: 8bit\\n\"\n\"Plural-Forms: nplurals=%zu; plural=0;\\n\"\n",
		   forms);
	for (size_t w = 0; w < WORD_COUNT; w++) {
		const struct word_message *word = &word_messages[w];

		buf_printf(out, "\nmsgid \"%s\"\n", word->msgid);
		if (!word->plural)
			buf_printf(out, "msgstr \"%s\"\n", word->msgid);
		else
			buf_printf(out, "msgid_plural \"%s\"\n", word->plural);
		for (size_t f = 0; word->plural && f < forms; f++)
			buf_printf(out, "msgstr[%zu] \"%s\"\n", f, word->plural);
	}
}

static void sample_write(const struct sample *sample, const char *path, const char *text, size_t len)
{
	char full[256];
	struct err err = {0};
	int dir;

	snprintf(full, sizeof(full), "%s/%s", sample->folder, path);
	char *slash = strrchr(full, '/');
	*slash = '\0';
	if (!file_open_dir(AT_FDCWD, full, true, &dir, &err))
		fail_msg("%s", err.text);
	int fd = openat(dir, slash + 1, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
	close(dir);
}

static bool sample_put(const struct sample *sample, const char *path, const char *text,
		       const struct sample_change *change)
{
	bool hit = change && strcmp(path, change->path) == 0;

	if (!hit) {
		sample_write(sample, path, text, strlen(text));
	} else if (!change->from) {
		if (change->to)
			sample_write(sample, path, change->to, strlen(change->to));
	} else {
		const char *at = strstr(text, change->from);
		struct buf changed = {0};

		if (!at)
			fail_msg("%s does not hold \"%s\"", path, change->from);
		buf_append(&changed, text, (size_t)(at - text));
		buf_append_text(&changed, change->to);
		buf_append_text(&changed, at + strlen(change->from));
		sample_write(sample, path, changed.data, changed.len);
		buf_finish(&changed);
	}
	return hit;
}

__attribute__((unused)) static void sample_create(struct sample *sample, const struct sample_change *change)
{
	static const char *const langs[] = {"da", "en", "ar"};
	bool hit = false;

	setenv("SOURCE_DATE_EPOCH", SAMPLE_DAY, 1);
	strcpy(sample->folder, "/tmp/bundle_test.XXXXXX");
	assert_non_null(mkdtemp(sample->folder));
	snprintf(sample->content, sizeof(sample->content), "%s/content", sample->folder);
	for (size_t i = 0; i < ARRAY_LEN(sample_files); i++)
		hit |= sample_put(sample, sample_files[i].path, sample_files[i].text, change);
	for (size_t i = 0; i < ARRAY_LEN(langs); i++) {
		struct buf catalog = {0};
		char path[32];

		snprintf(path, sizeof(path), "content/ui/%s.po", langs[i]);
		sample_catalog(langs[i], &catalog);
		hit |= sample_put(sample, path, catalog.data, change);
		buf_finish(&catalog);
	}
	if (change && !hit)
		sample_write(sample, change->path, change->to, strlen(change->to));
}

/* Saves one of its files again as editors on Windows do. */
__attribute__((unused)) static void sample_windows(const struct sample *sample, const char *path)
{
	struct buf bytes = {0};
	struct buf out = {0};
	struct err err = {0};
	char full[256];

	snprintf(full, sizeof(full), "%s/%s", sample->folder, path);
	if (!file_read(AT_FDCWD, full, 1000000, &bytes, &err))
		fail_msg("%s", err.text);
	buf_append_text(&out, "\xef\xbb\xbf");
	for (size_t i = 0; i < bytes.len; i++)
		buf_append(&out, bytes.data[i] == '\n' ? "\r\n" : bytes.data + i, bytes.data[i] == '\n' ? 2 : 1);
	sample_write(sample, path, out.data, out.len);
	buf_finish(&bytes);
	buf_finish(&out);
}

__attribute__((unused)) static void sample_remove(struct sample *sample)
{
	struct err err = {0};

	assert_true(file_remove(AT_FDCWD, sample->folder, &err));
}

__attribute__((unused)) static const struct fault *sample_first(const struct faults *faults, enum fault_kind kind)
{
	for (size_t i = 0; i < faults->count; i++)
		if (faults->faults[i].kind == kind)
			return &faults->faults[i];
	fail_msg("nothing of the kind %s is told", fault_kind_name(kind));
	return NULL;
}

/* Reads the sample; what it tells, one line each, errors or warnings alone. The caller frees it. */
__attribute__((unused)) static char *sample_told(const struct sample_change *change, enum fault_kind kind,
						 size_t *count)
{
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct faults some = {0};
	struct err err = {0};
	char *text = NULL;
	size_t len;

	sample_create(&sample, change);
	if (!source_read(sample.content, sample.folder, &source, &faults, &err))
		fail_msg("%s", err.text);
	faults_sort(&faults);
	for (size_t i = 0; i < faults.count; i++) {
		const struct fault *fault = &faults.faults[i];

		/* The sample has translations that nobody checked, so that both are tried. */
		if (fault->kind == kind || (kind == FAULT_WARNING && fault->kind == FAULT_LAG &&
					    !strstr(fault->text, "no person has checked")))
			fault_tell(&some, kind, fault->path, fault->line, "%s", fault->text);
	}
	FILE *out = open_memstream(&text, &len);
	faults_print(&some, "", false, out);
	fclose(out);
	*count = some.count;
	faults_finish(&faults);
	faults_finish(&some);
	source_finish(&source);
	sample_remove(&sample);
	return text;
}

#endif
