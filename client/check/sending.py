"""``senim --check`` tells the institution what it found: as a computer of a room that the configuration names, or as
the student who gives a login. Anything else stays on this computer."""

from __future__ import annotations

import contextlib
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client.engine import check_report
from client.errors import SenimError
from client.machine import machine_name
from client.release import Update, read_update
from client.rooms import room_of
from client.settings import InstitutionConfig
from client.upload.transport import Transport, word_of
from evidence.packages import PackagesError
from evidence.signing import VerifyingKey


@dataclass(frozen=True)
class Student:
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Sender:
    """Whom the report is from. ``to_sign_out``: a student signed in for it."""

    name: str  # the room's, or the student's login
    machine: str
    to_sign_out: bool


def sender(
    config: InstitutionConfig, transport: Transport, data_dir: Path, student: Student | None, host: str = ""
) -> Sender | None:
    """Signs ``transport`` in. None where this computer belongs to no room and nobody gave a login. Raises
    ``SenimError``, ``OSError``."""
    if student is not None:
        transport.sign_in(student.login, student.password)
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Sender(student.login, machine_name(data_dir), True)
    found = room_of(config.rooms, host or platform.node())
    if found is None:
        return None
    room, machine = found
    transport.use_token(room.token)
    return Sender(room.name, machine, False)


def send(transport: Transport, who: Sender, items: list[dict[str, Any]]) -> str:
    """Empty when the institution has it, else the word for why not."""
    try:
        transport.report(check_report.body(check_report.CHECK, who.machine, items))
    except SenimError as error:
        return word_of(error)
    finally:
        if who.to_sign_out:
            with contextlib.suppress(SenimError):  # the token ends by itself
                transport.sign_out()
    return ""


def look_for_update(transport: Transport, config: InstitutionConfig, own: str) -> tuple[Update | None, str]:
    """The version to change to, and the word for why a notice was not believed or could not be had."""
    try:
        key = VerifyingKey.from_text(config.verifying_key)
        return read_update(transport.release(), key, own, config.server), ""
    except PackagesError as error:
        return None, error.code
    except SenimError as error:
        return None, word_of(error)
