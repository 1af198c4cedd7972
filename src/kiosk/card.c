#include "kiosk/card.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>

#define CARDS_MAX 16
#define CLIPS_MAX 64
#define DEPTH     24
#define BPP       32
/* What a panel says of its size is taken for true between these; others tell nonsense, or only the ratio of their sides. */
#define MM_PER_PX_MIN 0.1f
#define MM_PER_PX_MAX 2.0f

/* The mode that the panel prefers, or its first; NULL: it has none that shows anything. */
static const drmModeModeInfo *find_mode(const drmModeConnector *panel)
{
	const drmModeModeInfo *first = NULL;

	for (int i = 0; i < panel->count_modes; i++) {
		const drmModeModeInfo *mode = &panel->modes[i];
		if (mode->hdisplay == 0 || mode->vdisplay == 0)
			continue;
		if (mode->type & DRM_MODE_TYPE_PREFERRED)
			return mode;
		first = first ? first : mode;
	}
	return first;
}

/* The connector's panel when it is in `state`. */
static drmModeConnector *panel_in_state(int fd, uint32_t id, drmModeConnection state)
{
	drmModeConnector *connector = drmModeGetConnector(fd, id);

	if (connector && (connector->connection != state || !find_mode(connector))) {
		drmModeFreeConnector(connector);
		return NULL;
	}
	return connector;
}

/* The panel on `kept`, or on the first connector; one that cannot tell whether it is there comes after all that are. */
static drmModeConnector *find_panel(int fd, const drmModeRes *resources, uint32_t kept)
{
	static const drmModeConnection states[] = {DRM_MODE_CONNECTED, DRM_MODE_UNKNOWNCONNECTION};

	for (int i = 0; i < 2; i++) {
		drmModeConnector *panel = kept ? panel_in_state(fd, kept, states[i]) : NULL;
		for (int j = 0; !panel && j < resources->count_connectors; j++)
			panel = panel_in_state(fd, resources->connectors[j], states[i]);
		if (panel)
			return panel;
	}
	return NULL;
}

enum rank {
	RANK_NONE,    /* no panel */
	RANK_PERHAPS, /* one that cannot tell whether it is there */
	RANK_PANEL
};

static enum rank card_rank(int fd)
{
	drmModeRes *resources = drmModeGetResources(fd);
	drmModeConnector *panel = resources ? find_panel(fd, resources, 0) : NULL;
	enum rank rank = !panel ? RANK_NONE : panel->connection == DRM_MODE_CONNECTED ? RANK_PANEL : RANK_PERHAPS;

	drmModeFreeConnector(panel);
	drmModeFreeResources(resources);
	return rank;
}

/* A descriptor of a card that can show plain memory; -1 and errno otherwise. */
static int open_card(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	uint64_t plain = 0;

	if (fd < 0)
		return -1;
	drmModeRes *resources = drmModeGetResources(fd);
	bool fit = resources && resources->count_connectors > 0 && resources->count_crtcs > 0 &&
		   drmGetCap(fd, DRM_CAP_DUMB_BUFFER, &plain) == 0 && plain;
	drmModeFreeResources(resources);
	if (fit)
		return fd;
	close(fd);
	errno = ENODEV;
	return -1;
}

static int open_best(enum rank *rank, struct err *err)
{
	int best = -1;
	int reason = ENOENT;

	*rank = RANK_NONE;
	for (int i = 0; i < CARDS_MAX && *rank < RANK_PANEL; i++) {
		char path[32];
		snprintf(path, sizeof path, "/dev/dri/card%d", i);
		int fd = open_card(path);
		if (fd < 0) {
			reason = errno == ENOENT ? reason : errno;
			continue;
		}
		enum rank this = card_rank(fd);
		if (best >= 0 && this <= *rank) {
			close(fd);
			continue;
		}
		if (best >= 0)
			close(best);
		best = fd;
		*rank = this;
	}
	if (best < 0) {
		errno = reason;
		err_errno(err, "no graphics card in /dev/dri can be used");
	}
	return best;
}

/* Whether another card than the one that was taken has a panel by now. */
static bool is_elsewhere(void)
{
	enum rank rank;
	struct err unused;
	int fd = open_best(&rank, &unused);

	if (fd >= 0)
		close(fd);
	return fd >= 0 && rank == RANK_PANEL;
}

bool card_open(const char *path, struct card *card, struct err *err)
{
	enum rank unused;

	*card = (struct card){.fd = path ? open_card(path) : open_best(&unused, err), .named = path != NULL};
	if (card->fd < 0)
		return path ? err_errno(err, "%s: the graphics card cannot be used", path) : false;
	if (drmSetMaster(card->fd) == 0)
		return true;
	card_close(card);
	return err_set(err, ERR_BUSY, "another program has the screen");
}

bool card_exists(void)
{
	for (int i = 0; i < CARDS_MAX; i++) {
		char path[32];
		snprintf(path, sizeof path, "/dev/dri/card%d", i);
		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

/* 0: none. The one that serves the panel already comes first. */
static uint32_t find_crtc(int fd, const drmModeRes *resources, const drmModeConnector *panel)
{
	drmModeEncoder *encoder = panel->encoder_id ? drmModeGetEncoder(fd, panel->encoder_id) : NULL;
	uint32_t crtc = encoder ? encoder->crtc_id : 0;

	drmModeFreeEncoder(encoder);
	for (int i = 0; !crtc && i < panel->count_encoders; i++) {
		encoder = drmModeGetEncoder(fd, panel->encoders[i]);
		for (int j = 0; encoder && !crtc && j < resources->count_crtcs && j < 32; j++)
			if (encoder->possible_crtcs & 1u << j)
				crtc = resources->crtcs[j];
		drmModeFreeEncoder(encoder);
	}
	return crtc;
}

static void buffer_finish(int fd, struct card_buffer *buffer)
{
	if (buffer->pixels)
		munmap(buffer->pixels, buffer->bytes);
	if (buffer->id)
		drmModeRmFB(fd, buffer->id);
	if (buffer->handle)
		drmModeDestroyDumbBuffer(fd, buffer->handle);
	*buffer = (struct card_buffer){0};
}

static bool buffer_init(int fd, uint32_t width, uint32_t height, struct card_buffer *buffer, pixman_image_t **image,
			struct err *err)
{
	uint32_t pitch = 0;
	uint64_t size = 0;
	uint64_t offset = 0;

	*buffer = (struct card_buffer){0};
	if (drmModeCreateDumbBuffer(fd, width, height, BPP, 0, &buffer->handle, &pitch, &size) != 0)
		return err_errno(err, "no memory of the graphics card for %u x %u px", width, height);
	buffer->bytes = size;
	if (drmModeAddFB(fd, width, height, DEPTH, BPP, pitch, buffer->handle, &buffer->id) != 0 ||
	    drmModeMapDumbBuffer(fd, buffer->handle, &offset) != 0) {
		err_errno(err, "the graphics card's memory cannot be shown");
		goto fail;
	}
	void *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)offset);
	if (pixels == MAP_FAILED) {
		err_errno(err, "the graphics card's memory cannot be written");
		goto fail;
	}
	buffer->pixels = pixels;
	*image = pixman_image_create_bits(PIXMAN_x8r8g8b8, (int)width, (int)height, pixels, (int)pitch);
	if (*image)
		return true;
	err_memory(err);
fail:
	buffer_finish(fd, buffer);
	return false;
}

/* On the panel `connector`, from now on, the buffer `id`. */
static bool set_mode(struct card *card, uint32_t id, uint32_t crtc, uint32_t connector, drmModeModeInfo *mode,
		     struct err *err)
{
	return drmModeSetCrtc(card->fd, crtc, id, 0, 0, &connector, 1, mode) == 0 ||
	       err_errno(err, "the panel cannot be lit with %u x %u px", mode->hdisplay, mode->vdisplay);
}

static void leave_crtc(struct card *card)
{
	drmModeCrtc *before = card->before;

	if (!before)
		return;
	if (before->mode_valid)
		drmModeSetCrtc(card->fd, before->crtc_id, before->buffer_id, before->x, before->y, &card->connector, 1,
			       &before->mode);
	else
		drmModeSetCrtc(card->fd, before->crtc_id, 0, 0, 0, NULL, 0, NULL);
	drmModeFreeCrtc(before);
	card->before = NULL;
}

static void take_size(struct card *card, const drmModeConnector *panel)
{
	float mm_per_px = (float)panel->mmWidth / (float)card->mode.hdisplay;
	bool true_size = mm_per_px >= MM_PER_PX_MIN && mm_per_px <= MM_PER_PX_MAX && panel->mmHeight > 0;

	card->width_mm = true_size ? (int)panel->mmWidth : 0;
	card->height_mm = true_size ? (int)panel->mmHeight : 0;
}

/* Lights this panel, with a new buffer when its mode is another than before. */
static bool take_panel(struct card *card, const drmModeConnector *panel, uint32_t crtc, struct err *err)
{
	drmModeModeInfo mode = *find_mode(panel);
	struct card_buffer buffer = card->buffer;
	pixman_image_t *image = card->image;
	bool other_size = !image || pixman_image_get_width(image) != mode.hdisplay ||
			  pixman_image_get_height(image) != mode.vdisplay;

	if (other_size && !buffer_init(card->fd, mode.hdisplay, mode.vdisplay, &buffer, &image, err))
		return false;
	if (card->before && card->before->crtc_id != crtc)
		leave_crtc(card);
	if (!card->before)
		card->before = drmModeGetCrtc(card->fd, crtc);
	if (!set_mode(card, buffer.id, crtc, panel->connector_id, &mode, err)) {
		if (other_size) {
			pixman_image_unref(image);
			buffer_finish(card->fd, &buffer);
		}
		return false;
	}
	if (other_size && card->image) {
		pixman_image_unref(card->image);
		buffer_finish(card->fd, &card->buffer);
	}
	if (other_size)
		log_info("the panel has %u x %u px", mode.hdisplay, mode.vdisplay);
	card->buffer = buffer;
	card->image = image;
	card->crtc = crtc;
	card->connector = panel->connector_id;
	card->mode = mode;
	take_size(card, panel);
	return true;
}

bool card_look(struct card *card, bool *fresh, struct err *err)
{
	drmModeRes *resources = drmModeGetResources(card->fd);
	if (!resources)
		return err_errno(err, "the graphics card does not answer");
	drmModeConnector *panel = find_panel(card->fd, resources, card->connector);
	uint32_t crtc = panel ? find_crtc(card->fd, resources, panel) : 0;
	bool ok = true;

	if (!panel && !card->named && is_elsewhere())
		ok = err_set(err, ERR_MISSING, "the panel is on another graphics card");
	if (panel && !crtc)
		ok = err_set(err, ERR_IO, "nothing on the graphics card can serve the panel");
	if (ok && panel)
		ok = take_panel(card, panel, crtc, err);
	if (ok && !panel && (card->connected || !card->image))
		log_warn("no panel is connected");
	if (ok) {
		card->connected = panel != NULL;
		*fresh = panel != NULL;
	}
	drmModeFreeConnector(panel);
	drmModeFreeResources(resources);
	return ok;
}

bool card_show(struct card *card, pixman_region32_t *changed, struct err *err)
{
	int count = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(changed, &count);
	drmModeClip clips[CLIPS_MAX];

	if (!card->image || card->scans_out || count == 0)
		return true;
	if (count > CLIPS_MAX) {
		boxes = pixman_region32_extents(changed);
		count = 1;
	}
	for (int i = 0; i < count; i++)
		clips[i] = (drmModeClip){(uint16_t)boxes[i].x1, (uint16_t)boxes[i].y1, (uint16_t)boxes[i].x2,
					 (uint16_t)boxes[i].y2};
	if (drmModeDirtyFB(card->fd, card->buffer.id, clips, (uint32_t)count) == 0)
		return true;
	card->scans_out = errno == ENOSYS;
	return card->scans_out || err_errno(err, "the picture cannot be shown");
}

bool card_light(struct card *card, bool on, struct err *err)
{
	if (!card->image)
		return true;
	if (on)
		return set_mode(card, card->buffer.id, card->crtc, card->connector, &card->mode, err);
	return drmModeSetCrtc(card->fd, card->crtc, 0, 0, 0, NULL, 0, NULL) == 0 ||
	       err_errno(err, "the panel cannot be put to sleep");
}

void card_close(struct card *card)
{
	leave_crtc(card);
	if (card->image)
		pixman_image_unref(card->image);
	buffer_finish(card->fd, &card->buffer);
	if (card->fd >= 0)
		close(card->fd);
	*card = (struct card){.fd = -1};
}
