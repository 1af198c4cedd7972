# All of the content to translators and back, with the programs that translators' tools are made of.
# usage: translate.sh BUILD
set -u

build=$1
. tests/e2e/tap
bundle=$build/vejviser-bundle
export VEJVISER_SHARE=build/share
cp -r content "$work/content"
page=$work/content/topics/daycare/get-a-place
heading=$work/content/topics/daycare/ready-for-school/en.md

export_to() {
	"$bundle" translate export "$work/content" --lang "$1" --out "$work/$2"
}
import_from() {
	"$bundle" translate import "$work/$1" "$work/content"
}
untouched() {
	diff -r content "$work/content"
}
# Every exported file, by GNU gettext's own check.
accepted() {
	for file in "$work"/po/*/[!u]*.po "$work"/po/*/ui.po; do
		msgfmt -c -o /dev/null "$file" || return 1
	done 2>&1 | tee "$work/msgfmt"
	# The header of ui.po is staff's.
	! grep -v '/ui.po:' "$work/msgfmt"
}

for lang in $(sed -n "s/.*{code: \([a-z-]*\),.*/\1/p" content/site.yaml | grep -v "^da$"); do
	ok "$lang is exported" export_to $lang po
done
ok 'msgfmt accepts every file' accepted
ok 'all languages are imported' import_from po
ok 'and the content is as it was, byte for byte' untouched
# As a program of a translator writes them: wrapped otherwise, and with its own header.
for file in "$work"/po/*/[!u]*.po; do
	msgcat --no-wrap --sort-output -o "$file" "$file"
done
ok 'files that another program has written are imported' import_from po
ok 'and the content is as it was' untouched

# A correction in one sentence, by somebody with a name.
sed -i 's/^msgstr "How your child gets ready"/msgstr "How to get ready"/; s/^"Last-Translator: /&Ada Example <ada@example.org>/' "$work/po/en/topic-daycare.po"
ok 'a corrected heading is imported' import_from po
only_that() {
	diff content/topics/daycare/ready-for-school/en.md "$heading"
	[ "$(diff content/topics/daycare/ready-for-school/en.md "$heading" | grep -c '^[<>]')" = 3 ] &&
		grep -q "^## How to get ready\$" "$heading" && grep -q '^translator: Ada Example$' "$heading"
}
ok 'and the page has it, and the name, and nothing else has changed' only_that
ok 'the check is content' "$bundle" check "$work/content"

# The Danish changes. Only that sentence is to be looked at; until somebody has, the file says it is older.
export_to en po >/dev/null
sed -i 's/^   Ring, og aftal et besøg. Tag gerne dit barn med.$/   Ring, og aftal et besøg. Tag dit barn med./' "$page/da.md"
ok 'the same folder again' export_to en po
one_fuzzy() {
	msgattrib --only-fuzzy "$work/po/en/topic-daycare.po" >"$work/fuzzy"
	cat "$work/fuzzy"
	[ "$(grep -c '^msgctxt' "$work/fuzzy")" = 1 ] && grep -q '^#| msgid "Ring, og aftal et besøg. Tag gerne dit barn med."$' "$work/fuzzy"
}
ok 'what has changed is fuzzy, with what it was' one_fuzzy
before=$(cat "$page/en.md")
import_from po >/dev/null 2>&1
ok 'a fuzzy text changes nothing' [ "$before" = "$(cat "$page/en.md")" ]
msgattrib --clear-fuzzy --clear-previous -o "$work/clear" "$work/po/en/topic-daycare.po" && mv "$work/clear" "$work/po/en/topic-daycare.po"
sed -i 's/^"X-Checked-By: /&Bo Example/' "$work/po/en/topic-daycare.po"
ok 'a person has looked' import_from po
checked() {
	"$bundle" check "$work/content" | tee "$work/said"
	! grep -q 'daycare/get-a-place/en.md' "$work/said" && grep -q '^translation: checked$' "$page/en.md" && grep -q '^checked_by: Bo Example$' "$page/en.md"
}
ok 'and the page is of the Danish as it is now, and checked by name' checked

# A faulty message: told with its place, and nothing of the folder is taken.
sed -i 's/^msgstr "How to get ready"/msgstr "How *to* get ready"/' "$work/po/en/topic-daycare.po"
cp -r "$work/content" "$work/before"
ok 'a faulty message is told' fails_with 1 'en/topic-daycare.po:' import_from po
ok 'and nothing is written' diff -r "$work/before" "$work/content"

# A new language, from nothing: here the translator only says the Danish again. It waits behind a "#" meanwhile.
ok 'a new language is begun' "$bundle" new language sv --content "$work/content"
ok 'and exported' export_to sv new
sed 's/Language: en/Language: sv/' content/ui/en.po >"$work/new/sv/ui.po"
for file in "$work"/new/sv/[!u]*.po; do
	msgen -o "$file" "$file"
done
ok 'it comes back, and what is left to do is told' fails_with 0 'take away the #' import_from new
sed -i 's/# - {code: sv,/- {code: sv,/' "$work/content/site.yaml"
whole() {
	"$bundle" check "$work/content" --all >"$work/said"
	! grep -E '"sv"|/sv\.' "$work/said" | grep -vE 'no person has checked|not checked by a person'
}
ok 'and nothing of it is missing or faulty' whole

# The page of what is translated: XML can read it, it needs nothing from elsewhere, and each number leads to its list.
page_sound() {
	"$bundle" coverage "$work/content" --html "$work/coverage.html" &&
		python3 -c '
import sys, xml.dom.minidom
page = xml.dom.minidom.parse(sys.argv[1])
ids = {node.getAttribute("id") for node in page.getElementsByTagName("details")}
links = [node.getAttribute("href") for node in page.getElementsByTagName("a")]
assert links and all(link[0] == "#" and link[1:] in ids for link in links), links
assert not page.getElementsByTagName("script") and not page.getElementsByTagName("link")
assert len(page.getElementsByTagName("tr")) == 1 + int(sys.argv[2])' "$work/coverage.html" "$(grep -c "{code:" "$work/content/site.yaml")"
}
ok 'the page of what is translated is sound' page_sound
ok 'and its numbers as JSON' sh -c "$bundle coverage $work/content --json | python3 -m json.tool"
