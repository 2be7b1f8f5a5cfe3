"""Figures shown of a closed question never tell what one member chose: every small table of votes is tried.

Whoever looks knows how many answered ("13th to answer", the manager's panel, the week's sum on a board), who they are
(boards name who answered every round, two rounds later), and what they chose themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest

from bot.domain.grading import UNSURE, AskedQuestion
from bot.domain.identifiers import OptionId, RoundId, RoundRef
from bot.domain.round import Votes
from bot.replies.revealed import Revealed
from tests.domain.samples import content

QUESTION = content().questions[0]
KEY = QUESTION.key.id
CHOICES = (*(option.id for option in QUESTION.options), UNSURE)
MOST = 9
Table = tuple[int, ...]


def tables(answered: int) -> Iterator[Table]:
    """Every way in which that number may have chosen."""
    for chosen in combinations_with_replacement(CHOICES, answered):
        yield tuple(chosen.count(choice) for choice in CHOICES)


def shown(table: Table, *, ranked: bool = False) -> str:
    """All that is made of a table: the post as it is edited. The line on the round before tells a part of it."""
    votes = Votes(dict(zip(CHOICES, table, strict=True)))
    asked = AskedQuestion(QUESTION, tuple(option.id for option in QUESTION.options))
    return str(Revealed(RoundRef(RoundId(1)), 1, asked, votes, "Somewhere", ranked=ranked).as_card())


def others(table: Table, own: OptionId | None) -> Table:
    """The others' choices, for one who knows their own."""
    return tuple(count - (choice == own) for choice, count in zip(CHOICES, table, strict=True))


@pytest.mark.parametrize("ranked", [False, True])
@pytest.mark.parametrize("own", [None, *CHOICES])
@pytest.mark.parametrize("answered", range(2, MOST + 1))
def test_whoever_looks_cannot_tell_of_anyone_whether_they_were_right(
    answered: int, own: OptionId | None, ranked: bool
) -> None:
    alike = defaultdict(list)
    for table in tables(answered):
        if own is None or table[CHOICES.index(own)]:
            alike[shown(table, ranked=ranked)].append(others(table, own))
    assert alike
    for possible in alike.values():
        right = any(table[CHOICES.index(KEY)] for table in possible)
        wrong = any(count for table in possible for choice, count in zip(CHOICES, table, strict=True) if choice != KEY)
        assert right, f"the others were all wrong: {possible}"
        assert wrong, f"the others were all right: {possible}"


def test_votes_are_shown_where_two_or_more_were_right_and_two_or_more_were_not() -> None:
    told = {(sum(table), table[CHOICES.index(KEY)]) for n in range(2, 8) for table in tables(n) if " %" in shown(table)}
    assert told == {(5, 2), (5, 3), (6, 2), (6, 3), (6, 4), (7, 2), (7, 3), (7, 4), (7, 5)}
    assert not any(" %" in shown(table, ranked=True) for table in tables(7))
