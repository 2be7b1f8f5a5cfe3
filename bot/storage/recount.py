"""Standings and weekly points counted again from the raw rows, for whoever doubts them."""

from __future__ import annotations

from functools import partial

from bot.domain.identifiers import MemberId, TrackId
from bot.domain.streak import Standing
from bot.ports.storage import UnitOfWork
from bot.services.recounting import standing_of
from bot.storage.raw import answerers, every_track, weeks_of
from bot.storage.storage import Storage
from bot.storage.unit_of_work import SqlUnitOfWork

AT_ONCE = 50
"""Members counted in one transaction, so that answers need not wait long."""


async def recount_all(storage: Storage) -> int:
    """Count everything again; how many standings differed."""
    tracks = await storage.read(every_track)
    return sum([await recount_track(storage, track) for track in tracks])


async def recount_track(storage: Storage, track: TrackId) -> int:
    """Count the standings and weekly points of a track again; how many standings differed."""
    members = await storage.read(lambda unit: answerers(unit, track))
    differed = 0
    for start in range(0, len(members), AT_ONCE):
        chunk = members[start : start + AT_ONCE]
        differed += await storage.write(partial(_recount, track=track, members=chunk))
    for week in await storage.read(lambda unit: weeks_of(unit, track)):
        await storage.write(partial(_recount_week, track=track, week=week))
    return differed


def recount_member(unit: UnitOfWork, track: TrackId, member: MemberId) -> bool:
    """Count one standing again; whether it differed."""
    kept = unit.standings.get(member, track)
    counted = standing_of(unit, member, track)
    if counted is None and kept is not None:
        counted = Standing()
    if counted is None or counted == kept:
        return False
    unit.standings.save(member, track, counted)
    return True


def _recount(unit: SqlUnitOfWork, track: TrackId, members: tuple[MemberId, ...]) -> int:
    return sum(recount_member(unit, track, member) for member in members)


def _recount_week(unit: SqlUnitOfWork, track: TrackId, week: str) -> None:
    unit.standings.recount_weeks(track, week)
