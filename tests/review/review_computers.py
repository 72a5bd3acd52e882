"""Computers that reported before an exam, as the readiness board shows them."""

from __future__ import annotations

from typing import Any

from recorded_session import START
from review_hall import Hall
from sqlalchemy import insert

from evidence.packages import Package, Release, sign_release
from server import readiness, schema
from server.clock import after, iso
from server.readiness import Report

NOW = iso(START)
BLACK = {"item": "camera", "state": "failed", "code": "camera_black", "values": {}}
SLOW = {"item": "uplink", "state": "warning", "code": "uplink_slow", "values": {"kbit": "90.5", "needed_kbit": "200"}}
FINE = {"item": "disk", "state": "ok", "code": "disk_ok", "values": {"free_gb": "12.0"}}


def told(hall: Hall, items: list[Any], at: str = NOW, version: str = "0.2.0", **owner: str) -> None:
    machine = owner.pop("machine", "m1")
    report = Report("rehearsal", machine, version, "Linux 6.1", tuple(items))
    hall.database.write(lambda connection: readiness.keep(connection, at, report, **owner))


def pin(hall: Hall, version: str = "0.2.0") -> None:
    release = Release(version, "2026-11-20", (), "/senim/", (Package("linux", "senim_x.deb", "0" * 64),))
    row = {"id": "r1", "version": version, "line": sign_release(release, hall.configuration)}
    row |= {"published_at": NOW, "published_by": "console:it"}
    hall.database.write(lambda connection: connection.execute(insert(schema.releases).values(**row)))


def fill(hall: Hall) -> None:
    """s1 is not ready, s2 ready with a slow line and an old version; a room of three computers: one that nobody
    checked, one that is not ready, one with an old version alone."""
    told(hall, [FINE], student="s1", machine="old", at=after(NOW, days=-1))
    told(hall, [BLACK, FINE], student="s1")
    told(hall, [SLOW, FINE], version="0.1.0", student="s2")
    machines = ["k204-01", "k204-02", "k204-03.campus.example.edu"]
    room = {"id": "room1", "name": "204", "machines": machines, "made_at": NOW}
    hall.database.write(lambda connection: connection.execute(insert(schema.rooms).values(**room)))
    told(hall, [BLACK], room="room1", machine=machines[1])
    told(hall, [FINE], version="0.1.0", room="room1", machine=machines[2])
    pin(hall)
