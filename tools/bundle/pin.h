/* pin -- `vejviser-bundle pin`: the line of kiosk.conf by which a kiosk knows the staff's PIN (base/pin.h). */
#ifndef BUNDLE_PIN_H
#define BUNDLE_PIN_H

/* The exit status: 0 done, 1 failed, 2 wrong use. */
int command_pin(int argc, char **argv);

#endif
