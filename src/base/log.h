/* log -- one fact a line on standard error, never anything a visitor typed or chose.
 *
 * When standard error is the journal (the stream that JOURNAL_STREAM names) a line begins with its sd-daemon priority:
 * "<6>" info,
 * "<4>" warning, "<3>" error; otherwise with the program's name. Text of several lines becomes as many; control
 * characters become
 * "?". Safe before anything else is set up.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

void log_name(const char *name); /* of the program; borrowed; call once at start */
__attribute__((format(printf, 1, 2))) void log_info(const char *format, ...);
__attribute__((format(printf, 1, 2))) void log_warn(const char *format, ...);
__attribute__((format(printf, 1, 2))) void log_error(const char *format, ...);

#endif
