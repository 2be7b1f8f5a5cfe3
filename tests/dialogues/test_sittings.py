"""A sitting counts its questions, brings back what was missed after others, and closes with what to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.identifiers import QuestionId
from bot.domain.sitting import OTHERS_BETWEEN
from bot.replies.asked import PracticeAsked
from bot.replies.card import Reply
from bot.replies.judged import PracticeVerdict
from bot.replies.sitting_closed import SittingClosed
from tests.dialogues.telling import CATALOG
from tests.dialogues.test_attacks import Door
from tests.dialogues.test_practice_guards import SmallDoor, asked, small_door


async def lead(door: SmallDoor, reply: Reply) -> Reply:
    """Press the first button, which leads on."""
    return await door.say(reply.as_card().choices[0].route.text)


async def sat_through(
    door: SmallDoor, question: Reply, right: str, *, restarts: bool = True
) -> tuple[list[QuestionId], SittingClosed]:
    """Go through a sitting, answering as told (r or w); what was asked, and how it closed."""
    ids = []
    for one in right:
        id = asked(question)
        assert id is not None, question
        ids.append(id)
        verdict = await door.answer(question, right=one == "r")
        question = await lead(door, verdict)
        if restarts:
            door.restart()
    assert isinstance(question, SittingClosed), question
    return ids, question


def title(reply: Reply) -> str:
    return reply.as_card().title


async def test_a_sitting_counts_and_closes_with_what_was_right_and_what_to_read(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=12) as door:
        question = await door.say("/quiz")
        for number in range(1, 6):
            assert title(question) == f"Practice, {number} of 5"
            last = asked(question)
            verdict = await door.answer(question, right=number != 5)
            label = verdict.as_card().choices[0].label
            assert label == (f"Next, {number + 1} of 5" if number < 5 else "How it went")
            question = await lead(door, verdict)
        assert isinstance(verdict, PracticeVerdict)
        assert "That was the last of 5; 4 right." in str(verdict.as_card())
        assert isinstance(question, SittingClosed)
        assert title(question) == "Practice, 4 of 5 right"
        assert [one.question.id for one in question.to_read] == [last]
        assert question.to_read[0].question.takeaway in str(question.as_card())
        assert "What you know" in str(question.as_card())


async def test_what_was_missed_comes_back_after_others_in_the_same_sitting(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=30) as door:
        for _ in range(15):
            ids, closed = await sat_through(door, await door.say("/quiz 8"), "wrrrrrrr")
            assert len(ids) == 8
            assert ids.count(ids[0]) == 2, "it comes again"
            assert ids[0] not in ids[1 : 1 + OTHERS_BETWEEN], "after others"
            assert sorted(map(ids.count, ids))[:6] == [1] * 6, "what was right does not"
            assert closed.to_read == ()


async def test_another_sitting_asks_nothing_of_the_one_that_closed(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=16) as door:
        question = await door.say("/quiz")
        before: list[QuestionId] = []
        for right in ("wwwww", "rrrrr", "wrwrw"):
            ids, closed = await sat_through(door, question, right)
            assert not set(before) & set(ids[:1])
            before = ids
            assert closed.as_card().choices[0].label == "More of these"
            question = await lead(door, closed)
            assert title(question) == "Practice, 1 of 5"
            assert asked(question) not in ids


async def test_a_typed_quiz_asks_nothing_that_the_summary_told(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=9) as door:
        question = await door.say("/quiz")
        for _ in range(5):
            question = await lead(door, await door.answer(question, right=False))
        assert isinstance(question, SittingClosed)
        told = {one.question.id for one in question.to_read}
        assert len(told) >= 4
        for _ in range(30):
            assert asked(await door.say("/quiz")) not in {None, *told}


async def test_after_a_restart_a_typed_quiz_does_not_begin_with_what_was_practised_last(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        for _ in range(20):
            question = await door.say("/quiz 1")
            await door.answer(question, right=False)
            door.restart()
            assert asked(await door.say("/quiz 1")) not in (None, asked(question))


async def test_another_after_a_report_is_not_what_was_reported(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        verdict = await door.answer(await door.say("/quiz 1"), right=False)
        assert isinstance(verdict, PracticeVerdict)
        thanks = await door.press("It is unclear", await door.press("Report", verdict))
        for _ in range(30):
            door.restart()
            another = await door.press("Practise another", thanks)
            assert asked(another) not in (None, verdict.asked.question.id)


async def test_a_letter_pressed_again_changes_nothing_not_even_later(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        question = await door.say("/quiz 2")
        first = await door.answer(question, right=False)
        second = await lead(door, first)
        await door.answer(second, right=True)
        for _ in range(3):
            door.restart()
            door.clock.advance(timedelta(hours=3))
            again = await door.answer(question, right=True)
            assert isinstance(again, PracticeVerdict)
            assert again.stands
            assert not again.judgement.correct
            assert again.note == ""
            assert await door.rights() == (1, 2)
        closed = await lead(door, first)
        assert title(closed) == "Practice, 1 of 2 right"


async def test_next_pressed_twice_asks_the_same_and_counts_once(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=12) as door:
        verdict = await door.answer(await door.say("/quiz 3"), right=True)
        once, twice = await lead(door, verdict), await lead(door, verdict)
        assert asked(once) == asked(twice) is not None
        judged = await door.answer(once, right=True)
        skipped = await lead(door, verdict)
        assert title(skipped) == "Practice, 3 of 3", "the second was answered meanwhile"
        third = await lead(door, judged)
        assert asked(third) == asked(skipped)
        closed = await lead(door, await door.answer(third, right=False))
        assert title(closed) == "Practice, 2 of 3 right"


async def test_a_sitting_is_no_longer_than_there_are_questions(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        # Six, of which one is open.
        question = await door.say("/quiz 20")
        assert title(question) == "Practice, 1 of 5"
        ids, closed = await sat_through(door, question, "rrrrr")
        assert len(set(ids)) == 5
        refused = await lead(door, closed)
        assert "No other question fits" in str(refused.as_card())


async def test_a_sitting_closes_early_where_nothing_fits_any_more(tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        question = await door.say("/quiz")
        verdict = await door.answer(question, right=True)
        kept = tuple(one for one in door.bank.questions if one.id == asked(question))
        door.bank.questions = kept
        closed = await lead(door, verdict)
        assert isinstance(closed, SittingClosed)
        assert "it ends here" in str(closed.as_card())
        assert title(closed) == "Practice, 1 of 1 right"


async def test_only_what_was_missed(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=20) as door:
        nothing = await door.say("/quiz missed")
        assert "nothing to review" in str(nothing.as_card())
        ids, closed = await sat_through(door, await door.say("/quiz 4"), "wrwr", restarts=False)
        missed = {ids[0], ids[2]}
        assert "were just shown" in str((await door.say("/quiz missed")).as_card())
        assert "What I missed before" not in [choice.label for choice in closed.as_card().choices]
        ids, closed = await sat_through(door, await lead(door, closed), "rrrr", restarts=False)
        assert missed.isdisjoint(ids)
        question = await door.press("What I missed before", closed)
        assert title(question) == "Practice, 1 of 2"
        ids, closed = await sat_through(door, question, "rr", restarts=False)
        assert set(ids) == missed
        assert "nothing to review" in str((await door.say("/quiz only:missed")).as_card())


async def test_progress_leads_to_what_was_missed(tmp_path: Path) -> None:
    async with small_door(tmp_path, many=20) as door:
        await door.answer(door.post(), right=True)
        labels = [choice.label for choice in (await door.say("/progress")).as_card().choices]
        assert "What I missed" not in labels
        missed = await door.say("/quiz 1")
        await door.answer(missed, right=False)
        await door.answer(await door.say("/quiz 1"), right=True)
        await door.answer(await door.say("/quiz 1"), right=True)
        question = await door.press("What I missed", await door.say("/progress"))
        assert asked(question) == asked(missed)


@pytest.mark.parametrize("kind", ["role", "step"])
async def test_a_role_and_a_step_are_practised_by_their_button(tmp_path: Path, kind: str) -> None:
    role = next(role for role in CATALOG.roles if any(role.id in one.roles for one in CATALOG.questions))
    step = next(step for step in CATALOG.steps if any(one.roadmap == step.id for one in CATALOG.questions))
    door = Door(tmp_path / "door.db")
    try:
        await door.posted()

        async def say(line: str, seed: int) -> Reply:
            call = replace(door.call(), seed=1000 * seed)
            pressed = line.startswith("sb1:")
            return (await (door.dispatch.press if pressed else door.dispatch.line)(call, line)).reply

        card = await say(f"/role name:{role.id}" if kind == "role" else f"/roadmap step:{step.id}", 1)
        label = "Practise for it" if kind == "role" else "Practise it"
        way = next(choice for choice in card.as_card().choices if choice.label == label).route.text
        for seed in range(2, 12):
            reply = await say(way, seed)
            for _ in range(3):
                assert isinstance(reply, PracticeAsked), reply
                question = reply.asked.question
                if kind == "role":
                    assert role.id in question.roles
                else:
                    assert question.roadmap == step.id or question.topic in step.topics
                verdict = await say(reply.as_card().choices[0].route.text, seed)
                reply = await say(verdict.as_card().choices[0].route.text, seed)
    finally:
        door.storage.close()


@pytest.mark.parametrize(
    "odd",
    [
        "turn:q001:zz::t--15",
        "turn:q001:1::t--99",
        "turn:q001",
        "more-of:1:rag:x",
        "rest:q001:1:5::q--15",
        "sit:q001:1:5::t:a",
    ],
)
async def test_a_button_that_carries_no_sitting_is_an_old_one(odd: str, tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        assert "older version" in str((await door.say(f"sb1:{odd}")).as_card())
