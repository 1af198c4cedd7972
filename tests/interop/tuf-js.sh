# What we publish, and what our client takes, before tuf-js: a complete client of The Update Framework by others.
# Needs node and npm and the registry of npm; says so and skips when they are not there. usage: tuf-js.sh BUILD
set -u

VERSION=6.0.2
build=$1
. tests/e2e/tap
box=build/interop
script=$PWD/tests/interop/tuf-js.mjs

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
	echo 'ok - SKIPPED: node and npm are not installed (apt-get install nodejs npm)'
	exit
fi
mkdir -p $box
if ! npm install --silent --no-audit --no-fund --prefix $box "tuf-js@$VERSION" >$box/npm.log 2>&1; then
	echo "ok - SKIPPED: npm cannot fetch tuf-js $VERSION ($box/npm.log)"
	exit
fi

# take FOLDER ROOT TARGET…
take() {
	folder=$1
	root=$2
	shift 2
	(cd $box && node "$script" "http://127.0.0.1:$port" "$root" "$folder" "$@")
}

repository=$work/repository
mkdir "$repository"
ok 'keys are made' "$build"/vejviser-bundle keys "$work/keys"
ok 'the sample is published' "$build"/vejviser-bundle publish content --share build/share --keys "$work/keys" --repo "$repository"
targets=$(/usr/bin/python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["signed"]["targets"])' "$repository"/metadata/1.targets.json)
start_nginx "$repository"
ok 'it has targets' test -n "$targets"
# shellcheck disable=SC2086 # names without blanks
ok "tuf-js $VERSION takes every target" take "$work/js" "$work/keys/root.json" $targets
same() {
	for target in $targets; do
		cmp "$work/js/targets/$(echo "$target" | sed 's|/|%2F|g')" \
			"$repository/targets/$(dirname "$target")/$(sha256sum "$work/js/targets/$(echo "$target" | sed 's|/|%2F|g')" | cut -c 1-64).$(basename "$target")" || return 1
	done
}
ok 'each with the bytes that were published' same
echo 'More.' >>"$repository/targets/$(basename "$(ls -d "$repository"/targets/*.bundle.json)")"
ok 'and refuses one that was altered' fails_with 1 '' take "$work/js2" "$work/keys/root.json" bundle.json
kill $server && wait $server 2>/dev/null

# The same repository, with delegations and all kinds of keys, before both clients.
delegating=$work/delegating
mkdir "$delegating"
/usr/bin/python3 tests/e2e/second_opinion.py make "$delegating"
start_nginx "$delegating"
ours() {
	"$build"/tuf-client --metadata-dir "$work/ours" init "$delegating/root.json" &&
		"$build"/tuf-client --metadata-url "http://127.0.0.1:$port/metadata/" --metadata-dir "$work/ours" \
			--target-dir "$work/ours-targets" --target-base-url "http://127.0.0.1:$port/targets/" --target-name "$1" download
}
for target in town.txt clubs/chess.txt stories; do
	ok "tuf-js has $target" take "$work/js3" "$delegating/root.json" $target
	ok "and so has tuf-client" ours $target
done
for target in clubs/go.txt books/none.txt nowhere; do
	ok "tuf-js has no $target" fails_with 1 "there is no $target" take "$work/js3" "$delegating/root.json" $target
	ok "nor has tuf-client" fails_with 1 'no such target' ours $target
done
