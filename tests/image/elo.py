"""A finger on a serial touch panel: the six bytes of an ELO E281A-4002, which the kernel's driver `elo` reads."""

import socket
import threading
import time

LEAST, MOST = 96, 4000  # what the driver says its axes reach to


class Elo:
    def __init__(self, path, width, height, rotation=0):
        """Of the upright picture; `rotation`: how it is turned on the panel, 0, 90 or 270."""
        self.width, self.height, self.rotation = width, height, rotation
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        """To what UEFI writes on every line, and throws it away, as a panel does: or the line is full after some starts, its
        last byte never leaves, and the kernel, which waits for that, does not come to hear the panel."""
        try:
            while self.socket.recv(4096):
                pass
        except OSError:
            pass

    def send(self, x, y, down):
        right, down_there = x / (self.width - 1), y / (self.height - 1)
        turned = {0: (right, down_there), 90: (1 - down_there, right), 270: (down_there, 1 - right)}
        across, along = (LEAST + round(share * (MOST - LEAST)) for share in turned[self.rotation])
        self.socket.sendall(bytes([0xC0 | across >> 6, 0x80 | across & 63, 0x40 | along >> 6, along & 63, 0, int(down)]))

    def tap(self, x, y):
        """Pixels of the picture."""
        self.send(x, y, True)
        time.sleep(0.2)
        self.send(x, y, False)

    def close(self):
        self.socket.close()
