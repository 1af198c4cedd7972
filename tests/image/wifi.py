"""Wi-Fi without a radio: the kernel of the machine simulates two (mac80211_hwsim). One is the kiosk's; the other is an
access point, in a network of its own with the machine's cable (tests/image/air/), so that the kiosk has no other way."""

import os
import re
import shutil
import subprocess

import disk
from check import Check, wait_until
from firmware import Firmware, stick
from machine import Kernel, Machine
from visitor import Visitor

NAME, PASSWORD, OPEN_NAME = "Bibliotek Å 2", "kaffe & kage = 2", "Gæster"
MODULES = ("mac80211_hwsim", "bridge", "stp", "llc")
HERE = "usr/lib/air"
REFUSED, JOINED, TURN = "AP-STA-POSSIBLE-PSK-MISMATCH", "AP-STA-CONNECTED", "air: turn"


def access_point(name, *lines, first=""):
    """wpa_supplicant.conf(5) of one. It states no country: channel 36 is free only when the kiosk has stated its own."""
    return "\n".join([first, "p2p_disabled=1", "network={", f"ssid={name.encode().hex()}", "mode=2", *lines, "}\n"]).encode()


WPA2 = ("frequency=2412", "key_mgmt=WPA-PSK", "proto=RSN", "pairwise=CCMP")
WPA3 = ("frequency=5180", "key_mgmt=SAE", "proto=RSN", "pairwise=CCMP", "ieee80211w=2", "ignore_broadcast_ssid=1")

# What is on the provisioning partition: what a technician puts there, and what tests/image/air/air reads.
WITH_PASSWORD = {
    "network.conf": f"wifi_name = {NAME}\nwifi_password = {PASSWORD}\n".encode(),
    "other": access_point(NAME, *WPA2, f'psk="{PASSWORD}?"'),
    "wpa2": access_point(NAME, *WPA2, f'psk="{PASSWORD}"'),
    "wpa3": access_point(NAME, *WPA3, f'psk="{PASSWORD}"', first="sae_pwe=1"),
    "air.sh": b"access_point other\nradio in\nturn\naccess_point wpa2\nturn\naccess_point wpa3\n",
}
WITHOUT_PASSWORD = {
    "network.conf": f"wifi_name = {OPEN_NAME}\n".encode(),
    "open": access_point(OPEN_NAME, "frequency=2437", "key_mgmt=NONE"),
    "air.sh": b"access_point open\nturn\nradio in\nblock\nturn\nradio out\nradio in\nblock\n",
}


class Air:
    """The image with an access point in it, for machines of several settings."""

    def __init__(self, image, folder, ready):
        self.image, self.folder = image, folder
        os.makedirs(self.path("tree", HERE))
        self.add()
        firmware = Firmware(image, self.path("firmware"), "1", {}, self.path("tree"))
        self.kernel = Kernel(firmware.path("vejviser.efi"), folder)
        self.ready = self.path("ready.img")
        disk.run("cp", "--sparse=always", ready, self.ready)
        at, _ = disk.partition(self.ready, "slot-a")
        disk.run("dd", f"if={firmware.path('slot.img')}", f"of={self.ready}", "bs=1M", f"seek={at >> 20}", "conv=notrunc")

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def add(self):
        """Modules and programs of the packages that the image was made with, beside it."""
        for name in ("air", "radios"):
            shutil.copy(f"tests/image/air/{name}", self.path("tree", HERE))
        units = self.path("tree", "usr/lib/systemd/system")
        os.makedirs(os.path.join(units, "sysinit.target.wants"))
        shutil.copy("tests/image/air/air.service", units)
        os.symlink("../air.service", os.path.join(units, "sysinit.target.wants/air.service"))
        shutil.copy("/usr/sbin/iw", self.path("tree", HERE))
        self.take("linux-image-", *(f"*/{module}.ko" for module in MODULES))
        self.take("busybox-static", "./bin/busybox")

    def take(self, package, *patterns):
        """Those files of the package that made the image."""
        with open(os.path.join(self.image, "packages")) as file:
            name, version = re.search(rf"^({package}\S*) (\S+)$", file.read(), re.M).groups()
        deb = os.path.join(self.image, "debs", f"{name}_{version.replace(':', '%3a')}_amd64.deb")
        tar = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
        disk.run("tar", "-x", "-C", self.path("tree", HERE), "--transform=s,.*/,,", "--wildcards", *patterns, stdin=tar.stdout)
        tar.wait()

    def machine(self, name, files):
        folder = f"{self.folder}-{name}"
        os.makedirs(folder)
        stick(os.path.join(folder, "stick.img"))
        disk.provision(self.ready, os.path.join(folder, "ready.img"), files)
        layer = disk.layer(os.path.join(folder, "ready.img"), os.path.join(folder, "disk.qcow2"))
        return Machine(folder, layer, kernel=self.kernel)


def told(machine):
    """By the access point, in pieces from turn to turn."""
    with open(machine.path("serial.log"), errors="replace") as file:
        return file.read().split(TURN)


def turn(machine):
    """The cable is pulled and put back, for which air.sh waits."""
    count = len(told(machine))
    machine.plug_cable(False)
    wait_until(lambda: len(told(machine)) > count, "nobody turns")
    machine.plug_cable(True)


def comes(machine, *painters):
    """The kiosk joins, asks, and shows what the last of the painters makes."""
    wait_until(lambda: JOINED in told(machine)[-1], "it does not join")
    machine.plug_stick(os.path.join(machine.folder, "stick.img"))  # whoever puts one in asks for a pass
    Visitor(machine).waits_for_last(*painters)
    machine.unplug_stick()


def group(bench):
    """There is no other way to the web server."""
    air = Air(bench.image, bench.path("air"), bench.ready)
    factory, first = bench.painter(), bench.painter(bench.edition)
    with air.machine("password", WITH_PASSWORD) as machine:
        visitor = Visitor(machine)
        with Check("while the access point has another password the kiosk works, as without a network"):
            visitor.waits(factory)
            visitor.chooses_danish(factory)
            wait_until(lambda: told(machine)[-1].count(REFUSED) > 4, "it does not try")
            visitor.opens_topic(factory)
            assert not bench.site.requests()
        with Check("staff are told that it is in no network"):
            bench.wait_for_status(machine.folder, machine.path("disk.qcow2"), "er ikke på noget netværk")
        with Check("when that is put right (WPA2), the edition comes"):
            turn(machine)
            comes(machine, factory, first)
        bench.publish()
        second = bench.painter(bench.edition)
        with Check("the access point takes WPA3 only, in a channel of this country, and hides its name: the next edition comes"):
            turn(machine)
            comes(machine, first, second)
    with air.machine("open", WITHOUT_PASSWORD) as machine:
        visitor = Visitor(machine)
        with Check("without a radio the kiosk works, too"):
            visitor.waits(factory)
            visitor.chooses_danish(factory)
            visitor.opens_topic(factory)
        with Check("one is plugged in that a key has switched off: by an open network the edition comes"):
            turn(machine)
            comes(machine, factory, second)
        bench.publish()
        with Check("it is taken out, put in again, and switched off meanwhile: the next edition comes"):
            turn(machine)
            comes(machine, second, bench.painter(bench.edition))
