/* tuf-client -- the client that vejviser-sync is, without the kiosk, for test suites of The Update Framework.
 *
 * The command line is the one that the field's suites drive. METADATA_DIR holds root.json, timestamp.json and so on, the
 * bytes as they came; TARGET_DIR each target under its whole percent-encoded path.
 */
#include "base/array.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/log.h"
#include "sync/refresh.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TARGETS_MAX      256 /* --target-name in one call */
#define TARGET_BYTES_MAX 100000000
#define NAME_BYTES_MAX   200 /* of a file in TARGET_DIR */

static const char usage[] =
	"usage: tuf-client --metadata-dir DIR init ROOT_FILE\n"
	"       tuf-client --metadata-dir DIR --metadata-url URL refresh\n"
	"       tuf-client --metadata-dir DIR --metadata-url URL --target-dir DIR --target-base-url URL\n"
	"                  --target-name NAME [--target-name NAME]... download\n"
	"\n"
	"Exit status: 0 all is well, 1 anything is not.\n";

struct options {
	const char *metadata_dir, *metadata_url, *target_dir, *target_url;
	const char *targets[TARGETS_MAX];
	size_t target_count;
	const char *command, *root; /* root: of init */
};

/* ---- the command line */

static bool read_options(int argc, char **argv, struct options *out)
{
	static const struct option long_options[] = {
		{"metadata-dir", required_argument, NULL, 'm'},    {"metadata-url", required_argument, NULL, 'u'},
		{"target-dir", required_argument, NULL, 'd'},      {"target-name", required_argument, NULL, 'n'},
		{"target-base-url", required_argument, NULL, 'b'}, {NULL, 0, NULL, 0},
	};
	const struct {
		int letter;
		const char **value;
	} texts[] = {
		{'m', &out->metadata_dir}, {'u', &out->metadata_url}, {'d', &out->target_dir}, {'b', &out->target_url}};
	int letter;

	while ((letter = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		for (size_t i = 0; i < ARRAY_LEN(texts); i++)
			if (texts[i].letter == letter)
				*texts[i].value = optarg;
		if (letter == '?' || (letter == 'n' && out->target_count == TARGETS_MAX))
			return false;
		if (letter == 'n')
			out->targets[out->target_count++] = optarg;
	}
	if (optind < argc)
		out->command = argv[optind++];
	if (optind < argc)
		out->root = argv[optind++];
	return optind == argc && out->command && out->metadata_dir;
}

/* ---- init */

static bool run_init(const struct options *options, int kept, struct err *err)
{
	struct trust *trust = NULL;
	struct buf root = {0};
	bool ok = file_read(AT_FDCWD, options->root, metadata_limit(METADATA_ROOT), &root, err) &&
		  trust_open(root.data, root.len, 0, &trust, err) &&
		  file_write(kept, "root.json", root.data, root.len, 0644, err);

	trust_close(trust);
	buf_finish(&root);
	return ok;
}

/* ---- refresh and download */

/* With `slash` a slash stays one; without, and at the beginning a dot is not one that hides the file. */
static bool quote(const char *path, bool slash, char *out, size_t size, struct err *err)
{
	size_t len = 0;

	for (size_t i = 0; path[i]; i++) {
		bool plain = (path[i] >= 'a' && path[i] <= 'z') || (path[i] >= 'A' && path[i] <= 'Z') ||
			     (path[i] >= '0' && path[i] <= '9') || strchr(slash ? "_.-~/" : "_.-~", path[i]);

		if (len + 4 > size)
			return err_set(err, ERR_LIMIT, "%s: the name is too long", path);
		if (plain && (slash || i > 0 || path[i] != '.'))
			out[len++] = path[i];
		else
			len += (size_t)snprintf(out + len, 4, "%%%02X", (unsigned char)path[i]);
	}
	out[len] = '\0';
	return true;
}

static bool is_target(const struct metadata_target *target, const struct buf *bytes)
{
	char sha256[SHA256_HEX_MAX];
	struct err unused;

	return bytes->len == (uint64_t)target->len && sha256_hex(bytes->data, bytes->len, sha256, &unused) &&
	       strcmp(sha256, target->sha256) == 0;
}

static bool fetch_target(const struct trust *trust, const struct metadata_target *target, struct fetch *fetch,
			 struct buf *bytes, struct err *err)
{
	char path[FETCH_PATH_MAX], quoted[FETCH_PATH_MAX];

	if (target->len > TARGET_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "more than the %d bytes allowed", TARGET_BYTES_MAX);
	if (!trust_target_path(trust, target, path, sizeof(path), err) ||
	    !quote(path, true, quoted, sizeof(quoted), err) ||
	    !fetch_bytes(fetch, quoted, (size_t)target->len, bytes, err))
		return false;
	return is_target(target, bytes) || err_set(err, ERR_HASH, "length or SHA-256 differs from the signed one");
}

/* A file that is right already is not touched. */
static bool download_one(struct refresh *refresh, struct fetch *fetch, int dir, const char *path, struct err *err)
{
	const struct metadata_target *target;
	char name[NAME_BYTES_MAX];
	struct buf bytes = {0};
	struct err unused;
	bool ok;

	if (!quote(path, false, name, sizeof(name), err) || !refresh_find(refresh, path, &target, err))
		return false;
	ok = (file_read(dir, name, TARGET_BYTES_MAX, &bytes, &unused) && is_target(target, &bytes)) ||
	     (fetch_target(refresh->trust, target, fetch, &bytes, err) &&
	      file_write(dir, name, bytes.data, bytes.len, 0644, err));
	buf_finish(&bytes);
	return ok;
}

static bool download(struct refresh *refresh, const struct options *options, struct err *err)
{
	struct fetch *fetch = NULL;
	int dir;
	bool ok;

	if (!file_open_dir(AT_FDCWD, options->target_dir, true, &dir, err))
		return false;
	ok = fetch_open(options->target_url, NULL, &fetch, err);
	for (size_t i = 0; i < options->target_count && ok; i++)
		ok = download_one(refresh, fetch, dir, options->targets[i], err) ||
		     err_context(err, "%s", options->targets[i]);
	fetch_close(fetch);
	close(dir);
	return ok;
}

static bool run_refresh(const struct options *options, int kept, struct err *err)
{
	const struct buf no_root = {0};
	struct refresh refresh = {
		.kept = kept, .prefix = "", .root = &no_root, .now_utc_s = clock_sane(clock_now().utc_s)};
	bool ok = fetch_open(options->metadata_url, NULL, &refresh.fetch, err) && refresh_top(&refresh, err) &&
		  (!options->target_dir || download(&refresh, options, err));

	refresh_finish(&refresh);
	fetch_close(refresh.fetch);
	return ok;
}

/* ---- which of them */

static bool can_init(const struct options *o)
{
	return o->root != NULL;
}

static bool can_refresh(const struct options *o)
{
	return !o->root && o->metadata_url && !o->target_dir;
}

static bool can_download(const struct options *o)
{
	return !o->root && o->metadata_url && o->target_dir && o->target_url && o->target_count > 0;
}

static const struct {
	const char *name;
	bool (*can)(const struct options *options);
	bool (*run)(const struct options *options, int kept, struct err *err);
	bool create; /* METADATA_DIR */
} commands[] = {
	{"init", can_init, run_init, true},
	{"refresh", can_refresh, run_refresh, false},
	{"download", can_download, run_refresh, false},
};

int main(int argc, char **argv)
{
	struct options options = {0};
	struct err err;
	int kept;
	bool ok;

	log_name("tuf-client");
	if (read_options(argc, argv, &options))
		for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
			if (strcmp(commands[i].name, options.command) != 0 || !commands[i].can(&options))
				continue;
			ok = file_open_dir(AT_FDCWD, options.metadata_dir, commands[i].create, &kept, &err);
			if (ok) {
				ok = commands[i].run(&options, kept, &err);
				close(kept);
			}
			if (!ok)
				log_error("%s", err.text);
			return ok ? EXIT_SUCCESS : EXIT_FAILURE;
		}
	fputs(usage, stderr);
	return EXIT_FAILURE;
}
