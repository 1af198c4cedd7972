#include "base/array.h"
#include "base/message.h"
#include "bundle/record.h"
#include "bundle/source_parts.h"

#include <string.h>

#define FACTS_FILE      "sources.yaml"
#define READ_CHARS      200
#define SAYS_CHARS      400
#define FACTS_NAMED_MAX 20 /* by one text */
#define FACT_DIGITS_MAX 4

static bool fact_valid(const char *text)
{
	size_t digits = text[0] == 'F' ? strspn(text + 1, "0123456789") : 0;

	return digits > 0 && digits <= FACT_DIGITS_MAX && text[1] != '0' && text[1 + digits] == '\0';
}

static const struct record_form fact_form = {fact_valid, N_("F and a number, such as F20")};

static void read_fact(struct source *source, const struct reading *in, const struct tree *node)
{
	static const char *const keys[] = {"sure", "read", "says"};
	static const char *const sure[] = {"high", "medium"};

	if (!fact_valid(node->key))
		fault_error(in->faults, in->path, node->key_line, "the name \"%s\" is not allowed; allowed: %s",
			    node->key, fact_form.allowed);
	else
		source->facts[source->fact_count++] = (struct source_fact){node->key, node->key_line, false};
	if (!record_keys(in, node, node->key, keys, ARRAY_LEN(keys)))
		return;
	record_choice(in, node, "sure", sure, ARRAY_LEN(sure), true);
	record_text(in, node, "read", READ_CHARS, true);
	record_text(in, node, "says", SAYS_CHARS, true);
}

bool source_read_facts(struct source *source, struct err *err)
{
	struct reading in = source_reading(source, FACTS_FILE);
	struct buf bytes = {0};
	bool loaded;

	in.fonts = NULL; /* no visitor sees it */
	bool ok = source_load(source, &in, TREE_BYTES_MAX, true, &bytes, &loaded, err);
	const struct tree *root = ok && loaded ? tree_read(&in, bytes.len ? bytes.data : "", bytes.len, 1) : NULL;
	buf_finish(&bytes);
	if (!root)
		return ok;
	if (root->kind != TREE_MAP) {
		fault_error(in.faults, in.path, root->line, "this must be a map of facts: F1, F2, ...");
		return true;
	}
	source->facts = reading_array(&in, root->count, sizeof(*source->facts));
	for (const struct tree *node = source->facts ? root->first : NULL; node; node = node->next)
		read_fact(source, &in, node);
	return true;
}

static struct source_fact *find_fact(const struct source *source, const char *id)
{
	for (size_t i = 0; i < source->fact_count; i++)
		if (strcmp(source->facts[i].id, id) == 0)
			return &source->facts[i];
	return NULL;
}

bool source_use_fact(struct source *source, const char *id)
{
	struct source_fact *fact = find_fact(source, id);

	if (fact)
		fact->used = true;
	return fact;
}

size_t source_read_facts_named(struct source *source, const struct reading *in, const struct tree *map,
			       const char ***ids)
{
	const char *named[FACTS_NAMED_MAX];
	size_t count = record_formed_list(in, map, "sources", &fact_form, ARRAY_LEN(named), false, named);
	const char **kept = ids ? reading_array(in, count, sizeof(*kept)) : NULL;

	for (size_t i = 0; i < count; i++) {
		if (kept)
			kept[i] = named[i];
		if (!source_use_fact(source, named[i]))
			fault_error(in->faults, in->path, tree_find(map, "sources")->line,
				    "sources: there is no fact \"%s\" in " FACTS_FILE, named[i]);
	}
	if (ids)
		*ids = kept;
	return kept || !ids ? count : 0;
}

void source_check_facts(const struct source *source)
{
	for (size_t i = 0; i < source->fact_count; i++)
		if (!source->facts[i].used)
			fault_warning(source->faults, FACTS_FILE, source->facts[i].line,
				      "nothing rests on %s; name it at sources of a text, or delete it",
				      source->facts[i].id);
}
