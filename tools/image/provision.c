#include "image/provision.h"

#include "base/array.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/message.h"
#include "base/settings.h"
#include "base/utf8.h"
#include "image/network.h"
#include "image/panel.h"
#include "trust/trust.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define REMARKS_MAX 4 /* as many as the kiosk shows */
#define OPEN        0644
#define SECRET      0600
#define NAME_SHOWN  64

struct run {
	int from, to;
	struct buf faults; /* a line each: "kiosk.conf:3: what is wrong" */
	bool has_server;
	struct err *err;
};

static bool fault(struct run *run, const char *lines)
{
	log_warn("%s", lines);
	return buf_printf(&run->faults, "%s\n", lines) || err_memory(run->err);
}

static bool put(struct run *run, const char *name, const struct buf *bytes, mode_t mode)
{
	return file_write(run->to, name, bytes->len ? bytes->data : "", bytes->len, mode, run->err);
}

/* What each file must be; on failure err says why. */

static bool check_kiosk(struct run *run, const struct buf *bytes, struct err *err)
{
	struct settings settings;

	if (!settings_parse("kiosk.conf", bytes->data ? bytes->data : "", bytes->len, &settings, err))
		return false;
	run->has_server = *settings.server != '\0';
	return true;
}

static bool check_root(struct run *run, const struct buf *bytes, struct err *err)
{
	struct trust *trust = NULL;

	(void)run;
	if (!trust_open(bytes->data ? bytes->data : "", bytes->len, 0, &trust, err))
		return err_context(err, _("root.json: not that of the folder of keys"));
	trust_close(trust);
	return true;
}

static bool check_certificates(struct run *run, const struct buf *bytes, struct err *err)
{
	(void)run;
	if (bytes->len > 0 && !memchr(bytes->data, 0, bytes->len) && strstr(bytes->data, "-----BEGIN CERTIFICATE-----"))
		return true;
	return err_set(err, ERR_FORMAT,
		       "ca.pem: no certificate in it; allowed: certificates in PEM, one after another");
}

static const struct copied {
	const char *name, *to;
	size_t limit;
	bool (*check)(struct run *run, const struct buf *bytes, struct err *err);
} copied[] = {
	{"kiosk.conf", "etc/kiosk.conf", SETTINGS_BYTES_MAX, check_kiosk},
	{"root.json", "etc/root.json", 0, check_root}, /* metadata_limit() */
	{"ca.pem", "etc/ca.pem", 1 << 18, check_certificates},
};

/* *found is false when it is not there, or what is there cannot be read, which is told. */
static bool read_one(struct run *run, const char *name, size_t limit, struct buf *bytes, bool *found)
{
	struct err why;

	*found = run->from >= 0 && file_read(run->from, name, limit, bytes, &why);
	return *found || run->from < 0 || why.code == ERR_MISSING || fault(run, why.text);
}

static bool copy(struct run *run, const struct copied *what)
{
	struct buf bytes = {0};
	struct err why;
	size_t limit = what->limit ? what->limit : metadata_limit(METADATA_ROOT);
	bool found = false;
	bool ok = file_remove(run->to, what->to, run->err) && read_one(run, what->name, limit, &bytes, &found);

	if (ok && found)
		ok = what->check(run, &bytes, &why) ? put(run, what->to, &bytes, OPEN) : fault(run, why.text);
	buf_finish(&bytes);
	return ok;
}

/* Defaults when the file is missing or has a fault; so there is always a network. */
static bool connect_network(struct run *run)
{
	struct buf bytes = {0}, network_text = {0}, wifi_text = {0}, name = {0};
	struct network network;
	struct err why;
	bool found;
	bool ok = read_one(run, "network.conf", CONF_BYTES_MAX, &bytes, &found);

	if (ok && !network_parse("network.conf", found ? bytes.data : "", found ? bytes.len : 0, &network, &why))
		ok = fault(run, why.text) && network_parse("network.conf", "", 0, &network, run->err);
	if (ok && (!network_write(&network, &network_text) || !network_write_wifi(&network, &wifi_text) ||
		   !buf_printf(&name, "%s\n", network.hostname)))
		ok = err_memory(run->err);
	ok = ok && put(run, "10-vejviser.network", &network_text, OPEN) && put(run, "hostname", &name, OPEN) &&
	     file_remove(run->to, "wpa_supplicant.conf", run->err) &&
	     (wifi_text.len == 0 || put(run, "wpa_supplicant.conf", &wifi_text, SECRET));
	buf_finish(&bytes);
	buf_finish(&network_text);
	buf_finish(&wifi_text);
	buf_finish(&name);
	return ok;
}

static bool connect_panel(struct run *run)
{
	struct buf bytes = {0}, text = {0};
	struct panel panel = {0}; /* none */
	struct err why;
	bool found;
	bool ok = read_one(run, "touch.conf", CONF_BYTES_MAX, &bytes, &found);

	if (ok && found && !panel_parse("touch.conf", bytes.data, bytes.len, &panel, &why))
		ok = fault(run, why.text);
	if (ok && !panel_write(&panel, &text))
		ok = err_memory(run->err);
	ok = ok && file_remove(run->to, "touch", run->err) && (text.len == 0 || put(run, "touch", &text, OPEN));
	buf_finish(&bytes);
	buf_finish(&text);
	return ok;
}

/* "kiosk.conf.txt" is what some editors make of "kiosk.conf". */
static bool check_name(void *context, const char *name, bool is_dir, struct err *err)
{
	static const char *const names[] = {"kiosk.conf", "network.conf", "touch.conf", "root.json", "ca.pem"};
	struct run *run = context;
	char text[ERR_TEXT_MAX];

	(void)is_dir;
	(void)err;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strncasecmp(name, names[i], strcspn(names[i], ".") + 1) != 0)
			continue;
		int shown = utf8_valid(name, strlen(name), NULL) ? (int)utf8_cut(name, strlen(name), NAME_SHOWN) : 0;
		snprintf(text, sizeof(text), _("%.*s: not read; its name must be %s"), shown, name, names[i]);
		return fault(run, text);
	}
	return true;
}

/* Adds a line that may have a place in front, "kiosk.conf:3: ". */
static bool add_remark(struct json *remarks, char *line)
{
	char *says = strstr(line, ": ");
	struct json *each = json_add_object(remarks, NULL);

	if (says)
		*says = '\0';
	return json_add_text(each, "place", says ? line : "") && json_add_text(each, "text", says ? says + 2 : line);
}

#define FILES_MAX 5

/* Some of the lines. */
struct choice {
	char *lines[FILES_MAX];
	size_t count;
};

static bool is_chosen(const struct choice *choice, const char *line)
{
	for (size_t i = 0; i < choice->count; i++)
		if (choice->lines[i] == line)
			return true;
	return false;
}

/* Adds the first line of each file, "kiosk.conf" of "kiosk.conf:3: "; one such as "and 7 more faults" has none. */
static void choose_file(struct choice *choice, size_t max, char *line)
{
	size_t len = strcspn(line, ":");

	for (size_t i = 0; i < choice->count; i++)
		if (strcspn(choice->lines[i], ":") == len && memcmp(choice->lines[i], line, len) == 0)
			return;
	if (choice->count < max && strstr(line, ": "))
		choice->lines[choice->count++] = line;
}

/* Which lines to tell when there are more than REMARKS_MAX; one is left for the names of the files that have more. */
static void choose(char *lines, size_t count, struct choice *told)
{
	char *line = lines;

	for (size_t i = 0; i < count; i++, line += strlen(line) + 1)
		choose_file(told, REMARKS_MAX - 1, line);
	line = lines;
	for (size_t i = 0; told->count < REMARKS_MAX - 1; i++, line += strlen(line) + 1)
		if (!is_chosen(told, line))
			told->lines[told->count++] = line;
}

static bool add_rest(struct json *remarks, const struct choice *files)
{
	char rest[FILES_MAX * (NAME_SHOWN + 2) + 64];
	size_t len = 0;

	for (size_t i = 0; i < files->count; i++) {
		const char *line = files->lines[i];
		int shown = (int)utf8_cut(line, strcspn(line, ":"), NAME_SHOWN);
		len += (size_t)snprintf(rest + len, sizeof(rest) - len, "%s%.*s", i ? ", " : "", shown, line);
	}
	snprintf(rest + len, sizeof(rest) - len, "%s%s", len ? ": " : "", _("and more faults"));
	return add_remark(remarks, rest);
}

static bool add_remarks(struct run *run, struct json *remarks)
{
	struct choice told = {0}, more = {0};
	char *line = run->faults.data, *next;
	size_t count = 0;

	for (size_t i = 0; i < run->faults.len; i++) {
		if (run->faults.data[i] != '\n')
			continue;
		run->faults.data[i] = '\0';
		count++;
	}
	if (count > REMARKS_MAX)
		choose(line, count, &told);
	for (size_t i = 0; i < count; i++, line = next) {
		next = line + strlen(line) + 1;
		if (count > REMARKS_MAX && !is_chosen(&told, line))
			choose_file(&more, FILES_MAX, line);
		else if (!add_remark(remarks, line))
			return false;
	}
	return count <= REMARKS_MAX || add_rest(remarks, &more);
}

static bool finish(struct run *run)
{
	struct buf bytes = {0};
	struct json *json = json_new_object();
	bool ok = (add_remarks(run, json_add_array(json, "remarks")) || err_memory(run->err)) &&
		  json_write(json, &bytes, run->err) && put(run, "remarks.json", &bytes, OPEN);

	json_destroy(json);
	buf_finish(&bytes);
	return ok;
}

bool provision_run(int from, int to, struct err *err)
{
	struct run run = {.from = from, .to = to, .err = err};
	int etc;
	bool ok = file_open_dir(to, "etc", true, &etc, err);

	if (ok)
		close(etc);
	if (ok && from < 0)
		ok = fault(&run, _("VEJVISER: the provisioning partition cannot be read"));
	for (size_t i = 0; ok && i < ARRAY_LEN(copied); i++)
		ok = copy(&run, &copied[i]);
	if (ok && run.has_server && faccessat(from, "root.json", F_OK, 0) != 0)
		ok = fault(&run, _("root.json: it is missing; without it nothing is taken from the server that "
				   "kiosk.conf names"));
	ok = ok && connect_network(&run) && connect_panel(&run) &&
	     (from < 0 || file_list(from, ".", check_name, &run, err)) && finish(&run);
	buf_finish(&run.faults);
	return ok;
}
