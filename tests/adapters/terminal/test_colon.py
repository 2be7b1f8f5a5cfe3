"""The commands behind a colon, with a clock that is moved and ticks that are counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.adapters.terminal.clock import ShiftedClock
from bot.adapters.terminal.colon import COMMANDS, ahead
from bot.adapters.terminal.living import Living
from tests.adapters.replies import BERLIN
from tests.adapters.terminal.sitting import MONDAY, after, sat
from tests.fakes.clock import FakeClock


async def test_as_in_and_manager_change_who_asks() -> None:
    assert "ana in #general at Mon 08:00 UTC, manager: True." in await after(":as @ana", "/whoami")
    assert "you in #careers at Mon 08:00 UTC, manager: True." in await after(":in careers", "/whoami")
    assert "manager: False." in await after(":manager off", "/whoami")
    assert "manager: True." in await after(":manager off", ":manager on", "/whoami")
    assert "manager: False." in await after(":MANAGER", "/whoami")


async def test_a_span_is_lived_through_each_due_moment() -> None:
    sitting, _ = await sat(":tick 3d")
    due = [MONDAY + timedelta(days=day) for day in range(1, 4)]
    assert [moment for moment in sitting.days.lived if moment in due[:2]] == due[:2]
    assert sitting.clock.now() == MONDAY + timedelta(days=3)
    assert sitting.days.kept == [timedelta(days=3)]
    shown = await after(":tick 3d")
    assert shown.count("Posted in #general") == 3
    assert shown.index("Posted in #general, Tue 24 Nov") < shown.index("Edited in #general:\nQuestion 2, closed")
    assert shown.rstrip().endswith("It is Thu 26 Nov 09:00 (Europe/Berlin), 3 d ahead of the real clock.")


async def test_a_time_of_day_that_has_passed_is_tomorrows() -> None:
    assert "It is Mon 23 Nov 18:30" in await after(":at 18:30")
    assert "It is Tue 24 Nov 08:59" in await after(":at 8:59")
    assert "Posted" not in await after(":at 8:59")
    assert "Posted in #general, Tue 24 Nov 09:00" in await after(":at 18:30", ":at 9:00")


async def test_now_says_when_and_who() -> None:
    shown = " ".join((await after(":as ana", ":tick 90m", ":now")).split())
    assert shown == (
        "It is Mon 23 Nov 10:30 (Europe/Berlin), 1 h 30 min ahead of the real clock. "
        "You are ana, a manager, in #general."
    )


async def test_wire_shows_the_neutral_card() -> None:
    last = await after(":wire")
    assert '"reply": "QuestionPosted"' in last
    assert '"sb1:ans:1:' in last
    assert '"reply": "Said"' in await after(":wire on", "/whoami")
    assert "Said" not in await after(":wire on", ":wire off", "/whoami")


async def test_help_lists_them_all() -> None:
    shown = " ".join((await after(":help")).split())
    for command in COMMANDS:
        assert f"{command.usage} {command.summary}" in shown


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (":fly", "There is no :fly here. There are :as, :manager, :in, :at, :tick, :now, :wire and :help."),
        (":", "There is no : here."),
        (":tick", ":tick takes a span such as 7d, 3h, 30m or 2w. Nothing was changed. Did you mean :tick 1d?"),
        (":tick soon", ":tick takes a span"),
        (":at 24:00", "Nothing was changed. Did you mean :at 00:00?"),
        (":at 9", "Nothing was changed. Did you mean :at 09:00 or :at 21:00?"),
        (":at 25:99", ":at takes a time as HH:MM"),
        (":as", ":as takes a name of 1 to 40 characters. Nothing was changed. Did you mean :as alice?"),
        (":as " + "x" * 41, ":as takes a name"),
        (":in #", ":in takes a place"),
        (":manager maybe", ":manager takes on or off. Nothing was changed. Did you mean :manager on?"),
    ],
)
async def test_what_is_not_understood_is_told_with_what_would_be(line: str, sentence: str) -> None:
    assert sentence in " ".join((await after(line)).split())
    sitting, _ = await sat(line)
    assert sitting.clock.offset == timedelta()


async def test_control_characters_never_become_a_name() -> None:
    sitting, printed = await sat(":as e\x1b[31mvil", "/whoami")
    assert sitting.session.name == "e [31mvil"
    assert "\x1b" not in printed


async def test_a_moment_that_stays_due_does_not_hold_time_up() -> None:
    stuck, later = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)
    ticks: list[datetime] = []

    async def tick(now: datetime) -> None:
        ticks.append(now)

    async def next_due(until: datetime, after: datetime | None) -> datetime | None:
        return next((moment for moment in (stuck, later) if after is None or moment > after), None)

    async def keep(offset: timedelta) -> None:
        pass

    clock = ShiftedClock(FakeClock(MONDAY))
    await Living(clock, BERLIN, tick, next_due, keep, lambda: None).span("1d")
    assert clock.now() == MONDAY + timedelta(days=1)
    assert len(ticks) < 10
    assert later in ticks


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (timedelta(), "as on the real clock"),
        (timedelta(seconds=20), "as on the real clock"),
        (timedelta(days=7), "7 d ahead of the real clock"),
        (timedelta(days=1, hours=10, minutes=5), "1 d 10 h 5 min ahead of the real clock"),
    ],
)
def test_the_offset_is_said_in_words(offset: timedelta, words: str) -> None:
    assert ahead(offset) == words
