"""Counting standings afresh from raw answers: after a round is withdrawn or excused, or on demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.community import Away
from bot.domain.identifiers import MemberId, TrackId
from bot.domain.streak import PastRound, Standing, replay
from bot.ports.call import Call, Recount
from bot.ports.storage import UnitOfWork


def to_recount(uow: UnitOfWork, track: TrackId, call: Call) -> Recount:
    """Have a track counted again after the commit, and still if we are stopped before that."""
    uow.standings.ask_recount(track, call.seed)
    return Recount(track)


def recount_members(uow: UnitOfWork, track: TrackId, members: Collection[MemberId]) -> int:
    """Count the members' standings on a track afresh; how many differed."""
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
    return replay(as_counted(uow.rounds.history_of(track, member), uow.members.aways(member)))


def as_counted(history: Iterable[tuple[PastRound, datetime]], aways: Collection[Away]) -> Iterator[PastRound]:
    """A member's rounds as their streak counts them: those posted in a pause of theirs are neutral."""
    for past, posted in history:
        yield replace(past, neutral=past.neutral or any(away.covers(posted) for away in aways))
