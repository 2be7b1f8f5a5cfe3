"""The ledger of rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import (
    CommunityId,
    MemberId,
    MessageRef,
    OptionId,
    PlaceRef,
    QuestionId,
    RoundId,
    TrackId,
)
from bot.domain.question import Question
from bot.domain.round import Answer, Round
from bot.domain.schedule import Due
from bot.domain.selection import Asked
from bot.domain.streak import PastRound
from bot.domain.track import Track


@dataclass(frozen=True, slots=True)
class RoundToReveal:
    """A closed round whose post still shows the question."""

    round: Round
    community: str
    number: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round in a member's history."""

    round: Round
    answer: Answer | None


class Rounds(Protocol):
    """The ledger of rounds."""

    def add_due(self, rounds: Iterable[tuple[Track, Due, bool]]) -> int:
        """Write rounds that have come due, True meaning too late to post; dates already there are left alone."""
        ...

    def claimable(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Due rounds that may be sent now, the longest waiting first."""
        ...

    def claim(
        self,
        id: RoundId,
        question: Question,
        order: tuple[OptionId, ...],
        asked_before: bool,
        now: datetime,
        lease_until: datetime,
    ) -> None:
        """Take a due round for sending: its question and tag are fixed from here on, whatever the catalog says."""
        ...

    def reclaim(self, id: RoundId, now: datetime, lease_until: datetime) -> None:
        """Take a round once more whose sending was cut off."""
        ...

    def stale(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Rounds whose lease ran out while being sent."""
        ...

    def open(self, round: Round, track: Track, message: MessageRef | None, now: datetime) -> Round:
        """Record that the round was posted and give it its number in the track; the message may not be known yet."""
        ...

    def set_message(self, id: RoundId, message: MessageRef) -> None:
        """Keep which message the round's post is."""
        ...

    def revive(self, id: RoundId, now: datetime, *, afresh: bool) -> None:
        """Make a round that was never posted due again, now; with its question, or afresh, to choose another."""
        ...

    def retry_at(self, id: RoundId, at: datetime) -> None:
        """Put a round back to be sent later."""
        ...

    def end(self, id: RoundId, state: str, now: datetime) -> None:
        """Give up on a round that was never opened: unposted, unknown or failed."""
        ...

    def set_aside(self, id: RoundId, now: datetime, *, reveal: bool) -> None:
        """Finish a round that cannot be read: closed if it was opened, else failed; it counts against nobody."""
        ...

    def close(self, id: RoundId, now: datetime, excused: bool) -> None:
        """Close an open round."""
        ...

    def void(self, id: RoundId, now: datetime) -> None:
        """Withdraw a round."""
        ...

    def get(self, id: RoundId) -> Round | None:
        """The round with that id."""
        ...

    def for_answer(self, id: RoundId) -> tuple[Round, Track] | None:
        """The round and its track, held against others until the transaction ends."""
        ...

    def here(self, id: RoundId, platform: Platform, community: str) -> tuple[Round, Track] | None:
        """The same, if the round is one of the community's, by its platform's id."""
        ...

    def open_in(self, community: CommunityId) -> tuple[Round, ...]:
        """The community's rounds that are open."""
        ...

    def hidden(self, community: CommunityId, member: MemberId | None, due_since: datetime) -> frozenset[QuestionId]:
        """Questions whose key a member may not be shown yet.

        Of rounds they have not answered that are open, or due since a moment and on their way or perhaps posted.
        """
        ...

    def told(self, community: CommunityId) -> frozenset[QuestionId]:
        """Questions of the community's open rounds and of those before them, whose answers posts and verdicts tell."""
        ...

    def open_of(self, track: TrackId) -> Round | None:
        """The track's open round."""
        ...

    def given_up_ahead(self, track: TrackId, now: datetime) -> int:
        """How many rounds that are certainly not there were given up, or put off, before they came due."""
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

    def latest(self, track: TrackId, limit: int, offset: int = 0) -> tuple[Round, ...]:
        """The track's rounds, the latest date first, whatever became of them."""
        ...

    def seen_by(self, track: TrackId, member: MemberId, limit: int, before: int | None = None) -> tuple[RoundSeen, ...]:
        """The track's numbered rounds with the member's answers, the latest first."""
        ...

    def skipped_between(self, track: TrackId, after_seq: int, before_seq: int) -> tuple[tuple[int, datetime], ...]:
        """Closed rounds strictly between two numbers that count against those who did not answer: (seq, posted)."""
        ...

    def history_of(self, track: TrackId, member: MemberId) -> tuple[tuple[PastRound, datetime], ...]:
        """Every closed or answered round of the track as the member's streak sees it, with when it was posted."""
        ...

    def ledger(self, community: CommunityId, track: TrackId) -> tuple[Asked, ...]:
        """What the community's tracks asked, in order of asking."""
        ...

    def open_since(
        self, platform: Platform, posted_before: datetime, after: RoundId, limit: int
    ) -> tuple[tuple[Round, Track], ...]:
        """Open rounds posted before a moment, in order of their ids, from the one after ``after`` on."""
        ...

    def to_reveal(self, platform: Platform, now: datetime, limit: int) -> tuple[RoundToReveal, ...]:
        """Closed rounds whose post is still to be edited."""
        ...

    def move(self, track: TrackId, old: PlaceRef, new: PlaceRef) -> None:
        """A place goes by another name: the posts that stand there, and those on their way, are found under it."""
        ...

    def revealed(self, id: RoundId, again_at: datetime | None = None) -> None:
        """The post was edited, or is to be tried again at a moment."""
        ...

    def unanswered_in_a_row(self, track: TrackId, limit: int) -> int:
        """How many of the latest closed rounds nobody answered."""
        ...
