/* recall -- plural forms, dates and days as locale.h has them, of which the last are known by heart: ICU takes longer
 * over one date than a whole page takes to be recorded, and a page is recorded again with each frame.
 *
 * Zero is a valid start, and nothing is to be freed. An answer is borrowed until the next question. Two answers to the
 * same question never differ. One thread.
 */
#ifndef TEXT_RECALL_H
#define TEXT_RECALL_H

#include "base/clock.h"
#include "text/locale.h"

#include <stddef.h>
#include <stdint.h>

#define RECALL_ANSWERS  128 /* more than any screen asks for */
#define RECALL_LANG_MAX 16  /* bytes of a tag with the final zero; of a longer one nothing is known by heart */

struct recall {
	struct recall_answer {
		int question; /* 0: none was put yet */
		char lang[RECALL_LANG_MAX];
		int64_t subject;
		size_t plural;
		char text[LOCALE_DATE_BYTES];
	} answers[RECALL_ANSWERS];
	size_t next; /* is forgotten next */
};

size_t recall_plural(struct recall *recall, const char *lang, long number);
const char *recall_date(struct recall *recall, const char *lang, struct clock_civil date);
const char *recall_day(struct recall *recall, const char *lang, struct clock_civil date, enum locale_day form);

#endif
