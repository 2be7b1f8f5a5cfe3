"""Rounds that nothing follows: open for seven local dates, then closed, and they count against nobody."""

from __future__ import annotations

from datetime import datetime

from bot.domain.community import Platform
from bot.domain.identifiers import RoundId
from bot.domain.round import OPEN_AT_LEAST, Round, RoundState, open_until
from bot.domain.track import Track
from bot.ports.storage import UnitOfWork
from bot.posting.outcomes import deadline

AT_ONCE = 50
FIRST = RoundId(0)


def expire(uow: UnitOfWork, platform: Platform, now: datetime, after: RoundId) -> RoundId | None:
    """Close what has been open for long enough among the next rounds; after which to go on, None at the end."""
    looked_at = uow.rounds.open_since(platform, now - OPEN_AT_LEAST, after, AT_ONCE)
    uow.for_each(
        looked_at,
        lambda row: _close_expired(uow, *row, now),
        # As where nobody can tell how long it has been open.
        lambda row, _: uow.rounds.close(row[0].id, now, excused=True),
        lambda row: f"closing round {row[0].id} of track {row[1].id}",
    )
    return looked_at[-1][0].id if len(looked_at) == AT_ONCE else None


def _close_expired(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> None:
    if _expired(round, track, now) and not _is_followed(uow, round, track, now):
        uow.rounds.close(round.id, now, excused=True)


def _expired(round: Round, track: Track, now: datetime) -> bool:
    # Without a readable moment nobody can tell how long it has been open.
    return round.posted_at is None or now > open_until(round.posted_at, track.settings.schedule.zone)


def _is_followed(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> bool:
    """Whether the track's next is on its way: a weekly one comes just when its last one's time is up."""
    if track.running and track.next_due_at is not None and track.next_due_at <= now:
        return True
    latest, *_ = uow.ledger.latest(track.id, 1)
    on_its_way = latest.state in (RoundState.DUE, RoundState.SENDING) and latest.local_date > round.local_date
    return on_its_way and now <= deadline(latest, track)
