"""The rules of a sitting: which question comes next, and which may come again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import QuestionId
from bot.domain.sitting import OTHERS_BETWEEN, Sitting, Turn, kept_back, next_turn, still_missed


def turns(text: str) -> tuple[Turn, ...]:
    """Turns in short: a question's letter, large where it was right."""
    return tuple(Turn(n, QuestionId(one.lower()), one.isupper()) for n, one in enumerate(text))


def test_what_was_missed_may_come_after_three_others_and_what_was_right_never() -> None:
    assert kept_back(()) == frozenset()
    assert kept_back(turns("aBc")) == set("abc")
    assert kept_back(turns("aBcD")) == set("bcd")
    assert kept_back(turns("aBcDa")) == set("abcd"), "missed again, it waits again"
    assert kept_back(turns("aBcDAefg")) == set("abdefg")


@given(st.lists(st.sampled_from("aBcDeF"), max_size=20).map("".join))
def test_nothing_of_a_sitting_comes_back_among_the_latest_three(text: str) -> None:
    latest = {turn.question for turn in turns(text)[-OTHERS_BETWEEN:]}
    assert latest <= kept_back(turns(text))


def test_the_next_turn_is_the_first_that_was_not_answered() -> None:
    sitting = Sitting(of=5, begun=100)
    assert next_turn(sitting, ()) == sitting.at(1)
    assert next_turn(sitting, turns("ab")) == sitting.at(2), "Next was pressed again on the message before"
    assert next_turn(sitting.at(3), turns("a")) == sitting.at(4)
    assert next_turn(sitting.at(4), turns("abcde")) is None
    assert next_turn(sitting, turns("abcde")) is None
    assert sitting.at(4).last
    assert sitting.at(4).seed == 104


def test_what_was_missed_and_then_right_is_missed_no_more() -> None:
    assert still_missed(turns("aBcDA")) == ("c",)
    assert still_missed(turns("AB")) == ()
