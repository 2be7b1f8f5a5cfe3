"""The ledger: what was asked and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.identifiers import CommunityId, MemberId, TrackId
from bot.domain.round import Answer, Round
from bot.domain.selection import LedgerEntry
from bot.domain.streak import PastRound


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round in a member's history."""

    round: Round
    answer: Answer | None


class Ledger(Protocol):
    """Rounds read afterwards: what was asked and what became of it."""

    def latest(self, track: TrackId, limit: int, offset: int = 0) -> tuple[Round, ...]:
        """The track's rounds, the latest date first, whatever became of them."""
        ...

    def seen_by(self, track: TrackId, member: MemberId, limit: int, before: int | None = None) -> tuple[RoundSeen, ...]:
        """The track's numbered rounds with the member's answers, the latest first, or those before a number."""
        ...

    def skipped_between(self, track: TrackId, after_seq: int, before_seq: int) -> tuple[tuple[int, datetime], ...]:
        """Closed rounds strictly between two numbers that count against those who did not answer: (seq, posted)."""
        ...

    def history_of(self, track: TrackId, member: MemberId) -> tuple[tuple[PastRound, datetime], ...]:
        """Every numbered round of the track as the member's streak sees it, with when it was posted."""
        ...

    def asked(self, community: CommunityId, track: TrackId) -> tuple[LedgerEntry, ...]:
        """Everything the community's tracks asked, in order of asking."""
        ...

    def unanswered_in_a_row(self, track: TrackId, limit: int) -> int:
        """Count the latest closed rounds in a row that nobody answered."""
        ...


class DatesAhead(Protocol):
    """Rounds of dates that have not come yet, as a clock that was set far ahead leaves them."""

    def given_up_ahead(self, track: TrackId, now: datetime) -> int:
        """Count the rounds that are certainly not there and were given up, or put off, before they came due."""
        ...

    def drop_given_up_ahead(self, track: TrackId, now: datetime) -> None:
        """Forget those, so that their dates can be asked."""
        ...

    def posted_ahead(self, track: TrackId, day: date) -> tuple[Round, ...]:
        """The rounds of dates after a day that were posted, or may be, the earliest first."""
        ...

    def last_posted(self, track: TrackId, day: date) -> date | None:
        """The latest date up to a day whose round was posted, or may be."""
        ...

    def bring_back(self, round: Round, day: date, now: datetime) -> None:
        """Give a round an earlier date, which nothing was posted on; no moment of it is later than now."""
        ...
