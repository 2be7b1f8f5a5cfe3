"""What the doctor asks of each platform, put together from the settings and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.all import all_commands
from bot.config import Settings
from bot.domain.community import Platform
from bot.domain.schedule import days_in_words
from bot.ports.storage import UnitOfWork
from bot.storage.storage import look

if TYPE_CHECKING:
    from bot.adapters.discord.checkup import Check, TrackToCheck

TRACKS_CHECKED = 25
"""Each costs Discord three requests; a doctor is no census."""


async def discord_checks(settings: Settings) -> list[Check]:
    """Everything Discord can tell; nothing if no token is set."""
    from bot.adapters.discord.checkup import check
    from bot.adapters.discord.face import Where

    if settings.discord_token is None:
        return []
    tracks = look(settings.database_url, _tracks) or []
    where = Where(settings.discord_api_url, settings.discord_gateway_url)
    token = settings.discord_token.get_secret_value()
    return [one async for one in check(token, where, all_commands(), tracks)]


def _tracks(uow: UnitOfWork) -> list[TrackToCheck]:
    from bot.adapters.discord.checkup import TrackToCheck

    found = []
    for track in uow.tracks.running(Platform.DISCORD)[:TRACKS_CHECKED]:
        latest = uow.rounds.latest(track.id, 1)
        schedule = track.settings.schedule
        last = f"last {latest[0].local_date:%a %d %b} ({latest[0].state})" if latest else "nothing posted yet"
        when = f"{schedule.at:%H:%M} {schedule.zone}, {days_in_words(schedule.weekdays)}"
        community = uow.communities.get(track.community).external_id
        found.append(TrackToCheck(community, track.settings.place, when, last))
    return found
