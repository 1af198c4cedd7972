"""Who stands before a machine."""

import time

from check import BOOT_S
from machine import HEIGHT
from picture import TOP_BAR, NotSeen, wait_for

SCREEN_S = 300
EARLY_S = 20
TOPIC = "clubs"


class Visitor:
    """A finger and two eyes before a machine."""

    def __init__(self, machine):
        self.machine = machine

    def waits(self, painter):
        """For the screen that greets."""
        wait_for(self.machine, painter.greetings, BOOT_S)

    def sees(self, painter, place, patience_s=SCREEN_S):
        wait_for(self.machine, lambda: painter.paint(place), patience_s)

    def taps(self, painter, place, item):
        self.machine.panel.tap(*painter.middle(place, item))

    def goes_home_by_tablet(self, painter, place):
        """The first taps may come before the kiosk knows the tablet; a second changes nothing."""
        until = time.monotonic() + SCREEN_S
        while True:
            self.machine.tap_tablet(*painter.middle(place, "nav.home"))
            try:
                return self.sees(painter, "home da", 5)
            except NotSeen:
                if time.monotonic() > until:
                    raise

    def chooses_danish(self, painter):
        """From the greeting, by the languages, to the start page. The languages are told in that of the greeting which
        was touched; the lowest bar, where replay could go back, is not looked at."""
        place = self.starts(painter)
        self.taps(painter, place, "language.da")
        self.sees(painter, "home da")

    def starts(self, painter):
        """Which of the screens of languages came. The picture may stand a moment before the panel's line is listened to:
        a tap after which it still greets was too early."""
        places = [f"language {code}" for code in LANGUAGE_CODES]
        either = lambda: {**painter.greetings(), **painter.paint(*places)}
        lines = (TOP_BAR, HEIGHT - 200)
        until = time.monotonic() + SCREEN_S
        while True:
            self.taps(painter, "attract da", "start")
            try:
                return wait_for(self.machine, lambda: painter.paint(*places), EARLY_S, lines)
            except NotSeen:
                if time.monotonic() > until:
                    raise
            shown = wait_for(self.machine, either, SCREEN_S, lines)
            if shown in places:
                return shown

    def opens_topic(self, *painters):
        """Which of the painters made the topic's page that is then seen: it shows words of five pages."""
        self.taps(painters[0], "home da", f"topic.{TOPIC}")
        pictures = lambda: {at: one for at, each in enumerate(painters) for one in each.paint(f"topic da {TOPIC}").values()}
        return wait_for(self.machine, pictures, SCREEN_S)

    def waits_for_last(self, *painters):
        """On the topic's page, until it is as the last of the painters makes it."""
        until = time.monotonic() + BOOT_S
        shown = None
        while shown != len(painters) - 1:
            if time.monotonic() > until:
                raise NotSeen("the edition did not come")
            self.taps(painters[0], f"topic da {TOPIC}", "nav.home")
            self.sees(painters[0], "home da")
            shown = self.opens_topic(*painters)


def site_languages():
    with open("content/site.yaml") as file:
        return [line.split("code: ")[1].split(",")[0] for line in file if "- {code: " in line]


LANGUAGE_CODES = site_languages()
