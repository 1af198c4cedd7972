"""The terminal: QEMU with a disk, a panel of 1080x1920 and a serial touch panel. No KVM: where these tests run it is
there and does not work, so the processor is emulated outright."""

import os
import subprocess
import time

from elo import Elo
from gdb import Gdb
from qmp import Qmp

WIDTH, HEIGHT = 1080, 1920
MEMORY_MIB = 512
FIRMWARE = "/usr/share/OVMF/OVMF_CODE_4M.fd"
VARIABLES = "/usr/share/OVMF/OVMF_VARS_4M.fd"


class Machine:
    """Runs until cut() or the end of a `with`. Its files are in `folder`; serial.log there is only for people."""

    def __init__(self, folder, disk, *more):
        self.folder = folder
        variables = self.path("variables.fd")
        if not os.path.exists(variables):
            with open(VARIABLES, "rb") as source, open(variables, "wb") as copy:
                copy.write(source.read())
        self.clear("qmp", "touch", "gdb")
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2",
             "-m", str(MEMORY_MIB), "-nodefaults", "-display", "none",
             "-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={FIRMWARE}",
             "-drive", f"if=pflash,unit=1,format=raw,file={variables}",
             "-drive", f"if=virtio,format=qcow2,file={disk},cache=writeback",
             "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}",
             "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=nic,romfile=",
             "-device", "qemu-xhci,id=usb",
             "-device", "virtio-rng-pci",
             "-chardev", f"file,id=log,path={self.path('serial.log')},append=on", "-serial", "chardev:log",
             "-chardev", f"socket,id=touch,path={self.path('touch')},server=on,wait=off", "-serial", "chardev:touch",
             "-chardev", f"socket,id=gdb,path={self.path('gdb')},server=on,wait=off", "-gdb", "chardev:gdb",
             "-qmp", f"unix:{self.path('qmp')},server=on,wait=off", *more],
            stdin=subprocess.DEVNULL, stdout=open(self.path("qemu.log"), "ab"), stderr=subprocess.STDOUT)
        self.qmp = Qmp(self.path("qmp"))
        self.panel = Elo(self.path("touch"), WIDTH, HEIGHT)

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

    def cut(self):
        """Pulls the plug: what the guest has not handed to the disk is gone."""
        self.process.kill()
        self.process.wait()

    def picture(self):
        """What the panel shows: bytes of red, green, blue, line by line; None while it has another size, as at start."""
        path = self.path("screen.ppm")
        self.qmp.do("screendump", filename=path)
        with open(path, "rb") as file:
            kind, size, depth = file.readline(), file.readline().split(), file.readline()
            pixels = file.read()
        fits = kind == b"P6\n" and depth == b"255\n" and [int(n) for n in size] == [WIDTH, HEIGHT]
        return pixels if fits else None

    def written(self):
        """Bytes that the guest has handed to the disk so far."""
        return max(one["stats"]["wr_bytes"] for one in self.qmp.do("query-blockstats"))

    def plug_stick(self, image):
        """A USB stick with the raw image on it."""
        self.qmp.do("blockdev-add", **{"driver": "raw", "node-name": "stick", "read-only": True,
                                       "file": {"driver": "file", "filename": image}})
        self.qmp.do("device_add", driver="usb-storage", drive="stick", id="stick", bus="usb.0")

    def unplug_stick(self):
        self.qmp.do("device_del", id="stick")
        until = time.monotonic() + 60
        while not self.qmp.happened("DEVICE_DELETED"):
            if time.monotonic() > until:
                raise TimeoutError("the stick cannot be taken out")
            time.sleep(0.2)
        self.qmp.do("blockdev-del", **{"node-name": "stick"})

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
