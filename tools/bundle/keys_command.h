/* keys_command -- `vejviser-bundle keys` and `vejviser-bundle root`: making keys, and saying who may sign. */
#ifndef BUNDLE_KEYS_COMMAND_H
#define BUNDLE_KEYS_COMMAND_H

/* The exit status: 0 done, 1 failed (root status: signatures are missing), 2 wrong use. */
int command_keys(int argc, char **argv);
int command_root(int argc, char **argv);

#endif
