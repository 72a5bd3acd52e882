"""Who sits which exam: people, exams, the planned seats and their codes."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from server.schema.ground import Time, metadata

users = Table(
    "users",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("login", String(120), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(200)),  # argon2; none: signs in by code only
    Column("language", String(8), nullable=False, default="en"),
    Column("disabled_at", Time),
    Column("created_at", Time, nullable=False),
)

# Opaque bearer tokens; only their SHA-256 is kept. ``kind``: "client" (ingest) or "review" (cookie of the review site).
tokens = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user", String(32), ForeignKey("users.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("revoked_at", Time),
)

students = Table(
    "students",
    metadata,
    Column("id", String(32), ForeignKey("users.id"), primary_key=True),
    Column("number", String(60), nullable=False, unique=True),
)

# One enrolled picture per student. The picture file lies in pictures/<student>.age, sealed to the review recipients.
references = Table(
    "reference_pictures",
    metadata,
    Column("student", String(32), ForeignKey("students.id"), primary_key=True),
    Column("sealed_template", LargeBinary, nullable=False),
    Column("model", String(80), nullable=False),
    Column("cohort", Float),  # mean distance to the nearest others and an allowance; none when they are too few
    Column("picture_sha256", String(64), nullable=False),
    Column("enrolled_at", Time, nullable=False),
)

exams = Table(
    "exams",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("sealed_paper", LargeBinary, nullable=False),  # server.papers.Paper as JSON, with the right answers
    Column("question_count", Integer, nullable=False),
    Column("rehearsal", Boolean, nullable=False, default=False),
    Column("import_report", JSON, nullable=False),  # list of {"question", "kind", "text"}
    Column("answers_kept_days", Integer),  # days after a hand-in; none: as settings.toml says for all exams
    Column("created_at", Time, nullable=False),
    Column("proctor", String(200), nullable=False, default="", server_default=""),  # as the protocol names them
    Column("order_number", String(120), nullable=False, default="", server_default=""),  # of the order for the exam
    Column("break_rule", JSON),  # server.breaks.BreakRule of its own; none: as settings.toml says for all exams
    Column("markers", Integer, nullable=False, default=1, server_default="1"),  # 2: marked by two teachers
)

# The planned place of one student in one exam; seats/<id>/ holds its signed public key and its sealed private half.
seats = Table(
    "seats",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("exam", String(60), ForeignKey("exams.id"), nullable=False, index=True),
    Column("student", String(32), ForeignKey("students.id"), nullable=False, index=True),
    Column("opens_at", Time, nullable=False),
    Column("closes_at", Time, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("extra_minutes", Integer, nullable=False, default=0),
    Column("streams", JSON, nullable=False),  # required streams; "screen-1" stands for all screens
    Column("kept_days", Integer, nullable=False),
    Column("simulated_camera", String(400)),  # address of a stand-in camera; none: real devices only
    Column("simulated_microphone", Boolean, nullable=False, default=False),
    Column("created_at", Time, nullable=False),
    Column("stopped_at", Time),  # a person ended this student's exam: its time is over from here on
    UniqueConstraint("exam", "student"),
)

codes = Table(
    "codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("student", String(32), ForeignKey("students.id"), nullable=False, index=True),
    Column("seat", String(60), ForeignKey("seats.id")),
    Column("created_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("used_at", Time),
)
