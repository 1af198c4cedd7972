# What a technician writes on the provisioning partition, by the programs that read it in the image: the files as they come are the
# defaults, the staff's PIN is a line that tells nothing, and a mistake is told in Danish.
# usage: provision.sh BUILD
set -u

build=$1
. tests/e2e/tap
provision=$build/vejviser-provision
drive=$work/drive
run=$work/run
mkdir "$drive"

"$build"/vejviser --describe-config >"$work/kiosk.conf"
for file in network.conf touch.conf; do
	"$provision" --describe $file >"$work/$file"
done
for file in kiosk.conf network.conf touch.conf; do
	sed 's/$/\r/' "$work/$file" >"$drive/$file"
done
ok 'the files as they come with the image have no fault' sh -c "'$provision' '$drive' '$run' && ! grep -q place '$run/remarks.json'"

pin() {
	VEJVISER_PASSPHRASE=$1 "$build"/vejviser-bundle pin
}
pin 20371145 >>"$drive/kiosk.conf"
ok 'a PIN is a line for kiosk.conf' sh -c "'$provision' '$drive' '$run' && ! grep -q place '$run/remarks.json'"
ok 'which the kiosk takes' "$build"/vejviser --check-config --config "$run/etc/kiosk.conf"
ok 'and which does not tell it' sh -c "! grep -rq 20371145 '$drive' '$run'"
ok 'a PIN of four digits is refused' fails_with 1 '6 to 12 digits' env LC_ALL=C VEJVISER_PASSPHRASE=1234 "$build"/vejviser-bundle pin

echo 'rotaton = 90' >>"$drive/kiosk.conf"
mkdir -p "$work/share" && ln -s "$PWD/build/share/locale" "$work/share/locale" && mkdir "$work/bin" && cp "$provision" "$work/bin/"
ok 'a mistake is told in Danish' sh -c "LC_ALL=C.UTF-8 LANGUAGE=da '$work/bin/vejviser-provision' '$drive' '$run' && grep -q 'mente du' '$run/remarks.json'"
ok 'and the file counts for nothing' [ ! -e "$run/etc/kiosk.conf" ]
