/* A calendar comes in: C1 to C5 of bundle/import_events.h, hostile calendars, and what is linear. */
#include "bundle/import.h"
#include "bundle/import_events.h"
#include "bundle/upload.h"
#include "sample.h"

#define TODAY 20783 /* 2026-11-26 */

#define CAL(events)  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define SONG         "UID:s@x\r\nSUMMARY:Sang\\, dans\r\n"
#define TALK         "UID:t@x\r\nSUMMARY:Snak\r\nDTSTART;VALUE=DATE:20261203\r\nDTEND;VALUE=DATE:20261204\r\n"
#define WEEKLY \
	"DTSTART;TZID=Europe/Copenhagen:20261202T190000\r\nDTEND;TZID=Europe/Copenhagen:20261202T210000\r\n" \
	"RRULE:FREQ=WEEKLY;COUNT=3\r\n"

static char *run(const struct sample *sample, const char *calendar, bool write, bool remove)
{
	struct buf bytes = {0};
	struct import_events import = {.from = "x.ics", .bytes = &bytes, .list = "town", .today = TODAY};
	struct faults faults = {0};
	struct plan plan = {0};
	struct err err = {0};
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	buf_append_text(&bytes, calendar);
	assert_true(file_open_dir(AT_FDCWD, sample->content, false, &import.dir, &err));
	bool ok = import_events_plan(&import, &faults, &plan, &err);
	if (ok)
		plan_tell(&plan, out);
	if (ok && write && !plan_write(&plan, import.dir, remove, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < faults.count; i++)
		fprintf(out, "%s:%zu: %s\n", faults.faults[i].path, faults.faults[i].line, faults.faults[i].text);
	if (!ok)
		fprintf(out, "%s\n", err.text);
	if (import.over + import.hidden > 0)
		fprintf(out, "%zu over, %zu private\n", import.over, import.hidden);
	fclose(out);
	buf_finish(&bytes);
	plan_finish(&plan);
	faults_finish(&faults);
	close(import.dir);
	return text;
}

static void expect(const struct sample *sample, const char *calendar, bool write, bool remove, const char *told)
{
	char *text = run(sample, calendar, write, remove);

	assert_string_equal(text, told);
	free(text);
}

static char *file_text(const struct sample *sample, const char *path)
{
	struct buf bytes = {0};
	struct err err = {0};
	char full[256];

	snprintf(full, sizeof(full), "%s/content/events/%s", sample->folder, path);
	return file_read(AT_FDCWD, full, 1u << 20, &bytes, &err) ? bytes.data : NULL;
}

static void expect_text(const struct sample *sample, const char *path, const char *part, bool held)
{
	char *text = file_text(sample, path);

	if (!text || (strstr(text, part) != NULL) != held)
		fail_msg("%s %s\n%s", path, held ? "lacks" : "holds", text ? text : "(missing)");
	free(text);
}

static void replace_in(const struct sample *sample, const char *path, const char *from, const char *to)
{
	char *text = file_text(sample, path);
	char *at = strstr(text, from);
	struct buf out = {0};
	char full[64];

	assert_non_null(at);
	buf_append(&out, text, (size_t)(at - text));
	buf_append_text(&out, to);
	buf_append_text(&out, at + strlen(from));
	snprintf(full, sizeof(full), "content/events/%s", path);
	sample_write(sample, full, out.data, out.len);
	buf_finish(&out);
	free(text);
}

#define ADDED_SONG "added    events/sang-dans.ics                         Sang, dans\n"
#define ADDED_TALK "added    events/snak.ics                              Snak\n"
#define CHANGED    "changed  events/sang-dans.ics                         Sang, dans\n"
#define KEPT       "kept     events/sang-dans.ics"

static void test_added(void **state)
{
	static const char calendar[] = CAL(
		EVENT(SONG WEEKLY
		      "DESCRIPTION:Kom og syng\\nmed os.\r\nLOCATION:Vesthimmerlands Kommune\r\n"
		      "CATEGORIES:Musik,CULTURE,FREE\r\nATTENDEE;CN=Anna:mailto:anna@x\r\nURL:https://x.dk/a\r\n"
		      "X-LONG:1234\r\n 5678\r\n"
		      "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Husk\r\nEND:VALARM\r\n")
			EVENT(SONG "RECURRENCE-ID;TZID=Europe/Copenhagen:20261209T190000\r\nSTATUS:CANCELLED\r\n")
				EVENT(TALK) EVENT("UID:old\r\nSUMMARY:Gammel\r\nDTSTART:20200101\r\n")
					EVENT("UID:p\r\nSUMMARY:Hemmelig\r\nCLASS:PRIVATE\r\nDTSTART:20261203\r\n"));
	struct sample sample;
	struct source source;
	struct faults faults = {0};
	struct err err = {0};
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, calendar, false, false, ADDED_SONG ADDED_TALK "1 over, 1 private\n");
	assert_null(file_text(&sample, "snak.ics"));
	expect(&sample, calendar, true, false, ADDED_SONG ADDED_TALK "1 over, 1 private\n");
	char *text = file_text(&sample, "sang-dans.ics");
	assert_string_equal(
		text,
		"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Vejviser//import//EN\nBEGIN:VEVENT\nUID:s@x\n"
		"SUMMARY:Sang\\, dans\nDESCRIPTION:Kom og syng med os.\nLOCATION:kommunen\nCATEGORIES:culture,free\n"
		"URL:https://x.dk/a\nDTSTART;TZID=Europe/Copenhagen:20261202T190000\n"
		"DTEND;TZID=Europe/Copenhagen:20261202T210000\nRRULE:FREQ=WEEKLY;COUNT=3\n"
		"X-VEJVISER-FROM:town SUMMARY=26e82ff0 DESCRIPTION=6af9ac11 LOCATION=e31f049c CATEGORIES=e5d57602 "
		"URL=3713bb81\nEND:VEVENT\nBEGIN:VEVENT\nUID:s@x\n"
		"RECURRENCE-ID;TZID=Europe/Copenhagen:20261209T190000\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n");
	free(text);
	expect(&sample, calendar, true, false, "1 over, 1 private\n"); /* C4 */
	if (!source_read(sample.content, sample.folder, &source, &faults, &err))
		fail_msg("%s", err.text);
	assert_int_equal(faults.errors, 0);
	assert_int_equal(source.timetable.count, 2 + 1);
	source_finish(&source);
	faults_finish(&faults);
	sample_remove(&sample);
}

static void test_updates(void **state)
{
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, CAL(EVENT(SONG WEEKLY "SEQUENCE:1\r\nDTSTAMP:20261101T000000Z\r\nLOCATION:Salen\r\n")), true,
	       false, ADDED_SONG);
	/* Fetched again at another time. */
	expect(&sample, CAL(EVENT(SONG WEEKLY "SEQUENCE:1\r\nDTSTAMP:20261102T000000Z\r\nLOCATION:Salen\r\n")), true,
	       false, "");
	/* Staff correct the place and the kind; the calendar changes its title. */
	replace_in(&sample, "sang-dans.ics", "LOCATION:Salen", "LOCATION:kommunen");
	replace_in(&sample, "sang-dans.ics", "CATEGORIES:other", "CATEGORIES:culture,free");
	expect(&sample, CAL(EVENT("UID:s@x\r\nSUMMARY:Sang\r\n" WEEKLY "SEQUENCE:2\r\nLOCATION:Salen\r\n")), true,
	       false,
	       "changed  events/sang-dans.ics                         Sang\n"
	       "            SUMMARY: \"Sang, dans\" -> \"Sang\"\n");
	expect_text(&sample, "sang-dans.ics", "\nLOCATION:kommunen\nCATEGORIES:culture,free\n", true);
	/* Then the place as well. */
	expect(&sample, CAL(EVENT("UID:s@x\r\nSUMMARY:Sang\r\n" WEEKLY "SEQUENCE:3\r\nLOCATION:Laden\r\n")), true,
	       false,
	       "changed  events/sang-dans.ics                         Sang\n"
	       "            LOCATION: changed by hand to \"kommunen\"; the calendar now says \"Laden\"\n");
	expect_text(&sample, "sang-dans.ics", "\nLOCATION:kommunen\n", true);
	expect(&sample, CAL(EVENT("UID:s@x\r\nSUMMARY:Sang\r\n" WEEKLY "SEQUENCE:3\r\nLOCATION:Laden\r\n")), true,
	       false, "");
	/* C2: an older version */
	expect(&sample, CAL(EVENT(SONG WEEKLY "SEQUENCE:1\r\n")), true, false,
	       KEPT "\n            what the calendar says is older than what is here\n");
	sample_remove(&sample);
}

static void test_cancelled(void **state)
{
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, CAL(EVENT(SONG WEEKLY) EVENT(TALK)), true, false, ADDED_SONG ADDED_TALK);
	/* A message that cancels one date, then one that cancels all. */
	expect(&sample,
	       CAL("METHOD:CANCEL\r\n" EVENT(
		       "UID:s@x\r\nRECURRENCE-ID;TZID=Europe/Copenhagen:20261209T190000\r\nSEQUENCE:1\r\n")),
	       true, false, CHANGED "            other days, times or state\n");
	expect_text(&sample, "sang-dans.ics", "20261209T190000\nSTATUS:CANCELLED\n", true);
	expect_text(&sample, "sang-dans.ics", "RRULE", true);
	expect(&sample, CAL("METHOD:CANCEL\r\n" EVENT("UID:s@x\r\nSEQUENCE:2\r\n")), true, false,
	       "changed  events/sang-dans.ics                         Sang, dans\n"
	       "            other days, times or state\n");
	expect_text(&sample, "sang-dans.ics", "COUNT=3\nSTATUS:CANCELLED\n", true);
	/* In a whole calendar. */
	expect(&sample, CAL(EVENT(SONG WEEKLY "STATUS:CANCELLED\r\n") EVENT(TALK "STATUS:CANCELLED\r\n")), true, false,
	       "changed  events/sang-dans.ics                         Sang, dans\n"
	       "            other days, times or state\n"
	       "changed  events/snak.ics                              Snak\n"
	       "            other days, times or state\n");
	/* Gone; but while something is wrong, nothing is (C3). */
	expect(&sample, CAL(EVENT(TALK)), true, false,
	       "changed  events/snak.ics                              Snak\n            other days, times or state\n"
	       "gone     events/sang-dans.ics                         Sang, dans\n");
	expect(&sample, CAL(EVENT(TALK) EVENT("UID:q\r\nDTSTART:20261203\r\n")), true, true,
	       "x.ics:9: SUMMARY is missing; it is the title\n");
	expect(&sample, CAL(EVENT(TALK)), true, true,
	       "gone     events/sang-dans.ics                         Sang, dans\n");
	assert_null(file_text(&sample, "sang-dans.ics"));
	/* Made private: it must not stay. */
	expect(&sample, CAL(EVENT(TALK "CLASS:CONFIDENTIAL\r\n")), true, true,
	       "gone     events/snak.ics                              Snak\n0 over, 1 private\n");
	sample_remove(&sample);
}

/* C1: staff's own, and those of another calendar. */
static void test_others(void **state)
{
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	expect(&sample, CAL(EVENT("UID:cafe@example.dk\r\nSUMMARY:Sang\r\n" WEEKLY)), true, true,
	       "kept     events/cafe.ics\n"
	       "            it has the same UID and is not from this calendar\n");
	/* Names that are taken: by the day, by a number. */
	expect(&sample,
	       CAL(EVENT("UID:a\r\nSUMMARY:Cafe\r\nDTSTART:20261203\r\n")
			   EVENT("UID:b\r\nSUMMARY:Cafe\r\nDTSTART:20261203\r\n")
				   EVENT("UID:c\r\nSUMMARY:اللغة\r\nDTSTART:20261203\r\n")),
	       true, false,
	       "added    events/cafe-20261203.ics                     Cafe\n"
	       "added    events/cafe-2.ics                            Cafe\n"
	       "added    events/event.ics                             اللغة\n");
	sample_remove(&sample);
}

static const struct {
	const char *calendar, *told;
} rows[] = {
	{"", "x.ics:1: there is no event in it\nthe calendar cannot be read\n"},
	{"\xff",
	 "x.ics:1: this is not UTF-8 (perhaps Windows-1252, \"ANSI\"); save the file as UTF-8\nthe calendar cannot be "
	 "read\n"},
	{"<html>\n", "x.ics:1: this is not iCalendar; a line is NAME:value\nthe calendar cannot be read\n"},
	{"UID:a\n",
	 "x.ics:1: this is not iCalendar; it must begin with BEGIN:VCALENDAR\nthe calendar cannot be read\n"},
	{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n",
	 "x.ics:4: the file ends before its END\nthe calendar cannot be read\n"},
	{"BEGIN:VCALENDAR\nEND:VEVENT\n", "x.ics:2: END without its BEGIN\nthe calendar cannot be read\n"},
	{"BEGIN:VCALENDAR\nBEGIN:VCALENDAR\n",
	 "x.ics:2: components are nested wrongly; allowed: VEVENT in VCALENDAR\nthe calendar cannot be read\n"},
	{CAL(EVENT("SUMMARY:x\r\nDTSTART:20261203\r\n")), "x.ics:3: UID is missing\n"},
	{CAL(EVENT("UID:a\r\nSUMMARY:x\r\nDTSTART:20261303\r\n")),
	 "x.ics:6: DTSTART \"20261303\" is not allowed; allowed: a day such as 20261203, or a time such as "
	 "20261203T160000\n"},
	{CAL(EVENT("UID:a\r\nSUMMARY:x\r\nDTSTART;TZID=\"Mars: (x)\";X=1:20261203T100000\r\n")),
	 "x.ics:6: the time zone \"\"Mars: (x)\"\" is not known; allowed: Europe/Copenhagen\n"},
	{CAL(EVENT("UID:a\r\nSUMMARY:x\r\nDTSTART:20261203T100000Z\r\nRRULE:FREQ=SECONDLY\r\n")),
	 "x.ics:7: RRULE \"FREQ=SECONDLY\" is not allowed; allowed: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY with "
	 "INTERVAL, COUNT, "
	 "UNTIL, BYDAY, BYMONTHDAY, BYMONTH\n"},
	{CAL(EVENT("UID:a\r\nRECURRENCE-ID:20261203T100000Z\r\nDTSTART:20261203T100000Z\r\n")),
	 "x.ics:3: a changed date of an event that is neither in the calendar nor here\n"},
	{CAL(EVENT("UID:a\r\nSUMMARY:x\r\nDTSTART:20261203\r\nRRULE:FREQ=DAILY\r\n")
		     EVENT("UID:a\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261205\r\n")),
	 "x.ics:11: a change of this date and all later ones; allowed: end the series, and begin a new one\n"},
	{CAL(EVENT("UID:a\r\nSUMMARY:\r\nDTSTART:20261203\r\n")), "x.ics:3: SUMMARY is missing; it is the title\n"},
	{CAL(EVENT("UID:a\r\nSUMMARY:\xe2\x80\xae"
		   "x\r\nDTSTART:20261203\r\n")),
	 "x.ics:5: SUMMARY holds the hidden character U+202E; control characters and direction marks are not "
	 "allowed\n"},
	/* Shown, with what was left out told. */
	{CAL(EVENT("UID:a\r\nSUMMARY:x\r\nDTSTART:20261203\r\nDESCRIPTION:<b>x</b>\r\nURL:mailto:a@b\r\n")),
	 "added    events/x.ics                                 x\n"
	 "            DESCRIPTION holds HTML; left out\n            URL is no web address; left out\n"},
	{CAL(EVENT("UID:../../etc\r\nSUMMARY:../../x\r\nDTSTART:20261203\r\n")),
	 "added    events/x.ics                                 ../../x\n"},
	/* Twice: the newest counts. */
	{CAL(EVENT("UID:a\r\nSUMMARY:Ny\r\nSEQUENCE:2\r\nDTSTART:20261203\r\n")
		     EVENT("UID:a\r\nSUMMARY:Gammel\r\nSEQUENCE:1\r\nDTSTART:20261203\r\n")),
	 "added    events/ny.ics                                Ny\n"},
	{CAL("BEGIN:VTIMEZONE\r\nTZID:Europe/"
	     "Copenhagen\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\n"
	     "END:VTIMEZONE\r\nBEGIN:VTODO\r\nUID:z\r\nEND:VTODO\r\n" EVENT(
		     "UID:a\r\nSUMMARY:x\r\nDTSTART:20261203\r\n")),
	 "added    events/x.ics                                 x\n"},
};

static void test_hostile(void **state)
{
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		expect(&sample, rows[i].calendar, false, false, rows[i].told);
	sample_remove(&sample);
}

static void test_long_text(void **state)
{
	struct sample sample;
	struct buf calendar = {0};
	(void)state;

	sample_create(&sample, NULL);
	buf_append_text(&calendar,
			"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:x\nDTSTART:20261203\nDESCRIPTION:Først.");
	for (int i = 0; i < 2000; i++)
		buf_append_text(&calendar, " Så mere\n  og");
	buf_append_text(&calendar, "\nEND:VEVENT\nEND:VCALENDAR\n");
	expect(&sample, calendar.data, true, false,
	       "added    events/x.ics                                 x\n"
	       "            DESCRIPTION has more than 200 letters; cut behind a sentence\n");
	expect_text(&sample, "x.ics", "\nDESCRIPTION:Først.\n", true);
	buf_finish(&calendar);
	sample_remove(&sample);
}

static void test_command(void **state)
{
	static const char *const lines[][2] = {
		{"import events @/x.ics --content @/content", "0"},
		{"import events @/x.ics --content @/content --yes --kind sport", "0"},
		{"import events @/x.ics --content @/content --kind sports", "2"},
		{"import events @/x.ics --content @/content --list A", "2"},
		{"import events @/none.ics --content @/content", "2"},
		{"import events http://localhost/x.ics --list a --content @/content", "2"},
		{"import events https://localhost:1/x.ics --content @/content", "2"},
		{"import events https://localhost:1/secret.ics --list a --content @/content", "2"},
		{"import events @/x.ics --map @/x.ics --content @/content", "2"},
	};
	struct sample sample;
	(void)state;

	sample_create(&sample, NULL);
	sample_write(&sample, "x.ics", CAL(EVENT(TALK)), strlen(CAL(EVENT(TALK))));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct buf text = {0};
		char *argv[16];
		int argc = 0;

		for (const char *c = lines[i][0]; *c; c++)
			if (*c == '@' ? !buf_append_text(&text, sample.folder) : !buf_append(&text, c, 1))
				fail();
		for (char *word = strtok(text.data, " "); word && argc < 15; word = strtok(NULL, " "))
			argv[argc++] = word;
		argv[argc] = NULL;
		assert_int_equal(command_import(argc, argv), atoi(lines[i][1]));
		buf_finish(&text);
	}
	expect_text(&sample, "snak.ics", "CATEGORIES:sport\n", true);
	sample_remove(&sample);
}

/* An address can be a secret: it never stands in a sentence. */
static void test_addresses(void **state)
{
	static const char *const refused[] = {"http://a/x", "ftp://a/x", "https://", "https://user@a/x",
					      "file:///etc/passwd"};
	struct buf out = {0};
	struct err err;
	(void)state;

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		assert_false(upload_fetch(refused[i], NULL, 100, &out, &err));
		assert_int_equal(err.code, ERR_USAGE);
	}
	assert_false(upload_fetch("https://localhost:1/secret?token=secret", NULL, 100, &out, &err));
	assert_int_equal(err.code, ERR_NETWORK);
	assert_null(strstr(err.text, "secret"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_added),   cmocka_unit_test(test_updates),   cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_others),  cmocka_unit_test(test_hostile),   cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_command), cmocka_unit_test(test_addresses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
