#include "bundle/new.h"

#include "base/array.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/catalog.h"
#include "bundle/edit.h"
#include "bundle/import_site.h"
#include "bundle/plural.h"
#include "content/words.h"
#include "text/locale.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MANIFEST_BYTES_MAX 65536

struct tongue {
	const char *code, *share;
	char script[LOCALE_SCRIPT_MAX], name[LOCALE_NAME_MAX];
	bool rtl;
	bool translated; /* the kiosk's own words are there in it */
};

/* ---- the kiosk's own words */

/* An English text in quotes, as PO files have it. */
static bool add_quoted(struct buf *out, const char *key, const char *text)
{
	bool ok = buf_printf(out, "%s \"", key);

	for (; ok && *text; text++)
		ok = (*text != '"' && *text != '\\' ? true : buf_append_text(out, "\\")) && buf_append(out, text, 1);
	return ok && buf_append_text(out, "\"\n");
}

static bool add_word(struct buf *out, const struct word_message *word, size_t forms)
{
	bool ok = buf_printf(out, "\n#. %s\n", word->comment) && add_quoted(out, "msgid", word->msgid);

	if (!word->plural)
		return ok && buf_append_text(out, "msgstr \"\"\n");
	ok = ok && add_quoted(out, "msgid_plural", word->plural);
	for (size_t form = 0; ok && form < forms; form++)
		ok = buf_printf(out, "msgstr[%zu] \"\"\n", form);
	return ok;
}

static bool write_words(const struct tongue *tongue, struct buf *out, struct err *err)
{
	const struct plural_rule *rule = plural_rule(tongue->code);

	if (!rule)
		return err_set(err, ERR_USAGE,
			       "how \"%s\" counts is not known to this program; a programmer must add it in plural.c",
			       tongue->code);
	bool ok = buf_printf(out,
			     "# The kiosk's own words in %s.\n"
			     "msgid \"\"\n"
			     "msgstr \"\"\n"
			     "\"Language: %s\\n\"\n"
			     "\"MIME-Version: 1.0\\n\"\n"
			     "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
			     "\"Content-Transfer-Encoding: 8bit\\n\"\n"
			     "\"Plural-Forms: %s\\n\"\n",
			     tongue->name, tongue->code, rule->formula);
	for (size_t i = 0; ok && i < WORD_COUNT; i++)
		ok = add_word(out, &word_messages[i], plural_find(tongue->code)->forms);
	return ok || err_memory(err);
}

/* Those that come with the programs, else all of them to be translated. */
static bool plan_words(struct tongue *tongue, int dir, struct plan *plan, struct err *err)
{
	struct plan_step *step;
	char path[64];
	char known[1024];

	snprintf(path, sizeof(path), "ui/%s.po", tongue->code);
	snprintf(known, sizeof(known), "%s/ui/%s.po", tongue->share, tongue->code);
	if (faccessat(dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(err, ERR_USAGE, "%s is there already; nothing is written over it", path);
	step = plan_step(plan, PLAN_ADD, path, tongue->name);
	if (!step || !import_site_load(AT_FDCWD, known, CATALOG_BYTES_MAX, true, &step->bytes, err))
		return step ? false : err_memory(err);
	tongue->translated = step->bytes.len > 0;
	return tongue->translated || write_words(tongue, &step->bytes, err);
}

/* ---- site.yaml */

static bool plan_site(const struct tongue *tongue, int dir, struct plan *plan, struct err *err)
{
	static const char *const path[] = {"languages", NULL};
	struct plan_step *step = plan_step(plan, PLAN_CHANGE, "site.yaml", "");
	struct buf entry = {0};
	bool ok = step && buf_printf(&entry, "%s{code: %s, name: ", tongue->translated ? "" : "- ", tongue->code) &&
		  edit_quote(&entry, tongue->name) && buf_printf(&entry, "%s}", tongue->rtl ? ", direction: rtl" : "");

	ok = ok || err_memory(err);
	ok = ok && import_site_load(dir, "site.yaml", TREE_BYTES_MAX, false, &step->bytes, err) &&
	     (tongue->translated ? edit_add_entry(&step->bytes, path, entry.data, err)
				 : edit_add_comment(&step->bytes, path, entry.data, err));
	if (ok)
		ok = plan_say(&step->said, tongue->translated
						   ? N_("it is added to languages")
						   : N_("it is added to languages behind a #; take that away when the "
							"words are translated")) ||
		     err_memory(err);
	buf_finish(&entry);
	return ok;
}

static bool check_new(const struct tongue *tongue, int dir, struct plan *plan, struct err *err)
{
	struct faults faults = {0};
	struct import_site site;
	bool ok = import_site_read(dir, &faults, &plan->arena, &site, err);

	for (size_t i = 0; ok && i < site.language_count; i++)
		if (strcmp(site.languages[i], tongue->code) == 0)
			ok = err_set(err, ERR_USAGE, "site.yaml has the language \"%s\" already", tongue->code);
	faults_finish(&faults);
	return ok;
}

/* ---- what else it needs */

/* The line of the manifest that letters of a script come from. */
static const char *font_line(const char *script)
{
	static const char *const han[] = {"Hans", "Hant", "Jpan", "Kore"};

	for (size_t i = 0; i < ARRAY_LEN(han); i++)
		if (strcmp(script, han[i]) == 0)
			return "Hani";
	return script;
}

static bool tell_fonts(const struct tongue *tongue, FILE *out, struct err *err)
{
	const char *script = font_line(tongue->script);
	struct buf manifest = {0};
	char path[1024];
	bool there = false;

	snprintf(path, sizeof(path), "%s/fonts/manifest.txt", tongue->share);
	if (!import_site_load(AT_FDCWD, path, MANIFEST_BYTES_MAX, false, &manifest, err))
		return err_context(err, "the kiosk's fonts; give --share");
	for (const char *line = manifest.len ? manifest.data : NULL; line && *line && !there;) {
		there = strncmp(line, script, strlen(script)) == 0 && line[strlen(script)] == ' ';
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	buf_finish(&manifest);
	if (there)
		fprintf(out, _("Fonts: %s is written in the script %s; the kiosk has fonts for it.\n"), tongue->name,
			tongue->script);
	else
		fprintf(out,
			_("Fonts: %s is written in the script %s, and the kiosk has NO font for it. A programmer must "
			  "add a line "
			  "\"%s\" in fonts/manifest.txt and in fonts/characters.txt.\n"),
			tongue->name, tongue->script, script);
	return true;
}

/* Counts what is in a folder, or in the folders in it. */
struct counting {
	int dir;
	const char *folder;
	bool folders, deep;
	size_t count;
};

static bool count_one(void *context, const char *name, bool is_dir, struct err *err)
{
	struct counting *counting = context;

	if (name[0] == '.')
		return true;
	if (counting->deep && is_dir) {
		char path[256];
		struct counting below = {counting->dir, path, true, false, 0};

		snprintf(path, sizeof(path), "%s/%.100s", counting->folder, name);
		if (!file_list(counting->dir, path, count_one, &below, err))
			return false;
		counting->count += below.count;
	} else if (!counting->deep && is_dir == counting->folders) {
		counting->count++;
	}
	return true;
}

static bool tell_lacking(const struct tongue *tongue, int dir, FILE *out, struct err *err)
{
	static const struct {
		const char *folder;
		bool folders, deep;
		const char *what, *where; /* %s: the language */
	} rows[] = {
		{"topics", true, true, N_("pages"), N_("each a file topics/<topic>/<page>/%s.md")},
		{"topics", true, false, N_("topics"), N_("a line \"%s: ...\" in title and summary of each topic.yaml")},
		{"places", false, false, N_("places"),
		 N_("a line \"%s: ...\" in name and note of each file in places/")},
		{"guides", true, false, N_("guides"), N_("each a file guides/<guide>/%s.yaml")},
		{"phrases", true, false, N_("sets of phrases"), N_("each a file phrases/<set>/%s.yaml")},
		{"paths", true, false, N_("paths"), N_("each a file paths/<path>/%s.yaml")},
		{"stories", true, false, N_("stories"), N_("each a file stories/<story>/%s.yaml")},
		{"events", false, false, N_("events"), N_("each a file events/<event>/%s.yaml")},
		{"notices", true, false, N_("notices"), N_("each a file notices/<notice>/%s.yaml")},
	};

	fputs(_("Still to be translated, until then shown in Danish with a word about it:\n"), out);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct counting counting = {dir, rows[i].folder, rows[i].folders, rows[i].deep, 0};
		struct err why = {0};

		if (!file_list(dir, rows[i].folder, count_one, &counting, &why) && why.code != ERR_MISSING) {
			*err = why;
			return false;
		}
		if (counting.count == 0)
			continue;
		fprintf(out, "  %4zu %-16s", counting.count, _(rows[i].what));
		fprintf(out, _(rows[i].where), tongue->code);
		fputs("\n", out);
	}
	return true;
}

static bool learn(const struct new_wish *wish, struct tongue *tongue, struct err *err)
{
	const char *usual = getenv("VEJVISER_SHARE");
	size_t title = wish->title ? strlen(wish->title) : 0;

	*tongue = (struct tongue){.code = wish->name};
	tongue->share = wish->share ? wish->share : usual && *usual ? usual : VEJVISER_SHARE;
	if (!document_lang_valid(wish->name))
		return err_set(err, ERR_USAGE, "\"%s\" is not allowed; allowed: a language tag such as so or zh-Hant",
			       wish->name);
	if (!locale_about(wish->name, tongue->script, tongue->name, &tongue->rtl))
		return err_set(err, ERR_USAGE, "\"%s\" is a language that nothing is known of; is it the right code?",
			       wish->name);
	if (title >= LOCALE_NAME_MAX)
		return err_set(err, ERR_USAGE, "the name of a language has at most 40 letters");
	if (title > 0)
		memcpy(tongue->name, wish->title, title + 1);
	return true;
}

bool new_language_plan(const struct new_wish *wish, int dir, struct plan *plan, FILE *out, struct err *err)
{
	struct tongue tongue;

	return learn(wish, &tongue, err) && check_new(&tongue, dir, plan, err) && plan_words(&tongue, dir, plan, err) &&
	       plan_site(&tongue, dir, plan, err) && tell_fonts(&tongue, out, err) &&
	       tell_lacking(&tongue, dir, out, err);
}
