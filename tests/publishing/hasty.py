"""The control: a sender that posts first and notes it down afterwards, as many bots do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.identifiers import PlaceRef, RoundId, RoundRef
from bot.ports.publisher import Address, Posted, Publisher
from bot.replies.said import said
from tests.publishing.steps import PLACES, Step, Stopper


async def send_hastily(file: Path, publisher: Publisher, stopper: Stopper | None = None) -> None:
    """Post in each place that has no note of it yet, then note it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS posted (place TEXT PRIMARY KEY)")
        for number, place in enumerate(PLACES, start=1):
            if connection.execute("SELECT 1 FROM posted WHERE place = ?", (place,)).fetchone():
                continue
            question = said("What is a token?")
            result = await publisher.post(Address("G1", PlaceRef(place)), question, RoundRef(RoundId(number)))
            assert isinstance(result, Posted)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO posted VALUES (?)", (place,))
            if stopper:
                stopper.reach(Step.BEFORE_RECORD_COMMIT)
            connection.execute("COMMIT")
            if stopper:
                stopper.reach(Step.AFTER_RECORD_COMMIT)
