/* import_map -- which column of a spreadsheet becomes which key of a place, as staff have written it in a YAML file.
 *
 *	id: [Forening]                  the columns that the file's name is made of
 *	columns:                        key of a place: column
 *	  name: Forening
 *	  activities: Aktivitet
 *	values:                         what a column says: what the place says. Of a key that is here, nothing else is taken
 *	  activities: {Fodbold: football}
 *	  audience: {For børn: {en: For children}}     of a text, its translations
 *	always: {kind: club, icon: clubs}
 *
 * The keys are those of content/README.md, "Add a place", but for hours. A name is the same in every language, so it is
 * written for each; other texts are Danish. `danish` is the name when nobody says otherwise. Lists are parted by comma,
 * semicolon or slash. Phone numbers of eight digits are written in pairs, web addresses without "https://".
 */
#ifndef BUNDLE_IMPORT_MAP_H
#define BUNDLE_IMPORT_MAP_H

#include "bundle/import_site.h"
#include "bundle/reading.h"
#include "bundle/table.h"
#include "bundle/tree.h"
#include "content/shape.h"

#include <stdbool.h>
#include <stddef.h>

#define IMPORT_FIELDS_MAX 100
#define IMPORT_ID_COLUMNS 4

/* One value that the import writes. */
struct import_field {
	const struct shape_field *shape;
	const char *lang; /* of a text that stands in several languages, else NULL */
	const char *name; /* "phone", "name.da" */
	int column;       /* -1: `always` */
	const char *always;
	const char *what; /* in a fault: column 3 "Telefon" */
	const struct tree *values;
};

struct import_map {
	const char *path; /* of the file, in faults */
	struct import_field fields[IMPORT_FIELDS_MAX];
	size_t count;
	int id_columns[IMPORT_ID_COLUMNS];
	size_t id_count;
};

/* False: told to `in`, which is the reading of the map. */
bool import_map_read(const struct reading *in, const struct tree *root, const struct table *table,
		     const struct import_site *site, struct import_map *out);

/* What a row says of a field, as it stands in a place: NULL when nothing, lists parted by ", ", a flag is "yes". False:
 * told to `in`, the reading of the table. */
bool import_map_value(const struct reading *in, const struct import_map *map, const struct import_field *field,
		      const struct table_row *row, const struct import_site *site, const char **out);

#endif
