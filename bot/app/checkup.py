"""The daily questions that the doctor looks at on a platform, read beside a running bot."""

from __future__ import annotations

from bot.domain.community import Platform
from bot.domain.track import when_in_words
from bot.ports.face import TrackToCheck
from bot.ports.storage import UnitOfWork
from bot.storage.storage import look

TRACKS_CHECKED = 25
"""Each costs Discord three requests; a doctor is no census."""


def tracks_to_check(database_url: str, platform: Platform) -> list[TrackToCheck]:
    """Running daily questions; none where there is no database yet. ``StorageFault`` if it cannot be read."""
    return look(database_url, lambda uow: _tracks(uow, platform)) or []


def _tracks(uow: UnitOfWork, platform: Platform) -> list[TrackToCheck]:
    found = []
    for track in uow.tracks.running(platform)[:TRACKS_CHECKED]:
        latest = uow.ledger.latest(track.id, 1)
        last = f"last {latest[0].local_date:%a %d %b} ({latest[0].state})" if latest else "nothing posted yet"
        when = when_in_words(track)
        community = uow.communities.get(track.community).external_id
        found.append(TrackToCheck(community, track.settings.place, when, last))
    return found
