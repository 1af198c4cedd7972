# The real kiosk on a real (virtual) screen: a finger, new content without a restart, no network, and rest.
# usage: kiosk.sh BUILD
set -u

build=$1
. tests/e2e/tap
size=1080x1920
cp -r content "$work/content"
page=$work/content/topics/clubs/library/da.md
{
	printf 'idle_warn_s = 3000\nserver = %s\n' "$work/repository"
	VEJVISER_PASSPHRASE=123456 "$build"/vejviser-bundle pin # as replay's kiosk with a staff's page has it
} >"$work/kiosk.conf"
mkdir "$work/ask"

publish() {
	"$build"/vejviser-bundle publish "$work/content" --yes --share build/share --keys "$work/keys" --repo "$work/repository" &&
		"$build"/vejviser-sync --server "$work/repository" --root "$work/keys/root.json" --store "$work/store"
}

# item PLACE ID: "x y" of its middle, from the same screens off-screen. PLACE is as in a script: home da, topic da clubs.
item() {
	printf 'staff\nplace %s\ndump items\n' "$1" >"$work/item.replay"
	"$build"/vejviser-replay --share build/share --store "$work/store" --size $size --out "$work" "$work/item.replay" &&
		sed -nE "s|^[0-9]+ [a-z]+ $2 .* (-?[0-9]+),(-?[0-9]+) ([0-9]+)x([0-9]+).*|\1 \2 \3 \4|p" "$work/items" |
		awk 'NR == 1 { print int($1 + $3 / 2), int($2 + $4 / 2) }'
}

# tap PLACE ID: a finger on it, on the glass.
tap() {
	at=$(item "$1" "$2")
	[ -n "$at" ] || return 1
	# shellcheck disable=SC2086 # x and y
	xdotool mousemove $at click 1
	sleep 0.7
}

# glass_shows PLACE [HEIGHT]: the picture on the glass below the top bar, whose clock tells the real time, is what replay
# paints for PLACE.
glass_shows() {
	printf 'staff\nplace %s\nwait 2s\nshot expected.png\n' "$1" >"$work/shot.replay"
	"$build"/vejviser-replay --share build/share --store "$work/store" --size $size --time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --out "$work" "$work/shot.replay" || return 1
	import -window root "$work/glass.png" || return 1
	differ=$(compare -metric AE -extract 1080x${2-1800}+0+120 "$work/glass.png" "$work/expected.png" null: 2>&1)
	[ "$differ" = 0 ] || { echo "$differ pixels differ"; return 1; }
}

ok 'keys are made' "$build"/vejviser-bundle keys "$work/keys"
ok 'content is published and taken' publish

display=:$((90 + $$ % 900))
Xvfb $display -screen 0 ${size}x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
export DISPLAY=$display
for _ in $(seq 50); do xdotool getmouselocation >/dev/null 2>&1 && break; sleep 0.1; done

RUNTIME_DIRECTORY=$work/ask TZ=Europe/Copenhagen strace -f -ttt -o "$work/trace" "$build"/vejviser --config "$work/kiosk.conf" --share build/share --store "$work/store" >"$work/kiosk.log" 2>&1 &
kiosk=$!
for _ in $(seq 100); do grep -q 'is ready' "$work/kiosk.log" && break; sleep 0.1; done
sleep 1

# The languages are shown in that of the greeting which was touched, mirrored when it is written right to left. Not looked
# at: the lowest bar, where replay, which came another way, can go back.
greeted() {
	for greeting in $(sed -nE 's/^  - \{code: ([a-z]+),.*/\1/p' "$work/content/site.yaml"); do
		glass_shows "language $greeting" 1600 && return
	done
	return 1
}

ok 'a touch starts' tap 'attract da' start
ok 'the languages are on the glass, in the language of the greeting' greeted
ok 'the language is chosen' tap "language $greeting" language.da
ok 'home is on the glass, pixel by pixel' glass_shows 'home da'
ok 'a topic opens' tap 'home da' topic.clubs
ok 'the topic is on the glass' glass_shows 'topic da clubs'

sed -i "s/^summary: .*/summary: Denne sætning er ny./" "$page"
ok 'a sentence is changed, published and taken while the kiosk runs' publish
ok 'a page opens' tap 'topic da clubs' page.clubs/library
ok 'with the new sentence, without a restart' glass_shows 'guide da clubs library'

# At rest on this page: what wakes the process in a minute? A wait with a time-out that ends is a wake-up.
sleep 1
marks=$(wc -l <"$work/trace")
sleep 60
tail -n +$((marks + 1)) "$work/trace" >"$work/rest"
wakes=$(grep -cE '(poll|select|epoll_wait|futex|nanosleep)\(.*\) = ' "$work/rest")
minute() {
	# One full minute passed in these 60 s: one wait ended, and what followed it did not wait.
	[ "$(grep -cE '(poll|ppoll|pselect6|select|epoll_wait)\(.*= 0 \(Timeout\)' "$work/rest")" -le 3 ] || { cut -c1-150 "$work/rest"; return 1; }
	[ "$wakes" -le 12 ] || { cut -c1-150 "$work/rest"; return 1; }
}
ok 'a minute of rest has no wake-up but the clock' minute

# Staff ask for content, and the kiosk writes nothing but their wish.
ok 'the languages are gone to' tap 'guide da clubs library' nav.language
ok "the way to the staff's page is pressed" tap 'language da' staff
ok 'the PIN stands where replay has it' glass_shows 'staff da' 1600
# wait_for COMMAND…: until it succeeds, 10 s at most. Trying a PIN takes a while.
wait_for() {
	for _ in $(seq 100); do "$@" && return; sleep 0.1; done
	return 1
}
enter() {
	for key in digit.1 digit.2 digit.3 digit.4 digit.5 digit.6 digit.6 erase unlock; do tap 'staff da' staff.$key || return 1; done
	wait_for grep -q "the staff's page is open" "$work/kiosk.log" && sleep 1
}
ok 'the PIN opens it' enter
ok 'content is asked for' tap 'staff da open' staff.fetch
ok 'where systemd sees it' wait_for test -f "$work/ask/sync-now"
ok 'the PIN is not in the log' sh -c '! grep -qE "[0-9]{6}" "$1"' - "$work/kiosk.log"

# found_none PATTERN: no line of the trace has it; those that do are shown.
found_none() {
	! grep -E "$1" "$work/trace"
}
# AF_UNIX is the X server; anything else would be a network.
ok 'no network call at all' found_none '(socket|connect|bind|sendto)\(.*AF_(INET|PACKET|NETLINK|VSOCK)'
ok 'no OpenGL is loaded' found_none 'open.*(libGL|libEGL|libvulkan|_dri\.so).* = [0-9]'

kill -TERM "$(head -n 1 "$work/trace" | cut -d ' ' -f 1)" # strace's child, not strace
ends_well() {
	wait $kiosk
	status=$?
	[ $status -eq 0 ] || { echo "status $status"; cat "$work/kiosk.log"; return 1; }
}
ok 'SIGTERM ends it in order' ends_well
kiosk=
