"""/review on every face: found by buttons, one press for the letter and for how sure, and back on another day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.stage import Stage
from tests.contract.stages import ALL
from tests.contract.test_contract import letter


@pytest.fixture(params=list(ALL))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with ALL[request.param](tmp_path) as found:
        yield found


async def test_what_was_missed_is_reviewed_days_later_by_buttons_alone(stage: Stage) -> None:
    await stage.answer("ana", letter(await stage.post(), right=False))
    assert "Nothing is due today." in (await stage.press("ana", "Review", await stage.more("ana"))).text
    for _ in range(3):
        await stage.tomorrow()
    verdict = await stage.answer("ana", letter(await stage.post()))
    review = await stage.press("ana", "Review, 1 due", verdict)
    assert review.private
    assert {"A, unsure", "B, unsure", "C, unsure", "Don't know"} <= set(review.labels)
    key = letter(review.text)
    judged = await stage.press("ana", f"{key}, unsure", review)
    assert judged.private
    assert "Right, but unsure: it comes again tomorrow." in judged.text
    assert "That stands." in (await stage.press("ana", key, review)).text
    reasons = await stage.press("ana", "Why not the others", judged)
    assert reasons.text.count("Right. ") == 1


async def test_right_and_sure_sends_it_further_through_a_restart(stage: Stage) -> None:
    await stage.answer("ana", letter(await stage.post(), right=False))
    for _ in range(3):
        await stage.tomorrow()
    await stage.restart()
    progress = await stage.say("ana", "/progress")
    assert "In /review: 1 due." in progress.text
    review = await stage.press("ana", "Review, 1 due", progress)
    judged = await stage.press("ana", letter(review.text), review)
    assert "It comes again " in judged.text
    assert "That is all for today." in judged.text
    assert "The next review is on" in (await stage.say("ana", "/review")).text


async def test_deleting_ones_data_forgets_what_was_to_be_reviewed(stage: Stage) -> None:
    await stage.answer("ana", letter(await stage.post(), right=False))
    assert "1 question, 1 day on which you met them" in (await stage.say("ana", "/privacy")).text
    await stage.press("ana", "Delete everything", await stage.say("ana", "/privacy delete"))
    assert "nothing to review yet" in (await stage.say("ana", "/review")).text
