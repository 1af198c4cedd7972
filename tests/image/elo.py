"""A finger on a serial touch panel: the six bytes of an ELO E281A-4002, which the kernel's driver `elo` reads."""

import socket
import time

LEAST, MOST = 96, 4000  # what the driver says its axes reach to


class Elo:
    def __init__(self, path, width, height):
        self.width, self.height = width, height
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)

    def send(self, x, y, down):
        across = LEAST + round(x * (MOST - LEAST) / (self.width - 1))
        along = LEAST + round(y * (MOST - LEAST) / (self.height - 1))
        self.socket.sendall(bytes([0xC0 | across >> 6, 0x80 | across & 63, 0x40 | along >> 6, along & 63, 0, int(down)]))

    def tap(self, x, y):
        """Pixels of the picture."""
        self.send(x, y, True)
        time.sleep(0.2)
        self.send(x, y, False)

    def close(self):
        self.socket.close()
