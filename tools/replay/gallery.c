#include "replay/gallery.h"

#include "base/buf.h"
#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char head[] = "<!DOCTYPE html>\n"
			   "<html lang=\"en\">\n"
			   "<meta charset=\"utf-8\">\n"
			   "<title>Vejviser: every screen</title>\n"
			   "<style>\n"
			   "body { margin: 2rem; background: #F8F3E8; color: #14252B; font-family: sans-serif }\n"
			   "div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }\n"
			   "figure { margin: 0; width: 216px; font-size: 0.75rem; overflow-wrap: anywhere }\n"
			   "figure.wide { width: 384px }\n"
			   "img { width: 100%; height: auto; border: 1px solid #14252B }\n"
			   "</style>\n"
			   "<h1>Vejviser: every screen</h1>\n";

/* File names and titles hold nothing that HTML would have to be told about: visits.c makes them. */
static bool append_figure(struct buf *html, const char *file)
{
	bool wide = strstr(file, "-landscape-") != NULL;

	return buf_printf(html,
			  "<figure%s><a href=\"%s\"><img src=\"%s\" alt=\"\" loading=\"lazy\" width=\"%d\" "
			  "height=\"%d\"></a><figcaption>%s</figcaption></figure>\n",
			  wide ? " class=\"wide\"" : "", file, file, wide ? 384 : 216, wide ? 216 : 384, file);
}

/* The headings that a picture begins: of its screen, and of its language there. */
static bool append_headings(struct buf *html, const struct gallery_picture *before,
			    const struct gallery_picture *picture)
{
	bool new_screen = !before || strcmp(before->title, picture->title) != 0;

	if (!new_screen && strcmp(before->lang, picture->lang) == 0)
		return true;
	return (!before || buf_append_text(html, "</div>\n")) &&
	       (!new_screen || buf_printf(html, "<h2>%s</h2>\n", picture->title)) &&
	       (!picture->lang[0] || buf_printf(html, "<h3>%s</h3>\n", picture->lang)) &&
	       buf_append_text(html, "<div>\n");
}

static bool append_all(struct buf *html, const struct gallery_picture *pictures, size_t count)
{
	bool ok = buf_append_text(html, head);

	for (size_t i = 0; ok && i < count; i++)
		ok = append_headings(html, i > 0 ? &pictures[i - 1] : NULL, &pictures[i]) &&
		     append_figure(html, pictures[i].file);
	return ok && (count == 0 || buf_append_text(html, "</div>\n"));
}

bool gallery_write(const char *out, const struct gallery_picture *pictures, size_t count, struct err *err)
{
	struct buf html = {0};
	int dir = -1;
	bool ok = append_all(&html, pictures, count) || err_memory(err);

	ok = ok && file_open_dir(AT_FDCWD, out, true, &dir, err) &&
	     file_write(dir, "index.html", html.data, html.len, 0644, err);
	if (dir >= 0)
		close(dir);
	buf_finish(&html);
	return ok;
}
