"""erasure of recordings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("erased_by", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("erase_reason", sa.Text(), nullable=True))
