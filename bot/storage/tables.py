"""Every table. Answers, pauses and rounds are the truth; what is derived can be counted again.

Slim on the path of an answer: no index beyond the key on answers, standings kept by (track, member), votes
counted in the round's own row. Every further index there is paid for by every answer.
"""

from __future__ import annotations

import sqlalchemy as sa

from bot.storage.columns import Id, LocalDate, Number, UtcTime

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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

# A community's own bank: counted up with every change, so that whoever holds a copy knows when to read again.
own_banks = sa.Table(
    "own_banks",
    metadata,
    sa.Column("community_id", Id, sa.ForeignKey("communities.id"), primary_key=True, autoincrement=False),
    sa.Column("edition", sa.Integer, nullable=False),
)

# Each as it stands now; a version that was asked is kept in question_versions as well. An id is never used again.
own_questions = sa.Table(
    "own_questions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("community_id", Id, sa.ForeignKey("communities.id"), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Index("ix_own_questions_community_id", "community_id"),
    sqlite_autoincrement=True,
)

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

# Every time a question was missed, or asked in a review: once a day, for a day is all that is kept of the time.
review_log = sa.Table(
    "review_log",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("question_id", sa.Text, primary_key=True),
    sa.Column("day", LocalDate, primary_key=True),
    sa.Column("good", sa.Boolean, nullable=False),  # right and sure
    sa.Column("key_option", sa.Text, nullable=False),  # the right option at the time
    sa.Column("asked_id", sa.Text),  # in a review, itself or a sister; null where it was missed elsewhere
    sqlite_with_rowid=False,
)

# Derived: what the log leads to.
memories = sa.Table(
    "memories",
    metadata,
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), primary_key=True),
    sa.Column("question_id", sa.Text, primary_key=True),
    sa.Column("stability", Number, nullable=False),
    sa.Column("difficulty", Number, nullable=False),
    sa.Column("due", LocalDate, nullable=False),
    sa.Column("last_on", LocalDate, nullable=False),
    sa.Column("key_option", sa.Text, nullable=False),
    sa.Column("asked_id", sa.Text),
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
