#include "base/array.h"
#include "bundle/number.h"
#include "bundle/record.h"
#include "bundle/source_parts.h"

#include <string.h>

#define NAME_CHARS    60
#define ADDRESS_CHARS 80
#define NOTE_CHARS    200

static bool phone_valid(const char *text)
{
	size_t len = strlen(text);
	size_t pos = 0;
	char digits[NUMBER_MAX];

	return number_phone(text, len, 0, NULL) == len ||
	       (len < 5 && number_next(text, len, &pos, digits) && pos == len);
}

static bool web_valid(const char *text)
{
	return strchr(text, '.') && !strpbrk(text, " \t@") && !strstr(text, "://") && strlen(text) <= 100;
}

static bool email_valid(const char *text)
{
	const char *at = strchr(text, '@');

	return at && at > text && strchr(at, '.') && !strchr(at + 1, '@') && !strpbrk(text, " \t") &&
	       strlen(text) <= 100;
}

static const struct record_form phone_form = {phone_valid,
					      "eight digits in pairs, such as 99 66 70 00, or 112, 114, 1888"};
static const struct record_form web_form = {web_valid, "an address without https://, such as www.vesthimmerland.dk"};
static const struct record_form email_form = {email_valid, "an address such as post@vesthimmerland.dk"};

/* The numbers of a note must be the same in every language. */
static void check_note(const struct reading *in, const struct tree *node, const char *source_note, const char *note,
		       const char *lang)
{
	char digits[NUMBER_MAX];
	char other[NUMBER_MAX];
	char shown[NUMBER_SHOWN_MAX];

	for (size_t pos = 0; number_next(source_note, strlen(source_note), &pos, digits);) {
		bool found = false;

		for (size_t at = 0; !found && number_next(note, strlen(note), &at, other);)
			found = strcmp(digits, other) == 0;
		if (!found)
			fault_error(in->faults, in->path, tree_find(tree_find(node, "note"), lang)->line,
				    "note (%s) lacks the number %s; the Danish text has it", lang,
				    number_show(digits, shown));
	}
}

static void keep_place(struct source *source, const struct reading *in, const struct tree *node,
		       const struct place *shared, const char *const *names, const char *const *notes)
{
	const char *source_note = notes[source->source_language];

	for (size_t i = 0; i < source->bundle.language_count; i++) {
		struct places *places = &source->places[i];
		struct place *place = &places->places[places->count];

		if (!names[i])
			continue;
		*place = *shared;
		place->name = names[i];
		place->note = notes[i];
		places->count++;
		if (source_note && notes[i])
			check_note(in, node, source_note, notes[i], source->bundle.languages[i].code);
	}
}

static bool read_place(struct source *source, const char *id, const char *file, struct err *err)
{
	static const char *const keys[] = {"icon", "phone", "address", "web", "email", "danish", "name", "note"};
	struct reading in = source_reading(source, source_path(source, "places/%s", file));
	const char *names[LANGUAGES_MAX] = {0};
	const char *notes[LANGUAGES_MAX] = {0};
	struct place place = {.id = id};
	const struct tree *node;

	if (!source_load_tree(source, &in, &node, err))
		return false;
	if (!record_keys(&in, node, "a place", keys, ARRAY_LEN(keys)))
		return true;
	place.icon = source_icon(source, &in, node, "icon", true);
	place.phone = record_formed(&in, node, "phone", &phone_form, false);
	place.address = record_text(&in, node, "address", ADDRESS_CHARS, false);
	place.web = record_formed(&in, node, "web", &web_form, false);
	place.email = record_formed(&in, node, "email", &email_form, false);
	place.danish = record_text(&in, node, "danish", NAME_CHARS, true);
	source_texts(source, &in, node, "name", NAME_CHARS, true, names);
	source_texts(source, &in, node, "note", NOTE_CHARS, false, notes);
	keep_place(source, &in, node, &place, names, notes);
	return true;
}

bool source_read_places(struct source *source, struct err *err)
{
	static const char suffix[] = ".yaml";
	struct source_names files = {0};

	if (!source_list(source, source->dir, "places", false, &files, err))
		return false;
	if (files.count > PLACES_MAX)
		return err_set(err, ERR_LIMIT, "%zu places; at most %d are allowed", files.count, PLACES_MAX);
	source->place_ids.names = arena_array(&source->arena, files.count ? files.count : 1, sizeof(const char *));
	if (!source->place_ids.names)
		return err_memory(err);
	for (size_t i = 0; i < source->bundle.language_count; i++) {
		source->places[i].places =
			arena_array(&source->arena, files.count ? files.count : 1, sizeof(struct place));
		if (!source->places[i].places)
			return err_memory(err);
	}
	for (size_t i = 0; i < files.count; i++) {
		size_t len = strlen(files.names[i]);
		const char *id = "";

		if (len > strlen(suffix) && strcmp(files.names[i] + len - strlen(suffix), suffix) == 0)
			id = source_path(source, "%.*s", (int)(len - strlen(suffix)), files.names[i]);
		if (!document_id_valid(id)) {
			fault_error(source->faults, source_path(source, "places/%s", files.names[i]), 1,
				    "the name of the file is not allowed; allowed: 1-40 of a-z, 0-9 and -, then .yaml");
			continue;
		}
		source->place_ids.names[source->place_ids.count++] = id;
		if (!read_place(source, id, files.names[i], err))
			return false;
	}
	return true;
}
