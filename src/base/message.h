/* message -- sentences for staff and operators, in their language (gettext).
 *
 * The source says them in English; tools/po/<language>.po has the others. What takes a format and keeps or prints the
 * sentence (err_set() and its like, fault_error() and its like) looks the format up by itself, so a call just says the
 * English. All else is marked:
 *
 *	_("...")                              looked up here
 *	N_("...")                             kept for later, in a table; looked up with _() where it is printed
 *	ngettext("%zu file", "%zu files", n)  one or several
 *
 * Until message_open() everything is English. What machines read (status.json's words, JSON, targets) is never looked up.
 */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text

/* Once, at the start of main: speaks the language of the locale where there is a translation, in
 * ../share/locale beside the folder of the program. Numbers, dates and sorting stay as they are. */
void message_open(void);

#endif
