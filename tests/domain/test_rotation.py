"""Topics and levels of a whole pass through what is really in content/, whatever the seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.beginning import BEGINNING
from bot.domain.identifiers import TopicId
from bot.domain.question import Difficulty, Question
from bot.domain.selection import LedgerEntry, Wanted, pick
from tests.domain.samples import bank, content, question

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 16)
WEEK = 7
HARD, MEDIUM, EASY = Difficulty.HARD, Difficulty.MEDIUM, Difficulty.EASY
BANK = content().questions
TOPICS = sorted({one.topic for one in BANK})
JOB_SEARCH = {"salary-market", "career-growth", "portfolio", "credentials-learning"}
ANYTHING = Wanted()
AT_WORK = Wanted(frozenset(set(TOPICS) - JOB_SEARCH))
ELEVEN = Wanted(frozenset(TOPICS[::2][:11]))
THREE = Wanted(frozenset(map(TopicId, ("rag", "llms", "data"))))
UNEVEN = Wanted(frozenset(map(TopicId, ("roles-teams", "data", "salary-market"))))
TWO = Wanted(frozenset(map(TopicId, ("rag", "llms"))))
ONE = Wanted(frozenset({TopicId("rag")}))

seeds = st.integers()
whole_passes = settings(max_examples=4)


def row(wanted: Wanted, seed: int, banks: Callable[[int], Sequence[Question]] = lambda _: BANK) -> list[Question]:
    """The questions a track asks, day by day, until it has asked everything. The bank may change from day to day."""
    ledger: list[LedgerEntry] = []
    asked: list[Question] = []
    while True:
        today = MONDAY + len(ledger) * DAY
        picked = pick(banks(len(ledger)), wanted, ledger, today, f"{seed}:{today}")
        assert picked is not None
        if picked.asked_before:
            return asked
        ledger.append(LedgerEntry(picked.question.id, today, here=True))
        asked.append(picked.question)


def begun(wanted: Wanted, seed: int) -> list[Question]:
    """The first ten questions a track asks."""
    ledger: list[LedgerEntry] = []
    asked: list[Question] = []
    for number in range(BEGINNING):
        picked = pick(BANK, wanted, ledger, MONDAY + number * DAY, f"{seed}:{number}")
        assert picked is not None
        ledger.append(LedgerEntry(picked.question.id, MONDAY + number * DAY, here=True))
        asked.append(picked.question)
    return asked


def weeks(asked: Sequence[Question], since: int = 0) -> Iterator[tuple[int, Sequence[Question]]]:
    """Any seven rounds in a row, with how many rounds are left after them."""
    for start in range(since, len(asked) - WEEK + 1):
        yield len(asked) - start - WEEK, asked[start : start + WEEK]


def shares(asked: Sequence[Question]) -> dict[Difficulty, int]:
    """The number of times each level should come in seven rounds."""
    return {level: round(WEEK * sum(one.difficulty is level for one in asked) / len(asked)) for level in Difficulty}


def returns(asked: Sequence[Question]) -> list[tuple[int, int]]:
    """After how many rounds topics came again, and how many rounds were left then."""
    last: dict[TopicId, int] = {}
    found = []
    for number, one in enumerate(asked):
        if one.topic in last:
            found.append((number - last[one.topic], len(asked) - number))
        last[one.topic] = number
    return found


def furthest(kinds: Sequence[object]) -> float:
    """The most questions any kind ever was ahead of or behind its share of what was asked so far."""
    total = Counter(kinds)
    so_far = Counter[object]()
    most = 0.0
    for number, kind in enumerate(kinds, 1):
        so_far[kind] += 1
        most = max(most, *(abs(so_far[each] - total[each] * number / len(kinds)) for each in total))
    return most


# --- Levels ---


@pytest.mark.parametrize("wanted", [ANYTHING, AT_WORK, ELEVEN, THREE, UNEVEN, TWO, ONE])
@given(seed=seeds)
@whole_passes
def test_each_level_has_its_share_of_any_week_give_or_take_one(wanted: Wanted, seed: int) -> None:
    asked = row(wanted, seed)
    share = shares(asked)
    for left, week in weeks(asked, BEGINNING):
        levels = Counter(one.difficulty for one in week)
        # The very last questions are what is left, in whatever order: there it may be two.
        stray = 1 if left > 2 else 2
        assert all(abs(levels[level] - share[level]) <= stray for level in Difficulty), (left, levels)


@pytest.mark.parametrize("wanted", [ANYTHING, AT_WORK, THREE, ONE])
@given(seed=seeds)
@whole_passes
def test_no_three_hard_questions_come_in_a_row(wanted: Wanted, seed: int) -> None:
    levels = [one.difficulty for one in row(wanted, seed)]
    # Of the bank's last three it cannot be promised.
    assert all(levels[start : start + 3] != [HARD] * 3 for start in range(len(levels) - 3))


@given(seed=seeds)
@whole_passes
def test_nobody_can_tell_the_level_by_the_weekday(seed: int) -> None:
    levels = [one.difficulty for one in row(ANYTHING, seed)]
    for weekday in range(7):
        there = Counter(levels[weekday::7])
        assert max(there.values()) < 0.75 * there.total()
    as_a_week_ago = sum(one is other for one, other in zip(levels, levels[7:], strict=False))
    assert as_a_week_ago < 0.6 * len(levels)


@pytest.mark.parametrize("level", list(Difficulty))
def test_one_level_is_kept_to(level: Difficulty) -> None:
    asked = row(Wanted(level=level), 1)
    assert {one.difficulty for one in asked} == {level}
    assert min(after for after, _ in returns(asked)) >= WEEK


@given(seed=st.integers())
@settings(max_examples=20)
def test_the_first_ten_of_a_track_are_easy_or_medium_and_show_the_range(seed: int) -> None:
    first = begun(ANYTHING, seed)
    assert {one.difficulty for one in first} == {EASY, MEDIUM}
    assert len({one.topic for one in first}) == BEGINNING


def test_the_first_ten_of_few_topics_show_each_of_them() -> None:
    for seed in range(9):
        first = begun(THREE, seed)
        assert HARD not in {one.difficulty for one in first}
        assert {one.topic for one in first[:3]} == THREE.topics


def test_who_asks_for_hard_ones_begins_with_them() -> None:
    assert {one.difficulty for one in begun(Wanted(level=HARD), 1)} == {HARD}


# --- Topics ---


@pytest.mark.parametrize("wanted", [ANYTHING, AT_WORK])
@given(seed=seeds)
@whole_passes
def test_no_topic_comes_twice_in_a_week(wanted: Wanted, seed: int) -> None:
    for after, left in returns(row(wanted, seed)):
        # In the last month a few topics may be left; even then none comes again within three days.
        assert after >= (WEEK if left > 30 else 4), left


@given(seed=seeds)
@whole_passes
def test_of_eleven_topics_none_comes_again_within_three_days_while_there_are_others(seed: int) -> None:
    assert min(after for after, left in returns(row(ELEVEN, seed)) if left > 50) > 3


@pytest.mark.parametrize(("wanted", "twice_in_a_row"), [(TWO, 16), (THREE, 10), (UNEVEN, 8)])
@given(seed=seeds)
@whole_passes
def test_a_few_topics_take_turns(wanted: Wanted, twice_in_a_row: int, seed: int) -> None:
    asked = row(wanted, seed)
    assert {one.topic for one in asked[: 2 * len(wanted.topics)]} == wanted.topics
    assert sum(one.topic == other.topic for one, other in pairwise(asked)) <= twice_in_a_row
    most = max(Counter(one.topic for one in asked).values()) / len(asked)
    for _, week in weeks(asked):
        assert max(Counter(one.topic for one in week).values()) < WEEK * most + 3


# --- The whole pass ---


@pytest.mark.parametrize("wanted", [ANYTHING, AT_WORK, THREE, ONE])
@given(seed=seeds)
@whole_passes
def test_all_runs_out_together(wanted: Wanted, seed: int) -> None:
    asked = row(wanted, seed)
    assert len(asked) == sum(wanted.admits(one) for one in BANK)
    assert furthest([one.difficulty for one in asked]) <= 5
    assert furthest([one.topic for one in asked]) <= 3


def test_no_two_seeds_make_the_same_year() -> None:
    rows = [row(ANYTHING, seed) for seed in range(5)]
    assert len({tuple(one.topic for one in asked[:30]) for asked in rows}) == len(rows)
    assert len({tuple(one.difficulty for one in asked[:30]) for asked in rows}) == len(rows)


@given(seed=seeds)
@whole_passes
def test_what_is_added_to_a_bank_is_not_caught_up_in_a_rush(seed: int) -> None:
    without = [one for one in BANK if one.topic != "rag" and not (one.topic == "maths" and one.difficulty is HARD)]
    asked = row(ANYTHING, seed, lambda day: without if day < 100 else BANK)
    assert {one.id for one in asked} == {one.id for one in BANK}
    share = shares(asked)
    for _, week in weeks(asked[:-10], BEGINNING):
        assert max(Counter(one.topic for one in week).values()) == 1
        levels = Counter(one.difficulty for one in week)
        assert all(abs(levels[level] - share[level]) <= 1 for level in Difficulty)


@given(st.integers(1, 30), seeds)
def test_a_lopsided_bank_is_asked_to_the_end_all_the_same(size: int, seed: int) -> None:
    questions = [question(f"hard-{number}", "maths", HARD) for number in range(size)] + bank(size // 3, ("rag", "data"))
    asked = row(ANYTHING, seed, lambda _: questions)
    assert {one.id for one in asked} == {one.id for one in questions}
