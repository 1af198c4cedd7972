# A script that ought to fail does fail, and says why. usage: replay.sh BUILD
set -u

build=$1
. tests/e2e/tap

# refuses TEXT LINE…: a script of these lines ends with status 1 and says the text.
refuses() {
	text=$1
	shift
	printf '%s\n' "$@" >"$work/script.replay"
	ok "refused: $*" fails_with 1 "$text" "$build"/vejviser-replay --share build/share --bundle build/sample/bundle --out "$work" \
		"$work/script.replay"
}

refuses 'script.replay:2' 'place home da' 'expect "Dette står der ikke"'
refuses 'script.replay:2' 'place home da' 'expect-not "112"'
refuses 'script.replay:2' 'place home da' 'expect-screen topic'
refuses 'script.replay:2' 'place home da' 'expect @topic.nowhere'
refuses 'script.replay:2' 'place home da' 'tap @tool.listen'
refuses 'script.replay:2' 'place home da' 'expect-language en'
refuses 'script.replay:2' 'place home da' 'expect-visitor away'
refuses 'script.replay:2' 'place home da' 'dance'
refuses 'script.replay:2' 'place home da' 'wait three hours'
refuses 'script.replay:1' 'place home xx'

ok 'every language of the type specimen has its letters' "$build"/vejviser-replay --share build/share --specimen --out "$work/specimen"
mkdir -p "$work/latin/fonts"
grep '^Latn' build/share/fonts/manifest.txt >"$work/latin/fonts/manifest.txt"
cp build/share/fonts/NotoSans-*.ttf "$work/latin/fonts/"
ok 'the type specimen tells what no font has' fails_with 1 'specimen th: ' "$build"/vejviser-replay --share "$work/latin" --specimen --out "$work/specimen"
