/* Whatever the bytes: settings within their ranges, or a sentence that can be shown. */
#include "base/settings.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool ok)
{
	if (!ok)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct err err;
	struct settings settings;

	if (!settings_parse("kiosk.conf", (const char *)bytes, len, &settings, &err)) {
		require(strncmp(err.text, "kiosk.conf:", 11) == 0 && strlen(err.text) < sizeof(err.text) - 1);
		require(utf8_valid(err.text, strlen(err.text), NULL));
		return 0;
	}
	require(settings.idle_warn_s >= 30 && settings.idle_warn_s <= 3600);
	require(settings.idle_wipe_s >= 20 && settings.idle_wipe_s <= 300);
	require(settings.screen_width_mm >= 0 && settings.screen_width_mm <= 5000);
	require(settings.rotation % 90 == 0 && settings.rotation >= 0 && settings.rotation < 360);
	require(*settings.store && *settings.root && strlen(settings.doctor_phone) >= 3);
	return 0;
}
