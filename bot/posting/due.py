"""When the next question of a track falls due, and the rounds that are written down when it did."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.community import Platform
from bot.domain.schedule import Due, Schedule, due_after, due_between, first_due, instant
from bot.domain.track import PauseReason, Track
from bot.ports.storage import UnitOfWork
from bot.posting.sending_outcomes import tell_missed
from bot.posting.unreadable import set_fault_aside, set_track_aside

TRACKS_AT_ONCE = 500
LONGEST_AWAY = timedelta(days=366)
"""Dates longer ago are not written down as missed."""


def write_due(uow: UnitOfWork, platform: Platform, now: datetime) -> int:
    """Write a round for each date that has come due on the next tracks; how many tracks were dealt with.

    After downtime every date passed gets its row, and at most the latest is to be posted, if within the track's
    catch-up window; the rest are unposted.
    """
    tracks = uow.tracks.due(platform, now, TRACKS_AT_ONCE)
    written = uow.for_each(
        tracks,
        lambda track: _write_down(uow, track, now),
        lambda track, reference: set_fault_aside(uow, track, now, reference),
        lambda track: f"writing down what is due on track {track.id}",
    )
    return len(tracks) - written.stuck


def _write_down(uow: UnitOfWork, track: Track, now: datetime) -> None:
    if track.next_local_date is None or track.next_due_at is None or not track.running:
        set_track_aside(uow, track, now)
        return
    passed = list(due_between(track.settings.schedule, _first_passed(track, now), now))
    if not passed:
        uow.tracks.set_next({track.id: first_due(track.settings.schedule, now)})
        return
    *missed, latest = passed
    too_late = now - latest.at > track.settings.catch_up
    uow.outbox.add_due([*((track, due, True) for due in missed), (track, latest, too_late)])
    uow.tracks.set_next({track.id: due_after(track.settings.schedule, latest.local_date)})
    if missed or too_late:
        tell_missed(uow, track, len(missed) + too_late, now)


def _first_passed(track: Track, now: datetime) -> Due:
    """The first date to write down: after years, or with a date that is wrong, not thousands of them at once."""
    assert track.next_local_date is not None  # it would not be due
    assert track.next_due_at is not None
    earliest = (now - LONGEST_AWAY).date()
    if track.next_local_date >= earliest:
        return Due(track.next_local_date, track.next_due_at)
    return due_after(track.settings.schedule, earliest) or Due(track.next_local_date, now)


def recompute_next(uow: UnitOfWork, platform: Platform, now: datetime) -> int:
    """Make the due instants again from the nominal dates, so that changed zone rules take effect; how many moved.

    What cannot be read is set aside here, before anybody misses its question. What a fault of ours paused is tried
    again: the start may be that of a version without it.
    """
    uow.for_each(
        uow.tracks.paused(platform, PauseReason.FAULT),
        lambda track: uow.tracks.resume(track.id, next_after_change(uow, track, track.settings.schedule, now)),
        lambda *_: None,
        lambda track: f"resuming track {track.id}",
    )
    moved = uow.for_each(
        uow.tracks.not_stopped(platform),
        lambda track: _made_again(uow, track, now),
        lambda *_: None,
        lambda track: f"making the next date of track {track.id} again",
    )
    return sum(moved.results)


def _made_again(uow: UnitOfWork, track: Track, now: datetime) -> bool:
    """Return whether its next question moved."""
    if track.unreadable:
        set_track_aside(uow, track, now)
        return False
    if track.next_local_date is None:
        return False
    at = instant(track.settings.schedule, track.next_local_date)
    if at == track.next_due_at:
        return False
    uow.tracks.set_next({track.id: Due(track.next_local_date, at)})
    return True


def next_after_change(uow: UnitOfWork, track: Track, schedule: Schedule, now: datetime) -> Due | None:
    """When a changed track is due next: a skip or a pause until a date stays, and no date is asked twice."""
    due = first_due(schedule, now)
    natural = first_due(track.settings.schedule, now)
    held_back = track.next_local_date and (natural is None or track.next_local_date > natural.local_date)
    asked = uow.ledger.latest(track.id, 1)
    after = [round.local_date for round in asked]
    if held_back and track.next_local_date:
        after.append(track.next_local_date - timedelta(days=1))
    while due is not None and after and due.local_date <= max(after):
        due = due_after(schedule, due.local_date)
    return due
