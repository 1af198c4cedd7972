"""What must be, said in a sentence: told as it is found, and counted."""

import time
import traceback

from picture import NotSeen

BOOT_S = 900  # machines may be slow, and busy

counts = {"ok": 0, "not ok": 0}
began = time.monotonic()


def tell(word, what):
    counts[word] += 1
    print(f"{word} - {what} ({time.monotonic() - began:.0f} s)", flush=True)


def wait_until(true, else_what, patience_s=BOOT_S, pause_s=0.2):
    until = time.monotonic() + patience_s
    while not true():
        if time.monotonic() > until:
            raise NotSeen(else_what)
        time.sleep(pause_s)


class Told(Exception):
    """A failure that was counted and told already."""


def fail(what, error):
    tell("not ok", what)
    for line in "".join(traceback.format_exception(error)).splitlines():
        print(f"#   {line}", flush=True)


class Check:
    """with Check("what must be"): ... A failure is told, and ends the group."""

    def __init__(self, what):
        self.what = what

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if not error:
            tell("ok", self.what)
        elif isinstance(error, Exception):
            fail(self.what, error)
            raise Told from error
