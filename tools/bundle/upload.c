#include "bundle/upload.h"

#include "base/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#define CONNECT_S     30L
#define SLOW_S        30L
#define SLOW_BYTES    100L /* in a second */
#define URL_BYTES     2048
#define PATH_BYTES    1024 /* of a file's path, at most, that must have room behind the URL */
#define COMMAND_BYTES (2 * URL_BYTES + 64)

struct upload {
	CURL *easy;
	const struct login *login;
	char url[URL_BYTES]; /* without a final slash */
	const char *path;    /* of the URL, within it */
	bool sftp;
	char known_hosts[URL_BYTES];
	enum curl_khmatch host_key; /* what was last said of it */
	CURLcode result;            /* of the last request */
	char reason[CURL_ERROR_SIZE];
	const char *bytes; /* of a PUT */
	size_t len, sent;
	struct buf *got; /* of a GET; NULL: what comes is dropped */
	size_t limit;
	bool too_long;
};

/* ---- what libcurl calls */

static size_t send_bytes(char *to, size_t size, size_t count, void *context)
{
	struct upload *upload = context;
	size_t room = size * count, left = upload->len - upload->sent, len = left < room ? left : room;

	if (len > 0)
		memcpy(to, upload->bytes + upload->sent, len);
	upload->sent += len;
	return len;
}

static int seek_bytes(void *context, curl_off_t offset, int origin)
{
	struct upload *upload = context;

	if (origin != SEEK_SET || offset < 0 || (uint64_t)offset > upload->len)
		return CURL_SEEKFUNC_FAIL;
	upload->sent = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
	struct upload *upload = context;
	size_t len = size * count;

	if (!upload->got)
		return len;
	upload->too_long = len > upload->limit - upload->got->len;
	return !upload->too_long && buf_append(upload->got, bytes, len) ? len : 0;
}

static int judge_host(CURL *easy, const struct curl_khkey *known, const struct curl_khkey *found,
		      enum curl_khmatch match, void *context)
{
	struct upload *upload = context;

	(void)easy;
	(void)known;
	(void)found;
	upload->host_key = match;
	return match == CURLKHMATCH_OK ? CURLKHSTAT_FINE : CURLKHSTAT_REJECT;
}

/* ---- one request */

static bool set_common(struct upload *upload)
{
	CURL *easy = upload->easy;

	return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "sftp,https") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_S) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, SLOW_S) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, SLOW_BYTES) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERAGENT, "vejviser-bundle") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_READFUNCTION, send_bytes) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_READDATA, upload) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, seek_bytes) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SEEKDATA, upload) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEDATA, upload) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, upload->reason) == CURLE_OK;
}

/* NULL for what is not given. */
static const char *given(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static bool set_https(struct upload *upload)
{
	const struct login *login = upload->login;
	CURL *easy = upload->easy;
	bool ok = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_USERNAME, given(login->user)) == CURLE_OK &&
		  curl_easy_setopt(easy, CURLOPT_PASSWORD, given(login->password)) == CURLE_OK;

	if (login->ca_file[0] == '\0')
		return ok;
	/* In the stead of the system's, so those go. */
	return ok && curl_easy_setopt(easy, CURLOPT_CAINFO, login->ca_file) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
}

static bool set_sftp(struct upload *upload)
{
	const struct login *login = upload->login;
	CURL *easy = upload->easy;
	long ways = login->key[0]        ? CURLSSH_AUTH_PUBLICKEY
		    : login->password[0] ? CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD
					 : CURLSSH_AUTH_AGENT;

	return curl_easy_setopt(easy, CURLOPT_SSH_AUTH_TYPES, ways) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERNAME, given(login->user)) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PASSWORD, given(login->password)) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SSH_PRIVATE_KEYFILE, given(login->key)) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_KEYPASSWD, given(login->key_passphrase)) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SSH_KNOWNHOSTS, upload->known_hosts) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SSH_KEYFUNCTION, judge_host) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SSH_KEYDATA, upload) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FTP_CREATE_MISSING_DIRS, (long)CURLFTP_CREATE_DIR_RETRY) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FILETIME, 1L) == CURLE_OK;
}

/* A clean handle that keeps its connection, about to ask for `path`; "" is the folder itself. */
static bool prepare(struct upload *upload, const char *path, struct err *err)
{
	char url[URL_BYTES];
	int n = snprintf(url, sizeof(url), "%s/%s", upload->url, path);

	if (n < 0 || n >= URL_BYTES)
		return err_set(err, ERR_LIMIT, "%s: the address is too long", path);
	curl_easy_reset(upload->easy);
	upload->got = NULL;
	upload->bytes = NULL;
	upload->len = upload->sent = 0;
	upload->too_long = false;
	upload->host_key = CURLKHMATCH_OK;
	upload->reason[0] = '\0';
	return (set_common(upload) && (upload->sftp ? set_sftp(upload) : set_https(upload)) &&
		curl_easy_setopt(upload->easy, CURLOPT_URL, url) == CURLE_OK) ||
	       err_memory(err);
}

static bool judge_http(struct upload *upload, const char *path, struct err *err)
{
	static const struct {
		long from, to; /* statuses */
		enum err_code code;
		const char *words;
	} rows[] = {
		{200, 299, ERR_NONE, ""},
		{401, 401, ERR_USAGE, N_("the server does not accept the user or the password of the login file")},
		{403, 403, ERR_USAGE, N_("the server does not allow it to this user")},
		{404, 404, ERR_MISSING, N_("the server does not have it")},
		{405, 405, ERR_USAGE, N_("the server does not allow this here: is it WebDAV?")},
		{413, 413, ERR_LIMIT, N_("the server takes no file so large")},
		{501, 501, ERR_USAGE, N_("the server does not know how: is it WebDAV?")},
		{507, 507, ERR_FULL, N_("no space is left on the server")},
	};
	long status = 0;

	curl_easy_getinfo(upload->easy, CURLINFO_RESPONSE_CODE, &status);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (status >= rows[i].from && status <= rows[i].to)
			return rows[i].code == ERR_NONE || err_set(err, rows[i].code, "%s/%s: %s (%ld)", upload->url,
								   path, _(rows[i].words), status);
	return err_set(err, ERR_NETWORK, "%s/%s: the server answers with status %ld", upload->url, path, status);
}

static bool judge_host_key(const struct upload *upload, struct err *err)
{
	if (upload->host_key == CURLKHMATCH_MISMATCH)
		return err_set(
			err, ERR_USAGE,
			"%s: the server shows another host key than the one in %s: perhaps it is another server. "
			"Ask who runs it",
			upload->url, upload->known_hosts);
	return err_set(err, ERR_USAGE,
		       "%s: the server's host key is not in %s. Get it from who runs the server and add it there",
		       upload->url, upload->known_hosts);
}

static bool perform(struct upload *upload, const char *path, struct err *err)
{
	CURLcode result = curl_easy_perform(upload->easy);

	upload->result = result;
	if (result == CURLE_OK)
		return upload->sftp || judge_http(upload, path, err);
	if (upload->host_key != CURLKHMATCH_OK)
		return judge_host_key(upload, err);
	if (result == CURLE_REMOTE_FILE_NOT_FOUND)
		return err_set(err, ERR_MISSING, "%s/%s: the server does not have it", upload->url, path);
	if (result == CURLE_LOGIN_DENIED)
		return err_set(err, ERR_USAGE,
			       "%s: the server does not accept the user, key or password of the login file",
			       upload->url);
	if (result == CURLE_REMOTE_DISK_FULL)
		return err_set(err, ERR_FULL, "%s/%s: no space is left on the server", upload->url, path);
	if (upload->too_long)
		return err_set(err, ERR_LIMIT, "%s/%s: more than the %zu bytes allowed", upload->url, path,
			       upload->limit);
	return err_set(err, ERR_NETWORK, "%s/%s: %s", upload->url, path,
		       upload->reason[0] ? upload->reason : curl_easy_strerror(result));
}

/* ---- reading */

bool upload_get(struct upload *upload, const char *path, size_t limit, struct buf *out, struct err *err)
{
	bool ok;

	buf_clear(out);
	if (!prepare(upload, path, err))
		return false;
	upload->got = out;
	upload->limit = limit;
	ok = perform(upload, path, err);
	upload->got = NULL;
	if (!ok)
		buf_finish(out);
	return ok;
}

bool upload_size(struct upload *upload, const char *path, int64_t *len, struct err *err)
{
	curl_off_t said = -1;
	struct err why;

	*len = -1;
	if (!prepare(upload, path, err))
		return false;
	if (curl_easy_setopt(upload->easy, CURLOPT_NOBODY, 1L) != CURLE_OK)
		return err_memory(err);
	if (!perform(upload, path, &why)) {
		*err = why;
		return why.code == ERR_MISSING;
	}
	curl_easy_getinfo(upload->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &said);
	*len = said < 0 ? 0 : (int64_t)said; /* there, but of unknown length: nobody will think it is whole */
	return true;
}

/* ---- WebDAV */

/* A request without a body. `header` may be NULL. */
static bool request(struct upload *upload, const char *verb, const char *path, const char *header, struct err *err)
{
	struct curl_slist *headers = header ? curl_slist_append(NULL, header) : NULL;
	bool ok = (!header || headers) ? prepare(upload, path, err) : err_memory(err);

	if (ok && (curl_easy_setopt(upload->easy, CURLOPT_CUSTOMREQUEST, verb) != CURLE_OK ||
		   curl_easy_setopt(upload->easy, CURLOPT_HTTPHEADER, headers) != CURLE_OK))
		ok = err_memory(err);
	ok = ok && perform(upload, path, err);
	curl_slist_free_all(headers);
	return ok;
}

/* The URL's own folder and every one above `path`. Those that are there refuse to be made (405), which is no fault. */
static void make_folders(struct upload *upload, const char *path)
{
	char folder[URL_BYTES];
	struct err unused;

	request(upload, "MKCOL", "", NULL, &unused);
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(folder, sizeof(folder), "%.*s/", (int)(slash - path), path);
		request(upload, "MKCOL", folder, NULL, &unused);
	}
}

static bool set_body(struct upload *upload, const void *bytes, size_t len, struct err *err)
{
	upload->bytes = bytes;
	upload->len = len;
	return (curl_easy_setopt(upload->easy, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
		curl_easy_setopt(upload->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)len) == CURLE_OK) ||
	       err_memory(err);
}

static bool put_once(struct upload *upload, const char *path, const void *bytes, size_t len, struct err *err)
{
	struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
	bool ok = headers ? prepare(upload, path, err) && set_body(upload, bytes, len, err) : err_memory(err);

	if (ok && curl_easy_setopt(upload->easy, CURLOPT_HTTPHEADER, headers) != CURLE_OK)
		ok = err_memory(err);
	ok = ok && perform(upload, path, err);
	curl_slist_free_all(headers);
	return ok;
}

/* Apache says 409 of a PUT into a folder that is not there, nginx 500, others 403 or 404. */
static bool may_lack_folder(const struct upload *upload)
{
	long status = 0;

	curl_easy_getinfo(upload->easy, CURLINFO_RESPONSE_CODE, &status);
	return status == 403 || status == 404 || status == 409 || status == 500;
}

static bool put_webdav(struct upload *upload, const char *path, const char *part, const void *bytes, size_t len,
		       struct err *err)
{
	char destination[COMMAND_BYTES];

	if (!put_once(upload, part, bytes, len, err)) {
		if (upload->result != CURLE_OK || !may_lack_folder(upload))
			return false;
		make_folders(upload, part);
		if (!put_once(upload, part, bytes, len, err))
			return false;
	}
	snprintf(destination, sizeof(destination), "Destination: %s/%s", upload->url, path);
	return request(upload, "MOVE", part, destination, err);
}

/* ---- SFTP */

static bool perform_with(struct upload *upload, CURLoption when, struct curl_slist *commands, const char *path,
			 struct err *err)
{
	bool ok = curl_easy_setopt(upload->easy, when, commands) == CURLE_OK ? perform(upload, path, err)
									     : err_memory(err);

	curl_easy_setopt(upload->easy, when, NULL);
	return ok;
}

static bool rename_command(const struct upload *upload, const char *path, const char *part, char out[COMMAND_BYTES])
{
	int n = snprintf(out, COMMAND_BYTES, "rename \"%s/%s\" \"%s/%s\"", upload->path, part, upload->path, path);

	return n > 0 && n < COMMAND_BYTES;
}

static struct curl_slist *append(struct curl_slist *list, const char *text)
{
	struct curl_slist *longer = list || text ? curl_slist_append(list, text) : NULL;

	if (!longer)
		curl_slist_free_all(list);
	return longer;
}

/* Takes away what has the name, renames, and asks whether it is there: commands run before the question. */
static bool replace(struct upload *upload, const char *path, const char *rename, struct err *err)
{
	char remove[COMMAND_BYTES];
	struct curl_slist *commands;
	bool ok;

	snprintf(remove, sizeof(remove), "*rm \"%s/%s\"", upload->path, path);
	commands = append(NULL, remove);
	commands = commands ? append(commands, rename) : NULL;
	ok = commands && prepare(upload, path, err) && curl_easy_setopt(upload->easy, CURLOPT_NOBODY, 1L) == CURLE_OK
		     ? perform_with(upload, CURLOPT_QUOTE, commands, path, err)
		     : err_memory(err);
	curl_slist_free_all(commands);
	return ok;
}

/* Renames right after the last byte; when that is refused, something has the name already. */
static bool put_sftp(struct upload *upload, const char *path, const char *part, const void *bytes, size_t len,
		     struct err *err)
{
	char rename[COMMAND_BYTES];
	struct curl_slist *commands;
	bool ok;

	if (!rename_command(upload, path, part, rename))
		return err_set(err, ERR_LIMIT, "%s: the path is too long", path);
	commands = append(NULL, rename);
	ok = commands ? prepare(upload, part, err) && set_body(upload, bytes, len, err) : err_memory(err);
	ok = ok && (perform_with(upload, CURLOPT_POSTQUOTE, commands, path, err) ||
		    (upload->result == CURLE_QUOTE_ERROR && replace(upload, path, rename, err)));
	curl_slist_free_all(commands);
	return ok;
}

bool upload_put(struct upload *upload, const char *path, const void *bytes, size_t len, struct err *err)
{
	char part[URL_BYTES];
	int n = snprintf(part, sizeof(part), "%s.part", path);

	if (n < 0 || n >= URL_BYTES)
		return err_set(err, ERR_LIMIT, "%s: the path is too long", path);
	return upload->sftp ? put_sftp(upload, path, part, bytes, len, err)
			    : put_webdav(upload, path, part, bytes, len, err);
}

/* After "rm" the question whether it is there must be answered by no. */
static bool remove_sftp(struct upload *upload, const char *path, struct err *err)
{
	char remove[COMMAND_BYTES];
	struct curl_slist *commands;
	struct err why;
	bool gone;

	snprintf(remove, sizeof(remove), "*rm \"%s/%s\"", upload->path, path);
	commands = append(NULL, remove);
	if (!commands || !prepare(upload, path, err) ||
	    curl_easy_setopt(upload->easy, CURLOPT_NOBODY, 1L) != CURLE_OK) {
		curl_slist_free_all(commands);
		return err_memory(err);
	}
	gone = !perform_with(upload, CURLOPT_QUOTE, commands, path, &why) && why.code == ERR_MISSING;
	curl_slist_free_all(commands);
	if (!gone && upload->result == CURLE_OK)
		return err_set(err, ERR_USAGE, "%s/%s: the server does not remove it", upload->url, path);
	if (!gone)
		*err = why;
	return gone;
}

bool upload_remove(struct upload *upload, const char *path, struct err *err)
{
	struct err why;

	if (upload->sftp)
		return remove_sftp(upload, path, err);
	if (request(upload, "DELETE", path, NULL, &why) || why.code == ERR_MISSING)
		return true;
	*err = why;
	return false;
}

/* ---- opening */

static bool plain(const char *text)
{
	return text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~/-")] == '\0';
}

/* Where the path begins, behind the host; NULL when it is no address for this. */
static const char *find_path(const char *url)
{
	const char *host = strncmp(url, "sftp://", 7) == 0    ? url + 7
			   : strncmp(url, "https://", 8) == 0 ? url + 8
							      : NULL;
	const char *slash = host ? strchr(host, '/') : NULL, *end = slash ? slash : host ? host + strlen(host) : NULL;

	if (!host || end == host || memchr(host, '@', (size_t)(end - host)))
		return NULL;
	return plain(end) ? end : NULL;
}

static bool set_address(struct upload *upload, const char *url, struct err *err)
{
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	if (len == 0 || len + PATH_BYTES >= URL_BYTES)
		return err_set(err, ERR_USAGE, "the address of the server is empty or too long");
	memcpy(upload->url, url, len);
	upload->path = find_path(upload->url);
	upload->sftp = strncmp(url, "sftp:", 5) == 0;
	return upload->path || err_set(err, ERR_USAGE,
				       "%s: must be sftp://host/folder or https://host/folder, without a user or "
				       "password (they belong in "
				       "the login file) and with only A-Z a-z 0-9 . _ ~ - in the names of folders",
				       strchr(url, '@') ? _("the address") : url);
}

static void set_known_hosts(struct upload *upload)
{
	const char *home = getenv("HOME");

	if (upload->login->known_hosts[0])
		snprintf(upload->known_hosts, sizeof(upload->known_hosts), "%s", upload->login->known_hosts);
	else
		snprintf(upload->known_hosts, sizeof(upload->known_hosts), "%s/.ssh/known_hosts", home ? home : "");
}

bool upload_open(const char *url, const struct login *login, struct upload **out, struct err *err)
{
	struct upload *upload = calloc(1, sizeof(*upload));

	if (!upload)
		return err_memory(err);
	upload->login = login;
	if (!set_address(upload, url, err)) {
		free(upload);
		return false;
	}
	set_known_hosts(upload);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(upload->easy = curl_easy_init())) {
		upload_close(upload);
		return err_memory(err);
	}
	*out = upload;
	return true;
}

void upload_close(struct upload *upload)
{
	if (!upload)
		return;
	curl_easy_cleanup(upload->easy);
	curl_global_cleanup();
	free(upload);
}

/* ---- any address */

/* "https://host" of an address; false: it is none, or has a user in it. */
static bool server_of(const char *url, char server[URL_BYTES])
{
	size_t len = strncmp(url, "https://", 8) == 0 ? 8 + strcspn(url + 8, "/?#") : 0;

	if (len < 9 || len >= URL_BYTES || strlen(url) >= URL_BYTES || memchr(url, '@', len))
		return false;
	memcpy(server, url, len);
	server[len] = '\0';
	return true;
}

static bool set_fetch(struct upload *upload, const char *url)
{
	CURL *easy = upload->easy;

	return set_common(upload) && set_https(upload) && curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 4L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)UPLOAD_FETCH_S) == CURLE_OK;
}

bool upload_fetch(const char *url, const char *ca_file, size_t limit, struct buf *out, struct err *err)
{
	struct login login = {0};
	struct upload upload = {.login = &login, .got = out, .limit = limit};
	bool ok = server_of(url, upload.url) ||
		  err_set(err, ERR_USAGE, "the address must begin with https:// and name a server, without a user");

	buf_clear(out);
	if (ok && ca_file &&
	    snprintf(login.ca_file, sizeof(login.ca_file), "%s", ca_file) >= (int)sizeof(login.ca_file))
		ok = err_set(err, ERR_LIMIT, "the path of the certificates is too long");
	upload.easy = ok ? curl_easy_init() : NULL;
	ok = ok && ((upload.easy && set_fetch(&upload, url)) || err_memory(err)) && perform(&upload, "...", err);
	curl_easy_cleanup(upload.easy);
	if (!ok)
		buf_finish(out);
	return ok;
}
