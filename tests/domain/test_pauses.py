"""Streaks with pauses, over any history: a pause that begins in the past takes no ending back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Away
from bot.domain.streak import PastRound, endings, replay, streak_now
from bot.features.away import begins
from bot.posting.recount import as_counted

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
MONTH = timedelta(days=30)

histories = st.text("AAAA--n", min_size=1, max_size=40)
pauses = st.lists(st.tuples(st.integers(-3, 40), st.integers(1, 30)), max_size=3)


def posted(history: str) -> list[tuple[PastRound, datetime]]:
    """A round a day, each with a letter for how it ended."""
    return [(PastRound(seq, char == "A", char == "n"), START + seq * DAY) for seq, char in enumerate(history, 1)]


def made(drawn: list[tuple[int, int]]) -> list[Away]:
    return [Away(START + since * DAY, START + (since + days) * DAY) for since, days in drawn]


def skipped(rounds: Sequence[PastRound]) -> int:
    """Rounds that count against the member since the last answer."""
    last = max((past.seq for past in rounds if past.answered), default=0)
    return sum(not past.answered and not past.neutral for past in rounds if past.seq > last)


@given(histories, pauses, st.integers(0, 3))
def test_a_streak_that_ended_stays_ended(history: str, drawn: list[tuple[int, int]], back: int) -> None:
    rounds, before = posted(history), made(drawn)
    now = rounds[-1][1] + timedelta(hours=3)
    wanted = now - back * DAY
    since = begins(rounds, before, wanted)
    assert wanted <= since <= now
    away = Away(since, since + MONTH)
    old, new = list(as_counted(rounds, before)), list(as_counted(rounds, [*before, away]))
    assert endings(new) == endings(old), "no streak that ended goes on, and none that ran ends"
    was, standing = replay(old), replay(new)
    assert (was is None) == (standing is None)
    if was is None or standing is None:
        return
    assert (standing.streak, standing.best, standing.answered) == (was.streak, was.best, was.answered)
    assert standing.freezes >= was.freezes, "what a freeze had covered may be covered by the pause instead"
    assert streak_now(standing, skipped(new)).length == streak_now(was, skipped(old)).length


@given(histories, pauses)
def test_a_streak_ends_where_its_length_falls(history: str, drawn: list[tuple[int, int]]) -> None:
    counted = list(as_counted(posted(history), made(drawn)))
    fell = []
    length = 0
    for end in range(1, len(counted) + 1):
        standing = replay(counted[:end])
        now = streak_now(standing, skipped(counted[:end])).length if standing else 0
        if length and not now:
            fell.append(counted[end - 1].seq)
        length = now
    assert endings(counted) == tuple(fell)


@given(histories, st.integers(1, 40), st.integers(1, 30))
def test_rounds_posted_in_a_pause_are_as_if_they_had_never_been(history: str, since: int, days: int) -> None:
    rounds = posted(history)
    away = Away(START + since * DAY, START + (since + days) * DAY)
    with_pause = replay(as_counted(rounds, [away]))
    without = replay(past for past, at in rounds if past.answered or not away.covers(at))
    assert with_pause == without
