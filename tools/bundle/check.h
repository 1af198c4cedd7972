/* check -- tells everything that is wrong in a folder of content, and writes nothing.
 *
 * With --json one object, whose keys are added to but never change:
 *
 *	{"format": 1, "folder": "content", "files": 316, "pages": 45,
 *	 "errors": 1, "warnings": 0,
 *	 "faults": [{"file": "topics/daycare/costs/da.md", "line": 14, "kind": "error", "text": "..."}],
 *	 "translations": [{"lang": "en", "missing": 0, "older": 2, "unchecked": 45}]}
 *
 * "faults" holds every kind, sorted by file and line: "error", "warning", "lag" (a translation that lags, counted in
 * "translations") and "hint"; at most FAULTS_MAX of each, so "errors" may be more than there are.
 */
#ifndef BUNDLE_CHECK_H
#define BUNDLE_CHECK_H

/* `vejviser-bundle check`; the exit status: 0 fine (perhaps with warnings), 1 errors, 2 could not run. */
int command_check(int argc, char **argv);

#endif
