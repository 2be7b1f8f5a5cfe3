"""A round's life after it was sent: opened, followed by the next, closed."""

from __future__ import annotations

from datetime import datetime

from bot.commands.notices import notify
from bot.domain.identifiers import MessageRef
from bot.domain.round import OUTAGE_THAT_EXCUSES, Round, RoundState
from bot.domain.track import UNANSWERED_ROUNDS_TO_PAUSE, PauseReason, Track, TrackState
from bot.ports.call import Effect, Wake
from bot.ports.storage import UnitOfWork

LATER_ROUNDS_LOOKED_AT = 30
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
