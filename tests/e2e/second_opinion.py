"""A second opinion on signatures and canonical JSON, by Debian's python3-securesystemslib.

second_opinion.py canonical FILE       each line of FILE: JSON, a tab, its canonical form in hex
second_opinion.py verify REPO ROOT     every file of metadata in REPO, by the keys that ROOT and its successors name
second_opinion.py make FOLDER          writes a repository with delegations and keys of every kind, and its root.json
second_opinion.py delegate REPO FOLDER   the same content as in REPO, with the Ukrainian pages delegated to their translators
"""
import hashlib
import json
import os
import shutil
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from securesystemslib import keys as ssl_keys
from securesystemslib.formats import encode_canonical


def canonical(value):
    return encode_canonical(value).encode()


def keyid(public):
    return hashlib.sha256(canonical(public)).hexdigest()


# ---- canonical

def check_canonical(path):
    count = 0
    for line in open(path, encoding="utf-8"):
        text, form = line.rstrip("\n").split("\t")
        assert canonical(json.loads(text)).hex() == form, text
        count += 1
    assert count > 50, count
    print(count, "canonical forms are the same")


# ---- verify

def verify_file(envelope, keys, role, what):
    form = canonical(envelope["signed"])
    good = set()
    for signature in envelope["signatures"]:
        if signature["keyid"] not in role["keyids"]:
            continue
        key = keys[signature["keyid"]]
        assert keyid(key) == signature["keyid"], f"{what}: a key is not named by its SHA-256"
        if ssl_keys.verify_signature(dict(key, keyid=signature["keyid"]), signature, form):
            good.add(signature["keyid"])
    assert len(good) >= role["threshold"], f"{what}: {len(good)} signatures of {role['threshold']}"
    return envelope["signed"]


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def read_named(metadata, by, name):
    said = by["meta"][name]
    data = read(metadata, f"{said['version']}.{name}")
    assert len(data) == said["length"] and hashlib.sha256(data).hexdigest() == said["hashes"]["sha256"], name
    envelope = json.loads(data)
    assert envelope["signed"]["version"] == said["version"], name
    return envelope


def newest_root(metadata, path):
    envelope = json.loads(read(path))
    root = verify_file(envelope, envelope["signed"]["keys"], envelope["signed"]["roles"]["root"], path)
    while os.path.exists(os.path.join(metadata, f"{root['version'] + 1}.root.json")):
        name = f"{root['version'] + 1}.root.json"
        envelope = json.loads(read(metadata, name))
        verify_file(envelope, root["keys"], root["roles"]["root"], name)
        root = verify_file(envelope, envelope["signed"]["keys"], envelope["signed"]["roles"]["root"], name)
    return root


def check_repository(repository, root_path):
    metadata = os.path.join(repository, "metadata")
    root = newest_root(metadata, root_path)
    timestamp = verify_file(json.loads(read(metadata, "timestamp.json")), root["keys"], root["roles"]["timestamp"],
                            "timestamp")
    snapshot = verify_file(read_named(metadata, timestamp, "snapshot.json"), root["keys"], root["roles"]["snapshot"],
                           "snapshot")
    targets = verify_file(read_named(metadata, snapshot, "targets.json"), root["keys"], root["roles"]["targets"],
                          "targets")
    for path, said in targets["targets"].items():
        folder, name = os.path.split(path)
        data = read(repository, "targets", folder, f"{said['hashes']['sha256']}.{name}")
        assert len(data) == said["length"] and hashlib.sha256(data).hexdigest() == said["hashes"]["sha256"], path
    assert targets["targets"]
    print(len(targets["targets"]), "targets and all metadata verify")


# ---- make

class Signer:
    def __init__(self, kind):
        self.kind = kind
        if kind == "ed25519":
            self.private = ed25519.Ed25519PrivateKey.generate()
            raw = self.private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            self.public = {"keytype": "ed25519", "scheme": "ed25519", "keyval": {"public": raw.hex()}}
        else:
            self.key = ssl_keys.generate_rsa_key(2048) if kind == "rsa" else ssl_keys.generate_ecdsa_key()
            self.public = {"keytype": self.key["keytype"], "scheme": self.key["scheme"],
                           "keyval": {"public": self.key["keyval"]["public"]}}
        self.id = keyid(self.public)

    def sign(self, form):
        if self.kind == "ed25519":
            return {"keyid": self.id, "sig": self.private.sign(form).hex()}
        return {"keyid": self.id, "sig": ssl_keys.create_signature(self.key, form)["sig"]}


class Repository:
    def __init__(self, folder):
        self.folder = folder
        self.meta = {}
        os.makedirs(os.path.join(folder, "metadata"), exist_ok=True)

    def write(self, name, kind, signers, more, version=1):
        signed = {"_type": kind, "spec_version": "1.0.34", "version": version, "expires": "2099-01-01T00:00:00Z"}
        signed.update(more)
        form = canonical(signed)
        data = json.dumps({"signed": signed, "signatures": [signer.sign(form) for signer in signers]}).encode()
        with open(os.path.join(self.folder, "metadata", name), "wb") as file:
            file.write(data)
        return {"version": version, "length": len(data), "hashes": {"sha256": hashlib.sha256(data).hexdigest()}}

    def target(self, path, text):
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        folder, name = os.path.split(path)
        os.makedirs(os.path.join(self.folder, "targets", folder), exist_ok=True)
        with open(os.path.join(self.folder, "targets", folder, f"{digest}.{name}"), "wb") as file:
            file.write(data)
        return {path: {"length": len(data), "hashes": {"sha256": digest}}}

    def targets(self, name, signers, targets, delegations=None, **more):
        more["targets"] = targets
        if delegations:
            more["delegations"] = delegations
        self.meta[f"{name}.json"] = self.write(f"1.{name}.json", "targets", signers, more)


def role(threshold, *signers):
    return {"keyids": [signer.id for signer in signers], "threshold": threshold}


def delegate(name, signer, terminating=False, **which):
    return dict(role(1, signer), name=name, terminating=terminating, **which)


def keys_of(*signers):
    return {signer.id: signer.public for signer in signers}


def make(folder):
    rsa, ecdsa, ed = (Signer(kind) for kind in ("rsa", "ecdsa", "ed25519"))
    clubs, library, bins = (Signer(kind) for kind in ("ecdsa", "rsa", "ed25519"))
    repository = Repository(folder)
    roles = {"root": role(2, rsa, ecdsa, ed), "timestamp": role(1, ecdsa), "snapshot": role(1, rsa),
             "targets": role(2, ecdsa, ed)}
    root = {"consistent_snapshot": True, "keys": keys_of(rsa, ecdsa, ed), "roles": roles}
    repository.write("1.root.json", "root", [rsa, ed], root)
    repository.write("2.root.json", "root", [ecdsa, ed], root, version=2)
    os.replace(os.path.join(folder, "metadata", "1.root.json"), os.path.join(folder, "root.json"))
    digest = hashlib.sha256(b"stories").hexdigest()
    repository.targets("targets", [ecdsa, ed], repository.target("town.txt", "the town\n"), {
        "keys": keys_of(clubs, library, bins),
        "roles": [delegate("clubs", clubs, terminating=True, paths=["clubs/*"]),
                  delegate("the library", library, paths=["books/*", "clubs/*"]),
                  delegate("bins", bins, path_hash_prefixes=[digest[:2]])]})
    repository.targets("clubs", [clubs], repository.target("clubs/chess.txt", "chess\n"))
    repository.targets("the library", [library],
                       {**repository.target("books/a b.txt", "books\n"), **repository.target("clubs/go.txt", "go\n")})
    repository.targets("bins", [bins], repository.target("stories", "stories\n"))
    snapshot = repository.write("1.snapshot.json", "snapshot", [rsa], {"meta": repository.meta})
    repository.write("timestamp.json", "timestamp", [ecdsa], {"meta": {"snapshot.json": snapshot}})


def delegate_translation(published, folder):
    town, translators = Signer("ed25519"), Signer("ecdsa")
    said = json.loads(read(published, "metadata", "1.targets.json"))["signed"]
    theirs = {path: target for path, target in said["targets"].items() if path.startswith("pages/uk/")}
    ours = {path: target for path, target in said["targets"].items() if path not in theirs}
    repository = Repository(folder)
    shutil.copytree(os.path.join(published, "targets"), os.path.join(folder, "targets"))
    roles = {name: role(1, town) for name in ("root", "timestamp", "snapshot", "targets")}
    repository.write("1.root.json", "root", [town],
                     {"consistent_snapshot": True, "keys": keys_of(town), "roles": roles})
    repository.targets("targets", [town], ours, {
        "keys": keys_of(translators),
        "roles": [delegate("translators", translators, terminating=True, paths=["pages/uk/*/*"])],
    }, **{"x-vejviser-published": said["x-vejviser-published"]})
    repository.targets("translators", [translators], theirs)
    snapshot = repository.write("1.snapshot.json", "snapshot", [town], {"meta": repository.meta})
    repository.write("timestamp.json", "timestamp", [town], {"meta": {"snapshot.json": snapshot}})


if __name__ == "__main__":
    {"canonical": check_canonical, "verify": check_repository, "make": make,
     "delegate": delegate_translation}[sys.argv[1]](*sys.argv[2:])
