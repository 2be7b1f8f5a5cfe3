"""Tables of communities and the people in them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.columns import Id, UtcTime, metadata

communities = sa.Table(
    "communities",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("board_shown", sa.Boolean, nullable=False),
    sa.Column("board_right_since", UtcTime),  # null: right answers are not on it
    sa.Column("left_at", UtcTime),  # when we were removed from it; everything goes a while later
    sa.UniqueConstraint("platform", "external_id"),
)

delegates = sa.Table(
    "delegates",
    metadata,
    sa.Column("community_id", Id, sa.ForeignKey("communities.id"), primary_key=True),
    sa.Column("user", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("community_id", Id, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("external_id", sa.Text),  # blank once forgotten
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.Column("role_id", sa.Text),
    sa.UniqueConstraint("community_id", "external_id"),
)

aways = sa.Table(
    "aways",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("since", UtcTime, primary_key=True),
    sa.Column("until", UtcTime),
    sqlite_with_rowid=False,
)
