#include "bundle/plural.h"

#include "base/array.h"

#include <string.h>

static const struct plural plurals[] = {
	{"am", 2, 0},  /* one other */
	{"ar", 6, 3},  /* zero one two few many other */
	{"az", 2, 1},  /* one other */
	{"be", 3, 0},  /* one few many */
	{"bg", 2, 1},  /* one other */
	{"bn", 2, 0},  /* one other */
	{"bs", 3, 0},  /* one few other */
	{"ckb", 2, 1}, /* one other */
	{"cs", 3, 1},  /* one few other */
	{"da", 2, 1},  /* one other */
	{"de", 2, 1},  /* one other */
	{"el", 2, 1},  /* one other */
	{"en", 2, 1},  /* one other */
	{"es", 2, 1},  /* one other */
	{"et", 2, 1},  /* one other */
	{"fa", 2, 0},  /* one other */
	{"fi", 2, 1},  /* one other */
	{"fil", 2, 0}, /* one other */
	{"fo", 2, 1},  /* one other */
	{"fr", 2, 0},  /* one other */
	{"he", 3, 2},  /* one two other */
	{"hi", 2, 0},  /* one other */
	{"hr", 3, 0},  /* one few other */
	{"hu", 2, 1},  /* one other */
	{"hy", 2, 0},  /* one other */
	{"id", 1, 0},  /* other */
	{"is", 2, 0},  /* one other */
	{"it", 2, 1},  /* one other */
	{"ja", 1, 0},  /* other */
	{"ka", 2, 1},  /* one other */
	{"kk", 2, 1},  /* one other */
	{"kl", 2, 1},  /* one other */
	{"km", 1, 0},  /* other */
	{"ko", 1, 0},  /* other */
	{"ku", 2, 1},  /* one other */
	{"lo", 1, 0},  /* other */
	{"lt", 3, 0},  /* one few other */
	{"lv", 3, 0},  /* zero one other */
	{"mk", 2, 0},  /* one other */
	{"mn", 2, 1},  /* one other */
	{"ms", 1, 0},  /* other */
	{"my", 1, 0},  /* other */
	{"nb", 2, 1},  /* one other */
	{"ne", 2, 1},  /* one other */
	{"nl", 2, 1},  /* one other */
	{"nn", 2, 1},  /* one other */
	{"om", 2, 1},  /* one other */
	{"pa", 2, 0},  /* one other */
	{"pl", 3, 1},  /* one few many */
	{"ps", 2, 1},  /* one other */
	{"pt", 2, 0},  /* one other */
	{"ro", 3, 1},  /* one few other */
	{"ru", 3, 0},  /* one few many */
	{"rw", 1, 0},  /* other */
	{"si", 2, 0},  /* one other */
	{"sk", 3, 1},  /* one few other */
	{"sl", 4, 0},  /* one two few other */
	{"so", 2, 1},  /* one other */
	{"sq", 2, 1},  /* one other */
	{"sr", 3, 0},  /* one few other */
	{"sv", 2, 1},  /* one other */
	{"sw", 2, 1},  /* one other */
	{"ta", 2, 1},  /* one other */
	{"te", 2, 1},  /* one other */
	{"th", 1, 0},  /* other */
	{"ti", 2, 0},  /* one other */
	{"tr", 2, 1},  /* one other */
	{"uk", 3, 0},  /* one few many */
	{"ur", 2, 1},  /* one other */
	{"uz", 2, 1},  /* one other */
	{"vi", 1, 0},  /* other */
	{"yo", 1, 0},  /* other */
	{"zh", 1, 0},  /* other */
};

const struct plural *plural_find(const char *lang)
{
	size_t len = strcspn(lang, "-");

	for (size_t i = 0; i < ARRAY_LEN(plurals); i++)
		if (strlen(plurals[i].lang) == len && memcmp(plurals[i].lang, lang, len) == 0)
			return &plurals[i];
	return NULL;
}
