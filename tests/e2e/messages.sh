# What staff and operators are told is in their language, and is a sentence. usage: messages.sh BUILD
set -u

build=$1
. tests/e2e/tap
export LC_ALL=C.UTF-8

ok 'the sentences of the programs are gathered' tools/messages "$work/now.pot"
for po in tools/po/*.po; do
	ids() {
		msgattrib --no-obsolete --no-wrap --sort-output "$1" | grep -E '^(msgid|msgid_plural|")' | grep -v '^"[A-Z][A-Za-z-]*: '
	}
	translated() {
		msgcmp "$po" "$work/now.pot" && msgfmt --check-format --statistics -o /dev/null "$po" 2>&1 | tee "$work/statistics" &&
			! grep -E 'fuzzy|untranslated' "$work/statistics"
	}
	nothing_old() {
		[ "$(msgattrib --no-obsolete "$po" | grep -c '^msgid ')" = "$(grep -c '^msgid ' "$work/now.pot")" ] ||
			{ echo "run make messages"; return 1; }
	}
	ok "$po: every sentence is translated, none is fuzzy" translated
	ok "$po: and none is left that no program says" nothing_old
done

# says LANGUAGE TEXT COMMAND...
says() {
	language=$1
	text=$2
	shift 2
	LANGUAGE=$language "$@" >"$work/said" 2>&1
	grep -qF -- "$text" "$work/said" || { cat "$work/said"; return 1; }
}
for program in vejviser vejviser-sync vejviser-replay vejviser-bundle; do
	ok "$program --help is in Danish" says da 'brug: ' "$build/$program" --help
	ok "$program --help is in English" says en 'usage: ' "$build/$program" --help
done
for command in $("$build"/vejviser-bundle --help | sed -nE 's/^  ([a-z]+) .*/\1/p' | grep -vx help); do
	ok "vejviser-bundle $command --help is in Danish" says da 'brug: ' "$build/vejviser-bundle" "$command" --help
done
ok 'the settings are judged in Danish' says da 'er ikke en indstilling; mente du "server"?' \
	sh -c 'echo "servr = x" >"$1/conf"; "$2"/vejviser --check-config --config "$1/conf"' - "$work" "$build"

cp -r content "$work/content"
sed -i 's/^icon: .*/icon: boks/' "$work/content/topics/clubs/library/da.md"
ok 'a fault is told in Danish' says da 'library/da.md:4: piktogrammet "boks" findes ikke; mente du "book"?' \
	"$build"/vejviser-bundle check "$work/content" --share build/share
ok 'and in English' says en 'library/da.md:4: there is no pictogram "boks"; did you mean "book"?' \
	"$build"/vejviser-bundle check "$work/content" --share build/share

# What the operating system says stands in brackets, behind a sentence.
ok 'a folder that is not there, in Danish' says da 'findes ikke (' "$build"/vejviser-bundle check "$work/nowhere" --share build/share
ok 'and in English' says en 'is not there (No such file' "$build"/vejviser-bundle check "$work/nowhere" --share build/share
bare() {
	! grep -nE '[^_]strerror|perror\(' src/*/*.c tools/bundle/*.c | grep -v '^src/base/err.c'
}
ok 'nobody but err.c tells what the operating system says' bare
ok 'how a pass went is told in Danish' says da 'har ikke været nogen hentning' "$build"/vejviser-sync --store "$work/store" --status
