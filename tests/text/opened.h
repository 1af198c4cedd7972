/* opened -- the text layer on the real fonts, for tests. */
#ifndef TESTS_TEXT_OPENED_H
#define TESTS_TEXT_OPENED_H

#include "text/paragraph.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline const char *opened_share(void)
{
	const char *share = getenv("VEJVISER_TEST_SHARE");
	return share ? share : "build/share";
}

static inline int opened_setup(void **state)
{
	struct text *text;
	struct err err;
	if (!text_open(opened_share(), &text, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	*state = text;
	return 0;
}

static inline int opened_teardown(void **state)
{
	text_close(*state);
	return 0;
}

/* Body text of the design: 30 px on lines of 42. */
static inline struct text_input opened_input(const char *lang, bool rtl, float width, const char *utf8)
{
	return (struct text_input){.utf8 = utf8,
				   .len = strlen(utf8),
				   .lang = lang,
				   .rtl = rtl,
				   .size = 30,
				   .line = 42,
				   .width = width,
				   .places = true};
}

#endif
