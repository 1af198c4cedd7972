"""Disks: a copy of the image with a technician's settings on it, layers over it that are thrown away, and what is on
them when the terminal is off."""

import json
import os
import subprocess

SECTOR = 512
FIRST_USE = "2G"  # the disk of the terminal is larger than the image, as real ones are


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, **more)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode()}{done.stdout.decode()}")
    return done.stdout


def partition(image, name):
    """Where it begins and how long it is, bytes."""
    table = json.loads(run("sfdisk", "--json", image))["partitiontable"]["partitions"]
    found = next(one for one in table if one["name"] == name)
    return found["start"] * SECTOR, found["size"] * SECTOR


def provision(image, copy, files):
    """`files`: name on the partition -> contents."""
    run("cp", "--sparse=always", image, copy)
    at, _ = partition(copy, "provision")
    for name, text in files.items():
        run("mcopy", "-o", "-i", f"{copy}@@{at}", "-", f"::{name}", input=text)


def mend(disk, at, length, files):
    """The same on a qcow2 disk, whose partition of settings is there."""
    part = disk + ".settings"
    run("qemu-img", "convert", "-O", "raw", "--image-opts",
        f"driver=raw,offset={at},size={length},file.driver=qcow2,file.file.filename={disk}", part)
    for name, text in files.items():
        run("mcopy", "-o", "-i", part, "-", f"::{name}", input=text)
    run("qemu-io", "-f", "qcow2", "-c", f"write -q -s {part} {at} {length}", disk)
    os.remove(part)


def second_slot(image, copy, slot, kernel, version):
    """`slot` as if an update had just put it into slot-b, with its kernel to be tried three times."""
    run("cp", "--sparse=always", image, copy)
    at, _ = partition(copy, "slot-b")
    run("dd", f"if={slot}", f"of={copy}", "bs=1M", f"seek={at}", "oflag=seek_bytes", "conv=notrunc")
    at, _ = partition(copy, "esp")
    run("mcopy", "-i", f"{copy}@@{at}", kernel, f"::EFI/Linux/vejviser_{version}+3.efi")


def layer(below, path):
    """A disk that begins as `below` (raw) and keeps its changes to itself."""
    if os.path.exists(path):
        os.remove(path)
    run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", os.path.abspath(below), path, FIRST_USE)
    return path


def flip(disk, at):
    """One bit of one byte of a qcow2 disk."""
    line = run("qemu-io", "-f", "qcow2", "-c", f"read -v {at} 1", disk).decode().splitlines()[0]
    byte = int(line.split()[1], 16)
    run("qemu-io", "-f", "qcow2", "-c", f"write -P {byte ^ 1} {at} 1", disk)


def data_files(disk, at, folder, *names):
    """Copies those files of the data partition, which begins there and is the last, to `folder`, as the next start would
    find them: the journal is replayed. The machine may be running."""
    data = os.path.join(folder, "data")
    run("qemu-img", "convert", "-U", "-O", "raw", "--image-opts",
        f"driver=raw,offset={at},file.driver=qcow2,file.file.filename={disk}", data)
    subprocess.run(["e2fsck", "-p", data], capture_output=True)  # status 1: it was mended, as the journal must be
    for name in names:
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        run("debugfs", "-R", f"dump /{name} {target}", data)
    os.remove(data)
