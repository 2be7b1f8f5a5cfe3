"""What the doctor asks of each platform, put together from the settings and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.app.features import all_commands
from bot.config import Settings
from bot.domain.community import Platform
from bot.domain.track import when_in_words
from bot.ports.checkup import Check, TrackToCheck
from bot.ports.storage import UnitOfWork
from bot.storage.storage import look

T = TypeVar("T")

TRACKS_CHECKED = 25
"""Each costs Discord three requests; a doctor is no census."""


async def discord_checks(settings: Settings) -> list[Check]:
    """Everything Discord can tell; nothing if no token is set."""
    from bot.adapters.discord.checkup import check
    from bot.adapters.discord.face import Where
    from bot.adapters.discord.registration import TROUBLE

    if settings.discord_token is None:
        return []
    tracks = look(settings.database_url, lambda uow: _tracks(uow, Platform.DISCORD)) or []
    where = Where(settings.discord_api_url, settings.discord_gateway_url)
    token = settings.discord_token.get_secret_value()
    trouble = look(settings.database_url, lambda uow: uow.chat_state.get(TROUBLE))
    return [one async for one in check(token, where, all_commands(), tracks, settings.discord_dev_guild, trouble)]


async def slack_checks(settings: Settings) -> list[Check]:
    """Everything Slack can tell; nothing if it is not set."""
    from bot.adapters.slack.checkup import check_many, check_one
    from bot.adapters.slack.installed import KeptWorkspaces
    from bot.adapters.slack.sealing import Seal
    from bot.adapters.slack.web import Web

    wrong = settings.slack_lacks()
    if wrong:
        return [Check("Slack", False, wrong)]
    tracks = look(settings.database_url, lambda uow: _tracks(uow, Platform.SLACK)) or []
    if settings.slack_bot_token:
        app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
        bot_token = settings.slack_bot_token.get_secret_value()
        return [one async for one in check_one(settings.slack_api_url, bot_token, app_token, tracks)]
    if not settings.slack:
        return []
    assert settings.secret_key is not None  # looked at before
    seal = Seal([key.strip() for key in settings.secret_key.get_secret_value().split(",")])
    async with Web(settings.slack_api_url) as web:
        workspaces = KeptWorkspaces(web, _Looking(settings.database_url), seal)
        there = look(settings.database_url, lambda uow: uow.installations.workspaces()) or ()
        return [one async for one in check_many(workspaces, there, tracks)]


class _Looking:
    """Fulfils ``Reads`` beside a running bot."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Look once. ``StorageFault`` if there is nothing to look at."""
        return look(self._url, work)  # type: ignore[return-value]  # None only where there is no database yet


def _tracks(uow: UnitOfWork, platform: Platform) -> list[TrackToCheck]:
    found = []
    for track in uow.tracks.running(platform)[:TRACKS_CHECKED]:
        latest = uow.ledger.latest(track.id, 1)
        last = f"last {latest[0].local_date:%a %d %b} ({latest[0].state})" if latest else "nothing posted yet"
        when = when_in_words(track)
        community = uow.communities.get(track.community).external_id
        found.append(TrackToCheck(community, track.settings.place, when, last))
    return found
