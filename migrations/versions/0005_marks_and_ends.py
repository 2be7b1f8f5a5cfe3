"""Marks of the open round, which practice question a choice was on, and an end to every pause."""

from __future__ import annotations

import time

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
THIRTY_DAYS = 30 * 24 * 3600


def upgrade() -> None:
    """Change the tables; a pause that had no end is given thirty days from now, so that nobody's ends unannounced."""
    op.add_column("rounds", sa.Column("mark_key", sa.Text))
    op.create_table(
        "marks",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "mark", name="pk_marks"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_marks_round_id_rounds"),
        sqlite_with_rowid=False,
    )
    op.add_column("attempts", sa.Column("seed", sa.BigInteger))
    until = sa.bindparam("until", int(time.time()) + THIRTY_DAYS)
    op.execute(sa.text("UPDATE aways SET until = :until WHERE until IS NULL").bindparams(until))
