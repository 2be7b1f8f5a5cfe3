"""When we were removed from a community; a pause's end, which the due date has long held, goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change the tables."""
    op.add_column("communities", sa.Column("left_at", sa.BigInteger))
    op.drop_index("ix_tracks_to_resume", "tracks")
    op.drop_column("tracks", "paused_until")
