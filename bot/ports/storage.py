"""What the core keeps, by intention. A unit of work is one transaction; its parts are one family of facts each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.community import Away, Boards, Community, Member, Platform
from bot.domain.content import Question
from bot.domain.identifiers import (
    CommunityId,
    MemberId,
    MessageRef,
    OptionId,
    QuestionId,
    RoleId,
    RoundId,
    StepId,
    TrackId,
)
from bot.domain.roadmap import StepState
from bot.domain.round import Answer, Round, Votes
from bot.domain.schedule import Due
from bot.domain.selection import Asked
from bot.domain.streak import PastRound, Standing
from bot.domain.track import PauseReason, Track, TrackSettings

T = TypeVar("T")


class Communities(Protocol):
    """Communities, their settings and their delegates."""

    def of(self, platform: Platform, external_id: str) -> Community:
        """The community, made on first sight."""
        ...

    def find(self, platform: Platform, external_id: str) -> Community | None:
        """The community if it was ever seen."""
        ...

    def get(self, id: CommunityId) -> Community:
        """The community with that id."""
        ...

    def save_boards(self, id: CommunityId, boards: Boards) -> None:
        """Keep how the leaderboard is set."""
        ...

    def delegates(self, id: CommunityId) -> tuple[str, ...]:
        """People a manager let manage, by platform user id."""
        ...

    def add_delegate(self, id: CommunityId, user: str) -> bool:
        """Let someone manage; False if they could already."""
        ...

    def remove_delegate(self, id: CommunityId, user: str) -> bool:
        """Stop letting someone manage; False if they could not."""
        ...


class Members(Protocol):
    """Members and their pauses."""

    def of(self, community: CommunityId, user: str) -> Member:
        """The member, made on first sight."""
        ...

    def find(self, community: CommunityId, user: str) -> Member | None:
        """The member if they were ever seen."""
        ...

    def with_standing(self, community: CommunityId, user: str, track: TrackId) -> tuple[Member, Standing | None]:
        """The member, made on first sight, with their standing on the track."""
        ...

    def set_hidden(self, id: MemberId, hidden: bool) -> None:
        """Leave the member out of leaderboards, or let them in again."""
        ...

    def set_role(self, id: MemberId, role: RoleId | None) -> None:
        """Keep the role whose roadmap the member walks."""
        ...

    def aways(self, id: MemberId) -> tuple[Away, ...]:
        """The member's pauses, oldest first."""
        ...

    def begin_away(self, id: MemberId, away: Away) -> None:
        """Begin a pause."""
        ...

    def end_away(self, id: MemberId, at: datetime) -> None:
        """End the running pause."""
        ...

    def forget(self, id: MemberId) -> None:
        """Blank the external id and drop everything else but anonymous votes."""
        ...


class Tracks(Protocol):
    """Tracks and their next due dates."""

    def add(self, community: CommunityId, settings: TrackSettings, saved_by: str, seed: int, next: Due | None) -> Track:
        """Keep a new track."""
        ...

    def get(self, id: TrackId) -> Track | None:
        """The track with that id, deleted or not."""
        ...

    def every(self) -> tuple[TrackId, ...]:
        """Every track there ever was."""
        ...

    def of_community(self, id: CommunityId) -> tuple[Track, ...]:
        """The community's tracks that are not deleted, oldest first."""
        ...

    def save(self, id: TrackId, settings: TrackSettings, saved_by: str, next: Due | None) -> None:
        """Change a track; its rounds, streaks and ledger stay."""
        ...

    def pause(self, id: TrackId, reason: PauseReason, detail: str | None = None, until: date | None = None) -> None:
        """Stop posting until resumed, or until a date."""
        ...

    def resume(self, id: TrackId, next: Due | None) -> None:
        """Post again from the next due date."""
        ...

    def delete(self, id: TrackId) -> None:
        """Stop for good; rounds stay for those who answered them."""
        ...

    def due(self, platform: Platform, now: datetime, limit: int) -> tuple[Track, ...]:
        """Running tracks of a platform whose next round is due."""
        ...

    def paused_until(self, platform: Platform, limit: int) -> tuple[Track, ...]:
        """Paused tracks that resume by themselves on a date."""
        ...

    def running(self, platform: Platform) -> tuple[Track, ...]:
        """Every running track of a platform."""
        ...

    def set_next(self, nexts: Mapping[TrackId, Due | None]) -> None:
        """Keep the next due dates."""
        ...

    def members_with_streaks(self, id: TrackId) -> int:
        """How many members have answered on the track."""
        ...


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
        """Take a due round for sending: its question is fixed from here on, whatever the catalog says later."""
        ...

    def reclaim(self, id: RoundId, now: datetime, lease_until: datetime) -> None:
        """Take a round once more whose sending was cut off."""
        ...

    def stale(self, platform: Platform, now: datetime, limit: int) -> tuple[tuple[Round, Track], ...]:
        """Rounds whose lease ran out while being sent."""
        ...

    def open(self, round: Round, track: Track, message: MessageRef, now: datetime) -> Round:
        """Record that the round was posted and give it its number in the track."""
        ...

    def retry_at(self, id: RoundId, at: datetime) -> None:
        """Put a round back to be sent later."""
        ...

    def end(self, id: RoundId, state: str, now: datetime) -> None:
        """Give up on a round that was never opened: unposted, unknown or failed."""
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

    def open_in(self, community: CommunityId) -> tuple[Round, ...]:
        """The community's rounds that are open."""
        ...

    def open_of(self, track: TrackId) -> Round | None:
        """The track's open round."""
        ...

    def latest(self, track: TrackId, limit: int, offset: int = 0) -> tuple[Round, ...]:
        """The track's rounds, the latest date first, whatever became of them."""
        ...

    def seen_by(self, track: TrackId, member: MemberId, limit: int) -> tuple[RoundSeen, ...]:
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

    def expired(self, platform: Platform, posted_before: datetime, limit: int) -> tuple[Round, ...]:
        """Open rounds posted before a moment."""
        ...

    def to_reveal(self, platform: Platform, now: datetime, limit: int) -> tuple[RoundToReveal, ...]:
        """Closed rounds whose post is still to be edited."""
        ...

    def revealed(self, id: RoundId, again_at: datetime | None = None) -> None:
        """The post was edited, or is to be tried again at a moment."""
        ...

    def unanswered_in_a_row(self, track: TrackId, limit: int) -> int:
        """How many of the latest closed rounds nobody answered."""
        ...


class Answers(Protocol):
    """First choices in open rounds."""

    def add(self, round: RoundId, member: MemberId, answer: Answer) -> bool:
        """Keep a first choice; False if there is one."""
        ...

    def get(self, round: RoundId, member: MemberId) -> Answer | None:
        """The member's choice in the round."""
        ...

    def count(self, round: RoundId, option: OptionId) -> Votes:
        """Count one vote and say how they stand."""
        ...

    def answered_rounds(self, member: MemberId, rounds: Collection[RoundId]) -> frozenset[RoundId]:
        """Which of the rounds the member has answered."""
        ...

    def by_question(self, member: MemberId) -> tuple[tuple[QuestionId, Answer], ...]:
        """The member's choices with their questions, oldest first."""
        ...


class Questions(Protocol):
    """Questions as they were when a round asked them."""

    def keep(self, question: Question) -> None:
        """Keep this version."""
        ...

    def version(self, id: QuestionId, version: int) -> Question:
        """The question as that version had it; ``KeyError`` if it was never asked."""
        ...


@dataclass(frozen=True, slots=True)
class WeekLine:
    """What a member did on a track in one ISO week."""

    points: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A member's line on a board."""

    member: MemberId
    user: str
    value: int


class Standings(Protocol):
    """Streaks and weekly points: derived, and always to be had again from the raw rows."""

    def get(self, member: MemberId, track: TrackId) -> Standing | None:
        """The member's standing on the track."""
        ...

    def save(self, member: MemberId, track: TrackId, standing: Standing) -> None:
        """Keep a standing."""
        ...

    def answerers(self, track: TrackId) -> tuple[MemberId, ...]:
        """Everyone who answered on the track or has a standing there."""
        ...

    def longest(self, track: TrackId, since_seq: int, limit: int) -> tuple[tuple[BoardRow, Standing], ...]:
        """The longest streaks among visible members who answered since a round, longest first."""
        ...

    def add_week(self, member: MemberId, track: TrackId, week: str, points: int, answered: int) -> WeekLine:
        """Add to the member's week and say how it stands."""
        ...

    def week(self, member: MemberId, track: TrackId, week: str) -> WeekLine:
        """The member's week."""
        ...

    def board(self, track: TrackId, week: str, limit: int) -> tuple[BoardRow, ...]:
        """Visible members by points of the week, most first."""
        ...

    def full_weeks(self, track: TrackId, week: str, rounds: int, limit: int) -> tuple[BoardRow, ...]:
        """Visible members who answered every round of the week so far."""
        ...

    def group_week(self, track: TrackId, week: str) -> WeekLine:
        """Everyone's week together."""
        ...

    def weeks(self, track: TrackId) -> tuple[str, ...]:
        """Every ISO week the track has rounds or points in."""
        ...

    def recount_week(self, track: TrackId, week: str) -> None:
        """Make the track's points of a week again from the raw answers."""
        ...


class ReviewReason(StrEnum):
    """Why a question is kept for review."""

    WRONG = "wrong"
    UNSURE = "unsure"
    GUESSED = "guessed"


class Practice(Protocol):
    """Practice answers, and what is kept for review."""

    def add_attempt(self, member: MemberId, question: Question, answer: Answer) -> None:
        """Keep a practice answer."""
        ...

    def tried(self, member: MemberId) -> Mapping[QuestionId, int]:
        """How often the member practised each question."""
        ...

    def right_share(self, member: MemberId) -> tuple[int, int]:
        """Practice answers right, and all."""
        ...

    def keep_for_review(self, member: MemberId, question: QuestionId, reason: ReviewReason) -> None:
        """Keep a question for review."""
        ...

    def reviewed(self, member: MemberId, question: QuestionId) -> bool:
        """Take a question off the review list; False if it was not on it."""
        ...

    def review(self, member: MemberId) -> Mapping[QuestionId, ReviewReason]:
        """What the member has to review."""
        ...

    def report(self, member: MemberId, question: QuestionId, version: int, reason: str) -> bool:
        """Keep a report of a question; False if the member reported this version before."""
        ...

    def reports(self, community: CommunityId) -> tuple[tuple[QuestionId, int, str, int], ...]:
        """Reported questions of a community: (question, version, reason, how many)."""
        ...


class Roadmaps(Protocol):
    """How far members are on the roadmap."""

    def states(self, member: MemberId) -> Mapping[StepId, StepState]:
        """The member's steps."""
        ...

    def set_state(self, member: MemberId, step: StepId, state: StepState | None) -> None:
        """Mark a step, or unmark it."""
        ...


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a manager is to be told."""

    id: int
    community: CommunityId
    user: str
    text: str


class Health(Protocol):
    """Notices to managers, heartbeats and outages."""

    def notify(self, community: CommunityId, user: str, key: str, text: str, now: datetime) -> None:
        """Keep a notice for a manager; the same key is kept once while it is untold."""
        ...

    def notices(self, community: CommunityId) -> tuple[Notice, ...]:
        """Notices nobody was told yet."""
        ...

    def untried(self, platform: Platform, limit: int) -> tuple[tuple[Notice, Community], ...]:
        """Notices not yet tried by a private message."""
        ...

    def tried(self, id: int, told: bool) -> None:
        """A private message was tried, and reached the manager or not."""
        ...

    def told(self, ids: Collection[int]) -> None:
        """The notices were shown."""
        ...

    def beat(self, platform: Platform, now: datetime) -> datetime | None:
        """Note that the face is alive; returns the beat before."""
        ...

    def add_outage(self, platform: Platform, since: datetime, until: datetime) -> None:
        """Keep a stretch of time in which the face was down."""
        ...

    def outage_within(self, platform: Platform, since: datetime, until: datetime) -> timedelta:
        """How long the face was down within a stretch of time."""
        ...


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def communities(self) -> Communities:
        """Communities, their settings and delegates."""
        ...

    @property
    def members(self) -> Members:
        """Members and their pauses."""
        ...

    @property
    def tracks(self) -> Tracks:
        """Tracks and their due dates."""
        ...

    @property
    def rounds(self) -> Rounds:
        """The ledger of rounds."""
        ...

    @property
    def answers(self) -> Answers:
        """First choices in open rounds."""
        ...

    @property
    def questions(self) -> Questions:
        """Questions as they were asked."""
        ...

    @property
    def standings(self) -> Standings:
        """Streaks and weekly points."""
        ...

    @property
    def practice(self) -> Practice:
        """Practice, review and reports."""
        ...

    @property
    def roadmaps(self) -> Roadmaps:
        """Marks on the roadmap."""
        ...

    @property
    def health(self) -> Health:
        """Notices, heartbeats and outages."""
        ...


class Transact(Protocol):
    """Runs a service in one transaction, off the event loop."""

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run in the writer; returns after the commit. ``Refusal`` passes through and keeps what others wrote."""
        ...

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run on a read-only connection."""
        ...
