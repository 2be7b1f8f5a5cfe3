"""Every table of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Time = sa.BigInteger  # seconds since 1970


def upgrade() -> None:
    """Make the tables."""
    _communities_and_members()
    _tracks_and_rounds()
    _answers_and_standings()
    _practice_and_roadmap()
    _running()


def _partial_index(name: str, table: str, *columns: str, where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _communities_and_members() -> None:
    op.create_table(
        "communities",
        sa.Column("id", Id, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("external_id", sa.Text, nullable=False),
        sa.Column("board_shown", sa.Boolean, nullable=False),
        sa.Column("board_by_right_answers", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_communities"),
        sa.UniqueConstraint("platform", "external_id", name="uq_communities_platform_external_id"),
    )
    op.create_table(
        "delegates",
        sa.Column("community_id", Id, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("community_id", "user", name="pk_delegates"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_delegates_community_id_communities"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "members",
        sa.Column("id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("external_id", sa.Text),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("role_id", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_members_community_id_communities"),
        sa.UniqueConstraint("community_id", "external_id", name="uq_members_community_id_external_id"),
    )
    op.create_table(
        "aways",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("since", Time, nullable=False),
        sa.Column("until", Time),
        sa.PrimaryKeyConstraint("member_id", "since", name="pk_aways"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_aways_member_id_members"),
        sqlite_with_rowid=False,
    )


def _tracks_and_rounds() -> None:
    op.create_table(
        "tracks",
        sa.Column("id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("local_time", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("weekdays", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("level", sa.Text),
        sa.Column("repeats", sa.Text, nullable=False),
        sa.Column("ping_role", sa.Text),
        sa.Column("catch_up_seconds", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
        sa.Column("next_local_date", sa.Date),
        sa.Column("next_due_at", Time),
        sa.Column("next_seq", sa.Integer, nullable=False),
        sa.Column("pause_reason", sa.Text),
        sa.Column("pause_detail", sa.Text),
        sa.Column("paused_until", sa.Date),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tracks"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_tracks_community_id_communities"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tracks_community_id", "tracks", ["community_id"])
    _partial_index("ix_tracks_due", "tracks", "next_due_at", where="state = 'running'")
    _partial_index("ix_tracks_to_resume", "tracks", "paused_until", where="paused_until IS NOT NULL")
    op.create_table(
        "days_off",
        sa.Column("track_id", Id, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("track_id", "day", name="pk_days_off"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name="fk_days_off_track_id_tracks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rounds",
        sa.Column("id", Id, nullable=False),
        sa.Column("track_id", Id, nullable=False),
        sa.Column("local_date", sa.Date, nullable=False),
        sa.Column("due_at", Time, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer),
        sa.Column("nth_in_week", sa.Integer),
        sa.Column("question_id", sa.Text),
        sa.Column("question_version", sa.Integer),
        sa.Column("option_order", sa.Text, nullable=False),
        sa.Column("asked_before", sa.Boolean, nullable=False),
        sa.Column("excused", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_attempt_at", Time),
        sa.Column("retry_at", Time),
        sa.Column("lease_until", Time),
        sa.Column("message_ref", sa.Text),
        sa.Column("posted_at", Time),
        sa.Column("closed_at", Time),
        sa.Column("reveal_at", Time),
        sa.Column("n_a", sa.Integer, nullable=False),
        sa.Column("n_b", sa.Integer, nullable=False),
        sa.Column("n_c", sa.Integer, nullable=False),
        sa.Column("n_d", sa.Integer, nullable=False),
        sa.Column("n_unsure", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name="fk_rounds_track_id_tracks"),
        sa.UniqueConstraint("track_id", "seq", name="uq_rounds_track_id_seq"),
        sa.UniqueConstraint("track_id", "local_date", name="uq_rounds_track_id_local_date"),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_rounds_open", "rounds", "track_id", "posted_at", where="state = 'open'")
    _partial_index("ix_rounds_to_reveal", "rounds", "reveal_at", where="reveal_at IS NOT NULL")
    _partial_index("ix_rounds_to_send", "rounds", "due_at", where="state = 'due' OR state = 'sending'")


def _answers_and_standings() -> None:
    op.create_table(
        "question_versions",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_question_versions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answers",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("option_id", sa.Text, nullable=False),
        sa.Column("shown_position", sa.Integer, nullable=False),
        sa.Column("correct", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "member_id", name="pk_answers"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_answers_round_id_rounds"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standings",
        sa.Column("track_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("streak", sa.Integer, nullable=False),
        sa.Column("best", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("freezes", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("track_id", "member_id", name="pk_standings"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_standings_member_id_members"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name="fk_standings_track_id_tracks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "points",
        sa.Column("track_id", Id, nullable=False),
        sa.Column("week", sa.Text, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("track_id", "week", "member_id", name="pk_points"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_points_member_id_members"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name="fk_points_track_id_tracks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_points_board", "points", ["track_id", "week", sa.text("points DESC")])


def _practice_and_roadmap() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("question_version", sa.Integer, nullable=False),
        sa.Column("option_id", sa.Text, nullable=False),
        sa.Column("shown_position", sa.Integer, nullable=False),
        sa.Column("correct", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_attempts_member_id_members"),
    )
    op.create_index("ix_attempts_member_id", "attempts", ["member_id"])
    op.create_table(
        "review",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "question_id", name="pk_review"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_review_member_id_members"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reports",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("question_version", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "question_id", "question_version", name="pk_reports"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_reports_member_id_members"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roadmap_steps",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("step_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "step_id", name="pk_roadmap_steps"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_roadmap_steps_member_id_members"),
        sqlite_with_rowid=False,
    )


def _running() -> None:
    op.create_table(
        "notices",
        sa.Column("id", Id, nullable=False),
        sa.Column("community_id", Id, nullable=False),
        sa.Column("user", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("noted_at", Time, nullable=False),
        sa.Column("tried", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name="fk_notices_community_id_communities"),
        sa.UniqueConstraint("community_id", "key", name="uq_notices_community_id_key"),
    )
    op.create_table(
        "heartbeats",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("platform", name="pk_heartbeats"),
    )
    op.create_table(
        "outages",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("since", Time, nullable=False),
        sa.Column("until", Time, nullable=False),
        sa.PrimaryKeyConstraint("platform", "since", name="pk_outages"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chat_state",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_chat_state"),
    )
