# The handbook is one text in two languages, also in the terminal, and its pictures are there. usage: handbook.sh BUILD
set -u

build=$1
. tests/e2e/tap
export LC_ALL=C.UTF-8
handbooks='content/README.md content/README.da.md'

topics() {
	sed -nE 's/^<!-- help: ([a-z]+) -->$/\1/p' "$1"
}
# The same topics, lists, tables and examples, whatever the words are.
shape() {
	sed -nE 's/^<!-- help: ([a-z]+) -->$/\1/p; s/^(#+ |[0-9]\. |- |    |\|---|!\[).*/\1/p' "$1"
}
same() {
	# shellcheck disable=SC2086
	for book in $handbooks; do shape $book >"$work/$(basename $book)"; done
	diff "$work/README.md" "$work/README.da.md"
}
ok 'both languages have the same parts' same
for lang in en da; do
	[ $lang = en ] && book=content/README.md || book=content/README.da.md
	shown() {
		for topic in $(topics $book); do
			LANGUAGE=$lang "$build"/vejviser-bundle help "$topic" >"$work/shown" || return 1
			heading=$(grep -A1 "^<!-- help: $topic -->" $book | tail -n 1)
			[ "$(head -n 1 "$work/shown")" = "$heading" ] && [ "$(wc -l <"$work/shown")" -gt 4 ] || { cat "$work/shown"; return 1; }
		done
	}
	ok "$lang: every topic is shown in the terminal" shown
	pictures() {
		grep -oE '\]\(\.\./[^)]*' $book | sed 's/^](//' >"$work/pictures"
		[ -s "$work/pictures" ] || return 1
		while read -r picture; do [ -s "content/$picture" ] || { echo "$picture is missing"; return 1; }; done <"$work/pictures"
	}
	ok "$lang: its pictures are there" pictures
done
ok 'a command is told by its own help' fails_with 0 'usage: vejviser-bundle publish' "$build"/vejviser-bundle help publish
ok 'a topic that is none is told' fails_with 2 'there is no topic "nothing"' "$build"/vejviser-bundle help nothing
ok 'what the pictures show is still on the screens' tools/handbook "$build" "$work"
