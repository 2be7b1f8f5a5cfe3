"""First choices in open rounds."""

from __future__ import annotations

import pytest

from bot.domain.grading import UNSURE
from bot.domain.identifiers import RoundId
from bot.domain.round import Answer
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import (
    RIGHT,
    WRONG,
    A,
    B,
    C,
    D,
    at,
    closed,
    community,
    got,
    opened,
    press,
    question,
    track,
)


def test_the_first_choice_counts(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        round = opened(unit, track(unit), 0)
        ann = unit.members.of(community(unit).id, "ann").id
        assert unit.answers.get(round.id, ann) is None
        assert unit.answers.add(round.id, ann, WRONG)
        assert not unit.answers.add(round.id, ann, RIGHT)
        assert unit.answers.get(round.id, ann) == WRONG

    database.write(work)


def test_votes_are_counted_by_option(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round, other = opened(unit, on, 0), opened(unit, on, 1)
        for option in (A, B, B, C, D, UNSURE):
            votes = unit.answers.count(round.id, option)
        assert votes.by_option == {A: 1, B: 2, C: 1, D: 1, UNSURE: 1}
        assert got(unit, round.id).votes == votes
        assert got(unit, other.id).votes.total == 0
        with pytest.raises(KeyError):
            unit.answers.count(RoundId(99), A)

    database.write(work)


def test_which_rounds_were_answered(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        first, second, third = (opened(unit, on, number) for number in range(3))
        ann = press(unit, first, "ann")
        press(unit, third, "ann")
        press(unit, second, "bob")
        assert unit.answers.answered_rounds(ann, [first.id, second.id]) == {first.id}
        assert unit.answers.answered_rounds(ann, {first.id, second.id, third.id}) == {first.id, third.id}
        assert unit.answers.answered_rounds(ann, []) == frozenset()

    database.write(work)


def test_choices_come_with_their_questions_oldest_first(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        late = opened(unit, on, 5, question("agents"))
        early = opened(unit, other, 1, question("rag"))
        withdrawn = opened(unit, on, 6, question("voided"))
        unsure = opened(unit, other, 7, question("unsure"))
        ann = press(unit, late, "ann")
        press(unit, early, "ann", WRONG)
        press(unit, withdrawn, "ann")
        unit.rounds.void(withdrawn.id, at(7))
        not_known = Answer(UNSURE, -1, False)
        press(unit, unsure, "ann", not_known)
        press(unit, closed(unit, on, 8), "bob")
        assert unit.answers.by_question(ann) == (("rag", WRONG), ("agents", RIGHT), ("unsure", not_known))

    database.write(work)
