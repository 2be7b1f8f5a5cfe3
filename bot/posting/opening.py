"""A round's life after it was sent: opened, and closed when the next one comes, or after seven local dates."""

from __future__ import annotations

from datetime import datetime

from bot.commands.notices import notify
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, RoundId
from bot.domain.round import OPEN_AT_LEAST, OUTAGE_THAT_EXCUSES, Round, RoundState, open_until
from bot.domain.track import UNANSWERED_ROUNDS_TO_PAUSE, PauseReason, Track, TrackState
from bot.ports.call import Effect, Wake
from bot.ports.storage import UnitOfWork

LATER_ROUNDS_LOOKED_AT = 30
EXPIRED_AT_ONCE = 50
COUNTED_AT_MOST = 100 * UNANSWERED_ROUNDS_TO_PAUSE


def open_round(
    uow: UnitOfWork, round: Round, track: Track, message: MessageRef | None, now: datetime
) -> tuple[Round, tuple[Effect, ...]]:
    """Record that a round was posted: it gets its number, and the track's open round closes.

    A round proven posted after a later one was opened, or after its track was deleted, is closed at once: the track
    has moved on, and it counts against nobody.
    """
    standing_open = uow.rounds.open_of(track.id)
    moved_on = track.state is TrackState.DELETED or _later_was_opened(uow, round, track)
    opened = uow.rounds.open(round, track, message, now)
    if round.state is RoundState.UNKNOWN:
        uow.health.settled(round.id)
    if moved_on:
        uow.rounds.close(opened.id, now, excused=True)
        closed = uow.rounds.get(opened.id)
        assert closed is not None  # just opened
        return closed, (Wake(),)
    if standing_open is None:
        return opened, ()
    close_round(uow, standing_open, track, now)
    return opened, (Wake(),)


def _later_was_opened(uow: UnitOfWork, round: Round, track: Track) -> bool:
    if all(latest.local_date <= round.local_date for latest in uow.ledger.latest(track.id, 1)):
        return False
    # Open, closed or withdrawn by now, it has its number.
    later = uow.ledger.latest(track.id, LATER_ROUNDS_LOOKED_AT)
    return any(other.seq is not None and other.local_date > round.local_date for other in later)


def close_round(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> None:
    """Close an open round because the next one came; excuse everyone if we were down for long meanwhile."""
    uow.rounds.close(round.id, now, excused=_was_down(uow, round, track, now))
    _pause_if_nobody_answers(uow, track, now)


def _was_down(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> bool:
    platform = uow.communities.get(track.community).platform
    # One whose sending was cut off has stood there since before it was found.
    there_since = min(filter(None, (round.first_attempt_at, round.posted_at)), default=now)
    down = uow.health.outage_within(platform, there_since, now)
    return down > OUTAGE_THAT_EXCUSES


def _pause_if_nobody_answers(uow: UnitOfWork, track: Track, now: datetime) -> None:
    if uow.ledger.unanswered_in_a_row(track.id, UNANSWERED_ROUNDS_TO_PAUSE) < UNANSWERED_ROUNDS_TO_PAUSE:
        return
    # Resumed, a track gets as many again before it pauses once more.
    if uow.ledger.unanswered_in_a_row(track.id, COUNTED_AT_MOST) % UNANSWERED_ROUNDS_TO_PAUSE:
        return
    uow.tracks.pause(track.id, PauseReason.UNANSWERED)
    notify(
        uow,
        track,
        "unanswered",
        f"The daily question was paused: nobody answered the last {UNANSWERED_ROUNDS_TO_PAUSE}. Nothing is lost; "
        "press Resume in /config when the group is back.",
        now,
    )


def expire(uow: UnitOfWork, platform: Platform, now: datetime, after: RoundId) -> RoundId | None:
    """Close what nothing followed for too long among the next rounds; it counts against nobody.

    Returns after which round to go on, None at the end.
    """
    looked_at = uow.rounds.open_since(platform, now - OPEN_AT_LEAST, after, EXPIRED_AT_ONCE)
    uow.for_each(
        looked_at,
        lambda row: _close_expired(uow, *row, now),
        # As where nobody can tell how long it has been open.
        lambda row, _: uow.rounds.close(row[0].id, now, excused=True),
        lambda row: f"closing round {row[0].id} of track {row[1].id}",
    )
    return looked_at[-1][0].id if len(looked_at) == EXPIRED_AT_ONCE else None


def _close_expired(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> None:
    if _expired(round, track, now) and not _is_followed(uow, round, track, now):
        uow.rounds.close(round.id, now, excused=True)


def _expired(round: Round, track: Track, now: datetime) -> bool:
    # Without a readable moment nobody can tell how long it has been open.
    return round.posted_at is None or now > open_until(round.posted_at, track.settings.schedule.zone)


def _is_followed(uow: UnitOfWork, round: Round, track: Track, now: datetime) -> bool:
    """Return whether the track's next is on its way: a weekly one comes just when its last one's time is up."""
    if track.running and track.next_due_at is not None and track.next_due_at <= now:
        return True
    latest, *_ = uow.ledger.latest(track.id, 1)
    on_its_way = latest.state in (RoundState.DUE, RoundState.SENDING) and latest.local_date > round.local_date
    return on_its_way and now <= track.settings.post_until(latest.local_date, latest.due_at)
