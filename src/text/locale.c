#include "text/locale.h"

#include "base/array.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define CATEGORIES      6
#define WHOLE_NUMBERS   200 /* what a category must hold one of up to here, to be a form of a PO file */
#define LOCALE_BYTES    64
#define DATE_UNITS      128
#define PATTERN_UNITS   64
#define LIST_UNITS      1024
#define ITEM_UNITS      128
#define MILLIS_IN_A_DAY 86400000.0

#define NO_BREAK_SPACE        0x00A0
#define RIGHT_TO_LEFT_ISOLATE 0x2067
#define POP_ISOLATE           0x2069

/* In a language ICU does not know; left to right wherever it stands. */
#define ISO_DATE "\u2066%04d-%02d-%02d\u2069"

/* CLDR's names, in the order of the forms. */
static const char *const categories[CATEGORIES] = {"zero", "one", "two", "few", "many", "other"};

/* The category of a number, as an index of `categories`. */
static size_t category(const UPluralRules *rules, double number)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar name[16];
	uplrules_select(rules, number, name, 16, &status);
	for (size_t i = 0; U_SUCCESS(status) && i < CATEGORIES; i++) {
		UChar known[16];
		if (u_strcmp(name, u_uastrcpy(known, categories[i])) == 0)
			return i;
	}
	return CATEGORIES - 1;
}

static UPluralRules *open_rules(const char *lang)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LOCALE_BYTES];
	uloc_forLanguageTag(lang, locale, sizeof(locale), NULL, &status);
	UPluralRules *rules = uplrules_openForType(locale, UPLURAL_TYPE_CARDINAL, &status);
	return U_SUCCESS(status) ? rules : NULL;
}

/* Bit i: whole numbers use category i. */
static unsigned used(const UPluralRules *rules)
{
	unsigned mask = 0;
	for (int number = 0; number <= WHOLE_NUMBERS; number++)
		mask |= 1u << category(rules, number);
	return mask;
}

static size_t bits_below(unsigned mask, size_t end)
{
	size_t count = 0;
	for (size_t i = 0; i < end; i++)
		count += mask >> i & 1;
	return count;
}

size_t locale_plural(const char *lang, long number)
{
	UPluralRules *rules = open_rules(lang);
	if (!rules)
		return 0;
	unsigned mask = used(rules);
	size_t form = category(rules, (double)number);
	uplrules_close(rules);
	return mask >> form & 1 ? bits_below(mask, form) : bits_below(mask, CATEGORIES) - 1;
}

size_t locale_plural_count(const char *lang)
{
	UPluralRules *rules = open_rules(lang);
	if (!rules)
		return 1;
	size_t count = bits_below(used(rules), CATEGORIES);
	uplrules_close(rules);
	return count;
}

/* ICU's name of the language's Gregorian calendar with digits 0-9. "en" is British here: the day comes first, as
 * everywhere in Denmark. */
static bool date_locale(const char *lang, char locale[LOCALE_BYTES])
{
	UErrorCode status = U_ZERO_ERROR;
	uloc_forLanguageTag(strcmp(lang, "en") == 0 ? "en-GB" : lang, locale, LOCALE_BYTES, NULL, &status);
	uloc_setKeywordValue("calendar", "gregorian", locale, LOCALE_BYTES, &status);
	uloc_setKeywordValue("numbers", "latn", locale, LOCALE_BYTES, &status);
	return U_SUCCESS(status);
}

/* For a language it does not know ICU takes the machine's. */
static bool speaks(const UDateFormat *format, const char *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	char wanted[LOCALE_BYTES];
	char got[LOCALE_BYTES];
	const char *valid = udat_getLocaleByType(format, ULOC_VALID_LOCALE, &status);
	uloc_getLanguage(locale, wanted, sizeof(wanted), &status);
	uloc_getLanguage(valid, got, sizeof(got), &status);
	return U_SUCCESS(status) && wanted[0] && strcmp(wanted, got) == 0;
}

/* The date in UTF-16; 0: ICU does not know the language. `pattern` is empty for the language's own long date. */
static int32_t format(const char *locale, struct clock_civil date, const UChar *pattern, UChar units[DATE_UNITS])
{
	static const UChar utc[] = {'U', 'T', 'C', 0};
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, locale, utc, -1, NULL, 0, &status);
	if (U_FAILURE(status))
		return 0;
	bool known = speaks(format, locale);
	if (pattern[0])
		udat_applyPattern(format, false, pattern, -1);
	double day = (double)clock_days(date.year, date.month, date.day);
	int32_t count = known ? udat_format(format, day * MILLIS_IN_A_DAY, units, DATE_UNITS, NULL, &status) : 0;
	udat_close(format);
	return U_SUCCESS(status) && count < DATE_UNITS ? count : 0;
}

/* Writes what fits whole; else nothing, so that an isolate is never left open. */
static void write_units(const UChar *units, int32_t count, char *out, size_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t written = 0;
	u_strToUTF8(out, (int32_t)(size < INT32_MAX ? size : INT32_MAX), &written, units, count, &status);
	if (size > 0 && (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING))
		out[0] = '\0';
}

static bool is_date(struct clock_civil date)
{
	return date.month >= 1 && date.month <= 12 && date.year >= 1 && date.year <= 9999;
}

/* `space` stands for each space. */
static void write_date(const char *lang, struct clock_civil date, const UChar *pattern, UChar space, char *out,
		       size_t size)
{
	char locale[LOCALE_BYTES];
	UChar units[DATE_UNITS];
	UChar kept[DATE_UNITS + 2];
	int32_t count = is_date(date) && date_locale(lang, locale) ? format(locale, date, pattern, units) : 0;
	if (count == 0) {
		snprintf(out, size, ISO_DATE, date.year, date.month, date.day);
		return;
	}
	bool rtl = uloc_isRightToLeft(locale);
	int32_t used = 0;
	if (rtl)
		kept[used++] = RIGHT_TO_LEFT_ISOLATE;
	for (int32_t i = 0; i < count; i++)
		kept[used++] = units[i] == ' ' ? space : units[i];
	if (rtl)
		kept[used++] = POP_ISOLATE;
	write_units(kept, used, out, size);
}

void locale_date(const char *lang, struct clock_civil date, char *out, size_t size)
{
	static const UChar own[] = {0};
	write_date(lang, date, own, NO_BREAK_SPACE, out, size);
}

/* How the language writes weekday, day and month; empty when ICU does not know. */
static void day_pattern(const char *lang, UChar pattern[PATTERN_UNITS])
{
	static const UChar skeleton[] = {'E', 'E', 'E', 'E', 'd', 'M', 'M', 'M', 'M', 0};
	UErrorCode status = U_ZERO_ERROR;
	char locale[LOCALE_BYTES];
	UDateTimePatternGenerator *generator = date_locale(lang, locale) ? udatpg_open(locale, &status) : NULL;
	int32_t count = generator ? udatpg_getBestPattern(generator, skeleton, -1, pattern, PATTERN_UNITS, &status) : 0;
	udatpg_close(generator);
	if (U_FAILURE(status) || count >= PATTERN_UNITS)
		count = 0;
	pattern[count] = 0;
}

void locale_day(const char *lang, struct clock_civil date, enum locale_day form, char *out, size_t size)
{
	static const UChar patterns[][PATTERN_UNITS] = {[LOCALE_DAY] = {0},
							[LOCALE_WEEKDAY] = {'c', 'c', 'c', 'c', 0},
							[LOCALE_WEEKDAY_SHORT] = {'c', 'c', 'c', 0}};
	static_assert(ARRAY_LEN(patterns) == LOCALE_DAY_COUNT, "a form has no pattern");
	UChar pattern[PATTERN_UNITS];
	memcpy(pattern, patterns[form], sizeof(pattern));
	if (form == LOCALE_DAY)
		day_pattern(lang, pattern);
	write_date(lang, date, pattern, ' ', out, size);
}

void locale_language(const char *lang, char *out, size_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LOCALE_BYTES];
	UChar name[DATE_UNITS];
	uloc_forLanguageTag(lang, locale, sizeof(locale), NULL, &status);
	int32_t count = U_SUCCESS(status) ? uloc_getDisplayLanguage(locale, locale, name, DATE_UNITS, &status) : 0;
	if (count > 0 && U_SUCCESS(status) && count < DATE_UNITS)
		write_units(name, count, out, size);
	else
		snprintf(out, size, "%s", lang);
}

void locale_list(const char *lang, const char *const *items, size_t count, char *out, size_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LOCALE_BYTES];
	UChar units[LOCALE_LIST_MAX][ITEM_UNITS], list[LIST_UNITS];
	const UChar *texts[LOCALE_LIST_MAX];
	int32_t used = (int32_t)(count < LOCALE_LIST_MAX ? count : LOCALE_LIST_MAX);
	for (int32_t i = 0; i < used; i++) {
		u_strFromUTF8(units[i], ITEM_UNITS, NULL, items[i], -1, &status);
		texts[i] = units[i];
	}
	uloc_forLanguageTag(lang, locale, sizeof(locale), NULL, &status);
	UListFormatter *formatter = U_SUCCESS(status) ? ulistfmt_open(locale, &status) : NULL;
	int32_t length = formatter ? ulistfmt_format(formatter, texts, NULL, used, list, LIST_UNITS, &status) : 0;
	ulistfmt_close(formatter);
	if (size > 0)
		out[0] = '\0';
	if (U_SUCCESS(status) && length < LIST_UNITS)
		write_units(list, length, out, size);
}

bool locale_about(const char *lang, char script[LOCALE_SCRIPT_MAX], char name[LOCALE_NAME_MAX], bool *rtl)
{
	UErrorCode status = U_ZERO_ERROR;
	char locale[LOCALE_BYTES];
	char likely[LOCALE_BYTES];
	char language[LOCALE_BYTES];
	char found[LOCALE_BYTES];
	UChar own[LOCALE_NAME_MAX];
	int32_t written;

	uloc_forLanguageTag(lang, locale, sizeof(locale), NULL, &status);
	uloc_addLikelySubtags(locale, likely, sizeof(likely), &status);
	int32_t script_len = uloc_getScript(likely, found, sizeof(found), &status);
	uloc_getLanguage(locale, language, sizeof(language), &status);
	int32_t own_len = uloc_getDisplayName(locale, locale, own, LOCALE_NAME_MAX, &status);
	/* Of what it does not know, ICU gives the code as the name. */
	if (U_FAILURE(status) || script_len != LOCALE_SCRIPT_MAX - 1 || own_len == 0 ||
	    status == U_USING_DEFAULT_WARNING)
		return false;
	char text[LOCALE_NAME_MAX];
	u_strToUTF8(text, LOCALE_NAME_MAX, &written, own, own_len, &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING || strcmp(text, language) == 0)
		return false;
	memcpy(script, found, LOCALE_SCRIPT_MAX);
	memcpy(name, text, strlen(text) + 1);
	*rtl = uloc_isRightToLeft(locale);
	return true;
}
