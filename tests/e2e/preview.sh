# Staff look at what they write: a save is on the glass within a second, a fault in a band, and mended it is gone.
# usage: preview.sh BUILD
set -u

build=$1
. tests/e2e/tap
size=540x960
bundle=$(realpath "$build")/vejviser-bundle
cp -r content "$work/content"
mkdir "$work/run"
export XDG_RUNTIME_DIR="$work/run"
page=$work/content/topics/clubs/library/da.md

unset DISPLAY WAYLAND_DISPLAY
ok 'without a screen it says how to look' fails_with 2 '--tour' "$bundle" preview "$work/content" --share build/share

display=:$((90 + $$ % 900))
Xvfb $display -screen 0 ${size}x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
export DISPLAY=$display
for _ in $(seq 50); do xdotool getmouselocation >/dev/null 2>&1 && break; sleep 0.1; done

ok 'a page that is not there is told' fails_with 2 '--page clubs/nowhere: there is no such page' \
	"$bundle" preview "$work/content" --share build/share --page clubs/nowhere
ok 'a language that is not there is told' fails_with 2 '--lang tlh: there is no such language' \
	"$bundle" preview "$work/content" --share build/share --lang tlh
ok 'and nothing is left behind' [ -z "$(ls "$work/run")" ]

TZ=Europe/Copenhagen "$bundle" preview "$work/content" --share build/share --lang da --page clubs/library >"$work/preview.log" 2>&1 &
kiosk=$!
for _ in $(seq 100); do grep -q 'is ready' "$work/preview.log" && break; sleep 0.1; done
sleep 1

# glass_differs: how many pixels of the page are not what replay paints of the store, below the top bar with its clock.
glass_differs() {
	printf 'place guide da clubs library\nwait 2s\nshot expected.png\n' >"$work/shot.replay"
	"$build"/vejviser-replay --share build/share --store "$work"/run/vejviser-preview-*/store --size $size \
		--time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --out "$work" "$work/shot.replay" >&2 || return 1
	import -window root "$work/glass.png" || return 1
	compare -metric AE -extract "${1:-540x890+0+70}" "$work/glass.png" "$work/expected.png" null: 2>&1
}
glass_shows() {
	differ=$(glass_differs "$@")
	[ "$differ" = 0 ] || { echo "$differ pixels differ"; cat "$work/preview.log"; return 1; }
}
generation() {
	cat "$work"/run/vejviser-preview-*/store/current
}

# soon COMMAND...: it succeeds before long; how long is a matter of the machine, not of this test.
soon() {
	for _ in $(seq 40); do
		"$@" >"$work/soon" 2>&1 && return
		sleep 0.25
	done
	cat "$work/soon"
	return 1
}
newer() {
	[ "$(generation)" != "$1" ]
}

ok 'the page is on the glass, pixel by pixel' soon glass_shows
first=$(generation)
sed -i 's/^summary: .*/summary: Denne sætning er ny./' "$page"
ok 'a saved sentence is a new generation' soon newer "$first"
ok 'and on the glass' soon glass_shows

second=$(generation)
sed -i 's/^icon: .*/icon: boks/' "$page"
sed -i 's/^title: .*/title: En anden side/' "$work/content/topics/clubs/find-a-club/da.md"
ok 'with a fault in one file the others go on' soon newer "$second"
ok 'the fault is told with file and line' soon grep -q 'library/da.md:[0-9]*: there is no pictogram "boks"' "$work/preview.log"
band() {
	differ=$(glass_differs)
	[ "$differ" -gt 20000 ] || { echo "only $differ pixels differ"; return 1; }
}
ok 'a band stands over the page' soon band
ok 'which is as it was' glass_shows 540x300+0+70

sed -i 's/^icon: .*/icon: book/' "$page"
ok 'mended, the band is gone' soon glass_shows

rm -r "$work/content/topics"
ok 'a folder that is gone is told' soon band
ok 'and takes nothing off the glass' glass_shows 540x300+0+70
cp -r content/topics "$work/content/"
ok 'put back, all is well' soon glass_shows

ends_well() {
	kill -TERM $kiosk
	wait $kiosk
	status=$?
	[ $status -eq 0 ] || { echo "status $status"; cat "$work/preview.log"; return 1; }
	[ -z "$(ls "$work/run")" ] || { ls "$work/run"; return 1; }
}
ok 'SIGTERM ends both, and nothing is left behind' ends_well
kiosk=

"$bundle" preview "$work/content" --share build/share >"$work/closed.log" 2>&1 &
kiosk=$!
for _ in $(seq 100); do grep -q 'is ready' "$work/closed.log" && break; sleep 0.1; done
sleep 0.5
closes() {
	kill -TERM "$(cat /proc/$kiosk/task/$kiosk/children)" || return 1
	wait $kiosk || { echo "status $?"; return 1; }
	[ -z "$(ls "$work/run")" ]
}
ok 'when the kiosk is closed it ends' closes
kiosk=
