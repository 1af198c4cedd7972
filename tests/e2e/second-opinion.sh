# What we sign, others can verify: each signature, keyid, length and hash of a published repository, by Debian's securesystemslib.
# usage: second-opinion.sh BUILD
set -u

build=$1
. tests/e2e/tap
opinion=tests/e2e/second_opinion.py

cp -r content "$work/content"
publish() {
	"$build"/vejviser-bundle publish --yes "$work/content" --share build/share --keys "$work/keys" --repo "$work/repository"
}
verify() {
	/usr/bin/python3 $opinion verify "$work/repository" "$work/keys/root.json"
}

ok 'canonical JSON is the same' /usr/bin/python3 $opinion canonical tests/base/canonical_vectors.txt
ok 'keys are made' "$build"/vejviser-bundle keys "$work/keys"
ok 'the content is published' publish
ok 'everything verifies' verify
echo 'More.' >>"$work/content/topics/clubs/library/da.md"
ok 'a change is published' publish
ok 'everything verifies' verify
sed -i 's/"version": 2/"version": 3/' "$work/repository/metadata/timestamp.json"
ok 'what was altered does not' fails_with 1 '0 signatures of 1' verify
