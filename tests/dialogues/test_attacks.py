"""Ways to learn a key early, to count twice, or to break a reply; each was possible once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.features import all_commands
from bot.catalog.communities import OneCatalog
from bot.commands.dispatch import Dispatch
from bot.config import packaged
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef, RoundId, RoundRef
from bot.domain.round import RoundState
from bot.features.config.saving import ensure_track
from bot.features.practice.withheld import learner
from bot.ports.call import Call
from bot.ports.storage import UnitOfWork
from bot.posting.effects import Perform
from bot.replies.judged import DailyVerdict
from bot.replies.said import Apology
from bot.scheduler.face_loops import FaceLoops
from bot.storage.storage import Storage
from tests.dialogues.telling import CATALOG, MONDAY, dialogue, letter, migrated, two_tracks_alike
from tests.fakes.clock import FakeClock
from tests.fakes.publisher import Lose, RecordingPublisher


async def test_two_tracks_never_have_the_same_question_open(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await two_tracks_alike(talk, "again")
        lived = await talk.say("tomorrow")
        stems = [
            next(line for line in part.splitlines()[1:] if line and not line.startswith("Question"))
            for part in lived.split("Posted in ")[1:]
        ]
        assert len(stems) == len(set(stems))
        assert "paused" not in await talk.say("/config"), "what is open elsewhere today can be asked another day"


async def test_deleting_ones_data_cannot_stuff_the_votes(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened, right=False))
        deleted = await talk.press("Delete everything", await talk.say("/privacy delete"))
        assert "Backups made before today still hold what was deleted" in deleted
        for _ in range(3):
            again = await talk.say(letter(opened))
            assert "this does not count again" in again
            assert "Take away" in again, "the reasons are theirs to read"
            assert "to answer, " not in again
            assert "in a row" not in again
            assert "You answered it before you deleted your data" in await talk.say("/daily")
            assert "mark of that answer stays until the question closes" in await talk.say("/privacy")
            await talk.press("Delete everything", await talk.say("/privacy delete"))
        await talk.say(":as ben")
        assert "1st to answer" in await talk.say(letter(opened)), "no vote of hers is left"
        await talk.say(":as you")
        following = await talk.say("tomorrow")
        assert "mark of that" not in await talk.say("/privacy")
        verdict = await talk.say(letter(following))
        assert "1st to answer, 1 in a row" in verdict
        assert "1 answered, 1 of 2 this week" in verdict


async def test_hiding_or_leaving_gives_no_second_first_answer(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        opened = await talk.opened()
        await talk.say(letter(opened, right=False))
        await talk.say("/privacy hide")
        assert "That stands" in await talk.say(letter(opened))


async def test_going_away_covers_the_question_that_is_open(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await talk.say("tomorrow")
        await talk.press("From now on", await talk.press("Away", await talk.say("/progress")))
        await talk.say("tomorrow", "tomorrow")
        progress = await talk.say("/progress")
        assert "1 in a row, 1 freeze" in progress
        await talk.press("I am back", progress)
        assert (await talk.say("/progress history")).count("you were away") == 2


async def test_a_withdrawn_question_leaves_the_review_list_and_the_week(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        shown = await talk.say("tomorrow")
        await talk.say(":as ana", letter(shown, right=False))
        assert "1 question to review" in await talk.say("/progress")
        await talk.say(":as you")
        panel = await talk.press("Change #general", await talk.say("/config"))
        await talk.press("Withdraw it", await talk.press("Withdraw open question", panel))
        assert "1 of 1 this week" in await talk.say("/progress")
        await talk.say(":as ana")
        assert "to review" not in await talk.say("/progress")


async def test_daily_prefers_what_is_not_answered_and_says_when_all_is_paused(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        saved = await talk.say("/config time:07:00 zone:utc weekdays:every day")
        posted = await talk.press("Post the first one now", saved)
        await talk.say(letter(posted))
        assert "Question 1" in await talk.say("/daily"), "the one in #general waits"
    async with dialogue(tmp_path / "other.db") as talk:
        await talk.opened()
        panel = await talk.press("Change #general", await talk.say("/config"))
        await talk.press("Withdraw it", await talk.press("Withdraw open question", panel))
        await talk.press("Pause", await talk.press("Change #general", await talk.say("/config")))
        assert "paused here" in await talk.say("/daily")


async def test_catching_up_goes_through_all_that_was_missed(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.say(letter(await talk.opened()))
        await talk.say("tomorrow", "tomorrow", "tomorrow")
        shown = await talk.say("tomorrow")
        practice = await talk.press("Catch up", await talk.say(letter(shown)))
        assert "Practice, 1 of 2" in practice
        assert "From the questions that went by." in practice
        practice = await talk.press("Next, 2 of 2", await talk.say(letter(practice)))
        assert "Practice, 2 of 2" in practice
        ended = await talk.press("How it went", await talk.say(letter(practice)))
        assert "Practice, 2 of 2 right" in ended
        assert "More of these" not in ended


async def test_a_skip_can_be_taken_back(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        panel = await talk.press("Change #general", await talk.say("/config"))
        skipped = await talk.press("Skip the next", panel)
        await talk.press("Do not skip", skipped)
        assert "Question 2" in await talk.say("tomorrow")


async def test_a_setting_alone_begins_no_track(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        await talk.say(":in #tea")
        refused = await talk.say("/config ping:none")
        assert "No daily question is posted in #tea yet." in refused
        assert "Posted in" not in refused


ODD = (
    "sb1:away-since:2147483647",
    "sb1:try:growth-001:1:5::" + "%22" * 20 + ":0:a",
    "sb1:try:growth-001:1:9999999999::e:0:a",
    "sb1:next:::0",
    "sb1:cfg-edit:1:0900:UTC:789",
    "sb1:cfg-edit:1:x:UTC:%C2%B2",
    "sb1:cfg-unlet:" + "%C3%A9" * 10,
    "sb1:mark:orientation:nonsense",
    "sb1:run:role:name=x:versus=y",
    "sb1:run",
    "sb1:run:nothing",
    "sb1:ans:999999:a",
    "sb1:ans:1:zz",
    "sb1:ans:-1:a",
    "sb1:ans",
    "sb1::",
    "sb0:ans:1:a",
    "",
    ":" * 200,
    "sb1:others-in:growth-001:1:zzzz",
    "sb1:reported:growth-001:999:key",
    "sb1:catchup:999",
    "sb1:history:999",
    "sb1:board:999",
)


class Door:
    """A dispatch over a database of its own, without a face."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(migrated().read_bytes())
        self.clock = FakeClock(MONDAY)
        self.storage = Storage(f"sqlite:///{path}", packaged("migrations"))
        self.storage.open(MONDAY)
        self.publisher = RecordingPublisher(self.clock, platform=Platform.TERMINAL)
        self.loops = FaceLoops(self.storage, OneCatalog(CATALOG), self.publisher, self.clock)
        perform = Perform(self.publisher, self.storage, self.loops.wake)
        self.dispatch = Dispatch(all_commands(), OneCatalog(CATALOG), self.storage, perform, self.may_manage)

    async def may_manage(self, call: Call, changes: bool) -> bool:
        return True

    def call(self, user: str = "ana") -> Call:
        return Call(Platform.TERMINAL, "terminal", PlaceRef("#general"), user, self.clock.now(), 5)

    async def posted(self) -> None:
        await self.storage.write(lambda uow: ensure_track(self.call(), uow))
        await self.loops.tick()

    async def ref(self) -> RoundRef:
        """The first round as its post names it."""
        round = await self.storage.read(lambda uow: uow.rounds.get(RoundId(1)))
        assert round is not None
        return round.ref


@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_button_gets_a_sentence(tmp_path: Path, odd: str) -> None:
    door = Door(tmp_path / "odd.db")
    try:
        await door.posted()
        pressed = await door.dispatch.press(door.call(), odd)
        assert not isinstance(pressed.reply, Apology)
        submitted = await door.dispatch.submit(door.call(), odd, {"time": "25:00", "nonsense": "x" * 10_000})
        assert not isinstance(getattr(submitted, "reply", None), Apology)
        assert pressed.reply.as_card().blocks
    finally:
        door.storage.close()


@pytest.mark.parametrize("state", ["sending", "unknown", "due"])
async def test_a_question_on_its_way_is_guarded_like_an_open_one(tmp_path: Path, state: str) -> None:
    door = Door(tmp_path / "guarded.db")
    try:
        await door.posted()
        round = RoundId(1)

        def look(uow: object) -> tuple[str, bool]:
            from bot.storage.tables import rounds
            from bot.storage.unit_of_work import SqlUnitOfWork

            assert isinstance(uow, SqlUnitOfWork)
            uow.transaction.change(rounds.update().where(rounds.c.id == round).values(state=state))
            kept = uow.rounds.get(round)
            assert kept is not None
            assert kept.question is not None
            return kept.question, kept.question in learner(door.call("nobody yet"), uow).hidden

        question, hidden = await door.storage.write(look)
        assert hidden
        ref = await door.ref()
        for odd in (f"sb1:others:{ref}", f"sb1:why:{ref}", f"sb1:again:{ref}"):
            said = (await door.dispatch.press(door.call(), odd)).reply.as_card()
            key = CATALOG.question(question)  # type: ignore[arg-type]
            assert key is not None
            assert key.key.why not in str(said)
    finally:
        door.storage.close()


async def test_a_question_that_was_opened_late_is_guarded_until_it_closes(tmp_path: Path) -> None:
    """A press proved after days that it was posted, and it stays open for a week from then."""
    door = Door(tmp_path / "late.db")
    try:
        door.publisher.on_post("#general", Lose(taken=True))
        await door.posted()
        door.clock.advance(timedelta(minutes=2))
        await door.loops.reconcile()
        await door.dispatch.press(door.call(), "sb1:cfg-pause:1")
        door.clock.advance(timedelta(days=6))
        verdict = (await door.dispatch.press(door.call("ben"), f"sb1:ans:{await door.ref()}:a")).reply
        assert isinstance(verdict, DailyVerdict)
        door.clock.advance(timedelta(days=2))
        await door.loops.reconcile()

        def look(uow: UnitOfWork) -> tuple[RoundState, bool]:
            kept = uow.rounds.get(RoundId(1))
            assert kept is not None
            return kept.state, kept.question in learner(door.call("nobody yet"), uow).hidden

        assert await door.storage.read(look) == (RoundState.OPEN, True)
    finally:
        door.storage.close()
