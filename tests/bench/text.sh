#!/bin/sh
# Text beside Pango with Cairo and beside SDL2_ttf. What each does is told at the head of tests/bench/text_*_bench.c, what is
# measured in contest.h. One process for each contender, language and round, in turn. usage: text.sh BUILD
set -eu

build=$1
programs=$build/tests/bench
work=build/bench
share=$work/share
rounds=${ROUNDS:-7}
cjk=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

# The manifest's fonts for the four scripts, with no factors, so that all have the same sizes.
rm -rf $work && mkdir -p $share/fonts
awk '!/^#/ && ($1 ~ /^(Latn|Arab|Thai|Hani)$/) && !seen[$1]++ { print $1, $2, $3, 1, 1, $6 }' build/share/fonts/manifest.txt >$share/fonts/manifest.txt
note=
if ! grep -q '^Hani' $share/fonts/manifest.txt; then
	note="Chinese: the manifest has no font for it, so all take $cjk."
	echo "Hani $cjk $cjk 1 1" >>$share/fonts/manifest.txt
fi
awk '{ print $2; print $3 }' $share/fonts/manifest.txt | sort -u | while read -r font; do
	if [ "$font" != "$cjk" ]; then font=build/share/fonts/$(basename "$font"); fi
	cp "$font" $share/fonts/
done

round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	for lang in da ar th zh; do
		"$programs/text_ours_bench" $share $lang
		"$programs/text_pango_bench" $share $lang
		"$programs/text_ttf_bench" $share $lang
		"$programs/text_ttf_bench" $share $lang kept
	done
	"$programs/text_hostile_bench" $share
done >$work/text
tests/bench/medians <$work/text >$work/text.medians

echo '### Text'
echo
echo "3,000 words on a screen of 1080 × 1920, $rounds processes each; CPU time in ms, memory in MiB without the screen's own 7.9."
[ -z "$note" ] || echo "$note"
echo "In brackets: SDL2_ttf with a table of the words it has met."
echo
LC_ALL=C awk '
	$2 != "hostile" { v[$1, $2, $3] = $4 }
	function row(lang, name, measure, scale, less, most,  o, p, t, k) {
		o = v[lang, "ours", measure] * scale - less; p = v[lang, "pango", measure] * scale - less
		t = v[lang, "ttf", measure] * scale - less; k = v[lang, "ttf-kept", measure] * scale - less
		printf "| %s | %.2f | %.2f | %.2f (%.2f) | %.2f | %s |\n", name, o, p, t, k, o / p, most
	}
	END {
		print "| | Vejviser | Pango + Cairo | SDL2_ttf | part of Pango'\''s | goal |"
		print "|---|--:|--:|--:|--:|--:|"
		n = split("da Danish ar Arabic th Thai zh Chinese", l, " ")
		for (i = 1; i < n; i += 2) {
			row(l[i], "**" l[i + 1] "**, layout cold", "cold", 1, 0, "0.4")
			row(l[i], "layout warm", "warm", 1, 0, "")
			row(l[i], "whole page again", "repaint", 1, 0, "0.5")
			row(l[i], "scrolled frame", "scroll", 1, 0, "")
			row(l[i], "memory at the end", "memory", 1 / 1024, 1080 * 1920 * 4 / 1024 / 1024, "0.7")
		}
	}' $work/text.medians
echo
echo 'Hostile text, ns a byte; linear when the last column stays near 1:'
echo
LC_ALL=C awk '
	$2 == "hostile" { if (!seen[$1]++) order[++n] = $1; v[$1, $3] = $4 }
	END {
		print "| | 1 KB | 16 KB | 256 KB | 1 MB | 1 MB : 16 KB |"
		print "|---|--:|--:|--:|--:|--:|"
		for (i = 1; i <= n; i++) {
			name = order[i]; gsub(/-/, " ", name); c = order[i]
			printf "| %s | %.0f | %.0f | %.0f | %.0f | %.1f |\n", name, v[c, "1-KB"], v[c, "16-KB"], v[c, "256-KB"], v[c, "1-MB"], v[c, "1-MB"] / v[c, "16-KB"]
		}
	}' $work/text.medians

# Who does less work is found out: lines and dark pixels within a tenth of each other.
LC_ALL=C awk '
	$3 == "lines" || $3 == "ink" { v[$1, $2, $3] = $4; langs[$1] = names[$2] = 1 }
	END {
		for (l in langs) for (c in names) for (i = 1; i <= 2; i++) {
			m = i == 1 ? "lines" : "ink"; part = v[l, c, m] / v[l, "ours", m]
			if (part < 0.9 || part > 1.1) { print "text bench: " l " " c " has " part " of our " m >"/dev/stderr"; bad = 1 }
		}
		exit bad
	}' $work/text.medians
