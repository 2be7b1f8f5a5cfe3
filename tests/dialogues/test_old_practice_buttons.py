"""Practice buttons on messages of earlier versions go on answering, and lead on as they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.replies.judged import PracticeVerdict
from tests.dialogues.test_practice_guards import small_door


@pytest.mark.parametrize(
    ("carried", "label", "onward", "then"),
    [
        (":::0", "Another", "sb1:turn:{id}:5::t--01", "Practice"),
        (":{topic}::2", "Next, 2 of 3", "sb1:turn:{id}:5:{topic}:t--03", "Practice, 2 of 3"),
        ("::{level}:1", "Next, 2 of 2", "sb1:turn:{id}:5::t{level}-02", "Practice, 2 of 2"),
        ("::c1:1", "Next, 2 of 2", "sb1:turn:{id}:5:1:c--02", "This panel is old"),
        ("::c1-{tag}:0", "Another", "sb1:turn:{id}:5:1-{tag}:c--01", "Nothing to catch up on"),
    ],
)
async def test_an_old_letter_is_judged_and_leads_on(
    carried: str, label: str, onward: str, then: str, tmp_path: Path
) -> None:
    async with small_door(tmp_path) as door:
        question = next(one for one in door.bank.questions if one.id != door.post().asked.question.id)
        (track,) = await door.storage.read(lambda uow: uow.tracks.running(door.publisher.platform))
        names = {
            "id": question.id,
            "topic": question.topic,
            "level": question.difficulty.value[:1],
            "tag": track.tag,
        }
        letter = f"sb1:try:{question.id}:{question.version}:5{carried.format(**names)}:{question.key.id}"
        verdict = await door.say(letter)
        assert isinstance(verdict, PracticeVerdict)
        leads = verdict.as_card().choices[0]
        assert (leads.label, leads.route.text) == (label, onward.format(**names))
        led = (await door.say(leads.route.text)).as_card()
        assert led.title == then if then.startswith("Practice") else then in str(led)


@pytest.mark.parametrize(
    ("left", "title"), [("", "Practice"), ("2", "Practice, 1 of 2"), ("99", "Practice, 1 of 5"), ("0", "Practice")]
)
async def test_an_old_way_on_is_a_sitting_of_what_was_left(left: str, title: str, tmp_path: Path) -> None:
    async with small_door(tmp_path) as door:
        shown = await door.say(f"sb1:next:::{left}")
        assert shown.as_card().title == title
