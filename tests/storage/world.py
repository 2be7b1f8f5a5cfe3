"""Things to keep in a database: questions, tracks, rounds on their way, answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.common_fields import Reference, Status
from bot.domain.community import Community, Platform
from bot.domain.identifiers import (
    CommunityId,
    MemberId,
    MessageRef,
    ObjectiveId,
    OptionId,
    PlaceRef,
    QuestionId,
    RoleId,
    RoundId,
    StepId,
    TopicId,
    ZoneName,
)
from bot.domain.question import Bloom, Difficulty, Option, Question
from bot.domain.round import Answer, Round
from bot.domain.schedule import Due, Schedule, iso_week
from bot.domain.streak import Standing, answered
from bot.domain.track import Track, TrackSettings
from bot.ports.storage import UnitOfWork

MONDAY = date(2026, 3, 2)
SETTINGS = TrackSettings(PlaceRef("C1"), Schedule(time(9), ZoneName("UTC")))
A, B, C, D = map(OptionId, "abcd")
RIGHT, WRONG = Answer(B, 1, True), Answer(A, 0, False)


def question(id: str = "tokens", version: int = 1) -> Question:
    """A question whose right answer is b."""
    reason = "because of this, which is long enough to teach something"
    return Question(
        id=QuestionId(id),
        version=version,
        status=Status.REVIEW,
        topic=TopicId("models"),
        difficulty=Difficulty.EASY,
        bloom=Bloom.APPLY,
        roadmap=StepId("basics"),
        roles=(RoleId("ai-engineer"),),
        objectives=(ObjectiveId("explain-tokens"),),
        stem=f"What is {id}, as of version {version}?",
        options=tuple(Option(OptionId(c), f"Choice {c}", f"{c}: {reason}", c == "b") for c in "abcd"),
        takeaway="Remember this.",
        refs=(Reference(general="A book", citation="Chapter 1"),),
        tags=("tag",),
        review_by=date(2027, 1, 1),
    )


def day(number: int) -> date:
    """The day that many days after a Monday."""
    return MONDAY + timedelta(days=number)


def at(number: float) -> datetime:
    """Nine o'clock that many days after a Monday."""
    return datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=number)


def due(number: int) -> Due:
    """The due date of that day."""
    return Due(day(number), at(number))


def community(unit: UnitOfWork, name: str = "G1", platform: Platform = Platform.DISCORD) -> Community:
    """A community."""
    return unit.communities.of(platform, name)


def track(
    unit: UnitOfWork,
    of: CommunityId | None = None,
    settings: TrackSettings = SETTINGS,
    next: Due | None = None,
) -> Track:
    """A running track."""
    return unit.tracks.add(of or community(unit).id, settings, "boss", 7, next)


def due_round(unit: UnitOfWork, of: Track, number: int) -> Round:
    """A round that has come due."""
    unit.outbox.add_due([(of, due(number), False)])
    return next(round for round in unit.ledger.latest(of.id, 100) if round.local_date == day(number))


def claimed(unit: UnitOfWork, of: Track, number: int, asking: Question | None = None) -> Round:
    """A round being sent."""
    round = due_round(unit, of, number)
    unit.outbox.claim(
        round.id, asking or question(), (D, B, A, C), False, at(number), at(number) + timedelta(minutes=1)
    )
    return got(unit, round.id)


def opened(unit: UnitOfWork, of: Track, number: int, asking: Question | None = None) -> Round:
    """A round that was posted."""
    return unit.rounds.open(claimed(unit, of, number, asking), of, MessageRef(f"m{number}"), at(number))


def closed(unit: UnitOfWork, of: Track, number: int, excused: bool = False) -> Round:
    """A round that was posted and is over."""
    round = opened(unit, of, number)
    unit.rounds.close(round.id, at(number + 1), excused)
    return got(unit, round.id)


def got(unit: UnitOfWork, id: RoundId) -> Round:
    """The round as it is kept."""
    round = unit.rounds.get(id)
    assert round is not None
    return round


def press(unit: UnitOfWork, round: Round, user: str, answer: Answer = RIGHT, skipped: int = 0) -> MemberId:
    """A member answers, the way the service goes about it."""
    found = unit.rounds.for_answer(round.id)
    assert found is not None
    kept, of = found
    assert kept.seq is not None
    member, standing = unit.members.with_standing(of.community, user, of.id)
    if unit.answers.add(kept.id, member.id, answer):
        unit.answers.count(kept.id, answer.option)
        unit.standings.save(member.id, of.id, answered(standing or Standing(), kept.seq, skipped))
        unit.standings.add_week(member.id, of.id, iso_week(kept.local_date), int(answer.correct), 1)
    return member.id


def elsewhere(settings: TrackSettings, place: str) -> TrackSettings:
    """The same settings for another place."""
    return replace(settings, place=PlaceRef(place))
