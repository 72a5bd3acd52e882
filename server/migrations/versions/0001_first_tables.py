"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID, NAME, DIGEST = sa.String(length=32), sa.String(length=60), sa.String(length=64)
TIME, WHO = sa.String(length=24), sa.String(length=120)


def upgrade() -> None:
    """In this order: a table comes after those it points to."""
    _audit_chain()
    _people()
    _exams()
    _sessions()
    _recordings()
    _answers()
    _judgements()
    _notices()


def _audit_chain() -> None:
    op.create_table(
        "audit",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", WHO, nullable=False),
        sa.Column("action", NAME, nullable=False),
        sa.Column("object", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("prev", DIGEST, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit")),
    )


def _people() -> None:
    op.create_table(
        "users",
        sa.Column("id", ID, nullable=False),
        sa.Column("login", WHO, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("disabled_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    op.create_table(
        "students",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", NAME, nullable=False),
        sa.ForeignKeyConstraint(["id"], ["users.id"], name=op.f("fk_students_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_students")),
        sa.UniqueConstraint("number", name=op.f("uq_students_number")),
    )
    op.create_table(
        "tokens",
        sa.Column("token_hash", DIGEST, nullable=False),
        sa.Column("user", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name=op.f("fk_tokens_user_users")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_tokens")),
    )
    op.create_index(op.f("ix_tokens_user"), "tokens", ["user"])
    op.create_table(
        "reference_pictures",
        sa.Column("student", ID, nullable=False),
        sa.Column("sealed_template", sa.LargeBinary(), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("cohort", sa.Float(), nullable=True),
        sa.Column("picture_sha256", DIGEST, nullable=False),
        sa.Column("enrolled_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name=op.f("fk_reference_pictures_student_students")),
        sa.PrimaryKeyConstraint("student", name=op.f("pk_reference_pictures")),
    )


def _exams() -> None:
    op.create_table(
        "exams",
        sa.Column("id", NAME, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("sealed_paper", sa.LargeBinary(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("import_report", sa.JSON(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exams")),
    )
    op.create_table(
        "seats",
        sa.Column("id", NAME, nullable=False),
        sa.Column("exam", NAME, nullable=False),
        sa.Column("student", ID, nullable=False),
        sa.Column("opens_at", TIME, nullable=False),
        sa.Column("closes_at", TIME, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("streams", sa.JSON(), nullable=False),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        sa.Column("simulated_camera", sa.String(length=400), nullable=True),
        sa.Column("simulated_microphone", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["exam"], ["exams.id"], name=op.f("fk_seats_exam_exams")),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name=op.f("fk_seats_student_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("exam", "student", name=op.f("uq_seats_exam_student")),
    )
    op.create_index(op.f("ix_seats_exam"), "seats", ["exam"])
    op.create_index(op.f("ix_seats_student"), "seats", ["student"])
    op.create_table(
        "codes",
        sa.Column("code_hash", DIGEST, nullable=False),
        sa.Column("student", ID, nullable=False),
        sa.Column("seat", NAME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_codes_seat_seats")),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name=op.f("fk_codes_student_students")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_codes")),
    )
    op.create_index(op.f("ix_codes_student"), "codes", ["student"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("seat", NAME, nullable=False),
        sa.Column("exam", NAME, nullable=False),
        sa.Column("student", ID, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("nonce", DIGEST, nullable=False),
        sa.Column("first_key", sa.String(length=80), nullable=False),
        sa.Column("session_key", sa.String(length=80), nullable=False),
        sa.Column("pending_grant", sa.Text(), nullable=True),
        sa.Column("pending_elsewhere", sa.Boolean(), nullable=False),
        sa.Column("machine", sa.String(length=80), nullable=False),
        sa.Column("client_token", DIGEST, nullable=False),
        sa.Column("client", sa.JSON(), nullable=False),
        sa.Column("consent_version", NAME, nullable=False),
        sa.Column("consented_at", TIME, nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("handed_in_at", TIME, nullable=True),
        sa.Column("begin", sa.JSON(), nullable=True),
        sa.Column("begin_digest", DIGEST, nullable=True),
        sa.Column("end_reason", sa.String(length=40), nullable=True),
        sa.Column("end_ms", sa.Integer(), nullable=True),
        sa.Column("ledger_n", sa.Integer(), nullable=False),
        sa.Column("ledger_digest", DIGEST, nullable=False),
        sa.Column("identity", sa.String(length=20), nullable=False),
        sa.Column("coverage_claimed", sa.JSON(), nullable=True),
        sa.Column("coverage_opened", sa.JSON(), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("receipt_code", sa.String(length=20), nullable=True),
        sa.Column("held_until", TIME, nullable=True),
        sa.ForeignKeyConstraint(["exam"], ["exams.id"], name=op.f("fk_sessions_exam_exams")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_sessions_seat_seats")),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name=op.f("fk_sessions_student_students")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("seat", name=op.f("uq_sessions_seat")),
    )
    op.create_index(op.f("ix_sessions_exam"), "sessions", ["exam"])
    op.create_index(op.f("ix_sessions_student"), "sessions", ["student"])


def _recordings() -> None:
    op.create_table(
        "ledger_lines",
        sa.Column("session", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("arrived_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_ledger_lines_session_sessions")),
        sa.PrimaryKeyConstraint("session", "n", name=op.f("pk_ledger_lines")),
    )
    op.create_table(
        "refused_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session", ID, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("expected_n", sa.Integer(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("machine", sa.String(length=80), nullable=False),
        sa.Column("arrived_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_refused_lines_session_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_lines")),
    )
    op.create_index(op.f("ix_refused_lines_session"), "refused_lines", ["session"])
    op.create_table(
        "segments",
        sa.Column("session", ID, nullable=False),
        sa.Column("stream", ID, nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("changed", sa.Float(), nullable=True),
        sa.Column("listed_at", TIME, nullable=False),
        sa.Column("held_at", TIME, nullable=True),
        sa.Column("opened_at", TIME, nullable=True),
        sa.Column("opened_ok", sa.Boolean(), nullable=True),
        sa.Column("opened_problem", sa.String(length=200), nullable=True),
        sa.Column("frames", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_segments_session_sessions")),
        sa.PrimaryKeyConstraint("session", "stream", "index", name=op.f("pk_segments")),
    )
    op.create_index(op.f("ix_segments_waiting"), "segments", ["opened_at", "held_at"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("session", ID, nullable=False),
        sa.Column("question", NAME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed_value", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("commitment", DIGEST, nullable=False),
        sa.Column("salt", DIGEST, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_answers_session_sessions")),
        sa.PrimaryKeyConstraint("session", "question", "revision", name=op.f("pk_answers")),
    )


def _judgements() -> None:
    op.create_table(
        "flags",
        sa.Column("id", ID, nullable=False),
        sa.Column("session", ID, nullable=False),
        sa.Column("stream", ID, nullable=False),
        sa.Column("from_ms", sa.Integer(), nullable=False),
        sa.Column("to_ms", sa.Integer(), nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", WHO, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_flags_session_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
    )
    op.create_index(op.f("ix_flags_session"), "flags", ["session"])
    op.create_table(
        "verdicts",
        sa.Column("id", ID, nullable=False),
        sa.Column("session", ID, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", WHO, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_verdicts_session_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
    )
    op.create_index(op.f("ix_verdicts_session"), "verdicts", ["session"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", ID, nullable=False),
        sa.Column("exam", NAME, nullable=False),
        sa.Column("session", ID, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sent_by", WHO, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["exam"], ["exams.id"], name=op.f("fk_notices_exam_exams")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_notices_session_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_exam"), "notices", ["exam"])
    op.create_index(op.f("ix_notices_session"), "notices", ["session"])
    op.create_table(
        "notice_reads",
        sa.Column("notice", ID, nullable=False),
        sa.Column("session", ID, nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_notice_reads_notice_notices")),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_notice_reads_session_sessions")),
        sa.PrimaryKeyConstraint("notice", "session", name=op.f("pk_notice_reads")),
    )
