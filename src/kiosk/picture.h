/* picture -- is there anything to see on the glass? */
#ifndef KIOSK_PICTURE_H
#define KIOSK_PICTURE_H

#include <pixman.h>
#include <stdbool.h>

/* True when all of it is of one colour, as far as 4,096 points tell, but for less than a hundredth of them; or when it
 * cannot be looked at for want of memory. Any format of pixman. */
bool picture_is_blank(pixman_image_t *picture);

#endif
