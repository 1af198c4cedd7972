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
    """Paints and reads screens as the kiosk would; `content` is ["--store", DIR] or ["--bundle", DIR]."""

    def __init__(self, build, share, folder, content):
        self.command = [os.path.join(build, "vejviser-replay"), "--share", share, *content, "--size", f"{WIDTH}x{HEIGHT}",
                        "--out", folder]
        self.folder = folder

    def script(self, lines):
        path = os.path.join(self.folder, "screen.replay")
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        run(*self.command, "--time", now, path)

    def shots(self, lines, count):
        self.script(lines)
        return [run("convert", os.path.join(self.folder, f"{at}.png"), "-depth", "8", "rgb:-") for at in range(count)]

    def paint(self, *places):
        """{place: its picture, as Machine.picture() gives them}. A place is as in a script: "home da"."""
        lines = [line for at, place in enumerate(places) for line in (f"place {place}", "wait 2s", f"shot {at}.png")]
        return dict(zip(places, self.shots(lines, len(places))))

    def greetings(self):
        """The same of the screen that waits for somebody: its greetings stand one after the other."""
        lines = ["place attract da"]
        for at in range(LANGUAGES):
            lines += [f"shot {at}.png", f"wait {GREETING_MS}ms"]
        return {f"greeting {at}": shot for at, shot in enumerate(self.shots(lines, LANGUAGES))}

    def middle(self, place, item):
        """Of the item with that id, pixels."""
        self.script([f"place {place}", "dump items"])
        with open(os.path.join(self.folder, "items")) as file:
            for line in file:
                if found := re.match(rf"\d+ \w+ {re.escape(item)} .* (-?\d+),(-?\d+) (\d+)x(\d+)", line):
                    x, y, width, height = map(int, found.groups())
                    return x + width // 2, y + height // 2
        raise KeyError(f"{place}: nothing there is named {item}")


def difference(seen, wanted, lines=(TOP_BAR, HEIGHT)):
    """How many lines differ between the two; all when nothing was seen."""
    if seen is None:
        return lines[1] - lines[0]
    return sum(seen[y * LINE:(y + 1) * LINE] != wanted[y * LINE:(y + 1) * LINE] for y in range(*lines))


class NotSeen(Exception):
    """The screen did not come to show what it should."""


def wait_for(machine, paint, patience_s, lines=(TOP_BAR, HEIGHT)):
    """Until the panel shows, line by line the same, one of the pictures that `paint` makes: its name. They are made
    anew each minute, as the day goes on for the kiosk, too."""
    until = time.monotonic() + patience_s
    painted = None
    while True:
        if painted is None or time.monotonic() - painted > 60:
            wanted, painted = paint(), time.monotonic()
        seen = machine.picture()
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
