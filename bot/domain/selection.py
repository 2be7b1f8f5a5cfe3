"""Which question comes next: by a ledger of what was asked, never by arithmetic on the size of the bank."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.identifiers import QuestionId, TopicId
from bot.domain.question import Difficulty, Question

NOT_TWICE_WITHIN = timedelta(days=30)
"""Tracks of one community do not ask the same question within this time."""
A_WEEK = timedelta(days=7)
"""The longest a round stays open."""
BALANCED_OVER = 7
"""Topics and levels are balanced over this many rounds."""
# Shares of the bank by design (content quality bar, section 6).
LEVEL_SHARE = {Difficulty.EASY: 0.28, Difficulty.MEDIUM: 0.42, Difficulty.HARD: 0.30}
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
    """The question for date ``on``; None if the track must pause. The ledger is in order of asking.

    What the track has not asked comes first; then what it asked longest ago, or nothing. What another track asked
    within the last 30 days comes only when the community has heard all else the track may ask within them too.
    """
    here = {entry.question: entry.on for entry in ledger if entry.here}
    elsewhere = {entry.question: entry.on for entry in ledger if not entry.here}
    # Shown twice at once, the verdict on one would be the key to the other.
    answerable = (entry for entry in ledger if entry.open and not entry.here)
    open_elsewhere = {entry.question for entry in answerable if abs(on - entry.on) <= A_WEEK}
    eligible = [question for question in bank if wanted.admits(question) and question.id not in open_elsewhere]
    if repeats is Repeats.PAUSE:
        eligible = [question for question in eligible if question.id not in here]
    lately = {id for id, last in elsewhere.items() if abs(on - last) < NOT_TWICE_WITHIN}
    rested = [question for question in eligible if question.id not in lately]
    fresh = [question for question in rested if question.id not in here]
    if fresh:
        return Pick(_balanced(fresh, bank, ledger, seed), asked_before=False)
    again = min(rested, key=lambda q: (here[q.id], q.id), default=None)
    if again is None or on - here[again.id] < NOT_TWICE_WITHIN:
        waiting = [question for question in eligible if question.id not in here]
        if waiting:
            return Pick(min(waiting, key=lambda q: (elsewhere[q.id], q.id)), asked_before=False)
        again = min(rested or eligible, key=lambda q: (here[q.id], q.id), default=None)
    return Pick(again, asked_before=True) if again else None


def _balanced(
    candidates: Sequence[Question], bank: Sequence[Question], ledger: Sequence[Asked], seed: int | str
) -> Question:
    by_id = {question.id: question for question in bank}
    asked = [by_id[entry.question] for entry in ledger if entry.here and entry.question in by_id]
    lately = asked[-(BALANCED_OVER - 1) :]
    topics_lately = Counter(question.topic for question in lately)
    levels_lately = Counter(question.difficulty for question in lately)
    topics_ever = Counter(question.topic for question in asked)
    dice = random.Random(f"pick:{seed}")

    def rank(question: Question) -> tuple[int, float, int, float]:
        short = LEVEL_SHARE[question.difficulty] * BALANCED_OVER - levels_lately[question.difficulty]
        return (topics_lately[question.topic], -short, topics_ever[question.topic], dice.random())

    return min(candidates, key=rank)


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
    candidates = [question for question in bank if wanted.admits(question) and question.id not in hidden]
    if not candidates:
        return None
    return min(
        candidates,
        key=lambda q: (q.id in soon, q.id not in review, tried.get(q.id, 0), dice.random()),
    )
