"""Other firmwares than the one that `make image` built, made of it: of a later version, with some files replaced or added."""

import os
import re

from disk import run

DATA = b"# START OF DATA - DO NOT MODIFY\n"
BLOCK = 4096


class Firmware:
    """In `folder`: slot.img, vejviser.efi and version, as tools/rauc/bundle wants them."""

    def __init__(self, image, folder, version, replaced, added=None, line=b""):
        """`replaced`: path in the root file system -> bytes; None instead of a dict: a root file system with nothing in it.
        `added`: a folder, whose files, links and folders are put beside the image's; `line`: the end of the kernel's command line."""
        self.folder, self.version = folder, version
        os.makedirs(folder)
        with open(self.path("version"), "w") as file:
            file.write(f"{version}\n")
        release = self.part(image, ".osrel", "os-release")
        release = re.sub(rb"^IMAGE_VERSION=.*", b"IMAGE_VERSION=" + version.encode(), release, flags=re.M)
        if replaced is None:
            self.pack(b"/ D 0 755 0 0\n" + b"#\n" + DATA + b"#\n")
        else:
            self.pack(self.changed(image, {**replaced, "usr/lib/os-release": release}, added))
        self.boot(image, release, line)

    def path(self, name):
        return os.path.join(self.folder, name)

    def part(self, image, section, name):
        """Of the image's kernel."""
        run("objcopy", "--dump-section", f"{section}={self.path(name)}", os.path.join(image, "vejviser.efi"),
            self.path("vejviser.efi"))
        with open(self.path(name), "rb") as file:
            return file.read().rstrip(b"\0")

    def changed(self, image, replaced, added):
        """The image's files as mksquashfs reads them: a line each, then all their bytes."""
        listing = self.path("files")
        run("unsquashfs", "-pf", listing, os.path.join(image, "slot.img"))
        with open(listing, "rb") as file:
            listed = file.read()
        os.remove(listing)
        head, data = listed.split(DATA, 1)
        for at, (name, text) in enumerate(replaced.items()):
            with open(self.path(f"new-{at}"), "wb") as file:
                file.write(text)
            line = re.compile(rb"^" + re.escape(name.encode()) + rb" R (\d+ \d+ \d+ \d+) .*$", re.M)
            if not line.search(head):
                raise KeyError(f"the image has no {name}")
            new = f"{name} F ".encode() + rb"\1 cat " + os.path.abspath(self.path(f"new-{at}")).encode()
            head = line.sub(new, head)
        for line in more(added) if added else ():
            if not re.search(rb"^" + re.escape(line.split(b" ")[0]) + b" ", head, re.M):
                head += line
            elif b" D " not in line:
                raise KeyError(f"the image has this already: {line}")
        return head + DATA + data

    def pack(self, listed):
        """slot.img: squashfs, and its hash tree behind it."""
        with open(self.path("files"), "wb") as file:
            file.write(listed)
        os.makedirs(self.path("nothing"))
        slot = self.path("slot.img")
        run("mksquashfs", self.path("nothing"), slot, "-pf", self.path("files"), "-quiet", "-no-progress", "-noappend",
            "-no-xattrs", "-comp", "zstd", "-Xcompression-level", "1")
        os.remove(self.path("files"))
        self.blocks = os.path.getsize(slot) // BLOCK
        said = run("veritysetup", "format", "--no-superblock", f"--data-blocks={self.blocks}",
                   f"--hash-offset={self.blocks * BLOCK}", "--salt=-", slot, slot).decode()
        self.hash = re.search(r"Root hash:\s*(\w+)", said).group(1)

    def boot(self, image, release, more_line):
        """The image's kernel, told of this root."""
        line = self.part(image, ".cmdline", "cmdline")
        line = re.sub(rb"vejviser\.root=\S+", f"vejviser.root={self.blocks},{self.hash}".encode(), line) + more_line
        for name, text in (("cmdline", line), ("os-release", release)):
            with open(self.path(name), "wb") as file:
                file.write(text)
        run("objcopy", "--remove-section", ".osrel", "--remove-section", ".cmdline", os.path.join(image, "vejviser.efi"),
            self.path("bare.efi"))
        run("objcopy", "--add-section", f".osrel={self.path('os-release')}", "--change-section-vma", ".osrel=0x20000",
            "--add-section", f".cmdline={self.path('cmdline')}", "--change-section-vma", ".cmdline=0x30000",
            self.path("bare.efi"), self.path("vejviser.efi"))


def more(tree):
    """What is in the folder, as mksquashfs reads it: each folder before what is in it."""
    for folder, folders, files in os.walk(tree):
        for name in folders + files:
            path = os.path.join(folder, name)
            line = f"{os.path.relpath(path, tree)} %s 0 {os.lstat(path).st_mode & 0o777:o} 0 0"
            if os.path.islink(path):
                line = line % "S" + f" {os.readlink(path)}"
            elif os.path.isdir(path):
                line = line % "D"
            else:
                line = line % "F" + f" cat {os.path.abspath(path)}"
            yield line.encode() + b"\n"


def stick(path, firmware=None):
    """A USB stick, one FAT file system, with what is in the folder `firmware` on it."""
    with open(path, "wb") as file:
        file.truncate(256 << 20)
    run("mkfs.vfat", "-F", "32", path)
    if firmware:
        run("mcopy", "-s", "-i", path, firmware, "::firmware")
