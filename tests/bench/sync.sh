#!/bin/sh
# The sync beside `curl --parallel` fetching the same files to disk, from the same nginx, in turn. The sync does more: it
# verifies, syncs to the disk and makes an index. usage: sync.sh BUILD
set -eu

build=$1
bench=$build/tests/bench/sync_bench
work=$PWD/build/bench-sync
rounds=${ROUNDS:-5}

rm -rf "$work" && mkdir -p "$work/files"
server=
trap '[ -z "$server" ] || kill $server' EXIT
tests/sync/certificates "$work" 2>"$work/openssl"

port() {
	bash -c 'for port in $(seq '"$1"' 19999); do (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null || { echo $port; break; }; done'
}
: >"$work/conf"
tls=$(port 19000)
plain=$(port $((tls + 1)))
cat >"$work/nginx.conf" <<CONF
daemon off; master_process off; pid $work/pid; error_log $work/errors;
worker_rlimit_nofile 4096;
events { worker_connections 1024; }
http {
	log_format bytes '\$request_length \$bytes_sent';
	access_log $work/requests bytes;
	client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
	keepalive_requests 100000;
	server { listen 127.0.0.1:$plain; root $work/files; }
	server { listen 127.0.0.1:$tls ssl http2; ssl_certificate $work/good.pem; ssl_certificate_key $work/server.key; root $work/files; }
}
CONF
nginx -c "$work/nginx.conf" 2>>"$work/errors" &
server=$!
for _ in $(seq 100); do
	[ -s "$work/pid" ] && break
	sleep 0.1
done

# bundle NAME FOLDER EDITED: signed, served as files/NAME; what curl is to fetch is in NAME.curl-plain and -tls
bundle() {
	"$bench" sign "$2" "$3" "$work/signed-$1"
	ln -s "../signed-$1/1" "$work/files/$1"
	for scheme in "plain http://127.0.0.1:$plain" "tls https://127.0.0.1:$tls"; do
		(cd "$work/signed-$1/1" && find . -type f | sed 's,^\./,,') |
			awk -v base="${scheme#* }/$1" -v out="$work/curl/$1" '{ print "url = \"" base "/" $0 "\"\noutput = \"" out "/" $0 "\"" }' \
				>"$work/$1.curl-${scheme%% *}"
	done
}

# away FOLDER…: out of the way, not removed: ext4 looks for a new file's place past all that were freed in the last minutes,
# which would cost whoever is measured next more than the copying.
away() {
	mkdir -p "$work/used/$((gone = gone + 1))"
	for folder; do
		[ ! -e "$folder" ] || mv "$folder" "$work/used/$gone/"
	done
}
gone=0

# one NAME SCHEME: a first sync, curl, and curl with what it wrote synced to the disk, each into an empty folder
one() {
	[ "$2" = tls ] && base=https://127.0.0.1:$tls || base=http://127.0.0.1:$plain
	away "$work/store" "$work/curl"
	"$bench" run "$1 $2 sync" "$build/vejviser-sync" --config "$work/conf" --server "$base/$1" --ca-file "$work/ca.pem" \
		--root "$work/signed-$1/root.json" --store "$work/store" --factory "" 2>>"$work/log"
	for after in "curl true" "curl-synced sync --file-system $work/curl"; do
		away "$work/curl"
		"$bench" run "$1 $2 ${after%% *}" sh -c "curl --no-progress-meter --fail --parallel --create-dirs \
			--cacert $work/ca.pem -K $work/$1.curl-$2 && ${after#* }"
	done
	away "$work/curl"
}

# again WHAT NAME: one more pass; its requests and bytes besides
again() {
	sleep 0.2
	: >"$work/requests"
	"$bench" run "$2 $1 sync" "$build/vejviser-sync" --config "$work/conf" --server "https://127.0.0.1:$tls/$2" --ca-file "$work/ca.pem" \
		--root "$work/signed-$2/root.json" --store "$work/store" --factory "" 2>>"$work/log"
	sleep 0.2
	awk -v what="$2 $1 sync" '{ bytes += $1 + $2 } END { print what " requests " NR; print what " bytes " bytes }' "$work/requests"
}

"$bench" make "$work/large" 5000 100000000
"$bench" make "$work/many" 20000 40000000
for name in large many; do
	cp -rl "$work/$name" "$work/$name-edited"
	sed -i 's/Aars/Hobro/' "$work/$name-edited/bundle.json"
done
cp -r build/sample/bundle "$work/sample"
cp -r "$work/sample" "$work/sample-edited"
page=$(find "$work/sample-edited/pages/da" -name '*.json' | sort | head -n 1)
sed -i '0,/ og /s// samt /' "$page"
for name in sample large many; do
	bundle $name "$work/$name" "$work/$name-edited"
done

round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	for scheme in plain tls; do
		for name in sample large; do
			one $name $scheme
			again none $name
			if [ $scheme = tls ]; then
				# The second version's files beside the first's; only the timestamp says which it is.
				cp "$work/signed-$name/1/metadata/timestamp.json" "$work/timestamp.json"
				cp -r "$work/signed-$name/2/." "$work/signed-$name/1/"
				again edit $name
				cp "$work/timestamp.json" "$work/signed-$name/1/metadata/"
			fi
		done
	done
done >"$work/figures"
one many tls >>"$work/figures"
rm -rf "$work/used"

# Medians, and a row for each.
LC_ALL=C awk '{ value = $NF; sub(/ [^ ]*$/, ""); print $0 "\t" value }' "$work/figures" | sort -t "$(printf '\t')" -k1,1 -k2,2n |
	awk -F '\t' '{ count[$1]++; all[$1, count[$1]] = $2 } END { for (k in count) print k "\t" all[k, int((count[k] + 1) / 2)] }' >"$work/medians"
echo '### Sync'
echo
echo "From nginx on the same machine, $rounds rounds, to disk. The sync verifies, waits for the disk and makes the index; curl writes"
echo "and leaves the disk for later, so in the third column \`sync --file-system\` follows it."
echo "\"sample\" is the content here ($(find "$work/sample" -type f | wc -l) files), \"large\" has 5,000 files with 100 MB, \"many\" 20,000 files with 40 MB."
echo
LC_ALL=C awk -F '\t' '
	{ v[$1] = $2 }
	function first(name, scheme, words,  key, sync, curl, synced) {
		key = name " " scheme
		sync = v[key " sync wall-ms"]; curl = v[key " curl wall-ms"]; synced = v[key " curl-synced wall-ms"]
		printf "| %s | %d ms | %d ms | %d ms | %.2f | %.2f | %d : %d ms | %.1f MB |\n", words, sync, curl, synced, sync / curl, sync / synced,
			v[key " sync cpu-ms"], v[key " curl cpu-ms"], v[key " sync peak-kB"] / 1024
	}
	function later(name, what, words,  key) {
		key = name " " what " sync"
		printf "| %s | %d | %d | %d ms | %.1f MB |\n", words, v[key " requests"], v[key " bytes"], v[key " wall-ms"], v[key " peak-kB"] / 1024
	}
	END {
		print "| first sync | time | curl --parallel | with its files synced | part of curl'\''s (goal 1.3) | of curl'\''s synced | CPU | peak of memory (goal 40 MB) |"
		print "|---|--:|--:|--:|--:|--:|--:|--:|"
		first("sample", "plain", "sample, http"); first("sample", "tls", "sample, https")
		first("large", "plain", "large, http"); first("large", "tls", "large, https"); first("many", "tls", "many, https")
		print ""
		print "| later pass, https | requests | bytes, both ways | time | peak of memory |"
		print "|---|--:|--:|--:|--:|"
		later("sample", "none", "sample, nothing new"); later("large", "none", "large, nothing new")
		later("sample", "edit", "sample, one word"); later("large", "edit", "large, one word")
	}' "$work/medians"
