"""Looking back: what was asked, who answered, what counts against whom, what is to be revealed."""

from __future__ import annotations

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef
from bot.domain.round import RoundState
from bot.domain.round_life import Event, IllegalMove
from bot.domain.selection import LedgerEntry
from bot.domain.streak import PastRound
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.scheduler.world import MINUTE
from tests.storage.conftest import Database
from tests.storage.world import (
    RIGHT,
    WRONG,
    at,
    claimed,
    closed,
    community,
    day,
    due_round,
    got,
    opened,
    press,
    question,
    track,
)


def test_rounds_come_latest_first(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        for number in (3, 1, 2):
            due_round(unit, on, number)
        assert [round.local_date for round in unit.ledger.latest(on.id, 2)] == [day(3), day(2)]
        assert [round.local_date for round in unit.ledger.latest(on.id, 2, 2)] == [day(1)]

    database.write(work)


def test_a_member_sees_numbered_rounds_with_their_answers(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        first = opened(unit, on, 0)
        second = opened(unit, on, 1)
        claimed(unit, on, 2)
        ann = press(unit, first, "ann", WRONG)
        press(unit, second, "bob")
        seen = unit.ledger.seen_by(on.id, ann, 10)
        assert [(each.round.id, each.answer) for each in seen] == [(second.id, None), (first.id, WRONG)]
        assert [each.round.seq for each in unit.ledger.seen_by(on.id, ann, 1)] == [2]

    database.write(work)


def test_only_closed_rounds_between_count_as_skipped(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        closed(unit, on, 0)
        closed(unit, on, 1)
        closed(unit, on, 2, excused=True)
        unit.rounds.void(opened(unit, on, 3).id, at(4))
        opened(unit, on, 4)
        closed(unit, on, 5)
        unit.outbox.end(claimed(unit, on, 6).id, Event.REFUSED, at(6))
        closed(unit, on, 7)
        assert unit.ledger.skipped_between(on.id, 1, 7) == ((2, at(1)), (6, at(5)))
        assert unit.ledger.skipped_between(on.id, 2, 6) == ()
        assert unit.ledger.skipped_between(on.id, 0, 2) == ((1, at(0)),)

    database.write(work)


def test_history_tells_what_counts_against_nobody(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        ann = unit.members.of(on.community, "ann").id
        for number in range(6):
            round = opened(unit, on, number)
            if number in (0, 3):
                press(unit, round, "ann")
            press(unit, round, "bob")
            if number in (2, 3):
                unit.rounds.void(round.id, at(number + 1))
            elif number != 5:
                unit.rounds.close(round.id, at(number + 1), excused=number == 4)
        claimed(unit, on, 6)
        expected = [
            PastRound(1, answered=True, neutral=False),
            PastRound(2, answered=False, neutral=False),
            PastRound(3, answered=False, neutral=True),
            PastRound(4, answered=True, neutral=True),
            PastRound(5, answered=False, neutral=True),
            PastRound(6, answered=False, neutral=True),
        ]
        history = unit.ledger.history_of(on.id, ann)
        assert list(history) == [(past, at(number)) for number, past in enumerate(expected)]

    database.write(work)


def test_the_ledger_holds_what_all_tracks_of_the_community_asked(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        away = track(unit, community(unit, "G2").id)
        closed(unit, other, 1)
        opened(unit, on, 2, question("agents"))
        claimed(unit, on, 3, question("rag"))
        unit.rounds.void(opened(unit, on, 0, question("voided")).id, at(1))
        unit.outbox.end(claimed(unit, on, 4, question("lost")).id, Event.REFUSED, at(4))
        unit.outbox.end(claimed(unit, on, 5, question("unknown")).id, Event.LOST, at(5))
        due_round(unit, on, 6)
        opened(unit, away, 0, question("elsewhere"))
        assert [(entry.question, entry.on, entry.here) for entry in unit.ledger.asked(on.community, on.id)] == [
            ("voided", day(0), True),
            ("tokens", day(1), False),
            ("agents", day(2), True),
            ("rag", day(3), True),
            ("unknown", day(5), True),
        ]
        assert LedgerEntry(question().id, day(1), True) in unit.ledger.asked(on.community, other.id)

    database.write(work)


def test_a_closed_round_is_revealed_once(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = closed(unit, on, 0)
        opened(unit, on, 1)
        assert unit.outbox.to_reveal(Platform.DISCORD, at(1) - 10 * MINUTE, 10) == ()
        assert unit.outbox.to_reveal(Platform.SLACK, at(1), 10) == ()
        (found,) = unit.outbox.to_reveal(Platform.DISCORD, at(1), 10)
        assert (found.round, found.community, found.number, found.withdrawn) == (round, "G1", 1, False)
        unit.outbox.revealed(round.id, at(2))
        assert unit.outbox.to_reveal(Platform.DISCORD, at(2) - 10 * MINUTE, 10) == ()
        # So long nothing waits: the moment is one of a clock that was ahead.
        assert len(unit.outbox.to_reveal(Platform.DISCORD, at(2) - 11 * MINUTE, 10)) == 1
        assert len(unit.outbox.to_reveal(Platform.DISCORD, at(2), 10)) == 1
        unit.outbox.revealed(round.id)
        assert unit.outbox.to_reveal(Platform.DISCORD, at(9), 10) == ()

    database.write(work)


def test_a_withdrawn_round_keeps_its_number_and_answers_and_says_so(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = opened(unit, on, 0)
        ann = press(unit, round, "ann")
        unit.rounds.close(round.id, at(1), False)
        unit.outbox.revealed(round.id)
        unit.rounds.void(round.id, at(3))
        kept = got(unit, round.id)
        assert (kept.state, kept.seq, kept.closed_at, kept.votes.total) == (RoundState.VOID, 1, at(1), 1)
        assert unit.answers.get(round.id, ann) == RIGHT
        (found,) = unit.outbox.to_reveal(Platform.DISCORD, at(3), 10)
        assert (found.round.id, found.withdrawn) == (round.id, True)

    database.write(work)


def test_a_round_that_was_not_posted_cannot_be_withdrawn(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        for round in (due_round(unit, on, 0), claimed(unit, on, 1)):
            with pytest.raises(IllegalMove):
                unit.rounds.void(round.id, at(2))
        assert unit.outbox.to_reveal(Platform.DISCORD, at(9), 10) == ()
        assert len(unit.outbox.claimable(Platform.DISCORD, at(9), 10)) == 1
        assert len(unit.outbox.stale(Platform.DISCORD, at(9), 10)) == 1

    database.write(work)


def test_unanswered_rounds_are_counted_from_the_latest_back(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        closed(unit, on, 0)
        answered = opened(unit, on, 1)
        press(unit, answered, "ann")
        unit.rounds.close(answered.id, at(2), False)
        assert unit.ledger.unanswered_in_a_row(on.id, 10) == 0
        for number in (2, 3, 4):
            closed(unit, on, number)
        opened(unit, on, 5)
        assert unit.ledger.unanswered_in_a_row(on.id, 10) == 3
        assert unit.ledger.unanswered_in_a_row(on.id, 2) == 2

    database.write(work)


def test_reads_see_what_was_written(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        unit.rounds.open(claimed(unit, on, 0), on, MessageRef("m"), at(0))

    on = database.write(track)
    database.write(work)
    assert database.read(lambda unit: unit.rounds.open_of(on.id)) is not None
    assert len(database.read(lambda unit: unit.ledger.asked(on.community, on.id))) == 1


def test_a_round_that_was_put_off_keeps_its_question_from_other_tracks(database: Database) -> None:
    """It is sent later with the same question: open twice at once, the verdict on one would be the key to the other."""

    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        other = track(unit)
        round = claimed(unit, on, 1)
        unit.outbox.put_off(round.id, at(1.01))
        assert LedgerEntry(question().id, day(1), here=False, open=True) in unit.ledger.asked(on.community, other.id)

    database.write(work)
