"""Counting afresh in small transactions, so that nobody's answer waits for it."""

from __future__ import annotations

import logging
from functools import partial

from bot.domain.community import Platform
from bot.domain.identifiers import TrackId
from bot.ports.storage import Transact, UnitOfWork
from bot.services.recounting import recount_members

log = logging.getLogger(__name__)

CHUNK = 50


async def recount_everything(transact: Transact) -> int:
    """Count every track afresh from the raw rows; how many standings differed."""
    tracks = await transact.read(lambda uow: uow.tracks.every())
    return sum([await recount(transact, track) for track in tracks])


async def recount(transact: Transact, track: TrackId) -> int:
    """Count a track's standings and weeks afresh from the raw rows; how many standings differed."""
    ask = await transact.read(lambda uow: uow.standings.asked_recount(track))
    members = await transact.read(lambda uow: uow.standings.answerers(track))
    differed = 0
    for start in range(0, len(members), CHUNK):
        chunk = members[start : start + CHUNK]
        differed += await transact.write(partial(recount_members, track=track, members=chunk))
    for week in await transact.read(lambda uow: uow.standings.weeks(track)):
        await transact.write(partial(_recount_week, track=track, week=week))
    if ask is not None:
        await transact.write(lambda uow: uow.standings.recounted(track, ask))
    return differed


async def recount_asked(transact: Transact, platform: Platform) -> None:
    """Count the tracks again for which that was asked and cut off, or failed."""
    for track in await transact.read(lambda uow: uow.standings.to_recount(platform)):
        try:
            await recount(transact, track)
        except Exception:
            log.exception("counting track %s again failed", track, extra={"track": track})


def _recount_week(uow: UnitOfWork, track: TrackId, week: str) -> None:
    uow.standings.recount_week(track, week)
