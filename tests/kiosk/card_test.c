/* A graphics card of our own: panels that come, go and change, and every call of the kernel failing in turn. */
#include "kiosk/card.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>

#include <cmocka.h>

#define CONNECTORS  2
#define CRTC        70u
#define CONSOLE_FB  5u
#define SLOT        (64u << 20) /* bytes of the card's memory for each buffer */
#define BUFFERS_MAX 8
#define FDS_MAX     64

/* The card, as the kernel sees it. */
static struct {
	struct panel {
		drmModeConnection state;
		uint16_t width,
			height; /* in the mode that it prefers; 0 wide: it has no modes, 0 high: that one shows nothing */
		uint32_t mm;
	} panels[CONNECTORS];
	bool taken, plain, no_crtc, dirt_unknown; /* by another program; it can show plain memory; ... */
	int calls, failing;                       /* the call that fails, from 1; 0: none */
	int fault;                                /* errno of it */
	int buffers, frames, things;              /* that are alive */
	uint32_t next, lit;                       /* the frame on the panel, 0: none */
	uint16_t lit_width;
	int dirty_calls, clips;
	bool absent;       /* no card at all */
	bool bare;         /* card1 has no panel, or, */
	bool bare_perhaps; /* cannot tell */
	int bare_fd;
	bool bares[FDS_MAX];
} kernel;

static bool fails(void)
{
	if (++kernel.calls != kernel.failing)
		return false;
	errno = kernel.fault;
	return true;
}

static void *thing(size_t size)
{
	void *made = calloc(1, size);
	assert_non_null(made);
	kernel.things++;
	return made;
}

static void gone(void *old)
{
	kernel.things -= old != NULL;
	free(old);
}

int __wrap_open(const char *path, int flags, ...);
int __real_open(const char *path, int flags, ...);
void *__wrap_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset);
void *__real_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset);
int __wrap_drmGetCap(int fd, uint64_t capability, uint64_t *value);
int __wrap_drmSetMaster(int fd);
drmModeResPtr __wrap_drmModeGetResources(int fd);
void __wrap_drmModeFreeResources(drmModeResPtr resources);
drmModeConnectorPtr __wrap_drmModeGetConnector(int fd, uint32_t id);
void __wrap_drmModeFreeConnector(drmModeConnectorPtr connector);
drmModeEncoderPtr __wrap_drmModeGetEncoder(int fd, uint32_t id);
void __wrap_drmModeFreeEncoder(drmModeEncoderPtr encoder);
drmModeCrtcPtr __wrap_drmModeGetCrtc(int fd, uint32_t id);
void __wrap_drmModeFreeCrtc(drmModeCrtcPtr crtc);
int __wrap_drmModeSetCrtc(int fd, uint32_t crtc, uint32_t frame, uint32_t x, uint32_t y, uint32_t *connectors,
			  int count, drmModeModeInfoPtr mode);
int __wrap_drmModeCreateDumbBuffer(int fd, uint32_t width, uint32_t height, uint32_t bpp, uint32_t flags,
				   uint32_t *handle, uint32_t *pitch, uint64_t *size);
int __wrap_drmModeDestroyDumbBuffer(int fd, uint32_t handle);
int __wrap_drmModeMapDumbBuffer(int fd, uint32_t handle, uint64_t *offset);
int __wrap_drmModeAddFB(int fd, uint32_t width, uint32_t height, uint8_t depth, uint8_t bpp, uint32_t pitch,
			uint32_t handle, uint32_t *id);
int __wrap_drmModeRmFB(int fd, uint32_t id);
int __wrap_drmModeDirtyFB(int fd, uint32_t id, drmModeClipPtr clips, uint32_t count);

int __wrap_open(const char *path, int flags, ...)
{
	if (strncmp(path, "/dev/dri/", 9) != 0)
		return __real_open(path, flags, 0600);
	if (kernel.absent || strcmp(path, "/dev/dri/card0") == 0) {
		errno = ENOENT; /* numbers need not begin with 0 */
		return -1;
	}
	if (fails())
		return -1;
	int fd = memfd_create("card", MFD_CLOEXEC);
	assert_int_equal(ftruncate(fd, (off_t)SLOT * BUFFERS_MAX), 0);
	assert_true(fd >= 0 && fd < FDS_MAX);
	kernel.bares[fd] = kernel.bare && strcmp(path, "/dev/dri/card1") == 0;
	if (kernel.bares[fd])
		kernel.bare_fd = fd;
	return fd;
}

void *__wrap_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset)
{
	if (fd >= 0 && fails())
		return MAP_FAILED;
	return __real_mmap(at, bytes, protection, flags, fd, offset);
}

int __wrap_drmGetCap(int fd, uint64_t capability, uint64_t *value)
{
	(void)fd;
	assert_int_equal(capability, DRM_CAP_DUMB_BUFFER);
	*value = kernel.plain;
	return fails() ? -1 : 0;
}

int __wrap_drmSetMaster(int fd)
{
	(void)fd;
	return kernel.taken || fails() ? -1 : 0;
}

static uint32_t ids[] = {100, 101};
static uint32_t crtcs[] = {69, CRTC};

drmModeResPtr __wrap_drmModeGetResources(int fd)
{
	(void)fd;
	if (fails())
		return NULL;
	drmModeRes *resources = thing(sizeof *resources);
	resources->count_connectors = CONNECTORS;
	resources->connectors = ids;
	resources->count_crtcs = ARRAY_LEN(crtcs);
	resources->crtcs = crtcs;
	return resources;
}

void __wrap_drmModeFreeResources(drmModeResPtr resources)
{
	gone(resources);
}

drmModeConnectorPtr __wrap_drmModeGetConnector(int fd, uint32_t id)
{
	static drmModeModeInfo modes[2];
	static uint32_t encoders[] = {50};
	const struct panel *panel = &kernel.panels[id - ids[0]];

	if (fails())
		return NULL;
	modes[0] = (drmModeModeInfo){.hdisplay = 640, .vdisplay = 480};
	modes[1] =
		(drmModeModeInfo){.hdisplay = panel->width, .vdisplay = panel->height, .type = DRM_MODE_TYPE_PREFERRED};
	drmModeConnector *connector = thing(sizeof *connector);
	connector->connector_id = id;
	connector->connection = !kernel.bares[fd]     ? panel->state
				: kernel.bare_perhaps ? DRM_MODE_UNKNOWNCONNECTION
						      : DRM_MODE_DISCONNECTED;
	connector->count_modes = panel->width ? 2 : 0;
	connector->modes = modes;
	connector->mmWidth = panel->mm;
	connector->mmHeight = panel->mm / 2;
	connector->count_encoders = 1;
	connector->encoders = encoders;
	return connector;
}

void __wrap_drmModeFreeConnector(drmModeConnectorPtr connector)
{
	gone(connector);
}

drmModeEncoderPtr __wrap_drmModeGetEncoder(int fd, uint32_t id)
{
	(void)fd;
	assert_int_equal(id, 50);
	if (fails())
		return NULL;
	drmModeEncoder *encoder = thing(sizeof *encoder);
	encoder->possible_crtcs = kernel.no_crtc ? 0 : 2; /* the second */
	return encoder;
}

void __wrap_drmModeFreeEncoder(drmModeEncoderPtr encoder)
{
	gone(encoder);
}

drmModeCrtcPtr __wrap_drmModeGetCrtc(int fd, uint32_t id)
{
	(void)fd;
	assert_int_equal(id, CRTC);
	if (fails())
		return NULL;
	drmModeCrtc *crtc = thing(sizeof *crtc);
	crtc->crtc_id = id;
	crtc->buffer_id = CONSOLE_FB;
	crtc->mode_valid = 1;
	return crtc;
}

void __wrap_drmModeFreeCrtc(drmModeCrtcPtr crtc)
{
	gone(crtc);
}

int __wrap_drmModeSetCrtc(int fd, uint32_t crtc, uint32_t frame, uint32_t x, uint32_t y, uint32_t *connectors,
			  int count, drmModeModeInfoPtr mode)
{
	(void)fd;
	assert_int_equal(crtc, CRTC);
	assert_int_equal(x + y, 0);
	assert_int_equal(count, frame ? 1 : 0);
	assert_true(!frame || (connectors && mode));
	if (fails())
		return -1;
	kernel.lit = frame;
	kernel.lit_width = mode ? mode->hdisplay : 0;
	return 0;
}

int __wrap_drmModeCreateDumbBuffer(int fd, uint32_t width, uint32_t height, uint32_t bpp, uint32_t flags,
				   uint32_t *handle, uint32_t *pitch, uint64_t *size)
{
	(void)fd;
	assert_int_equal(bpp, 32);
	assert_int_equal(flags, 0);
	if (fails())
		return -1;
	*handle = ++kernel.next;
	*pitch = width * 4 + 64; /* rows need not follow each other closely */
	*size = (uint64_t)*pitch * height;
	kernel.buffers++;
	return 0;
}

int __wrap_drmModeDestroyDumbBuffer(int fd, uint32_t handle)
{
	(void)fd;
	assert_true(handle > 0);
	kernel.buffers--;
	return 0;
}

int __wrap_drmModeMapDumbBuffer(int fd, uint32_t handle, uint64_t *offset)
{
	(void)fd;
	*offset = (uint64_t)SLOT * (handle % BUFFERS_MAX);
	return fails() ? -1 : 0;
}

int __wrap_drmModeAddFB(int fd, uint32_t width, uint32_t height, uint8_t depth, uint8_t bpp, uint32_t pitch,
			uint32_t handle, uint32_t *id)
{
	(void)fd;
	(void)height;
	assert_int_equal(depth, 24);
	assert_int_equal(bpp, 32);
	assert_int_equal(pitch, width * 4 + 64);
	if (fails())
		return -1;
	*id = handle + 1000;
	kernel.frames++;
	return 0;
}

int __wrap_drmModeRmFB(int fd, uint32_t id)
{
	(void)fd;
	/* Never what is on the panel, which would go dark; unless what was there before could not be put back. */
	assert_true(id != kernel.lit || kernel.failing);
	kernel.frames--;
	return 0;
}

int __wrap_drmModeDirtyFB(int fd, uint32_t id, drmModeClipPtr clips, uint32_t count)
{
	(void)fd;
	assert_int_equal(id, kernel.lit);
	assert_true(count > 0 && clips[0].x2 > clips[0].x1);
	kernel.dirty_calls++;
	kernel.clips = (int)count;
	if (kernel.dirt_unknown) {
		errno = ENOSYS;
		return -1;
	}
	return fails() ? -1 : 0;
}

static const struct panel full_hd = {DRM_MODE_CONNECTED, 1920, 1080, 520};
static const struct panel nothing = {DRM_MODE_DISCONNECTED, 0, 0, 0};

static void power_on(struct panel first, struct panel second)
{
	memset(&kernel, 0, sizeof kernel);
	kernel.panels[0] = first;
	kernel.panels[1] = second;
	kernel.plain = true;
	kernel.lit = CONSOLE_FB;
	kernel.fault = EIO;
}

static void nothing_is_left(void)
{
	assert_int_equal(kernel.buffers, 0);
	assert_int_equal(kernel.frames, 0);
	assert_int_equal(kernel.things, 0);
}

static void show(struct card *card)
{
	pixman_region32_t all;
	struct err err;

	pixman_region32_init_rect(&all, 0, 0, 10, 10);
	assert_true(card_show(card, &all, &err));
	pixman_region32_fini(&all);
}

static void test_a_panel_is_lit_and_left_as_it_was(void **state)
{
	struct card card;
	struct err err;
	bool fresh = false;

	(void)state;
	power_on(nothing, full_hd);
	assert_true(card_open(NULL, &card, &err));
	assert_true(card_look(&card, &fresh, &err));
	assert_true(fresh && card.connected);
	assert_int_equal(pixman_image_get_width(card.image), 1920);
	assert_int_equal(pixman_image_get_height(card.image), 1080);
	assert_int_equal(card.width_mm, 520);
	assert_int_equal(card.height_mm, 260);
	assert_int_equal(kernel.lit, card.buffer.id);
	assert_int_equal(kernel.lit_width, 1920);
	/* All of it is memory that can be written. */
	memset(pixman_image_get_data(card.image), 0x5A, (size_t)pixman_image_get_stride(card.image) * 1080);
	show(&card);
	assert_int_equal(kernel.dirty_calls, 1);
	assert_true(card_light(&card, false, &err));
	assert_int_equal(kernel.lit, 0);
	assert_true(card_light(&card, true, &err));
	assert_int_equal(kernel.lit, card.buffer.id);
	card_close(&card);
	assert_int_equal(kernel.lit, CONSOLE_FB);
	nothing_is_left();
}

static void test_panels_come_and_go(void **state)
{
	struct card card;
	struct err err;
	bool fresh = false;

	(void)state;
	power_on(nothing, nothing);
	assert_true(card_open(NULL, &card, &err));
	assert_true(card_look(&card, &fresh, &err));
	assert_true(!fresh && !card.connected && !card.image);
	assert_int_equal(kernel.lit, CONSOLE_FB);
	show(&card); /* on nothing */
	assert_true(card_light(&card, false, &err));
	assert_int_equal(kernel.dirty_calls, 0);

	kernel.panels[1] = full_hd;
	assert_true(card_look(&card, &fresh, &err));
	assert_true(fresh && card.connected);
	uint32_t frame = card.buffer.id;

	/* Pulled out: the picture stays alive, for when it comes back. */
	kernel.panels[1] = nothing;
	assert_true(card_look(&card, &fresh, &err));
	assert_true(!fresh && !card.connected && card.image);
	assert_int_equal(kernel.lit, frame);
	show(&card);
	kernel.panels[1] = full_hd;
	assert_true(card_look(&card, &fresh, &err));
	assert_true(fresh && card.connected);
	assert_int_equal(card.buffer.id, frame);

	/* Another in its place, standing; one on the other plug changes nothing. */
	kernel.panels[1] = (struct panel){DRM_MODE_CONNECTED, 1080, 1920, 300};
	kernel.panels[0] = full_hd;
	assert_true(card_look(&card, &fresh, &err));
	assert_true(fresh);
	assert_int_equal(pixman_image_get_width(card.image), 1080);
	assert_int_equal(kernel.lit_width, 1080);
	assert_int_equal(kernel.buffers, 1);

	/* Only the other is left. */
	kernel.panels[1] = nothing;
	assert_true(card_look(&card, &fresh, &err));
	assert_true(fresh);
	assert_int_equal(pixman_image_get_width(card.image), 1920);
	card_close(&card);
	nothing_is_left();
}

static void test_which_panel_and_which_size(void **state)
{
	static const struct {
		const char *what;
		struct panel first, second;
		int width, mm; /* of the one that is taken */
	} cases[] = {
		{"the first of two",
		 {DRM_MODE_CONNECTED, 800, 600, 200},
		 {DRM_MODE_CONNECTED, 1920, 1080, 520},
		 800,
		 200},
		{"one that is there before one that cannot tell",
		 {DRM_MODE_UNKNOWNCONNECTION, 800, 600, 200},
		 {DRM_MODE_CONNECTED, 1920, 1080, 520},
		 1920,
		 520},
		{"one that cannot tell", {DRM_MODE_UNKNOWNCONNECTION, 800, 600, 200}, {0}, 800, 200},
		{"one without a mode is none",
		 {DRM_MODE_CONNECTED, 0, 0, 0},
		 {DRM_MODE_CONNECTED, 800, 600, 0},
		 800,
		 0},
		{"a mode without a size is none", {DRM_MODE_CONNECTED, 800, 0, 0}, {0}, 640, 0},
		{"a size that is only a ratio", {DRM_MODE_CONNECTED, 1920, 1080, 160}, {0}, 1920, 0},
		{"a size out of this world", {DRM_MODE_CONNECTED, 640, 480, 9000}, {0}, 640, 0},
	};
	struct card card;
	struct err err;
	bool fresh = false;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		print_message("# %s\n", cases[i].what);
		power_on(cases[i].first, cases[i].second);
		assert_true(card_open("/dev/dri/card1", &card, &err));
		assert_true(card_look(&card, &fresh, &err));
		assert_int_equal(pixman_image_get_width(card.image), cases[i].width);
		assert_int_equal(card.width_mm, cases[i].mm);
		card_close(&card);
		nothing_is_left();
	}
}

static void test_a_card_with_a_panel_comes_first(void **state)
{
	struct card card;
	struct err err;
	bool fresh = false;

	(void)state;
	power_on(full_hd, nothing);
	kernel.bare = true;
	assert_true(card_open(NULL, &card, &err));
	assert_true(fcntl(kernel.bare_fd, F_GETFD) < 0); /* closed again */
	assert_true(card_look(&card, &fresh, &err));
	assert_true(card.connected);
	card_close(&card);
	/* Also before one that cannot tell. */
	power_on(full_hd, nothing);
	kernel.bare = kernel.bare_perhaps = true;
	assert_true(card_open(NULL, &card, &err));
	assert_true(fcntl(kernel.bare_fd, F_GETFD) < 0);
	card_close(&card);
	/* Where none has, the first will do, until another gets one; and who names one gets it. */
	power_on(nothing, nothing);
	kernel.bare = true;
	assert_true(card_open(NULL, &card, &err));
	assert_int_equal(card.fd, kernel.bare_fd);
	assert_true(card_look(&card, &fresh, &err));
	kernel.panels[0] = full_hd;
	for (int i = 0; i < 2; i++) {
		assert_false(card_look(&card, &fresh, &err));
		assert_int_equal(err.code, ERR_MISSING);
	}
	card_close(&card);
	assert_true(card_open(NULL, &card, &err));
	assert_true(card_look(&card, &fresh, &err));
	assert_true(card.connected);
	card_close(&card);
	power_on(full_hd, nothing);
	kernel.bare = true;
	assert_true(card_open("/dev/dri/card1", &card, &err));
	assert_true(card_look(&card, &fresh, &err));
	assert_false(card.connected);
	card_close(&card);
	nothing_is_left();
}

static void test_cards_that_will_not_do(void **state)
{
	struct card card;
	struct err err;
	bool fresh = false;

	(void)state;
	power_on(full_hd, nothing);
	kernel.plain = false;
	assert_false(card_open(NULL, &card, &err));
	assert_false(card_open("/dev/dri/card3", &card, &err));
	power_on(full_hd, nothing);
	kernel.absent = true;
	assert_false(card_open(NULL, &card, &err));
	assert_int_equal(err.code, ERR_MISSING);
	power_on(full_hd, nothing);
	kernel.taken = true;
	assert_false(card_open(NULL, &card, &err));
	assert_int_equal(err.code, ERR_BUSY);
	power_on(full_hd, nothing);
	kernel.no_crtc = true;
	assert_true(card_open(NULL, &card, &err));
	assert_false(card_look(&card, &fresh, &err));
	card_close(&card);
	nothing_is_left();
}

static void test_what_changed_is_told(void **state)
{
	struct card card;
	struct err err;
	bool fresh = false;
	pixman_region32_t changed;

	(void)state;
	power_on(full_hd, nothing);
	assert_true(card_open(NULL, &card, &err));
	assert_true(card_look(&card, &fresh, &err));
	pixman_region32_init(&changed);
	assert_true(card_show(&card, &changed, &err));
	assert_int_equal(kernel.dirty_calls, 0); /* nothing */
	for (int i = 0; i < 200; i++)
		pixman_region32_union_rect(&changed, &changed, i * 2, i * 2, 1, 1);
	assert_true(card_show(&card, &changed, &err));
	assert_int_equal(kernel.clips, 1); /* too many: the whole of them */
	kernel.dirt_unknown = true;
	assert_true(card_show(&card, &changed, &err));
	assert_true(card_show(&card, &changed, &err));
	assert_int_equal(kernel.dirty_calls, 2); /* asked once that it is not needed */
	pixman_region32_fini(&changed);
	card_close(&card);
	nothing_is_left();
}

/* One life of a card; false when something was refused. What was refused once is tried again, as the loop does. */
static bool live(void)
{
	struct card card;
	struct err err = {0};
	bool fresh = false;
	bool well = card_open(NULL, &card, &err);
	pixman_region32_t all;

	if (!well) {
		assert_true(err.text[0]);
		return false;
	}
	for (int size = 0; size < 2; size++) {
		kernel.panels[0].width = size ? 1280 : 1920;
		if (!card_look(&card, &fresh, &err)) {
			well = false;
			assert_true(err.text[0]);
			assert_true(card_look(&card, &fresh, &err));
		}
		if (!card.connected) { /* the plug could not be read */
			well = false;
			assert_true(card_look(&card, &fresh, &err));
		}
		assert_int_equal(pixman_image_get_width(card.image), size ? 1280 : 1920);
	}
	pixman_region32_init_rect(&all, 0, 0, 10, 10);
	well = card_show(&card, &all, &err) && well;
	pixman_region32_fini(&all);
	well = card_light(&card, false, &err) && well;
	well = card_light(&card, true, &err) && well;
	card_close(&card);
	return well;
}

static void test_every_call_fails_in_turn(void **state)
{
	static const int faults[] = {ENOMEM, EIO, EACCES, ENOSPC};
	int calls = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		power_on(full_hd, nothing);
		assert_true(live());
		calls = kernel.calls;
		for (int failing = 1; failing <= calls; failing++) {
			power_on(full_hd, nothing);
			kernel.failing = failing;
			kernel.fault = faults[i];
			live();
			nothing_is_left();
		}
	}
	assert_true(calls > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_panel_is_lit_and_left_as_it_was),
		cmocka_unit_test(test_panels_come_and_go),
		cmocka_unit_test(test_which_panel_and_which_size),
		cmocka_unit_test(test_a_card_with_a_panel_comes_first),
		cmocka_unit_test(test_cards_that_will_not_do),
		cmocka_unit_test(test_what_changed_is_told),
		cmocka_unit_test(test_every_call_fails_in_turn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
