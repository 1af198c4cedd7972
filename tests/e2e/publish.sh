# From the keys of three holders through a real SFTP and a real WebDAV server to a kiosk; and what happens when a key is
# stolen, a holder is away, a password is wrong, a server is full or a connection is cut.
# usage: publish.sh BUILD
set -u

build=$1
. tests/e2e/tap
bundle=$build/vejviser-bundle
sftp=
trap 'kill $sftp 2>/dev/null; cleanup' EXIT
page=$work/content/topics/daycare/get-a-place/da.md
cp -r content "$work/content"
look='--share build/share' # what content may name
export VEJVISER_PASSPHRASE=

# change TEXT: a sentence of the page becomes it.
change() {
	sed -i "s/^summary: .*/summary: $1/" "$page"
}

# publish [OPTION]…: to the folder of this machine, and wherever the options say.
publish() {
	"$bundle" publish "$work/content" $look --keys "$work/keys" --repo "$work/repository" --yes "$@"
}

# sync FOLDER: a kiosk fetches from there.
sync() {
	"$build"/vejviser-sync --server "$1" --root "$work/first.json" --store "$work/store"
}

# shows TEXT: the kiosk's screen of the page.
shows() {
	printf 'place guide da daycare get-a-place\nexpect "%s"\n' "$1" >"$work/script.replay"
	"$build"/vejviser-replay --share build/share --store "$work/store" --out "$work" "$work/script.replay"
}

# in_repository FOLDER: every file of it is in the repository of this machine, byte for byte.
in_repository() {
	! diff -r "$1" "$work/repository" | grep -v "^Only in $work/repository"
}

# ---- three holders, two must sign

holders() {
	for name in anna bo carla; do
		mkdir "$work/$name" && VEJVISER_PASSPHRASE=$name "$bundle" keys new "$work/$name/$name" || return 1
	done
	mkdir "$work/keys" && "$bundle" keys new "$work/keys/targets" --no-passphrase &&
		"$bundle" keys new "$work/keys/online" --no-passphrase
}
ok 'three holders and a publishing machine make their keys' holders
ok 'a secret key has a passphrase and is nobody else'"'"'s' sh -c "grep -q ENCRYPTED '$work/anna/anna.pem' && test \$(stat -c %a '$work/anna/anna.pem') = 600"
ok 'the first root is drafted' "$bundle" root draft "$work/keys" --holder "$work/anna/anna.pub" --holder "$work/bo/bo.pub" \
	--holder "$work/carla/carla.pub" --targets "$work/keys/targets.pub" --online "$work/keys/online.pub"
draft=$work/keys/root.draft.json
ok 'nothing can be published before it is signed' fails_with 1 'root.json' publish

# sign NAME: a holder signs a copy of the draft on a machine of their own.
sign() {
	cp "$draft" "$work/$1/" && VEJVISER_PASSPHRASE=$1 "$bundle" root sign "$work/$1/root.draft.json" "$work/$1/$1.pem"
}
collect() {
	"$bundle" root collect "$work/keys" "$@"
}
# missing NAME…: the status names exactly those.
missing() {
	want=$(printf '%s\n' "$@" | sort)
	is=$("$bundle" root status "$work/keys" | awk '$1 == "missing" { print $2 }' | sort -u)
	[ "$is" = "$want" ] || { echo "missing: $is"; return 1; }
}
wrong_passphrase() {
	VEJVISER_PASSPHRASE=guess "$bundle" root sign "$draft" "$work/anna/anna.pem"
}
ok 'a wrong passphrase signs nothing' fails_with 1 'the passphrase is wrong' wrong_passphrase
ok 'anna signs a copy' sign anna
ok 'that is not enough' fails_with 0 'not in force yet' collect "$work/anna/root.draft.json"
ok 'the others are missing' missing bo carla
ok 'a key that is no holder'"'"'s helps nobody' fails_with 0 'not among its holders' "$bundle" root sign "$draft" "$work/keys/online.pem"
ok 'so it is still not enough' fails_with 0 'not in force yet' collect
ok 'carla signs; bo is away' sign carla
ok 'and the root is in force' fails_with 0 'it is root.json now' collect "$work/carla/root.draft.json"
cp "$work/keys/root.json" "$work/first.json"

ok 'content is published' publish
ok 'a kiosk takes it' sync "$work/repository"

# ---- what is shown and asked

# typed TEXT COMMAND…: the command at a terminal, where TEXT is typed, a line each second.
typed() {
	text=$1
	shift
	printf '%s\n' "$*" >"$work/typed.sh"
	{ for line in $text; do sleep 1; echo "$line"; done; sleep 1; } | script -qec "sh $work/typed.sh" /dev/null
}
ask() {
	typed "$1" "$bundle publish $work/content $look --keys $work/keys --repo $work/repository"
}
change 'Efter et ja.'
ok 'what changes for visitors is shown, and no is no' fails_with 1 'the answer was no' ask no
ok 'it names language, page and title' grep -qE 'changed +daycare/get-a-place +Få en plads i dagtilbud' "$work/said"
ok 'without anybody to ask nothing is published' fails_with 1 'nobody to ask' "$bundle" publish "$work/content" $look \
	--keys "$work/keys" --repo "$work/repository"
ok 'yes is yes' fails_with 0 'Published version 2' ask yes
echo '## ' >>"$page"
ok 'content with an error is not published' fails_with 1 'nothing was published' publish
sed -i '$d' "$page"
typed 'hemmeligt hemmeligt' "$bundle keys new $work/typed" >"$work/said" 2>&1
ok 'a passphrase is typed twice' grep -q ENCRYPTED "$work/typed.pem"
ok 'and not shown' sh -c "! grep -q hemmeligt '$work/said'"
typed 'hemmeligt hemmelig' "$bundle keys new $work/mistyped" >"$work/said" 2>&1
ok 'a mistyped one makes no key' sh -c "grep -q 'the two passphrases differ' '$work/said' && ! test -e '$work/mistyped.pem'"
from_file() {
	printf 'hemmeligt\n' >"$work/passphrase" && "$bundle" root draft "$work/one" --holder "$work/typed.pub" --targets "$work/typed.pub" \
		--online "$work/typed.pub" &&
		VEJVISER_PASSPHRASE_FILE=$work/passphrase "$bundle" root sign "$work/one/root.draft.json" "$work/typed.pem" &&
		"$bundle" root collect "$work/one"
}
ok 'a machine reads it from a file; one of one is enough for a small municipality' fails_with 0 'it is root.json now' from_file

# ---- a stolen online key

cp -r "$work/keys" "$work/thief"
new_online() {
	"$bundle" keys new "$work/keys/online-2" --no-passphrase && "$bundle" keys rotate "$work/keys" online "$work/keys/online-2.pub"
}
ok 'a new online key is drafted into the next root' new_online
ok 'bo signs' sign bo
ok 'anna signs' sign anna
ok 'and it is in force' fails_with 0 'it is root.json now' collect "$work/bo/root.draft.json" "$work/anna/root.draft.json"
change 'Efter tyveriet.'
ok 'publishing goes on' publish
ok 'the kiosk follows without being touched' sync "$work/repository"
ok 'and shows it' shows 'Efter tyveriet.'
cp -r "$work/repository" "$work/stolen"
thief() {
	rm -f "$work"/stolen/metadata/2.root.json &&
		"$bundle" refresh --keys "$work/thief" --repo "$work/stolen" --expires-days 30
}
ok 'the thief cannot renew what the new key signed' fails_with 1 'signed by other keys' thief
ok 'a machine that has not heard of it is told' fails_with 1 'version 2 of root.json is in force' \
	"$bundle" refresh --keys "$work/thief" --repo "$work/repository"
stolen_key_signs() {
	rm -rf "$work/stolen" && (cp "$work/content" "$work/thief-content" -r) &&
		sed -i 's/^summary: .*/summary: Fra tyven./' "$work/thief-content/topics/daycare/get-a-place/da.md" &&
		"$bundle" publish "$work/thief-content" $look --keys "$work/thief" --repo "$work/stolen" --yes
}
ok 'the thief publishes with all the old keys' stolen_key_signs
ok 'the kiosk refuses it' fails_with 1 'signature' sync "$work/stolen"
ok 'and shows what it showed' shows 'Efter tyveriet.'

# ---- a holder who lost the key, a targets key that is replaced, one who leaves

new_bo() {
	mkdir "$work/bo2" && VEJVISER_PASSPHRASE=bo2 "$bundle" keys new "$work/bo2/bo2" &&
		"$bundle" keys rotate "$work/keys" bo "$work/bo2/bo2.pub" &&
		"$bundle" keys new "$work/keys/targets-2" --no-passphrase &&
		"$bundle" keys rotate "$work/keys" targets "$work/keys/targets-2.pub"
}
ok 'bo lost the key: a new one, and a new targets key, in one draft' new_bo
ok 'the new bo signs' sign bo2
ok 'but is no present holder' fails_with 0 'not in force yet' collect "$work/bo2/root.draft.json"
ok 'anna signs' sign anna
ok 'carla signs' sign carla
ok 'and it is in force' fails_with 0 'it is root.json now' collect "$work/anna/root.draft.json" "$work/carla/root.draft.json"
change 'Efter den tredje rod.'
ok 'publishing goes on' publish
ok 'the kiosk follows' sync "$work/repository"
ok 'and shows it' shows 'Efter den tredje rod.'
ok 'a holder leaves' "$bundle" keys revoke "$work/keys" carla
ok 'too few may not be left' fails_with 1 'rotate' "$bundle" keys revoke "$work/keys" anna
rm "$draft"

ok 'what was published before is published again' "$bundle" undo --keys "$work/keys" --repo "$work/repository" --yes
ok 'the kiosk takes it' sync "$work/repository"
ok 'and shows it' shows 'Efter tyveriet.'

# ---- a trial that becomes real

trial() {
	"$bundle" keys "$work/trial" && cp "$work/trial/root.json" "$work/first.json" && rm -rf "$work/store" "$work/trial-repository" &&
		"$bundle" publish "$work/content" $look --keys "$work/trial" --repo "$work/trial-repository" &&
		sync "$work/trial-repository"
}
cp "$work/first.json" "$work/first.real.json"
ok 'one command makes all keys of a trial' trial
real() {
	"$bundle" root draft "$work/trial" --holder "$work/anna/anna.pub" --holder "$work/bo2/bo2.pub" --holder "$work/carla/carla.pub" \
		--threshold 2 && "$bundle" keys revoke "$work/trial" root &&
		"$bundle" root sign "$work/trial/root.draft.json" "$work/trial/root.pem" &&
		VEJVISER_PASSPHRASE=anna "$bundle" root sign "$work/trial/root.draft.json" "$work/anna/anna.pem" &&
		VEJVISER_PASSPHRASE=bo2 "$bundle" root sign "$work/trial/root.draft.json" "$work/bo2/bo2.pem" &&
		"$bundle" root collect "$work/trial"
}
ok 'three holders take it over' fails_with 0 'it is root.json now' real
ok 'publishing goes on' "$bundle" publish "$work/content" $look --keys "$work/trial" --repo "$work/trial-repository" --yes
ok 'the kiosk of the trial follows' sync "$work/trial-repository"
mv "$work/first.real.json" "$work/first.json"
rm -rf "$work/store"
ok 'the kiosk is set up anew' sync "$work/repository"

# ---- SFTP

ssh_port=$(free_port)
# start_sftp SERVER…: sshd with that SFTP server on $ssh_port, in the place of the one before.
start_sftp() {
	if [ -n "$sftp" ]; then kill "$sftp"; wait "$sftp" 2>/dev/null; fi
	cat >"$work/ssh/sshd.conf" <<CONF
Port $ssh_port
ListenAddress 127.0.0.1
HostKey $work/ssh/host
PidFile none
AuthorizedKeysFile $work/ssh/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
Subsystem sftp $*
CONF
	/usr/sbin/sshd -D -f "$work/ssh/sshd.conf" -E "$work/ssh/log" &
	sftp=$!
	for _ in $(seq 50); do
		bash -c "exec 3<>/dev/tcp/127.0.0.1/$ssh_port" 2>/dev/null && return
		sleep 0.1
	done
	return 1
}
serve_sftp() {
	mkdir -p /run/sshd 2>/dev/null # only for root
	mkdir -p "$work/ssh" "$work/www-sftp" &&
		ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/host" && ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/other" &&
		ssh-keygen -q -t ed25519 -N secret -f "$work/ssh/user" && cp "$work/ssh/user.pub" "$work/ssh/authorized" &&
		start_sftp internal-sftp
}
# known NAME: what the publisher takes for the server's host key.
known() {
	echo "[127.0.0.1]:$ssh_port $(cut -d' ' -f1,2 "$work/ssh/$1.pub")" >"$work/ssh/known"
}
login() {
	cat >"$work/login" && chmod 600 "$work/login"
}
# shellcheck disable=SC2120 # by ok
to_sftp() {
	publish --to "sftp://127.0.0.1:$ssh_port$work/www-sftp" --login "$work/login" "$@"
}
if serve_sftp >"$work/output" 2>&1; then echo "ok - an SFTP server runs"; else
	echo "not ok - an SFTP server runs"
	sed 's/^/#   /' "$work/output" "$work/ssh/log"
	exit 1
fi
login <<LOGIN
user = $(id -un)
key = $work/ssh/user
key_passphrase = secret
known_hosts = $work/ssh/known
LOGIN
: >"$work/ssh/known"
ok 'an unknown host key is refused' fails_with 1 'host key is not in' to_sftp
known other
ok 'another host key is refused' fails_with 1 'another host key' to_sftp
known host
chmod 644 "$work/login"
ok 'a login that others can read is refused' fails_with 1 'others may read it' to_sftp
chmod 600 "$work/login"
sed -i 's/^key_passphrase.*/key_passphrase = wrong/' "$work/login"
ok 'a wrong passphrase of the ssh key is refused' fails_with 1 'does not accept the user, key or password' to_sftp
sed -i 's/^key_passphrase.*/key_passphrase = secret/' "$work/login"
ok 'an address with a password is refused' fails_with 1 'belong in the login file' publish --to "sftp://me:pw@127.0.0.1/x" --login "$work/login"

change 'Over SFTP.'
ok 'all of it is sent' to_sftp
ok 'a kiosk takes it from there' sync "$work/www-sftp"
ok 'and shows it' shows 'Over SFTP.'
change 'Over SFTP igen.'
to_sftp >"$work/said" 2>&1
ok 'of one changed page only what is new is sent' grep -q '^Sent 4 files' "$work/said"
ok 'a kiosk takes it' sync "$work/www-sftp"
ok 'and shows it' shows 'Over SFTP igen.'
ok 'no half file is left' sh -c "! find '$work/www-sftp' -name '*.part' | grep ."
ok 'nothing is there that is not here' in_repository "$work/www-sftp"

lost=$(find "$work/www-sftp/targets/ui" -name '*.json' | head -n 1)
rm "$lost"
ok 'what the server has lost is sent again' to_sftp --check-all
ok 'and is there' test -s "$lost"

another_machine() {
	"$bundle" publish "$work/content" $look --keys "$work/keys" --repo "$work/second" --yes \
		--to "sftp://127.0.0.1:$ssh_port$work/www-sftp" --login "$work/login"
}
change 'Fra en anden maskine.'
ok 'another machine begins from what is on the server' another_machine
ok 'a kiosk takes it' sync "$work/www-sftp"
ok 'and shows it' shows 'Fra en anden maskine.'
# Two at once: while one is being asked, the other publishes.
meanwhile() {
	printf '%s\n' "$bundle publish $work/content $look --keys $work/keys --repo $work/repository --to sftp://127.0.0.1:$ssh_port$work/www-sftp \
		--login $work/login" >"$work/typed.sh"
	mkfifo "$work/answers"
	script -qec "sh $work/typed.sh" /dev/null <"$work/answers" >"$work/asked" 2>&1 &
	asked=$!
	exec 3>"$work/answers"
	for _ in $(seq 100); do
		grep -q 'Publish this' "$work/asked" && break
		sleep 0.1
	done
	"$bundle" refresh --keys "$work/keys" --repo "$work/second" --to "sftp://127.0.0.1:$ssh_port$work/www-sftp" --login "$work/login"
	echo yes >&3
	exec 3>&-
	wait $asked
	status=$?
	cat "$work/asked"
	return $status
}
change 'Samtidig.'
ok 'of two who publish at once the second is told' fails_with 1 'another machine published there in the meantime' meanwhile
ok 'kiosks see what the first published' sync "$work/www-sftp"
ok 'and show it' shows 'Fra en anden maskine.'
ok 'the second does it again' to_sftp
ok 'a kiosk takes it' sync "$work/www-sftp"
ok 'and shows it' shows 'Samtidig.'

online_only() {
	mkdir "$work/timer" && cp "$work/keys/root.json" "$work/keys/online-2.pem" "$work/timer" &&
		"$bundle" refresh --keys "$work/timer" --repo "$work/timer-repository" --to "sftp://127.0.0.1:$ssh_port$work/www-sftp" \
			--login "$work/login"
}
ok 'a timer with nothing but the online key renews it' fails_with 0 'Sent 1 file ' online_only
ok 'a timer with the keys of before the theft renews nothing' fails_with 1 'of root.json is in force' "$bundle" refresh \
	--keys "$work/thief" --repo "$work/late" --to "sftp://127.0.0.1:$ssh_port$work/www-sftp" --login "$work/login"
change 'Efter fornyelsen.'
ok 'the first machine goes on from there' to_sftp
ok 'a kiosk takes it' sync "$work/www-sftp"
ok 'and shows it' shows 'Efter fornyelsen.'

# The operating system kills this server in the middle of a file longer than 4096 bytes.
change 'Mens forbindelsen afbrydes.'
printf '#!/bin/sh\nulimit -f 8\nexec /usr/lib/openssh/sftp-server\n' >"$work/ssh/limited"
chmod 755 "$work/ssh/limited"
ok 'a server that breaks off in the middle of a file' start_sftp "$work/ssh/limited"
ok 'is told' fails_with 1 'the same command goes on from here' to_sftp
ok 'half a file is there, under another name' sh -c "find '$work/www-sftp' -name '*.part' | grep ."
ok 'kiosks see what was there' sync "$work/www-sftp"
ok 'and show it' shows 'Efter fornyelsen.'
ok 'when all is well again' start_sftp internal-sftp
ok 'the next publication completes it' to_sftp
ok 'a kiosk takes it' sync "$work/www-sftp"
ok 'and shows it' shows 'Mens forbindelsen afbrydes.'

kill $sftp
wait $sftp 2>/dev/null
sftp=
change 'Mens serveren er nede.'
ok 'a server that is away is told' fails_with 1 "127.0.0.1:$ssh_port" to_sftp
ok 'and kiosks see what was there' sync "$work/www-sftp"

# ---- WebDAV

mkdir "$work/www" && chmod 777 "$work/www"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
	-keyout "$work/tls.key" -out "$work/tls.pem" 2>/dev/null
printf 'kiosk:%s\n' "$(openssl passwd -apr1 right)" >"$work/users"
dav_port=$(free_port)
# serve_dav LINES: nginx with them in the place where files are put.
serve_dav() {
	if [ -n "$server" ]; then kill "$server"; wait "$server" 2>/dev/null; fi
	cat >"$work/dav.conf" <<CONF
daemon off;
pid $work/dav.pid;
error_log $work/dav.log;
worker_processes 1;
events { worker_connections 64; }
http {
	log_format plain '\$status \$request_method \$uri';
	access_log $work/dav-requests plain;
	client_body_temp_path $work/dav-body; proxy_temp_path $work/dav-proxy; fastcgi_temp_path $work/dav-fast;
	uwsgi_temp_path $work/dav-uwsgi; scgi_temp_path $work/dav-scgi;
	server {
		listen 127.0.0.1:$dav_port ssl http2;
		ssl_certificate $work/tls.pem; ssl_certificate_key $work/tls.key;
		root $work/www;
		client_max_body_size 100m;
		location / {
			auth_basic x; auth_basic_user_file $work/users;
			dav_methods PUT DELETE MKCOL MOVE;
			$1
		}
	}
}
CONF
	nginx -c "$work/dav.conf" 2>>"$work/dav.log" &
	server=$!
	for _ in $(seq 50); do
		bash -c "exec 3<>/dev/tcp/127.0.0.1/$dav_port" 2>/dev/null && return
		sleep 0.1
	done
	return 1
}
# shellcheck disable=SC2120
to_dav() {
	publish --to "https://localhost:$dav_port/kiosks" --login "$work/login" "$@"
}
login <<LOGIN
user = kiosk
password = right
LOGIN
chmod 644 "$work/users" "$work/tls.key"
mkdir -p "$work/dav-body" && chmod 777 "$work/dav-body"
ok 'a WebDAV server runs' serve_dav ''
change 'Over WebDAV.'
ok 'a certificate that nobody vouches for is refused' fails_with 1 'certificate' to_dav
printf 'ca_file = %s\n' "$work/tls.pem" >>"$work/login"
sed -i 's/^password.*/password = wrong/' "$work/login"
ok 'a wrong password is refused' fails_with 1 'does not accept the user or the password' to_dav
ok 'and is told to nobody' sh -c "! grep -r -e wrong -e right '$work/said' '$work/output'"
sed -i 's/^password.*/password = right/' "$work/login"
ok 'all of it is sent, and folders are made' to_dav
ok 'a kiosk takes it from there' sync "$work/www/kiosks"
ok 'and shows it' shows 'Over WebDAV.'
ok 'nothing is there that is not here' in_repository "$work/www/kiosks"

change 'Mens serveren er fuld.'
ok 'a server that is full' serve_dav 'if ($request_uri ~ "[0-9].targets.json.part") { return 507; }'
ok 'says so' fails_with 1 'no space is left on the server' to_dav
ok 'kiosks see what was there' sync "$work/www/kiosks"
ok 'and show it' shows 'Over WebDAV.'
ok 'a server that cuts the connection' serve_dav 'if ($request_uri ~ "snapshot.*part$") { return 444; }'
ok 'is told' fails_with 1 'the same command goes on from here' to_dav
ok 'kiosks see what was there' sync "$work/www/kiosks"
ok 'and show it' shows 'Over WebDAV.'
ok 'a server that refuses the last file' serve_dav 'if ($request_uri ~ "timestamp.json.part$") { return 500; }'
ok 'is told' fails_with 1 'status 500' to_dav
ok 'kiosks see what was there' sync "$work/www/kiosks"
ok 'and show it' shows 'Over WebDAV.'
ok 'when all is well again' serve_dav ''
: >"$work/dav-requests"
to_dav >"$work/said" 2>&1
ok 'the next publication completes it' grep -q 'were there already' "$work/said"
ok 'without sending pages twice' sh -c "! grep -q 'PUT .*/targets/' '$work/dav-requests'"
ok 'a kiosk takes it' sync "$work/www/kiosks"
ok 'and shows it' shows 'Mens serveren er fuld.'

ok 'garbage in the place of the timestamp' sh -c "echo garbage >'$work/www/kiosks/metadata/timestamp.json'"
change 'Efter skaden.'
ok 'is not believed, and mended' fails_with 0 'is not believed' to_dav
ok 'a kiosk takes it' sync "$work/www/kiosks"
ok 'and shows it' shows 'Efter skaden.'
ok 'an endless timestamp' sh -c "head -c 100000 /dev/zero >'$work/www/kiosks/metadata/timestamp.json'"
change 'Efter endnu en skade.'
ok 'is neither' fails_with 0 'is not believed' to_dav
cp "$work/stolen/metadata/timestamp.json" "$work/www/kiosks/metadata/timestamp.json"
change 'Efter endnu et tyveri.'
ok 'nor one that the stolen key signed' fails_with 0 'is not believed' to_dav
ok 'a kiosk takes it' sync "$work/www/kiosks"
ok 'and shows it' shows 'Efter endnu et tyveri.'
for number in 1 2 3 4 5 6 7 8 9 10 11; do
	change "Nummer $number."
	to_dav >"$work/said" 2>&1
done
ok 'what is older than the last ten is taken away here' test "$(ls "$work"/repository/metadata/*.targets.json | wc -l)" -eq 10
ok 'and there' test "$(ls "$work"/www/kiosks/metadata/*.targets.json | wc -l)" -eq 10
ok 'and every root is kept' test "$(ls "$work"/www/kiosks/metadata/*.root.json | wc -l)" -eq 3
ok 'a new kiosk with the first root comes through' sh -c "rm -rf '$work/store' && '$build/vejviser-sync' --server '$work/www/kiosks' --root '$work/first.json' --store '$work/store'"
ok 'and shows it' shows 'Nummer 11.'
