"""What the screen should show, by vejviser-replay for the same place, store and size, and whether it does."""

import os
import re
import subprocess
import time

from disk import run
from machine import HEIGHT, WIDTH

TOP_BAR = 120  # lines that are not compared: the clock in it tells the real time
LINE = WIDTH * 3
LANGUAGES = 12
GREETING_MS = 3200  # from one to the next


class Painter:
    """Paints and reads screens as the kiosk would; `content` is ["--store", DIR] or ["--bundle", DIR]. `before`: the first
    lines of each script. What is there for staff is in Danish."""

    def __init__(self, build, share, folder, content, before=()):
        self.before = list(before)
        self.command = [os.path.join(build, "vejviser-replay"), "--share", share, *content, "--size", f"{WIDTH}x{HEIGHT}",
                        "--out", folder]
        self.folder = folder

    def script(self, lines):
        path = os.path.join(self.folder, "screen.replay")
        with open(path, "w") as file:
            file.write("\n".join([*self.before, *lines]) + "\n")
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        run(*self.command, "--time", now, path, env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "da"})

    def way(self, place):
        """The lines of a script that lead there: to a place as in a script, "home da", where all has come to rest, or what is
        done from there on, with ; between: "home da; tap @home.phrases; wait 1s". With nothing before the first ; it is done
        where the kiosk starts."""
        first, *steps = place.split("; ")
        return [*([f"place {first}"] if first else []), *(steps or ["wait 2s"])]

    def shots(self, lines, count):
        self.script(lines)
        return [run("convert", os.path.join(self.folder, f"{at}.png"), "-depth", "8", "rgb:-") for at in range(count)]

    def paint(self, *places):
        """{place: its picture, as Machine.picture() gives them}. A place is as way() wants it."""
        lines = [line for at, place in enumerate(places) for line in (*self.way(place), f"shot {at}.png")]
        return dict(zip(places, self.shots(lines, len(places))))

    def greetings(self):
        """The same of the screen that waits for somebody: its greetings stand one after the other."""
        lines = ["place attract da"]
        for at in range(LANGUAGES):
            lines += [f"shot {at}.png", f"wait {GREETING_MS}ms"]
        return {f"greeting {at}": shot for at, shot in enumerate(self.shots(lines, LANGUAGES))}

    def boxes(self, place, *items):
        """Where they are, pixels: (x, y, width, height) each. An item is named by its id or by what it says: '"112"'."""
        self.script([*self.way(place), "dump items"])
        with open(os.path.join(self.folder, "items")) as file:
            lines = file.read()
        for item in items:
            named = f"- {re.escape(item)}" if item[0] == '"' else re.escape(item)
            found = re.search(rf"^\d+ \w+ {named} .* (-?\d+),(-?\d+) (\d+)x(\d+)", lines, re.M)
            if not found:
                raise KeyError(f"{place}: nothing there is named {item}")
            yield tuple(map(int, found.groups()))

    def middle(self, place, item):
        """Of that item, pixels."""
        return next(self.middles(place, item))

    def middles(self, place, *items):
        for x, y, width, height in self.boxes(place, *items):
            yield x + width // 2, y + height // 2


def difference(seen, wanted, lines=(TOP_BAR, HEIGHT)):
    """How many lines differ between the two; all when nothing was seen."""
    if seen is None:
        return lines[1] - lines[0]
    return sum(seen[y * LINE:(y + 1) * LINE] != wanted[y * LINE:(y + 1) * LINE] for y in range(*lines))


class NotSeen(Exception):
    """The screen did not come to show what it should."""


def hide(pixels, box):
    """The picture without what is there."""
    x, y, width, height = box
    blank = bytearray(pixels)
    for at in range(y * LINE + x * 3, (y + height) * LINE, LINE):
        blank[at:at + width * 3] = bytes(width * 3)
    return bytes(blank)


def wait_for(machine, paint, patience_s, lines=(TOP_BAR, HEIGHT), hidden=None):
    """Until the panel shows, line by line the same, one of the pictures that `paint` makes: its name. They are made
    anew each minute, as the day goes on for the kiosk, too. What is in the box `hidden` is not looked at."""
    until = time.monotonic() + patience_s
    painted = None
    while True:
        if painted is None or time.monotonic() - painted > 60:
            wanted, painted = paint(), time.monotonic()
            if hidden:
                wanted = {name: hide(one, hidden) for name, one in wanted.items()}
        seen = machine.picture()
        if seen and hidden:
            seen = hide(seen, hidden)
        piece = seen and seen[lines[0] * LINE:lines[1] * LINE]
        for name, one in wanted.items():
            if piece and one.startswith(piece, lines[0] * LINE):
                return name
        if time.monotonic() > until:
            apart = {name: difference(seen, one, lines) for name, one in wanted.items()}
            nearest = min(apart, key=apart.get)
            keep(machine, seen, wanted[nearest])
            raise NotSeen(f"after {patience_s} s none of: {', '.join(map(str, wanted))}; {apart[nearest]} lines of {nearest} differ")
        time.sleep(0.4)


def keep(machine, seen, wanted):
    """For people: both pictures, in the folder of the machine."""
    for name, pixels in (("seen", seen), ("wanted", wanted)):
        if pixels:
            subprocess.run(["convert", "-size", f"{WIDTH}x{HEIGHT}", "-depth", "8", "rgb:-", machine.path(f"{name}.png")],
                           input=pixels, check=True)
