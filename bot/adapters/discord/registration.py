"""Registering the commands with Discord: beside everything else, again after each failure, with the true cause."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord

from bot.adapters.discord.commands import payload
from bot.adapters.discord.faults import PASSED_OVER, wait
from bot.commands.registry import Registry
from bot.kit import Backoff
from bot.ports.storage import StorageFault

log = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0
"""Seconds until the next try, doubled each time."""
TROUBLE = "discord-commands-trouble"
"""Under this name stands why the commands could not be registered, for the doctor; nothing once they are."""
FORBIDDEN, TOO_MANY, TOO_MANY_TODAY, MALFORMED = 50001, 30032, 30034, 50035

Remembered = Callable[[str], Awaitable[str | None]]
Remember = Callable[[str, str], Awaitable[None]]


async def registered(client: discord.Client, application: int, only_in: int | None) -> Sequence[Mapping[str, Any]]:
    """The commands Discord has, in one server or for all."""
    if only_in:
        return await client.http.get_guild_commands(application, only_in)
    return await client.http.get_global_commands(application)


def cause(error: Exception, only_in: int | None) -> str:
    """Why the commands could not be registered, for the operator."""
    match error:
        case discord.Forbidden(code=code) if only_in and code == FORBIDDEN:
            return (
                f"DISCORD_DEV_GUILD names the server {only_in}, which this bot is not in. Invite it there "
                "(`studybot invite`), or leave the setting out and start Studybot again."
            )
        case discord.HTTPException(code=code) if code == TOO_MANY_TODAY:
            return "Discord allows 200 new commands a day, and today's are used up (error 30034)."
        case discord.HTTPException(code=code) if code == TOO_MANY:
            return "The app has more commands than Discord allows (error 30032). Remove those of another program."
        case discord.HTTPException(code=code) if code == MALFORMED:
            return "Discord finds them malformed (error 50035). Update Studybot, or report it."
        case discord.Forbidden():
            return (
                f"Discord does not allow it (error {error.code}). Invite the bot again with the address that "
                "`studybot invite` prints."
            )
        case discord.RateLimited() | discord.HTTPException(status=429):
            return "Discord limits how often commands may be registered."
        case discord.HTTPException(status=status):
            return f"Discord answered with status {status}."
        case _:
            return f"Discord could not be reached ({type(error).__name__})."


class Registration:
    """Registers the commands, only when they changed: each new name counts towards a daily limit."""

    def __init__(self, registry: Registry, remembered: Remembered, remember: Remember, only_in: int | None) -> None:
        self._payload = payload(registry)
        self._remembered = remembered
        self._remember = remember
        self._only_in = only_in

    async def known(self, client: discord.Client) -> dict[str, int]:
        """The ids of the commands from the last time, for naming them in a text."""
        try:
            ids: dict[str, int] = (await self._kept(client)).get("ids", {})
        except StorageFault:  # a text names them without a link until they are registered
            return {}
        return ids

    async def keep_trying(self, client: discord.Client, say: Callable[[str], None]) -> dict[str, int]:
        """Register what changed, trying again after each failure, each cause of which is reported once; the ids."""
        said = ""
        waits = Backoff(FIRST_WAIT, LONGEST_WAIT)
        while True:
            pause = waits.next()
            try:
                try:
                    ids = await self.register(client)
                    await self._remember(TROUBLE, "")
                    if said:
                        say("Discord: the commands are registered now.")
                    return ids
                except PASSED_OVER as error:
                    because = cause(error, self._only_in)
                    pause = max(pause, wait(error))
                log.warning("registering the commands failed, next try in %.0f s: %s", pause, because)
                if because != said:
                    said = because
                    say(f"Discord: registering the commands failed and will be tried again. {because}")
                    await self._remember(TROUBLE, because)
            except StorageFault as fault:  # said in the log by storage
                if fault.ended:
                    raise
            await asyncio.sleep(pause)

    async def register(self, client: discord.Client) -> dict[str, int]:
        """Register what changed; the id of each command."""
        application = _application(client)
        kept = await self._kept(client)
        wanted = self._hash()
        there = await registered(client, application, self._only_in)
        # What was registered once can be gone: another bot with this token, or a registration that was cut off.
        if kept.get("hash") == wanted and {command["name"] for command in there} == set(kept["ids"]):
            return {command["name"]: int(command["id"]) for command in there}
        if self._only_in:
            made = await client.http.bulk_upsert_guild_commands(application, self._only_in, self._payload)
        else:
            made = await client.http.bulk_upsert_global_commands(application, self._payload)
        ids = {command["name"]: int(command["id"]) for command in made}
        await self._remember(_key(application), json.dumps({"hash": wanted, "scope": self._only_in, "ids": ids}))
        await self._clear_elsewhere(client, application, kept.get("scope"))
        log.info("registered %d commands", len(ids))
        return ids

    async def _kept(self, client: discord.Client) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads(await self._remembered(_key(_application(client))) or "{}")
        return kept

    def _hash(self) -> str:
        text = json.dumps([self._only_in, self._payload], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    async def _clear_elsewhere(self, client: discord.Client, application: int, scope: int | None) -> None:
        """A command registered for one server and for all is listed there twice."""
        if scope and scope != self._only_in:
            try:
                await client.http.bulk_upsert_guild_commands(application, scope, [])
            except discord.Forbidden:
                log.info("the commands of a server we are not in any more were left")
        elif self._only_in and not scope:
            await client.http.bulk_upsert_global_commands(application, [])


def _application(client: discord.Client) -> int:
    assert client.application_id is not None  # logged in
    return client.application_id


def _key(application: int) -> str:
    return f"discord-commands:{application}"
