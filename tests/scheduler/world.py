"""A face with its loops, a real database and a platform that does as a test says."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.catalog.communities import OneCatalog
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, OptionId, PlaceRef, RoundId, RoundRef, TrackId, TrackRef, ZoneName
from bot.domain.round import Round, RoundState
from bot.domain.schedule import EVERY_DAY, Schedule, first_due
from bot.domain.selection import Repeats
from bot.domain.track import Track, TrackSettings
from bot.features.answer import answer
from bot.ports.call import Call, Outcome
from bot.ports.storage import UnitOfWork
from bot.posting.effects import Perform
from bot.scheduler.face_loops import FaceLoops
from bot.storage.storage import Storage
from tests.fakes.bank import RIGHT, Bank
from tests.fakes.clock import FakeClock
from tests.fakes.publisher import RecordingPublisher

T = TypeVar("T")

MIGRATIONS = Path(__file__).parents[2] / "migrations"
EVE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday, an hour before the questions of most tests are due."""
AS_FAST_AS_CAN_BE = 1e9
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GUILD = "G1"
BOSS = "boss"


class World:
    """The parts that the composition root puts together, with fakes where the outside begins."""

    def __init__(self, file: Path, publisher: RecordingPublisher, clock: FakeClock, bank: Bank) -> None:
        self.file = file
        self.publisher = publisher
        self.clock = clock
        self.bank = bank
        self._open()

    def _open(self) -> None:
        self.storage = Storage(f"sqlite:///{self.file}", MIGRATIONS)
        self.storage.open(self.clock.now())
        self.loops = FaceLoops(self.storage, OneCatalog(self.bank), self.publisher, self.clock, AS_FAST_AS_CAN_BE)
        self.perform = Perform(self.publisher, self.storage, self.loops.wake)

    def close(self) -> None:
        """Let go of the database."""
        self.storage.close()

    # --- time ---------------------------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Ring the loop that posts and reveals."""
        await self.loops.tick()

    async def reconcile(self) -> None:
        """Ring the loop that reconciles."""
        await self.loops.reconcile()

    async def at(self, moment: datetime) -> None:
        """Time goes on to a moment, and the loops are rung then."""
        self.clock.go_to(moment)
        await self.tick()
        await self.reconcile()

    async def after(self, by: timedelta) -> None:
        """Time goes by, and the loops are rung then."""
        await self.at(self.clock.now() + by)

    async def alive(self, span: timedelta) -> None:
        """Time goes by in which a beat came every minute, of which only the last one is left to see."""
        self.clock.advance(span)
        now = self.clock.now()
        await self.storage.write(lambda uow: uow.health.beat(self.publisher.platform, now))

    async def restart(self, down: timedelta = timedelta()) -> None:
        """The process ends and, after a while, starts again."""
        self.storage.close()
        self.clock.advance(down)
        self._open()
        await self.start_face()

    async def start_face(self) -> None:
        """Start as the alarm clock starts a face, a beat first."""
        await self.loops.beat()
        await self.loops.reconcile()

    # --- what people do -----------------------------------------------------------------------------------------

    async def track(
        self,
        place: str = "general",
        at: time = time(9),
        zone: str = "UTC",
        *,
        community: str = GUILD,
        platform: Platform | None = None,
        weekdays: frozenset[int] = EVERY_DAY,
        repeats: Repeats = Repeats.AGAIN,
        catch_up: timedelta | None = None,
    ) -> TrackId:
        """A manager saves a track."""
        schedule = Schedule(at, ZoneName(zone), weekdays)
        settings = TrackSettings(PlaceRef(place), schedule, repeats=repeats)
        if catch_up is not None:
            settings = replace(settings, catch_up=catch_up)
        now = self.clock.now()

        def save(uow: UnitOfWork) -> TrackId:
            of = uow.communities.of(platform or self.publisher.platform, community)
            return uow.tracks.add(of.id, settings, BOSS, 7, first_due(schedule, now)).id

        return await self.storage.write(save)

    async def tracks(self, number: int, place: str = "place") -> list[TrackId]:
        """Many tracks, ten in each community: ``place-00``, ``place-01`` and so on."""
        return [await self.track(f"{place}-{n:02d}", community=f"G{n // 10}") for n in range(number)]

    def call(self, user: str = BOSS, community: str = GUILD) -> Call:
        """Somebody presses or types something now."""
        return Call(self.publisher.platform, community, PlaceRef("general"), user, self.clock.now(), 1)

    async def press(
        self, round: RoundId, user: str, option: OptionId = RIGHT, message: str | None = None, community: str = GUILD
    ) -> Outcome:
        """A member presses an option of a round."""
        call = replace(self.call(user, community), message=None if message is None else MessageRef(message))
        return await self.do(call, lambda uow: answer(call, uow, self.bank, ref_of(uow, round), option))

    async def do(self, call: Call, service: Callable[[UnitOfWork], Outcome]) -> Outcome:
        """Run a service as the hallway does, effects and all."""
        outcome = await self.storage.write(service)
        await self.perform(call, outcome.effects)
        await self.loops.settled()
        return outcome

    # --- what there is ------------------------------------------------------------------------------------------

    async def rounds(self, track: TrackId) -> list[Round]:
        """The track's rounds, the earliest date first."""
        found = await self.storage.read(lambda uow: uow.ledger.latest(track, 1000))
        return list(reversed(found))

    async def round(self, track: TrackId) -> Round:
        """The track's latest round."""
        return (await self.rounds(track))[-1]

    async def states(self, track: TrackId) -> dict[date, RoundState]:
        """The state of each date of the track."""
        return {round.local_date: round.state for round in await self.rounds(track)}

    async def got(self, track: TrackId) -> Track:
        """The track as it is kept."""
        found = await self.storage.read(lambda uow: uow.tracks.get(track))
        assert found is not None
        return found

    async def waiting_notices(self, community: str = GUILD) -> list[str]:
        """Notices that a manager could not be told privately."""

        def look(uow: UnitOfWork) -> list[str]:
            found = uow.communities.find(self.publisher.platform, community)
            return [notice.text for notice in uow.health.notices(found.id)] if found else []

        return await self.storage.read(look)

    def told(self, containing: str = "") -> list[str]:
        """The texts managers were told privately."""
        return [text for _, _, text in self.publisher.recorded.told if containing in text]

    def sql(self, statement: str, *values: Any) -> list[Any]:
        """Rows as they are in the file."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(statement, values).fetchall()

    def sql_change(self, statement: str, *values: Any) -> None:
        """Change rows in the file behind the bot's back."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute(statement, values)
            connection.commit()

    def posted_twice(self) -> list[RoundId | None]:
        """Rounds that stand in their place more than once."""
        rounds = [post.round for post in self.publisher.recorded.posts]
        return [round for round in set(rounds) if rounds.count(round) > 1]


def ref_of(uow: UnitOfWork, round: RoundId) -> RoundRef:
    """The round as its post names it."""
    kept = uow.rounds.get(round)
    return RoundRef(round) if kept is None else kept.ref


def track_ref(uow: UnitOfWork, track: TrackId) -> TrackRef:
    """The track as its panels name it."""
    kept = uow.tracks.get(track)
    return TrackRef(track) if kept is None else kept.ref


def build(template: Path, folder: Path, *, bank: int = 40, platform: Platform = Platform.DISCORD) -> World:
    """A world of a test's own."""
    file = folder / "studybot.db"
    shutil.copy(template, file)
    clock = FakeClock(EVE)
    return World(file, RecordingPublisher(clock, platform), clock, Bank(bank))
