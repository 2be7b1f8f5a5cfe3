"""Where we still are: communities left and come back to, channels and ping roles that are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.commands.notices import notify
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef, TrackId
from bot.domain.track import CHOSEN, PauseReason, Track
from bot.ports.storage import UnitOfWork
from bot.posting.due import next_after_change

KEPT_AFTER_LEAVING = timedelta(days=7)
"""How long everything waits for us to be asked back; Slack's rules allow fourteen days, working days only."""
ROUNDS_ERASED_AT_ONCE = 50


def left(uow: UnitOfWork, platform: Platform, community: str, now: datetime) -> bool:
    """We were removed from a community: nothing more is posted there. False if nothing of it is known."""
    found = uow.communities.find(platform, community)
    if found is None or found.left_at is not None:
        return False
    uow.communities.set_left(found.id, now)
    for track in uow.tracks.of_community(found.id):
        if track.running:
            uow.tracks.pause(track.id, PauseReason.LEFT)
    return True


def came_back(uow: UnitOfWork, platform: Platform, community: str, now: datetime) -> int:
    """We are in a community again: what was paused because we left goes on. How many tracks do."""
    found = uow.communities.find(platform, community)
    if found is None or found.left_at is None:
        return 0
    uow.communities.set_left(found.id, None)
    paused = [track for track in uow.tracks.of_community(found.id) if track.pause_reason is PauseReason.LEFT]
    for track in paused:
        _resume(uow, track, now)
    return len(paused)


def reconcile(uow: UnitOfWork, platform: Platform, present: frozenset[str], now: datetime) -> tuple[str, ...]:
    """Catch up on what came and went while nobody listened, from a full list of where we are now; return those left."""
    known = uow.communities.present(platform)
    gone = tuple(community.external_id for community in known if community.external_id not in present)
    uow.for_each(
        gone,
        lambda community: left(uow, platform, community, now),
        lambda *_: None,
        lambda community: f"leaving {platform} {community}",
    )
    uow.for_each(
        present,
        lambda community: came_back(uow, platform, community, now),
        lambda *_: None,
        lambda community: f"coming back to {platform} {community}",
    )
    return gone


def erase_left(uow: UnitOfWork, now: datetime) -> bool:
    """Erase a piece of what belongs to communities left long ago; True when nothing of the kind is left."""
    waiting = uow.communities.left_before(now - KEPT_AFTER_LEAVING)
    for community in waiting:
        erased = uow.for_each(
            [community],
            lambda community: uow.personal_data.erase(community.id, ROUNDS_ERASED_AT_ONCE),
            lambda *_: None,
            lambda community: f"erasing community {community.id}",
        )
        if erased.results:
            return erased.results[0] and community is waiting[-1]
    return True


class PlaceFate(StrEnum):
    """Why nothing can be posted in a channel any more."""

    DELETED = "its channel was deleted"
    ARCHIVED = "its channel was archived"


def place_gone(
    uow: UnitOfWork,
    platform: Platform,
    community: str,
    place: PlaceRef,
    now: datetime,
    fate: PlaceFate = PlaceFate.DELETED,
) -> int:
    """Nothing can be posted in a channel any more: its tracks pause and their managers are told; how many there were.

    One that is not deleted may come back; see ``place_usable``.
    """
    there = [track for track in _tracks_in(uow, platform, community, place) if track.running]
    for track in there:
        uow.tracks.pause(track.id, PauseReason.REFUSED, f"{fate.replace('its channel', 'the channel')}.")
        notify(
            uow,
            track,
            "place-gone",
            f"The daily question was paused: {fate}. Streaks and settings are kept; move it to another "
            "channel with Time and place in /config, then press Resume.",
            now,
        )
    return len(there)


def place_moved(
    uow: UnitOfWork, platform: Platform, community: str, old: PlaceRef, new: PlaceRef, now: datetime
) -> int:
    """The platform gave a channel another id: its tracks go with it; how many there were."""
    there = _tracks_in(uow, platform, community, old)
    for track in there:
        settings = replace(track.settings, place=new)
        uow.rounds.move(track.id, old, new)
        due = next_after_change(uow, track, settings.schedule, now)
        uow.tracks.save(track.id, settings, track.saved_by, due, leave=track.lacks(CHOSEN))
    return len(there)


def place_usable(
    uow: UnitOfWork, platform: Platform, community: str, place: PlaceRef, now: datetime
) -> tuple[TrackId, ...]:
    """Posting in a channel is allowed again: what the refusal paused goes on by itself."""
    there = [
        track
        for track in _tracks_in(uow, platform, community, place)
        if not track.running and track.pause_reason is PauseReason.REFUSED
    ]
    for track in there:
        _resume(uow, track, now)
    return tuple(track.id for track in there)


def refused_places(uow: UnitOfWork, platform: Platform) -> frozenset[tuple[str, PlaceRef]]:
    """The channels in which posting was refused, each with its community."""
    return frozenset(
        (uow.communities.get(track.community).external_id, track.settings.place)
        for track in uow.tracks.paused(platform, PauseReason.REFUSED)
    )


def pinged_roles(uow: UnitOfWork, platform: Platform) -> frozenset[tuple[str, str]]:
    """The roles that are pinged, each with its community."""
    return frozenset(
        (uow.communities.get(track.community).external_id, track.settings.ping_role)
        for track in uow.tracks.not_stopped(platform)
        if track.settings.ping_role
    )


def ping_gone(uow: UnitOfWork, platform: Platform, community: str, role: str, now: datetime) -> int:
    """A role that was pinged was deleted: the tracks go on without a ping and their managers are told; how many."""
    pinged = [track for track in _tracks(uow, platform, community) if track.settings.ping_role == role]
    for track in pinged:
        uow.tracks.set_ping(track.id, None)
        notify(
            uow,
            track,
            "ping-gone",
            "The role the daily question pinged was deleted. The question goes on without a ping; choose another role "
            "with Time and place in /config.",
            now,
        )
    return len(pinged)


def _tracks(uow: UnitOfWork, platform: Platform, community: str) -> tuple[Track, ...]:
    found = uow.communities.find(platform, community)
    return uow.tracks.of_community(found.id) if found else ()


def _tracks_in(uow: UnitOfWork, platform: Platform, community: str, place: PlaceRef) -> tuple[Track, ...]:
    return tuple(track for track in _tracks(uow, platform, community) if track.settings.place == place)


def _resume(uow: UnitOfWork, track: Track, now: datetime) -> None:
    uow.tracks.resume(track.id, next_after_change(uow, track, track.settings.schedule, now))
