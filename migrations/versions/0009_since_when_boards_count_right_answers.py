"""Since when a board counts right answers: no week is on it of which votes were shown."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Boards that count right answers begin with this week; what was shown of the last one cannot be taken back."""
    op.add_column("communities", sa.Column("board_right_since", sa.BigInteger))
    now = sa.bindparam("now", int(time.time()))
    switched_on = "UPDATE communities SET board_right_since = :now WHERE board_by_right_answers"
    op.execute(sa.text(switched_on).bindparams(now))
    op.drop_column("communities", "board_by_right_answers")
