# What staff make and bring in, by the commands as they type them: a new site on the screen, answers on a terminal, a list of clubs,
# and a calendar from an https server.
# usage: staff.sh BUILD
set -u

build=$1
. tests/e2e/tap
bundle=$build/vejviser-bundle
share=$PWD/build/share
site=$work/site
export VEJVISER_SHARE=$share

# shows TEXT SCRIPT-LINE: what the kiosk shows of the new site.
shows() {
	rm -rf "$work/bundle"
	"$bundle" build "$site" --out "$work/bundle" && printf '%s\nexpect "%s"\n' "$2" "$1" >"$work/script.replay" &&
		"$build"/vejviser-replay --share "$share" --bundle "$work/bundle" --out "$work" "$work/script.replay"
}

ok 'a new site is made' "$bundle" new site "$site" --title 'Ny Kommune'
ok 'it checks without a warning' sh -c "'$bundle' check '$site' | grep -q ': 0 warnings, 0 errors'"
ok 'it stands on the screen' shows 'Skriv først det vigtigste.' 'place guide da welcome start'
answers() {
	printf 'welcome/chess\nSpil skak\n\n' | script -qec "'$bundle' new page --content '$site'" /dev/null
}
ok 'what is not given is asked for on a terminal' answers
ok 'and the answers are on the screen' shows 'Spil skak' 'place guide da welcome chess'
ok 'without a terminal it is told what is missing' fails_with 2 'give --title' sh -c "'$bundle' new page welcome/a --content '$site' </dev/null"

# ---- the list of clubs that stands in the sample

mkdir "$work/import" && cp content/import/clubs.csv content/import/clubs.yaml content/import/clubs.imported.csv "$work/import/" &&
	cp -r content "$work/content"
clubs() {
	"$bundle" import places "$work/import/clubs.csv" --map "$work/import/clubs.yaml" --content "$work/content" "$@"
}
ok 'the sample is what its list says' fails_with 0 '0 added, 0 changed, 12 as they were' clubs
sed -i 's/;Aars;/;Løgstør;/' "$work/import/clubs.csv"
iconv -t WINDOWS-1252 "$work/import/clubs.csv" | sed 's/$/\r/' >"$work/import/ansi" && mv "$work/import/ansi" "$work/import/clubs.csv"
ok 'saved by Excel as ANSI it is read the same, and a change is shown' fails_with 0 'town: Aars -> Løgstør' clubs
ok 'a dry run writes nothing' diff -r content "$work/content"
ok 'then it is written' clubs --yes
ok 'what came in checks' "$bundle" check "$work/content"
ok 'and once more changes nothing' fails_with 0 '0 added, 0 changed, 12 as they were' clubs --yes

# ---- a calendar from a server

day=$(date -u -d '+7 days' +%Y%m%d)
mkdir "$work/www"
printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Sang\r\nDTSTART:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' "$day" >"$work/www/town.ics"
head -c 9000000 /dev/zero >"$work/www/large.ics"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
	-keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
port=$(free_port)
cat >"$work/tls.conf" <<CONF
daemon off;
pid $work/tls.pid;
error_log $work/tls.log;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fast;
	uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
	server {
		listen 127.0.0.1:$port ssl;
		ssl_certificate $work/tls.pem; ssl_certificate_key $work/tls.key;
		root $work/www;
		location /moved { return 302 https://localhost:$port/town.ics; }
		location /plain { return 302 http://localhost:$port/town.ics; }
		location /file { return 302 file://$work/www/town.ics; }
		location /round { return 302 https://localhost:$port/round; }
	}
}
CONF
chmod 644 "$work/tls.key"
nginx -c "$work/tls.conf" 2>>"$work/tls.log" &
server=$!
for _ in $(seq 50); do
	bash -c "exec 3<>/dev/tcp/127.0.0.1/$port" 2>/dev/null && break
	sleep 0.1
done
# events PATH [OPTION]…
events() {
	path=$1
	shift
	"$bundle" import events "https://localhost:$port/$path" --list town --content "$site" "$@"
}
ok 'a certificate that nobody vouches for is refused' fails_with 2 'certificate' events town.ics
ok 'nothing was written' test ! -e "$site/events"
ok 'a calendar comes by https, with what stands behind a question mark' fails_with 0 'added    events/sang.ics' events 'town.ics?token=secret' --ca "$work/tls.pem" --yes
ok 'by a redirect it is the same, and changes nothing' fails_with 0 '0 added, 0 changed, 1 as they were' events moved --ca "$work/tls.pem" --yes
for path in plain file; do
	ok "a redirect away from https is refused ($path)" fails_with 2 'rotocol' events $path --ca "$work/tls.pem"
done
ok 'redirects in a circle end' fails_with 2 'redirects' events round --ca "$work/tls.pem"
ok 'more bytes than allowed are refused' fails_with 2 'more than the 8388608 bytes allowed' events large.ics --ca "$work/tls.pem"
ok 'a file that is not there is told, without its secret' sh -c "! '$bundle' import events 'https://localhost:$port/secret' --list town --content '$site' --ca '$work/tls.pem' 2>&1 | grep secret"
ok 'the event builds' "$bundle" build "$site" --out "$work/last"
