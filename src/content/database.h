/* database -- the file index.db: how it is laid out, opened, written and read.
 *
 * Only index.c (writes) and content.c and view.c (read) use this. One statement is prepared once and run many times: bind,
 * database_row() until it says DONE, and database_again() before the next. Errors come from SQLite's code:
 * ERR_CORRUPT for whatever a sound file cannot cause, else ERR_FULL, ERR_IO, ERR_MEMORY.
 *
 * Layout, version 4:
 *
 *	meta(key, value)                    "published" UTC seconds; "digest" by database_digest()
 *	document(path, sha256)              bundle.json, timetable.json; topics/, places/, events/, notices/ and ui/ of every language
 *	page(lang, kind, topic, page, ...)  revision; icon, title, summary and reviewed for lists; sha256 of the document;
 *	                                    kind is its folder: "pages", or "guides" and so on with an empty topic
 *	picture(name, sha256, len)          the bytes stay in the object
 *	body(sha256, bytes)                 what documents and pages are, as they came; apart, so that lists are read without them
 *
 * SQLite notices a damaged structure, not a damaged letter: so everything but the bodies is compared with the digest
 * when the file is opened, and a body with its name when it is read.
 */
#ifndef CONTENT_DATABASE_H
#define CONTENT_DATABASE_H

#include "base/crypto.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#define DATABASE_APPLICATION 0x56656a76 /* "Vejv" */
#define DATABASE_VERSION     4

/* `path` is an empty file; the tables are made and a transaction is begun. */
bool database_create(const char *path, sqlite3 **out, struct err *err);
/* Read-only and immutable. ERR_MISSING, ERR_CORRUPT; ERR_VERSION for another DATABASE_VERSION. */
bool database_open(const char *path, sqlite3 **out, struct err *err);
void database_close(sqlite3 *db); /* takes NULL; statements must be finalized before */

bool database_run(sqlite3 *db, const char *sql, struct err *err);
bool database_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct err *err);

/* Columns are bound from 1. The text or bytes must live until the statement runs again. */
bool database_bind_text(sqlite3_stmt *stmt, int column, const char *text, struct err *err);
bool database_bind_bytes(sqlite3_stmt *stmt, int column, const void *bytes, size_t len, struct err *err);
bool database_bind_integer(sqlite3_stmt *stmt, int column, int64_t value, struct err *err);

/* *found is false when there is no further row; then the statement is ready to be run again. */
bool database_row(sqlite3_stmt *stmt, bool *found, struct err *err);
/* Runs a statement that gives no rows. */
bool database_do(sqlite3_stmt *stmt, struct err *err);
void database_again(sqlite3_stmt *stmt);

/* Columns are read from 0 and live until the next row. NULL: no text, or memory ran out (database_column_err() says
 * which). */
const char *database_text(sqlite3_stmt *stmt, int column);
bool database_column_err(sqlite3_stmt *stmt, struct err *err);

/* The SHA-256 of every row but those of meta and body. */
bool database_digest(sqlite3 *db, char hex[SHA256_HEX_MAX], struct err *err);

#endif
