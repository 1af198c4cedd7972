#include "bundle/plural.h"

#include "base/array.h"

#include <string.h>

/* Name, forms, and the form of n: C and the language of PO files are the same here. */
#define RULES(X) \
	X(one, 1, 0) \
	X(not_one, 2, n != 1) \
	X(above_one, 2, n > 1) \
	X(icelandic, 2, n % 10 != 1 || n % 100 == 11) \
	X(filipino, 2, n % 10 == 4 || n % 10 == 6 || n % 10 == 9) \
	X(slavic, 3, \
	  n % 10 == 1 && n % 100 != 11                                   ? 0 \
	  : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 \
									 : 2) \
	X(polish, 3, n == 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2) \
	X(czech, 3, n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2) \
	X(romanian, 3, n == 1 ? 0 : n == 0 || (n % 100 > 0 && n % 100 < 20) ? 1 : 2) \
	X(lithuanian, 3, \
	  n % 10 == 1 && (n % 100 < 11 || n % 100 > 19)   ? 0 \
	  : n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19) ? 1 \
							  : 2) \
	X(latvian, 3, n % 10 == 0 || (n % 100 >= 11 && n % 100 <= 19) ? 0 : n % 10 == 1 ? 1 : 2) \
	X(hebrew, 3, n == 1 ? 0 : n == 2 ? 1 : 2) \
	X(slovene, 4, n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 ? 2 : 3) \
	X(arabic, 6, n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n % 100 >= 3 && n % 100 <= 10 ? 3 : n % 100 >= 11 ? 4 : 5)

#define X(name, forms, expression) \
	static size_t name##_form(size_t n) \
	{ \
		(void)n; \
		return (size_t)(expression); \
	}
RULES(X)
#undef X

#define X(name, forms, expression) \
	static const struct plural_rule name = {"nplurals=" #forms "; plural=" #expression ";", name##_form};
RULES(X)
#undef X

/* Where the number of forms does not tell. */
static const struct {
	const char *lang;
	const struct plural_rule *rule;
} own[] = {{"is", &icelandic}, {"mk", &icelandic}, {"fil", &filipino},  {"pl", &polish},
	   {"ro", &romanian},  {"he", &hebrew},    {"lt", &lithuanian}, {"lv", &latvian}};

const struct plural_rule *plural_rule(const char *lang)
{
	static const struct plural_rule *const by_forms[] = {NULL, &one, &above_one, &slavic, &slovene, NULL, &arabic};
	const struct plural *plural = plural_find(lang);

	if (!plural)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(own); i++)
		if (strcmp(plural->lang, own[i].lang) == 0)
			return own[i].rule;
	if (plural->exact == 1 && plural->forms == 2)
		return &not_one;
	return plural->exact == 1 && plural->forms == 3 ? &czech : by_forms[plural->forms];
}
