# The client of vejviser-sync behind the command line that suites of The Update Framework drive, against a repository with
# delegations and keys of every kind, and against a server that misbehaves.
# usage: tuf-client.sh BUILD
set -u

client=$1/tuf-client
. tests/e2e/tap
repository=$work/repository
metadata=$work/client
downloads=$work/downloads

mkdir "$repository"
ok 'a repository is made' /usr/bin/python3 tests/e2e/second_opinion.py make "$repository"
start_nginx "$repository"

refresh() {
	"$client" --metadata-url "http://127.0.0.1:$port/metadata/" --metadata-dir "$metadata" refresh
}

# get NAME…: the last word is the command, as suites have it.
get() {
	flags=
	for name in "$@"; do flags="$flags --target-name '$name'"; done
	eval "'$client' --metadata-url http://127.0.0.1:$port/metadata/ --metadata-dir '$metadata' $flags \
		--target-dir '$downloads' --target-base-url http://127.0.0.1:$port/targets/ download"
}

# What was asked for since the last time, in order.
asked() {
	sed -E 's/[0-9a-f]{64}/HASH/' "$work/requests"
	: >"$work/requests"
}

# same FILE FILE
same() {
	cmp "$1" "$2"
}

# holds FOLDER NAME…: nothing else, not even hidden.
holds() {
	folder=$1
	shift
	[ "$(ls -A "$folder" | sort)" = "$(printf '%s\n' "$@" | sort)" ] || { ls -A "$folder"; return 1; }
}

all_parse() {
	for file in "$metadata"/*; do /usr/bin/python3 -m json.tool "$file" >/dev/null || return 1; done
}

# ---- init

ok 'refresh before init fails' fails_with 1 '' refresh
ok 'init refuses what is no root' fails_with 1 '_type' "$client" --metadata-dir "$metadata" init "$repository/metadata/timestamp.json"
ok 'init takes a root' "$client" --metadata-dir "$metadata" init "$repository/root.json"
ok 'and keeps its bytes' same "$metadata/root.json" "$repository/root.json"
ok 'no command fails with 1' fails_with 1 usage "$client" --metadata-dir "$metadata"
ok 'an unknown flag fails with 1' fails_with 1 usage "$client" --metadata-dir "$metadata" --x refresh
ok 'download without a target fails with 1' fails_with 1 usage "$client" --metadata-dir "$metadata" --metadata-url x --target-dir x --target-base-url x download

# ---- refresh

asked >/dev/null
ok 'refresh' refresh
ok 'asks in the order of the specification' test "$(asked)" = '200 /metadata/2.root.json
404 /metadata/3.root.json
200 /metadata/timestamp.json
200 /metadata/1.snapshot.json
200 /metadata/1.targets.json'
ok 'keeps the root, byte for byte' same "$metadata/root.json" "$repository/metadata/2.root.json"
ok 'the timestamp' same "$metadata/timestamp.json" "$repository/metadata/timestamp.json"
ok 'the snapshot' same "$metadata/snapshot.json" "$repository/metadata/1.snapshot.json"
ok 'the targets' same "$metadata/targets.json" "$repository/metadata/1.targets.json"
ok 'and nothing else' holds "$metadata" root.json timestamp.json snapshot.json targets.json
ok 'refresh again' refresh
ok 'asks only for what could be new' test "$(asked)" = '404 /metadata/3.root.json
200 /metadata/timestamp.json'

# ---- download

ok 'two targets' get town.txt clubs/chess.txt
ok 'only the role on the way is asked' test "$(asked | grep -v root)" = '200 /metadata/timestamp.json
200 /targets/HASH.town.txt
200 /metadata/1.clubs.json
200 /targets/clubs/HASH.chess.txt'
ok 'a target of the top' grep -qx 'the town' "$downloads/town.txt"
ok 'a delegated target' grep -qx chess "$downloads/clubs%2Fchess.txt"
ok 'a terminating delegation leaves nothing to others' fails_with 1 'no such target' get clubs/go.txt
ok 'and the others are not asked' test "$(asked | grep -c library)" -eq 0
ok 'names with blanks' get 'books/a b.txt'
ok 'are encoded' test "$(asked | grep -c -e '200 /metadata/1.the%20library.json' -e '200 /targets/books/HASH.a%20b.txt')" -eq 2
ok 'a role by the hash of the path' get stories
ok 'an unknown target fails with 1' fails_with 1 'no such target' get town.txt nowhere.txt
ok 'delegated roles are kept under their encoded names' holds "$metadata" \
	root.json timestamp.json snapshot.json targets.json clubs.json the%20library.json bins.json
ok 'every file kept is JSON' all_parse

touch -d 2001-01-01 "$downloads/town.txt"
asked >/dev/null
ok 'what is there already' get town.txt
ok 'is not fetched' test "$(asked | grep -c targets/)" -eq 0
ok 'and not touched' test "$(stat -c %Y "$downloads/town.txt")" = "$(date -d 2001-01-01 +%s)"
echo other >"$downloads/town.txt"
ok 'what is not right' get town.txt
ok 'is replaced' grep -qx 'the town' "$downloads/town.txt"

before=$(ls -A "$downloads")
rm "$downloads/town.txt"
target=$(ls "$repository"/targets/*.town.txt)
for text in 'the towm' 'the town is longer than was signed' 'the'; do
	echo "$text" >"$target"
	ok "a wrong target ($text) fails with 1" fails_with 1 town.txt get town.txt
	ok 'and leaves nothing' test ! -e "$downloads/town.txt" -a "$(ls -A "$downloads" | wc -l)" -eq 3
done
echo 'the town' >"$target"
ok 'the right one comes' get town.txt
ok 'and nothing beside it' test "$(ls -A "$downloads")" = "$before"

# ---- a server that misbehaves; each time nothing that is kept changes

kept() {
	cat "$metadata"/* | sha256sum
}
was=$(kept)

# misbehaves FILE ANSWER…: refresh fails with 1 while the server answers so.
misbehaves() {
	file=$1
	shift
	echo "location = /metadata/$file { $* }" >"$work/odd.location"
	kill -HUP $server && sleep 0.3
	ok "$file: $*" fails_with 1 "$file" refresh
	ok 'and nothing changes' test "$(kept)" = "$was"
	rm "$work/odd.location"
}
misbehaves 3.root.json 'return 500;'
misbehaves 3.root.json 'return 403;'
misbehaves 3.root.json "return 302 /metadata/2.root.json;"
misbehaves 3.root.json 'return 200 "<html>";'
misbehaves 3.root.json 'return 204;'
misbehaves 3.root.json 'return 444;' # closes without an answer
misbehaves timestamp.json 'return 404;'
misbehaves timestamp.json 'return 301 /metadata/1.snapshot.json;'
kill -HUP $server && sleep 0.3
ok 'when all is well again' refresh

for file in 2.root.json timestamp.json 1.snapshot.json 1.targets.json; do
	rm -rf "$metadata"
	"$client" --metadata-dir "$metadata" init "$repository/root.json"
	cp "$repository/metadata/$file" "$work/whole"
	sed -i 's/"sig": "[0-9a-f]/&0/' "$repository/metadata/$file"
	ok "$file with a wrong signature fails with 1" fails_with 1 "$file" refresh
	mv "$work/whole" "$repository/metadata/$file"
	ok 'and comes when it is right' refresh
done
