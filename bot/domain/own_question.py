"""A question of a community's own bank: structure, key and limits as everywhere, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from bot.domain.common_fields import Reference, Status
from bot.domain.content_faults import Fault
from bot.domain.identifiers import OptionId, QuestionId, TopicId
from bot.domain.limits import SLUG_LIMIT, Chars
from bot.domain.question import TAKEAWAY_LIMIT, WHY_LIMITS, Bloom, Difficulty, Option, Question

OWN = "own-"
"""The beginning of every id in a community's own bank; no other bank has such ids."""
NO_ID = QuestionId("own-0")
"""Until it is kept, which gives it its own."""
GENERAL = TopicId("our-questions")
"""The topic of what names none."""


@dataclass(frozen=True, slots=True)
class OwnOption(Option):
    """A choice; a reason is welcome and may be short."""

    why: Annotated[str, Chars(WHY_LIMITS[1], rule="L08")] = ""


@dataclass(frozen=True, slots=True)
class OwnQuestion(Question):
    """A question without the readings and sources that a reviewed bank asks for."""

    options: tuple[OwnOption, ...]
    takeaway: Annotated[str, Chars(TAKEAWAY_LIMIT)] = ""
    refs: tuple[Reference, ...] = ()
    replaces: QuestionId | None = None
    """Of a draft: the question it is to be the next version of."""

    batch: str = ""
    """Of a draft: what came in together is saved together."""

    def _faults_of_readings(self) -> Iterator[Fault]:
        return iter(())


def own_question(
    stem: str,
    options: Sequence[OwnOption],
    topic: TopicId = GENERAL,
    difficulty: Difficulty = Difficulty.MEDIUM,
    takeaway: str = "",
) -> OwnQuestion:
    """A live question that is not kept yet; ``Faulty`` if it cannot stand."""
    lettered = tuple(options)
    return OwnQuestion(NO_ID, 1, Status.LIVE, topic, difficulty, Bloom.APPLY, stem, lettered, takeaway)


def is_own(id: QuestionId) -> bool:
    """Return whether an id belongs to a community's own bank."""
    return id.startswith(OWN)


def topic_id(named: str) -> TopicId:
    """The id of a topic that is declared by being named: its letters and digits, joined by hyphens."""
    words = re.findall(r"[a-z0-9]+", named.casefold())
    return TopicId("-".join(words)[:SLUG_LIMIT].strip("-") or GENERAL)


def option_id(place: int) -> OptionId:
    """The id of the option in a place."""
    return OptionId(chr(ord("a") + place))


def asks_the_same(one: Question, other: Question) -> bool:
    """Return whether two say the same to a reader: only their id, version and standing may differ."""
    return _said(one) == _said(other)


def _said(question: Question) -> tuple[object, ...]:
    options = tuple((option.text, option.why, option.correct, option.code) for option in question.options)
    return (
        question.stem,
        options,
        question.topic,
        question.difficulty,
        question.takeaway,
        question.block and question.block.text,
    )
