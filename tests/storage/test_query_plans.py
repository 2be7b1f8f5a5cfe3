"""Statements that run often find their rows by an index: none goes through a whole table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.community import Platform
from bot.domain.identifiers import MemberId, RoundId, TrackId
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.storage.conftest import Database
from tests.storage.world import A, at, opened, press, track

HERE = Platform.DISCORD
ON, ANN, ROUND = TrackId(1), MemberId(1), RoundId(1)
WEEK = "2026-W10"

Use = Callable[[SqlUnitOfWork], object]

ANSWERING: dict[str, Use] = {
    "for_answer": lambda unit: unit.rounds.for_answer(ROUND),
    "here": lambda unit: unit.rounds.here(ROUND, HERE, "G1"),
    "hidden": lambda unit: unit.rounds.hidden(unit.communities.of(HERE, "G1").id, ANN, at(1)),
    "known": lambda unit: unit.members.known(HERE, "G1", "ann"),
    "with_standing": lambda unit: unit.members.with_standing(unit.communities.of(HERE, "G1").id, "ann", ON),
    "count": lambda unit: unit.answers.count(ROUND, A),
    "skipped_between": lambda unit: unit.ledger.skipped_between(ON, 1, 5),
    "history_of": lambda unit: unit.ledger.history_of(ON, ANN),
    "seen_by": lambda unit: unit.ledger.seen_by(ON, ANN, 5),
    "answered_rounds": lambda unit: unit.answers.answered_rounds(ANN, [ROUND]),
    "by_question": lambda unit: unit.answers.by_question(ANN),
    "aways": lambda unit: unit.members.aways(ANN),
    "forget": lambda unit: unit.personal_data.forget(ANN),
}
TICKING: dict[str, Use] = {
    "due": lambda unit: unit.tracks.due(HERE, at(1), 50),
    "to_reveal": lambda unit: unit.outbox.to_reveal(HERE, at(1), 50),
    "open_of": lambda unit: unit.rounds.open_of(ON),
    "open_in": lambda unit: unit.rounds.open_in(unit.communities.of(HERE, "G1").id),
    "latest": lambda unit: unit.ledger.latest(ON, 5),
    "ledger": lambda unit: unit.ledger.asked(unit.communities.of(HERE, "G1").id, ON),
    "unanswered_in_a_row": lambda unit: unit.ledger.unanswered_in_a_row(ON, 10),
    "outage_within": lambda unit: unit.health.outage_within(HERE, at(0), at(1)),
}
BOARDS: dict[str, Use] = {
    "since": lambda unit: unit.standings.since(ON, 1, 10, 0),
    "tally": lambda unit: unit.standings.tally([ROUND]),
    "week": lambda unit: unit.standings.week(ANN, ON, WEEK),
    "weeks": lambda unit: unit.standings.weeks(ON),
    "answerers": lambda unit: unit.standings.answerers(ON),
    "recount_week": lambda unit: unit.standings.recount_week(ON, "2026-W10"),
}
# These go through an index that holds only the few rounds in question, not through all rounds.
SENDING: dict[str, tuple[Use, str]] = {
    "claimable": (lambda unit: unit.outbox.claimable(HERE, at(1), 50), "ix_rounds_to_send"),
    "stale": (lambda unit: unit.outbox.stale(HERE, at(1), 50), "ix_rounds_to_send"),
    "open_since": (lambda unit: unit.rounds.open_since(HERE, at(1), RoundId(0), 50), "ix_rounds_open"),
}


def plans(url: str, use: Use) -> list[str]:
    """SQLite's plan for each statement of a use."""
    database = Database(url)
    run: list[str] = []

    def traced(unit: SqlUnitOfWork) -> None:
        press(unit, opened(unit, track(unit), 0), "ann")
        driver = unit.transaction._connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(run.append)
        use(unit)
        driver.set_trace_callback(None)

    database.write(traced)
    with database.connect() as connection:
        found = [
            str(step[3])
            for statement in dict.fromkeys(run)
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        ]
    database.close()
    assert run
    return found


@pytest.mark.parametrize("name", [*ANSWERING, *TICKING, *BOARDS])
def test_nothing_goes_through_a_whole_table(sqlite_url: str, name: str) -> None:
    steps = plans(sqlite_url, (ANSWERING | TICKING | BOARDS)[name])
    assert [step for step in steps if step.startswith("SCAN")] == []
    assert any(step.startswith("SEARCH") for step in steps)


@pytest.mark.parametrize("name", SENDING)
def test_senders_look_only_at_what_is_to_be_sent(sqlite_url: str, name: str) -> None:
    use, index = SENDING[name]
    steps = plans(sqlite_url, use)
    assert [step for step in steps if step.startswith("SCAN")] == [f"SCAN rounds USING INDEX {index}"]


def test_due_tracks_are_found_by_their_time(sqlite_url: str) -> None:
    steps = plans(sqlite_url, TICKING["due"])
    assert steps[0] == "SEARCH tracks USING INDEX ix_tracks_due (next_due_at<?)"


def test_an_answer_takes_six_statements(sqlite_url: str) -> None:
    run: list[str] = []

    def answer(unit: SqlUnitOfWork) -> None:
        on = track(unit)
        press(unit, opened(unit, on, 0), "ann")
        round = opened(unit, on, 1)
        driver = unit.transaction._connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(run.append)
        press(unit, round, "ann")
        driver.set_trace_callback(None)

    database = Database(sqlite_url)
    database.write(answer)
    database.close()
    assert len(run) == 6
