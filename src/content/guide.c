#include "content/records.h"

#include <string.h>

const struct guide_question *guide_question(const struct guide *guide, const char *id)
{
	for (size_t i = 0; i < guide->question_count; i++)
		if (strcmp(guide->questions[i].id, id) == 0)
			return &guide->questions[i];
	return NULL;
}

const struct guide_result *guide_result(const struct guide *guide, const char *id)
{
	for (size_t i = 0; i < guide->result_count; i++)
		if (strcmp(guide->results[i].id, id) == 0)
			return &guide->results[i];
	return NULL;
}

/* Questions before this one are further up. */
static bool leads_on(const struct guide *guide, size_t question, const char *to)
{
	const struct guide_question *next = guide_question(guide, to);

	return guide_result(guide, to) || (next && next > &guide->questions[question]);
}

static bool reached(const struct guide *guide, const char *id)
{
	for (size_t i = 0; i < guide->question_count; i++)
		for (size_t j = 0; j < guide->questions[i].answer_count; j++)
			if (strcmp(guide->questions[i].answers[j].to, id) == 0)
				return true;
	return false;
}

static const char *fault_of_question(const struct guide *guide, size_t i)
{
	const struct guide_question *question = &guide->questions[i];

	if (guide_result(guide, question->id))
		return "a question and a result have the same id";
	for (size_t j = 0; j < question->answer_count; j++)
		if (!leads_on(guide, i, question->answers[j].to))
			return "an answer must lead to a result, or to a question further down";
	return i == 0 || reached(guide, question->id) ? NULL : "no answer leads to this question";
}

static const char *fault_of_danger(const struct guide *guide)
{
	const struct guide_answer *first = &guide->questions[0].answers[0];
	const struct guide_result *result = guide_result(guide, first->to);

	if (!guide->emergency)
		return NULL;
	return first->danger && result && result->phone && strcmp(result->phone, "112") == 0
		       ? NULL
		       : "where somebody may be in danger, the first answer must have danger and lead to a result with "
			 "phone 112";
}

const char *guide_fault(const struct guide *guide, const char **id)
{
	for (size_t i = 0; i < guide->question_count; i++) {
		const char *fault = fault_of_question(guide, i);

		*id = guide->questions[i].id;
		if (fault)
			return fault;
	}
	for (size_t i = 0; i < guide->result_count; i++) {
		*id = guide->results[i].id;
		if (!reached(guide, *id))
			return "no answer leads to this result";
	}
	*id = guide->questions[0].id;
	return fault_of_danger(guide);
}
