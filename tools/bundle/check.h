/* check -- tells everything that is wrong in a folder of content, and writes nothing. */
#ifndef BUNDLE_CHECK_H
#define BUNDLE_CHECK_H

/* `vejviser-bundle check`; the exit status: 0 fine (perhaps with warnings), 1 errors, 2 could not run. */
int command_check(int argc, char **argv);

#endif
