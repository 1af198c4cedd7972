/* import -- places from a spreadsheet and events from a calendar, as others keep them, into a folder of content. */
#ifndef BUNDLE_IMPORT_H
#define BUNDLE_IMPORT_H

/* `vejviser-bundle import`; the exit status: 0 done or shown, 1 something has faults, 2 could not run. */
int command_import(int argc, char **argv);

#endif
