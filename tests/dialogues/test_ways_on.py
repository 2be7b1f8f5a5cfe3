"""Every reply leads somewhere: all choices are walked, breadth first, from the panels and from More.

Every form on the way is handed in three times: empty, with nonsense and with what it wants.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.commands.dispatch import Answered, FormErrors
from bot.ports.call import Call
from bot.replies.around import both_ways, leads_to
from bot.replies.card import Card, FieldKind, Form, Weight
from bot.replies.helping import MoreShown
from bot.replies.routes import Route, decode, route
from bot.replies.said import Apology
from tests.dialogues.test_attacks import Door

OF_EACH = 4
"""The number of different buttons of one kind that are pressed: of terms there are hundreds."""
BEGINNINGS = (
    "help",
    "config",
    "bank",
    "progress",
    "roadmap",
    "role",
    "find",
    "privacy",
    "leaderboard",
    "quiz",
    "review",
    "daily",
)
LAST = ("forget-yes", "cfg-delete-yes", "cfg-void-yes")
"""What ends what others lead to is pressed when all else was."""


@dataclass
class Person:
    """Somebody at the door, a manager or not."""

    door: Door
    manages: bool
    handed_in: set[tuple[str, str]] = field(default_factory=set)
    """The forms that were answered, and how they were filled in."""

    async def may_manage(self, call: Call, changes: bool) -> bool:
        return self.manages

    async def press(self, made: Route) -> Answered:
        return await self.door.dispatch.press(self.door.call(), made.text)

    async def submit(self, made: Route, values: dict[str, str]) -> Answered | FormErrors:
        return await self.door.dispatch.submit(self.door.call(), made.text, values)


NONSENSE = "xyzzy, \u202e25:99 <@1> "
SOUND = {
    FieldKind.PLACE: "#tea",
    FieldKind.TIME: "09:30",
    FieldKind.ZONE: "Berlin",
    FieldKind.ROLE: "none",
    FieldKind.DATE: "2026-12-04",
    FieldKind.DATES: "24 dec - 2 jan",
    FieldKind.PERSON: "ben",
}


def fillings(form: Form) -> dict[str, dict[str, str]]:
    """A form left empty, filled with nonsense, and filled with what it asks for."""
    sound = {
        field.name: field.options[0][0] if field.options else SOUND.get(field.kind, field.hint or "mon-fri")
        for field in form.fields
    }
    return {"empty": dict.fromkeys(sound, ""), "nonsense": dict.fromkeys(sound, NONSENSE), "sound": sound}


async def hand_in(person: Person, form: Form) -> list[tuple[str, Answered]]:
    """Every filling handed in; what comes back with errors says at each field what is wrong, and can be tried again."""
    answers = []
    for how, values in fillings(form).items():
        result = await person.submit(form.submit, values)
        if isinstance(result, FormErrors):
            once = "There is a question with these words already" in str(result.errors)
            assert how != "sound" or once, f"{form.title}: {result.errors}"
            assert result.form.form.submit == form.submit
            assert result.errors.keys() <= values.keys()
            assert all(sentence.endswith((".", "?")) for sentence in result.errors.values()), result.errors
        else:
            answers.append((how, result))
    return answers


async def walk(person: Person, first: list[Route]) -> list[tuple[Route, Answered]]:
    """Everything that can be reached, each kind of button a few times."""
    waiting, late = deque(first), deque[Route]()
    pressed: Counter[str] = Counter()
    seen: set[str] = set()
    found: list[tuple[Route, Answered]] = []
    while waiting or late:
        made = waiting.popleft() if waiting else late.popleft()
        answered = await person.press(made)
        found.append((made, answered))
        form = answered.reply.as_card().form
        handed_in = await hand_in(person, form) if form else []
        found += [(made, answer) for _, answer in handed_in]
        person.handed_in.update((form.submit.what, how) for how, _ in handed_in if form)
        shown = [answered, *(answer for _, answer in handed_in)]
        for choice in [choice for answer in shown for choice in answer.reply.as_card().choices]:
            onward = leads_to(choice.route)
            kind = ":".join([onward.what, *onward.args[:1]]) if onward.what == "run" else onward.what
            if choice.route.text in seen or pressed[kind] >= OF_EACH:
                continue
            seen.add(choice.route.text)
            pressed[kind] += 1
            (late if onward.what in LAST else waiting).append(choice.route)
    return found


def has_a_way_on(card: Card) -> bool:
    return bool(card.choices) or card.form is not None


async def stood(tmp_path: Path, *, manages: bool) -> tuple[Person, Route]:
    """A community with an open question and one that is closed, and More of the open one."""
    door = Door(tmp_path / "ways.db")
    person = Person(door, manages)
    door.dispatch._may_manage = person.may_manage
    await door.posted()
    return person, route("more", await door.ref())


@pytest.mark.parametrize("manages", [True, False], ids=["manager", "member"])
async def test_every_reply_that_buttons_lead_to_has_a_way_on(tmp_path: Path, manages: bool) -> None:
    person, more = await stood(tmp_path, manages=manages)
    try:
        panels = [name for name in BEGINNINGS if manages or name not in ("config", "bank")]
        found = await walk(person, [more, *(route("run", name) for name in panels)])
        kinds = {leads_to(made).what for made, _ in found}
        assert {
            "more",
            "run",
            "ans",
            "daily",
            "how",
            "away",
            "away-since",
            "show",
            "mark",
            "export",
            "forget-yes",
        } <= kinds
        assert ("cfg-pause" in kinds) is manages
        assert len(found) > 80
        forms = set(person.door.dispatch.registry.forms) if manages else {"away-until"}
        assert {form for form, how in person.handed_in if how == "sound"} == forms, "every form there is was handed in"
        for made, answered in found:
            assert not isinstance(answered.reply, Apology), made
            assert has_a_way_on(answered.reply.as_card()), f"{made} leads nowhere on: {answered.reply}"
            for choice in answered.reply.as_card().choices:
                deletes = leads_to(choice.route).what in LAST
                assert (choice.weight is Weight.DELETES) is deletes, f"{made} shows {choice}"
            if not manages:
                refused = "Only managers can do that" in repr(answered.reply)
                assert not refused, f"a member was shown {made}"
    finally:
        await person.door.loops.settled()
        person.door.storage.close()


async def test_every_door_of_more_leads_back_to_more(tmp_path: Path) -> None:
    person, more = await stood(tmp_path, manages=False)
    try:
        shown = (await person.press(more)).reply
        assert isinstance(shown, MoreShown)
        doors = shown.as_card().choices
        assert len(doors) == 14
        for choice in doors:
            assert both_ways(choice.route)[1] == more
            opened = (await person.press(choice.route)).reply.as_card()
            (back,) = [one for one in opened.choices if one.label == "Back"]
            assert isinstance((await person.press(back.route)).reply, MoreShown), choice.label
    finally:
        await person.door.loops.settled()
        person.door.storage.close()


async def test_what_a_door_of_more_leads_to_leads_back_to_more_as_well(tmp_path: Path) -> None:
    person, more = await stood(tmp_path, manages=False)
    try:
        second = 0
        for door in (await person.press(more)).reply.as_card().choices:
            for choice in (await person.press(door.route)).reply.as_card().choices:
                opened = (await person.press(choice.route)).reply.as_card()
                if choice.letter or choice.label == "Back" or opened.form:
                    continue
                second += 1
                backs = [one for one in opened.choices if one.label == "Back"]
                assert len(backs) == 1, f"{door.label}, {choice.label}"
                assert isinstance((await person.press(backs[0].route)).reply, MoreShown), choice.label
        assert second > 50
    finally:
        await person.door.loops.settled()
        person.door.storage.close()


@pytest.mark.parametrize(
    "text", ["sb1:via", "sb1:via:0:more", "sb1:via:9:more:1:how", "sb1:via:x:more:how", "sb1:via::::"]
)
async def test_a_broken_way_back_is_an_old_button(tmp_path: Path, text: str) -> None:
    person, _ = await stood(tmp_path, manages=False)
    try:
        assert "older version" in repr((await person.press(decode(text))).reply)
    finally:
        await person.door.loops.settled()
        person.door.storage.close()
