"""The rounds a board counts, and the right answers it tells: never of a round that is not past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import PlaceRef, RoundId, TrackId
from bot.domain.ranking import BoardRounds, right_to_tell
from bot.domain.round import Round, RoundState
from bot.domain.schedule import iso_week

OPEN, CLOSED, VOID = RoundState.OPEN, RoundState.CLOSED, RoundState.VOID
DAY = timedelta(days=1)
MONDAY = date(2026, 11, 2)
"""Of the first round, where one is asked a day."""
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)


def round_(seq: int | None, state: RoundState = CLOSED, *, excused: bool = False) -> Round:
    """The round of a number, one a day from Monday on; it closed when the next one was posted."""
    on = MONDAY + ((seq or 1) - 1) * DAY
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Round(
        RoundId(seq or 999),
        TrackId(1),
        on,
        noon,
        state,
        PlaceRef("#here"),
        seq=seq,
        excused=excused,
        closed_at=None if state is OPEN else noon + DAY,
    )


def rounds(states: str) -> list[Round]:
    """Rounds from the first on, the latest first: ``c`` closed, ``e`` closed and excused, ``o`` open, ``v`` void."""
    state = {"c": CLOSED, "e": CLOSED, "o": OPEN, "v": VOID}
    made = [round_(seq, state[char], excused=char == "e") for seq, char in enumerate(states, 1)]
    return made[::-1]


def board(states: str) -> BoardRounds:
    return BoardRounds.of(rounds(states), len(states) + 1)


def numbers(found: Sequence[Round]) -> list[int | None]:
    return [round.seq for round in found]


@pytest.mark.parametrize(
    ("states", "counted", "too_fresh"),
    [
        ("ccco", [2, 1], [4, 3]),
        ("cccc", [3, 2, 1], [4]),
        ("cccv", [2, 1], [4, 3]),
        ("ccvc", [3, 2, 1], [4]),
        ("o", [], [1]),
        ("co", [], [2, 1]),
        ("cco", [1], [3, 2]),
        ("c", [], [1]),
        ("cc", [1], [2]),
        ("", [], []),
    ],
)
def test_neither_the_open_round_nor_the_one_closed_last_is_counted(
    states: str, counted: list[int], too_fresh: list[int]
) -> None:
    found = board(states)
    assert numbers(found.counted) == counted
    assert numbers(found.too_fresh) == too_fresh
    assert found.until == len(states) - (2 if states[-1:] in {"o", "v"} else 1)


def test_withdrawing_the_open_question_names_nobody_any_sooner() -> None:
    assert numbers(board("ccccv").counted) == numbers(board("cccco").counted)


def test_rounds_never_posted_have_no_number_and_are_passed_over() -> None:
    latest = [round_(None, RoundState.DUE), *rounds("ccco"), round_(None, RoundState.UNPOSTED)]
    assert BoardRounds.of(latest, 5) == board("ccco")
    assert BoardRounds.of(latest[:1], 5).until == 3


@pytest.mark.parametrize(
    ("states", "since"),
    [
        ("ccccco", 2),  # counted are 1 to 4: who skipped 3 and 4 still has two freezes
        ("cccco", 1),
        ("ccco", 0),  # with two rounds counted nobody's streak can have ended
        ("o", 0),
        ("cccveco", 1),  # a withdrawn and an excused round were asked of nobody
        ("ccveco", 0),
    ],
)
def test_a_streak_runs_while_freezes_bridge_the_rounds_since(states: str, since: int) -> None:
    assert board(states).running_since == since


def test_the_week_on_the_board_is_that_of_the_last_round_counted() -> None:
    assert board("co").monday is None
    assert board("ccccccco").monday == MONDAY, "Sunday's round is the one closed last"
    assert board("c" * 8 + "o").monday == MONDAY
    assert board("c" * 9 + "o").monday == MONDAY + 7 * DAY


def test_only_what_was_asked_of_everybody_makes_a_full_week() -> None:
    found = board("cvcecccccccco")
    assert numbers(found.asked_in_week_of(MONDAY)) == [7, 6, 5, 3, 1]
    assert found.asked_in_week_of(MONDAY) == found.asked_in_week_of(MONDAY + 6 * DAY)
    assert numbers(found.asked_in_week_of(MONDAY + 7 * DAY)) == [11, 10, 9, 8]
    assert found.asked_in_week_of(MONDAY - DAY) == ()


def by_right(states: str, today: int, since: datetime = ALWAYS) -> date | None:
    """Which week's right answers are told a number of days after the first round."""
    return board(states).monday_by_right(iso_week(MONDAY + today * DAY), since)


def test_right_answers_are_told_of_a_week_that_is_over_and_counted_whole() -> None:
    assert by_right("c" * 5 + "co", 6) is None, "it still runs"
    assert by_right("c" * 6 + "o", 7) is None, "its last round is open"
    assert by_right("c" * 7 + "o", 7) is None, "its last round is the one closed last"
    assert by_right("c" * 8 + "o", 8) == MONDAY
    assert by_right("c" * 8 + "o", 6) is None, "it still runs by the calendar"
    assert by_right("c" * 14 + "o", 14) == MONDAY, "the second week is not counted whole"
    assert by_right("c" * 15 + "o", 15) == MONDAY + 7 * DAY


def test_a_week_of_which_a_question_was_withdrawn_is_told_nothing_of() -> None:
    assert by_right("ccvcccccco", 9) is None
    assert by_right("cceccccccco", 9) == MONDAY, "an excused round keeps its answers"


def test_a_week_of_which_votes_were_shown_is_told_nothing_of() -> None:
    first_closed = rounds("c")[0].closed_at
    assert first_closed is not None
    assert by_right("c" * 9 + "o", 9, first_closed) == MONDAY
    assert by_right("c" * 9 + "o", 9, first_closed + timedelta(microseconds=1)) is None
    assert by_right("ccoccccccco", 9) is None, "one never closed"


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        (0, [0]),
        (2, [0, 0, 0]),
        (4, [0, 0, 0, 0, 0]),
        (5, [0, 0, 2, 3, 4, 4]),
        (6, [0, 0, 2, 3, 4, 5, 5]),
        (7, [0, 0, 2, 3, 4, 5, 6, 6]),
    ],
)
def test_right_answers_are_told_from_five_answers_on_and_never_each_one(answered: int, told: list[int]) -> None:
    assert [right_to_tell(right, answered) for right in range(answered + 1)] == told


@given(st.integers(0, 40))
def test_who_had_everything_right_reads_like_who_missed_one(answered: int) -> None:
    values = [right_to_tell(right, answered) for right in range(answered + 1)]
    assert values == sorted(values), "more right answers never count less"
    assert values[-1] == values[max(0, answered - 1)]
    assert values[:2] == [0, 0][: len(values)]
