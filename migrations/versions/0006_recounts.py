"""Which tracks are to be counted again, so that a crash in between forgets none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column."""
    op.add_column("tracks", sa.Column("recount", sa.BigInteger))
