# A translation that its translators sign with a key of their own, from the repository to the screen. usage: delegated.sh BUILD
set -u

build=$1
. tests/e2e/tap
repository=$work/delegating

ok 'keys are made' "$build"/vejviser-bundle keys "$work/keys"
ok 'the content is published' "$build"/vejviser-bundle publish content --share build/share --keys "$work/keys" --repo "$work/repository"
ok 'the Ukrainian pages are delegated' /usr/bin/python3 tests/e2e/second_opinion.py delegate "$work/repository" "$repository"
start_nginx "$repository"

sync_once() {
	"$build"/vejviser-sync --server "http://127.0.0.1:$port" --root "$repository/metadata/1.root.json" --store "$work/store"
}
shows_all() {
	{
		for lang in da uk; do
			summary=$(sed -n 's/^summary: *//p' "content/topics/daycare/get-a-place/$lang.md" | sed 's/^"//; s/"$//')
			printf 'place guide %s daycare get-a-place\nexpect "%s"\n' "$lang" "$summary"
		done
	} >"$work/script.replay"
	"$build"/vejviser-replay --share build/share --store "$work/store" --out "$work" "$work/script.replay"
}

cp "$repository/metadata/1.translators.json" "$work/whole"
sed -i 's/"length": /&1/' "$repository/metadata/1.translators.json"
ok 'an altered delegated role is refused, and nothing is shown' fails_with 1 '1.translators.json' sync_once
ok 'no content was taken' test ! -e "$work/store/current"
mv "$work/whole" "$repository/metadata/1.translators.json"
ok 'the right one is taken' sync_once
ok 'both languages are shown' shows_all
: >"$work/requests"
ok 'a sync without news' sync_once
ok 'does not ask for it again' test "$(sort "$work/requests")" = '200 /metadata/timestamp.json
404 /metadata/2.root.json'
rm "$work/store/trust/translators.json"
ok 'a lost one is fetched' sync_once
ok 'and kept' test -s "$work/store/trust/translators.json"
