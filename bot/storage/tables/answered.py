"""Tables of answers to rounds, and of what is counted from them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.columns import Id, metadata

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("round_id", Id, sa.ForeignKey("rounds.id"), primary_key=True),
    sa.Column("member_id", Id, primary_key=True),
    sa.Column("option_id", sa.Text, nullable=False),
    sa.Column("shown_position", sa.Integer, nullable=False),
    sa.Column("correct", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)

# Who answered an open round and was forgotten since: a hash of the person's id under the round's key.
marks = sa.Table(
    "marks",
    metadata,
    sa.Column("round_id", Id, sa.ForeignKey("rounds.id"), primary_key=True),
    sa.Column("mark", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)

standings = sa.Table(
    "standings",
    metadata,
    sa.Column("track_id", Id, sa.ForeignKey("tracks.id"), primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("streak", sa.Integer, nullable=False),
    sa.Column("best", sa.Integer, nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("freezes", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

points = sa.Table(
    "points",
    metadata,
    sa.Column("track_id", Id, sa.ForeignKey("tracks.id"), primary_key=True),
    sa.Column("week", sa.Text, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
