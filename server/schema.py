"""The server's tables (SQLAlchemy Core). The session folders are the evidence; this database is their index.

Times are text as ``server.clock.iso`` writes it (UTC, milliseconds). Columns named ``*_ms`` are
milliseconds of the session's own clock. Columns named ``sealed_*`` are ``server.at_rest`` ciphertext.
"""

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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ROLES = ("student", "invigilator", "commission", "teacher", "administrator")
SESSION_STATES = ("open", "handed_in", "closed")  # closed: ended by a person or by retention, without a hand-in
FLAG_STATES = ("open", "confirmed", "dismissed")
VERDICTS = ("no_violation", "violation", "technical_failure", "second_look")
VERDICT_STAGES = ("first", "second", "commission")  # server.decisions says who may give which
STATEMENT_KINDS = ("answer", "appeal", "copy")  # what a student wrote or asked for on the own page
NOTICE_KINDS = ("info", "warning", "call", "camera", "time_added")

Time = String(24)

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
    Column("cohort", Float),  # mean distance to the nearest other students; none when there are too few
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
    Column("text", Text, nullable=False),
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
