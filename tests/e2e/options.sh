# The kiosk's command line: what it does not understand, it says, and starts nothing. usage: options.sh BUILD
set -u

build=$1
. tests/e2e/tap
export LC_ALL=C.UTF-8 LANGUAGE=
long=$(seq 1000 | tr -d '\n' | cut -c 1-1024)
echo 'rotation = 45' >"$work/wrong.conf"
echo 'rotation = 90' >"$work/right.conf"

kiosk() {
	SDL_VIDEODRIVER=dummy timeout -k 1 10 "$build"/vejviser "$@"
}

ok 'an unknown option' fails_with 2 usage: kiosk --full-screen
ok 'a word too many' fails_with 2 'here: not understood' kiosk here
ok 'a size without a height' fails_with 2 '320 to 8192' kiosk --windowed=540
ok 'a size with more than that' fails_with 2 '320 to 8192' kiosk --windowed=540x960x24
ok 'a size too small' fails_with 2 '320 to 8192' kiosk --windowed=319x960
ok 'two ways to show it' fails_with 2 'one or the other' kiosk --windowed --drm
ok 'a file of settings that is not there' fails_with 2 "$work/none.conf" kiosk --config "$work/none.conf"
ok 'a setting that is wrong, with its line' fails_with 2 "$work/wrong.conf:1: rotation" kiosk --config "$work/wrong.conf"
ok 'on a wall it goes on without it' fails_with 1 "$work/wrong.conf:1: rotation" kiosk --drm=/dev/null --config "$work/wrong.conf"
ok 'the same when only asked' fails_with 2 "$work/wrong.conf:1: rotation" kiosk --check-config --config "$work/wrong.conf"
ok 'a folder with a longer name than a setting may have' fails_with 2 'longer than the 1023 bytes' kiosk --store "$long"
ok 'settings that are right' kiosk --check-config --config "$work/right.conf"
