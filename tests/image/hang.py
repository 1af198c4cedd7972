"""A kiosk that hangs, in an image that has nothing to make it hang: a function of it, as it lies in the memory of the
machine, is overwritten with an endless loop, from outside, and written back later. What is on the disk stays."""

import re

from disk import run

LOOP = b"\xeb\xfe"  # jmp to itself
PAGE = 4096
ALIKE = 12  # bytes of the function that show it is the same


def function(program, name):
    """Offset of its first byte in the file."""
    for line in run("readelf", "-sW", program).decode().splitlines():
        field = line.split()
        if len(field) == 8 and field[7] == name and field[3] == "FUNC":
            address = int(field[1], 16)
            break
    else:
        raise KeyError(f"{program}: has no function {name}")
    for line in run("readelf", "-lW", program).decode().splitlines():
        if found := re.match(r"\s+LOAD\s+(\w+) (\w+) \w+ (\w+)", line):
            at, begin, length = (int(number, 16) for number in found.groups())
            if begin <= address < begin + length:
                return at + address - begin
    raise KeyError(f"{program}: {name} is in no segment")


class Hang:
    """From here on the kiosk hangs as soon as it runs the function `name`, until undo(). `program` is it with its symbols,
    `installed` the bytes of the one in the image, which has none but is otherwise laid out alike."""

    def __init__(self, machine, program, installed, name):
        at = function(program, name)
        with open(program, "rb") as file:
            if file.read()[at:at + ALIKE] != installed[at:at + ALIKE]:
                raise RuntimeError(f"the kiosk in the image is of another build than {program}")
        begin = at - at % PAGE
        page = installed[begin:begin + PAGE]
        memory = machine.memory()
        found, place = [], memory.find(page)
        while place >= 0:
            if place % PAGE == 0:
                found.append(place + at - begin)
            place = memory.find(page, place + 1)
        if not found:
            raise RuntimeError("the kiosk's program is not in the memory of the machine")
        self.machine, self.places, self.was = machine, found, installed[at:at + len(LOOP)]
        machine.poke(found, LOOP)

    def undo(self):
        self.machine.poke(self.places, self.was)
