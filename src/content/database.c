#include "content/database.h"

#include "base/array.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char schema[] =
	"BEGIN EXCLUSIVE;"
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
	"CREATE TABLE document(path TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;"
	"CREATE TABLE page(lang TEXT, kind TEXT, topic TEXT, page TEXT, revision TEXT, icon TEXT, title TEXT,"
	" summary TEXT, reviewed TEXT, sha256 TEXT, PRIMARY KEY(lang, kind, topic, page)) WITHOUT ROWID;"
	"CREATE TABLE picture(name TEXT PRIMARY KEY, sha256 TEXT, len INTEGER) WITHOUT ROWID;"
	"CREATE TABLE body(sha256 TEXT PRIMARY KEY, bytes BLOB);";

static bool fail(sqlite3 *db, struct err *err)
{
	static const struct {
		int result;
		enum err_code code;
	} codes[] = {
		{SQLITE_FULL, ERR_FULL}, {SQLITE_IOERR, ERR_IO},    {SQLITE_CANTOPEN, ERR_IO},
		{SQLITE_PERM, ERR_IO},   {SQLITE_READONLY, ERR_IO}, {SQLITE_NOMEM, ERR_MEMORY},
	};
	int result = db ? sqlite3_errcode(db) & 0xff : SQLITE_NOMEM;

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (codes[i].result == result)
			return err_set(err, codes[i].code, "%s", sqlite3_errstr(result));
	return err_set(err, ERR_CORRUPT, "%s", db ? sqlite3_errmsg(db) : sqlite3_errstr(result));
}

bool database_run(sqlite3 *db, const char *sql, struct err *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || fail(db, err);
}

static bool open_file(const char *path, int flags, sqlite3 **out, struct err *err)
{
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL) != SQLITE_OK) {
		fail(db, err);
		sqlite3_close(db);
		return false;
	}
	*out = db;
	return true;
}

bool database_create(const char *path, sqlite3 **out, struct err *err)
{
	/* Nobody sees the file before it is complete, and the caller syncs it: SQLite need not. */
	static const char settings[] =
		"PRAGMA page_size = 4096; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;";
	char marks[96];
	sqlite3 *db;

	if (!open_file(path, SQLITE_OPEN_READWRITE, &db, err))
		return false;
	sqlite3_snprintf(sizeof(marks), marks, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
			 DATABASE_APPLICATION, DATABASE_VERSION);
	if (!database_run(db, settings, err) || !database_run(db, schema, err) || !database_run(db, marks, err)) {
		database_close(db);
		return false;
	}
	*out = db;
	return true;
}

static bool file_uri(const char *path, struct buf *out)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";

	if (!buf_append_text(out, "file:"))
		return false;
	for (const char *c = path; *c; c++)
		if (!(strchr(plain, *c) ? buf_append(out, c, 1) : buf_printf(out, "%%%02X", (unsigned char)*c)))
			return false;
	return buf_append_text(out, "?immutable=1");
}

static bool pragma_number(sqlite3 *db, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *stmt;
	bool found = false;

	if (!database_prepare(db, sql, &stmt, err))
		return false;
	bool ok = database_row(stmt, &found, err);
	if (found)
		*out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return ok;
}

static bool check_marks(sqlite3 *db, struct err *err)
{
	int64_t application = 0;
	int64_t version = 0;

	if (!pragma_number(db, "PRAGMA application_id", &application, err) ||
	    !pragma_number(db, "PRAGMA user_version", &version, err))
		return false;
	if (application != DATABASE_APPLICATION)
		return err_set(err, ERR_CORRUPT, "not an index of content");
	if (version != DATABASE_VERSION)
		return err_set(err, ERR_VERSION, "an index of version %lld; this program reads version %d",
			       (long long)version, DATABASE_VERSION);
	return true;
}

bool database_open(const char *path, sqlite3 **out, struct err *err)
{
	struct buf uri = {0};
	sqlite3 *db = NULL;

	if (access(path, R_OK) != 0)
		return err_errno(err, "cannot read");
	if (!file_uri(path, &uri)) {
		buf_finish(&uri);
		return err_memory(err);
	}
	bool ok = open_file(uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, &db, err);
	buf_finish(&uri);
	if (!ok)
		return false;
	if (!database_run(db, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;", err) ||
	    !check_marks(db, err)) {
		database_close(db);
		return false;
	}
	*out = db;
	return true;
}

void database_close(sqlite3 *db)
{
	sqlite3_close(db);
}

bool database_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct err *err)
{
	*out = NULL;
	return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK || fail(db, err);
}

bool database_bind_text(sqlite3_stmt *stmt, int column, const char *text, struct err *err)
{
	return sqlite3_bind_text(stmt, column, text, -1, SQLITE_STATIC) == SQLITE_OK ||
	       fail(sqlite3_db_handle(stmt), err);
}

bool database_bind_bytes(sqlite3_stmt *stmt, int column, const void *bytes, size_t len, struct err *err)
{
	return sqlite3_bind_blob64(stmt, column, bytes, len, SQLITE_STATIC) == SQLITE_OK ||
	       fail(sqlite3_db_handle(stmt), err);
}

bool database_bind_integer(sqlite3_stmt *stmt, int column, int64_t value, struct err *err)
{
	return sqlite3_bind_int64(stmt, column, value) == SQLITE_OK || fail(sqlite3_db_handle(stmt), err);
}

bool database_row(sqlite3_stmt *stmt, bool *found, struct err *err)
{
	int result = sqlite3_step(stmt);

	*found = result == SQLITE_ROW;
	if (*found)
		return true;
	if (result != SQLITE_DONE)
		fail(sqlite3_db_handle(stmt), err);
	sqlite3_reset(stmt);
	return result == SQLITE_DONE;
}

bool database_do(sqlite3_stmt *stmt, struct err *err)
{
	bool found;
	bool ok = database_row(stmt, &found, err);

	database_again(stmt);
	return ok;
}

void database_again(sqlite3_stmt *stmt)
{
	sqlite3_reset(stmt);
	sqlite3_clear_bindings(stmt);
}

const char *database_text(sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	/* A damaged row may hold a zero byte: then it is no text of ours. */
	return text && strlen(text) == (size_t)sqlite3_column_bytes(stmt, column) ? text : NULL;
}

bool database_column_err(sqlite3_stmt *stmt, struct err *err)
{
	if (sqlite3_errcode(sqlite3_db_handle(stmt)) == SQLITE_NOMEM)
		return err_memory(err);
	return err_set(err, ERR_CORRUPT, "a row of the index is damaged");
}

/* Adds the texts of the row at hand to the hash, each with its zero. */
static bool digest_row(sqlite3_stmt *stmt, struct buf *row, struct sha256 *hash, struct err *err)
{
	buf_clear(row);
	for (int i = 0; i < sqlite3_column_count(stmt); i++) {
		const char *text = database_text(stmt, i);

		if (!text)
			return database_column_err(stmt, err);
		if (!buf_append(row, text, strlen(text) + 1))
			return err_memory(err);
	}
	return sha256_update(hash, row->data, row->len, err);
}

static bool digest_rows(sqlite3_stmt *stmt, struct sha256 *hash, struct err *err)
{
	struct buf row = {0};
	bool found;
	bool ok;

	do
		ok = database_row(stmt, &found, err) && (!found || digest_row(stmt, &row, hash, err));
	while (ok && found);
	buf_finish(&row);
	return ok;
}

bool database_digest(sqlite3 *db, char hex[SHA256_HEX_MAX], struct err *err)
{
	static const char *const queries[] = {
		"SELECT path, sha256 FROM document ORDER BY path",
		("SELECT lang, kind, topic, page, revision, icon, title, summary, reviewed, sha256 FROM page "
		 "ORDER BY 1, 2, 3, 4"),
		"SELECT name, sha256, len FROM picture ORDER BY name",
	};
	struct sha256 *hash;

	if (!sha256_create(&hash, err))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < ARRAY_LEN(queries); i++) {
		sqlite3_stmt *stmt;

		ok = database_prepare(db, queries[i], &stmt, err) && digest_rows(stmt, hash, err);
		sqlite3_finalize(stmt);
	}
	ok = ok && sha256_digest(hash, hex, err);
	sha256_destroy(hash);
	return ok;
}
