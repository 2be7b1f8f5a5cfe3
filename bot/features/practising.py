"""Practice: private questions that touch neither streak nor points, and what is kept for review."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.commands.caller import known, known_member, member_of, round_here, track_here
from bot.domain.community import Community, Member
from bot.domain.grading import UNSURE, AskedQuestion, Judgement, shuffled
from bot.domain.identifiers import OptionId, QuestionId, RoundRef, TopicId, TrackId, TrackRef
from bot.domain.question import Difficulty, Question
from bot.domain.round import OPEN_AT_MOST, Answer, Round, RoundState
from bot.domain.selection import Wanted, practice
from bot.features.answering import CANNOT_BE_JUDGED
from bot.features.upcoming import due_soon
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.practice import Practised, ReviewReason
from bot.ports.storage import UnitOfWork
from bot.posting.citing import cited, topic_title
from bot.posting.unreadable import kept_question
from bot.replies.asked import PracticeAsked
from bot.replies.card import Choice
from bot.replies.judged import PracticeVerdict, ReasonsShown
from bot.replies.markup import counted
from bot.replies.routes import Route, route
from bot.replies.said import Refusal, said

CATCH_UP_AT_MOST = 5


def ask(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    topic: TopicId | None,
    level: Difficulty | None,
    count: int,
    after: QuestionId | None = None,
    why: str = "",
) -> Outcome:
    """Pick a question to practise; ``count`` is how many are wanted in this sitting, ``after`` was just shown.

    Never one whose answer is on the screen: what was wrong comes again, but after something else.
    """
    community, member = known(call, uow)
    practised = uow.practice.of(member.id) if member else Practised()
    chosen = practice(
        catalog.questions,
        Wanted(frozenset({topic}) if topic else frozenset(), level),
        hidden={
            *hidden_from(call, uow, community, member),
            *on_screen(call, uow, community),
            *((after,) if after else ()),
        },
        soon=due_soon(call, uow, catalog, community),
        tried=practised.tried,
        review=practised.review,
        seed=call.seed,
    )
    if chosen is None:
        raise Refusal(
            "No other question fits that topic and level just now. Try another level, or any topic.",
            (Choice("Any topic", route("run", "quiz")),),
        )
    because = {
        ReviewReason.WRONG: "You had this one wrong before. ",
        ReviewReason.UNSURE: "You did not know this one before. ",
        ReviewReason.GUESSED: "You guessed this one before. ",
    }
    reason = practised.review.get(chosen.id)
    return Outcome(
        practice_asked(catalog, chosen, call.seed, topic, level, count - 1, why + (because[reason] if reason else ""))
    )


def practice_asked(
    catalog: Catalog,
    question: Question,
    seed: int,
    topic: TopicId | None,
    level: Difficulty | None,
    left: int,
    because: str = "",
    catching_up: TrackRef | None = None,
) -> PracticeAsked:
    """A question as practice shows it, its options in an order of its own."""
    return PracticeAsked(
        asked=AskedQuestion(question, shuffled(question, seed)),
        topic=topic_title(catalog, question.topic),
        level=question.difficulty,
        seed=seed,
        wanted_topic=topic or "",
        sitting=f"c{catching_up}" if catching_up else level.value[:1] if level else "",
        left=left,
        because=because,
    )


def on_screen(call: Call, uow: UnitOfWork, community: Community | None) -> frozenset[QuestionId]:
    """Questions whose answer the caller may be looking at: on the last posts, or in what they were told just now."""
    return call.shown | uow.rounds.told(community.id) if community else call.shown


def hidden_from(
    call: Call, uow: UnitOfWork, community: Community | None, member: Member | None
) -> frozenset[QuestionId]:
    """Questions of rounds open or on their way that the member has not answered: nothing may show their key."""
    if community is None:
        return frozenset()
    return uow.rounds.hidden(community.id, member.id if member else None, call.now - OPEN_AT_MOST)


_LEVELS = {level.value[:1]: level for level in Difficulty}


def judge(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question_id: QuestionId,
    version: int,
    seed: int,
    topic: TopicId | None,
    sitting: str,
    left: int,
    option: OptionId,
) -> Outcome:
    """Judge a practice choice and keep it as an attempt; what was wrong comes again."""
    question = _current(catalog, question_id, version)
    community, known_one = known(call, uow)
    if question_id in hidden_from(call, uow, community, known_one):
        raise Refusal(
            "That is today's question here now, so it is not judged as practice. Answer it with /daily; it counts.",
            (Choice("Today's question", route("run", "daily")),),
        )
    asked = AskedQuestion(question, shuffled(question, seed))
    if option != UNSURE and option not in asked.order:
        raise Refusal("That question has no such option. Nothing was kept; press one of its letters.")
    judgement = asked.judge(option)
    kept = uow.practice.attempt(known_one.id, question_id, seed) if known_one else None
    if kept is not None:
        judgement = asked.judge(kept.option)
        note = ""
    elif question_id in on_screen(call, uow, community):
        note = "Its answer was just shown, so this does not count."
    else:
        note = _keep(call, uow, asked, judgement, seed)
    return Outcome(
        PracticeVerdict(
            asked=asked,
            judgement=judgement,
            source=cited(catalog, question.refs),
            next=_onward(topic, sitting, max(left, 0), question.id),
            left=max(left, 0),
            note=note,
            stands=kept is not None,
        )
    )


def _keep(call: Call, uow: UnitOfWork, asked: AskedQuestion, judgement: Judgement, seed: int) -> str:
    """Keep a practice choice as an attempt; what to say of it."""
    member, question = member_of(call, uow), asked.question
    chosen = judgement.chosen.id if judgement.chosen else UNSURE
    uow.practice.add_attempt(member.id, question, Answer(chosen, judgement.shown_position, judgement.correct), seed)
    if judgement.correct:
        return "Off your review list." if uow.practice.reviewed(member.id, question.id) else ""
    reason = ReviewReason.UNSURE if judgement.chosen is None else ReviewReason.WRONG
    uow.practice.keep_for_review(member.id, question.id, reason)
    return "It will come again in practice."


def level_of(letter: str) -> Difficulty | None:
    """The level a button carries as its first letter."""
    return _LEVELS.get(letter)


def _onward(topic: TopicId | None, sitting: str, left: int, after: QuestionId) -> Route:
    """Where "next" leads: on with the catching up, or the next question of the sitting."""
    caught = re.fullmatch(r"c(\d{1,18}(?:-[a-z2-7]+)?)", sitting)
    if caught:
        return route("catchup", caught[1])
    return route("next", topic, sitting if sitting in _LEVELS else "", left or None, after)


def _current(catalog: Catalog, id: QuestionId, version: int) -> Question:
    question = catalog.question(id)
    if question is None or question.version != version:
        raise Refusal(
            "That question has been changed or withdrawn since. Nothing was kept; practise another.",
            (Choice("Another", route("run", "quiz")),),
        )
    return question


def others_in(
    call: Call, uow: UnitOfWork, catalog: Catalog, question_id: QuestionId, version: int, order: str
) -> Outcome:
    """Every option of a practised question and why."""
    question = _current(catalog, question_id, version)
    if sorted(order) != sorted(option.id for option in question.options):
        raise Refusal("That button is from an older version. Nothing was changed; practise another.")
    community, member = known(call, uow)
    tried = uow.practice.of(member.id).tried if member else {}
    judged = question_id in tried or question_id in call.shown
    if question_id in hidden_from(call, uow, community, member) or not judged:
        raise Refusal("Answer it first; then the reasons are yours to read.")
    asked = AskedQuestion(question, tuple(OptionId(id) for id in order))
    return Outcome(ReasonsShown(asked, cited(catalog, question.refs)))


def others(call: Call, uow: UnitOfWork, catalog: Catalog, round_ref: RoundRef) -> Outcome:
    """Every option of a round and why; only for those who answered, until it closes."""
    round, _ = round_here(call, uow, round_ref)
    if round.question is None or round.version is None:
        raise Refusal("That question was never posted.")
    community, member = known(call, uow)
    answered = member is not None and uow.answers.get(round.id, member.id) is not None
    hidden = round.question in hidden_from(call, uow, community, member)
    if not answered and (hidden or not _over(round)):
        raise Refusal(
            "Answer it first; then the reasons are yours to read.", (Choice("Answer it", route("daily", round.ref)),)
        )
    asked = kept_question(uow, round)
    if asked is None:
        raise Refusal(CANNOT_BE_JUDGED, (Choice("Practise", route("run", "quiz")),))
    return Outcome(ReasonsShown(asked, cited(catalog, asked.question.refs)))


def _over(round: Round) -> bool:
    return round.state in (RoundState.CLOSED, RoundState.VOID)


def again(call: Call, uow: UnitOfWork, catalog: Catalog, round_ref: RoundRef) -> Outcome:
    """Practise the question of a closed round."""
    round, _ = round_here(call, uow, round_ref)
    if not _over(round):
        raise Refusal(
            "That question is still open: answer it, it counts.",
            (Choice("Answer it", route("daily", round.ref)),),
        )
    question = catalog.question(round.question) if round.question else None
    community, member = known(call, uow)
    if question is None or question.id in hidden_from(call, uow, community, member):
        raise Refusal(
            "That question cannot be practised just now. Try another.",
            (Choice("Another", route("run", "quiz")),),
        )
    if question.id in on_screen(call, uow, community):
        why = "The answer to that one was just shown, so here is another. "
        return ask(call, uow, catalog, question.topic, None, 1, question.id, why)
    return Outcome(practice_asked(catalog, question, call.seed, None, None, 0))


def catch_up(call: Call, uow: UnitOfWork, catalog: Catalog, track_ref: TrackRef) -> Outcome:
    """Practise the latest rounds a member missed on a track, one after the other."""
    track = track_here(call, uow, track_ref, "progress")
    community, member = known(call, uow)
    missed = missed_questions(uow, catalog, member, track.id) if member else []
    hidden = hidden_from(call, uow, community, member) | on_screen(call, uow, community)
    open_now = [question for question in missed if question.id not in hidden]
    if not open_now:
        return Outcome(
            said(
                "Nothing to catch up on: you have seen every recent question."
                if not missed
                else "Nothing to catch up on just now: the other answers were shown a moment ago.",
                choices=(Choice("Practise", route("run", "quiz")),),
            )
        )
    told = f"{counted(len(open_now), 'question')} to catch up on. "
    left = len(open_now) - 1
    return Outcome(practice_asked(catalog, open_now[0], call.seed, None, None, left, told, catching_up=track.ref))


def missed_questions(
    uow: UnitOfWork,
    catalog: Catalog,
    member: Member,
    track_id: TrackId,
    among: Collection[RoundState] = (RoundState.CLOSED,),
) -> list[Question]:
    """Questions of the latest closed rounds that the member neither answered nor practised since."""
    tried = uow.practice.of(member.id).tried
    questions = []
    for seen in uow.rounds.seen_by(track_id, member.id, 14):
        round = seen.round
        if seen.answer is None and round.state in among and round.question and round.question not in tried:
            question = catalog.question(round.question)
            if question is not None:
                questions.append(question)
    return questions[:CATCH_UP_AT_MOST]


def guessed(call: Call, uow: UnitOfWork, catalog: Catalog, round_ref: RoundRef) -> Outcome:
    """Keep a right answer for review because it was a guess; the answer itself stands."""
    round, _ = round_here(call, uow, round_ref)
    member = known_member(call, uow)
    kept = uow.answers.get(round.id, member.id) if member else None
    if member is None or kept is None or round.question is None:
        raise Refusal("Answer the question first.")
    if not kept.correct:
        raise Refusal("That one is on your review list already; it will come again in practice.")
    uow.practice.keep_for_review(member.id, round.question, ReviewReason.GUESSED)
    return Outcome(
        said(
            "Noted: it will come again in practice. Your answer and your streak stay as they are.",
            choices=(Choice("Why not the others", route("others", round.ref)),),
        )
    )
