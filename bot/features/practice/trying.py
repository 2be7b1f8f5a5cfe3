"""A letter pressed on a question to practise, and why not the others."""

from __future__ import annotations

from bot.commands.caller import known_member, member_of
from bot.commands.declare import pressed
from bot.domain.grading import UNSURE, AskedQuestion, Judgement, shuffled
from bot.domain.identifiers import OptionId, QuestionId, TopicId
from bot.domain.question import Question
from bot.domain.round import Answer
from bot.domain.sitting import Sitting
from bot.domain.word_to_know import word_to_know
from bot.features.practice.ask import ANOTHER
from bot.features.practice.missed import keep_missed
from bot.features.practice.withheld import learner
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import ReviewReason
from bot.ports.storage import UnitOfWork
from bot.replies.citing import cited
from bot.replies.common_buttons import TODAYS_QUESTION
from bot.replies.judged import PracticeVerdict, ReasonsShown
from bot.replies.said import Refusal
from bot.replies.sitting import read_old, read_sitting

NO_SUCH_OPTION = "That question has no such option. Nothing was kept; press one of its letters."
ANSWER_FIRST = "Answer it first; then the reasons are yours to read."


@pressed("sit", needs="write")
def sit(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question: QuestionId,
    version: int,
    seed: str,
    name: str | None,
    code: str,
    option: OptionId,
) -> Outcome:
    """Judge a letter pressed on a question of a sitting."""
    return _judged(
        call, uow, current_version(catalog, question, version), option, read_sitting(seed, name, code), catalog
    )


@pressed("try", needs="write")
def try_option(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question: QuestionId,
    version: int,
    seed: int,
    topic: TopicId | None,
    sitting: str | None,
    left: int,
    option: OptionId,
) -> Outcome:
    """Judge a letter of a version that did not count its sittings."""
    current = current_version(catalog, question, version)
    return _judged(call, uow, current, option, read_old(topic, sitting or "", left, seed), catalog)


def _judged(
    call: Call, uow: UnitOfWork, question: Question, option: OptionId, sitting: Sitting, catalog: Catalog
) -> Outcome:
    """Judge a practice choice and keep it as an attempt; what was wrong comes again."""
    who = learner(call, uow)
    if question.id in who.hidden:
        raise todays_question()
    asked = AskedQuestion(question, shuffled(question, sitting.seed))
    if option != UNSURE and option not in asked.order:
        raise Refusal(NO_SUCH_OPTION)
    judgement = asked.judge(option)
    kept = uow.practice.attempt(who.member.id, question.id, sitting.seed) if who.member else None
    if kept is not None:
        judgement = asked.judge(kept.option)
        note = ""
    elif question.id in who.on_screen:
        note = "Its answer was just shown, so this does not count."
    else:
        note = _keep(call, uow, asked, judgement, sitting.seed)
    return Outcome(
        PracticeVerdict(
            asked=asked,
            judgement=judgement,
            source=cited(catalog.sources, question.refs),
            sitting=sitting,
            note=note,
            stands=kept is not None,
            word=word_to_know(question, catalog.knowledge),
            right=_right(call, uow, sitting) if sitting.last and sitting.of > 1 else None,
        )
    )


def _right(call: Call, uow: UnitOfWork, sitting: Sitting) -> int:
    """Count what was right in a sitting."""
    member = known_member(call, uow)
    return sum(turn.correct for turn in uow.practice.sat(member.id, sitting)) if member else 0


def _keep(call: Call, uow: UnitOfWork, asked: AskedQuestion, judgement: Judgement, seed: int) -> str:
    """Keep a practice choice as an attempt; what to say of it."""
    member, question = member_of(call, uow), asked.question
    chosen = judgement.chosen.id if judgement.chosen else UNSURE
    uow.practice.add_attempt(member.id, question, Answer(chosen, judgement.shown_position, judgement.correct), seed)
    if judgement.correct:
        return "Off your review list." if uow.practice.reviewed(member.id, question.id) else ""
    reason = ReviewReason.UNSURE if judgement.chosen is None else ReviewReason.WRONG
    keep_missed(uow, member.id, question, reason, call.now.date())
    return "It will come again in practice."


@pressed("rest")
def rest(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question: QuestionId,
    version: int,
    seed: str,
    name: str | None,
    code: str,
) -> Outcome:
    """Say why not the others, in a sitting."""
    current, sitting = current_version(catalog, question, version), read_sitting(seed, name, code)
    who = learner(call, uow)
    judged = who.member is not None and uow.practice.attempt(who.member.id, question, sitting.seed) is not None
    if question in who.hidden or not (judged or question in who.on_screen):
        raise Refusal(ANSWER_FIRST)
    asked = AskedQuestion(current, shuffled(current, sitting.seed))
    return Outcome(ReasonsShown(asked, sitting))


@pressed("others-in")
def others_in(call: Call, uow: UnitOfWork, catalog: Catalog, question: QuestionId, version: int, order: str) -> Outcome:
    """Say why not the others, from a button of a version that did not count its sittings."""
    current = current_version(catalog, question, version)
    if sorted(order) != sorted(option.id for option in current.options):
        raise Refusal("That button is from an older version. Nothing was changed; practise another.")
    who = learner(call, uow)
    tried = uow.practice.of(who.member.id).tried if who.member else {}
    judged = question in tried or question in call.shown
    if question in who.hidden or not judged:
        raise Refusal(ANSWER_FIRST)
    asked = AskedQuestion(current, tuple(OptionId(id) for id in order))
    return Outcome(ReasonsShown(asked))


def todays_question() -> Refusal:
    """The refusal to judge a question as practice while it is open here."""
    return Refusal(
        "That is today's question here now, so it is not judged as practice. Answer it with /daily; it counts.",
        (TODAYS_QUESTION,),
    )


def current_version(catalog: Catalog, id: QuestionId, version: int) -> Question:
    """The question in the version that was shown; ``Refusal`` if it is another by now."""
    question = catalog.question(id)
    if question is None or question.version != version:
        raise Refusal(
            "That question has been changed or withdrawn since. Nothing was kept; practise another.",
            (ANOTHER,),
        )
    return question
