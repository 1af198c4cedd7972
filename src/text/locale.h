/* locale -- dates, days and plural forms in every language, by ICU. `lang` is BCP 47. Digits are always 0-9, the calendar is
 * the Gregorian. */
#ifndef TEXT_LOCALE_H
#define TEXT_LOCALE_H

#include "base/clock.h"

#include <stdbool.h>
#include <stddef.h>

/* Index of the plural form for a whole number, among the categories (zero, one, two, few, many, other) that the
 * language has for whole numbers: the order of a PO file's msgstr[n]. 0 when the language is unknown. */
size_t locale_plural(const char *lang, long number);
/* How many such categories the language has, 1-6. */
size_t locale_plural_count(const char *lang);

#define LOCALE_DATE_BYTES 128 /* room for every language */

/* "2 March 2026" in the language, UTF-8, on one line (no-break spaces) and isolated when the language is written right
 * to left. A language ICU does not know gets "2026-03-02". Nothing when `size` is too small. */
void locale_date(const char *lang, struct clock_civil date, char *out, size_t size);

/* The same of a day that needs no year; with spaces that a line may be broken at. */
enum locale_day {
	LOCALE_DAY,           /* "Thursday 12 March" */
	LOCALE_WEEKDAY,       /* "Thursday", as it stands by itself */
	LOCALE_WEEKDAY_SHORT, /* "Thu" */
	LOCALE_DAY_COUNT
};
void locale_day(const char *lang, struct clock_civil date, enum locale_day form, char *out, size_t size);

#define LOCALE_LIST_MAX 24

/* "Monday, Tuesday and Friday"; of more than LOCALE_LIST_MAX items the rest is left out. In a language ICU does not know, with
 * commas. Nothing when `size` is too small. */
void locale_list(const char *lang, const char *const *items, size_t count, char *out, size_t size);

#define LOCALE_LANGUAGE_BYTES 96

/* What a language is called in itself: "dansk", "українська". Its code where ICU does not know. */
void locale_language(const char *lang, char *out, size_t size);

#define LOCALE_SCRIPT_MAX 5  /* bytes of an ISO 15924 code with the final zero */
#define LOCALE_NAME_MAX   80 /* bytes of a language's name with the final zero */

/* The script that the language is written in when the tag does not say ("Arab", "Latn"), its name in itself, and whether
 * it is written from right to left. False: ICU does not know the language; nothing is written. */
bool locale_about(const char *lang, char script[LOCALE_SCRIPT_MAX], char name[LOCALE_NAME_MAX], bool *rtl);

#endif
