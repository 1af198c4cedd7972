# A new kiosk without a network shows what came with the program; what the disk damages is made anew or replaced; what a USB
# stick brings is taken, and what is wrong with it told.
# usage: factory.sh BUILD
set -u

build=$1
. tests/e2e/tap
store=$work/store
repository=$work/repository

publish() { # KEYS FOLDER
	"$build"/vejviser-bundle publish content --yes --share build/share --keys "$1" --repo "$2"
}

make_factory() {
	"$build"/vejviser-bundle keys "$work/build-keys" && publish "$work/build-keys" "$work/factory" &&
		cp "$work/build-keys/root.json" "$work/factory/"
}

sync_once() { # SERVER
	"$build"/vejviser-sync --server "$1" --root "$work/keys/root.json" --store "$store" --factory "$work/factory"
}

factory_only() {
	"$build"/vejviser-sync --store "$store" --factory "$work/factory"
}

sync_stick() { # STICK SERVER
	"$build"/vejviser-sync --stick "$1" --server "$2" --root "$work/keys/root.json" --store "$store"
}

status_says() { # TEXT
	"$build"/vejviser-sync --status --store "$store" | grep -F -- "$1"
}

# The screen opens the current generation.
shows_content() {
	printf 'place home da\nexpect "112"\nplace topic da clubs\n' >"$work/script.replay"
	"$build"/vejviser-replay --share build/share --store "$store" --out "$work" "$work/script.replay"
}

# The real kiosk, without a screen, says which generation it shows.
kiosk_says() { # TEXT
	SDL_VIDEODRIVER=dummy timeout -s TERM 20 "$build"/vejviser --windowed --share build/share --store "$store" 2>"$work/kiosk.log" &
	kiosk=$!
	for _ in $(seq 100); do
		grep -qF -- "$1" "$work/kiosk.log" && break
		sleep 0.1
	done
	kill "$kiosk" 2>/dev/null
	wait "$kiosk"
	kiosk=
	cat "$work/kiosk.log"
	grep -qF -- "$1" "$work/kiosk.log"
}

ok 'a factory bundle is made' make_factory
same_again() { # at a time that is long ago, whatever the clock says
	for folder in once again; do
		"$build"/vejviser-bundle publish content --yes --share build/share --keys "$work/build-keys" --repo "$work/$folder" --time 1764100000 || return 1
	done
	diff -r "$work/once" "$work/again" && grep -q '"x-vejviser-published": "2025-11-25T19:46:40Z"' "$work/once/metadata/1.targets.json"
}
ok 'the same content, keys and time give the same bytes' same_again
ok 'a new kiosk takes it, though its server is away' fails_with 1 'still shown: generation 1' sync_once "$work/nowhere"
ok 'and shows it' shows_content
ok 'no server is needed at all' factory_only
ok 'but nobody has been heard by that' status_says 'went well: none'
ok "the municipality's keys are made" "$build"/vejviser-bundle keys "$work/keys"
ok 'and its content published' publish "$work/keys" "$repository"
ok 'which a pass takes in its place' sync_once "$repository"
ok 'the factory bundle does not come back' factory_only
# What root has done is the owner's, who can go on: who has no other users than himself cannot try it.
as_root() {
	chown -R 65534:65534 "$store" && chmod -R a+rX "$work" && publish "$work/keys" "$repository" && sync_once "$repository" &&
		! find "$store" ! -user 65534 -o ! -group 65534 | grep . && chown -R 0:0 "$store"
}
[ "$(id -u)" != 0 ] || ok "root's pass is its owner's" as_root
ok "the municipality's root is what is trusted" cmp "$work/keys/root.json" "$store/trust/root.json"
: >"$store/generations/2/index.db"
ok 'the kiosk shows the generation before, when the disk has lost the index' kiosk_says 'generation 1 is ready'
cp "$store/current" "$work/current"
echo '?' >"$store/current"
ok 'and so when it has lost the name of the generation' kiosk_says 'generation 1 is ready'
cp "$work/current" "$store/current"
ok 'an index that the disk lost is made anew without a server' fails_with 1 'still shown: generation 3' sync_once "$work/nowhere"
ok 'and shown' shows_content
rm -r "$store/objects" "$store"/generations/*/index.db
ok 'when all is lost, the factory bundle comes back' factory_only
ok 'and is shown' shows_content
ok "the next pass brings the municipality's again" sync_once "$repository"
ok 'which is shown' shows_content

forget_hearing() {
	sed -i 's/"last_good": "[^"]*"/"last_good": "2026-01-02T03:04:05Z"/' "$store/status.json"
}
heard_anew() {
	status_says 'went well: 2' && ! status_says 'went well: 2026-01-02T03:04:05Z'
}
ok 'when it was heard is told' heard_anew
forget_hearing
ok 'a pass that asks nobody' factory_only
ok 'hears nobody' status_says 'went well: 2026-01-02T03:04:05Z'
publish "$work/keys" "$repository" >"$work/published" 2>&1 && cp -r "$repository" "$work/stick"
ok 'a USB stick brings what the server has not, which is away' fails_with 1 'nowhere' sync_stick "$work/stick" "$work/nowhere"
ok 'and was heard' heard_anew
forget_hearing
ok 'without a server, too' sync_stick "$work/stick" ''
ok 'and is named' status_says "from: $work/stick"
ok 'and was heard again' heard_anew
forget_hearing
ok "a stranger's stick is told, whatever the server says" fails_with 1 'USB stick: ' sync_stick "$work/factory" "$repository"
ok 'also to staff' status_says 'failed: USB stick: '
ok 'and the server was heard' heard_anew
mkdir "$work/empty"
ok 'a stick with holiday pictures is no fault' sync_stick "$work/empty" "$repository"
ok 'nor is none' sync_stick "$work/nowhere" "$repository"
