"""Memories of questions, and the log of reviews behind them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Id, LocalDate, Number

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Take what was missed before as missed today; no right option is known here, so a review makes it new."""
    op.create_table(
        "review_log",
        _member("review_log"),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("day", LocalDate, nullable=False),
        sa.Column("good", sa.Boolean, nullable=False),
        sa.Column("key_option", sa.Text, nullable=False),
        sa.Column("asked_id", sa.Text),
        sa.PrimaryKeyConstraint("member_id", "question_id", "day", name="pk_review_log"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "memories",
        _member("memories"),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("stability", Number, nullable=False),
        sa.Column("difficulty", Number, nullable=False),
        sa.Column("due", LocalDate, nullable=False),
        sa.Column("last_on", LocalDate, nullable=False),
        sa.Column("key_option", sa.Text, nullable=False),
        sa.Column("asked_id", sa.Text),
        sa.PrimaryKeyConstraint("member_id", "question_id", name="pk_memories"),
        sqlite_with_rowid=False,
    )
    today = datetime.now(UTC).date()
    missed = sa.table("review", sa.column("member_id", sa.BigInteger), sa.column("question_id", sa.Text))
    who = (missed.c.member_id, missed.c.question_id)
    log = sa.table("review_log", *map(sa.column, ("member_id", "question_id", "day", "good", "key_option")))
    op.execute(
        sa.insert(log).from_select(
            list(log.columns), sa.select(*who, sa.literal(today, LocalDate), sa.false(), sa.literal(""))
        )
    )
    # What FSRS-6 makes of a question missed for the first time.
    remembered = ("stability", "difficulty", "due", "last_on", "key_option")
    memories = sa.table("memories", *map(sa.column, ("member_id", "question_id", *remembered)))
    tomorrow = today + timedelta(days=1)
    days = (sa.literal(tomorrow, LocalDate), sa.literal(today, LocalDate))
    op.execute(
        sa.insert(memories).from_select(
            list(memories.columns), sa.select(*who, sa.literal(0.212), sa.literal(6.4133), *days, sa.literal(""))
        )
    )


def _member(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("members.id", name=f"fk_{table}_member_id_members")
    return sa.Column("member_id", Id, key, nullable=False)
