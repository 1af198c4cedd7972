/* beat -- frames at the glass's own rate, whatever a frame takes and however coarse the clock is.
 *
 * Beats are the multiples of the glass's frame since the clock began: evenly spaced, so that no picture is painted that
 * the next one hides, and no moment of the glass is missed for a deadline that lies just beside it. Pure.
 */
#ifndef KIOSK_BEAT_H
#define KIOSK_BEAT_H

#include <stdint.h>

/* A frame of the glass as it is reckoned with: `frame_us` where that is known and likely (4 ms to 50 ms), else 1/60 s. */
int beat_frame_us(int frame_us);
/* The first beat after now; ms, rounded up. */
int64_t beat_next(int64_t now_ms, int frame_us);
/* The beat nearest to the deadline, but after now. A deadline that is more than two frames away is nobody's next frame, and
 * stays as it is. */
int64_t beat_deadline(int64_t now_ms, int64_t deadline_ms, int frame_us);

#endif
