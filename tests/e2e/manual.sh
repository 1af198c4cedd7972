# Every option is in the man page, and every option of the man page is there. usage: manual.sh BUILD
set -u

build=$1
. tests/e2e/tap
export LC_ALL=C.UTF-8 LANGUAGE=en

options() {
	grep -oE '(^|[^[:alnum:]-])--[a-z][a-z-]*' | sed 's/^[^-]*//' | sort -u
}
helped() {
	"$build/$1" --help | options
	if [ "$1" = vejviser-bundle ]; then
		for command in $("$build/$1" --help | sed -nE 's/^  ([a-z]+) +.*/\1/p'); do "$build/$1" "$command" --help | options; done
	fi
}
rendered() {
	groff -man -Tutf8 -P-cbou -rLL=140n "$work/$1" | sed 's/‐/-/g; s/−/-/g'
}

for template in tools/man/*.scd; do
	page=$(basename "$template" .scd)
	ok "$page is written" sh -c 'tools/manual "$1" "$2" >"$3"' - "$build" "$template" "$work/$page"
	sound() {
		groff -man -Tutf8 -ww -z "$work/$page" >"$work/faults" 2>&1
		[ ! -s "$work/faults" ] || { cat "$work/faults"; return 1; }
	}
	ok "$page has no fault that groff finds" sound
done

for page in vejviser.1 vejviser-sync.1 vejviser-bundle.1 vejviser-replay.1; do
	program=${page%.1}
	same() {
		helped "$program" | sort -u >"$work/helped"
		# --help itself, and options of other programs in examples, are said anywhere.
		rendered "$page" | options >"$work/paged"
		diff "$work/helped" "$work/paged"
	}
	ok "$page and $program --help name the same options" same
done
settings() {
	"$build"/vejviser --describe-config | sed -nE 's/^#([a-z_]+) =.*/\1/p' >"$work/keys"
	[ -s "$work/keys" ] || return 1
	while read -r key; do rendered kiosk.conf.5 | grep -qE "^ +$key =" || { echo "$key is missing"; return 1; }; done <"$work/keys"
}
ok 'kiosk.conf.5 has every setting' settings
