"""Practice buttons on messages of earlier versions go on answering, and lead on as they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.replies.asked import PracticeAsked
from bot.replies.judged import PracticeVerdict
from bot.replies.sitting import Sitting
from tests.dialogues.test_practice_guards import small_door


@pytest.mark.parametrize(
    ("carried", "label", "onward", "sitting"),
    [
        (":::0", "Another", "sb1:next::::{}", Sitting()),
        (":{topic}::2", "Next (2 left)", "sb1:next:{topic}::2:{}", Sitting(left=1)),
        ("::{level}:1", "Next (1 left)", "sb1:next::{level}:1:{}", Sitting()),
        ("::c1:1", "Next (1 left)", "sb1:catchup:1", None),
        ("::c1-{tag}:0", "Another", "sb1:catchup:1-{tag}", None),
    ],
)
async def test_an_old_letter_is_judged_and_leads_on(
    carried: str, label: str, onward: str, sitting: Sitting | None, tmp_path: Path
) -> None:
    async with small_door(tmp_path) as door:
        question = next(one for one in door.bank.questions if one.id != door.post().asked.question.id)
        (track,) = await door.storage.read(lambda uow: uow.tracks.running(door.publisher.platform))
        names = {"topic": question.topic, "level": question.difficulty.value[:1], "tag": track.tag}
        letter = f"sb1:try:{question.id}:{question.version}:5{carried.format(**names)}:{question.key.id}"
        verdict = await door.say(letter)
        assert isinstance(verdict, PracticeVerdict)
        leads = verdict.as_card().choices[0]
        assert (leads.label, leads.route.text) == (label, onward.format(question.id, **names))
        then = await door.say(leads.route.text)
        if sitting is None:
            refused = "This panel is old" if "-" not in carried else "Nothing to catch up on"
            assert refused in str(then.as_card())
        else:
            assert isinstance(then, PracticeAsked)
            assert then.sitting.left == sitting.left
