/* Whatever the bytes: settings within their ranges, or a sentence that can be shown. */
#include "base/list.h"
#include "base/pin.h"
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

/* Entries with something in them, and every one found again. */
static void require_list(const char *list)
{
	const char *rest = list, *at;
	char name[SETTING_TEXT_MAX] = "";
	size_t len;

	while (list_next(&rest, &at, &len)) {
		require(len > 0 && at >= list && at + len <= list + strlen(list) && !memchr(at, ',', len));
		memcpy(name, at, len);
		name[len] = '\0';
		require(list_has(list, name));
	}
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
	require(settings.store[0] == '/' && settings.root[0] == '/' && strlen(settings.doctor_phone) >= 3);
	require(!*settings.staff_pin || (pin_valid(settings.staff_pin) && strlen(settings.staff_pin) < PIN_TEXT_MAX));
	require_list(settings.server);
	require_list(settings.redirect_hosts);
	return 0;
}
