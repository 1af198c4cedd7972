# What a clerk and a machine see of `check`: its exit status, its order, its JSON, and what does not fit the real screens.
# usage: check.sh BUILD
set -u

build=$1
. tests/e2e/tap
bundle=$build/vejviser-bundle
page=topics/clubs/library

check() {
	"$bundle" check "$work/content" --share build/share --today 2026-11-26 "$@"
}

# first LINE TEXT: that line of what was said last has the text.
line() {
	sed -n "$1p" "$work/said" | grep -qF -- "$2" || { sed -n "$1p" "$work/said"; return 1; }
}

fresh() {
	rm -rf "$work/content"
	cp -r content "$work/content"
}

fresh
ok 'our own content has no error' check
ok 'what lags is one line for each language' sh -c "'$bundle' check content --share build/share | grep -c '^translations to' | grep -qx $(($(grep -c '{code:' content/site.yaml) - 1))"
ok 'with --all each has its line' sh -c "'$bundle' check content --share build/share --all | grep -c 'no person has checked' | awk '{ exit \$1 < 200 }'"
ok 'a year later much has passed, which is no error' fails_with 0 'valid_to' check --today 2028-01-01

fresh
sed -i 's/^icon: .*/icon: buk/' "$work/content/$page/da.md"
sed -i 's/^valid_to: .*/valid_to: 2026-11-25/' "$work/content/topics/clubs/fritidspas/da.md"
ok 'an error is status 1, and what is wrong' fails_with 1 "$page/da.md:4: there is no pictogram \"buk\"" check
ok 'it stands before a warning of an earlier file' line 1 "$page/da.md:4: there is no"
ok 'the warning stands behind it' line 2 'fritidspas/da.md:8: warning: valid_to 2026-11-25 has passed'
ok 'the screens are not looked at before it is mended' fails_with 1 'not looked at before these errors are mended' check --fit

json() {
	check --json >"$work/json"
	[ $? -eq 1 ] && python3 - "$work/json" <<'PYTHON'
import json, sys
told = json.load(open(sys.argv[1]))
assert told["format"] == 1 and told["errors"] == 1 and told["warnings"] == 1, told
assert set(told) == {"format", "folder", "files", "pages", "errors", "warnings", "faults", "translations"}, told.keys()
error, = [f for f in told["faults"] if f["kind"] == "error"]
assert error["file"] == "topics/clubs/library/da.md" and error["line"] == 4 and "did you mean" in error["text"], error
assert {f["kind"] for f in told["faults"]} == {"error", "warning", "lag", "hint"}
assert [t["lang"] for t in told["translations"]][:3] == ["en", "uk", "ar"], told["translations"]
assert sum(t["unchecked"] for t in told["translations"]) == len([f for f in told["faults"] if "no person has" in f["text"]])
PYTHON
}
ok 'JSON says the same' json

ok 'wrong use is status 2' fails_with 2 'usage:' "$bundle" check
ok 'an unknown option, too' fails_with 2 'usage:' check --fitt
ok 'a day that is none, too' fails_with 2 'a day is such as' check --today yesterday
ok 'so is a folder that is not there' fails_with 2 'No such file' "$bundle" check "$work/nowhere" --share build/share
ok 'its help tells the status' fails_with 0 'Exit status: 0' check --help

# One page in one language is enough, and quicker.
rm -rf "$work/content"
mkdir -p "$work/content/ui" "$work/content/topics/clubs/tea"
printf '%s\n' 'format: 1' 'municipality: Aars' 'source: da' 'languages: [{code: da, name: Dansk}]' 'topics: [clubs]' \
	>"$work/content/site.yaml"
printf '%s\n' 'icon: clubs' 'hue: clubs' 'pages: [tea]' 'title: {da: Fritid}' 'summary: {da: Mød andre.}' \
	>"$work/content/topics/clubs/topic.yaml"
printf '%s\n' --- 'title: Drik te' 'summary: Kom og drik te.' 'icon: book' 'reviewed: 2026-11-01' 'valid_to: 2027-11-01' --- \
	'Kom ind.' >"$work/content/topics/clubs/tea/da.md"
cp content/ui/da.po "$work/content/ui/"
mkdir "$work/tmp" && export TMPDIR="$work/tmp"
ok 'what fits is not told' check --fit
sed -i 's/^msgstr "Tilbage"/msgstr "Tilbage til det forrige skærmbillede"/' "$work/content/ui/da.po"
fits() {
	fails_with 1 'write it shorter' check --fit && grep -qE 'ui/da.po:[0-9]+: "Tilbage til det forrige skærmbillede" does not fit' "$work/said"
}
ok 'what does not fit the screens is told with its file and line' fits
ok 'nothing is left behind' rmdir "$TMPDIR"
mkdir "$work/alone" && cp "$bundle" "$work/alone/"
ok 'without the program that draws, that is said' fails_with 2 'which is not there; install it' \
	"$work/alone/vejviser-bundle" check content --share build/share --fit
