/* shaped -- a record of content/records.h, read from staff's YAML by its shape.
 *
 * The source's file holds everything that the shape's table does not call derived; records with ids are a map from id
 * to record, in the order they are shown:
 *
 *	questions:
 *	  now:
 *	    title: Hvad sker der?
 *	    answers:
 *	      danger: {icon: ambulance, title: Der er fare for liv, to: call-112, danger: yes}
 *
 * A translation's file has the same ids and, beneath them, nothing but the texts. So a translator cannot change where
 * an answer leads, and a text that was moved in Danish still stands beside the right one.
 *
 * Faults are told; what could not be read is NULL.
 */
#ifndef BUNDLE_SHAPED_H
#define BUNDLE_SHAPED_H

#include "bundle/ease.h"
#include "bundle/reading.h"
#include "bundle/source.h"
#include "bundle/tree.h"
#include "content/shape.h"

#include <stdbool.h>
#include <stddef.h>

struct shaped {
	struct source *source;
	const struct reading *in;
	struct ease *ease;       /* where the running texts go; NULL: nowhere */
	enum fault_kind differs; /* a translation: what another structure is */
	bool same;               /* a translation: it has the structure of its source */
};

/* `what` names the record in a fault; `also` are keys that the caller reads. False: it is no map. */
bool shaped_read(struct shaped *shaped, const struct tree *map, const char *what, const struct shape *shape,
		 const char *const *also, size_t also_count, void *record);

/* One field of it; what is translated too. */
void shaped_field(struct shaped *shaped, const struct tree *map, const struct shape_field *field, void *record);

/* `record` becomes `original` with the texts of the map in place of its own. */
bool shaped_translate(struct shaped *shaped, const struct tree *map, const char *what, const struct shape *shape,
		      const char *const *also, size_t also_count, const void *original, void *record);

/* The revision of a record's translated texts, kept; NULL: no memory. */
const char *shaped_revision(struct source *source, const struct shape *shape, void *record);

/* As head.texts has it, kept; NULL: no memory, or more texts than it may have. */
const char *shaped_texts(struct source *source, const struct shape *shape, void *record);

/* The field of that key, which the shape has. */
const struct shape_field *shaped_find(const struct shape *shape, const char *key);
void shaped_set_origin(const struct shape *shape, void *record, enum translation translation, const char *revision);

/* A phone or emergency number of the original that the translation lacks is an error; one that only the translation
 * has is told as `more`, an emergency number always as an error: perhaps the original lost it. */
void shaped_numbers(const struct reading *in, size_t line, const char *what, const char *original, const char *text,
		    enum fault_kind more);

#endif
