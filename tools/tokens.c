/* Writes the design tokens (assets/tokens.json) as C on standard output; run while building.
 *
 * usage: tokens FILE
 *
 * What theme.c needs row by row becomes X-macros, every other measure a #define named after its place in the file:
 * size.topBar is TOKEN_SIZE_TOP_BAR, motion.page TOKEN_MOTION_PAGE_MS, size.cardTopic TOKEN_SIZE_CARD_TOPIC_W and _H.
 * Names the program does not know, and names it misses, stop the build.
 */
#include <cJSON.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array)   (sizeof(array) / sizeof((array)[0]))
#define FILE_BYTES_MAX (1u << 20)
#define NAME_MAX_BYTES 128

/* The order of enum colour and enum type_role in src/draw/theme.h; theme.c fails to compile when they differ. */
static const char *const colours[] = {
	"paper",    "surface",         "sand",      "line",      "lineStrong", "ink",       "ink2",
	"disabled", "disabledOnFjord", "fjord",     "fjordDeep", "fjordLine",  "fjordTint", "onFjord",
	"onFjord2", "amber",           "amberTint", "amberInk",  "searchMark", "red",       "redTint",
	"green",    "greenTint",       "keyEdge",   "scrim",
};
static const char *const roles[] = {
	"display", "h1", "h2", "h3", "lead", "body", "sub", "label", "button", "small", "meta", "listenWord", "bar",
};
static const char *const steps[] = {"100", "125", "150", "200"};
static const char *const hue_parts[] = {"main", "deep", "mid", "soft", "tint"};
static const char *const high_contrast[] = {"paper", "ink", "accent", "line", "focus", "emergency"};
/* Sections whose measures become #defines, and those this program reads by name or not at all. */
static const char *const measures[] = {"space", "grid",  "radius", "border", "shadow",
				       "icon",  "touch", "size",   "focus",  "motion"};
static const char *const others[] = {"meta", "colour", "type"};

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("tokens.json: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static const cJSON *need(const cJSON *in, const char *where, const char *name)
{
	const cJSON *found = cJSON_GetObjectItemCaseSensitive(in, name);
	if (!found)
		fail("%s.%s is missing", where, name);
	return found;
}

/* "lineStrong" -> "LINE_STRONG" */
static const char *upper(const char *name, char out[NAME_MAX_BYTES])
{
	size_t n = 0;
	for (const char *c = name; *c; c++) {
		if (!isalnum((unsigned char)*c) || n + 3 > NAME_MAX_BYTES)
			fail("the name \"%s\" must be letters and digits, at most %d", name, NAME_MAX_BYTES / 2);
		if (isupper((unsigned char)*c) && n > 0)
			out[n++] = '_';
		out[n++] = (char)toupper((unsigned char)*c);
	}
	out[n] = 0;
	return out;
}

static int listed(const char *name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], name) == 0)
			return 1;
	return 0;
}

static double number(const cJSON *value, const char *where, double max)
{
	if (!cJSON_IsNumber(value) || !(value->valuedouble >= 0 && value->valuedouble <= max))
		fail("%s must be a number from 0 to %g", where, max);
	return value->valuedouble;
}

/* "#RRGGBB" and an alpha of 0-1 as 0xAARRGGBB */
static unsigned long argb(const cJSON *text, const cJSON *alpha, const char *where)
{
	const char *hex = cJSON_GetStringValue(text);
	if (!hex || strlen(hex) != 7 || hex[0] != '#' || strspn(hex + 1, "0123456789ABCDEFabcdef") != 6)
		fail("%s must be a colour such as \"#F8F3E8\"", where);
	double share = alpha ? number(alpha, where, 1.0) : 1.0;
	return (unsigned long)(share * 255 + 0.5) << 24 | strtoul(hex + 1, NULL, 16);
}

static void write_colours(const cJSON *colour)
{
	const cJSON *base = need(colour, "colour", "base");
	char name[NAME_MAX_BYTES];
	for (const cJSON *c = base->child; c; c = c->next)
		if (!listed(c->string, colours, COUNT(colours)))
			fail("colour.base.%s is a colour that src/draw/theme.h does not know", c->string);
	for (size_t i = 0; i < COUNT(colours); i++) {
		const cJSON *c = need(base, "colour.base", colours[i]);
		printf("#define TOKEN_COLOUR_%s 0x%08lXu\n", upper(colours[i], name),
		       argb(need(c, colours[i], "value"), cJSON_GetObjectItemCaseSensitive(c, "alpha"), colours[i]));
	}
	printf("\n#define TOKEN_COLOURS(X)");
	for (size_t i = 0; i < COUNT(colours); i++)
		printf(" \\\n\tX(%s)", upper(colours[i], name));
	printf("\n#define TOKEN_COLOUR_COUNT %zu\n\n", COUNT(colours));

	const cJSON *contrast = need(colour, "colour", "highContrast");
	for (size_t i = 0; i < COUNT(high_contrast); i++) {
		const cJSON *c = need(contrast, "colour.highContrast", high_contrast[i]);
		printf("#define TOKEN_HIGH_CONTRAST_%s 0x%08lXu\n", upper(high_contrast[i], name),
		       argb(need(c, high_contrast[i], "value"), NULL, high_contrast[i]));
	}
}

static void write_hues(const cJSON *colour)
{
	const cJSON *topics = need(colour, "colour", "topic");
	if (!topics->child)
		fail("colour.topic has no topic");
	char name[NAME_MAX_BYTES];
	printf("\n#define TOKEN_HUES(X)");
	for (const cJSON *topic = topics->child; topic; topic = topic->next) {
		upper(topic->string, name);
		printf(" \\\n\tX(\"%s\"", topic->string);
		for (size_t i = 0; i < COUNT(hue_parts); i++)
			printf(", 0x%08lXu", argb(need(topic, topic->string, hue_parts[i]), NULL, topic->string));
		printf(")");
	}
	printf("\n\n");
}

static void write_roles(const cJSON *type)
{
	const cJSON *all = need(type, "type", "roles");
	for (const cJSON *role = all->child; role; role = role->next)
		if (!listed(role->string, roles, COUNT(roles)))
			fail("type.roles.%s is a role that src/draw/theme.h does not know", role->string);
	char name[NAME_MAX_BYTES];
	printf("/* role, bold, then size and line height of the steps 100, 125, 150, 200 */\n#define TOKEN_TYPES(X)");
	for (size_t i = 0; i < COUNT(roles); i++) {
		const cJSON *role = need(all, "type.roles", roles[i]);
		double weight = number(need(role, roles[i], "weight"), roles[i], 1000);
		if (weight != 400 && weight != 700)
			fail("type.roles.%s.weight must be 400 or 700", roles[i]);
		printf(" \\\n\tX(%s, %d", upper(roles[i], name), weight == 700);
		const cJSON *sizes = need(role, roles[i], "steps");
		for (size_t s = 0; s < COUNT(steps); s++) {
			const cJSON *pair = need(sizes, roles[i], steps[s]);
			if (cJSON_GetArraySize(pair) != 2)
				fail("type.roles.%s.steps.%s must be [size, line height]", roles[i], steps[s]);
			printf(", %.0f, %.0f", number(pair->child, roles[i], 1000),
			       number(pair->child->next, roles[i], 1000));
		}
		printf(")");
	}
	printf("\n#define TOKEN_TYPE_COUNT %zu\n\n", COUNT(roles));
}

static void write_strokes(const cJSON *icon)
{
	const cJSON *strokes = need(need(icon, "icon", "stroke"), "icon.stroke", "value");
	double before = 0;
	printf("/* side of a pictogram and thickness of its lines, px */\n#define TOKEN_ICON_STROKES(X)");
	for (const cJSON *s = strokes->child; s; s = s->next) {
		char *end;
		double side = strtod(s->string, &end);
		if (*end || side <= before || side > 4096)
			fail("icon.stroke.value.%s: the sizes must be numbers that grow", s->string);
		printf(" \\\n\tX(%.3ff, %.3ff)", side, number(s, "icon.stroke", 100));
		before = side;
	}
	if (before == 0)
		fail("icon.stroke.value has no size");
	printf("\n\n");
}

static void write_number(const char *name, const char *suffix, double value)
{
	printf(value == (double)(long)value ? "#define TOKEN_%s%s %.0f\n" : "#define TOKEN_%s%s %.4ff\n", name, suffix,
	       value);
}

/* One measure: {"value": 104} or {"value": [304, 240]} or {"margin": 60, "gutter": 24} or a shadow. */
static void write_measure(const char *section, const cJSON *token)
{
	char whole[NAME_MAX_BYTES], part[NAME_MAX_BYTES], name[2 * NAME_MAX_BYTES + 1],
		long_name[3 * NAME_MAX_BYTES + 2];
	snprintf(name, sizeof name, "%s_%s", upper(section, whole), upper(token->string, part));
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(token, "value");
	const char *unit = cJSON_GetStringValue(need(token, token->string, "unit"));
	if (!unit)
		fail("%s.%s.unit must be text", section, token->string);
	if (cJSON_IsNumber(value)) {
		const char *suffix = strcmp(unit, "ms") == 0 ? "_MS" : strncmp(unit, "share", 5) == 0 ? "_SHARE" : "";
		write_number(name, suffix, number(value, token->string, 1e6));
	} else if (cJSON_IsArray(value)) {
		if (cJSON_GetArraySize(value) != 2)
			fail("%s.%s.value must be a number or two", section, token->string);
		int tile = strcmp(section, "icon") == 0;
		write_number(name, tile ? "" : "_W", number(value->child, token->string, 1e6));
		write_number(name, tile ? "_ICON" : "_H", number(value->child->next, token->string, 1e6));
	}
	const cJSON *colour = cJSON_GetObjectItemCaseSensitive(token, "colour");
	const cJSON *alpha = cJSON_GetObjectItemCaseSensitive(token, "alpha");
	if (colour)
		printf("#define TOKEN_%s_ARGB 0x%08lXu\n", name, argb(colour, alpha, token->string));
	for (const cJSON *c = value ? NULL : token->child; c; c = c->next) {
		if (!cJSON_IsNumber(c) || c == alpha)
			continue;
		snprintf(long_name, sizeof long_name, "%s_%s", name, upper(c->string, part));
		write_number(long_name, "", number(c, token->string, 1e6));
	}
}

static char *read_all(const char *path, size_t *len)
{
	FILE *in = fopen(path, "rb");
	char *bytes = malloc(FILE_BYTES_MAX);
	if (!in || !bytes)
		fail("cannot be read");
	*len = fread(bytes, 1, FILE_BYTES_MAX, in);
	if (ferror(in) || *len == FILE_BYTES_MAX)
		fail("cannot be read, or is longer than %u bytes", FILE_BYTES_MAX - 1);
	fclose(in);
	return bytes;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: tokens FILE\n");
		return 2;
	}
	size_t len;
	char *bytes = read_all(argv[1], &len);
	cJSON *tokens = cJSON_ParseWithLength(bytes, len);
	if (!cJSON_IsObject(tokens))
		fail("is no JSON object");
	for (const cJSON *s = tokens->child; s; s = s->next)
		if (!listed(s->string, measures, COUNT(measures)) && !listed(s->string, others, COUNT(others)))
			fail("the section \"%s\" is unknown", s->string);

	printf("/* Made from tokens.json by tools/tokens.c: change that file, not this. */\n");
	printf("#ifndef GENERATED_TOKENS_H\n#define GENERATED_TOKENS_H\n\n");
	const cJSON *colour = need(tokens, "the file", "colour");
	write_colours(colour);
	write_hues(colour);
	write_roles(need(tokens, "the file", "type"));
	write_strokes(need(tokens, "the file", "icon"));
	for (size_t i = 0; i < COUNT(measures); i++) {
		const cJSON *section = need(tokens, "the file", measures[i]);
		for (const cJSON *t = section->child; t; t = t->next)
			write_measure(measures[i], t);
	}
	printf("\n#endif\n");
	cJSON_Delete(tokens);
	free(bytes);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
