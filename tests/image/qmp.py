"""QMP: the socket over which QEMU is steered, one JSON object a line."""

import json
import socket
import time


class Qmp:
    """Waits until QEMU listens at `path`. Events are kept in `events`, in order of coming."""

    def __init__(self, path, patience_s=30):
        self.events = []
        self.socket = socket.socket(socket.AF_UNIX)
        until = time.monotonic() + patience_s
        while True:
            try:
                self.socket.connect(path)
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        self.lines = self.socket.makefile("rb")
        self.read()
        self.do("qmp_capabilities")

    def read(self):
        line = self.lines.readline()
        if not line:
            raise EOFError("QEMU has ended")
        return json.loads(line)

    def do(self, command, **arguments):
        self.socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = self.read()
            if "event" in answer:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{command}: {answer['error']['desc']}")
            else:
                return answer["return"]

    def happened(self, event):
        """How many times so far."""
        self.do("query-status")  # takes in what has come
        return sum(one["event"] == event for one in self.events)
