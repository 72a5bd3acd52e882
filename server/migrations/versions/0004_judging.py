"""second verdicts, statements of students, marks, exports with approval, ending and pausing"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("verdicts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stage", sa.String(length=12), nullable=False, server_default="first"))
    with op.batch_alter_table("exams", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proctor", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("order_number", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("markers", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stopped_at", sa.String(length=24), nullable=True))
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_at", sa.String(length=24), nullable=True))

    time, who = sa.String(length=24), sa.String(length=120)
    _table(
        "flag_decisions",
        sa.Column("flag", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", who, nullable=False),
        sa.Column("at", time, nullable=False),
    )
    with op.batch_alter_table("flag_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_decisions_flag"), ["flag"], unique=False)
    _carry_over(op.get_bind())
    _table(
        "statements",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", who, nullable=False),
        sa.Column("at", time, nullable=False),
    )
    _table(
        "marks",
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("by", who, nullable=False),
        sa.Column("at", time, nullable=False),
    )
    _table(
        "export_requests",
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", who, nullable=False),
        sa.Column("asked_at", time, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_by", who, nullable=True),
        sa.Column("decided_at", time, nullable=True),
    )


def _carry_over(connection: sa.Connection) -> None:
    """Decisions of the time before this table stand in the audit chain, each of them; without them a moment would be
    open again for everybody."""
    rows = connection.execute(sa.text("SELECT n, at, who, object, details FROM audit WHERE action = 'flag-decided'"))
    for n, at, who, subject, details in rows.all():
        said = json.loads(details) if isinstance(details, str) else details
        connection.execute(
            sa.text(
                'INSERT INTO flag_decisions (id, session, flag, state, reason, "by", at) '
                "SELECT :id, id, :flag, :state, :reason, :who, :at FROM sessions WHERE id = :session"
            ),
            {
                "id": f"audit-{n}", "session": str(subject).removeprefix("session/"), "flag": said.get("flag", ""),
                "state": said.get("state", ""), "reason": said.get("reason", ""), "who": who, "at": at,
            },
        )  # fmt: skip


def _table(name: str, *columns: sa.Column[object]) -> None:
    """A table of rows that belong to a session."""
    op.create_table(
        name,
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f(f"fk_{name}_session_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_session"), ["session"], unique=False)
