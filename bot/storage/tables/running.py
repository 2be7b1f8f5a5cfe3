"""Tables of what keeps the bot going: notices, heartbeats, outages, installations."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.columns import Id, UtcTime, metadata

# A notice is dropped once told: nothing reads it again.
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("community_id", Id, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("user", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("noted_at", UtcTime, nullable=False),
    sa.Column("tried", sa.Boolean, nullable=False),
    sa.Column("track_id", Id),
    sa.Column("round_id", Id),
    sa.UniqueConstraint("community_id", "key"),
)

heartbeats = sa.Table(
    "heartbeats",
    metadata,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
)

outages = sa.Table(
    "outages",
    metadata,
    sa.Column("platform", sa.Text, primary_key=True),
    sa.Column("since", UtcTime, primary_key=True),
    sa.Column("until", UtcTime, nullable=False),
    sqlite_with_rowid=False,
)

chat_state = sa.Table(
    "chat_state",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

installations = sa.Table(
    "installations",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("sealed_token", sa.Text, nullable=False),
    sa.Column("bot_user", sa.Text, nullable=False),
    sa.Column("installer", sa.Text, nullable=False),
    sa.Column("installed_at", UtcTime, nullable=False),
)

install_states = sa.Table(
    "install_states",
    metadata,
    sa.Column("state", sa.Text, primary_key=True),
    sa.Column("until", UtcTime, nullable=False),
)
