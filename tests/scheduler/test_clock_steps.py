"""The alarm rings on, whatever the wall clock does meanwhile. APScheduler is the real one, and no test waits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.interval import IntervalTrigger
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scheduler.alarm_clock import AlarmClock
from tests.scheduler.hands import Hands, SkippingLoop

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EVERY = 20
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
STEPS = {
    "2 s back": -2 * SECOND,
    "10 s back": -10 * SECOND,
    "an hour back": -timedelta(hours=1),
    "a day back": -DAY,
    "60 days back": -60 * DAY,
    "to 1970": datetime(1970, 1, 1, tzinfo=UTC) - START,
    "2 s ahead": 2 * SECOND,
    "10 s ahead": 10 * SECOND,
    "an hour ahead, or asleep for one": timedelta(hours=1),
    "a day ahead, or asleep for one": DAY,
    "60 days ahead": 60 * DAY,
}


class Bell:
    """Notes when it was rung, in seconds that truly went by."""

    def __init__(self) -> None:
        self.rung: list[float] = []

    async def ring(self) -> None:
        self.rung.append(asyncio.get_running_loop().time())

    def longest_silence(self, until: float) -> float:
        """The longest wait for a ring."""
        return max(after - before for before, after in zip([0.0, *self.rung], [*self.rung, until], strict=True))


async def _live(hands: Hands, moves: list[tuple[float, timedelta]]) -> Bell:
    """Ring every twenty seconds; after each stretch of time the clock is set."""
    bell = Bell()
    alarm = AlarmClock(hands)
    alarm.start()
    alarm.ring("bell", EVERY, bell.ring)
    for stretch, step in moves:
        await asyncio.sleep(stretch)
        hands.set_by(step)
    await asyncio.sleep(100)
    alarm.stop()
    await asyncio.sleep(0)
    return bell


def _lived(moves: list[tuple[float, timedelta]]) -> tuple[Bell, float]:
    hands = Hands(START)
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner(loop_factory=SkippingLoop) as runner:
        hands.rule_apscheduler(patch)
        bell = runner.run(_live(hands, moves))
        return bell, runner.get_loop().time()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_after_a_step_it_rings_at_once_and_then_as_ever(step: timedelta) -> None:
    bell, end = _lived([(310.0, step)])
    before = [at for at in bell.rung if at < 310]
    after = [at for at in bell.rung if at >= 310]
    assert len(before) == 15
    assert after[0] - 310 <= 2
    assert 5 <= len(after) <= 6
    assert bell.longest_silence(end) <= 21


def _count(patch: pytest.MonkeyPatch) -> list[datetime]:
    """Notes each time the scheduler looks for when something is due next; a thousand times is no end."""
    looked: list[datetime] = []
    real = IntervalTrigger.get_next_fire_time

    def look(self: IntervalTrigger, previous: datetime | None, now: datetime) -> object:
        assert len(looked) < 1000, "every ring that was not rung is gone through"
        looked.append(now)
        return real(self, previous, now)

    patch.setattr(IntervalTrigger, "get_next_fire_time", look)
    return looked


def test_a_clock_that_is_set_right_from_1970_does_not_keep_the_bot_busy() -> None:
    """Eighty million rings would have been due in between."""
    hands = Hands(datetime(1970, 1, 1, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner(loop_factory=SkippingLoop) as runner:
        hands.rule_apscheduler(patch)
        looked = _count(patch)
        # Just before a ring: the scheduler sees the step before the watch does.
        bell = runner.run(_live(hands, [(19.9, START - hands._at)]))
    assert len(looked) < 50
    assert bell.rung[0] <= 22


def test_a_clock_that_runs_a_little_fast_is_left_alone() -> None:
    bell, _ = _lived([(7.0, timedelta(milliseconds=50))] * 10)
    assert [round(after - before) for before, after in zip(bell.rung, bell.rung[1:], strict=False)] == [20] * (
        len(bell.rung) - 1
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 90),
            st.floats(-90 * 86400, 90 * 86400).map(lambda seconds: timedelta(seconds=seconds)),
        ),
        max_size=12,
    )
)
def test_however_the_clock_is_set_no_silence_is_longer_than_a_ring(moves: list[tuple[float, timedelta]]) -> None:
    bell, end = _lived(moves)
    assert bell.longest_silence(end) <= 22.5
    assert len(bell.rung) <= end / EVERY + 2 * len(moves) + 1
