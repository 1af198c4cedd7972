#include "bundle/fit.h"

#include "base/array.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "bundle/build.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NEEDLE_BYTES   30 /* of the words that are looked for in the sources */
#define SOURCE_BYTES   (1u << 20)
#define STATUS_NOT_RUN 127

struct finding {
	const char *rule, *screen, *lang, *topic, *page, *words, *how;
};

static const char *say(const char *rule)
{
	static const struct {
		const char *rule, *says;
	} rows[] = {
		{"cut", N_("does not fit and ends in \"...\"")},
		{"wide", N_("is wider than its box")},
		{"side", N_("leaves the screen")},
		{"overlap", N_("lies over other words")},
		{"glyph", N_("has a character that cannot be drawn")},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (strcmp(rows[i].rule, rule) == 0)
			return _(rows[i].says);
	return rule;
}

/* As many of the words as surely stand like this in the source: up to what the build puts in (bundle/isolate.h). */
static size_t needle_len(const char *words)
{
	size_t len = 0;

	while (words[len] && memcmp(words + len, "\xc2\xa0", 2) != 0 && memcmp(words + len, "\xe2\x81", 2) != 0)
		len++;
	return utf8_cut(words, len, NEEDLE_BYTES);
}

/* The line that the words stand in; 0: not in this file, or there is none. */
static size_t find_words(const struct source *source, const char *path, const char *words)
{
	struct buf bytes = {0};
	struct err ignored = {0};
	size_t line = 0;
	size_t len = needle_len(words);

	if (len > 0 && file_read(source->dir, path, SOURCE_BYTES, &bytes, &ignored) && bytes.len > 0) {
		const char *at = memmem(bytes.data, bytes.len, words, len);

		for (const char *c = bytes.data; at && c <= at; c++)
			line += c == bytes.data || c[-1] == '\n';
	}
	buf_finish(&bytes);
	return line;
}

/* Writes the n-th file that the words may stand in, the likeliest first; false: there are no more. */
static bool candidate(const struct source *source, const struct finding *finding, size_t n, char path[PATH_MAX])
{
	static const char *const fixed[] = {"site.yaml", "activities.yaml"};

	*path = '\0';
	if (n == 0 && *finding->page)
		snprintf(path, PATH_MAX, "topics/%s/%s/%s.md", finding->topic, finding->page, finding->lang);
	else if (n == 1 && *finding->topic)
		snprintf(path, PATH_MAX, "topics/%s/topic.yaml", finding->topic);
	else if (n == 2)
		snprintf(path, PATH_MAX, "ui/%s.po", finding->lang);
	if (n < 3)
		return true;
	n -= 3;
	if (n < ARRAY_LEN(fixed))
		return snprintf(path, PATH_MAX, "%s", fixed[n]) > 0;
	n -= ARRAY_LEN(fixed);
	if (n < source->place_ids.count)
		return snprintf(path, PATH_MAX, "places/%s.yaml", source->place_ids.names[n]) > 0;
	n -= source->place_ids.count;
	for (enum item_kind kind = 0; kind < ITEM_KIND_COUNT; kind++) {
		if (n < source->item_ids[kind].count)
			return snprintf(path, PATH_MAX, "%s/%s/%s.yaml", item_folders[kind],
					source->item_ids[kind].names[n], finding->lang) > 0;
		n -= source->item_ids[kind].count;
	}
	if (n < source->page_count)
		return snprintf(path, PATH_MAX, "topics/%s/%s.md", source->page_paths[n], finding->lang) > 0;
	return false;
}

static void tell(const struct source *source, const struct finding *finding, struct faults *faults)
{
	char first[PATH_MAX] = "";
	char path[PATH_MAX];
	size_t line = 0;

	for (size_t n = 0; line == 0 && candidate(source, finding, n, path); n++) {
		line = find_words(source, path, finding->words);
		if (!*first)
			memcpy(first, path, sizeof(first));
	}
	fault_error(faults, line > 0 ? path : first, line > 0 ? line : 1,
		    "\"%s\" %s on the kiosk (%s); write it shorter, or with shorter words", finding->words,
		    say(finding->rule), finding->how);
}

static bool read_line(char *line, struct finding *out)
{
	const char **const fields[] = {&out->rule, &out->screen, &out->lang, &out->topic,
				       &out->page, &out->words,  &out->how};

	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		char *tab = strchr(line, '\t');

		*fields[i] = line;
		if (!tab != (i + 1 == ARRAY_LEN(fields)))
			return false;
		if (tab) {
			*tab = '\0';
			line = tab + 1;
		}
	}
	return true;
}

static bool read_findings(const struct source *source, int pipe, struct faults *faults, struct err *err)
{
	FILE *in = fdopen(pipe, "r");
	char *line = NULL;
	size_t cap = 0;
	bool ok = in || err_errno(err, "pipe");

	while (ok && getline(&line, &cap, in) > 0) {
		struct finding finding = {"", "", "", "", "", "", ""};

		ok = read_line(line, &finding) ||
		     err_set(err, ERR_FORMAT, "vejviser-replay: \"%s\" is not understood", line);
		if (ok)
			tell(source, &finding, faults);
	}
	free(line);
	if (in)
		fclose(in);
	else
		close(pipe);
	return ok;
}

/* Beside this program: built and installed with it, so that it knows the same bundles. */
static bool find_replay(char path[PATH_MAX], struct err *err)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (len < 0)
		return err_errno(err, "/proc/self/exe");
	self[len] = '\0';
	if (snprintf(path, PATH_MAX, "%s/vejviser-replay", dirname(self)) < PATH_MAX && access(path, X_OK) == 0)
		return true;
	return err_set(err, ERR_MISSING, "--fit needs %s, which is not there; install it together with this program",
		       path);
}

static bool run_replay(const struct source *source, const char *replay, const char *bundle, const char *share,
		       struct faults *faults, struct err *err)
{
	char deviations[PATH_MAX]; /* what the design allows; installed with the pictograms and fonts */
	int ends[2];
	int status;

	snprintf(deviations, sizeof(deviations), "%s/deviations.txt", share);

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_errno(err, "pipe");
	pid_t pid = fork();
	if (pid == 0) {
		if (dup2(ends[1], STDOUT_FILENO) >= 0)
			execl(replay, "vejviser-replay", "--share", share, "--bundle", bundle, "--deviations",
			      deviations, "--fit", (char *)NULL);
		_exit(STATUS_NOT_RUN);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return err_errno(err, "fork");
	}
	bool ok = read_findings(source, ends[0], faults, err);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return ok && err_errno(err, "vejviser-replay");
	return ok && ((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
		      err_set(err, ERR_IO, "vejviser-replay could not look at the screens"));
}

bool fit_check(const struct source *source, const char *share, struct faults *faults, struct err *err)
{
	const char *usual = getenv("VEJVISER_SHARE");
	const char *tmp = getenv("TMPDIR");
	char folder[PATH_MAX / 2];
	char replay[PATH_MAX];
	char bundle[PATH_MAX];
	struct bundle_files files = {0};
	struct faults again = {0};

	if (!share)
		share = usual && *usual ? usual : VEJVISER_SHARE;
	if (!find_replay(replay, err))
		return false;
	snprintf(folder, sizeof(folder), "%s/vejviser-fit.XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(folder))
		return err_errno(err, "%s", folder);
	snprintf(bundle, sizeof(bundle), "%s/bundle", folder);
	bool ok = build_files(source->folder, share, &files, &again, err) && build_write(bundle, &files, err) &&
		  run_replay(source, replay, bundle, share, faults, err);
	struct err ignored = {0};
	file_remove(AT_FDCWD, folder, &ignored);
	bundle_files_finish(&files);
	faults_finish(&again);
	return ok;
}
