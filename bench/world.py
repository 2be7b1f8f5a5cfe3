"""A database as years of use leave it, and what is pressed next on it."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from bench.filling import STEPS
from bot.catalog.catalog import LoadedCatalog
from bot.config import packaged
from bot.domain.schedule import iso_week
from bot.storage.questions import to_body
from bot.storage.storage import Storage

OPEN_ON = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)
ALL_DUE = datetime(2026, 11, 20, 8, tzinfo=UTC)
"""Nine o'clock, in zones an hour ahead: every track's next question is due."""


@dataclass(frozen=True, slots=True)
class Size:
    """Communities with a track each, members in each, and closed rounds; one more round is open."""

    communities: int
    members: int
    closed: int


@dataclass(frozen=True, slots=True)
class Press:
    """A member's first press on their community's open round."""

    community: str
    user: str
    round: int
    option: str
    position: int
    correct: bool


class World:
    """A generated database. Each run gets a copy of its own."""

    def __init__(self, folder: Path, size: Size, catalog: LoadedCatalog) -> None:
        self.size = size
        self._path = folder / f"world-{size.communities}-{size.members}-{size.closed}.db"
        self._copies = count()
        if not self._path.exists():
            part = self._path.with_suffix(".part")
            _make(part, size, catalog)
            part.rename(self._path)
        keys = {str(question.id): str(question.key.id) for question in catalog.questions}
        with closing(sqlite3.connect(self._path)) as database:
            (self.answers,) = database.execute("SELECT count(*) FROM answers").fetchone()
            found = database.execute(
                "SELECT r.id, c.external_id, r.option_order, r.question_id FROM rounds r"
                " JOIN tracks t ON t.id = r.track_id JOIN communities c ON c.id = t.community_id"
                " WHERE r.state = 'open' ORDER BY c.id"
            )
            self._open = [(round, community, order, keys[asked]) for round, community, order, asked in found]

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A copy to work on, gone afterwards."""
        path = self._path.with_name(f"copy-{next(self._copies)}.db")
        shutil.copyfile(self._path, path)
        try:
            yield path
        finally:
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()

    def presses(self, many: int, seed: int) -> list[Press]:
        """Presses of as many different members, in no order: three in five right, one in fifty by a newcomer."""
        dice = random.Random(seed)
        made = []
        for member in dice.sample(range(self.size.communities * self.size.members), many):
            round, community, order, key = self._open[member % self.size.communities]
            user = f"new{member}" if dice.random() < 0.02 else str(member + 1 + 10**17)
            option = key if dice.random() < 0.6 else dice.choice(order.replace(key, ""))
            made.append(Press(community, user, round, option, order.index(option), option == key))
        return made


def _make(path: Path, size: Size, catalog: LoadedCatalog) -> None:
    storage = Storage(f"sqlite:///{path}", packaged("migrations"))
    storage.open(NOW)
    storage.close()
    bank = [
        (number, question.id, question.version, question.key.id, json.dumps(to_body(question)))
        for number, question in enumerate(question for question in catalog.questions if len(question.options) == 4)
    ]
    days = [
        (seq, str(day), iso_week(day), day.isoweekday(), int((NOW - timedelta(hours=4, days=back)).timestamp()))
        for back in range(size.closed + 1)
        for seq, day in [(size.closed + 1 - back, OPEN_ON - timedelta(days=back))]
    ]
    numbers = {
        "communities": size.communities,
        "members": size.members,
        "closed": size.closed,
        "bank": len(bank),
        "next_day": str(ALL_DUE.date()),
        "next_at": int(ALL_DUE.timestamp()),
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for each in ("PRAGMA synchronous = OFF", "PRAGMA cache_size = -400000", "BEGIN"):
            database.execute(each)
        database.execute("CREATE TEMP TABLE bank (n INTEGER PRIMARY KEY, id TEXT, version, key, body)")
        database.executemany("INSERT INTO bank VALUES (?, ?, ?, ?, ?)", bank)
        database.execute("CREATE TEMP TABLE days (seq INTEGER PRIMARY KEY, day, week, weekday, at)")
        database.executemany("INSERT INTO days VALUES (?, ?, ?, ?, ?)", days)
        for step in STEPS:
            database.execute(step, numbers if ":" in step else {})
        database.execute("COMMIT")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
