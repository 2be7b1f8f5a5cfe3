"""Which daily question a notice is about, and which round waits for a manager's decision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; notices kept from before are about nothing in particular."""
    for name in ("track_id", "round_id"):
        op.add_column("notices", sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
