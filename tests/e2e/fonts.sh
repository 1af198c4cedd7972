# The fonts are the same each time they are made, and what cannot be made is refused. usage: fonts.sh BUILD
set -u

. tests/e2e/tap

mkdir "$work/tools"
cp tools/fonts "$work/tools/"

# refuses FILE CHANGE TEXT: with the file changed by sed no fonts are made, and the text is said.
refuses() {
	rm -rf "$work/fonts" "$work/out"
	cp -r fonts "$work/"
	sed -i "$2" "$work/fonts/$1"
	ok "refused: $1 $2" fails_with 1 "$3" "$work/tools/fonts" "$work/out"
	ok '  and no manifest written' [ ! -e "$work/out/manifest.txt" ]
}

tools/fonts "$work/again" >"$work/table"
ok 'the same bytes each time' diff -r "$work/again" build/fonts
ok 'and the same table' cmp "$work/table" build/fonts.txt

refuses manifest.txt 's/Regular.ttc:2/Regular.ttc:77/' 'there is no font 77 in /usr/share/'
refuses manifest.txt 's/CJK-Bold.ttc/CJK-Fat.ttc/' 'NotoSansCJK-Fat.ttc is missing'
refuses manifest.txt 's/^Thai/Cher/' 'no line of fonts/characters.txt is for Cher'
refuses characters.txt 's/GB2312/GB9999/' '"GB9999" is no character set'
refuses characters.txt 's/^Thai E00/Thai EOO/' '"EOO-E7F" is no character set'
