/* The floor beside which the start of the kiosk is measured: a bare SDL2 window that paints one finished picture.
 *
 * usage: floor_bench PICTURE        1080 x 1920 at 32 bits, as screens_bench leaves it in build/bench/first
 *
 * Prints "floor value": ms of CPU time until the picture is on the glass, from the start of the process.
 */
#include <SDL.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define WIDTH  1080
#define HEIGHT 1920

int main(int argc, char **argv)
{
	struct timespec used;
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	SDL_Window *window =
		file && SDL_Init(SDL_INIT_VIDEO) == 0 ? SDL_CreateWindow("floor", 0, 0, WIDTH, HEIGHT, 0) : NULL;
	SDL_Surface *surface = window ? SDL_GetWindowSurface(window) : NULL;
	size_t bytes = (size_t)WIDTH * HEIGHT * sizeof(uint32_t);
	if (!surface || (size_t)surface->pitch != WIDTH * sizeof(uint32_t) ||
	    fread(surface->pixels, 1, bytes, file) != bytes || SDL_UpdateWindowSurface(window) != 0) {
		fprintf(stderr, "floor_bench: no window, or no picture: %s\n", SDL_GetError());
		return 1;
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	printf("floor %.3f\n", 1e3 * (double)used.tv_sec + 1e-6 * (double)used.tv_nsec);
	fclose(file);
	SDL_Quit();
	return 0;
}
