# A new kiosk without a network shows what came with the program; what the disk damages is made anew or replaced.
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
