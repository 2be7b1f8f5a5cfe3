"""Small words around numbers and lists, and text put together from pieces."""

from __future__ import annotations

import pytest

from bot.replies.markup import Person, Run, bold, code, counted, italic, listed, markup, ordinal


@pytest.mark.parametrize(
    ("items", "told"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_lists_as_a_sentence_has_them(items: tuple[str, ...], told: str) -> None:
    assert listed(items) == listed(list(items)) == told


def test_a_list_may_end_on_another_word() -> None:
    assert listed(["a", "b", "c"], "then") == "a, b then c"


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 answers"), (1, "1 answer"), (2, "2 answers"), (101, "101 answers")]
)
def test_a_number_with_its_noun(number: int, told: str) -> None:
    assert counted(number, "answer") == told


def test_a_noun_with_a_plural_of_its_own() -> None:
    assert [counted(n, "member has", "members have") for n in (1, 2)] == ["1 member has", "2 members have"]


@pytest.mark.parametrize(
    "row",
    [
        "1st 2nd 3rd 4th 9th 10th 11th 12th 13th 14th 19th 20th",
        "21st 22nd 23rd 24th 30th 31st 42nd 53rd 99th",
        "100th 101st 102nd 111th 112th 113th 121st 1011th 1021st",
    ],
)
def test_ordinals(row: str) -> None:
    assert [ordinal(int(told[:-2])) for told in row.split()] == row.split()


def test_pieces_are_joined_and_empty_ones_left_out() -> None:
    made = markup("a ", bold("b"), "", markup(italic("c"), " ", Person("U1")), code("d"))
    assert made == (Run("a "), bold("b"), italic("c"), Run(" "), Person("U1"), code("d"))
    assert markup() == markup("") == ()
