"""A press stays short: its figures, measured at run time, may only shrink."""

from __future__ import annotations

from pathlib import Path

from tests.press_trace import ROOM_CHANGES, press_trace

STEPS = 14


async def test_a_press_takes_few_steps_and_changes_rooms_rarely(tmp_path: Path) -> None:
    trace = await press_trace(tmp_path)
    rooms = [step.room for step in (*trace.there, trace.rule)]
    assert rooms[0] == "adapters"
    assert rooms[-1] == "domain"
    assert {"commands", "storage", "features"} <= {*rooms}
    assert trace.back[-1].room == "adapters"
    assert len(trace.there) <= STEPS
    assert trace.room_changes.total() <= ROOM_CHANGES
