#include "text/locale.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define CATEGORIES      6
#define WHOLE_NUMBERS   200 /* what a category must hold one of up to here, to be a form of a PO file */
#define LOCALE_BYTES    64
#define DATE_UNITS      128
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

/* The date in UTF-16; 0: ICU does not know the language. */
static int32_t format(const char *locale, struct clock_civil date, UChar units[DATE_UNITS])
{
	static const UChar utc[] = {'U', 'T', 'C', 0};
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, locale, utc, -1, NULL, 0, &status);
	if (U_FAILURE(status))
		return 0;
	bool known = speaks(format, locale);
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

void locale_date(const char *lang, struct clock_civil date, char *out, size_t size)
{
	char locale[LOCALE_BYTES];
	UChar units[DATE_UNITS];
	UChar kept[DATE_UNITS + 2];
	bool sensible = date.month >= 1 && date.month <= 12 && date.year >= 1 && date.year <= 9999;
	int32_t count = sensible && date_locale(lang, locale) ? format(locale, date, units) : 0;
	if (count == 0) {
		snprintf(out, size, ISO_DATE, date.year, date.month, date.day);
		return;
	}
	bool rtl = uloc_isRightToLeft(locale);
	int32_t used = 0;
	if (rtl)
		kept[used++] = RIGHT_TO_LEFT_ISOLATE;
	for (int32_t i = 0; i < count; i++)
		kept[used++] = units[i] == ' ' ? NO_BREAK_SPACE : units[i];
	if (rtl)
		kept[used++] = POP_ISOLATE;
	write_units(kept, used, out, size);
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
