"""QEMU's gdb stub, as far as it is needed to change bytes of the guest's memory by their physical address, and to let go
of what QEMU has translated."""

import socket


class Gdb:
    """The guest stands still while this is open."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.stream = self.socket.makefile("rb")
        self.do("Qqemu.PhyMemMode:1")

    def packet(self):
        while self.stream.read(1) != b"$":
            pass  # "+": a packet of ours has come
        text = b""
        while (byte := self.stream.read(1)) != b"#":
            text += byte
        self.stream.read(2)  # the sum
        self.socket.sendall(b"+")
        return text

    def send(self, text):
        packet = text.encode()
        self.socket.sendall(b"$%s#%02x" % (packet, sum(packet) % 256))

    def do(self, text):
        self.send(text)
        while (answer := self.packet()).startswith(b"T"):
            pass  # tells on its own that the guest has stopped
        if answer != b"OK":
            raise RuntimeError(f"gdb stub: {text[:40]}: {answer!r}")

    def write(self, address, data):
        self.do(f"M{address:x},{len(data):x}:{data.hex()}")

    def step(self):
        """One instruction, after which QEMU forgets all it has translated."""
        self.send("s")
        while not self.packet().startswith(b"T05"):
            pass

    def close(self):
        self.do("D")
        self.socket.close()
