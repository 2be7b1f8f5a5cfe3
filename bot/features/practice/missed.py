"""Questions a member missed: kept for practice, and for the day on which they are worth meeting again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.common_fields import Status
from bot.domain.identifiers import MemberId, QuestionId
from bot.domain.memory import Graded, after
from bot.domain.question import Question
from bot.domain.review import NOTHING_DUE, DueNow, due_now
from bot.ports.call import Call
from bot.ports.catalog import Catalog
from bot.ports.practice import ReviewReason
from bot.ports.storage import UnitOfWork


def keep_missed(uow: UnitOfWork, member: MemberId, question: Question, reason: ReviewReason, on: date) -> None:
    """Keep a question that was wrong, guessed or not known, as of a day."""
    uow.practice.keep_for_review(member, question.id, reason)
    remember(uow, member, question, Graded(on, good=False, key=question.key.id))


def remember(uow: UnitOfWork, member: MemberId, question: Question, graded: Graded) -> None:
    """Keep how well a question was remembered; once a day, and nothing dated before the last time."""
    before = uow.reviews.of(member, question.id)
    memory = after(before, graded)
    if memory is not before:
        uow.reviews.keep(member, question.id, graded, memory)


def due_today(call: Call, uow: UnitOfWork, catalog: Catalog, member: MemberId) -> DueNow:
    """Count what is due for a member."""
    on = call.now.date()
    memories = uow.reviews.near(member, on)
    return due_now(memories, live(catalog, memories), on) if memories else NOTHING_DUE


def live(catalog: Catalog, ids: Iterable[QuestionId]) -> Mapping[QuestionId, Question]:
    """Those of the questions that are still asked."""
    found = {id: catalog.question(id) for id in ids}
    return {id: question for id, question in found.items() if question and question.status is Status.LIVE}
