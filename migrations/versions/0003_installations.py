"""Where the app was installed by others, its tokens encrypted; and who is on the way to install it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "installations",
        sa.Column("workspace", sa.Text, primary_key=True),
        sa.Column("sealed_token", sa.Text, nullable=False),
        sa.Column("bot_user", sa.Text, nullable=False),
        sa.Column("installer", sa.Text, nullable=False),
        sa.Column("installed_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "install_states",
        sa.Column("state", sa.Text, primary_key=True),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
