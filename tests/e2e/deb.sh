# The Debian packages: made, without a fault that lintian finds, the same bytes twice; installed, removed and purged in a folder
# of their own; and the units, which must be sound and lock their programs in. usage: deb.sh BUILD
set -u

build=$1
. tests/e2e/tap
root=$work/root
units=tools/systemd

make_packages() {
	make --no-print-directory B="$build" deb-now
}
ok 'the packages are made' make_packages
(cd build/deb && sha256sum -- *.deb) >"$work/sums"
faultless() {
	lintian --fail-on warning,error build/deb/*.changes
}
ok 'lintian finds no fault' faultless
same_again() {
	make_packages && (cd build/deb && sha256sum -c "$work/sums")
}
ok 'made again they have the same bytes' same_again

one_time() {
	for file in build/deb/*.deb; do dpkg --fsys-tarfile "$file" | tar tv --full-time | awk '{ print $4, $5 }'; done | sort -u >"$work/times"
	cat "$work/times"
	[ "$(wc -l <"$work/times")" = 1 ]
}
ok 'every file is as old as the sources, so another folder gives them too' one_time

# ---- what is in them

for package in vejviser vejviser-bundle vejviser-data; do dpkg -x build/deb/${package}_*.deb "$work/$package"; done
contents() { # PACKAGE FILE…: these programs, pages, units and settings, and no others; what is many is counted by its kind
	package=$1
	shift
	printf '%s\n' "$@" | sort >"$work/wanted"
	(cd "$work/$package" && find . -type f | sed -E 's#^\./##; s#/(metadata|targets|fonts|icons|pictures|ui)/.*#/\1/#' | grep -v '^usr/share/doc/' | sort -u) |
		diff "$work/wanted" -
}
ok 'vejviser has the kiosk and the sync' contents vejviser lib/udev/rules.d/60-vejviser.rules \
	lib/systemd/system/vejviser.service lib/systemd/system/vejviser-factory.service lib/systemd/system/vejviser-sync.service \
	lib/systemd/system/vejviser-sync.timer lib/systemd/system/vejviser-sync.path \
	usr/bin/vejviser usr/bin/vejviser-sync usr/lib/sysusers.d/vejviser.conf usr/lib/tmpfiles.d/vejviser.conf \
	usr/share/man/man1/vejviser.1.gz usr/share/man/man1/vejviser-sync.1.gz usr/share/man/man5/kiosk.conf.5.gz \
	usr/share/vejviser/factory/metadata/ usr/share/vejviser/factory/targets/ usr/share/vejviser/factory/root.json usr/share/vejviser/kiosk.conf
ok "vejviser-bundle has the staff's tools" contents vejviser-bundle usr/bin/vejviser-bundle usr/bin/vejviser-replay \
	usr/share/man/man1/vejviser-bundle.1.gz usr/share/man/man1/vejviser-replay.1.gz
ok 'vejviser-data has what both draw and speak with' contents vejviser-data usr/share/locale/da/LC_MESSAGES/vejviser.mo \
	usr/share/vejviser/deviations.txt usr/share/vejviser/fonts/ usr/share/vejviser/icons/ usr/share/vejviser/pictures/ \
	usr/share/vejviser/ui/ usr/share/lintian/overrides/vejviser-data
no_key() {
	! grep -rl --exclude-dir=bin 'PRIVATE KEY' "$work/vejviser" "$work/vejviser-bundle" "$work/vejviser-data"
}
ok 'no private key is in them' no_key
fonts_named() {
	terms=$work/vejviser-data/usr/share/doc/vejviser-data/copyright
	grep -q '^Copyright:.*' "$terms" && grep -q 'Google' "$terms" && grep -q '^ PERMISSION & CONDITIONS' "$terms" && ! grep '@[A-Z]*@' "$terms"
}
ok 'the terms of the fonts are with them' fonts_named

# ---- installed in an empty folder: maintainer scripts run as they would

in_root() {
	fakeroot dpkg --root="$root" --force-not-root --force-script-chrootless --force-depends "$@"
}
mkdir -p "$root/var/lib/dpkg" "$root/etc"
touch "$root/var/lib/dpkg/status" "$root/etc/passwd" "$root/etc/group"
ok 'they are installed' in_root --install build/deb/vejviser_*.deb build/deb/vejviser-bundle_*.deb build/deb/vejviser-data_*.deb
enabled() {
	printf '%s\n' multi-user.target.wants/vejviser-factory.service multi-user.target.wants/vejviser-sync.path \
		multi-user.target.wants/vejviser.service timers.target.wants/vejviser-sync.timer >"$work/wanted"
	(cd "$root/etc/systemd/system" && find . -type l | sed 's|^\./||' | sort) | diff "$work/wanted" -
}
ok 'the next boot starts the kiosk, and what brings its content' enabled
users() {
	grep -q '^vejviser:.*nologin$' "$root/etc/passwd" && grep -q '^vejviser-sync:.*nologin$' "$root/etc/passwd" &&
		grep -q '^video:.*:vejviser$' "$root/etc/group" && grep -q '^input:.*:vejviser$' "$root/etc/group"
}
ok 'the kiosk and the sync have users of their own, only the kiosk with the screen and the touch' users
settings() {
	cmp "$work/vejviser/usr/share/vejviser/kiosk.conf" "$root/etc/vejviser/kiosk.conf" &&
		grep -q '^#factory = /usr/share/vejviser/factory$' "$root/etc/vejviser/kiosk.conf" &&
		! grep -vE '^(#.*)?$' "$root/etc/vejviser/kiosk.conf"
}
ok 'the settings are there, with everything at its default' settings
# What the sync and the operator add.
mkdir -p "$root/var/lib/vejviser/objects" "$root/run/vejviser"
echo 1 >"$root/var/lib/vejviser/current"
echo 'server = https://kiosk.example' >>"$root/etc/vejviser/kiosk.conf"
echo '{}' >"$root/etc/vejviser/root.json"
# A later version has another row among the settings.
later() {
	dpkg-deb -R build/deb/vejviser_*.deb "$work/later" && sed -i 's/^Version: .*/&.1/' "$work/later/DEBIAN/control" &&
		echo '#more = 0' >>"$work/later/usr/share/vejviser/kiosk.conf" && fakeroot dpkg-deb -Znone -b "$work/later" "$work/later.deb" &&
		in_root --install "$work/later.deb" </dev/null && grep -q '^server' "$root/etc/vejviser/kiosk.conf" && [ -f "$root/var/lib/vejviser/current" ]
}
ok 'an upgrade asks nothing and leaves the settings alone' later
# The real script, since systemd does not run in that folder.
stops() {
	printf '#!/bin/sh\necho "$@" >>"$0.asked"\n' >"$work/deb-systemd-invoke" && chmod +x "$work/deb-systemd-invoke" &&
		dpkg-deb -e build/deb/vejviser_*.deb "$work/scripts" && PATH=$work:$PATH sh "$work/scripts/prerm" remove &&
		grep -qx 'stop vejviser.service vejviser-sync.service' "$work/deb-systemd-invoke.asked"
}
ok 'who removes them stops what runs first, so that the users can go' stops
ok 'they are removed' in_root --remove vejviser vejviser-bundle vejviser-data
stay() {
	[ -f "$root/var/lib/vejviser/current" ] && [ -f "$root/etc/vejviser/root.json" ] && grep -q '^server' "$root/etc/vejviser/kiosk.conf"
}
ok 'settings and content stay' stay
ok 'they are purged' in_root --purge vejviser vejviser-bundle vejviser-data
gone() {
	! find "$root" -not -path "$root/var/lib/dpkg/*" -name '*vejviser*' | grep . &&
		! find "$root/etc/systemd" "$root/lib/systemd" -type l 2>/dev/null | grep . &&
		! grep vejviser "$root/etc/passwd" "$root/etc/group"
}
ok 'and nothing of them is left, nor a user' gone

# ---- the units, among those that every machine has

cp -r "$work/vejviser/." "$work/machine"
cp -r "$work/vejviser-bundle/." "$work/machine"
cp "$work"/vejviser-bundle/usr/share/doc/vejviser-bundle/examples/* "$work/machine/lib/systemd/system/"
cp /lib/systemd/system/*.target "$work/machine/lib/systemd/system/"
cp /bin/rm "$work/machine/usr/bin/"
sound() {
	systemd-analyze verify --root="$work/machine" --man=no vejviser.service vejviser-factory.service vejviser-sync.service \
		vejviser-sync.timer vejviser-sync.path vejviser-refresh.service vejviser-refresh.timer >"$work/faults" 2>&1 && [ ! -s "$work/faults" ] || { cat "$work/faults"; return 1; }
}
ok 'systemd finds no fault in the units' sound
# Of a display manager that is there; that is masked; whose package is gone; and of none.
desktop() {
	ln -s /lib/systemd/system/multi-user.target "$work/there" && ln -s /dev/null "$work/masked" && ln -s "$work/nowhere" "$work/gone" || return 1
	for each in there masked gone none; do
		condition=$(sed -n "s#^\(Condition.*=!\)/etc/systemd/system/display-manager.service\$#\1$work/$each#p" "$units/vejviser.service")
		! systemd-analyze condition "$condition" >&2 || echo "$each"
	done >"$work/starts"
	printf '%s\n' masked gone none | diff - "$work/starts"
}
ok 'the kiosk starts without a display manager, or with one that is masked' desktop
exposed() { # UNIT TENTHS
	systemd-analyze security --offline=true --threshold="$2" --no-pager "$units/$1" || { echo "$1: more than $2 tenths"; return 1; }
}
ok 'the kiosk is exposed by 1.5 at most' exposed vejviser.service 15
ok 'the sync by 2.5' exposed vejviser-sync.service 25
ok "the factory's content by 0.5" exposed vejviser-factory.service 5
ok "the server's timer by 2.5" exposed examples/vejviser-refresh.service 25
families() { # UNIT FAMILY…
	unit=$1
	shift
	[ "$(sed -n 's/^RestrictAddressFamilies=//p' "$units/$unit")" = "$*" ]
}
ok 'the kiosk has no network' families vejviser.service AF_UNIX AF_NETLINK
ok 'nor the content that came with the program' families vejviser-factory.service AF_UNIX
ok 'only the sync has' families vejviser-sync.service AF_UNIX AF_INET AF_INET6
