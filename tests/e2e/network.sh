# From a clerk's text file through signing, nginx and the store to the screen, and what happens when the network or the server is wrong.
# usage: network.sh BUILD
set -u

build=$1
. tests/e2e/tap
page=$work/content/topics/daycare/get-a-place/da.md
repository=$work/repository

cp -r content "$work/content"

publish() {
	"$build"/vejviser-bundle publish "$work/content" --yes --share build/share --keys "$work/keys" --repo "$repository"
}

sync_once() {
	"$build"/vejviser-sync --server "http://127.0.0.1:$port" --root "$work/keys/root.json" --store "$work/store"
}

# The screen of the page must show the words.
shows() {
	printf 'place guide da daycare get-a-place\nexpect "%s"\n' "$1" >"$work/script.replay"
	"$build"/vejviser-replay --share build/share --store "$work/store" --out "$work" "$work/script.replay"
}

# What the server was asked for since the last time, without its status, sorted.
asked() {
	sort "$work/requests"
	: >"$work/requests"
}

# flip FILE OFFSET: changes one byte of it; the file as it was is kept beside it.
flip() {
	cp "$1" "$1.whole"
	byte=$(dd if="$1" bs=1 skip="$2" count=1 2>/dev/null | od -An -tu1)
	printf "\\$(printf %o $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

unflip() {
	mv "$1.whole" "$1"
}

newest() {
	ls "$repository"/metadata/*."$1".json | sort -V | tail -n 1
}

ok 'keys are made' "$build"/vejviser-bundle keys "$work/keys"
ok 'the content is published' publish
start_nginx "$repository"
ok 'a first sync takes everything' sync_once
summary=$(sed -n 's/^summary: *//p' "$page" | sed 's/^"//; s/"$//')
ok 'the page shows its summary' shows "$summary"

asked >/dev/null
ok 'a sync without news' sync_once
ok 'asks only for the next root and the timestamp' test "$(asked)" = "200 /metadata/timestamp.json
404 /metadata/2.root.json"

sed -i "s/^summary: .*/summary: Skriv dit barn op meget tidligt. Barnet kan starte, fra det er 26 uger gammelt./" "$page"
ok 'one sentence is changed and published' publish
ok 'the change is taken' sync_once
ok 'the new sentence is shown' shows 'Skriv dit barn op meget tidligt. Barnet kan starte, fra det er 26 uger gammelt.'
asked >"$work/asked"
ok 'only metadata and one object were fetched' test "$(sed -E 's/[0-9a-f]{64}/HASH/' "$work/asked")" = "200 /metadata/2.snapshot.json
200 /metadata/2.targets.json
200 /metadata/timestamp.json
200 /targets/pages/da/daycare/HASH.get-a-place.json
404 /metadata/2.root.json"

before=$(cat "$work/store/current")
unchanged() {
	[ "$(cat "$work/store/current")" = "$before" ] && shows 'Skriv dit barn op meget tidligt. Barnet kan starte, fra det er 26 uger gammelt.'
}

sed -i "s/^summary: .*/summary: En sætning, som aldrig må vises./" "$page"
ok 'another change is published' publish
flip "$(newest targets)" 300
ok 'a flipped byte of targets.json is refused by name' fails_with 1 'targets.json' sync_once
ok 'and nothing changes on the screen' unchanged
unflip "$(newest targets)"
object=$(ls -t "$repository"/targets/pages/da/daycare/*.get-a-place.json | head -n 1)
flip "$object" 40
ok 'a flipped byte of an object is refused by name' fails_with 1 'get-a-place.json' sync_once
ok 'and nothing changes on the screen' unchanged
unflip "$object"

sed -i "s/^summary: .*/summary: Heller ikke denne sætning må vises./" "$page"
ok 'yet another change is published' publish
timestamp=$repository/metadata/timestamp.json
flip "$timestamp" $(($(grep -ob '"sig"' "$timestamp" | head -n 1 | cut -d: -f1) + 20))
ok 'a flipped byte of a signature is refused by name' fails_with 1 'timestamp.json' sync_once
ok 'and nothing changes on the screen' unchanged
unflip "$timestamp"

kill $server && wait $server 2>/dev/null
server=
ok 'a stopped server is told in a clear line' fails_with 1 "127.0.0.1:$port" sync_once
ok 'and everything still works' unchanged

from_stick() {
	"$build"/vejviser-sync --server "$work/no-stick" --store "$work/store"
}
ok 'a USB stick that is not there is told, and what is still shown' fails_with 1 "still shown: generation $before" from_stick
ok 'the staff read the same later' fails_with 0 "still shown: generation $before" "$build"/vejviser-sync --status --store "$work/store"
ok 'and where it was to come from' fails_with 0 "from: $work/no-stick, in " "$build"/vejviser-sync --status --store "$work/store"

from_several() {
	"$build"/vejviser-sync --server "http://127.0.0.1:$port, $repository" --root "$work/keys/root.json" --store "$work/store-2"
}
ok 'of several sources the next is tried' fails_with 0 'trying the next source' from_several
ok 'and told' fails_with 0 "from: $repository, in " "$build"/vejviser-sync --status --store "$work/store-2"
ok 'another pass at the same time does nothing' fails_with 3 'another program' flock "$work/store-2/lock" \
	"$build"/vejviser-sync --server "$repository" --store "$work/store-2"
by_proxy() {
	"$build"/vejviser-sync --server http://nowhere.invalid --proxy "http://me:secret@127.0.0.1:$port" --store "$work/store-2"
}
ok 'a proxy that is away is told' fails_with 1 "127.0.0.1 port $port" by_proxy
ok 'by its own word' grep -q '"result": "proxy"' "$work/store-2/status.json"
ok 'and nobody reads its password' sh -c "! grep -rq secret '$work/said' '$work/store-2/status.json'"

# A small disk of its own, which is full in the end: each status is new all the same.
cat >"$work/full.sh" <<'SCRIPT'
set -u
build=$1 repository=$2 disk=$3
mount -t tmpfs -o size=1m full "$disk" || exit
"$build"/vejviser-sync --server "$repository" --root "$4" --store "$disk" && exit 1
grep '"result": "full"' "$disk/status.json" || exit
dd if=/dev/zero of="$disk/rest" bs=4096 2>/dev/null
"$build"/vejviser-sync --server /nonexistent --root "$4" --store "$disk"
grep '"result": "missing"' "$disk/status.json"
SCRIPT
mkdir "$work/full"
ok 'a full disk is told' unshare --map-root-user --mount sh "$work/full.sh" "$build" "$repository" "$work/full" "$work/keys/root.json"

ok 'a server that can never be one is not tried again and again' fails_with 2 'must be an address' \
	timeout 20 "$build"/vejviser-sync --server ftp://x --store "$work/store" --every 1s

start_nginx "$repository"
ok 'when all is well again the newest comes' sync_once
ok 'and is shown' shows 'Heller ikke denne sætning må vises.'
