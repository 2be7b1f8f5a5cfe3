"""Choosing what to review: what is most likely forgotten first, asked in other words where there is a sister."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.identifiers import ConceptId, QuestionId
from bot.domain.memory import A_DAY, Memory, chance
from bot.domain.question import Question

Memories = Mapping[QuestionId, Memory]


@dataclass(frozen=True, slots=True)
class DueNow:
    """The number of questions due today, and how many of them may still come today."""

    left: int
    all: int

    def words(self) -> str:
        """Such as "5 of 12 due"."""
        return f"{self.left} of {self.all} due" if self.left < self.all else f"{self.all} due"


NOTHING_DUE = DueNow(0, 0)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question to be asked, and the one kept in memory that it is asked for."""

    kept: Question
    asked: Question


def due_now(memories: Memories, live: Collection[QuestionId], on: date) -> DueNow:
    """Count what is due on a day among questions that are still asked."""
    count = sum(memory.due <= on and id in live for id, memory in memories.items())
    return DueNow(min(count, max(0, A_DAY - len(asked_on(memories, on)))), count)


def asked_on(memories: Memories, on: date) -> frozenset[QuestionId]:
    """The questions asked in reviews on a day."""
    return frozenset(memory.asked for memory in memories.values() if memory.last == on and memory.asked)


def next_review(
    memories: Memories,
    live: Mapping[QuestionId, Question],
    bank: Sequence[Question],
    *,
    away: Collection[QuestionId],
    on: date,
    seed: int,
) -> Reviewed | None:
    """The question to review next: the one least likely remembered, or rather a sister of it from the ``bank``.

    ``live`` are those in memory that are still asked. Nothing that is ``away`` is asked, and nothing twice on a day;
    None if nothing is left.
    """
    kept = [live[id] for id, memory in memories.items() if memory.due <= on and id in live]
    kept.sort(key=lambda question: (chance(memories[question.id], on, question.key.id), question.id))
    sisters = _by_concept(bank) if kept else {}
    closed = {*away, *asked_on(memories, on)}
    for question in kept:
        asked = _wording(question, sisters, memories[question.id].asked, closed, seed)
        if asked is not None:
            return Reviewed(question, asked)
    return None


def _wording(
    kept: Question,
    sisters: Mapping[ConceptId, Sequence[Question]],
    last: QuestionId | None,
    closed: Collection[QuestionId],
    seed: int,
) -> Question | None:
    """A sister not asked last, else any sister, else the question itself; None if all of them are closed."""
    others = [one for one in sisters.get(kept.concept, ()) if one.id != kept.id] if kept.concept else []
    free = [one for one in others if one.id not in closed]
    fresh = [one for one in free if one.id != last]
    if fresh or free:
        return random.Random(f"sister:{seed}").choice(fresh or free)
    return None if kept.id in closed else kept


def _by_concept(questions: Iterable[Question]) -> Mapping[ConceptId, Sequence[Question]]:
    found: dict[ConceptId, list[Question]] = defaultdict(list)
    for question in questions:
        if question.concept is not None:
            found[question.concept].append(question)
    return found
