"""What a technician puts on the partition of settings, and what the kiosk makes of it: mistakes, which stand on the screen, and
how they are mended; a fixed address; a panel that hangs on its side; the staff's page, also without content; the night."""

import json
import math
import os
import struct
import subprocess
import time

import disk
from check import BOOT_S, Check, wait_until
from machine import WIDTH, Kernel, Machine
from picture import NotSeen, wait_for
from visitor import SCREEN_S, TOPIC, Visitor

PIN, WRONG_PIN = "123456", "654321"  # replay has the same
ADDRESS, SERVER = "10.0.2.77", "10.0.2.2"  # one that QEMU's DHCP gives to nobody; this machine
NO_STORE = "/srv/nothing"
WHY_EMPTY = f"{NO_STORE}: findes ikke (No such file or directory)"
MISTAKES = {"kiosk.conf": b"# This panel hangs askew.\nrotation = 45\n", "network.conf": f"address = {ADDRESS}\n".encode()}
NETWORK = f"address = {ADDRESS}/24\ngateway = {SERVER}\ndns = 10.0.2.3\n".encode()
IDLE_S = 30  # the least that can be set
DENMARK = "CET-1CEST,M3.5.0,M10.5.0/3"
TIMER_S = 600  # from one pass of the sync to the next, unless somebody asks
PASS_S = 200
TCP, DHCP = 6, 67  # protocol, port


def steps(digits):
    return "; ".join(f"tap @staff.digit.{digit}" for digit in digits)


# Ways as Painter has them, from the start page and where there is no content.
LANGUAGES = "home da; tap @nav.language; wait 1s"
PIN_PAGE = f"{LANGUAGES}; tap @staff; wait 1s"
OPEN_PAGE = f"{PIN_PAGE}; {steps(PIN)}; tap @staff.unlock; wait 1s"
NOTHING = ""
NOTHING_PIN = "; tap @staff; wait 1s"
NOTHING_OPEN = f"{NOTHING_PIN}; {steps(PIN)}; tap @staff.unlock; wait 1s"


def remarks(bench, files):
    """What provisioning says of the files, as it will on the terminal: (place, sentence) each."""
    told = bench.path("told")
    given = bench.path("given")
    os.makedirs(given)
    for name, text in files.items():
        with open(os.path.join(given, name), "wb") as file:
            file.write(text)
    subprocess.run([os.path.join(bench.build, "vejviser-provision"), given, told], check=True, capture_output=True,
                   env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "da"})
    with open(os.path.join(told, "remarks.json")) as file:
        return [(one["place"], one["text"]) for one in json.load(file)["remarks"]]


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def pin_line(bench):
    return disk.run(bench.site.tool("bundle"), "pin", env={**os.environ, "VEJVISER_PASSPHRASE": PIN}).decode()


def sent(packets):
    """(from, to, protocol, port) of each IPv4 packet that the machine has sent, of a file of QEMU's filter-dump."""
    with open(packets, "rb") as file:
        data = file.read()
    at = 24
    while at + 16 <= len(data):
        length = struct.unpack_from("<I", data, at + 8)[0]
        frame, at = data[at + 16:at + 16 + length], at + 16 + length
        if frame[6:9] == b"\x52\x54\x00" and frame[12:14] == b"\x08\x00":
            head = 14 + (frame[14] & 15) * 4
            addresses = [".".join(map(str, frame[begin:begin + 4])) for begin in (26, 30)]
            yield (*addresses, frame[23], int.from_bytes(frame[head + 2:head + 4], "big"))


def clock(seconds):
    """What a clock on a wall in Denmark shows then."""
    return disk.run("date", "-d", f"@{seconds}", "+%H:%M", env={**os.environ, "TZ": DENMARK}).decode().strip()


def is_dark(machine):
    """QEMU writes a line instead, that the output is off."""
    seen = machine.picture()
    return seen is not None and len({seen[at:at + 3] for at in range(0, len(seen), 3)}) == 2


def types(visitor, painter, digits):
    """With a finger, on the page of the PIN."""
    for place in painter.middles(PIN_PAGE, *(f"staff.digit.{digit}" for digit in digits)):
        visitor.machine.panel.tap(*place)
        time.sleep(0.3)
    visitor.sees(painter, f"{PIN_PAGE}; {steps(digits)}; wait 1s")
    visitor.taps(painter, PIN_PAGE, "staff.unlock")


def must_wait(visitor, painter):
    """A wrong PIN, and its seconds are counted down; where a machine is too slow to see them, once more: they are doubled."""
    before = PIN_PAGE
    for wait_s in (2, 4, 8, 16):
        wrong = f"{before}; {steps(WRONG_PIN)}; tap @staff.unlock; wait"
        waiting = {}
        for second in range(wait_s):  # each from the start: the wait is kept from one place to the next
            waiting |= painter.paint(f"{wrong} {second * 1000 + 500}ms")
        types(visitor, painter, WRONG_PIN)
        try:
            wait_for(visitor.machine, lambda: waiting, wait_s + 10)
            break
        except NotSeen:
            if wait_s == 16:
                raise
        before = f"{wrong} {wait_s}s"
    visitor.sees(painter, PIN_PAGE)


def sees_page(visitor, painter):
    """The staff's page as a whole, but for when the last pass was and the room on the disk. It would close without a touch."""
    title, last, below = painter.boxes(OPEN_PAGE, '"Skærmens tilstand"', '"Senest hentet"', '"Firmware, kører nu"')
    hidden = (last[0], last[1], WIDTH - last[0], below[1] - last[1])
    until = time.monotonic() + SCREEN_S
    while True:
        try:
            return wait_for(visitor.machine, lambda: painter.paint(OPEN_PAGE), 20, hidden=hidden)
        except NotSeen:
            if time.monotonic() > until:
                raise
            visitor.machine.panel.tap(title[0], title[1])


def passes(site):
    return sum(request.endswith("/metadata/timestamp.json") for request in site.requests())


def group(bench):
    kernel = Kernel(os.path.join(bench.image, "vejviser.efi"), bench.folder)
    folder, layer = bench.disk()
    boot_s = mistakes(bench, kernel, folder, layer)
    mended(bench, kernel, folder, layer)
    without_content(bench, kernel, boot_s)


def mistakes(bench, kernel, folder, layer):
    """Returns how long a machine takes to start."""
    settings = {**bench.site.settings(), **MISTAKES}
    told = remarks(bench, settings)
    painter = bench.painter(before=[f"remark {quoted(place)} {quoted(text)}" for place, text in told])
    disk.mend(layer, *disk.partition(bench.ready, "provision"), settings)
    with Machine(folder, layer, kernel=kernel) as machine:
        visitor, began = Visitor(machine), time.monotonic()
        with Check("mistakes in kiosk.conf and network.conf stand on the screen, with file, line, key and what is allowed"):
            assert [place for place, _ in told] == ["kiosk.conf:2", "network.conf:1"], told
            assert all(word in text for (_, text), word in zip(told, ('rotation: "45"', f'address: "{ADDRESS}"'))), told
            assert all("tilladt" in text for _, text in told), told
            visitor.waits(painter)
        boot_s = time.monotonic() - began
        with Check("the kiosk goes on without them"):
            visitor.chooses_danish(painter)
    return boot_s


def mended(bench, kernel, folder, layer):
    kiosk = bench.site.settings()["kiosk.conf"].decode() + f"rotation = 90\n{pin_line(bench)}"
    disk.mend(layer, *disk.partition(bench.ready, "provision"), {"kiosk.conf": kiosk.encode(), "network.conf": NETWORK})
    packets = os.path.join(folder, "packets")
    painter = lambda edition, number: bench.painter(edition, before=["staff", staff_state(bench, number)])
    factory, first = bench.painter(before=["staff"]), painter(bench.edition, 2)
    with Machine(folder, layer, "-object", f"filter-dump,id=dump,netdev=net,file={packets}", kernel=kernel,
                 rotation=90) as machine:
        visitor = Visitor(machine)
        with Check("what is mended is gone at the next start, and on a panel that hangs on its side the picture is upright"):
            visitor.waits(factory)
        with Check("there a finger touches what it points at"):
            visitor.chooses_danish(factory)
        with Check("an edition comes with a fixed address, and nobody asks for another"):
            if visitor.opens_topic(factory, first) == 0:
                visitor.waits_for_last(factory, first)
            seen = set(sent(packets))
            assert {one[0] for one in seen} == {ADDRESS}, seen
            assert any(one[1:3] == (SERVER, TCP) for one in seen) and not any(one[3] == DHCP for one in seen), seen
        count, last_pass = passes(bench.site), os.path.getmtime(bench.site.path("requests"))
        bench.publish()
        second = painter(bench.edition, 3)
        with Check("the lock under the languages asks for the PIN, and after a wrong one it waits"):
            visitor.taps(first, f"topic da {TOPIC}", "nav.home")
            visitor.sees(first, "home da")
            visitor.taps(first, "home da", "nav.language")
            visitor.sees(first, LANGUAGES)
            visitor.taps(first, LANGUAGES, "staff")
            visitor.sees(first, PIN_PAGE)
            must_wait(visitor, first)
        with Check("behind the right one stand the content, the server, both slots with their versions, and the languages"):
            types(visitor, first, PIN)
            sees_page(visitor, first)
            assert passes(bench.site) == count, "a pass came by itself"
        with Check("fetched now: a pass comes at once, and the page says that the new edition is there"):
            visitor.taps(first, OPEN_PAGE, "staff.fetch")
            wait_until(lambda: passes(bench.site) > count, "nothing is fetched", PASS_S)
            assert time.time() - last_pass < TIMER_S, "the pass may have come by itself"
            sees_page(visitor, second)
        with Check("locked, the page is gone, and the new edition greets"):
            visitor.taps(second, OPEN_PAGE, "staff.lock")
            visitor.waits(second)


def staff_state(bench, number):
    return (f"staff-state generation={number} passed=60 mirror=http://{SERVER}:{bench.site.port} "
            f"running={bench.version()} slot=a fetch")


def without_content(bench, kernel, boot_s):
    """At night, which is over when the machine has had the time for what is asked of it before."""
    path = bench.path("nothing.img")
    now = time.time()
    day = math.ceil((now + 2 * boot_s + 3 * IDLE_S) / 60) * 60
    settings = (f"store = {NO_STORE}\nscreen_off = {clock(now - 3600)}-{clock(day)}\nidle_warn_s = {IDLE_S}\nrotation = 270\n"
                f"{pin_line(bench)}")
    disk.provision(bench.ready, path, {"kiosk.conf": settings.encode()})
    painter = bench.painter(before=["staff empty", f"staff-state version={bench.version()} {quoted(f'empty={WHY_EMPTY}')}"])
    # Without the keyboard of old that every such machine has.
    with Machine(*bench.disk(path), "-machine", "i8042=off", kernel=kernel, rotation=270) as machine:
        visitor = Visitor(machine)
        dark = lambda: wait_until(lambda: is_dark(machine), "the screen does not go out", BOOT_S)
        with Check("a kiosk without content says that it is not ready"):
            visitor.sees(painter, NOTHING, BOOT_S)
        with Check("at night the screen goes out when nobody is there"):
            dark()
        with Check("a touch lights it, and presses nothing"):
            visitor.taps(painter, NOTHING, "staff")
            visitor.sees(painter, NOTHING)
            time.sleep(5)
            visitor.sees(painter, NOTHING, 0)
        with Check("it goes out again, and the day lights it"):
            dark()
            visitor.sees(painter, NOTHING, BOOT_S)
            assert time.time() >= day - 5, "it is not yet day"
        with Check("staff get in with a keyboard that is plugged in, and are told why there is no content"):
            visitor.taps(painter, NOTHING, "staff")
            visitor.sees(painter, NOTHING_PIN)
            machine.plug_keyboard()
            types_first(visitor, painter)
            machine.press(*PIN[1:])
            visitor.sees(painter, f"{NOTHING_PIN}; {steps(PIN)}; wait 1s")
            machine.press("ret")
            visitor.sees(painter, NOTHING_OPEN)
        with Check("and out again"):
            visitor.taps(painter, NOTHING_OPEN, "staff.lock")
            visitor.sees(painter, NOTHING)


def types_first(visitor, painter):
    """The first digit, as often as it takes until the kiosk knows the keyboard; what is too much is taken away."""
    until = time.monotonic() + SCREEN_S
    while True:
        visitor.machine.press("backspace", PIN[0])
        try:
            return visitor.sees(painter, f"{NOTHING_PIN}; {steps(PIN[0])}; wait 1s", 5)
        except NotSeen:
            if time.monotonic() > until:
                raise
