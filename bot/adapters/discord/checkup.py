"""The doctor's questions to Discord: is the token good, are the commands there, may each daily question be posted?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import aiohttp
import discord

from bot.adapters.discord.client import SLEPT_OUT
from bot.adapters.discord.face import Where
from bot.adapters.discord.permissions import why_not
from bot.adapters.discord.registration import registered
from bot.commands.registry import Registry
from bot.ports.face import Check, TrackToCheck

UNREACHABLE = "Discord cannot be reached from here. Check the network, and DISCORD_API_URL if it is set."
BAD_TOKEN = "Discord does not accept it. Copy it again from the Developer Portal (Bot, Reset Token)."


async def check(
    token: str,
    where: Where,
    registry: Registry,
    tracks: Sequence[TrackToCheck],
    only_in: int | None = None,
    trouble: str | None = None,
) -> AsyncIterator[Check]:
    """Log in, without the gateway, and look at everything a daily question needs.

    ``trouble`` is why the bot could not register its commands the last time it tried.
    """
    where.use()
    async with discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=SLEPT_OUT) as client:
        try:
            await client.login(token)
        except discord.LoginFailure:
            yield Check("DISCORD_TOKEN", False, BAD_TOKEN)
            return
        except (discord.HTTPException, aiohttp.ClientError, OSError):
            yield Check("Discord", False, UNREACHABLE)
            return
        yield Check("DISCORD_TOKEN", True, f"logged in as {client.user}")
        try:
            async for one in _looked_at(client, registry, tracks, only_in, trouble):
                yield one
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            yield Check("Discord", False, f"it stopped answering ({type(error).__name__}). Try again in a minute.")


async def _looked_at(
    client: discord.Client,
    registry: Registry,
    tracks: Sequence[TrackToCheck],
    only_in: int | None,
    trouble: str | None,
) -> AsyncIterator[Check]:
    assert client.application_id is not None  # logged in
    try:
        there = {command["name"] for command in await registered(client, client.application_id, only_in)}
    except discord.Forbidden:
        yield Check("DISCORD_DEV_GUILD", False, "this bot is not in that server. Invite it there, or leave it out.")
        return
    lacking = sorted(set(registry.commands) - there)
    told = f"{len(there)} registered{' in the one server of DISCORD_DEV_GUILD' if only_in else ''}"
    if trouble:
        told = f"not registered as they are now. {trouble}"
    elif not there:
        told = "not registered yet; they are at the first `studybot run`"
    elif lacking:
        told = f"not registered: {', '.join(lacking)}. `studybot run` registers them at its start."
    yield Check("Discord commands", not trouble and (not there or not lacking), told)
    servers = [guild async for guild in client.fetch_guilds(limit=200)]
    told = f"in {len(servers)}" if servers else "in none. `studybot invite` prints the address that invites it."
    yield Check("Discord servers", bool(servers), told)
    known = {str(guild.id): guild.name for guild in servers}
    for track in tracks:
        yield await _track(client, track, known)


async def _track(client: discord.Client, track: TrackToCheck, known: dict[str, str]) -> Check:
    name = known.get(track.community)
    if name is None:
        return Check(f"Daily question {track.when}", False, "Studybot is not in its server any more. Invite it again.")
    guild = await client.fetch_guild(int(track.community), with_counts=False)
    assert client.user is not None  # logged in
    me = await guild.fetch_member(client.user.id)
    channel = next((one for one in await guild.fetch_channels() if str(one.id) == track.place), None)
    what = f"{name}, {f'#{channel.name}' if channel else track.place}"
    if channel is None:
        try:
            thread = await guild.fetch_channel(int(track.place))
        except (discord.NotFound, discord.Forbidden):
            return Check(what, False, "the channel was deleted, or Studybot cannot see it. Move it in /config.")
        return Check(f"{name}, {thread.name}", True, f"a thread, {track.when}; {track.last}")
    refusal = why_not(channel, me)
    return Check(what, refusal is None, refusal or f"may post, {track.when}; {track.last}")
