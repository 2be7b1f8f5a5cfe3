"""The questions that a sitting is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.commands.caller import track_here
from bot.domain.community import Member
from bot.domain.identifiers import QuestionId, TrackId
from bot.domain.question import Question
from bot.domain.round import RoundState
from bot.domain.selection import Wanted
from bot.domain.sitting import Subject
from bot.ports.call import Call
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork

CATCH_UP_AT_MOST = 5


def fitting(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    about: Subject,
    member: Member | None,
    review: Collection[QuestionId],
) -> Sequence[Question]:
    """The questions that a subject admits, whether they may be shown just now or not."""
    if about.catching_up:
        track = track_here(call, uow, about.catching_up, "progress")
        return missed_questions(uow, catalog, member, track.id) if member else ()
    found = Wanted(frozenset({about.topic} if about.topic else ()), about.level).of(catalog.questions)
    if about.role:
        found = [question for question in found if about.role in question.roles]
    if about.step:
        step = catalog.step(about.step)
        topics = step.topics if step else ()
        found = [question for question in found if question.roadmap == about.step or question.topic in topics]
    return [question for question in found if question.id in review] if about.missed else found


def missed_questions(uow: UnitOfWork, catalog: Catalog, member: Member, track: TrackId) -> list[Question]:
    """Questions of the latest closed rounds that the member neither answered nor practised since."""
    tried = uow.practice.of(member.id).tried
    questions = []
    for seen in uow.ledger.seen_by(track, member.id, 14):
        round = seen.round
        if seen.answer is None and round.state is RoundState.CLOSED and round.question and round.question not in tried:
            question = catalog.question(round.question)
            if question is not None:
                questions.append(question)
    return questions[:CATCH_UP_AT_MOST]
