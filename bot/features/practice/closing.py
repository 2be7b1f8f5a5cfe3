"""The end of a sitting: what was right, and what to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.domain.community import Member
from bot.domain.identifiers import QuestionId
from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.sitting import Sitting, Turn, still_missed
from bot.ports.call import Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.sitting_closed import SittingClosed, ToRead


def closed(
    uow: UnitOfWork,
    catalog: Catalog,
    member: Member | None,
    sitting: Sitting,
    turns: Sequence[Turn],
    *,
    early: bool = False,
) -> Outcome:
    """Close a sitting, perhaps before its last question."""
    missed = still_missed(turns)
    read = [question for question in map(catalog.question, missed) if question is not None]
    kept = uow.practice.of(member.id).review if member else {}
    return Outcome(
        SittingClosed(
            sitting=sitting,
            answered=len(turns),
            right=sum(turn.correct for turn in turns),
            topics=_topics(catalog, [turn.question for turn in turns if turn.correct]),
            to_read=tuple(ToRead(question, _step(catalog, question)) for question in read),
            others_missed=any(id not in {turn.question for turn in turns} for id in kept),
            early=early,
        )
    )


def _topics(catalog: Catalog, right: Sequence[QuestionId]) -> tuple[tuple[str, int], ...]:
    """The topics of what was right, with how many each; most first."""
    questions = (question for question in map(catalog.question, right) if question is not None)
    return tuple(Counter(catalog.topic_title(question.topic) for question in questions).most_common())


def _step(catalog: Catalog, question: Question) -> Step | None:
    """The step of the roadmap that teaches it."""
    return catalog.step(question.roadmap) if question.roadmap else None
