#include "bundle/new.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/calendar.h"
#include "bundle/edit.h"
#include "bundle/import_site.h"
#include "bundle/new_kinds.h"
#include "bundle/reading.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 400
#define DAY_S          INT64_C(86400)

static const char usage_start[] =
	N_("usage: vejviser-bundle new KIND NAME [--title TEXT] [--icon NAME] [--content DIR] "
	   "[--share DIR]\n"
	   "\n"
	   "Makes something new in DIR (default: content), with an example in it that says what each "
	   "line is for, and adds it to\n"
	   "the list that must name it. On a terminal, what is not given is asked for. Nothing is "
	   "ever overwritten.\n"
	   "\n");
static const char usage_end[] = N_(
	"  language  a language: NAME is its code, such as so\n"
	"\n"
	"  --title TEXT  what it is called, in Danish (of a site: the municipality; of a language: its own "
	"name)\n"
	"  --icon NAME   its pictogram\n"
	"  --share DIR   the kiosk's pictograms, fonts and words (default: $VEJVISER_SHARE, else the installed ones)\n"
	"\n"
	"Exit status: 0 made, 1 refused, 2 wrong use.\n");

static void print_usage(FILE *out)
{
	fputs(_(usage_start), out);
	for (size_t i = 0; i < new_kind_count; i++)
		fprintf(out, _("  %-8s  %s: NAME is %s\n"), new_kinds[i].name, _(new_kinds[i].help),
			_(new_kinds[i].name_help));
	fputs(_(usage_end), out);
}

static const struct new_kind *find_kind(const char *name)
{
	for (size_t i = 0; i < new_kind_count; i++)
		if (strcmp(new_kinds[i].name, name) == 0)
			return &new_kinds[i];
	return NULL;
}

/* ---- filling in */

struct filling {
	const char *key;
	const char *text;
};

static const char *day_text(struct arena *arena, int64_t day, bool dashes)
{
	char utc[CLOCK_UTC_MAX];

	clock_format_utc(day * DAY_S, utc);
	return dashes ? arena_printf(arena, "%.10s", utc) : arena_printf(arena, "%.4s%.2s%.2s", utc, utc + 5, utc + 8);
}

static const char *quoted(struct arena *arena, const char *text)
{
	struct buf out = {0};
	const char *kept = edit_quote(&out, text) ? arena_text(arena, out.data, out.len) : NULL;

	buf_finish(&out);
	return kept;
}

#define FILLINGS 9

static bool fill_in(const struct new_wish *wish, const char *topic, const char *name, struct arena *arena,
		    struct filling out[FILLINGS])
{
	const struct filling fillings[FILLINGS] = {
		{"@name@", name},
		{"@topic@", topic},
		{"@title@", quoted(arena, wish->title)},
		{"@value@", calendar_value(arena, wish->title)},
		{"@icon@", wish->icon},
		{"@today@", day_text(arena, wish->today, true)},
		{"@soon@", day_text(arena, wish->today + 7, true)},
		{"@soonday@", day_text(arena, wish->today + 7, false)},
		{"@until@", day_text(arena, wish->today + 365, true)},
	};

	memcpy(out, fillings, sizeof(fillings));
	for (size_t i = 0; i < FILLINGS; i++)
		if (!out[i].text)
			return false;
	return true;
}

static bool compose(const char *text, const struct filling *fillings, struct buf *out)
{
	bool ok = true;

	while (ok && *text) {
		size_t i = 0;

		while (i < FILLINGS && strncmp(text, fillings[i].key, strlen(fillings[i].key)) != 0)
			i++;
		ok = i < FILLINGS ? buf_append_text(out, fillings[i].text) : buf_append(out, text, 1);
		text += i < FILLINGS ? strlen(fillings[i].key) : 1;
	}
	return ok;
}

/* ---- what would be written */

static bool plan_file(const char *path, const char *text, const struct filling *fillings, int dir, struct plan *plan,
		      struct err *err)
{
	struct buf full = {0};
	struct plan_step *step = NULL;
	bool ok = compose(path, fillings, &full) || err_memory(err);

	if (ok && full.data && faccessat(dir, full.data, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		ok = err_set(err, ERR_USAGE, "%s is there already; choose another name", full.data);
	if (ok)
		step = plan_step(plan, PLAN_ADD, full.data, "");
	ok = ok && ((step && compose(text, fillings, &step->bytes)) || err_memory(err));
	buf_finish(&full);
	return ok;
}

static bool plan_list(const struct new_kind *kind, const struct filling *fillings, const char *name, int dir,
		      struct plan *plan, struct err *err)
{
	const char *key[] = {kind->key, NULL};
	struct buf path = {0};
	struct buf yaml = {0};
	bool ok = compose(kind->list, fillings, &path) || err_memory(err);

	ok = ok && import_site_load(dir, path.data, TREE_BYTES_MAX, false, &yaml, err) &&
	     (edit_add(&yaml, key, name, err) || err_context(err, "%s", path.data));
	if (ok) {
		struct plan_step *step = plan_step(plan, PLAN_CHANGE, path.data, "");

		ok = (step && plan_say(&step->said, "%s is added to %s", name, kind->key)) || err_memory(err);
		if (ok && step) {
			step->bytes = yaml;
			yaml = (struct buf){0};
		}
	}
	buf_finish(&yaml);
	buf_finish(&path);
	return ok;
}

static const char *share_of(const struct new_wish *wish)
{
	const char *usual = getenv("VEJVISER_SHARE");

	return wish->share ? wish->share : usual && *usual ? usual : VEJVISER_SHARE;
}

static bool check_icon(const struct new_wish *wish, struct err *err)
{
	char path[1024];

	if (!document_icon_valid(wish->icon))
		return err_set(err, ERR_USAGE, "--icon \"%s\" is not allowed; allowed: the name of a pictogram",
			       wish->icon);
	snprintf(path, sizeof(path), "%s/icons/%s.svg", share_of(wish), wish->icon);
	return access(path, R_OK) == 0 ||
	       err_set(err, ERR_USAGE, "there is no pictogram %s; give another with --icon, or its folder with --share",
		       path);
}

static bool check_title(const struct new_wish *wish, const struct new_kind *kind, struct arena *arena, struct err *err)
{
	struct faults faults = {0};
	struct reading in = {"", &faults, arena, NULL};
	const char *title = wish->title ? wish->title : "";
	bool ok = reading_text(&in, 1, N_("the title"), title, strlen(title), kind->title_chars);

	if (!ok && faults.count > 0)
		err_set(err, ERR_USAGE, "%s", faults.faults[0].text);
	else if (!ok)
		err_memory(err);
	faults_finish(&faults);
	return ok;
}

/* A site begins in a folder with nothing in it, and has the Danish words of the kiosk. */
static bool plan_site(const struct new_wish *wish, int dir, struct plan *plan, struct err *err)
{
	struct plan_step *step = plan_step(plan, PLAN_ADD, "ui/da.po", "");
	char path[1024];

	if (!step)
		return err_memory(err);
	snprintf(path, sizeof(path), "%s/ui/da.po", share_of(wish));
	if (faccessat(dir, "site.yaml", F_OK, 0) == 0)
		return err_set(err, ERR_USAGE, "there is a site in %s already", wish->content);
	return import_site_load(AT_FDCWD, path, TREE_BYTES_MAX, false, &step->bytes, err) ||
	       err_context(err, "the kiosk's own words; give --share");
}

/* A site's name is a folder of the machine, a page's is topic/page. */
static bool check_name(const struct new_wish *wish, bool page, struct err *err)
{
	if (strcmp(wish->kind, "site") == 0 || (page ? document_page_path_valid : document_id_valid)(wish->name))
		return true;
	return err_set(err, ERR_USAGE, "the name \"%s\" is not allowed; allowed: %s1-40 of a-z, 0-9 and -", wish->name,
		       page ? "topic/page, each " : "");
}

bool new_plan(const struct new_wish *wish, int dir, struct plan *plan, struct err *err)
{
	const struct new_kind *kind = find_kind(wish->kind);
	bool page = strcmp(wish->kind, "page") == 0;
	size_t topic_len = page ? strcspn(wish->name, "/") : 0;
	const char *topic = arena_text(&plan->arena, wish->name, topic_len);
	struct filling fillings[FILLINGS];

	if (!topic)
		return err_memory(err);
	if (!check_name(wish, page, err) || !check_title(wish, kind, &plan->arena, err) || !check_icon(wish, err))
		return false;
	const char *name = wish->name + topic_len + page;
	bool ok = fill_in(wish, topic, name, &plan->arena, fillings) || err_memory(err);
	for (size_t i = 0; ok && i < NEW_FILES_MAX && kind->files[i].path; i++)
		ok = plan_file(kind->files[i].path, kind->files[i].text, fillings, dir, plan, err);
	if (ok && kind->list)
		ok = plan_list(kind, fillings, name, dir, plan, err);
	return ok && (strcmp(wish->kind, "site") != 0 || plan_site(wish, dir, plan, err));
}

/* ---- the command */

/* One line from a terminal into `out`; empty: the usual. */
static bool ask(const char *what, const char *usual, char out[LINE_MAX_BYTES])
{
	printf("%s%s%s%s: ", _(what), usual ? " [" : "", usual ? usual : "", usual ? "]" : "");
	fflush(stdout);
	if (!fgets(out, LINE_MAX_BYTES, stdin))
		return false;
	out[strcspn(out, "\r\n")] = '\0';
	if (!*out && usual)
		snprintf(out, LINE_MAX_BYTES, "%s", usual);
	return *out != '\0';
}

static bool is_complete(const struct new_wish *wish, const struct new_kind *kind)
{
	if (!wish->name)
		fprintf(stderr, _("vejviser-bundle: the NAME is missing; --help says more\n"));
	else if (kind && !wish->title)
		fprintf(stderr, _("vejviser-bundle: give --title: %s\n"), _(kind->title_help));
	return wish->name && (!kind || wish->title);
}

/* Asks for what was not given; false: nobody is there to answer. A language needs no title and no pictogram. */
static bool complete(struct new_wish *wish, char answers[3][LINE_MAX_BYTES])
{
	const struct new_kind *kind = find_kind(wish->kind);
	bool person = isatty(STDIN_FILENO);
	bool ask_title = kind && !wish->title && person;

	if (!wish->name && person && ask(kind ? kind->name_help : N_("its code, such as so"), NULL, answers[0]))
		wish->name = answers[0];
	if (ask_title && ask(kind->title_help, NULL, answers[1]))
		wish->title = answers[1];
	if (ask_title && !wish->icon && ask(N_("its pictogram"), kind->icon, answers[2]))
		wish->icon = answers[2];
	if (kind && !wish->icon)
		wish->icon = kind->icon;
	return is_complete(wish, kind);
}

static int run(struct new_wish *wish, char answers[3][LINE_MAX_BYTES])
{
	bool language = strcmp(wish->kind, "language") == 0;
	bool site = strcmp(wish->kind, "site") == 0;
	struct plan plan = {0};
	struct err err = {0};
	int dir = -1;

	if (!complete(wish, answers))
		return 2;
	if (site)
		wish->content = wish->name;
	bool ok = file_open_dir(AT_FDCWD, wish->content, site, &dir, &err) &&
		  (language ? new_language_plan(wish, dir, &plan, stdout, &err) : new_plan(wish, dir, &plan, &err)) &&
		  plan_write(&plan, dir, false, &err);
	if (ok) {
		plan_tell(&plan, stdout);
		if (!language)
			printf(_("Open %s/%s and write your own. Then: vejviser-bundle check %s\n"), wish->content,
			       plan.steps[0]->path, wish->content);
	} else {
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
	}
	if (dir >= 0)
		close(dir);
	plan_finish(&plan);
	return ok ? 0 : 1;
}

int command_new(int argc, char **argv)
{
	static const struct option options[] = {
		{"title", required_argument, NULL, 't'},   {"icon", required_argument, NULL, 'i'},
		{"content", required_argument, NULL, 'c'}, {"share", required_argument, NULL, 's'},
		{"help", no_argument, NULL, 'h'},          {0}};
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct new_wish wish = {.content = "content"};
	char answers[3][LINE_MAX_BYTES];
	int option;

	wish.today = (epoch && *epoch ? strtoll(epoch, NULL, 10) : clock_now().utc_s) / DAY_S;
	optind = 0;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return print_usage(stdout), 0;
		if (option == '?')
			return print_usage(stderr), 2;
		wish.title = option == 't' ? optarg : wish.title;
		wish.icon = option == 'i' ? optarg : wish.icon;
		wish.content = option == 'c' ? optarg : wish.content;
		wish.share = option == 's' ? optarg : wish.share;
	}
	wish.kind = optind < argc ? argv[optind++] : "";
	wish.name = optind < argc ? argv[optind++] : NULL;
	if (optind < argc || (!find_kind(wish.kind) && strcmp(wish.kind, "language") != 0))
		return print_usage(stderr), 2;
	return run(&wish, answers);
}
