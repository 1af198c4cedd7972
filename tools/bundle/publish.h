/* publish -- `vejviser-bundle publish`: content is checked, built, signed and put where kiosks fetch it. */
#ifndef BUNDLE_PUBLISH_H
#define BUNDLE_PUBLISH_H

/* The exit status: 0 published, 1 nothing was, 2 wrong use. */
int command_publish(int argc, char **argv);

#endif
