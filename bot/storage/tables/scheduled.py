"""Tables of tracks, of their rounds, and of what was asked."""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.tables.columns import Id, LocalDate, UtcTime, metadata

tracks = sa.Table(
    "tracks",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("community_id", Id, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("local_time", sa.Text, nullable=False),  # HH:MM
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("weekdays", sa.Text, nullable=False),  # digits, 0 is Monday
    sa.Column("topics", sa.Text, nullable=False),  # ids joined by commas; empty for all
    sa.Column("level", sa.Text),
    sa.Column("repeats", sa.Text, nullable=False),
    sa.Column("ping_role", sa.Text),
    sa.Column("catch_up_seconds", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("saved_by", sa.Text, nullable=False),
    sa.Column("next_local_date", LocalDate),
    sa.Column("next_due_at", UtcTime),
    sa.Column("next_seq", sa.Integer, nullable=False),
    sa.Column("pause_reason", sa.Text),
    sa.Column("pause_detail", sa.Text),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("tag", sa.Text),
    sa.Column("recount", sa.BigInteger),  # which withdrawal or pause its standings are to be counted again for
    sa.Index("ix_tracks_community_id", "community_id"),
    sqlite_autoincrement=True,
)
_RUNNING = sa.text("state = 'running'")
sa.Index("ix_tracks_due", tracks.c.next_due_at, sqlite_where=_RUNNING, postgresql_where=_RUNNING)

days_off = sa.Table(
    "days_off",
    metadata,
    sa.Column("track_id", Id, sa.ForeignKey("tracks.id"), primary_key=True),
    sa.Column("day", LocalDate, primary_key=True),
    sqlite_with_rowid=False,
)

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("track_id", Id, sa.ForeignKey("tracks.id"), nullable=False),
    sa.Column("local_date", LocalDate, nullable=False),  # nominal, not the date of the instant
    sa.Column("due_at", UtcTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer),
    sa.Column("nth_in_week", sa.Integer),
    sa.Column("question_id", sa.Text),
    sa.Column("question_version", sa.Integer),
    sa.Column("option_order", sa.Text, nullable=False),  # option ids, one letter each
    sa.Column("asked_before", sa.Boolean, nullable=False),
    sa.Column("excused", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("first_attempt_at", UtcTime),
    sa.Column("retry_at", UtcTime),
    sa.Column("lease_until", UtcTime),
    sa.Column("message_ref", sa.Text),
    sa.Column("tag", sa.Text),  # null: claimed before posts carried one
    sa.Column("posted_at", UtcTime),
    sa.Column("closed_at", UtcTime),
    sa.Column("reveal_at", UtcTime),  # null: the post shows what it should
    sa.Column("mark_key", sa.Text),  # made when the first member who answered is forgotten, gone when it closes
    sa.Column("n_a", sa.Integer, nullable=False),
    sa.Column("n_b", sa.Integer, nullable=False),
    sa.Column("n_c", sa.Integer, nullable=False),
    sa.Column("n_d", sa.Integer, nullable=False),
    sa.Column("n_unsure", sa.Integer, nullable=False),
    sa.UniqueConstraint("track_id", "local_date"),
    sa.UniqueConstraint("track_id", "seq"),
    sqlite_autoincrement=True,
)
# Spelled with OR: SQLite proves that "state = 'due'" falls under it, which it does not for IN.
_TO_SEND = sa.text("state = 'due' OR state = 'sending'")
_OPEN = sa.text("state = 'open'")
_TO_REVEAL = sa.text("reveal_at IS NOT NULL")
sa.Index("ix_rounds_to_send", rounds.c.due_at, sqlite_where=_TO_SEND, postgresql_where=_TO_SEND)
sa.Index("ix_rounds_open", rounds.c.track_id, rounds.c.posted_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
sa.Index("ix_rounds_to_reveal", rounds.c.reveal_at, sqlite_where=_TO_REVEAL, postgresql_where=_TO_REVEAL)

question_versions = sa.Table(
    "question_versions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", sa.JSON, nullable=False),
    sqlite_with_rowid=False,
)
