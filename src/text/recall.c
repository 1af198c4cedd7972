#include "text/recall.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum question {
	QUESTION_PLURAL = 1,
	QUESTION_DATE,
	QUESTION_DAY /* and more: one for each enum locale_day */
};

/* Where the answer is, or is to be written. */
static struct recall_answer *find(struct recall *recall, const char *lang, int question, int64_t subject, bool *known)
{
	for (size_t i = 0; i < RECALL_ANSWERS; i++) {
		struct recall_answer *answer = &recall->answers[i];
		*known = answer->subject == subject && answer->question == question && strcmp(answer->lang, lang) == 0;
		if (*known)
			return answer;
	}
	struct recall_answer *answer = &recall->answers[recall->next];
	recall->next = (recall->next + 1) % RECALL_ANSWERS;
	answer->question = question;
	answer->subject = subject;
	snprintf(answer->lang, sizeof(answer->lang), "%s", lang);
	return answer;
}

/* Whatever else stands in a date says nothing of the day. */
static int64_t day_of(struct clock_civil date)
{
	return ((int64_t)date.year * 100 + date.month) * 100 + date.day;
}

size_t recall_plural(struct recall *recall, const char *lang, long number)
{
	bool known;
	struct recall_answer *answer = find(recall, lang, QUESTION_PLURAL, number, &known);
	if (!known)
		answer->plural = locale_plural(lang, number);
	return answer->plural;
}

const char *recall_date(struct recall *recall, const char *lang, struct clock_civil date)
{
	bool known;
	struct recall_answer *answer = find(recall, lang, QUESTION_DATE, day_of(date), &known);
	if (!known)
		locale_date(lang, date, answer->text, sizeof(answer->text));
	return answer->text;
}

const char *recall_day(struct recall *recall, const char *lang, struct clock_civil date, enum locale_day form)
{
	bool known;
	struct recall_answer *answer = find(recall, lang, QUESTION_DAY + (int)form, day_of(date), &known);
	if (!known)
		locale_day(lang, date, form, answer->text, sizeof(answer->text));
	return answer->text;
}
