"""Tables of what a member keeps beside the daily question."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.columns import Id, metadata

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("question_id", sa.Text, nullable=False),
    sa.Column("question_version", sa.Integer, nullable=False),
    sa.Column("option_id", sa.Text, nullable=False),
    sa.Column("shown_position", sa.Integer, nullable=False),
    sa.Column("correct", sa.Boolean, nullable=False),
    sa.Column("seed", sa.BigInteger),  # of the order it was shown in; null before that was kept
    sa.Index("ix_attempts_member_id", "member_id"),
)

review = sa.Table(
    "review",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("question_id", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("question_id", sa.Text, primary_key=True),
    sa.Column("question_version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

roadmap_steps = sa.Table(
    "roadmap_steps",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("step_id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)
