"""Keeping questions in a community's own bank, within its limit."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.identifiers import CommunityId
from bot.domain.own_question import NO_ID, OwnQuestion
from bot.ports.storage import UnitOfWork
from bot.replies.said import Refusal

QUESTIONS_AT_MOST = 5_000


def keep(uow: UnitOfWork, community: CommunityId, questions: Sequence[OwnQuestion]) -> int:
    """Keep new questions and next versions; how many were. One that was changed meanwhile stays as it is."""
    room = QUESTIONS_AT_MOST - uow.own_bank.count(community)
    if sum(question.id == NO_ID for question in questions) > room:
        raise Refusal(
            f"A bank of your own holds at most {QUESTIONS_AT_MOST:,} questions, retired ones too, and there is room "
            f"for {max(room, 0)} more. None of these was kept."
        )
    done = 0
    for question in questions:
        if question.id == NO_ID:
            uow.own_bank.add(community, question)
            done += 1
        else:
            done += uow.own_bank.save(community, question)
    return done
