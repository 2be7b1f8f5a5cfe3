"""Rounds as something to learn from: why not the others, practising them again, catching up, guesses."""

from __future__ import annotations

from bot.commands.caller import known_member, round_here
from bot.commands.declare import pressed
from bot.domain.identifiers import RoundRef, TrackRef
from bot.domain.round import Round, RoundState
from bot.domain.sitting import Sitting, Subject
from bot.features.practice.ask import ANOTHER, begin, practice_asked
from bot.features.practice.missed import keep_missed
from bot.features.practice.subject import CATCH_UP_AT_MOST
from bot.features.practice.trying import ANSWER_FIRST
from bot.features.practice.withheld import learner
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import ReviewReason
from bot.ports.storage import UnitOfWork
from bot.posting.unreadable import readable_question
from bot.replies.card import Choice
from bot.replies.judged import ReasonsShown
from bot.replies.routes import route
from bot.replies.said import Refusal, said


@pressed("why")
@pressed("others")
def others(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Say why not the others; only to those who answered, until the round closes."""
    round, _ = round_here(call, uow, ref)
    if round.question is None or round.version is None:
        raise Refusal("That question was never posted.")
    who = learner(call, uow)
    answered = who.member is not None and uow.answers.get(round.id, who.member.id) is not None
    if not answered and (round.question in who.hidden or not _over(round)):
        raise Refusal(ANSWER_FIRST, (Choice("Answer it", route("daily", round.ref)),))
    asked = readable_question(uow, round)
    return Outcome(ReasonsShown(asked))


def _over(round: Round) -> bool:
    return round.state in (RoundState.CLOSED, RoundState.VOID)


@pressed("again")
def again(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Practise the question of a closed round."""
    round, _ = round_here(call, uow, ref)
    if not _over(round):
        still = "That question is still open: answer it, it counts."
        raise Refusal(still, (Choice("Answer it", route("daily", round.ref)),))
    question = catalog.question(round.question) if round.question else None
    who = learner(call, uow)
    if question is None or question.id in who.hidden:
        raise Refusal("That question cannot be practised just now. Try another.", (ANOTHER,))
    if question.id in who.on_screen:
        why = "The answer to that one was just shown, so here is another. "
        return begin(call, uow, catalog, Subject(question.topic), shown={question.id}, why=why)
    return Outcome(practice_asked(catalog, question, Sitting(Subject(question.topic), begun=call.seed)))


@pressed("catchup")
def catch_up(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Catch up privately on the latest rounds missed on a track, one after the other."""
    return begin(call, uow, catalog, Subject(catching_up=ref), CATCH_UP_AT_MOST)


@pressed("guessed", needs="write")
def guessed(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Keep a right answer for review because it was a guess; the answer itself stands."""
    round, _ = round_here(call, uow, ref)
    member = known_member(call, uow)
    kept = uow.answers.get(round.id, member.id) if member else None
    if member is None or kept is None or round.question is None:
        raise Refusal("Answer the question first.")
    if not kept.correct:
        raise Refusal("That one is on your review list already; it will come again in practice.")
    question = readable_question(uow, round).question
    keep_missed(uow, member.id, question, ReviewReason.GUESSED, min(round.local_date, call.now.date()))
    return Outcome(
        said(
            "Noted: it will come again in practice. Your answer and your streak stay as they are.",
            choices=(Choice("Why not the others", route("others", round.ref)),),
        )
    )
