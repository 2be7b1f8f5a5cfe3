"""A fault nobody foresaw with one track harms no other: it is logged under a reference, and every other goes on.

The database itself refuses what is written about one track, as a bug of ours, a constraint or a row made by hand may
make it do. Nothing in the bot knows of these refusals.
"""

from __future__ import annotations

import re

import pytest

from tests.contract.group import Break, Group

FAULTS = {
    "writing down": "BEFORE INSERT ON rounds WHEN NEW.track_id = 2",
    "claiming": "BEFORE UPDATE ON rounds WHEN NEW.track_id = 2 AND NEW.state = 'sending'",
    "opening": "BEFORE UPDATE ON rounds WHEN NEW.track_id = 2 AND NEW.state = 'open'",
    "closing": "BEFORE UPDATE ON rounds WHEN NEW.track_id = 2 AND NEW.state = 'closed'",
    "revealing": "BEFORE UPDATE OF reveal_at ON rounds WHEN OLD.track_id = 2 AND OLD.state = 'closed'",
    "moving on": "BEFORE UPDATE OF next_local_date ON tracks WHEN NEW.id = 2",
    "numbering": "BEFORE UPDATE OF next_seq ON tracks WHEN NEW.id = 2",
    "any change": "BEFORE UPDATE ON rounds WHEN NEW.track_id = 2",
    "any change of the track": "BEFORE UPDATE ON tracks WHEN NEW.id = 2",
    "telling": "BEFORE INSERT ON notices WHEN NEW.track_id = 2",
}
PAUSES = ("writing down", "claiming", "moving on", "any change")


def fault(name: str) -> Break:
    return Break(f"CREATE TRIGGER fault {FAULTS[name]} BEGIN SELECT RAISE(ABORT, 'unforeseen'); END")


@pytest.mark.parametrize("name", FAULTS)
async def test_one_track_that_cannot_be_dealt_with_harms_no_other(group: Group, name: str) -> None:
    stage = group.stage
    await group.begin(2)
    await group.broken([fault(name)])
    told = ""
    for day in range(2):
        before = await stage.post()
        came = await stage.tomorrow()
        told += came
        assert came.count("first press counts") >= 2, (day, came)
        assert await stage.post() != before
        assert re.search("Right|Not this one", (await stage.answer("ana", "A")).text)
    shown, states = await group.settings()
    assert [state.startswith("running") for state in (states[0], states[2])] == [True, True], shown
    if name in PAUSES:
        (reference,) = re.findall(r"paused: something of ours went wrong with it \(reference (\w{6})\)", shown.text)
        assert f"under the reference {reference}" in shown.text + group.told(told)
    logged = [line for line in stage.logged.errors if re.match(r"unexpected error \w{6} in ", line)]
    assert logged == stage.logged.errors
    assert len(logged) == len(set(logged)) <= 6, logged
    assert logged or name == "telling"
    stage.logged.errors.clear()

    # The next start may be that of a version without the fault.
    await group.broken([Break("DROP TRIGGER fault")])
    for _ in range(2):
        await stage.tomorrow()
    shown, states = await group.settings()
    assert all(state.startswith("running") for state in states), shown
