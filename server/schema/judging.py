"""What people and rules made of a session: moments, decisions, statements, marks, exports, holds."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)

from server.schema.ground import Time, metadata

flags = Table(
    "flags",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("stream", String(32), nullable=False),
    Column("from_ms", Integer, nullable=False),
    Column("to_ms", Integer, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("values", JSON, nullable=False),
    Column("state", String(12), nullable=False, default="open"),
    Column("reason", Text, nullable=False, default=""),
    Column("decided_by", String(120)),
    Column("decided_at", Time),
    Column("created_at", Time, nullable=False),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", Time, nullable=False),
    Column("stage", String(12), nullable=False, default="first", server_default="first"),
)

# Every decision on a moment, by each person; ``flags`` holds the newest. No foreign key to ``flags``: a moment that is
# open goes with its recording, what was decided about it stays.
flag_decisions = Table(
    "flag_decisions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("flag", String(32), nullable=False, index=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", Time, nullable=False),
)

# What the student wrote on the own page: an answer, an appeal, the wish for a copy.
statements = Table(
    "statements",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", Time, nullable=False),
)

# Marks of the teachers' desk; the newest of each teacher counts. Automatic marks are worked out, not stored.
marks = Table(
    "marks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("question", String(60), nullable=False),
    Column("points", Float, nullable=False),
    Column("comment", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", Time, nullable=False),
)

# An export asked for by one person, allowed or refused by another.
export_requests = Table(
    "export_requests",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("asked_by", String(120), nullable=False),
    Column("asked_at", Time, nullable=False),
    Column("state", String(12), nullable=False),  # waiting, allowed, refused
    Column("decided_by", String(120)),
    Column("decided_at", Time),
)

# A person keeps a recording and its answers beyond their time; in force until somebody lifts it.
holds = Table(
    "holds",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("set_by", String(120), nullable=False),
    Column("set_at", Time, nullable=False),
    Column("lifted_by", String(120)),
    Column("lifted_at", Time),
    Column("lift_reason", Text),
)
