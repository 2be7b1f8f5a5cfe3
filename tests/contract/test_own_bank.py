"""A group's own questions on every face: written in a form, seen first, asked here and nowhere else, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.stage import Shown
from tests.contract.stages import ONE_OF_EACH_PLATFORM

STEM = "Which part of a plant cell makes sugar?"
FORM = {
    "question": STEM,
    "options": "*Chloroplast\nNucleus\nMembrane",
    "why": "It turns light into sugar.",
    "topic": "botany",
    "level": "easy",
}


@pytest.fixture(params=list(ONE_OF_EACH_PLATFORM))
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[DiscordStage | SlackStage]:
    async with ONE_OF_EACH_PLATFORM[request.param](tmp_path) as found:
        yield found


async def drafted(stage: DiscordStage | SlackStage, **other: str) -> Shown:
    form = await stage.press("boss", "Add a question", await stage.say("boss", "/bank"))
    return await stage.fill("boss", form, "own-add", {**FORM, **other})


async def opened(stage: DiscordStage | SlackStage) -> Shown:
    return await stage.press("boss", "Open 1", await stage.say("boss", "/bank"))


async def test_a_question_is_written_seen_saved_and_asked(stage: DiscordStage | SlackStage) -> None:
    shown = await drafted(stage)
    for told in (STEM, "Chloroplast", "It turns light into sugar.", "Botany, easy; not saved yet"):
        assert told in shown.text
    assert shown.private
    saved = await stage.press("boss", "Save and ask it", shown)
    assert "Saved. It is asked from now on." in saved.text
    asked = await stage.say("ann", "/quiz topic:botany count:1")
    assert STEM in asked.text


async def test_a_form_at_fault_comes_back_with_what_was_typed(stage: DiscordStage | SlackStage) -> None:
    wrong = await drafted(stage, options="Chloroplast\nNucleus\nMembrane")
    assert "Put * before the one option that is right." in wrong.text
    assert STEM in (await stage.correct("boss", wrong, {"options": FORM["options"]})).text


async def test_a_change_shows_what_stands_and_waits_to_be_saved(stage: DiscordStage | SlackStage) -> None:
    saved = await stage.press("boss", "Save and ask it", await drafted(stage))
    form = await stage.press("boss", "Change it", saved)
    shown = await stage.fill("boss", form, "own-edit", {"options": "*Chloroplast\nNucleus\nWall"})
    assert "Wall" in shown.text
    assert "Membrane" not in shown.text
    changed = await stage.press("boss", "Save and ask it", shown)
    assert "Saved." in changed.text
    other = await opened(stage)
    retired = await stage.press("boss", "Retire it", changed)
    assert "Retired. It is not asked any more." in retired.text
    late = await stage.press("boss", "Retire it", other)
    assert "Somebody changed that question meanwhile." in late.text
    assert "It is asked again from now on." in (await stage.press("boss", "Bring it back", retired)).text


async def test_a_draft_is_saved_once(stage: DiscordStage | SlackStage) -> None:
    shown = await drafted(stage)
    other = await opened(stage)
    await stage.press("boss", "Save and ask it", shown)
    assert "That question is not there any more" in (await stage.press("boss", "Save and ask it", other)).text
    assert "1 question of your own can be asked" in (await stage.say("boss", "/bank")).text


async def test_nobody_but_managers_sees_the_bank(stage: DiscordStage | SlackStage) -> None:
    await stage.press("boss", "Save and ask it", await drafted(stage))
    refused = await stage.say("ann", "/bank")
    assert "Only managers can do that" in refused.text
    assert STEM not in refused.text


SHEET = "Question\tOption A\tOption B\tOption C\tCorrect\tExplanation\tTopic\n"
ROWS = [
    f"In lesson {number}, which organ of a {animal} takes in air?\tLung {number}\tLiver\tBone\tA\tIt has sacs.\tair"
    for number, animal in enumerate(("horse", "mouse", "whale", "eagle"), 1)
]


async def pasted(stage: DiscordStage | SlackStage, text: str) -> Shown:
    form = await stage.press("boss", "Add several", await stage.say("boss", "/bank"))
    return await stage.fill("boss", form, "own-several", {"text": text})


async def test_rows_of_a_spreadsheet_are_looked_at_then_taken_in_with_one_press(
    stage: DiscordStage | SlackStage,
) -> None:
    seen = await pasted(stage, SHEET + "\n".join(ROWS) + "\nWho is @everyone?\tOne\tTwo\tThree\tA\t\t\n")
    assert "5 found: 4 new, 0 changed, 0 copies, 1 left out." in seen.text
    assert "Line 6: left out; a mention" in seen.text
    assert "There is nothing" not in seen.text
    assert "In lesson" not in (await stage.say("ann", "/quiz level:hard count:1")).text
    taken = await stage.press("boss", "Take 4 in", seen)
    assert "4 questions are asked from now on, here and nowhere else." in taken.text
    assert "In lesson" in (await stage.say("ann", "/quiz topic:air count:1")).text
    again = await pasted(stage, SHEET + "\n".join(ROWS).replace("Bone", "Heart", 1))
    assert "4 found: 0 new, 1 changed, 3 copies, 0 left out." in again.text


async def test_what_was_pasted_twice_is_taken_in_once(stage: DiscordStage | SlackStage) -> None:
    await pasted(stage, SHEET + "\n".join(ROWS))
    second = await pasted(stage, SHEET + "\n".join(ROWS))
    assert "4 questions are asked" in (await stage.press("boss", "Take 4 in", second)).text
    assert "4 questions of your own can be asked" in (await stage.say("boss", "/bank")).text


async def test_what_reads_as_no_questions_is_told_in_the_form(stage: DiscordStage | SlackStage) -> None:
    assert "reads as no questions" in (await pasted(stage, "Dear diary")).text
