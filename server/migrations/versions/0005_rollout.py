"""computer rooms, readiness of computers, notices of new versions, exam weeks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID, TIME, WHO = sa.String(length=32), sa.String(length=24), sa.String(length=120)


def upgrade() -> None:
    _rooms()
    _versions()


def _rooms() -> None:
    """Computer rooms, and how ready their computers and the students' own are."""
    op.create_table(
        "rooms",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("machines", sa.JSON(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("name", name=op.f("uq_rooms_name")),
    )
    op.create_table(
        "readiness",
        sa.Column("id", ID, nullable=False),
        sa.Column("student", ID, nullable=True),
        sa.Column("room", ID, nullable=True),
        sa.Column("machine", sa.String(length=80), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("system", sa.String(length=120), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["student"], ["students.id"], name=op.f("fk_readiness_student_students")),
        sa.ForeignKeyConstraint(["room"], ["rooms.id"], name=op.f("fk_readiness_room_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness")),
        sa.UniqueConstraint("student", "machine", name=op.f("uq_readiness_student_machine")),
        sa.UniqueConstraint("room", "machine", name=op.f("uq_readiness_room_machine")),
    )
    with op.batch_alter_table("readiness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_readiness_at"), ["at"], unique=False)


def _versions() -> None:
    """Which version is to be installed, and the weeks in which none is offered."""
    op.create_table(
        "releases",
        sa.Column("id", ID, nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.Column("published_by", WHO, nullable=False),
        sa.Column("withdrawn_at", TIME, nullable=True),
        sa.Column("withdrawn_by", WHO, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    with op.batch_alter_table("releases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_releases_published_at"), ["published_at"], unique=False)
    op.create_table(
        "exam_weeks",
        sa.Column("id", ID, nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("marked_by", WHO, nullable=False),
        sa.Column("marked_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_weeks")),
    )
