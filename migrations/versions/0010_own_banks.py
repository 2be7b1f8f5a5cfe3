"""A community's own bank."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "own_banks",
        sa.Column(
            "community_id",
            Id,
            sa.ForeignKey("communities.id", name="fk_own_banks_community_id_communities"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("community_id", name="pk_own_banks"),
    )
    op.create_table(
        "own_questions",
        sa.Column("id", Id, nullable=False),
        sa.Column(
            "community_id",
            Id,
            sa.ForeignKey("communities.id", name="fk_own_questions_community_id_communities"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_questions_community_id", "own_questions", ["community_id"])
