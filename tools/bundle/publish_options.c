#include "bundle/publish_options.h"

#include "base/message.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_MAX 3650
#define TIME_MAX INT64_C(32503680000) /* the year 3000 */

static bool parse_number(const char *name, const char *text, int64_t max, int64_t *out)
{
	size_t digits = strspn(text, "0123456789");

	*out = digits > 0 && digits < 16 && text[digits] == '\0' ? strtoll(text, NULL, 10) : 0;
	if (*out < 1 || *out > max)
		fprintf(stderr, _("vejviser-bundle: --%s %s: must be a whole number from 1 to %lld\n"), name, text,
			(long long)max);
	return *out >= 1 && *out <= max;
}

static bool set_days(const char *text, struct publish_options *out)
{
	int64_t days;

	if (!parse_number("expires-days", text, DAYS_MAX, &days))
		return false;
	for (size_t i = 0; i < METADATA_ROLE_COUNT; i++)
		out->terms.days[i] = days;
	return true;
}

static bool take(int letter, const char *text, struct publish_options *out)
{
	const struct {
		int letter;
		const char **value;
	} texts[] = {{'k', &out->keys}, {'r', &out->repo}, {'i', &out->share}, {'t', &out->to}, {'l', &out->login}};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].letter == letter)
			*texts[i].value = text;
	out->yes = out->yes || letter == 'y';
	out->all = out->all || letter == 'a';
	out->list = out->list || letter == 's';
	return (letter != 'e' || set_days(text, out)) &&
	       (letter != 'm' || parse_number("time", text, TIME_MAX, &out->time_utc_s)) &&
	       (letter != 'v' || parse_number("version", text, INT64_C(1) << 53, &out->version));
}

static int wrong_use(const struct publish_usage *usage)
{
	fputs(_(usage->text), stderr);
	return 2;
}

int publish_options_read(int argc, char **argv, const struct publish_usage *usage, struct publish_options *out)
{
	static const struct option options[] = {
		{"keys", required_argument, NULL, 'k'},
		{"repo", required_argument, NULL, 'r'},
		{"share", required_argument, NULL, 'i'},
		{"to", required_argument, NULL, 't'},
		{"login", required_argument, NULL, 'l'},
		{"yes", no_argument, NULL, 'y'},
		{"check-all", no_argument, NULL, 'a'},
		{"list", no_argument, NULL, 's'},
		{"version", required_argument, NULL, 'v'},
		{"expires-days", required_argument, NULL, 'e'},
		{"time", required_argument, NULL, 'm'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int letter;

	*out = (struct publish_options){
		.terms.days = {[METADATA_TARGETS] = 365, [METADATA_SNAPSHOT] = 30, [METADATA_TIMESTAMP] = 7}};
	while ((letter = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (letter == 'h') {
			fputs(_(usage->text), stdout);
			return 1;
		}
		if (letter == '?')
			return 2;
		if (!strchr(usage->letters, letter))
			return wrong_use(usage);
		if (!take(letter, optarg, out))
			return 2;
	}
	if (optind + usage->args != argc || (strchr(usage->letters, 'r') && !out->repo) ||
	    (strchr(usage->letters, 'k') && !out->keys && !out->list))
		return wrong_use(usage);
	for (int i = 0; i < usage->args; i++)
		out->args[i] = argv[optind + i];
	return 0;
}
