"""The terminal: QEMU with a disk, a panel of 1080x1920 and a serial touch panel. No KVM: where these tests run it is
there and does not work, so the processor is emulated outright; one, since several wait for each other and have no clock
that they can read by themselves, and two machines run at a time."""

import os
import shutil
import subprocess
import time

from disk import run
from elo import Elo
from gdb import Gdb
from qmp import Qmp

WIDTH, HEIGHT = 1080, 1920
MEMORY_MIB = 512
FIRMWARE = "/usr/share/OVMF/OVMF_CODE_4M.fd"
VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd"


class Kernel:
    """The parts of the image's kernel, as UEFI would find them, for QEMU to start without it: sooner."""

    def __init__(self, efi, folder):
        self.arguments = []
        for section, option in (("linux", "-kernel"), ("initrd", "-initrd")):
            path = os.path.join(folder, section)
            run("objcopy", "-O", "binary", f"--only-section=.{section}", efi, path)
            self.arguments += [option, path]
        line = os.path.join(folder, "cmdline")
        run("objcopy", "-O", "binary", "--only-section=.cmdline", efi, line)
        with open(line) as file:
            self.arguments += ["-append", file.read().rstrip("\0")]


def upright(pixels, rotation):
    """The picture on a panel that hangs on its side, as people see it."""
    line, panel_line = WIDTH * 3, HEIGHT * 3
    picture = bytearray(len(pixels))
    for y in range(HEIGHT):
        column = HEIGHT - 1 - y if rotation == 90 else y
        for colour in range(3):
            points = pixels[column * 3 + colour::panel_line]
            picture[y * line + colour:(y + 1) * line:3] = points if rotation == 90 else points[::-1]
    return bytes(picture)


class Machine:
    """Runs until cut() or the end of a `with`. Its files are in `folder`; serial.log there is for people, and for what a test
    has put beside the image. With a `kernel` there is no UEFI, so nothing counts the starts. `rotation`: the panel is one of
    1920x1080 that hangs on its side, and the kiosk is told so; the picture and the finger here are upright all the same."""

    def __init__(self, folder, disk, *more, kernel=None, rotation=0):
        self.folder, self.rotation = folder, rotation
        self.size = (HEIGHT, WIDTH) if rotation else (WIDTH, HEIGHT)
        self.clear("qmp", "touch", "gdb")
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "1",
             "-m", str(MEMORY_MIB), "-nodefaults", "-display", "none",
             *(kernel.arguments if kernel else self.uefi()),
             "-drive", f"if=virtio,format=qcow2,file={disk},cache=writeback",
             "-device", f"virtio-gpu-pci,xres={self.size[0]},yres={self.size[1]}",
             "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=nic,romfile=",
             "-device", "qemu-xhci,id=usb",
             "-device", "virtio-rng-pci",
             "-chardev", f"file,id=log,path={self.path('serial.log')},append=on", "-serial", "chardev:log",
             "-chardev", f"socket,id=touch,path={self.path('touch')},server=on,wait=off", "-serial", "chardev:touch",
             "-chardev", f"socket,id=gdb,path={self.path('gdb')},server=on,wait=off", "-gdb", "chardev:gdb",
             "-qmp", f"unix:{self.path('qmp')},server=on,wait=off", *more],
            stdin=subprocess.DEVNULL, stdout=open(self.path("qemu.log"), "ab"), stderr=subprocess.STDOUT)
        self.qmp = Qmp(self.path("qmp"))
        self.panel = Elo(self.path("touch"), WIDTH, HEIGHT, rotation)
        self.restarts = 0

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.cut()

    def path(self, name):
        return os.path.join(self.folder, name)

    def clear(self, *names):
        for name in names:
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))

    def uefi(self):
        variables = self.path("variables.fd")
        if not os.path.exists(variables):
            shutil.copyfile(VARIABLES, variables)
        return ["-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={FIRMWARE}",
                "-drive", f"if=pflash,unit=1,format=raw,file={variables}"]

    def cut(self):
        """Pulls the plug: what the guest has not handed to the disk is gone."""
        self.process.kill()
        self.process.wait()

    def restarted(self):
        """How many times so far. After a restart UEFI unpacks itself over pages that QEMU 7.2 has translated programs of; each
        byte then costs it some 100 microseconds, unless it forgets them."""
        restarts = self.qmp.happened("RESET")
        if restarts > self.restarts:
            self.restarts = restarts
            stub = Gdb(self.path("gdb"))
            stub.step()
            stub.close()
        return restarts

    def picture(self):
        """What the panel shows: bytes of red, green, blue, line by line; None while it has another size, as at start."""
        self.restarted()
        path = self.path("screen.ppm")
        self.qmp.do("screendump", filename=path)
        with open(path, "rb") as file:
            kind, size, depth = file.readline(), file.readline().split(), file.readline()
            pixels = file.read()
        if kind != b"P6\n" or depth != b"255\n" or tuple(map(int, size)) != self.size:
            return None
        return upright(pixels, self.rotation) if self.rotation else pixels

    def written(self):
        """Bytes that the guest has handed to the disk so far."""
        return max(one["stats"]["wr_bytes"] for one in self.qmp.do("query-blockstats"))

    def plug_stick(self, image):
        """A USB stick with the raw image on it."""
        self.qmp.do("blockdev-add", **{"driver": "raw", "node-name": "stick", "read-only": True,
                                       "file": {"driver": "file", "filename": image}})
        self.qmp.do("device_add", driver="usb-storage", drive="stick", id="stick", bus="usb.0")

    def unplug_stick(self):
        self.unplug("stick")
        self.qmp.do("blockdev-del", **{"node-name": "stick"})

    def plug_cable(self, plugged):
        """Of the network."""
        self.qmp.do("set_link", name="nic", up=plugged)

    def plug_tablet(self):
        """A second touch device, on USB."""
        self.qmp.do("device_add", driver="usb-tablet", id="tablet", bus="usb.0")

    def tap_tablet(self, x, y):
        """Pixels of the picture."""
        at = [{"type": "abs", "data": {"axis": axis, "value": value * 0x7fff // (size - 1)}}
              for axis, value, size in (("x", x, WIDTH), ("y", y, HEIGHT))]
        press, release = ([{"type": "btn", "data": {"button": "left", "down": down}}] for down in (True, False))
        self.qmp.do("input-send-event", events=at + press)
        time.sleep(0.2)
        self.qmp.do("input-send-event", events=release)

    def plug_keyboard(self):
        self.qmp.do("device_add", driver="usb-kbd", id="keyboard", bus="usb.0")

    def press(self, *keys):
        """One after the other, by QEMU's names: "1", "ret"."""
        for key in keys:
            self.qmp.do("send-key", keys=[{"type": "qcode", "data": key}], **{"hold-time": 100})
            time.sleep(0.3)

    def unplug(self, device):
        gone = self.qmp.happened("DEVICE_DELETED")
        self.qmp.do("device_del", id=device)
        until = time.monotonic() + 60
        while self.qmp.happened("DEVICE_DELETED") == gone:
            if time.monotonic() > until:
                raise TimeoutError(f"{device} cannot be taken out")
            time.sleep(0.2)

    def memory(self):
        """All of the guest's, by physical address."""
        path = self.path("memory")
        self.qmp.do("pmemsave", val=0, size=MEMORY_MIB << 20, filename=path)
        with open(path, "rb") as file:
            data = file.read()
        os.remove(path)
        return data

    def poke(self, addresses, data):
        stub = Gdb(self.path("gdb"))
        for address in addresses:
            stub.write(address, data)
        stub.close()
