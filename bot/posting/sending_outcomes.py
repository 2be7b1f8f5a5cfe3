"""Outcomes of a round's sending: posted, refused, put off, cut off or lost; and telling the manager."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.commands.notices import notify
from bot.domain.identifiers import MessageRef, PlaceRef, RoundId, TrackRef
from bot.domain.round import TRIED_AGAIN_WITHIN, Round, RoundState
from bot.domain.round_life import Event
from bot.domain.track import PauseReason, Track, TrackState
from bot.domain.zones import zone_in_words
from bot.ports.call import Effect
from bot.ports.storage import UnitOfWork
from bot.posting.opening import open_round
from bot.replies.notices import ToKnow
from bot.replies.saving_tracks import NotPostable

LEASE = timedelta(seconds=60)


def record_posted(uow: UnitOfWork, id: RoundId, message: MessageRef, now: datetime) -> tuple[Effect, ...]:
    """The platform took the post: open the round, unless a press has opened it already."""
    found = uow.rounds.for_answer(id)
    if found is None:
        return ()
    round, track = found
    if round.message is None and round.seq is not None:
        # A press came first and opened it without knowing the message.
        uow.rounds.set_message(id, message)
    if round.state in (RoundState.SENDING, RoundState.UNKNOWN, RoundState.DUE):
        _, effects = open_round(uow, round, track, message, now)
        return effects
    return ()


def record_refused(uow: UnitOfWork, id: RoundId, reason: str, now: datetime, *, maybe_there: bool = False) -> None:
    """The platform will not take posts there: give the round up, pause the track and say why.

    If an earlier try may be there, the round is not denied: a press on it still proves it.
    """
    found = uow.rounds.for_answer(id)
    if found is None or found[0].state is not RoundState.SENDING:
        return
    round, track = found
    uow.outbox.end(round.id, Event.LOST if maybe_there else Event.REFUSED, now)
    uow.tracks.pause(track.id, PauseReason.REFUSED, reason)
    _tell(
        uow,
        track,
        "refused",
        f"The daily question was paused because it could not be posted: {reason} Streaks and settings are kept; "
        "once that is mended, press Resume in /config.",
        now,
    )


def introduction_refused(uow: UnitOfWork, ref: TrackRef, place: PlaceRef, reason: str, *, new: bool) -> NotPostable:
    """An introduction was not taken, so questions would not be either: a new track goes, a moved one pauses."""
    track = uow.tracks.get(ref.id)
    if track is not None and track.ref == ref and track.running:
        if new:
            uow.tracks.delete(track.id)
        else:
            uow.tracks.pause(track.id, PauseReason.REFUSED, reason)
    return NotPostable(ref, place, reason, new)


def patience(seconds: float) -> timedelta:
    """The wait before the next try, whatever the platform asks for."""
    return min(timedelta(seconds=max(seconds, 1.0)), TRIED_AGAIN_WITHIN)


def record_later(uow: UnitOfWork, id: RoundId, seconds: float, now: datetime) -> None:
    """A passing fault, and nothing was posted: try the round again, until it is too late."""
    found = uow.rounds.for_answer(id)
    if found is not None and found[0].state is RoundState.SENDING:
        uow.outbox.put_off(id, now + patience(seconds))


def record_cut_off(uow: UnitOfWork, id: RoundId, now: datetime, wait: timedelta) -> None:
    """The answer was lost, so the round may be there: it stays on its way until reconcile settles it."""
    found = uow.rounds.for_answer(id)
    if found is not None and found[0].state is RoundState.SENDING:
        uow.outbox.reclaim(found[0], now, now + wait)


def record_not_there(uow: UnitOfWork, id: RoundId, now: datetime) -> None:
    """It was certainly not posted, and cannot be now: it waits for a track that is paused, else it is too late."""
    found = uow.rounds.for_answer(id)
    if found is None or found[0].state is not RoundState.SENDING:
        return
    round, track = found
    if track.state is TrackState.PAUSED and now <= track.settings.post_until(round.local_date, round.due_at):
        uow.outbox.put_off(id, now)
        return
    uow.outbox.end(id, Event.GIVEN_UP, now)
    tell_missed(uow, track, 1, now)


def record_uncertain(uow: UnitOfWork, id: RoundId, now: datetime) -> None:
    """Nobody can tell whether it was posted: do not send it twice; a press on it will prove it was."""
    found = uow.rounds.for_answer(id)
    if found is None or found[0].state is not RoundState.SENDING:
        return
    round, track = found
    uow.outbox.end(round.id, Event.LOST, now)
    before = uow.rounds.open_of(track.id)
    if before is not None and before.local_date < round.local_date:
        # The post that may be there tells its answer; who had not answered yet is excused.
        uow.rounds.close(before.id, now, excused=True)
    if track.state is not TrackState.DELETED:
        text = unknown_in_words(replace(round, closed_at=now), track, now)
        notify(uow, track, f"unknown-{round.id}", text, now, round.id)


def decide_until(round: Round, track: Track) -> datetime:
    """Until when a round of unknown fate may be posted again.

    The manager's decision has a catch-up window of its own, from when the fate became unknown: who is told five
    hours late can still act.
    """
    return track.settings.post_until(round.local_date, round.closed_at or round.due_at)


def undecided(round: Round, track: Track, now: datetime) -> ToKnow:
    """A round of unknown fate as its manager reads of it."""
    return ToKnow.about(track, unknown_in_words(round, track, now), round.ref)


def unknown_in_words(round: Round, track: Track, now: datetime) -> str:
    """Tell a manager about a round of unknown fate, and until when they can decide."""
    zone = track.settings.schedule.zone
    until = decide_until(round, track)
    again = (
        f'If it is not, press "Post it again": that works until {until.astimezone(ZoneInfo(zone)):%A %H:%M} '
        f"({zone_in_words(zone)})."
        if now <= until
        else "If it is not, it is too late to post it again, and the next comes as scheduled."
    )
    return (
        f"The connection broke while the question of {round.local_date:%A %d %B} was being posted, so it may or may "
        f'not be there. Please look. If it is there, press "It is there". {again} '
        "The first answer to it proves that too. No streak changes until then."
    )


def resend(uow: UnitOfWork, id: RoundId, now: datetime) -> bool:
    """Take a round that was cut off for sending once more; False if it was settled meanwhile."""
    found = uow.rounds.for_answer(id)
    if found is None or found[0].state not in (RoundState.SENDING, RoundState.UNKNOWN):
        return False
    uow.outbox.reclaim(found[0], now, now + LEASE)
    return True


def tell_missed(uow: UnitOfWork, track: Track, missed: int, now: datetime) -> None:
    """Tell the manager that questions were not posted in time."""
    if not track.settings.on_time:
        return
    said = "question was" if missed == 1 else f"{missed} questions were"
    _tell(
        uow,
        track,
        "missed",
        f"The last {said} not posted because the bot was not running in time. Streaks are not touched by it.",
        now,
    )


def _tell(uow: UnitOfWork, track: Track, key: str, text: str, now: datetime) -> None:
    # Whoever deleted the track has nothing to mend or decide any more.
    if track.state is not TrackState.DELETED:
        notify(uow, track, key, text, now)
