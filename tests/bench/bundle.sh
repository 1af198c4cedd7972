#!/bin/sh
# The bundle tool beside Hugo (Debian's), which makes HTML of the same pages: 300 in 20 languages. usage: bundle.sh BUILD
set -eu

bundle=$PWD/$1/vejviser-bundle
work=$PWD/build/bench-bundle
rounds=${ROUNDS:-5}
export VEJVISER_SHARE=$PWD/build/share

rm -rf "$work" && mkdir -p "$work"
tests/bench/pages "$work"
cd "$work"
page=topics/t1/p1

# one WHAT COMMAND…: its time and its CPU time, in ms
one() {
	what=$1
	shift
	/usr/bin/time -f '%e %U %S %M' -o time "$@" >/dev/null 2>&1
	LC_ALL=C awk -v what="$what" 'NF == 4 { print what " wall " int($1 * 1000 + 0.5); print what " cpu " int(($2 + $3) * 1000 + 0.5); print what " peak " $4 }' time
}
edit() {
	sed -i "s/^summary: .*/summary: Runde $1./" content/$page/da.md
	sed -i "s/^summary: .*/summary: Runde $1./" hugo/content/da/t1/p1.md
}

round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	rm -rf bundle cache html hugo/resources
	one 'check cold' "$bundle" check content
	one 'build cold' "$bundle" build content --out bundle --cache cache
	one 'hugo cold' hugo --quiet -s hugo -d "$work/html"
	edit $round
	one 'check edit' "$bundle" check content
	one 'build edit' "$bundle" build content --out bundle --cache cache
	one 'hugo edit' hugo --quiet -s hugo -d "$work/html"
	one 'build none' "$bundle" build content --out bundle --cache cache
done >figures
"$bundle" build content --out fresh >/dev/null 2>&1
diff -r fresh bundle || { echo 'the bundle is not that of a build from nothing' >&2; exit 1; }
written=$(find bundle -name '*.json' -path '*/pages/*' | wc -l)
[ "$written" = 6000 ] && [ "$(find html -name index.html -path '*/p[0-9]*' | wc -l)" = 6000 ] || { echo "not all pages are written" >&2; exit 1; }

LC_ALL=C awk '{ value = $NF; sub(/ [^ ]*$/, ""); print $0 "\t" value }' figures | sort -t "$(printf '\t')" -k1,1 -k2,2n |
	awk -F '\t' '{ count[$1]++; all[$1, count[$1]] = $2 } END { for (k in count) print k "\t" all[k, int((count[k] + 1) / 2)] }' >medians
echo '### The bundle tool'
echo
echo "300 pages in 20 languages, as content for \`vejviser-bundle\` and as the same Markdown for Hugo ($(hugo version | sed 's/^[^0-9]*\([0-9.]*\).*/\1/')), $rounds rounds in turn."
echo "The build checks all it reads and writes 6,102 files; Hugo checks nothing and writes 6,221. Neither waits for the disk."
echo "\"One page\" is a sentence changed in one Danish page: with \`--cache\`, all files are hashed and only that page is read again."
echo
LC_ALL=C awk -F '\t' '
	{ v[$1] = $2 }
	function row(words, key, cold) {
		printf "| %s | %d ms | %d ms | %s | %.1f MB |\n", words, v[key " wall"], v[key " cpu"],
			cold ? sprintf("%.2f, CPU %.2f", v[key " wall"] / v[cold " wall"], v[key " cpu"] / v[cold " cpu"]) : "", v[key " peak"] / 1024
	}
	END {
		print "| | time | CPU | part of cold | peak of memory |"
		print "|---|--:|--:|--:|--:|"
		row("check, all or one page", "check cold", ""); row("build, cold", "build cold", ""); row("Hugo, cold", "hugo cold", "")
		row("build, one page", "build edit", "build cold"); row("build, nothing new", "build none", "build cold")
		row("Hugo, one page", "hugo edit", "hugo cold")
		printf "\nCold, the build takes %.2f of Hugo'\''s time (goal below 1), and %.2f of its CPU.\n", v["build cold wall"] / v["hugo cold wall"], v["build cold cpu"] / v["hugo cold cpu"]
	}' medians
