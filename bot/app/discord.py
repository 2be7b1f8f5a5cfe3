"""The Discord face, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from bot.adapters.discord.checkup import check
from bot.adapters.discord.door import Door
from bot.adapters.discord.face import POSTS_PER_SECOND, Connected, DiscordFace, Where
from bot.adapters.discord.greeting import Greeting
from bot.adapters.discord.life import Life
from bot.adapters.discord.publisher import DiscordPublisher
from bot.adapters.discord.registration import TROUBLE, Registration
from bot.app.core import Core, RunningFace, hallway
from bot.app.features import all_commands
from bot.config import Settings
from bot.domain.community import Platform
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.ports.face import Check
from bot.scheduler.alarm_clock import AlarmClock
from bot.scheduler.clock_watch import ClockWatch
from bot.scheduler.face_loops import FaceLoops
from bot.storage.checkup import tracks_to_check
from bot.storage.storage import look


def assemble(
    core: Core, settings: Settings, clock: Clock, dice: Dice, alarm: AlarmClock, say: Callable[[str], None]
) -> RunningFace:
    """Put the face and its loops together; they begin when it is first connected."""
    assert settings.discord_token is not None  # else there is no such face
    storage = core.storage
    connected = Connected()
    publisher = DiscordPublisher(connected.present, connected.names, core.catalog.subject)
    watch = ClockWatch(clock, "Discord")
    watch.ask_with(connected.ask_the_time)
    loops = FaceLoops(storage, core.catalogs, publisher, clock, POSTS_PER_SECOND, connected.alive, watch)
    dispatch = hallway(core, publisher, loops, watch, _judged_by_the_call)
    greeting = Greeting(publisher, watch, storage.remembered, storage.remember)
    life = Life(storage, watch, greeting, loops.wake, say)
    registration = Registration(core.registry, storage.remembered, storage.remember, settings.discord_dev_guild)
    face = DiscordFace(
        settings.discord_token.get_secret_value(),
        Where(settings.discord_api_url, settings.discord_gateway_url),
        connected,
        Door(dispatch, watch, dice, connected.names),
        life,
        registration,
        lambda: alarm.ring_face("discord", loops),
        say,
        watch.heard,
    )
    return RunningFace(face, loops)


async def _judged_by_the_call(call: Call, _changes: bool) -> bool:
    """Return whether the caller may manage: Discord says so with every call."""
    return call.manager


async def checks(settings: Settings) -> AsyncIterator[Check]:
    """Everything Discord can tell."""
    assert settings.discord_token is not None  # else there is no such face
    tracks = tracks_to_check(settings.database_url, Platform.DISCORD)
    where = Where(settings.discord_api_url, settings.discord_gateway_url)
    token = settings.discord_token.get_secret_value()
    trouble = look(settings.database_url, lambda uow: uow.chat_state.get(TROUBLE))
    async for one in check(token, where, all_commands(), tracks, settings.discord_dev_guild, trouble):
        yield one
