#!/bin/sh
# The screens on a virtual display: tests/bench/screens_bench.c tells what is measured, floor_bench.c beside what. And the kiosk itself at rest for a
# minute on a page: what it costs, and how often it is woken. usage: screens.sh BUILD
set -eu

build=$1
bench=$build/tests/bench/screens_bench
work=build/bench
rounds=${ROUNDS:-7}
rest=${REST:-60}

mkdir -p $work
display=:$((90 + $$ % 900))
Xvfb $display -screen 0 1080x1920x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
kiosk=
trap 'kill $kiosk $screen 2>/dev/null || true' EXIT
export DISPLAY=$display TZ=Europe/Copenhagen
for _ in $(seq 50); do xdotool getmouselocation >/dev/null 2>&1 && break; sleep 0.1; done

round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	"$bench" build/share build/sample/store start
	"$build"/tests/bench/floor_bench $work/first
	"$bench" build/share build/sample/store work
done >$work/screens
"$bench" build/share build/sample/store memory >>$work/screens

# At rest: on the start page, reached by two keys each.
: >$work/kiosk.conf
"$build"/vejviser --config $work/kiosk.conf --share build/share --store build/sample/store >$work/kiosk.log 2>&1 &
kiosk=$!
sleep 3
for key in Tab Return Tab Tab Tab Return; do xdotool key $key; sleep 0.5; done
sleep 5
count() { awk '/^(nonvoluntary_)?voluntary_ctxt_switches|^voluntary/ { n += $2 } END { print n }' /proc/$kiosk/status; }
ticks() { awk '{ print $14 + $15 }' /proc/$kiosk/stat; }
woken=$(count)
used=$(ticks)
sleep "$rest"
echo "woken $(($(count) - woken))" >>$work/screens
echo "used $((($(ticks) - used) * 1000 / $(getconf CLK_TCK)))" >>$work/screens
tests/bench/medians <$work/screens >$work/screens.medians

echo '### Screens'
echo
echo "1080 × 1920 on Xvfb, $rounds processes; CPU time in ms with its share of presenting, memory in MiB."
echo
LC_ALL=C awk -v rest="$rest" '
	{ v[$1] = $2 }
	function row(name, value, goal) { printf "| %s | %s | %s |\n", name, value, goal }
	function two(key) { return sprintf("%.1f (slowest %.1f)", v[key], v[key "-slowest"]) }
	END {
		print "| | | goal |"
		print "|---|--:|--:|"
		row("start to the first whole frame", sprintf("%.0f", v["start"]), "")
		row("a bare SDL2 window with that picture", sprintf("%.0f", v["floor"]), "")
		row("part of the bare window'\''s", sprintf("%.2f", v["start"] / v["floor"]), "1.5")
		row("touch to a page never seen before", two("tap"), "15")
		row("to one seen before", two("again"), "15")
		row("touch to the page in another language", two("language"), "15")
		row("a frame while a long page rolls", two("scroll"), "16")
		row("a frame while a page comes in", two("slide"), "16")
		row(sprintf("private memory after %d pages", v["pages"]), sprintf("%.1f", v["memory"]), "40")
		row(sprintf("%d s of rest: woken", rest), v["woken"], "the minute")
		row("CPU of it", v["used"], "")
	}' $work/screens.medians
