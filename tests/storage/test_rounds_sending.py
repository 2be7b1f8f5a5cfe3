"""A round's way from due to open, and its other ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, RoundId
from bot.domain.round import RoundState, Votes
from bot.domain.round_life import Event, IllegalMove
from bot.domain.track import PauseReason
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import (
    A,
    B,
    C,
    D,
    at,
    claimed,
    community,
    day,
    due,
    due_round,
    got,
    opened,
    press,
    question,
    track,
)

MINUTE = timedelta(minutes=1)


def test_due_rounds_are_written_once_per_date(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        assert unit.outbox.add_due([(on, due(0), True), (on, due(1), False), (other, due(1), False)]) == 3
        assert unit.outbox.add_due([(on, due(1), True), (on, due(2), False)]) == 1
        assert unit.outbox.add_due([]) == 0
        later, now, early = unit.ledger.latest(on.id, 10)
        assert [round.local_date for round in (early, now, later)] == [day(0), day(1), day(2)]
        assert [round.state for round in (early, now, later)] == [
            RoundState.UNPOSTED,
            RoundState.DUE,
            RoundState.DUE,
        ]
        assert (now.due_at, now.place, now.seq, now.order, now.votes) == (at(1), "C1", None, (), Votes())

    database.write(work)


def test_the_longest_waiting_may_be_claimed_first(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        paused = track(unit)
        elsewhere = track(unit, community(unit, "T1", Platform.SLACK).id)
        second, first = due_round(unit, on, 1), due_round(unit, other, 0)
        due_round(unit, paused, 0)
        unit.tracks.pause(paused.id, PauseReason.MANAGER)
        due_round(unit, elsewhere, 0)
        claimed(unit, on, 2)
        assert unit.outbox.claimable(Platform.DISCORD, at(2), 10) == ((first, other), (second, on))
        assert unit.outbox.claimable(Platform.DISCORD, at(2), 1) == ((first, other),)

    database.write(work)


def test_a_round_put_back_waits_for_its_moment(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        round = claimed(unit, track(unit), 0)
        unit.outbox.put_off(round.id, at(1))
        assert unit.outbox.claimable(Platform.DISCORD, at(1) - 10 * MINUTE, 10) == ()
        # So long nothing waits: the moment is one of a clock that was ahead.
        assert len(unit.outbox.claimable(Platform.DISCORD, at(1) - 11 * MINUTE, 10)) == 1
        ((back, _),) = unit.outbox.claimable(Platform.DISCORD, at(1), 10)
        assert (back.id, back.state, back.attempts) == (round.id, RoundState.DUE, 1)

    database.write(work)


def test_claiming_fixes_the_question(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = due_round(unit, on, 0)
        unit.outbox.claim(round.id, question(version=3), (D, B, A, C), True, at(0), at(0) + MINUTE)
        kept = got(unit, round.id)
        assert (kept.state, kept.question, kept.version) == (RoundState.SENDING, "tokens", 3)
        assert (kept.order, kept.asked_before) == ((D, B, A, C), True)
        assert (kept.attempts, kept.first_attempt_at) == (1, at(0))
        assert kept.question is not None
        assert unit.questions.version(kept.question, 3) == question(version=3)

    database.write(work)


def test_a_cut_off_sending_is_taken_up_again(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = claimed(unit, on, 0)
        opened(unit, on, 1)
        assert unit.outbox.stale(Platform.DISCORD, at(0), 10) == ()
        assert unit.outbox.stale(Platform.SLACK, at(1), 10) == ()
        ((stale, its_track),) = unit.outbox.stale(Platform.DISCORD, at(0) + MINUTE, 10)
        assert (stale, its_track.id) == (round, on.id)
        unit.outbox.reclaim(stale, at(1), at(1) + MINUTE)
        kept = got(unit, round.id)
        assert (kept.attempts, kept.first_attempt_at) == (2, at(0))
        assert unit.outbox.stale(Platform.DISCORD, at(1), 10) == ()

    database.write(work)


def test_opening_numbers_the_rounds_of_a_track_and_of_its_week(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        opened(unit, other, 0)
        rounds = [opened(unit, on, number) for number in (0, 2, 6, 7)]
        assert [round.seq for round in rounds] == [1, 2, 3, 4]
        assert [round.nth_in_week for round in rounds] == [1, 2, 3, 1]
        first = rounds[0]
        assert (first.state, first.message, first.posted_at) == (RoundState.OPEN, "m0", at(0))
        assert got(unit, first.id) == first
        kept = unit.tracks.get(on.id)
        assert kept is not None
        assert kept.next_seq == 5

    database.write(work)


def test_opening_twice_changes_nothing(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = opened(unit, on, 0)
        unit.rounds.close(round.id, at(1), False)
        kept = got(unit, round.id)
        assert unit.rounds.open(round, on, MessageRef("another"), at(2)) == kept
        assert opened(unit, on, 1).seq == 2
        with pytest.raises(KeyError):
            unit.rounds.open(replace(round, id=RoundId(99)), on, MessageRef("m"), at(2))

    database.write(work)


@pytest.mark.parametrize(
    ("event", "state"),
    [(Event.GIVEN_UP, "unposted"), (Event.LOST, "unknown"), (Event.REFUSED, "failed")],
)
def test_giving_a_round_up(database: Database, event: Event, state: str) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        round = claimed(unit, track(unit), 0)
        unit.outbox.end(round.id, event, at(1))
        kept = got(unit, round.id)
        assert (kept.state.value, kept.closed_at, kept.seq) == (state, at(1), None)
        assert unit.outbox.stale(Platform.DISCORD, at(9), 10) == ()
        with pytest.raises(IllegalMove, match=f"a round that is {state} cannot be {event}"):
            unit.outbox.end(round.id, event, at(1))

    database.write(work)


def test_a_click_proves_that_an_unknown_round_was_posted(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = claimed(unit, on, 0)
        unit.outbox.end(round.id, Event.LOST, at(0.5))
        again = unit.rounds.open(got(unit, round.id), on, MessageRef("m"), at(0.6))
        assert (again.state, again.seq, again.closed_at) == (RoundState.OPEN, 1, None)

    database.write(work)


def test_closing_touches_open_rounds_only(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = opened(unit, on, 0)
        unit.rounds.close(round.id, at(1), True)
        kept = got(unit, round.id)
        assert (kept.state, kept.closed_at, kept.excused) == (RoundState.CLOSED, at(1), True)
        with pytest.raises(IllegalMove):
            unit.rounds.close(round.id, at(2), False)
        assert got(unit, round.id) == kept
        waiting = due_round(unit, on, 3)
        with pytest.raises(IllegalMove):
            unit.rounds.close(waiting.id, at(4), False)
        assert got(unit, waiting.id) == waiting

    database.write(work)


def test_open_rounds_are_found(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        away = track(unit, community(unit, "G2").id)
        assert unit.rounds.open_of(on.id) is None
        first, second = opened(unit, on, 0), opened(unit, other, 0)
        opened(unit, away, 0)
        claimed(unit, on, 1)
        assert unit.rounds.open_of(on.id) == first
        assert unit.rounds.open_in(on.community) == (first, second)
        unit.rounds.close(first.id, at(1), False)
        assert unit.rounds.open_of(on.id) is None
        assert unit.rounds.open_in(on.community) == (second,)

    database.write(work)


def test_rounds_open_for_long_are_found(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on, other = track(unit), track(unit)
        old = opened(unit, on, 0)
        opened(unit, other, 7)

        def since(platform: Platform, day: int, after: int = 0) -> list[RoundId]:
            return [round.id for round, _ in unit.rounds.open_since(platform, at(day), RoundId(after), 10)]

        assert since(Platform.DISCORD, 7) == [old.id]
        assert since(Platform.DISCORD, 7, after=old.id) == []
        assert since(Platform.DISCORD, 0) == []
        assert since(Platform.SLACK, 9) == []

    database.write(work)


def test_a_round_is_handed_out_for_answering_with_its_track(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = opened(unit, on, 0)
        found = unit.rounds.for_answer(round.id)
        assert found is not None
        assert found[0] == round
        assert found[1] == unit.tracks.get(on.id)
        assert unit.rounds.for_answer(RoundId(99)) is None

    database.write(work)


def test_a_round_is_handed_out_to_its_own_community_only(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        round = opened(unit, on, 0)
        community = unit.communities.get(on.community)
        here = (community.platform, community.external_id)
        assert unit.rounds.here(round.id, *here) == unit.rounds.for_answer(round.id)
        assert unit.rounds.here(round.id, Platform.SLACK, community.external_id) is None
        assert unit.rounds.here(round.id, community.platform, "elsewhere") is None
        assert unit.rounds.here(RoundId(99), *here) is None

    database.write(work)


def test_a_question_is_hidden_from_who_has_not_answered_it(database: Database) -> None:
    def work(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        first, second = opened(unit, on, 0, question("agents")), opened(unit, on, 1)
        ann, ben = press(unit, first, "ann"), unit.members.of(on.community, "ben").id
        hidden = unit.rounds.hidden
        assert hidden(on.community, ann, at(0)) == {second.question}
        assert hidden(on.community, ben, at(0)) == {first.question, second.question}
        assert hidden(on.community, None, at(0)) == {first.question, second.question}
        # An open one for as long as it is open, however long that is.
        assert hidden(on.community, None, at(40)) == {first.question, second.question}
        unit.rounds.close(second.id, at(2), excused=False)
        assert hidden(on.community, ben, at(0)) == {first.question}

    database.write(work)
