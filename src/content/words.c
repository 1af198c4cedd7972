#include "content/words.h"

#include <string.h>

const struct word_message word_messages[WORD_COUNT] = {
#define X(name, msgid, plural, comment) [WORD_##name] = {msgid, plural, comment},
	WORDS(X)
#undef X
};

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
		n++;
	return n;
}

const char *word_form_fault(enum word word, const char *form)
{
	const struct word_message *message = &word_messages[word];
	const char *model = message->plural ? message->plural : message->msgid;
	size_t numbers = count(form, "%d");
	size_t texts = count(form, "%s");

	if (count(form, "%") != numbers + texts)
		return "\"%\" may only stand in %d and %s";
	if (texts != count(model, "%s"))
		return strstr(model, "%s") ? "%s must stand in it exactly once" : "%s must not stand in it";
	if (numbers > count(model, "%d"))
		return strstr(model, "%d") ? "%d must stand in it exactly once" : "%d must not stand in it";
	if (numbers < count(model, "%d") && !message->plural)
		return "%d must stand in it exactly once";
	return NULL;
}
