"""Recounts standings from raw answers: after a round is withdrawn or excused, or on demand."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.domain.community import Away, Platform
from bot.domain.identifiers import MemberId, TrackId
from bot.domain.streak import PastRound, Standing, replay
from bot.ports.call import Call, Recount
from bot.ports.storage import Transact, UnitOfWork

log = logging.getLogger(__name__)

CHUNK = 50
"""Members in one transaction, so that nobody's answer waits for it."""


def to_recount(uow: UnitOfWork, track: TrackId, call: Call) -> Recount:
    """Have a track counted again after the commit, and still if we are stopped before that."""
    uow.standings.ask_recount(track, call.seed)
    return Recount(track)


def recount_members(uow: UnitOfWork, track: TrackId, members: Collection[MemberId]) -> int:
    """Recount the members' standings on a track; return how many differed."""
    return sum(_recount(uow, track, member) for member in members)


def _recount(uow: UnitOfWork, track: TrackId, member: MemberId) -> bool:
    kept = uow.standings.get(member, track)
    true = standing_of(uow, member, track)
    if true is None and kept is not None:
        true = Standing()
    if true is None or true == kept:
        return False
    uow.standings.save(member, track, true)
    return True


def standing_of(uow: UnitOfWork, member: MemberId, track: TrackId) -> Standing | None:
    """A member's standing on a track as the raw rows have it; None if they never answered."""
    return replay(as_counted(uow.ledger.history_of(track, member), uow.members.aways(member)))


def as_counted(history: Iterable[tuple[PastRound, datetime]], aways: Collection[Away]) -> Iterator[PastRound]:
    """A member's rounds as their streak counts them: those posted in a pause of theirs are neutral."""
    for past, posted in history:
        yield replace(past, neutral=past.neutral or any(away.covers(posted) for away in aways))


async def recount_everything(transact: Transact) -> int:
    """Recount every track from the raw rows; return how many standings differed."""
    tracks = await transact.read(lambda uow: uow.tracks.every())
    return sum([await recount(transact, track) for track in tracks])


async def recount(transact: Transact, track: TrackId) -> int:
    """Recount a track's standings and weeks from the raw rows; return how many standings differed."""
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
