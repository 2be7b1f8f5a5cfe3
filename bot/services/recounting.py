"""Counting standings afresh from raw answers: after a round is withdrawn or excused, or on demand."""

from __future__ import annotations

from bot.domain.identifiers import MemberId, TrackId
from bot.domain.streak import PastRound, Standing, replay
from bot.ports.storage import UnitOfWork

CHUNK = 50


def recount_chunk(uow: UnitOfWork, track: TrackId, after: MemberId) -> tuple[MemberId | None, int]:
    """Recount the next members of a track: the last one reached (None when through) and how many differed."""
    kept = uow.standings.of_track(track, after, CHUNK)
    differing = 0
    for member, standing in kept:
        true = standing_of(uow, member, track)
        if true != standing:
            uow.standings.save(member, track, true or Standing())
            differing += 1
    if len(kept) < CHUNK:
        uow.standings.recount_weeks(track)
        return None, differing
    return kept[-1][0], differing


def standing_of(uow: UnitOfWork, member: MemberId, track: TrackId) -> Standing | None:
    """A member's standing on a track as the raw rows have it."""
    aways = uow.members.aways(member)
    return replay(
        PastRound(past.seq, past.answered, past.neutral or any(away.covers(posted) for away in aways))
        for past, posted in uow.rounds.history_of(track, member)
    )
