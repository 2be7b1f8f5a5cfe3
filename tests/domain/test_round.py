"""Rounds, votes and pauses: which presses count, what is shown of votes, and when somebody is away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Away
from bot.domain.grading import UNSURE
from bot.domain.identifiers import OptionId, PlaceRef, RoundId, TrackId
from bot.domain.round import Round, RoundState, Votes

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("state", RoundState)
def test_a_first_press_counts_while_the_round_may_have_been_posted_and_is_not_over(state: RoundState) -> None:
    round = Round(RoundId(1), TrackId(1), date(2026, 11, 20), NOON, state, PlaceRef("#here"))
    assert round.answerable == (state in {RoundState.OPEN, RoundState.SENDING, RoundState.UNKNOWN})


choices = st.dictionaries(st.sampled_from([OptionId("a"), OptionId("b"), UNSURE]), st.integers(0, 4))


@given(choices)
def test_votes_are_shown_from_five_answers_on_where_they_tell_of_nobody(by_option: dict[OptionId, int]) -> None:
    votes = Votes(by_option)
    assert votes.total == sum(by_option.values())
    for key in map(OptionId, "ab"):
        right = by_option.get(key, 0)
        wrong = votes.total - right
        assert votes.shown(key) == (votes.total >= 5 and right >= 2 and wrong >= 2)
    assert votes.unsure == by_option.get(UNSURE, 0)
    assert votes.of(OptionId("d")) == 0


@pytest.mark.parametrize(
    ("right", "wrong", "shown"),
    [(2, 3, True), (3, 2, True), (2, 2, False), (1, 4, False), (4, 1, False), (0, 9, False), (9, 0, False)],
)
def test_votes_are_shown_from_two_right_two_wrong_and_five_in_all(right: int, wrong: int, shown: bool) -> None:
    assert Votes({OptionId("a"): right, OptionId("b"): wrong}).shown(OptionId("a")) == shown


@pytest.mark.parametrize(
    ("answered", "words"), [(0, "fewer than two answered"), (1, "fewer than two answered"), (2, "2 answered")]
)
def test_of_one_answer_nobody_hears(answered: int, words: str) -> None:
    assert Votes({OptionId("a"): answered}).participation() == words


def test_a_pause_holds_from_its_beginning_until_before_its_end() -> None:
    away = Away(NOON, NOON + 2 * MINUTE)
    moments = [NOON + step * MINUTE for step in (-1, 0, 1, 2, 3)]
    assert [away.covers(moment) for moment in moments] == [False, True, True, False, False]
