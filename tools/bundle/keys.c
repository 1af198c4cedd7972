#include "bundle/keys.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "trust/metadata_write.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define ROOT_DAYS      3652 /* ten years */
#define DAY_S          INT64_C(86400)
#define PEM_BYTES_MAX  16384
#define PASSPHRASE_MAX 1024
#define NAME_BYTES     32
#define PASSPHRASE_ENV "VEJVISER_PASSPHRASE"

static void pem_name(enum metadata_role role, char name[NAME_BYTES])
{
	snprintf(name, NAME_BYTES, "%s.pem", metadata_name(role));
}

/* ---- the passphrase */

/* One line without echo. Ctrl-C ends the line instead of the program, so that the terminal gets its echo back. */
static bool read_line(int tty, char text[PASSPHRASE_MAX], struct err *err)
{
	struct termios was, quiet;
	ssize_t n;

	if (tcgetattr(tty, &was) != 0)
		return err_errno(err, "terminal");
	quiet = was;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_cc[VEOL] = was.c_cc[VINTR];
	if (tcsetattr(tty, TCSAFLUSH, &quiet) != 0)
		return err_errno(err, "terminal");
	n = read(tty, text, PASSPHRASE_MAX);
	tcsetattr(tty, TCSAFLUSH, &was);
	if (n <= 0 || text[n - 1] != '\n')
		return err_set(err, ERR_USAGE, "no passphrase was typed (at most %d bytes)", PASSPHRASE_MAX - 2);
	text[n - 1] = '\0';
	return true;
}

static bool ask(const char *question, char text[PASSPHRASE_MAX], struct err *err)
{
	int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	bool ok;

	if (tty < 0)
		return err_set(err, ERR_USAGE, "there is no terminal to ask for the passphrase: set " PASSPHRASE_ENV);
	dprintf(tty, "%s: ", question);
	ok = read_line(tty, text, err);
	dprintf(tty, "\n");
	close(tty);
	return ok;
}

static bool from_environment(char text[PASSPHRASE_MAX], bool *found, struct err *err)
{
	const char *given = getenv(PASSPHRASE_ENV);

	*found = given && given[0] != '\0';
	if (!*found)
		return true;
	if (strlen(given) >= PASSPHRASE_MAX)
		return err_set(err, ERR_USAGE, PASSPHRASE_ENV ": longer than %d bytes", PASSPHRASE_MAX - 1);
	snprintf(text, PASSPHRASE_MAX, "%s", given);
	return true;
}

static bool known_passphrase(const char *question, char text[PASSPHRASE_MAX], struct err *err)
{
	bool found;

	return from_environment(text, &found, err) && (found || ask(question, text, err));
}

/* Typed twice, because a mistake would lock the keys away for ever. */
static bool new_passphrase(bool wanted, char text[PASSPHRASE_MAX], struct err *err)
{
	char again[PASSPHRASE_MAX];
	bool found, same;

	text[0] = '\0';
	if (!from_environment(text, &found, err))
		return false;
	if (found || !wanted)
		return true;
	if (!ask("New passphrase for the keys", text, err) || !ask("The same again", again, err))
		return false;
	same = strcmp(text, again) == 0;
	explicit_bzero(again, sizeof(again));
	if (!same)
		return err_set(err, ERR_USAGE, "the two passphrases differ");
	return text[0] != '\0' || err_set(err, ERR_USAGE, "the passphrase is empty");
}

/* ---- making */

static bool check_free(int dir, const char *name, struct err *err)
{
	struct stat is;

	if (fstatat(dir, name, &is, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(err, ERR_USAGE, "%s is there already, and keys are never overwritten", name);
	return errno == ENOENT || err_errno(err, "%s", name);
}

static bool check_all_free(int dir, struct err *err)
{
	char name[NAME_BYTES];

	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		pem_name(role, name);
		if (!check_free(dir, name, err))
			return false;
	}
	return check_free(dir, "root.json", err);
}

static bool write_root(int dir, struct key *const keys[METADATA_ROLE_COUNT], int64_t now_utc_s, struct err *err)
{
	char publics[METADATA_ROLE_COUNT][ED25519_PUBLIC_HEX_MAX];
	const char *lists[METADATA_ROLE_COUNT];
	struct metadata_write_role roles[METADATA_ROLE_COUNT];
	struct json *part = NULL;
	struct buf file = {0};
	bool ok;

	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++) {
		if (!key_public_hex(keys[i], publics[i], err))
			return false;
		lists[i] = publics[i];
		roles[i] = (struct metadata_write_role){&lists[i], 1, 1};
	}
	ok = metadata_write_root(1, now_utc_s + ROOT_DAYS * DAY_S, roles, &part, err) &&
	     metadata_sign(part, &keys[METADATA_ROOT], 1, &file, err) &&
	     file_write(dir, "root.json", file.data, file.len, 0644, err);
	json_destroy(part);
	buf_finish(&file);
	return ok;
}

static bool write_key(int dir, enum metadata_role role, const char *passphrase, struct key **out, struct err *err)
{
	char name[NAME_BYTES];
	struct buf pem = {0};
	bool ok;

	pem_name(role, name);
	ok = key_generate(out, err) && key_write(*out, passphrase, &pem, err) &&
	     file_write(dir, name, pem.data, pem.len, 0600, err);
	if (pem.data)
		explicit_bzero(pem.data, pem.len);
	buf_finish(&pem);
	return ok;
}

/* Half a set of keys is of no use, and would stand in the way of a whole one. */
static void remove_all(int dir)
{
	char name[NAME_BYTES];
	struct err unused;

	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT; role++) {
		pem_name(role, name);
		file_remove(dir, name, &unused);
	}
	file_remove(dir, "root.json", &unused);
}

bool keys_make(const char *path, const char *passphrase, int64_t now_utc_s, struct err *err)
{
	struct key *keys[METADATA_ROLE_COUNT] = {NULL};
	bool ok = true;
	int dir;

	if (!file_open_dir(AT_FDCWD, path, true, &dir, err))
		return false;
	if (!check_all_free(dir, err)) {
		close(dir);
		return err_context(err, "%s", path);
	}
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT && ok; role++)
		ok = write_key(dir, role, passphrase, &keys[role], err);
	ok = ok && write_root(dir, keys, now_utc_s, err);
	if (!ok)
		remove_all(dir);
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		key_destroy(keys[i]);
	close(dir);
	return ok || err_context(err, "%s", path);
}

/* ---- reading */

static bool is_encrypted(const struct buf *pem)
{
	return pem->len > 0 && strstr(pem->data, "ENCRYPTED PRIVATE KEY") != NULL;
}

/* The passphrase is asked for at the first key that has one; "" until then. */
static bool read_key(int dir, enum metadata_role role, char passphrase[PASSPHRASE_MAX], struct key **out,
		     struct err *err)
{
	char name[NAME_BYTES];
	struct buf pem = {0};
	bool ok;

	pem_name(role, name);
	ok = file_read(dir, name, PEM_BYTES_MAX, &pem, err);
	if (ok && is_encrypted(&pem) && passphrase[0] == '\0')
		ok = known_passphrase("Passphrase of the keys", passphrase, err);
	if (ok && !key_parse(pem.data, pem.len, passphrase, out, err))
		ok = err_context(err, "%s", name);
	if (pem.data)
		explicit_bzero(pem.data, pem.len);
	buf_finish(&pem);
	return ok;
}

bool keys_open(const char *path, struct keys *out, struct err *err)
{
	char passphrase[PASSPHRASE_MAX] = "";
	bool ok;
	int dir;

	*out = (struct keys){0};
	if (!file_open_dir(AT_FDCWD, path, false, &dir, err))
		return err_context(err, "the folder of keys (--keys)");
	ok = file_read(dir, "root.json", metadata_limit(METADATA_ROOT), &out->root, err);
	for (enum metadata_role role = METADATA_TIMESTAMP; role < METADATA_ROLE_COUNT && ok; role++)
		ok = read_key(dir, role, passphrase, &out->private[role], err);
	explicit_bzero(passphrase, sizeof(passphrase));
	close(dir);
	if (ok)
		return true;
	keys_finish(out);
	return err_context(err, "%s", path);
}

void keys_finish(struct keys *keys)
{
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		key_destroy(keys->private[i]);
	buf_finish(&keys->root);
	*keys = (struct keys){0};
}

/* ---- telling */

static const char *private_state(int dir, const char *name)
{
	struct buf pem = {0};
	struct err err;
	const char *state;

	if (file_read(dir, name, PEM_BYTES_MAX, &pem, &err))
		state = is_encrypted(&pem) ? "is here, with a passphrase" : "is here, without a passphrase";
	else
		state = err.code == ERR_MISSING ? "is not here" : "cannot be read";
	if (pem.data)
		explicit_bzero(pem.data, pem.len);
	buf_finish(&pem);
	return state;
}

static bool describe_role(int dir, const struct metadata_root *root, enum metadata_role role, struct buf *out)
{
	const struct metadata_signers *signers = &root->roles[role];
	char name[NAME_BYTES];
	bool ok;

	pem_name(role, name);
	ok = buf_printf(out, "%s: %lld of %zu must sign; %s %s\n", metadata_name(role), (long long)signers->threshold,
			signers->count, name, private_state(dir, name));
	for (size_t i = 0; i < signers->count && ok; i++)
		ok = buf_printf(out, "\t%s\n", signers->keyids[i]);
	return ok;
}

static bool describe_root(int dir, const struct metadata *metadata, struct buf *out, struct err *err)
{
	struct metadata_root root;
	struct arena arena = {0};
	char expires[CLOCK_UTC_MAX];
	bool ok = metadata_read_root(metadata, &arena, &root, err) &&
		  metadata_verify(metadata, &root, METADATA_ROOT, err);

	clock_format_utc(metadata->expires_utc_s, expires);
	if (ok && !buf_printf(out, "root.json: version %lld, expires %s\n", (long long)metadata->version, expires))
		ok = err_memory(err);
	for (enum metadata_role role = 0; role < METADATA_ROLE_COUNT && ok; role++)
		ok = describe_role(dir, &root, role, out) || err_memory(err);
	arena_finish(&arena);
	return ok;
}

bool keys_describe(const char *path, struct buf *out, struct err *err)
{
	struct metadata metadata = {0};
	struct buf bytes = {0};
	bool ok;
	int dir;

	if (!file_open_dir(AT_FDCWD, path, false, &dir, err))
		return false;
	ok = file_read(dir, "root.json", metadata_limit(METADATA_ROOT), &bytes, err) &&
	     ((metadata_parse(METADATA_ROOT, bytes.data, bytes.len, &metadata, err) &&
	       describe_root(dir, &metadata, out, err)) ||
	      err_context(err, "root.json"));
	metadata_finish(&metadata);
	buf_finish(&bytes);
	close(dir);
	return ok || err_context(err, "%s", path);
}

/* ---- the command */

static const char usage[] =
	"usage: vejviser-bundle keys DIR [--passphrase]    makes the keys that publications are signed with, and "
	"root.json\n"
	"       vejviser-bundle keys DIR --list            tells who may sign what, and which private keys are there\n"
	"\n"
	"  --passphrase  asks for a passphrase for the private keys; " PASSPHRASE_ENV " is taken without asking\n"
	"\n"
	"Give root.json to every kiosk. Keep root.pem away from the machine that publishes.\n";

static bool make(const char *path, bool with_passphrase, struct buf *out, struct err *err)
{
	char passphrase[PASSPHRASE_MAX];
	bool ok = new_passphrase(with_passphrase, passphrase, err) &&
		  keys_make(path, passphrase, clock_sane(clock_now().utc_s), err);

	explicit_bzero(passphrase, sizeof(passphrase));
	return ok && keys_describe(path, out, err);
}

int command_keys(int argc, char **argv)
{
	static const struct option options[] = {{"list", no_argument, NULL, 'l'},
						{"passphrase", no_argument, NULL, 'p'},
						{"help", no_argument, NULL, 'h'},
						{NULL, 0, NULL, 0}};
	bool list = false, with_passphrase = false, ok;
	struct buf out = {0};
	struct err err;
	int letter;

	while ((letter = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (letter == 'h')
			fputs(usage, stdout);
		if (letter == 'h' || letter == '?')
			return letter == 'h' ? 0 : 2;
		list = list || letter == 'l';
		with_passphrase = with_passphrase || letter == 'p';
	}
	if (optind + 1 != argc) {
		fputs(usage, stderr);
		return 2;
	}
	ok = list ? keys_describe(argv[optind], &out, &err) : make(argv[optind], with_passphrase, &out, &err);
	if (ok)
		fputs(out.data, stdout);
	else
		fprintf(stderr, "vejviser-bundle: %s\n", err.text);
	buf_finish(&out);
	return ok ? 0 : 1;
}
