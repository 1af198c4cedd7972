#include "bundle/translate.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/catalog.h"
#include "bundle/source_parts.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = N_(
	"usage: vejviser-bundle translate export CONTENT --lang LANG --out DIR [--share DIR]\n"
	"       vejviser-bundle translate import DIR [CONTENT] [--lang LANG] [--share DIR]\n"
	"\n"
	"Export writes the texts of a language as PO files to DIR/LANG, one for each topic and each kind, for "
	"translators, "
	"their\n"
	"programs (Poedit) and their sites (Weblate). Where the Danish has changed since, a message is marked fuzzy. "
	"Export to\n"
	"the same folder again, and only what has changed is.\n"
	"\n"
	"Import writes the translations back to CONTENT (\"content\" when it is not named). What is fuzzy or empty "
	"changes "
	"nothing;\n"
	"a new page is written when all of it is translated. The name at Last-Translator is kept as the translator. Is "
	"there a\n"
	"name at X-Checked-By, then what is complete is marked as checked by that person. With errors nothing is "
	"written.\n"
	"\n"
	"  --lang LANG  the language; import takes all that are in DIR\n"
	"  --out DIR    the folder to write to\n"
	"  --share DIR  the kiosk's pictograms and fonts (default: $VEJVISER_SHARE, else the installed ones)\n"
	"\n"
	"Exit status: 0 done, 1 there are errors, 2 something could not be read or written.\n");

struct job {
	struct source source;
	struct faults content_faults; /* of the files read here, not all that the check finds */
	struct faults po_faults;
	struct arena arena;
	const char *content, *folder, *share, *lang;
	int po_dir; /* of the language */
	bool import;
	bool trial; /* nothing is said or written yet */
	struct change *changes;
	size_t change_count, change_cap;
	size_t written;
};

/* A file to be written. */
struct change {
	const char *path;
	struct buf bytes;
};

static const char *keep(struct job *job, const char *format, const char *a)
{
	const char *kept = arena_printf(&job->arena, format, a);

	if (!kept)
		job->po_faults.no_memory = true;
	return kept ? kept : "";
}

/* Takes the bytes. */
static bool add_change(struct job *job, const char *path, struct buf *bytes, struct err *err)
{
	if (job->change_count == job->change_cap) {
		size_t cap = job->change_cap ? job->change_cap * 2 : 64;
		struct change *grown = reallocarray(job->changes, cap, sizeof(*grown));

		if (!grown)
			return err_memory(err);
		job->changes = grown;
		job->change_cap = cap;
	}
	job->changes[job->change_count++] = (struct change){path, *bytes};
	*bytes = (struct buf){0};
	return true;
}

static void forget_changes(struct job *job)
{
	for (size_t i = 0; i < job->change_count; i++)
		buf_finish(&job->changes[i].bytes);
	job->change_count = 0;
}

static bool write_changes(struct job *job, int dir, struct err *err)
{
	for (size_t i = 0; i < job->change_count; i++, job->written++) {
		const struct change *change = &job->changes[i];
		const char *slash = strrchr(change->path, '/');
		char folder[PATH_MAX] = ".";
		int in = -1;

		if (slash)
			snprintf(folder, sizeof(folder), "%.*s", (int)(slash - change->path), change->path);
		if (!file_open_dir(dir, folder, true, &in, err))
			return false;
		bool ok = file_write(in, slash ? slash + 1 : change->path, change->bytes.data, change->bytes.len, 0644,
				     err);
		close(in);
		if (!ok)
			return err_context(err, "%s", change->path);
	}
	return true;
}

/* A PO file of the folder; *present is false when it is not there or has errors, which are told. */
static bool load_po(struct job *job, const struct reading *in, const char *name, struct buf *bytes, bool *present,
		    struct err *err)
{
	struct err reason = {0};

	*present = file_read(job->po_dir, name, POFILE_BYTES_MAX, bytes, &reason);
	if (!*present && reason.code != ERR_MISSING) {
		*err = reason;
		return false;
	}
	reading_unix(bytes);
	if (*present && !buf_append(bytes, "", 0))
		return err_memory(err);
	if (*present)
		*present = reading_utf8(in, bytes->data, bytes->len);
	return true;
}

static bool read_po(struct job *job, const struct reading *in, const char *name, struct pofile *po, bool *present,
		    struct err *err)
{
	struct buf bytes = {0};
	bool ok = load_po(job, in, name, &bytes, present, err);

	if (ok && *present)
		*present = pofile_read(in, bytes.data, bytes.len, po);
	buf_finish(&bytes);
	if (ok && *present && strcmp(po->language, job->lang) != 0)
		fault_error(in->faults, in->path, 1, "the header's Language is \"%s\"; allowed: %s", po->language,
			    job->lang);
	return ok;
}

/* Its texts are counted, so that the room for its messages is known. */
static bool read_units(struct job *job, struct unit *units, size_t count, size_t *texts, struct err *err)
{
	struct err reason = {0};

	*texts = 0;
	for (size_t i = 0; i < count; i++) {
		if (unit_read(&job->source, &job->content_faults, job->lang, &units[i], &reason))
			*texts += units[i].original.count;
		else if (reason.code != 0)
			return *err = reason, false;
		else
			units[i].original.count = 0; /* told */
	}
	return true;
}

static const char *header(struct job *job, const char *po, const struct pofile *before)
{
	char day[CLOCK_UTC_MAX];

	clock_format_utc(job->source.today * 86400, day);
	day[strcspn(day, "T")] = '\0';
	const char *made = arena_printf(
		&job->arena,
		"Project-Id-Version: %s %s\nReport-Msgid-Bugs-To: \nPOT-Creation-Date: %s 00:00+0000\n"
		"PO-Revision-Date: %s 00:00+0000\nLast-Translator: %s\nLanguage-Team: \nLanguage: %s\nMIME-Version: "
		"1.0\n"
		"Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nX-Checked-By: \n",
		job->source.bundle.municipality ? job->source.bundle.municipality : "Vejviser", po, day, day,
		before ? before->translator : "", job->lang);
	return made ? made : "";
}

static void tell_group(const char *file, const struct pofile *po)
{
	size_t fuzzy = 0;
	size_t empty = 0;

	for (size_t i = 0; i < po->count; i++) {
		fuzzy += po->entries[i].fuzzy;
		empty += !*po->entries[i].text;
	}
	printf(_("  %-28s %5zu texts, %zu not translated, %zu to look at\n"), file, po->count, empty, fuzzy);
}

static bool export_group(struct job *job, struct unit *units, size_t count, struct err *err)
{
	const char *file = keep(job, "%s.po", units->po);
	struct reading in = {arena_printf(&job->arena, "%s/%s", job->lang, file), &job->po_faults, &job->arena, NULL};
	struct pofile before;
	struct pofile po = {0};
	struct buf bytes = {0};
	size_t texts;
	bool present;

	if (!read_units(job, units, count, &texts, err) || !read_po(job, &in, file, &before, &present, err))
		return false;
	po.entries = reading_array(&in, texts, sizeof(*po.entries));
	if (!po.entries)
		return err_memory(err);
	for (size_t i = 0; i < count; i++)
		if (!translate_entries(&in, &units[i], present ? &before : NULL, &po, texts))
			return err_memory(err);
	if (!faults_complete(&job->po_faults, err))
		return false;
	if (po.count == 0)
		return true;
	tell_group(file, &po);
	if (pofile_write(&in, header(job, units->po, present ? &before : NULL), &po, &bytes, err) &&
	    add_change(job, file, &bytes, err))
		return true;
	buf_finish(&bytes);
	return false;
}

static bool is_of(const struct unit *unit, const char *context)
{
	size_t len = strlen(unit->name);

	return strncmp(context, unit->name, len) == 0 && context[len] == ' ' &&
	       segments_find(&unit->original, context + len + 1);
}

/* Messages that belong nowhere: of a page that is gone, or of an older kind. */
static void tell_strangers(const struct reading *in, const struct pofile *po, const struct unit *units, size_t count)
{
	for (size_t i = 0; i < po->count; i++) {
		const struct pofile_entry *entry = &po->entries[i];
		bool known = false;

		for (size_t u = 0; entry->context && !known && u < count; u++)
			known = is_of(&units[u], entry->context);
		if (!known)
			fault_warning(in->faults, in->path, entry->line,
				      "the Danish content has no text \"%s\"; it is passed over. Export again to have "
				      "the texts as they are now",
				      entry->context ? entry->context : "");
	}
}

/* "Anna Jensen <anna@example.org>" is Anna Jensen; what a program puts there for nobody is "". */
static const char *person(struct job *job, const char *field)
{
	size_t len = strcspn(field, "<");

	while (len > 0 && field[len - 1] == ' ')
		len--;
	if (strncmp(field, "FULL NAME", 9) == 0 || strncmp(field, "Automatically", 13) == 0)
		len = 0;
	const char *kept = arena_text(&job->arena, field, len);
	return kept ? kept : "";
}

static bool person_allowed(const struct reading *in, const char *field, const char *name)
{
	return !*name || reading_text(in, 1, field, name, strlen(name), PERSON_CHARS);
}

static bool import_unit(struct job *job, const struct reading *in, const struct pofile *po, struct unit *unit,
			const struct unit_people *people, struct err *err)
{
	struct buf bytes = {0};
	size_t answered = 0;
	bool changed;

	translate_answers(in, po, unit);
	for (size_t i = 0; i < unit->original.count; i++)
		answered += unit->answers[i] != NULL;
	if (answered > 0 && !unit_complete(unit) && !unit->same && unit->kind != UNIT_MAP)
		fault_warning(in->faults, in->path, 1,
			      "%s: %zu of %zu texts are translated; the file is %s until all are", unit->path, answered,
			      unit->original.count,
			      unit->present ? _("kept as it was, but for these,") : _("not written"));
	if (!unit_write(&job->source, job->lang, unit, people, &bytes, &changed, err))
		return false;
	return !changed || add_change(job, unit->path, &bytes, err);
}

static bool import_group(struct job *job, struct unit *units, size_t count, struct err *err)
{
	const char *file = keep(job, "%s.po", units->po);
	struct reading in = {arena_printf(&job->arena, "%s/%s", job->lang, file), &job->po_faults, &job->arena,
			     job->source.fonts};
	struct pofile po;
	size_t texts;
	size_t before = job->change_count;
	bool present;

	if (!read_po(job, &in, file, &po, &present, err))
		return false;
	if (!present)
		return true;
	const struct unit_people people = {person(job, po.translator), person(job, po.checker)};
	if (!read_units(job, units, count, &texts, err))
		return false;
	tell_strangers(&in, &po, units, count);
	if (!person_allowed(&in, N_("the header's Last-Translator"), people.translator) ||
	    !person_allowed(&in, N_("the header's X-Checked-By"), people.checker))
		return true;
	for (size_t i = 0; i < count; i++)
		if (!import_unit(job, &in, &po, &units[i], &people, err))
			return false;
	if (!job->trial)
		printf(ngettext("  %s/%-28s %zu file changed\n", "  %s/%-28s %zu files changed\n",
				job->change_count - before),
		       job->lang, file, job->change_count - before);
	return true;
}

/* The kiosk's own words are a PO file already. */
static bool move_words(struct job *job, struct err *err)
{
	const char *path = keep(job, "ui/%s.po", job->lang);
	struct reading in = {keep(job, "%s/ui.po", job->lang), &job->po_faults, &job->arena, job->source.fonts};
	struct faults faults = {0};
	struct reading trial = {in.path, &faults, &job->arena, job->source.fonts};
	struct buf content = {0};
	struct buf po = {0};
	struct err reason = {0};
	struct words words;
	bool present = false;
	bool ok = file_read(job->source.dir, path, CATALOG_BYTES_MAX, &content, &reason) || reason.code == ERR_MISSING;

	if (!ok)
		*err = reason;
	else if (!job->import)
		ok = content.len == 0 || add_change(job, "ui.po", &content, err);
	else
		ok = load_po(job, &in, "ui.po", &po, &present, err);
	if (ok && present && (po.len != content.len || memcmp(po.data, content.data, po.len) != 0)) {
		catalog_read(&trial, job->lang, po.data, po.len, &words);
		faults_sort(&faults);
		for (size_t i = 0; i < faults.count; i++)
			fault_warning(in.faults, in.path, faults.faults[i].line, "%s", faults.faults[i].text);
		if (faults.errors > 0)
			fault_warning(in.faults, in.path, 1,
				      "the kiosk's own words are not taken until these are mended");
		else
			ok = add_change(job, path, &po, err);
	}
	buf_finish(&content);
	buf_finish(&po);
	faults_finish(&faults);
	return ok;
}

static bool run_units(struct job *job, struct units *units, struct err *err)
{
	bool ok = true;

	for (size_t i = 0, next; ok && i < units->count; i = next) {
		for (next = i; next < units->count && strcmp(units->units[next].po, units->units[i].po) == 0;)
			next++;
		ok = (job->import ? import_group : export_group)(job, &units->units[i], next - i, err);
		for (size_t u = i; u < next; u++)
			unit_finish(&units->units[u]);
	}
	return ok && move_words(job, err);
}

static bool run_language(struct job *job, const char *lang, struct err *err)
{
	const char *path = arena_printf(&job->arena, "%s/%s", job->folder, lang);
	struct units units = {0};

	job->lang = lang;
	job->po_dir = -1;
	if (!path || !units_list(&job->source, lang, &units, err)) {
		free(units.units);
		return err_memory(err);
	}
	bool ok = file_open_dir(AT_FDCWD, path, !job->import, &job->po_dir, err) && run_units(job, &units, err);
	if (ok && !job->trial && job->po_faults.errors + job->content_faults.errors == 0)
		ok = write_changes(job, job->import ? job->source.dir : job->po_dir, err);
	if (ok && job->import && !job->trial && source_language(&job->source, lang) < 0)
		printf(_("site.yaml does not name \"%s\" yet: take away the # in front of it there, then check\n"),
		       lang);
	forget_changes(job);
	if (job->po_dir >= 0)
		close(job->po_dir);
	free(units.units);
	return ok;
}

static bool is_there(const struct job *job, const char *lang)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", job->folder, lang);
	return access(path, F_OK) == 0;
}

/* Those of site.yaml, and those that wait there behind a "#" and have a file in ui/ already (bundle/new.h). */
static bool list_languages(struct job *job, struct source_names *out, struct err *err)
{
	const struct bundle *bundle = &job->source.bundle;
	struct source_names files;

	if (!source_list(&job->source, job->source.dir, "ui", false, &files, err))
		return false;
	*out = (struct source_names){
		.names = arena_array(&job->arena, bundle->language_count + files.count, sizeof(*out->names))};
	if (!out->names)
		return err_memory(err);
	for (size_t i = 0; i < bundle->language_count; i++)
		out->names[out->count++] = bundle->languages[i].code;
	for (size_t i = 0; i < files.count; i++) {
		size_t stem = strcspn(files.names[i], ".");
		const char *code = source_path(&job->source, "%.*s", (int)stem, files.names[i]);

		if (strcmp(files.names[i] + stem, ".po") == 0 && document_lang_valid(code) &&
		    source_language(&job->source, code) < 0)
			out->names[out->count++] = code;
	}
	return true;
}

static bool run_languages(struct job *job, const char *lang, struct err *err)
{
	struct source_names languages;
	size_t done = 0;

	if (!list_languages(job, &languages, err))
		return false;
	for (size_t i = 0; i < languages.count; i++) {
		const char *code = languages.names[i];

		if (lang ? strcmp(code, lang) != 0 : !is_there(job, code))
			continue;
		if (i == job->source.source_language)
			return err_set(err, ERR_USAGE, "\"%s\" is the language that is translated from", code);
		if (!run_language(job, code, err))
			return false;
		done++;
	}
	if (done > 0)
		return true;
	return lang ? err_set(err, ERR_MISSING,
			      "there is no language \"%s\" in site.yaml or in ui/; \"vejviser-bundle new language %s\" "
			      "adds it",
			      lang, lang)
		    : err_set(err, ERR_MISSING,
			      "%s: there is no folder of a language in it; name the one that was exported to",
			      job->folder);
}

static void finish(struct job *job)
{
	faults_sort(&job->content_faults);
	faults_sort(&job->po_faults);
	faults_print(&job->content_faults, job->content, false, stderr);
	faults_print(&job->po_faults, job->folder, false, stderr);
	free(job->changes);
	faults_finish(&job->content_faults);
	faults_finish(&job->po_faults);
	arena_finish(&job->arena);
}

static int run(struct job *job, const char *lang)
{
	struct faults all = {0};
	struct err err = {0};
	bool ok = source_read(job->content, job->share, &job->source, &all, &err);

	if (ok && job->source.bundle.language_count == 0) {
		faults_sort(&all);
		faults_print(&all, job->content, false, stderr);
		ok = err_set(&err, ERR_FORMAT, "without its languages the content cannot be understood");
	}
	/* Places hold all languages, so one language is written before the next is read: but none while another has errors. */
	job->trial = job->import;
	ok = ok && run_languages(job, lang, &err);
	size_t errors = job->content_faults.errors + job->po_faults.errors;
	if (ok && job->trial && errors == 0) {
		job->trial = false;
		ok = run_languages(job, lang, &err);
	}
	if (ok && errors == 0)
		printf(ngettext("%zu file written to %s\n", "%zu files written to %s\n", job->written), job->written,
		       job->import ? job->content : job->folder);
	source_finish(&job->source);
	finish(job);
	faults_finish(&all);
	if (!ok)
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
	else if (errors > 0)
		fputs(_("vejviser-bundle: nothing is written\n"), stderr);
	return !ok ? 2 : errors > 0;
}

/* What follows the options: export CONTENT, or import DIR [CONTENT]. */
static bool read_verb(struct job *job, const char *lang, char **words, int count)
{
	job->import = count > 0 && strcmp(words[0], "import") == 0;
	if (job->import) {
		bool named = job->folder;

		job->folder = count > 1 ? words[1] : NULL;
		job->content = count > 2 ? words[2] : "content";
		return !named && (count == 2 || count == 3);
	}
	job->content = count > 1 ? words[1] : NULL;
	return count == 2 && strcmp(words[0], "export") == 0 && lang && job->folder;
}

int command_translate(int argc, char **argv)
{
	static const struct option options[] = {{"lang", required_argument, NULL, 'l'},
						{"out", required_argument, NULL, 'o'},
						{"share", required_argument, NULL, 's'},
						{"help", no_argument, NULL, 'h'},
						{0}};
	struct job job = {.source = {.dir = -1}};
	const char *lang = NULL;
	int option;

	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'l')
			lang = optarg;
		else if (option == 'o')
			job.folder = optarg;
		else if (option == 's')
			job.share = optarg;
		else
			return fputs(_(usage), option == 'h' ? stdout : stderr), option == 'h' ? 0 : 2;
	}
	if (!read_verb(&job, lang, argv + optind, argc - optind))
		return fputs(_(usage), stderr), 2;
	return run(&job, lang);
}
