/* publish -- the commands that put content where kiosks fetch it: publish, undo, refresh; and diff, which only shows. */
#ifndef BUNDLE_PUBLISH_H
#define BUNDLE_PUBLISH_H

/* The exit status: 0 done, 1 nothing was done, 2 wrong use. */
int command_publish(int argc, char **argv);
int command_undo(int argc, char **argv);
int command_refresh(int argc, char **argv);
int command_diff(int argc, char **argv);

#endif
