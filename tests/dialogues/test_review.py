"""/review: what was missed comes again on another day, sure or unsure in one press, and gives nothing away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.common_fields import Status
from bot.domain.community import Member
from bot.domain.identifiers import ConceptId, OptionId, QuestionId
from bot.domain.memory import Memory, rebuilt
from bot.ports.storage import UnitOfWork
from bot.replies.card import Reply
from bot.replies.judged import DailyVerdict, PracticeVerdict, ReasonsShown
from bot.replies.reviewing import ReviewAsked, ReviewVerdict
from tests.dialogues.telling import dialogue, letter
from tests.dialogues.test_practice_guards import SmallDoor
from tests.domain.samples import READINGS

MANY = 40


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[SmallDoor]:
    door = SmallDoor(tmp_path / "small.db", MANY)
    change(door, *door.bank.questions, status=Status.LIVE, readings=READINGS)
    try:
        await door.posted()
        yield door
    finally:
        door.storage.close()


def change(door: SmallDoor, *questions: object, **what: object) -> None:
    """Change some questions of the bank in place."""
    door.bank.questions = tuple(
        replace(one, **what) if one in questions else one  # type: ignore[arg-type]
        for one in door.bank.questions
    )


def text(reply: Reply) -> str:
    return str(reply.as_card())


async def missed(door: SmallDoor, user: str = "ana") -> QuestionId:
    """Answer today's question wrong, and live on until others are on the screen."""
    today = door.post()
    assert isinstance(await door.answer(today, right=False, user=user), DailyVerdict)
    for _ in range(3):
        await door.next_day()
    return today.asked.question.id


async def memory_of(door: SmallDoor, question: QuestionId, user: str = "ana") -> Memory | None:
    def look(uow: UnitOfWork) -> Memory | None:
        member = _member(door, uow, user)
        kept = uow.reviews.of(member.id, question) if member else None
        if member:
            assert rebuilt(uow.reviews.log(member.id).get(question, ())) == kept, "the log leads to it"
        return kept

    return await door.storage.read(look)


def _member(door: SmallDoor, uow: UnitOfWork, user: str) -> Member | None:
    _, member = uow.members.known(door.publisher.platform, "terminal", user)
    return member


async def asked(door: SmallDoor, user: str = "ana") -> ReviewAsked:
    reply = await door.say("/review", user)
    assert isinstance(reply, ReviewAsked), text(reply)
    return reply


async def pick(door: SmallDoor, reply: ReviewAsked, *, right: bool, sure: bool) -> ReviewVerdict:
    """Press the right or a wrong letter, sure or unsure."""
    shown = reply.asked.shown()
    name = next(name for name, option in shown if option.correct is right)
    verdict = await door.press(name if sure else f"{name}, unsure", reply)
    assert isinstance(verdict, ReviewVerdict), text(verdict)
    return verdict


async def test_before_anything_is_missed_there_is_nothing(door: SmallDoor) -> None:
    assert "nothing to review yet" in text(await door.say("/review"))
    await door.answer(door.post(), right=True)
    assert "nothing to review yet" in text(await door.say("/review")), "what was right is not kept"


async def test_what_was_missed_comes_on_another_day_and_right_and_sure_sends_it_further(door: SmallDoor) -> None:
    today = door.post()
    verdict = await door.answer(today, right=False)
    assert "Review" not in text(verdict), "nothing is due on the day itself"
    assert "Nothing is due today. The next review is on" in text(await door.say("/review"))
    for _ in range(3):
        following = await door.next_day()
    question = today.asked.question.id
    assert "Review, 1 due" in text(await door.answer(following, right=True)), "offered under the next verdict"
    assert "In /review: 1 due." in text(await door.say("/progress"))
    review = await asked(door)
    assert review.asked.question.id == question
    assert "1 due" in text(review)
    verdict = await pick(door, review, right=True, sure=True)
    memory = await memory_of(door, question)
    assert memory is not None
    days = (memory.due - door.clock.now().date()).days
    assert f"It comes again in {days} days." in text(verdict) or days == 1
    assert "That is all for today." in text(verdict)
    assert "Nothing is due today" in text(await door.say("/review"))


@pytest.mark.parametrize(("right", "sure"), [(True, False), (False, True), (False, False)])
async def test_wrong_or_unsure_means_again(door: SmallDoor, right: bool, sure: bool) -> None:
    question = await missed(door)
    sureness = await asked(door)
    before = await memory_of(door, question)
    verdict = await pick(door, sureness, right=right, sure=sure)
    after = await memory_of(door, question)
    assert before is not None
    assert after is not None
    assert after.stability <= before.stability
    assert after.due == door.clock.now().date() + timedelta(days=1)
    assert ("Right, but unsure: it comes again tomorrow." if right else "It comes again tomorrow.") in text(verdict)


async def test_a_lucky_guess_on_the_daily_question_is_kept(door: SmallDoor) -> None:
    today = door.post()
    verdict = await door.answer(today, right=True)
    await door.press("I guessed", verdict)
    memory = await memory_of(door, today.asked.question.id)
    assert memory is not None
    assert memory.due == memory.last + timedelta(days=1)


async def test_pressing_twice_counts_once_and_shows_the_first(door: SmallDoor) -> None:
    question = await missed(door)
    review = await asked(door)
    await pick(door, review, right=False, sure=True)
    memory = await memory_of(door, question)
    again = await pick(door, review, right=True, sure=True)
    assert again.stands
    assert not again.judgement.correct
    assert await memory_of(door, question) == memory
    assert await door.rights() == (0, 1)


async def test_two_showings_on_one_day_count_once(door: SmallDoor) -> None:
    question = await missed(door)
    one, two = await asked(door), await asked(door)
    await pick(door, one, right=False, sure=True)
    memory = await memory_of(door, question)
    door.clock.advance(timedelta(hours=1))
    door.restart()  # what was shown is forgotten
    assert "does not count" in text(await pick(door, two, right=True, sure=True))
    assert await memory_of(door, question) == memory


async def test_a_clock_that_steps_back_changes_nothing(door: SmallDoor) -> None:
    question = await missed(door)
    await pick(door, await asked(door), right=True, sure=True)
    memory = await memory_of(door, question)
    later = await asked_when_due(door, question)
    door.clock.advance(-timedelta(days=400))
    assert "does not count" in text(await pick(door, later, right=False, sure=True))
    assert await memory_of(door, question) == memory


async def asked_when_due(door: SmallDoor, question: QuestionId) -> ReviewAsked:
    """Live on until it is due again."""
    while True:
        await door.next_day()
        memory = await memory_of(door, question)
        assert memory is not None
        if memory.due <= door.clock.now().date():
            return await asked(door)


async def test_todays_question_is_never_reviewed(door: SmallDoor) -> None:
    question = await missed(door)
    review = await asked(door)
    today = door.post().asked.question
    route = next(choice.route for choice in review.as_card().choices if choice.letter)
    stolen = await door.say(route.text.replace(f":{question}:", f":{today.id}:"))
    assert "That is today's question here now" in text(stolen)
    assert today.key.why not in text(stolen)


async def test_what_stands_answered_on_the_screen_is_not_reviewed(door: SmallDoor) -> None:
    question = await missed(door)
    shown = next(one for one in door.bank.questions if one.id == question)
    practised = await door.say(f"sb1:sit:{question}:1:5::t--01:{shown.key.id}")
    assert isinstance(practised, PracticeVerdict)
    reply = await door.say("/review")
    assert not isinstance(reply, ReviewAsked)


async def test_a_sister_comes_rather_than_the_same_words(door: SmallDoor) -> None:
    question = await missed(door)
    kept = next(one for one in door.bank.questions if one.id == question)
    change(door, kept, *door.bank.questions[20:], concept=ConceptId("windows"))
    review = await asked(door)
    sister = review.asked.question
    assert sister.id != question
    assert sister.concept == ConceptId("windows")
    verdict = await pick(door, review, right=True, sure=True)
    assert isinstance(await door.press("Why not the others", verdict), ReasonsShown)
    memory = await memory_of(door, question)
    assert memory is not None
    assert memory.asked == sister.id
    assert await memory_of(door, sister.id) is None, "it counts for the one that was missed"


async def test_a_retired_question_is_not_due_and_an_old_button_says_so(door: SmallDoor) -> None:
    question = await missed(door)
    review = await asked(door)
    kept = next(one for one in door.bank.questions if one.id == question)
    change(door, kept, status=Status.RETIRED)
    assert "no longer asked" in text(await door.say("/review"))
    memory = await memory_of(door, question)
    assert "nothing was kept" in text(await pick(door, review, right=True, sure=True))
    assert await memory_of(door, question) == memory


async def test_an_edited_question_keeps_its_memory_and_refuses_its_old_buttons(door: SmallDoor) -> None:
    question = await missed(door)
    review = await asked(door)
    kept = next(one for one in door.bank.questions if one.id == question)
    change(door, kept, version=2)
    assert "has been changed or withdrawn since" in text(await door.press("A", review))
    again = await asked(door)
    assert again.asked.question.version == 2
    await pick(door, again, right=True, sure=True)


async def test_a_question_with_another_key_starts_over(door: SmallDoor) -> None:
    question = await missed(door)
    kept = next(one for one in door.bank.questions if one.id == question)
    options = tuple(replace(option, correct=option.id == "c") for option in kept.options)
    change(door, kept, version=2, options=options)
    await pick(door, await asked(door), right=True, sure=True)
    memory = await memory_of(door, question)
    assert memory is not None
    assert memory.key == OptionId("c")
    assert memory.stability > 2, "as if it had never been missed"


async def test_deleting_ones_data_in_the_middle_keeps_nothing(door: SmallDoor) -> None:
    question = await missed(door)
    review = await asked(door)
    await door.press("Delete everything", await door.say("/privacy delete"))
    assert "nothing was kept" in text(await pick(door, review, right=True, sure=True))
    assert await memory_of(door, question) is None
    assert "nothing to review yet" in text(await door.say("/review"))


async def test_the_reasons_are_for_who_answered(door: SmallDoor) -> None:
    await missed(door)
    review = await asked(door)
    route = review.as_card().choices[0].route
    why = ":".join(["sb1", "rev-why", *route.args[:4]])
    assert "Answer it first" in text(await door.say(why))


async def test_it_is_lived_in_the_terminal(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened, right=False))
        assert "Nothing is due today" in await talk.say("/review")
        for _ in range(3):
            await talk.say("tomorrow")
        review = await talk.say("/review")
        assert "Review" in review
        assert "B, unsure" in review
        assert "comes again" in await talk.say("B")
