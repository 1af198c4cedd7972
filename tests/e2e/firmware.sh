# What makes the firmware and needs no machine: the units of the image, sound and locked in; what may be installed, over what, and
# which slot starts next; signatures, whatever the clock says. usage: firmware.sh BUILD
set -u

build=$1
. tests/e2e/tap

# ---- the units, in a folder with all that the image has of ours

machine=$work/machine
make_machine() {
	rm -rf "$machine"
	mkdir -p "$machine/usr/bin" "$machine/usr/lib/systemd/system"
	ln -s usr/bin "$machine/bin"
	ln -s usr/bin "$machine/sbin"
	ln -s usr/lib "$machine/lib"
	cp -r tools/image/root/. tools/rauc/root/. "$machine"
	cp tools/systemd/*.service tools/systemd/*.timer tools/systemd/*.path /lib/systemd/system/*.target "$machine/usr/lib/systemd/system/"
	# Debian's, as far as our drop-in builds on it.
	printf '[Service]\nType=simple\nExecStart=/sbin/wpa_supplicant\nExecReload=/bin/kill -HUP $MAINPID\n' >"$machine/usr/lib/systemd/system/wpa_supplicant@.service"
	for program in sh mkdir mount touch umount rm systemctl inputattach wpa_supplicant vejviser vejviser-sync; do
		cp /bin/true "$machine/usr/bin/$program"
	done
}
make_machine
ok 'systemd finds no fault in the units of the image, and they are locked in' tools/image/units "$machine"

spoilt() { # FILE COMMAND-OF-SED TEXT: with that change a fault is told, in these words
	make_machine
	sed -i "$2" "$machine/usr/lib/systemd/system/$1"
	! cmp -s "$machine/usr/lib/systemd/system/$1" "$(find tools -path "*/systemd/system/$1" -o -path "tools/systemd/$1")" || return 1
	fails_with 1 "$3" tools/image/units "$machine"
}
ok 'a service is refused that systemd would not load' spoilt vejviser-firmware-.service.d/confined.conf 's/^Type=oneshot/&\nRestart=always/' 'vejviser-firmware-web.service'
ok 'a setting that is none' spoilt vejviser-usb@.service 's/^BindsTo=/BoundTo=/' 'BoundTo'
ok 'a program that is not there' spoilt vejviser-touch.service 's/inputattach/inputatach/' 'inputatach'
ok 'a timer without its service' spoilt vejviser-firmware.timer 's/firmware-web/firmware-net/' 'vejviser-firmware-net.service'
ok 'and one that is less locked in' spoilt vejviser-touch.service '/^CapabilityBoundingSet/d' 'vejviser-touch.service: exposed'

# A stick may claim to be anything when it is asked a second time, and have several partitions.
mkdir -p "$work/usb/bin" "$work/usb/sda1/DCIM" "$work/usb/sda2/metadata" "$work/usb/sda3/firmware"
cat >"$work/usb/bin/mount" <<-END
	#!/bin/sh
	[ "\$1 \$2" = '-t vfat,exfat' ] && [ "\${4%%,*}" = ro ] || exit 1
	cp -r "$work/usb/\${5##*/}" "\$6/" && mv "\$6/\${5##*/}"/* "\$6/" && echo "\$5" >"$work/usb/mounted"
END
printf '#!/bin/sh\n[ -e %s/usb/mounted ]\n' "$work" >"$work/usb/bin/mountpoint"
printf '#!/bin/sh\ncat %s/usb/mounted 2>&1\n' "$work" >"$work/usb/bin/findmnt"
printf '#!/bin/sh\nrm -r "$2"/* %s/usb/mounted\n' "$work" >"$work/usb/bin/umount"
chmod +x "$work"/usb/bin/*
sed "s|/run/|$work/usb/|" tools/image/root/usr/lib/vejviser/stick >"$work/usb/stick"
mkdir "$work/usb/vejviser"
stick() { # WANT IN|OUT PARTITION...: what is mounted then
	want=$1 way=$2
	shift 2
	for partition; do
		PATH=$work/usb/bin:$PATH sh "$work/usb/stick" "$way" "$partition" || return 1
	done
	[ "$(cat "$work/usb/mounted" 2>/dev/null)" = "$want" ]
}
ok 'of a stick the first partition stays that has content' stick /dev/sda2 in sda1 sda2 sda3
ok 'though another goes' stick /dev/sda2 out sda1 sda3
ok 'and goes with the stick' stick '' out sda2
ok 'or that has a firmware' stick /dev/sda3 in sda1 sda3 sda2
ok 'and nothing is left of it' stick '' out sda1 sda2 sda3
ok 'a stick with holiday pictures is let go' stick '' in sda1

redirects() { # in a network of its own
	unshare -rn sh -c 'cd /proc/sys/net
		for each in ipv[46]/conf/*/accept_redirects; do echo 1 >"$each"; done
		/lib/systemd/systemd-sysctl "$1" 2>/dev/null
		! grep -H 1 ipv[46]/conf/*/accept_redirects' sh "$PWD/tools/image/root/usr/lib/sysctl.d/60-vejviser.conf"
}
ok 'no interface lets a stranger redirect what is sent' redirects

# ---- the slots: our scripts as they are, in a folder that stands for the machine

esp=$work/efi/EFI/Linux
run=$work/run
mkdir -p "$esp" "$run/rauc/bundle" "$work/bin" "$work/lib"
for script in slots check-newer update panel restart; do
	sed "s|/efi/|$work/efi/|; s|/usr/lib/os-release|$work/os-release|; s|/run/vejviser-update|$run|; s|/var/lib/vejviser|$work/lib|
		s|/sys/class/drm|$work/drm|; s|/usr/lib/vejviser/|$work/|" "tools/rauc/root/usr/lib/vejviser/$script" >"$work/$script"
	chmod +x "$work/$script"
done
echo 'IMAGE_VERSION=2.0' >"$work/os-release"
printf '#!/bin/sh\necho /dev/mapper/slot-a\n' >"$work/bin/findmnt"
cat >"$work/bin/dbus-run-session" <<-END
	#!/bin/sh
	echo "\$*" >>$work/installed
	[ ! -e $work/fault ] || { cat $work/fault; exit 1; }
END
chmod +x "$work"/bin/*
there() { # FILE...: what the ESP holds, each with its name in it
	rm -f "$esp"/*
	for file; do echo "$file" >"$esp/vejviser_$file.efi"; done
}
slots() {
	PATH=$work/bin:$PATH sh "$work/slots" "$@"
}

# The files; which slot is first; the state of b; the other version and its state
while IFS='|' read -r files first state other; do
	# shellcheck disable=SC2086 # names
	told() {
		there $files
		echo "$(slots get-primary)|$(slots get-state b)|$(slots json | sed -n 's/^\t"other[a-z_]*": "\(.*\)".*/\1/p' | tr '\n' ' ')" | tee "$work/is"
		[ "$(slots get-state a)" = good ] && [ "$(cat "$work/is")" = "$first|$state|${other:+$other }" ]
	}
	ok "of $files slot $first starts next" told
done <<-'TABLE'
	2.0|a|bad|
	2.0+2-1|a|bad|
	2.0 2.1+3|b|good|2.1 new
	2.0 2.1+1-2|b|good|2.1 new
	2.0 2.1+0-3|a|bad|2.1 bad
	2.0 2.1+0|a|bad|2.1 bad
	2.0 1.9|a|good|1.9 good
	2.0+0-3 1.9|a|good|1.9 good
	2.0 1.10 1.9|a|good|1.10 good
	2.0 10.0+3 9.0|b|good|10.0 new
TABLE

before_writing() {
	there 2.0+2-1 1.9 2.1+0-3
	! slots set-state a bad && [ -e "$esp/vejviser_1.9.efi" ] && slots set-state b bad && [ "$(ls "$esp")" = vejviser_2.0+2-1.efi ]
}
ok 'before a slot is written nothing can start it, and what runs stays, counted or not' before_writing
after_writing() {
	there 2.0
	echo 2.2 >"$run/rauc/bundle/version"
	echo kernel >"$run/rauc/bundle/vejviser.efi"
	echo 'cut off' >"$esp/vejviser.part"
	slots set-primary b && [ "$(ls "$esp")" = "$(printf 'vejviser_2.0.efi\nvejviser_2.2+3.efi')" ] && grep -qx kernel "$esp/vejviser_2.2+3.efi"
}
ok 'once it is written it may be tried three times' after_writing
no_room() {
	there 2.0
	(ulimit -f 1; trap '' XFSZ; head -c 4096 /dev/zero >"$run/rauc/bundle/vejviser.efi"; ! slots set-primary b 2>/dev/null) && [ ! -e "$esp/vejviser_2.2+3.efi" ]
}
ok 'a kernel that does not fit is not there' no_room

# What the bundle says; what is told, or nothing when it may be installed
there 2.0 2.1+0-3 2.3+1-2
while IFS='|' read -r version says; do
	judged() {
		echo "$version" | tr / '\n' >"$run/rauc/bundle/version"
		said=$(RAUC_BUNDLE_MOUNT_POINT=$run/rauc/bundle sh "$work/check-newer" 2>&1) && status=0 || status=$?
		echo "$said"
		[ $status = $((${#says} > 0)) ] && [ "$said" = "${says:+check-newer: $says}" ]
	}
	ok "a bundle of version $version: ${says:-may be installed}" judged
done <<-'TABLE'
	2.2|
	10|
	2.3|
	2026.11.26.1200|
	2.0|2.0 is not newer than 2.0
	1.9|1.9 is not newer than 2.0
	1.10|1.10 is not newer than 2.0
	2.1|2.1 did not start here
	9.0-rc1|the bundle names no version
	9.0; reboot|the bundle names no version
	9.0/9.1|the bundle names no version
	9.|the bundle names no version
	202611261200|the bundle names no version
	|the bundle names no version
TABLE
other_version() {
	fails_with 2 'a version must be' env SOURCE_DATE_EPOCH=0 tools/image/build "$work/image" "$1" none none
}
ok 'no image is built whose version kiosks could not compare' other_version 202611261200
ok 'nor one with letters' other_version 1.0-rc1

hash=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
mkdir "$work/lib/firmware"
panel() { # STATUS...: of each connector of the one card
	rm -rf "$work/drm"
	for status; do
		mkdir -p "$work/drm/card0-HDMI-A-$#"
		echo "$status" >"$work/drm/card0-HDMI-A-$#/status"
		shift
	done
}
offered() { # OFFER INSTALLED: what the update makes of that line; INSTALLED: the end of the command
	rm -f "$work/installed" "$run"/*e
	printf '%s\n' "$1" >"$work/lib/firmware/offer"
	PATH=$work/bin:$PATH sh "$work/update"
	status=$?
	[ -z "$2" ] && [ ! -e "$work/installed" ] && [ $status = 1 ] && return
	[ -n "$2" ] && [ $status = 0 ] && grep -q " rauc install .*/$2\$" "$work/installed" && [ ! -e "$work/lib/firmware/offer" ]
}
ok 'what is offered is installed' offered "objects/01/$hash" "objects/01/$hash"
ok 'an offer elsewhere is not' offered "objects/../$hash" ''
ok 'nor one that is longer' offered "objects/01/$hash/../../../../etc/x" ''
ok 'nor another file' offered /etc/passwd ''
while IFS='|' read -r tries says; do
	refused() {
		echo "$says" >"$work/fault"
		rm -f "$work/installed" "$run"/*e "$run/restart"
		for _ in 1 2 3; do
			echo "objects/01/$hash" >"$work/lib/firmware/offer"
			PATH=$work/bin:$PATH sh "$work/update" || return 1
		done
		cat "$run/sentence"
		grep -qxF "refused: ${says##*: }" "$run/sentence" && [ "$(wc -l <"$work/installed")" = "$tries" ] && [ ! -e "$run/restart" ]
	}
	ok "of three looks $tries try what is refused so: $says" refused
done <<-'TABLE'
	1|LastError: signature verification failed
	1|LastError: Compatible mismatch
	1|# check-newer: 1.9 is not newer than 2.0
	3|LastError: Failed mounting bundle
	3|LastError: Failed to read signature from bundle
TABLE
rm "$work/fault"

# ---- the restart into it: when, and with which panel

cat >"$work/bin/systemctl" <<-END
	#!/bin/sh
	case \$1 in
	show) head -n 1 $work/status; sed -i 1d $work/status ;;
	*) echo "\$*" >>$work/asked ;;
	esac
END
printf '#!/bin/sh\n' >"$work/bin/sleep"
chmod +x "$work"/bin/*
restarts() { # WHEN LOOKS STATUS...: of so many looks at the kiosk, which tells these, the last comes with the restart
	printf '%s\n' "$1" >"$run/restart"
	looks=$2
	shift 2
	printf '%s\n' "$@" >"$work/status"
	rm -f "$work/asked"
	PATH=$work/bin:$PATH sh "$work/restart" && grep -qx reboot "$work/asked" && [ $(($# - $(wc -l <"$work/status"))) = "$looks" ]
}
shown='the picture is shown'
ok 'at night it starts when nobody is there' restarts 'at night' 1 "$shown" "$shown"
ok 'not while somebody stands before the kiosk' restarts 'at night' 3 "$shown; a visitor is here" "no panel is connected; a visitor is here" "$shown" "$shown"
ok 'of a kiosk that does not run nobody knows' restarts 'at night' 1 '' "$shown"
ok 'a technician does not wait' restarts 'at once' 0 "$shown; a visitor is here"
at_once() {
	offered "objects/01/$hash" "objects/01/$hash" && grep -qx 'at night' "$run/restart" && [ ! -e "$work/asked" ] || return 1
	rm "$run/done"
	echo "objects/01/$hash" | tee "$work/lib/firmware/offer" >"$run/at-once"
	PATH=$work/bin:$PATH sh "$work/update" && grep -qx 'at once' "$run/restart" && grep -qx -- '--no-block start vejviser-restart.service' "$work/asked"
}
rm -f "$work/asked"
ok 'what comes on a stick starts at once, what comes from the web at night' at_once

# The panels before; those after; whether the first starts may be good
while IFS='|' read -r before after good; do
	judged() {
		# shellcheck disable=SC2086 # words
		panel $before && "$work/panel" note && panel $after || return 1
		if "$work/panel" good; then [ "$good" = yes ]; else [ "$good" = no ]; fi
	}
	ok "panels before: ${before:-no card}, after: ${after:-no card}: good: $good" judged
done <<-'TABLE'
	connected|connected|yes
	connected disconnected|disconnected connected|yes
	connected|disconnected|no
	connected|unknown|no
	connected||no
	disconnected|disconnected|yes
	disconnected||yes
	|disconnected|yes
	|connected|yes
TABLE
note_of() { # FILE-COMMAND: of a note that the power cut off, no panel is told
	panel connected && "$work/panel" note && panel && "$@" && "$work/panel" good
}
ok 'without the note any panel will do' note_of rm "$work/efi/panel"
ok 'and with one that is cut off' note_of truncate -s 4 "$work/efi/panel"
ok 'an empty one' note_of truncate -s 0 "$work/efi/panel"
noted() { # by COMMAND..., whatever was noted before
	panel && "$work/panel" note && panel connected && "$@" && panel && ! "$work/panel" good
}
ok 'whoever installs notes the panel before, so that a cut of the power may start it' noted offered "objects/01/$hash" "objects/01/$hash"
ok 'and whoever restarts, since a screen may be off at night' noted restarts 'at night' 1 "$shown" "$shown"

# ---- signatures. The clock of a kiosk may be years behind (no battery), or right years after the signer's certificate has expired.

mkdir "$work/image"
head -c 65536 /dev/urandom >"$work/image/slot.img"
echo kernel >"$work/image/vejviser.efi"
echo 2.1 >"$work/image/version"
keys=$work/keys
trial() {
	[ -z "$(tools/rauc/keys --trial "$keys")" ] && tools/rauc/keys --trial build/firmware/keys | grep 'are trial keys' && [ ! -e "$keys" ]
}
ok 'of keys in build/ it is told that they are for trying only' trial
signed() {
	faketime 2030-01-01 tools/rauc/keys "$keys" && faketime 2034-06-01 tools/rauc/bundle "$work/image" "$keys" "$work/out"
}
ok 'firmware is signed in 2034, by a key of 2030' signed
sed "s|/etc/rauc/keyring.pem|$keys/root.crt|" tools/rauc/root/etc/rauc/system.conf >"$work/system.conf"
believed() { # CLOCK
	faketime "$1" rauc --conf="$work/system.conf" info "$work/out/vejviser_2.1.raucb"
}
ok 'a kiosk whose clock stands at 2026 believes it' believed 2026-11-26
ok 'one that was off until 2040, too' believed 2040-01-01
too_late() {
	faketime 2035-06-01 tools/rauc/bundle "$work/image" "$keys" "$work/late"
}
not_too_late() {
	! too_late
}
ok 'with an expired certificate nothing can be signed' not_too_late
tools/rauc/keys "$work/stranger" >/dev/null
strangers() {
	tools/rauc/bundle "$work/image" "$work/stranger" "$work/strange" && fails_with 1 'signature verification failed' \
		rauc --conf="$work/system.conf" info "$work/strange/vejviser_2.1.raucb"
}
ok 'what a stranger has signed nobody believes' strangers

# ---- a server whose certificate is younger than this kiosk's clock, which has no battery: the content tells that time has gone on

store=$work/store
take_content() {
	"$build"/vejviser-bundle keys "$work/content-keys" &&
		"$build"/vejviser-bundle publish content --yes --share build/share --keys "$work/content-keys" --repo "$work/site" --time 1956528000 &&
		"$build"/vejviser-sync --server "$work/site" --root "$work/content-keys/root.json" --store "$store"
}
ok 'content of 2032 is taken' take_content
tls_port=$(($(free_port) + 500))
certify() {
	faketime 2031-12-01 openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
		-keyout "$work/tls.key" -out "$work/tls.pem" && ln -s "$work/out" "$work/site/firmware" &&
		echo "listen 127.0.0.1:$tls_port ssl; ssl_certificate $work/tls.pem; ssl_certificate_key $work/tls.key;" >"$work/tls.location"
}
ok 'a certificate of 2031' certify
start_nginx "$work/site"
looks() { # STATUS TEXT: for a newer firmware on that server
	mkdir -p "$store/firmware"
	echo '{"running": "2.0", "slot": "a"}' >"$store/firmware/state.json"
	fails_with "$1" "$2" "$build"/vejviser-sync --firmware --server "https://localhost:$tls_port" --ca-file "$work/tls.pem" --store "$store"
}
ok 'firmware is fetched from it' looks 0 '2.1 has been fetched'
echo 0 >"$store/current"
rm -r "$store/firmware"
ok 'without that content it is not believed' looks 1 'certificate is not yet valid'
