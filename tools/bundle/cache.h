/* cache -- what the last build wrote, so that the next one reads again only the pages that have changed.
 *
 * A page is known when nothing that it is made of has changed: the bytes of its folder, of every other file of the content
 * but the pages, of the pictograms' names and the fonts, the day, and of this program itself. All of it is hashed each
 * time; no date of a file is believed. What is kept of a page is the digest of each of its documents, not the document:
 * that is read from the folder of the last build, and counts only when it has this digest. So a cache that is old, cut
 * short or from somewhere else, and a bundle that somebody has changed, make a build slower and never wrong.
 *
 * Whoever lets a page say something in another document than its own (struct page_marks), or lets a check of one page read
 * another, must keep that here too.
 *
 *	build_cache_open(folder, bundle, &cache, err)
 *	  source_read_with() calls build_cache_find() for each page, then build_cache_note() for those it had to read
 *	build_cache_keep() the digests of all documents, build_cache_write(), build_cache_close()
 */
#ifndef BUNDLE_CACHE_H
#define BUNDLE_CACHE_H

#include "base/err.h"
#include "bundle/build.h"
#include "bundle/source.h"

#include <stdbool.h>
#include <stddef.h>

struct build_cache;

/* `folder` is made when it is missing; `bundle` is the folder of the last build, which need not be there. A cache that
 * cannot be read is an empty one. */
bool build_cache_open(const char *folder, const char *bundle, struct build_cache **out, struct err *err);
void build_cache_close(struct build_cache *cache); /* takes NULL */

/* When the page is known, its documents are in page->texts[].document, what was told of it is told again, and *known is
 * true. Fails when reading itself does. */
bool build_cache_find(struct build_cache *cache, struct source *source, struct source_page *page, bool *known,
		      struct err *err);

/* What was told of a page that was read: the faults from `first` on. */
void build_cache_note(struct build_cache *cache, const struct source *source, const struct source_page *page,
		      size_t first);

/* The documents of all pages, once nothing is wrong with any. */
bool build_cache_write(struct build_cache *cache, const struct source *source, const struct bundle_files *files,
		       struct err *err);

#endif
