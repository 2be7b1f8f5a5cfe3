"""Practice gives nothing away and asks nothing whose answer is on the screen, by whichever way it is reached."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.features import all_commands
from bot.catalog.communities import OneCatalog
from bot.commands.dispatch import Dispatch
from bot.domain.identifiers import QuestionId
from bot.domain.question import Question
from bot.ports.storage import UnitOfWork
from bot.posting.effects import Perform
from bot.replies.asked import PracticeAsked, QuestionPosted
from bot.replies.card import Reply
from bot.replies.judged import DailyVerdict, PracticeVerdict
from tests.dialogues.test_attacks import Door
from tests.fakes.bank import Bank

FEW = 6


class SmallDoor(Door):
    """A dispatch over a bank of a few questions on one topic, so that the same ones come again soon."""

    def __init__(self, path: Path, many: int = FEW) -> None:
        super().__init__(path)
        bank = Bank(many)
        topic = bank.questions[0].topic
        bank.questions = tuple(replace(question, topic=topic) for question in bank.questions)
        self.bank = bank
        self.loops = type(self.loops)(self.storage, OneCatalog(bank), self.publisher, self.clock)
        self.restart()
        self._seed = 0

    def restart(self) -> None:
        """Forget what was kept in memory."""
        perform = Perform(self.publisher, self.storage, self.loops.wake)
        self.dispatch = Dispatch(all_commands(), OneCatalog(self.bank), self.storage, perform, self.may_manage)

    async def say(self, line: str, user: str = "ana") -> Reply:
        self._seed += 1
        call = replace(self.call(user), seed=1000 * self._seed)
        if line.startswith("sb1:"):
            return (await self.dispatch.press(call, line)).reply
        return (await self.dispatch.line(call, line)).reply

    async def press(self, label: str, reply: Reply, user: str = "ana") -> Reply:
        choice = next(choice for choice in reply.as_card().choices if choice.label == label)
        return await self.say(choice.route.text, user)

    async def answer(self, reply: Reply, right: bool, user: str = "ana") -> Reply:
        """Press the right or a wrong letter of a question."""
        assert isinstance(reply, PracticeAsked | QuestionPosted)
        key = reply.asked.question.key.id
        letters = [choice for choice in reply.as_card().choices if choice.letter]
        choice = next(choice for choice in letters if choice.route.args[-1].endswith(key) is right)
        return await self.say(choice.route.text, user)

    async def next_day(self) -> QuestionPosted:
        """Live on to the next question."""
        tracks = await self.storage.read(lambda uow: uow.tracks.running(self.publisher.platform))
        due = tracks[0].next_due_at
        assert due is not None
        self.clock.advance(due - self.clock.now())
        await self.loops.tick()
        return self.post()

    def post(self) -> QuestionPosted:
        """The newest post."""
        found = [post.reply for post in self.publisher.recorded.posts if isinstance(post.reply, QuestionPosted)]
        return found[-1]

    async def rights(self, user: str = "ana") -> tuple[int, int]:
        """Practice answers right, and all."""

        def look(uow: UnitOfWork) -> tuple[int, int]:
            community = uow.communities.find(self.publisher.platform, "terminal")
            assert community is not None
            member = uow.members.find(community.id, user)
            return uow.practice.right_share(member.id) if member else (0, 0)

        return await self.storage.read(look)


@asynccontextmanager
async def small_door(path: Path, many: int = FEW) -> AsyncIterator[SmallDoor]:
    door = SmallDoor(path / "small.db", many)
    try:
        await door.posted()
        yield door
    finally:
        door.storage.close()


def asked(reply: Reply) -> QuestionId | None:
    return reply.asked.question.id if isinstance(reply, PracticeAsked) else None


def tells(reply: Reply, question: Question) -> bool:
    """Return whether a reply gives the answer of a question away."""
    return question.key.why in str(reply.as_card()) or question.takeaway in str(reply.as_card())


def trying(question: Question, option: str = "", seed: int = 5) -> str:
    """The button of a practice question that was asked before."""
    return f"sb1:try:{question.id}:{question.version}:{seed}:::0:{option or question.key.id}"


async def test_todays_question_is_not_judged_as_practice(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        today = door.post().asked.question
        for option in (option.id for option in today.options):
            refused = await door.say(trying(today, option))
            assert not tells(refused, today)
            assert "not judged as practice" in str(refused.as_card())
        assert await door.rights() == (0, 0)
        await door.answer(door.post(), right=False)
        assert isinstance(await door.say(trying(today)), PracticeVerdict), "who answered it has read it"
        assert await door.rights() == (0, 0), "and it counts for nothing"


async def test_the_reasons_of_todays_question_are_for_who_answered_it(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        today = door.post().asked.question
        order = "".join(option.id for option in today.options)
        # Practised before it was asked here, so that only its being open keeps them back.
        await door.storage.write(lambda uow: _practised(uow, door, today))
        for route in (
            f"sb1:others-in:{today.id}:{today.version}:{order}",
            f"sb1:others:{await door.ref()}",
            f"sb1:why:{await door.ref()}",
        ):
            assert not tells(await door.say(route), today), route
        await door.answer(door.post(), right=True)
        for route in (
            f"sb1:others-in:{today.id}:{today.version}:{order}",
            f"sb1:others:{await door.ref()}",
            f"sb1:why:{await door.ref()}",
        ):
            assert tells(await door.say(route), today), route


def _practised(uow: UnitOfWork, door: SmallDoor, question: Question) -> None:
    from bot.domain.round import Answer

    community = uow.communities.of(door.publisher.platform, "terminal")
    member = uow.members.of(community.id, "ana")
    uow.practice.add_attempt(member.id, question, Answer(question.key.id, 0, True), 1)


async def test_a_question_open_on_another_track_is_not_practised_again_from_an_old_post(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        first = door.post().asked.question
        for _ in range(FEW):
            await door.next_day()
        assert door.post().asked.question.id == first.id, "all six were asked, and the first comes again"
        again = await door.say(f"sb1:again:{await door.ref()}")
        assert asked(again) is None
        assert not tells(again, first)
        assert "cannot be practised just now" in str(again.as_card())


async def test_practice_never_asks_what_stands_answered_on_the_screen(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        yesterday = door.post().asked.question.id
        await door.next_day()
        today = door.post().asked.question.id
        verdict = await door.answer(door.post(), right=False)
        assert isinstance(verdict, DailyVerdict)
        reasons = await door.press("Why not the others", verdict)
        topic = door.bank.questions[0].topic
        ways = [("Practise another", verdict), ("Practise this topic", reasons)]
        for _ in range(30):
            for label, reply in ways:
                assert asked(await door.press(label, reply)) not in (None, today, yesterday)
            for line in ("/quiz", f"/quiz {topic}", f"sb1:practise:{topic}", "sb1:next:::0", f"sb1:next:{topic}::0"):
                assert asked(await door.say(line)) not in (None, today, yesterday), line


async def test_after_a_practice_verdict_something_else_comes(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        question = await door.say("/quiz 1")
        for _ in range(40):
            was = asked(question)
            verdict = await door.answer(question, right=False)
            reasons = await door.press("Why not the others", verdict)
            for again in (
                await door.press("Another", verdict),
                await door.press("Practise this topic", reasons),
                await door.say("/quiz 1"),
            ):
                assert asked(again) not in (None, was)
            question = again


async def test_after_a_restart_the_button_still_knows_what_it_stood_under(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        verdict = await door.answer(await door.say("/quiz 1"), right=False)
        assert isinstance(verdict, PracticeVerdict)
        reasons = await door.press("Why not the others", verdict)
        for _ in range(30):
            for label, reply in (("Another", verdict), ("Practise this topic", reasons)):
                door.restart()
                assert asked(await door.press(label, reply)) not in (None, verdict.asked.question.id)


async def test_the_reveal_leads_to_another_question(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        closed = door.post().asked.question.id
        await door.next_day()
        (edit,) = [edit.reply for edit in door.publisher.recorded.edits]
        for _ in range(30):
            assert asked(await door.press("Practise another", edit)) not in (None, closed)
        assert asked(await door.say(f"sb1:again:{await door.ref()}")) not in (None, closed), (
            "the post before said Practise it"
        )


async def test_a_letter_just_revealed_counts_for_nothing(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        question = await door.say("/quiz")
        await door.answer(question, right=False)
        again = await door.answer(question, right=True)
        assert isinstance(again, PracticeVerdict)
        assert again.stands
        assert not again.judgement.correct
        assert await door.rights() == (0, 1)
        # Asked the same in another message, which was still there to press.
        assert isinstance(question, PracticeAsked)
        other = await door.say(trying(question.asked.question, seed=77))
        assert "does not count" in str(other.as_card())
        assert await door.rights() == (0, 1)


@pytest.mark.parametrize("what", ["others", "why", "again", "daily"])
async def test_nothing_gives_todays_answer_to_who_has_not_answered(tmp_path: Path, what: str) -> None:
    async with small_door(tmp_path) as door:
        today = door.post().asked.question
        assert not tells(await door.say(f"sb1:{what}:1"), today)
