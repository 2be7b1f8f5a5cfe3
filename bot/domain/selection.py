"""Which question comes next: by a ledger of what was asked, never by arithmetic on the size of the bank."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.beginning import BEGINNING, to_begin_with
from bot.domain.identifiers import QuestionId, TopicId
from bot.domain.question import Difficulty, Question
from bot.domain.rotation import next_cell

NOT_TWICE_WITHIN = timedelta(days=30)
"""Tracks of one community do not ask the same question within this time."""
A_WEEK = timedelta(days=7)
"""The longest a round stays open."""
THROWS = 8
WARN_DAYS = (14, 3)
"""How many rounds before the bank is used up managers are told."""


class Repeats(StrEnum):
    """The choice of what a track does once it has asked everything."""

    AGAIN = "again"
    """Ask the oldest again, labelled "asked before"."""
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The topics and level a track asks about: any topic when none is named, any level when none is set."""

    topics: frozenset[TopicId] = frozenset()
    level: Difficulty | None = None

    def admits(self, question: Question) -> bool:
        """Return whether the track may ask the question."""
        return (not self.topics or question.topic in self.topics) and (
            self.level is None or question.difficulty is self.level
        )

    def of(self, bank: Sequence[Question]) -> Sequence[Question]:
        """The part of the bank that the track may ask."""
        return [question for question in bank if self.admits(question)] if self.topics or self.level else bank


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry of the ledger: a question a track of the community asked on a date."""

    question: QuestionId
    on: date
    here: bool
    """Asked by this very track."""
    open: bool = False
    """Its round may still be answered."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The question chosen, and whether this track has asked it before."""

    question: Question
    asked_before: bool


def pick(
    bank: Sequence[Question],
    wanted: Wanted,
    ledger: Sequence[LedgerEntry],
    on: date,
    seed: int | str,
    repeats: Repeats = Repeats.AGAIN,
) -> Pick | None:
    """The question for date ``on``; None if there is none for that day. The ledger is in order of asking.

    What the track has not asked comes first, balanced; what another track asked within the last 30 days waits. Where
    nothing else is left, what this track asked longest ago comes again, or nothing, as set. Only if that was within
    30 days too is what waits taken: it takes a bank smaller than what the community's tracks ask in a month, and
    with so few questions, repeating them in both places is worse.

    So that waiting is rare, of equals the one comes that others asked longest ago, best of all one they never asked.
    """
    day = _Day.of(wanted.of(bank), ledger, on)
    fresh = [question for question in day.fitting if day.is_new(question) and not day.waits(question)]
    if fresh:
        return Pick(_balanced(fresh, day, _asked_here(bank, ledger), random.Random(f"pick:{seed}")), asked_before=False)
    if repeats is Repeats.PAUSE:
        return None
    return _once_more(day)


@dataclass(frozen=True, slots=True)
class _Day:
    """The questions a track may ask on a date, and when its community asked them last."""

    on: date
    fitting: Sequence[Question]
    here: Mapping[QuestionId, date]
    elsewhere: Mapping[QuestionId, date]
    open_elsewhere: frozenset[QuestionId]
    """Shown twice at once, the verdict on one would be the key to the other."""

    @classmethod
    def of(cls, fitting: Sequence[Question], ledger: Sequence[LedgerEntry], on: date) -> _Day:
        """Read the ledger as it stands on a date."""
        others = [entry for entry in ledger if not entry.here]
        return cls(
            on=on,
            fitting=fitting,
            here={entry.question: entry.on for entry in ledger if entry.here},
            elsewhere={entry.question: entry.on for entry in others},
            open_elsewhere=frozenset(entry.question for entry in others if entry.open and abs(on - entry.on) <= A_WEEK),
        )

    def is_new(self, question: Question) -> bool:
        """Return whether this track never asked it."""
        return question.id not in self.here

    def waits(self, question: Question) -> bool:
        """Return whether another track has it open, or asked it a short while ago."""
        return question.id in self.open_elsewhere or self.lately_elsewhere(question)

    def lately_elsewhere(self, question: Question) -> bool:
        """Return whether another track asked it within the time in which no two do."""
        last = self.elsewhere.get(question.id)
        return last is not None and abs(self.on - last) < NOT_TWICE_WITHIN

    def lately_here(self, question: Question) -> bool:
        """Return whether this track itself asked it within that time."""
        return self.on - self.here[question.id] < NOT_TWICE_WITHIN


def _asked_here(bank: Sequence[Question], ledger: Sequence[LedgerEntry]) -> list[Question]:
    """The questions that this track asked and the bank still has, the latest last."""
    ids = [entry.question for entry in ledger if entry.here]
    asked = set(ids)
    by_id = {question.id: question for question in bank if question.id in asked}
    return [by_id[id] for id in ids if id in by_id]


def _balanced(fresh: Sequence[Question], day: _Day, asked: Sequence[Question], dice: random.Random) -> Question:
    """Of the topic and level whose turn it is, the one other tracks never asked, or asked longest ago."""
    topic, level = next_cell(fresh, day.fitting, asked, dice)
    equals = [question for question in fresh if question.topic == topic and question.difficulty is level]
    dice.shuffle(equals)
    return min(equals, key=lambda question: day.elsewhere.get(question.id, date.min))


def _oldest(questions: Iterable[Question], asked: Mapping[QuestionId, date]) -> Question | None:
    """The one that was asked longest ago."""
    return min(questions, key=lambda question: (asked[question.id], question.id), default=None)


def _once_more(day: _Day) -> Pick | None:
    """Where nothing fresh is left: a rested question of this track's own, one that waits, or its oldest."""
    eligible = [question for question in day.fitting if question.id not in day.open_elsewhere]
    free = [question for question in eligible if not day.lately_elsewhere(question)]
    own = _oldest(free, day.here)
    if own and not day.lately_here(own):
        return Pick(own, asked_before=True)
    waiting = _oldest(filter(day.is_new, eligible), day.elsewhere)
    if waiting:
        return Pick(waiting, asked_before=False)
    own = own or _oldest(eligible, day.here)
    return Pick(own, asked_before=True) if own else None


def rounds_left(bank: Collection[Question], wanted: Wanted, asked_here: Collection[QuestionId]) -> int:
    """Count the rounds the track can still fill without repeating itself."""
    return sum(1 for question in bank if wanted.admits(question) and question.id not in asked_here)


def practice(
    fitting: Sequence[Question],
    *,
    hidden: Collection[QuestionId],
    soon: Collection[QuestionId],
    tried: Mapping[QuestionId, int],
    review: Collection[QuestionId],
    latest: Collection[QuestionId] = (),
    seed: int | str,
) -> Question | None:
    """One of the fitting questions to practise: first what the member got wrong, then the least tried, then at random.

    A member's first ten are easy or medium, as far as such questions fit, and each on another topic.

    ``hidden`` questions are in an open round the member has not answered, or their answer is on the screen, and never
    come; those due here ``soon`` come only when nothing else is left, and the ``latest`` practised only after them.
    None if nothing fits.
    """
    dice = random.Random(f"practice:{seed}")
    away = {*hidden, *soon, *latest}
    # Most of a bank is free and untried: a few throws find such a one without going through it all.
    beginning = len(tried) < BEGINNING
    for _ in range(THROWS if fitting and not review and not beginning else 0):
        thrown = dice.choice(fitting)
        if thrown.id not in away and thrown.id not in tried:
            return thrown
    free = [question for question in fitting if question.id not in away]
    free = free or [question for question in fitting if question.id not in hidden and question.id not in latest]
    free = free or [question for question in fitting if question.id not in hidden]
    if not free:
        return None
    if review:
        free = [question for question in free if question.id in review] or free
    if tried:
        fewest = min(tried.get(question.id, 0) for question in free)
        free = [question for question in free if tried.get(question.id, 0) == fewest]
    met = [question for question in fitting if question.id in tried] if beginning else ()
    return dice.choice(to_begin_with(free, met, len(tried)))
