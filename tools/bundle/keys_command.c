#include "bundle/keys_command.h"

#include "base/array.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "bundle/keys.h"
#include "bundle/passphrase.h"
#include "bundle/root.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_S     INT64_C(86400)
#define DAYS_MAX  7305 /* twenty years */
#define FILES_MAX ROOT_SIGNERS_MAX
#define PUB_BYTES 256

static const char keys_usage[] = N_(
	"usage: vejviser-bundle keys new PATH [--no-passphrase]   makes PATH.pem (secret) and PATH.pub (for "
	"everybody)\n"
	"       vejviser-bundle keys list DIR                     tells who may sign what, and which private keys are "
	"in DIR\n"
	"       vejviser-bundle keys rotate DIR NAME NEW.pub      another key takes the place of NAME\n"
	"       vejviser-bundle keys revoke DIR NAME              NAME may no longer sign anything\n"
	"       vejviser-bundle keys DIR [--passphrase]           for a trial: all keys at once, in one folder\n"
	"\n"
	"rotate and revoke write DIR/root.draft.json, the next root, which its holders must sign: see vejviser-bundle "
	"root.\n"
	"A passphrase is typed at the terminal; a machine sets VEJVISER_PASSPHRASE or VEJVISER_PASSPHRASE_FILE.\n");

static const char root_usage[] = N_(
	"usage: vejviser-bundle root draft DIR [--holder FILE.pub]... [--targets FILE.pub] [--online FILE.pub]\n"
	"                                      [--threshold N] [--days N]\n"
	"                                             begins the next root in DIR/root.draft.json; without options it "
	"is\n"
	"                                             the present one with a later date\n"
	"       vejviser-bundle root sign FILE KEY.pem       adds a holder's signature to a draft, or to a copy of it\n"
	"       vejviser-bundle root collect DIR [FILE]...   brings signed copies home; when enough have signed, it is "
	"in force\n"
	"       vejviser-bundle root status DIR              tells whose signature is missing\n"
	"\n"
	"  --holder FILE.pub   one who signs roots; may be repeated\n"
	"  --targets FILE.pub  the key that signs content\n"
	"  --online FILE.pub   the key that signs what is renewed every few days\n"
	"  --threshold N       so many holders must sign (first root: 2, or 1 when there is one holder)\n"
	"  --days N            until the root expires, 1 to 7305 (3652)\n"
	"\n"
	"Give root.json to every new kiosk; the others learn a new root when they fetch content.\n");

static int finish(bool ok, struct buf *out, const struct err *err)
{
	if (out->data)
		fputs(out->data, stdout);
	if (!ok)
		fprintf(stderr, "vejviser-bundle: %s\n", err->text);
	buf_finish(out);
	return ok ? 0 : 1;
}

static int wrong_use(const char *usage)
{
	fputs(_(usage), stderr);
	return 2;
}

static bool read_pub(const char *path, struct root_key *out, struct err *err)
{
	struct buf text = {0};
	bool ok = file_read(AT_FDCWD, path, PUB_BYTES, &text, err) &&
		  (root_key_parse(&text, out, err) || err_context(err, "%s", path));

	buf_finish(&text);
	return ok;
}

static bool tell_draft(const char *dir, const struct root *root, struct buf *out, struct err *err)
{
	return root_describe(root, out, err) &&
	       (buf_printf(out,
			   _("This is only a draft. Its holders sign %s/root.draft.json "
			     "with \"vejviser-bundle root sign\", or a "
			     "copy of it on a machine of their own; \"vejviser-bundle "
			     "root collect %s\" then puts it in force.\n"),
			   dir, dir) ||
		err_memory(err));
}

/* ---- keys */

static bool new_key(char **args, bool without, struct buf *out, struct err *err)
{
	char passphrase[PASSPHRASE_MAX] = "";
	bool ok = (without || passphrase_new("New passphrase for the key:", passphrase, err)) &&
		  keys_new(args[0], passphrase, err) &&
		  (buf_printf(out, _("%s.pem is the secret key%s. %s.pub is for whoever keeps root.json.\n"), args[0],
			      passphrase[0] ? "" : _(", without a passphrase"), args[0]) ||
		   err_memory(err));

	explicit_bzero(passphrase, sizeof(passphrase));
	return ok;
}

static bool list_keys(char **args, bool flag, struct buf *out, struct err *err)
{
	(void)flag;
	return keys_describe(args[0], out, err);
}

static bool rotate_key(char **args, bool flag, struct buf *out, struct err *err)
{
	struct root_key new;
	struct root root;
	bool first;

	(void)flag;
	return read_pub(args[2], &new, err) && keys_read_draft(args[0], &root, &first, err) &&
	       root_replace(&root, args[1], &new, err) && keys_write_draft(args[0], &root, err) &&
	       tell_draft(args[0], &root, out, err);
}

static bool revoke_key(char **args, bool flag, struct buf *out, struct err *err)
{
	struct root root;
	bool first;

	(void)flag;
	return keys_read_draft(args[0], &root, &first, err) && root_remove(&root, args[1], err) &&
	       (keys_write_draft(args[0], &root, err) ||
		err_context(err, "revoke would leave too few (\"rotate\" puts a new key in its place)")) &&
	       tell_draft(args[0], &root, out, err);
}

static bool make_trial(const char *path, bool with_passphrase, struct buf *out, struct err *err)
{
	char passphrase[PASSPHRASE_MAX];
	bool found,
		ok = passphrase_given(passphrase, &found, err) &&
		     (found || !with_passphrase || passphrase_new("New passphrase for the keys:", passphrase, err)) &&
		     keys_make_trial(path, passphrase, clock_sane(clock_now().utc_s), err);

	explicit_bzero(passphrase, sizeof(passphrase));
	return ok && keys_describe(path, out, err);
}

static const struct {
	const char *name;
	int args;
	bool (*run)(char **args, bool without_passphrase, struct buf *out, struct err *err);
} keys_verbs[] = {
	{"new", 1, new_key},
	{"list", 1, list_keys},
	{"rotate", 3, rotate_key},
	{"revoke", 2, revoke_key},
};

int command_keys(int argc, char **argv)
{
	static const struct option options[] = {{"list", no_argument, NULL, 'l'},
						{"passphrase", no_argument, NULL, 'p'},
						{"no-passphrase", no_argument, NULL, 'n'},
						{"help", no_argument, NULL, 'h'},
						{NULL, 0, NULL, 0}};
	bool list = false, with = false, without = false;
	struct buf out = {0};
	struct err err;
	int letter;

	while ((letter = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (letter == 'h')
			fputs(_(keys_usage), stdout);
		if (letter == 'h' || letter == '?')
			return letter == 'h' ? 0 : 2;
		list = list || letter == 'l';
		with = with || letter == 'p';
		without = without || letter == 'n';
	}
	for (size_t i = 0; i < ARRAY_LEN(keys_verbs) && optind < argc; i++)
		if (strcmp(argv[optind], keys_verbs[i].name) == 0)
			return optind + 1 + keys_verbs[i].args == argc
				       ? finish(keys_verbs[i].run(argv + optind + 1, without, &out, &err), &out, &err)
				       : wrong_use(keys_usage);
	if (optind + 1 != argc)
		return wrong_use(keys_usage);
	return finish(list ? keys_describe(argv[optind], &out, &err) : make_trial(argv[optind], with, &out, &err), &out,
		      &err);
}

/* ---- root */

struct root_options {
	const char *files[FILES_MAX]; /* .pub, and for what */
	int letters[FILES_MAX];
	size_t count;
	int64_t threshold, days; /* 0: not given */
};

static bool add_file(const struct root_options *options, size_t i, struct root *root, struct err *err)
{
	const bool may[METADATA_ROLE_COUNT] = {
		[METADATA_ROOT] = options->letters[i] == 'r',
		[METADATA_TARGETS] = options->letters[i] == 't',
		[METADATA_SNAPSHOT] = options->letters[i] == 'o',
		[METADATA_TIMESTAMP] = options->letters[i] == 'o',
	};
	struct root_key key;

	return read_pub(options->files[i], &key, err) &&
	       (root_add(root, &key, may, err) || err_context(err, "%s", options->files[i]));
}

static bool draft(char **args, int count, const struct root_options *options, struct buf *out, struct err *err)
{
	struct root root;
	bool first;

	(void)count;
	if (!keys_read_draft(args[0], &root, &first, err))
		return false;
	for (size_t i = 0; i < options->count; i++)
		if (!add_file(options, i, &root, err))
			return false;
	for (size_t i = 0; i < METADATA_ROLE_COUNT && first; i++)
		root.thresholds[i] = 1;
	if (first && root_signer_count(&root, METADATA_ROOT) > 1)
		root.thresholds[METADATA_ROOT] = 2;
	if (options->threshold > 0)
		root.thresholds[METADATA_ROOT] = options->threshold;
	root.expires_utc_s =
		clock_sane(clock_now().utc_s) + (options->days > 0 ? options->days : KEYS_ROOT_DAYS) * DAY_S;
	return keys_write_draft(args[0], &root, err) && tell_draft(args[0], &root, out, err);
}

/* Shows what is signed before it asks for the passphrase. */
static bool sign(char **args, int count, const struct root_options *options, struct buf *out, struct err *err)
{
	char last[PASSPHRASE_MAX] = "";
	struct buf bytes = {0}, done = {0};
	struct key *key = NULL;
	struct root_key who;
	struct root root;
	bool ok;

	(void)count;
	(void)options;
	ok = file_read(AT_FDCWD, args[0], metadata_limit(METADATA_ROOT), &bytes, err) &&
	     (root_read(&bytes, &root, err) || err_context(err, "%s", args[0])) && root_describe(&root, out, err);
	if (ok) {
		fputs(out->data, stdout);
		fflush(stdout);
		buf_clear(out);
	}
	ok = ok && keys_read_private(AT_FDCWD, args[1], last, &key, err) &&
	     (root_sign(&bytes, key, &done, &who, err) || err_context(err, "%s", args[0])) &&
	     file_write(AT_FDCWD, args[0], done.data, done.len, 0644, err) &&
	     (buf_printf(out,
			 who.name[0] ? _("%s: signed by %s\n")
				     : _("%s: signed by a key that is not among its holders%s; it counts only when it "
					 "is among "
					 "the present ones\n"),
			 args[0], who.name) ||
	      err_memory(err));
	explicit_bzero(last, sizeof(last));
	key_destroy(key);
	buf_finish(&bytes);
	buf_finish(&done);
	return ok;
}

static bool collect(char **args, int count, const struct root_options *options, struct buf *out, struct err *err)
{
	bool adopted;

	(void)options;
	return keys_collect(args[0], args + 1, (size_t)count - 1, out, &adopted, err) &&
	       (buf_append_text(
			out, adopted ? _("Enough have signed: it is root.json now. Publish, so that kiosks learn it.\n")
				     : _("It is not in force yet.\n")) ||
		err_memory(err));
}

static bool status(char **args, int count, const struct root_options *options, struct buf *out, struct err *err)
{
	bool complete;

	(void)count;
	(void)options;
	return keys_draft_status(args[0], out, &complete, err) &&
	       (!complete || buf_printf(out, _("Nothing is missing: \"vejviser-bundle root collect %s\"\n"), args[0]) ||
		err_memory(err));
}

static const struct {
	const char *name;
	int args_min, args_max;
	bool (*run)(char **args, int count, const struct root_options *options, struct buf *out, struct err *err);
} root_verbs[] = {
	{"draft", 1, 1, draft},
	{"sign", 2, 2, sign},
	{"collect", 1, ROOT_SIGNERS_MAX, collect},
	{"status", 1, 1, status},
};

static bool read_number(const char *text, int64_t max, int64_t *out)
{
	size_t digits = strspn(text, "0123456789");

	*out = digits > 0 && digits < 6 && text[digits] == '\0' ? strtol(text, NULL, 10) : 0;
	if (*out < 1 || *out > max)
		fprintf(stderr, _("vejviser-bundle: %s: must be a whole number from 1 to %lld\n"), text,
			(long long)max);
	return *out >= 1 && *out <= max;
}

/* 0: go on. 1: help was wanted. -1: wrong use. */
static int read_root_options(int argc, char **argv, struct root_options *out)
{
	static const struct option options[] = {{"holder", required_argument, NULL, 'r'},
						{"targets", required_argument, NULL, 't'},
						{"online", required_argument, NULL, 'o'},
						{"threshold", required_argument, NULL, 'n'},
						{"days", required_argument, NULL, 'd'},
						{"help", no_argument, NULL, 'h'},
						{NULL, 0, NULL, 0}};
	int letter;

	while ((letter = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (letter == 'h')
			return 1;
		if (letter == '?' || (letter == 'n' && !read_number(optarg, ROOT_SIGNERS_MAX, &out->threshold)) ||
		    (letter == 'd' && !read_number(optarg, DAYS_MAX, &out->days)))
			return -1;
		if (!strchr("rto", letter))
			continue;
		if (out->count == FILES_MAX) {
			fprintf(stderr, _("vejviser-bundle: more than %d keys\n"), FILES_MAX);
			return -1;
		}
		out->letters[out->count] = letter;
		out->files[out->count++] = optarg;
	}
	return 0;
}

int command_root(int argc, char **argv)
{
	struct root_options options = {0};
	int went = read_root_options(argc, argv, &options), args = argc - optind - 1;
	struct buf out = {0};
	struct err err;

	if (went > 0)
		fputs(_(root_usage), stdout);
	if (went != 0)
		return went > 0 ? 0 : 2;
	for (size_t i = 0; i < ARRAY_LEN(root_verbs) && args >= 0; i++)
		if (strcmp(argv[optind], root_verbs[i].name) == 0 && args >= root_verbs[i].args_min &&
		    args <= root_verbs[i].args_max)
			return finish(root_verbs[i].run(argv + optind + 1, args, &options, &out, &err), &out, &err);
	return wrong_use(root_usage);
}
