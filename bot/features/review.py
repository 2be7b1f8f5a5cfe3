"""/review: what was missed, asked again on the day it is worth meeting again."""

from __future__ import annotations

from datetime import date

from bot.commands.declare import command, pressed
from bot.domain.grading import UNSURE, AskedQuestion, Judgement, shuffled
from bot.domain.identifiers import MemberId, OptionId, QuestionId
from bot.domain.memory import A_DAY, Graded
from bot.domain.review import NOTHING_DUE, DueNow, due_now, next_review
from bot.domain.round import Answer
from bot.domain.word_to_know import word_to_know
from bot.features.practice.missed import due_today, live, remember
from bot.features.practice.trying import ANSWER_FIRST, NO_SUCH_OPTION, current_version, todays_question
from bot.features.practice.withheld import Learner, due_soon, learner
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import ReviewReason
from bot.ports.storage import UnitOfWork
from bot.replies.citing import cited
from bot.replies.common_buttons import MY_PROGRESS, PRACTISE
from bot.replies.judged import ReasonsShown
from bot.replies.markup import counted
from bot.replies.reviewing import ReviewAsked, ReviewVerdict, Surety
from bot.replies.said import Refusal, said


@command("review", example="/review")
def review(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Review what you missed."""
    who = learner(call, uow)
    if who.member is None:
        return _nothing(None, NOTHING_DUE, call.now.date())
    on = call.now.date()
    memories = uow.reviews.near(who.member.id, on)
    here = live(catalog, memories)
    due = due_now(memories, here, on)
    if not due.left:
        return _nothing(uow.reviews.next_due(who.member.id), due, on)
    away = who.hidden | who.on_screen | due_soon(call, uow, catalog, who.community)
    found = next_review(memories, here, catalog.questions, away=away, on=on, seed=call.seed)
    if found is None:
        return _said(
            f"{due.words()}, but not just now: the answer was shown a moment ago, or the daily question asks it soon."
        )
    asked = AskedQuestion(found.asked, shuffled(found.asked, call.seed))
    return Outcome(ReviewAsked(asked, found.kept.id, call.seed, catalog.topic_title(found.asked.topic), due))


def _nothing(next_due: date | None, due: DueNow, on: date) -> Outcome:
    if due.all:
        return _said(f"That was {A_DAY} for today. {counted(due.all, 'question')} more can wait until tomorrow.")
    if next_due is None:
        return _said("There is nothing to review yet. What you miss is kept, and comes again when it is worth meeting.")
    if next_due <= on:
        return _said("Nothing is due today: what was kept for you is no longer asked.")
    return _said(f"Nothing is due today. The next review is on {next_due:%a %d %b}.")


def _said(text: str) -> Outcome:
    return Outcome(said(text, choices=(PRACTISE, MY_PROGRESS)))


@pressed("rev", needs="write")
def answer_review(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    kept: QuestionId,
    asked: QuestionId | None,
    version: int,
    seed: int,
    surety: Surety,
    option: OptionId,
) -> Outcome:
    """Judge a letter pressed in a review, and remember how sure it was."""
    who = learner(call, uow)
    question = current_version(catalog, asked or kept, version)
    if question.id in who.hidden:
        raise todays_question()
    put = AskedQuestion(question, shuffled(question, seed))
    if option != UNSURE and option not in put.order:
        raise Refusal(NO_SUCH_OPTION)
    judgement = put.judge(option)
    before = uow.practice.attempt(who.member.id, question.id, seed) if who.member else None
    note = ""
    if before is not None:
        judgement = put.judge(before.option)
    elif question.id in who.on_screen:
        note = "Its answer was just shown, so this does not count."
    else:
        note = _keep(call, uow, catalog, who, kept, put, judgement, seed, sure=surety is Surety.SURE)
    return Outcome(
        ReviewVerdict(
            asked=put,
            kept=kept,
            seed=seed,
            judgement=judgement,
            source=cited(catalog.sources, question.refs),
            note=note,
            due=due_today(call, uow, catalog, who.member.id) if who.member else NOTHING_DUE,
            stands=before is not None,
            word=word_to_know(question, catalog.knowledge),
        )
    )


def _keep(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    who: Learner,
    kept: QuestionId,
    asked: AskedQuestion,
    judgement: Judgement,
    seed: int,
    *,
    sure: bool,
) -> str:
    """Keep a choice and what it says of the member's memory; what to say of it."""
    on = call.now.date()
    question = live(catalog, (kept,)).get(kept)
    memory = uow.reviews.of(who.member.id, kept) if who.member else None
    if who.member is None or memory is None or question is None:
        return "That one is not among your reviews any more, so nothing was kept."
    if memory.last >= on:
        return "You met that one today already, so this does not count. It comes again on another day."
    member, good = who.member.id, judgement.correct and sure
    chosen = judgement.chosen.id if judgement.chosen else UNSURE
    uow.practice.add_attempt(member, asked.question, Answer(chosen, judgement.shown_position, judgement.correct), seed)
    remember(uow, member, question, Graded(on, good, question.key.id, asked.question.id))
    _list(uow, member, kept, judgement, sure=sure)
    after = uow.reviews.of(member, kept)
    assert after is not None
    days = (after.due - on).days
    again = "tomorrow" if days == 1 else f"in {days} days"
    return f"{'Right, but unsure: it' if judgement.correct and not sure else 'It'} comes again {again}."


def _list(uow: UnitOfWork, member: MemberId, kept: QuestionId, judgement: Judgement, *, sure: bool) -> None:
    """Keep the list of what to practise as the review has it."""
    if judgement.correct and sure:
        uow.practice.reviewed(member, kept)
    elif judgement.correct:
        uow.practice.keep_for_review(member, kept, ReviewReason.GUESSED)
    else:
        reason = ReviewReason.UNSURE if judgement.chosen is None else ReviewReason.WRONG
        uow.practice.keep_for_review(member, kept, reason)


@pressed("rev-why")
def why(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    kept: QuestionId,
    asked: QuestionId | None,
    version: int,
    seed: int,
) -> Outcome:
    """Say why not the others, in a review."""
    question = current_version(catalog, asked or kept, version)
    who = learner(call, uow)
    judged = who.member is not None and uow.practice.attempt(who.member.id, question.id, seed) is not None
    if question.id in who.hidden or not (judged or question.id in who.on_screen):
        raise Refusal(ANSWER_FIRST)
    return Outcome(ReasonsShown(AskedQuestion(question, shuffled(question, seed))))
