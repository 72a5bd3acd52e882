"""A D-Bus connection reduced to what this room needs: short calls, and signals that say "look again"."""

from __future__ import annotations

from collections import deque
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, MessageFlag, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from client.system.keep_awake import Refused

SYSTEM, SESSION = "SYSTEM", "SESSION"
_PATIENCE_S = 1.0
_MOST_SIGNALS = 64  # more than one look needs; the rest say the same


class Bus:
    """One connection, used from one thread. Methods raise ``Refused``: nobody answers, not in time, or not to us.

    No service is ever started by a question of ours.
    """

    def __init__(self, which: str) -> None:
        """``which``: SYSTEM or SESSION."""
        self.open = False
        try:
            self._connection: DBusConnection = open_dbus_connection(which, enable_fds=True)
        except (OSError, KeyError, StopIteration, ValueError, RuntimeError) as error:
            raise Refused(f"no {which.lower()} bus: {error!r}") from error
        self.open = True
        self._signals: deque[Message] = deque(maxlen=_MOST_SIGNALS)
        self._filter = self._connection.filter(MatchRule(type="signal"), queue=self._signals)

    def call(self, service: str, path: str, method: str, signature: str = "", *values: Any) -> tuple[Any, ...]:
        """``method`` with its interface: ``org.freedesktop.login1.Manager.Inhibit``."""
        interface, _, member = method.rpartition(".")
        address = DBusAddress(path, bus_name=service, interface=interface)
        message = new_method_call(address, member, signature or None, values)
        message.header.flags |= MessageFlag.no_auto_start
        return self._ask(message, method)

    def property(self, service: str, path: str, name: str) -> Any:
        """``name`` with its interface."""
        interface, _, member = name.rpartition(".")
        get = "org.freedesktop.DBus.Properties.Get"
        ((_, value),) = self.call(service, path, get, "ss", interface, member)
        return value

    def listen(self, **rule: str) -> None:
        """Hear signals of this kind (``sender``, ``path``, ``interface``, ``member``)."""
        self._ask(message_bus.AddMatch(MatchRule(type="signal", **rule)), "AddMatch")

    def signals(self) -> list[Message]:
        """Those that came since the last time; does not wait. Raises ``Refused`` when the bus is gone."""
        try:
            while True:
                self._connection.recv_messages(timeout=0)
        except TimeoutError:
            pass
        except (OSError, ValueError, RuntimeError) as error:
            self.close()
            raise Refused(f"the bus is gone: {error!r}") from error
        heard = list(self._signals)
        self._signals.clear()
        return heard

    def fileno(self) -> int:
        return int(self._connection.sock.fileno())

    def close(self) -> None:
        if self.open:
            self.open = False
            self._filter.close()
            self._connection.close()

    def _ask(self, message: Message, what: str) -> tuple[Any, ...]:
        try:
            reply = self._connection.send_and_get_reply(message, timeout=_PATIENCE_S)
        except TimeoutError as error:
            raise Refused(f"{what}: no answer") from error
        except (OSError, ValueError, RuntimeError) as error:
            self.close()
            raise Refused(f"{what}: {error!r}") from error
        if reply.header.message_type is MessageType.error:
            raise Refused(f"{what}: {reply.body}")
        return tuple(reply.body)
