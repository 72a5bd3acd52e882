"""A desktop's services on a private bus: login1 and a screen saver that do as they are told on standard input.

Writes what it was asked, one word list a line: ``inhibit WHAT``, ``released WHAT``. Orders: ``set NAME 0|1``
(Active, LockedHint, LidClosed, Saver), ``sleep 0|1`` (announced, over), ``refuse WHAT`` (an inhibition).
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

LOGIN, SAVER = "org.freedesktop.login1", "org.freedesktop.ScreenSaver"
PATH, SESSION_PATH = "/org/freedesktop/login1", "/org/freedesktop/login1/session/_31"
DENIED = "org.freedesktop.DBus.Error.AccessDenied"


def say(*words: str) -> None:
    print(*words, flush=True)


class Desktop:
    def __init__(self, address: str) -> None:
        self.bus = open_dbus_connection(address, enable_fds=True)
        for name in (LOGIN, SAVER):
            self.bus.send_and_get_reply(message_bus.RequestName(name))
        gone = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
        self.bus.send_and_get_reply(message_bus.AddMatch(gone))
        self.signs = {"Active": True, "LockedHint": False, "LidClosed": False, "Saver": False}
        self.refused: set[str] = set()
        self.held: dict[int, str] = {}  # the reading ends of login1's inhibitors
        self.savers: dict[str, str] = {}
        self.answers: dict[str, Callable[[Any], tuple[str, tuple[Any, ...]]]] = {
            "GetSessionByPID": lambda _m: ("o", (SESSION_PATH,)),
            "Get": lambda m: ("v", (("b", self.signs[m.body[1]]),)),
            "GetActive": lambda _m: ("b", (self.signs["Saver"],)),
        }

    def run(self) -> None:
        say("ready")
        while True:
            ready, _, _ = select.select([self.bus.sock, sys.stdin, *self.held], [], [])
            for reading in set(ready) & set(self.held):
                os.close(reading)
                say("released", self.held.pop(reading))
            if self.bus.sock in ready:
                self._receive()
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                self._order(line.split())

    def _receive(self) -> None:
        try:
            while True:
                self._handle(self.bus.receive(timeout=0))
        except TimeoutError:
            pass

    def _handle(self, message: Any) -> None:
        fields = message.header.fields
        member, sender = fields.get(HeaderFields.member, ""), fields.get(HeaderFields.sender, "")
        if message.header.message_type is MessageType.signal and member == "NameOwnerChanged":
            if not message.body[2] and message.body[0] in self.savers:
                say("released", self.savers.pop(message.body[0]))
        elif message.header.message_type is not MessageType.method_call:
            return
        elif member == "Inhibit" and fields[HeaderFields.interface] == SAVER:
            self.savers[sender] = "saver"
            self.bus.send(new_method_return(message, "u", (7,)))
            say("inhibit", "saver")
        elif member == "Inhibit":
            self._inhibit(message)
        elif member in self.answers and fields.get(HeaderFields.path) != "/org/gnome/ScreenSaver":
            self.bus.send(new_method_return(message, *self.answers[member](message)))
        else:
            self.bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _inhibit(self, message: Any) -> None:
        what, mode = message.body[0], message.body[3]
        if what in self.refused:
            self.bus.send(new_error(message, DENIED))
            return
        reading, writing = os.pipe()
        self.held[reading] = what
        self.bus.send(new_method_return(message, "h", (writing,)))
        os.close(writing)
        say("inhibit", what, mode)

    def _order(self, words: list[str]) -> None:
        if words[0] == "refuse":
            self.refused.add(words[1])
        elif words[0] == "sleep":
            manager = DBusAddress(PATH, interface=f"{LOGIN}.Manager")
            self.bus.send(new_signal(manager, "PrepareForSleep", "b", (words[1] == "1",)))
        elif words[1] == "Saver":
            self.signs["Saver"] = words[2] == "1"
            saver = DBusAddress("/org/freedesktop/ScreenSaver", interface=SAVER)
            self.bus.send(new_signal(saver, "ActiveChanged", "b", (self.signs["Saver"],)))
        else:
            self.signs[words[1]] = words[2] == "1"
            session = DBusAddress(SESSION_PATH, interface="org.freedesktop.DBus.Properties")
            body = (f"{LOGIN}.Session", {words[1]: ("b", words[2] == "1")}, [])
            self.bus.send(new_signal(session, "PropertiesChanged", "sa{sv}as", body))
        say("done")


if __name__ == "__main__":
    Desktop(sys.argv[1]).run()
