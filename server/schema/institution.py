"""The institution's own: the audit chain, computer rooms, readiness, notices of versions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from server.schema.ground import Time, metadata

# Hash chain of who watched, decided, exported, changed. Written by server.audit only.
audit = Table(
    "audit",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", Time, nullable=False),
    Column("who", String(120), nullable=False),
    Column("action", String(60), nullable=False),
    Column("object", String(200), nullable=False),
    Column("details", JSON, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)

# A computer room of the institution. Its token is derived from the at-rest key (server.rooms): nothing secret is here.
rooms = Table(
    "rooms",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("machines", JSON, nullable=False),  # names of its computers in small letters
    Column("made_at", Time, nullable=False),
)

# The newest check of one computer: of a student's own (``student``), or of a room (``room``). Hints for people.
readiness = Table(
    "readiness",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("student", String(32), ForeignKey("students.id")),
    Column("room", String(32), ForeignKey("rooms.id")),
    Column("machine", String(80), nullable=False),  # a room's: its name; a student's: the installation's random id
    Column("how", String(12), nullable=False),  # check, rehearsal
    Column("ready", Boolean, nullable=False),
    Column("version", String(40), nullable=False),
    Column("system", String(120), nullable=False),
    Column("items", JSON, nullable=False),  # [{"item", "state", "code", "values"}]: hostile text
    Column("at", Time, nullable=False, index=True),
    UniqueConstraint("student", "machine"),
    UniqueConstraint("room", "machine"),
)

# Notices of a version that students' computers should have; the newest that was not withdrawn counts.
releases = Table(
    "releases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("version", String(40), nullable=False),
    Column("line", Text, nullable=False),  # signed by the configuration key, see evidence.packages
    Column("published_at", Time, nullable=False, index=True),
    Column("published_by", String(120), nullable=False),
    Column("withdrawn_at", Time),
    Column("withdrawn_by", String(120)),
)

# Days on which nobody is told of a new version. ISO days of the institution's own calendar, the last one included.
exam_weeks = Table(
    "exam_weeks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("note", String(200), nullable=False),
    Column("marked_by", String(120), nullable=False),
    Column("marked_at", Time, nullable=False),
)
