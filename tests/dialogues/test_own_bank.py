"""A group's own questions in the terminal: written, looked at, saved, asked, changed, retired and brought back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from tests.catalog.biology import biology
from tests.dialogues.telling import Dialogue, dialogue

STEM = "Which part of a plant cell makes sugar?"
OPTIONS = "*Chloroplast | Nucleus | Membrane"
WHY = "It turns light into sugar."


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Dialogue]:
    database = tmp_path / "chat.db"
    settings = Settings(database_url=f"sqlite:///{database}", content_dir=biology(tmp_path / "biology"))
    async with dialogue(database, settings=settings) as talk:
        await talk.opened()
        yield talk


async def draft(talk: Dialogue, stem: str = STEM, options: str = OPTIONS, why: str = WHY, topic: str = "cells") -> str:
    """Fill in the form of a new question; what is shown then."""
    await talk.press("Add a question", await talk.say("/bank"))
    return await talk.say(stem, options, why, topic, "easy")


async def added(talk: Dialogue, *form: str) -> str:
    """A question that was saved; what is shown then."""
    return await talk.press("Save and ask it", await draft(talk, *form))


async def opened(talk: Dialogue, number: int = 1) -> str:
    return await talk.press(f"Open {number}", await talk.say("/bank"))


async def test_a_question_is_shown_as_members_will_see_it_before_it_is_saved(talk: Dialogue) -> None:
    shown = await draft(talk)
    for told in ("As members will see it", STEM, "Chloroplast", "Nucleus", WHY, "Cells, easy; not saved yet"):
        assert told in shown
    assert "draft, not saved yet" in await talk.say("/bank")
    assert STEM not in await talk.say("/quiz topic:cells")
    assert "That question is not there any more" not in await talk.press("Save and ask it", await opened(talk))
    assert "1 question of your own can be asked" in await talk.say("/bank")


async def test_it_is_asked_at_once_and_judged(talk: Dialogue) -> None:
    assert "Saved. It is asked from now on." in await added(talk)
    asked = await talk.say("/quiz topic:cells count:1")
    assert STEM in asked
    letter = next(line.strip()[0] for line in asked.splitlines() if line.strip()[1:].strip() == "Chloroplast")
    verdict = await talk.say(letter)
    assert "Right" in verdict
    assert WHY in verdict
    assert "Take away" not in verdict
    assert "Source" not in verdict


async def test_it_comes_as_the_daily_question_and_is_revealed(talk: Dialogue) -> None:
    await added(talk)
    assert STEM in await talk.say("tomorrow")

    hidden = await opened(talk)
    assert "It is asked just now." in hidden
    assert WHY not in hidden
    assert "[1] Change it" not in hidden
    assert WHY in await talk.say("A")
    assert WHY in await opened(talk)
    closed = await talk.say("tomorrow")
    assert "The answer is" in closed


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("Chloroplast | Nucleus | Membrane", "Put * before the one option that is right."),
        ("*Chloroplast | *Nucleus | Membrane", "Put * before the one option that is right."),
        ("*Chloroplast | Nucleus", "three or four options"),
        ("*Chloroplast | chloroplast | Membrane", "Two options say the same."),
        (f"*Chloroplast | {'x' * 76} | Membrane", "at most 75 fit"),
        ("*Chloroplast | @everyone | Membrane", "A mention"),
        ("*<b>Chloroplast</b> | Nucleus | Membrane", "HTML"),
    ],
)
async def test_a_field_at_fault_is_told_and_asked_for_again(talk: Dialogue, options: str, told: str) -> None:
    assert told in await draft(talk, options=options)
    assert "As members will see it" in await talk.say(OPTIONS)


@pytest.mark.parametrize(
    ("stem", "told"),
    [("x" * 4000, "at most 220 characters"), ("Is it http://x.org or not?", "a link that is not https")],
)
async def test_a_question_at_fault_is_told_and_asked_for_again(talk: Dialogue, stem: str, told: str) -> None:
    assert told.casefold() in (await draft(talk, stem)).casefold()
    assert "As members will see it" in await talk.say(STEM)


async def test_what_cannot_be_seen_is_taken_out(talk: Dialogue) -> None:
    assert STEM in await draft(talk, "Which part of a \u202eplant\u200b cell makes sugar?")


async def test_the_same_question_twice_is_refused(talk: Dialogue) -> None:
    await added(talk)
    assert "There is a question with these words already" in await draft(talk)
    assert "nothing was changed" in await talk.say("cancel")


async def test_a_change_is_a_draft_until_it_is_saved(talk: Dialogue) -> None:
    await added(talk)
    await talk.press("Change it", await opened(talk))
    shown = await talk.say("", "*Chloroplast | Nucleus | Wall", "", "", "")
    assert "Wall" in shown
    assert "Membrane" in await opened(talk, 2)
    assert "Saved." in await talk.press("Save and ask it", await opened(talk, 1))
    now = await opened(talk)
    assert "Wall" in now
    assert "Membrane" not in now
    assert "1 question of your own" in await talk.say("/bank")


async def test_of_two_changes_made_at_once_the_second_is_kept_as_a_draft(talk: Dialogue) -> None:
    await added(talk)
    for third in ("Wall", "Root"):
        await talk.press(
            "Change it", await talk.press("Open 1" if third == "Wall" else "Open 2", await talk.say("/bank"))
        )
        await talk.say("", f"*Chloroplast | Nucleus | {third}", "", "", "")
    assert "Saved." in await talk.press("Save and ask it", await opened(talk, 1))
    late = await talk.press("Save and ask it", await opened(talk, 1))
    assert "Somebody changed that question meanwhile." in late
    assert "Root" in late
    assert "Your draft is kept." in late


async def test_a_retired_question_is_not_asked_until_it_is_brought_back(talk: Dialogue) -> None:
    await added(talk)
    before = await opened(talk)
    gone = await talk.press("Retire it", before)
    assert "Retired. It is not asked any more." in gone
    assert STEM not in await talk.say("/quiz topic:cells count:1")
    assert "(retired)" in await talk.say("/bank")
    assert "It is asked again from now on." in await talk.press("Bring it back", await opened(talk))
    assert STEM in await talk.say("/quiz topic:cells count:1")


async def test_a_discarded_draft_is_gone(talk: Dialogue) -> None:
    shown = await draft(talk)
    assert "Discarded." in await talk.press("Discard", shown)
    assert "You have no questions of your own yet." in await talk.say("/bank")


async def test_several_are_pasted_and_nothing_is_told_of_one_that_is_asked_now(talk: Dialogue) -> None:
    await added(talk)
    assert STEM in await talk.say("tomorrow")
    for key in "*12":
        gift = f"{STEM} {{ ={'Nucleus' if key == '1' else 'Chloroplast'} ~Membrane ~Wall }}"
        seen = await talk.press("Add several", await talk.say("/bank"))
        seen = await talk.say(gift, "cells")
        assert "left out; own-" in seen
        assert "is asked just now" in seen
        assert "Nothing to take in" in seen


async def test_what_was_pasted_is_discarded_or_taken_in_once(talk: Dialogue) -> None:
    gift = "Which organ takes in air? { =The lung ~The liver ~The bone }"
    for _ in range(2):
        await talk.press("Add several", await talk.say("/bank"))
        seen = await talk.say(gift, "air")
        assert "1 found: 1 new" in seen
    assert "1. " in await talk.say("/bank")
    await talk.press("Add several", await talk.say("/bank"))
    seen = await talk.say(gift, "air")
    assert "Discarded." in await talk.press("Discard them", seen)
    assert "You have no questions of your own yet." in await talk.say("/bank")
