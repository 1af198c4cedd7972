#include "kiosk/beat.h"

#define LEAST_US 4000
#define MOST_US  50000
#define USUAL_US 16667

int beat_frame_us(int frame_us)
{
	return frame_us >= LEAST_US && frame_us <= MOST_US ? frame_us : USUAL_US;
}

static int64_t beat_ms(int64_t beat, int frame_us)
{
	return (beat * frame_us + 999) / 1000;
}

int64_t beat_next(int64_t now_ms, int frame_us)
{
	int frame = beat_frame_us(frame_us);
	int64_t beat = now_ms * 1000 / frame + 1;

	/* Rounding may bring the beat before to the same millisecond. */
	return beat_ms(beat, frame) > now_ms ? beat_ms(beat, frame) : beat_ms(beat + 1, frame);
}

int64_t beat_deadline(int64_t now_ms, int64_t deadline_ms, int frame_us)
{
	int frame = beat_frame_us(frame_us);

	if (deadline_ms <= now_ms || deadline_ms - now_ms > 2 * frame / 1000)
		return deadline_ms;
	int64_t nearest = beat_ms((deadline_ms * 1000 + frame / 2) / frame, frame);
	return nearest > now_ms ? nearest : beat_next(now_ms, frame_us);
}
