"""Which question comes next: by a ledger of what was asked, never by arithmetic on the size of the bank."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.balance import next_cell
from bot.domain.identifiers import QuestionId, TopicId
from bot.domain.question import Difficulty, Question

NOT_TWICE_WITHIN = timedelta(days=30)
"""Tracks of one community do not ask the same question within this time."""
A_WEEK = timedelta(days=7)
"""The longest a round stays open."""
THROWS = 8
WARN_DAYS = (14, 3)
"""How many rounds before the bank is used up managers are told."""


class Repeats(StrEnum):
    """What a track does once it has asked everything."""

    AGAIN = "again"
    """Ask the oldest again, labelled "asked before"."""
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a track asks about: any topic when none is named, any level when none is set."""

    topics: frozenset[TopicId] = frozenset()
    level: Difficulty | None = None

    def admits(self, question: Question) -> bool:
        """Whether the track may ask the question."""
        return (not self.topics or question.topic in self.topics) and (
            self.level is None or question.difficulty is self.level
        )

    def of(self, bank: Sequence[Question]) -> Sequence[Question]:
        """What of the bank the track may ask."""
        return [question for question in bank if self.admits(question)] if self.topics or self.level else bank


@dataclass(frozen=True, slots=True)
class Asked:
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
    ledger: Sequence[Asked],
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
    here = {entry.question: entry.on for entry in ledger if entry.here}
    elsewhere = {entry.question: entry.on for entry in ledger if not entry.here}
    # Shown twice at once, the verdict on one would be the key to the other.
    answerable = (entry for entry in ledger if entry.open and not entry.here)
    open_elsewhere = {entry.question for entry in answerable if abs(on - entry.on) <= A_WEEK}
    fitting = wanted.of(bank)
    lately = {id for id, last in elsewhere.items() if abs(on - last) < NOT_TWICE_WITHIN}
    waiting = open_elsewhere | lately
    fresh = [question for question in fitting if question.id not in here and question.id not in waiting]
    if fresh:
        by_id = {question.id: question for question in bank if question.id in here}
        asked = [by_id[entry.question] for entry in ledger if entry.here and entry.question in by_id]
        dice = random.Random(f"pick:{seed}")
        topic, level = next_cell(fresh, fitting, asked, dice)
        equals = [question for question in fresh if question.topic == topic and question.difficulty is level]
        dice.shuffle(equals)
        return Pick(min(equals, key=lambda q: elsewhere.get(q.id, date.min)), asked_before=False)
    if repeats is Repeats.PAUSE:
        return None
    eligible = [question for question in fitting if question.id not in open_elsewhere]
    rested = [question for question in eligible if question.id not in lately]
    again = min(rested, key=lambda q: (here[q.id], q.id), default=None)
    if again is None or on - here[again.id] < NOT_TWICE_WITHIN:
        unasked = [question for question in eligible if question.id not in here]
        if unasked:
            return Pick(min(unasked, key=lambda q: (elsewhere[q.id], q.id)), asked_before=False)
        again = min(rested or eligible, key=lambda q: (here[q.id], q.id), default=None)
    return Pick(again, asked_before=True) if again else None


def rounds_left(bank: Collection[Question], wanted: Wanted, asked_here: Collection[QuestionId]) -> int:
    """How many rounds the track can still fill without repeating itself."""
    return sum(1 for question in bank if wanted.admits(question) and question.id not in asked_here)


def practice(
    bank: Sequence[Question],
    wanted: Wanted,
    *,
    hidden: Collection[QuestionId],
    soon: Collection[QuestionId],
    tried: Mapping[QuestionId, int],
    review: Collection[QuestionId],
    seed: int | str,
) -> Question | None:
    """A question to practise: first what the member got wrong, then the least tried, then at random.

    ``hidden`` questions are in an open round the member has not answered and never come; those due here ``soon``
    come only when nothing else is left. None if nothing fits.
    """
    dice = random.Random(f"practice:{seed}")
    fitting = wanted.of(bank)
    away = {*hidden, *soon}
    # Most of a bank is free and untried: a few throws find such a one without going through it all.
    for _ in range(THROWS if fitting and not review else 0):
        thrown = dice.choice(fitting)
        if thrown.id not in away and thrown.id not in tried:
            return thrown
    free = [question for question in fitting if question.id not in away]
    free = free or [question for question in fitting if question.id not in hidden]
    if not free:
        return None
    if review:
        free = [question for question in free if question.id in review] or free
    if tried:
        fewest = min(tried.get(question.id, 0) for question in free)
        free = [question for question in free if tried.get(question.id, 0) == fewest]
    return dice.choice(free)
