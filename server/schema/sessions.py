"""What came from one sitting: its ledger, segments and answers, and what was said and granted in it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from server.schema.ground import Time, metadata

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("seat", String(60), ForeignKey("seats.id"), nullable=False, unique=True),
    Column("exam", String(60), ForeignKey("exams.id"), nullable=False, index=True),
    Column("student", String(32), ForeignKey("students.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False, default="open"),
    Column("nonce", String(64), nullable=False),
    Column("first_key", String(80), nullable=False),  # the session key the ledger begins with
    Column("session_key", String(80), nullable=False),  # the one in force now
    Column("pending_grant", Text),  # signed line for a new key whose "resume" has not arrived yet
    Column("pending_elsewhere", Boolean, nullable=False, default=False),  # ... and the old key's machine is out
    Column("machine", String(80), nullable=False),
    Column("client_token", String(64), nullable=False),  # digest of the token that opened it last: the client in charge
    Column("client", JSON, nullable=False),  # {"name","version","system"} as the client said: hostile text
    Column("consent_version", String(60), nullable=False),
    Column("consented_at", Time, nullable=False),
    Column("simulated", Boolean, nullable=False, default=False),  # the ledger names a stand-in camera or microphone
    Column("opened_at", Time, nullable=False),
    Column("seen_at", Time, nullable=False),
    Column("started_at", Time),  # the paper was released: exam time runs
    Column("handed_in_at", Time),
    Column("begin", JSON),  # payload of the ledger's first line: streams, devices, simulated ...: hostile text
    Column("begin_digest", String(64)),
    Column("end_reason", String(40)),  # set once the ledger's "end" line is held
    Column("end_ms", Integer),
    Column("ledger_n", Integer, nullable=False, default=-1),
    Column("ledger_digest", String(64), nullable=False, default=""),
    # "": no identity finding in the ledger yet; "noted": one is, sealed; the review process writes its outcome here
    Column("identity", String(20), nullable=False, default=""),
    # {stream: evidence.coverage.StreamCoverage.to_json()}, gaps as [{"from","to","cause"}] in session ms
    Column("coverage_claimed", JSON),
    Column("coverage_opened", JSON),  # the same, written by the review process
    Column("receipt", Text),  # closing receipt, signed line
    Column("receipt_code", String(20)),
    Column("held_until", Time),  # retention: kept at least until here; set while a case is open
    # The recording was erased: when, by whom, and why ("" = its retention was over). The files go after this is set.
    Column("erased_at", Time),
    Column("erased_by", String(120)),
    Column("erase_reason", Text),
    Column("answers_erased_at", Time),  # the answers have a period of their own
    Column("looked_at", Time),  # a board showed its newest pictures; the client sends them sooner for a while
    Column("paused_at", Time),  # a person asked the student to wait; the minutes are given back at the end of it
)

# One row per accepted ledger line; the line itself lies in sessions/<id>/ledger.txt at this byte offset.
ledger_lines = Table(
    "ledger_lines",
    metadata,
    Column("session", String(32), ForeignKey("sessions.id"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("type", String(20), nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("name", String(60), nullable=False, default=""),  # event: name, finding: about, gap: cause, else ""
    Column("offset", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("arrived_at", Time, nullable=False),
)

# Lines that were not accepted, kept as they came (forged, or a fork of an old key): shown, never part of the ledger.
refused_lines = Table(
    "refused_lines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("code", String(30), nullable=False),
    Column("expected_n", Integer, nullable=False),
    Column("line", Text, nullable=False),
    Column("machine", String(80), nullable=False, default=""),
    Column("arrived_at", Time, nullable=False),
)

# One row per "segment" line of the ledger.
segments = Table(
    "segments",
    metadata,
    Column("session", String(32), ForeignKey("sessions.id"), primary_key=True),
    Column("stream", String(32), primary_key=True),
    Column("index", Integer, primary_key=True),
    Column("part", Integer, nullable=False),
    Column("start_ms", Integer, nullable=False),
    Column("end_ms", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("changed", Float),
    Column("listed_at", Time, nullable=False),
    Column("held_at", Time),  # the bytes are in the store; none again once they are erased
    Column("opened_at", Time),  # the review process opened it
    Column("opened_ok", Boolean),
    Column("opened_problem", String(200)),
    Column("frames", Integer),  # counted when opened
)
Index("ix_segments_waiting", segments.c.opened_at, segments.c.held_at)

# Every revision of every answer. ``sealed_value``: JSON text under the at-rest key.
answers = Table(
    "answers",
    metadata,
    Column("session", String(32), ForeignKey("sessions.id"), primary_key=True),
    Column("question", String(60), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("sealed_value", LargeBinary, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("commitment", String(64), nullable=False),
    Column("salt", String(64), nullable=False),
    Column("received_at", Time, nullable=False),
    Column("late", Boolean, nullable=False, default=False),  # arrived in the grace after the end
)

# A message to one session, or (``session`` empty) to every session of the exam.
notices = Table(
    "notices",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("exam", String(60), ForeignKey("exams.id"), nullable=False, index=True),
    Column("session", String(32), ForeignKey("sessions.id"), index=True),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),  # the first of ``texts``, or alone, its language not known
    Column("texts", JSON),  # {language: text}
    Column("minutes", Integer, nullable=False, default=0),  # time_added: minutes on top
    Column("sent_by", String(120), nullable=False),
    Column("sent_at", Time, nullable=False),
)

# A break of one session; ``server.breaks`` keeps the states. ``decided_by``: "" where the institution's rule grants it.
breaks = Table(
    "breaks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), nullable=False, index=True),
    Column("state", String(12), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("stops_clock", Boolean, nullable=False),
    Column("asked_at", Time, nullable=False),
    Column("decided_by", String(120)),
    Column("decided_at", Time),
    Column("began_at", Time),
    Column("ended_at", Time),
)

notice_reads = Table(
    "notice_reads",
    metadata,
    Column("notice", String(32), ForeignKey("notices.id"), primary_key=True),
    Column("session", String(32), ForeignKey("sessions.id"), primary_key=True),
    Column("read_at", Time, nullable=False),
)

# What ``evidence.verify`` found of the session's folder as it was then; ``server.review.verification`` knows ``state``.
verifications = Table(
    "verifications",
    metadata,
    Column("session", String(32), ForeignKey("sessions.id"), primary_key=True),
    Column("state", Text, nullable=False),
    Column("report", JSON, nullable=False),  # evidence.report.Report without its coverage
    Column("verified_at", Time, nullable=False, index=True),
)
