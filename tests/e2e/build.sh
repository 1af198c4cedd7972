# A build that remembers the last one gives the bytes, and says the words, of one that does not: whatever has changed, and
# whatever has happened to what it remembers. And the same content gives the same bytes anywhere.
# usage: build.sh BUILD
set -u

build=$1
. tests/e2e/tap
bundle=$PWD/$build/vejviser-bundle
export VEJVISER_SHARE=$PWD/build/share
cp -r content "$work/content"
page=$work/content/topics/daycare/get-a-place
n=0

# build_in FOLDER CONTENT VARIABLE=VALUE…: from inside the folder, with these in the environment
build_in() {
	mkdir -p "$1" && (cd "$1" && shift && from=$1 && shift && env "$@" "$bundle" build "$from" --out out)
}
mkdir -p "$work/elsewhere/much/deeper"
cp -r content "$work/elsewhere/much/deeper/words"
two_places() {
	build_in "$work/a" "$work/content" LC_ALL=C TZ=UTC &&
		build_in "$work/b" ../elsewhere/much/deeper/words LC_ALL=C.UTF-8 LANGUAGE=da TZ=Asia/Tokyo &&
		diff -r "$work/a/out" "$work/b/out"
}
ok 'the same content in two folders, locales and time zones gives the same bytes' two_places

# same WHAT: the content as it is now, built with what is remembered and without.
same() {
	n=$((n + 1))
	"$bundle" build "$work/content" --out "$work/fresh$n" >/dev/null 2>"$work/fresh.said"
	fresh=$?
	"$bundle" build "$work/content" --out "$work/bundle" --cache "$work/cache" >"$work/counted" 2>"$work/said"
	[ $? = $fresh ] && diff "$work/fresh.said" "$work/said" && { [ $fresh != 0 ] || diff -r "$work/fresh$n" "$work/bundle"; }
	status=$?
	rm -rf "$work/fresh$n"
	return $status
}
# same_after WHAT COMMAND…
same_after() {
	what=$1
	shift
	"$@"
	ok "$what" same
}
ok 'the first time' same
ok 'the second time' same
ok 'nothing is written then' grep -q '^0 of ' "$work/counted"
same_after 'a sentence' sed -i 's/^   Ring, og aftal et besøg\./   Ring og aftal et besøg./' "$page/da.md"
ok 'only that document is written' grep -q '^1 of ' "$work/counted"
same_after 'what the site says of the page' sed -i 's/^aims: .*/&\nsensitive: yes/' "$page/da.md"
same_after 'a page beside it, when that is known' sed -i 's/^summary: ./&x/' "$work/content/topics/daycare/settling-in/en.md"
ok 'and still said' grep -q sensitive "$work/bundle/bundle.json"
same_after 'a translation is gone' rm "$page/uk.md"
same_after 'a phone number, which many pages show' sed -i 's/^phone: .*/phone: 99 66 70 01/' "$work/content/places/pladsanvisning.yaml"
same_after 'the order of the pages' sed -i 's/^pages: \[get-a-place, types-of-care/pages: [types-of-care, get-a-place/' "$work/content/topics/daycare/topic.yaml"
same_after 'a file that nobody reads' cp "$page/en.md" "$page/xx.md"
rm "$page/xx.md"
mv "$work/content/topics/daycare/settling-in" "$work/away"
same_after 'a page is gone that others lead to' sed -i 's/settling-in, //' "$work/content/topics/daycare/topic.yaml"
mv "$work/away" "$work/content/topics/daycare/settling-in"
same_after 'it is back, but not listed' true
same_after 'and now it is' cp content/topics/daycare/topic.yaml "$work/content/topics/daycare/topic.yaml"
same_after 'an error in a page' sed -i 's/^## .*/## *x*/' "$page/da.md"
same_after 'and mended' cp content/topics/daycare/get-a-place/da.md "$page/da.md"

# What is remembered is not to be trusted.
same_after 'a document of the last bundle was changed' sed -i 's/barn/bern/' "$work/bundle/pages/da/daycare/get-a-place.json"
same_after 'and one is gone' rm "$work/bundle/pages/da/daycare/types-of-care.json"
same_after 'and something else stands there' sh -c "mkdir -p '$work/bundle/pages/zz' && echo x >'$work/bundle/pages/zz/y.json'"
same_after 'the memory is cut short' sh -c "head -c 5000 '$work/cache/pages' >'$work/cut' && mv '$work/cut' '$work/cache/pages'"
same_after 'the memory is empty' sh -c ": >'$work/cache/pages'"
# Any byte of it: found by the digest of the whole.
for at in 30 200 9000; do
	same_after "byte $at of the memory" sh -c "printf x | dd of='$work/cache/pages' bs=1 seek=$at conv=notrunc 2>/dev/null"
done
cp -r "$work/cache" "$work/old"
sed -i 's/^title: .*/title: Noget andet/' "$page/da.md"
same >/dev/null
rm -rf "$work/cache" && mv "$work/old" "$work/cache"
same_after 'an older memory beside a newer bundle' true
export SOURCE_DATE_EPOCH=1893456000
same_after 'three years later' true

mkdir "$work/mine"
ok 'a folder that is no bundle is not touched' fails_with 2 'is no bundle' "$bundle" build "$work/content" --out "$work/mine" --cache "$work/cache"
