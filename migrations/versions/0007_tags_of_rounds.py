"""Tags that tell a round's posts from those of another round that was given its number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; the posts of rounds claimed before carry the number alone, and go on answering."""
    op.add_column("rounds", sa.Column("tag", sa.Text))
