"""Meaning of Discord's errors for a post: refused, later, or nobody knows."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import discord

from bot.adapters.discord.permissions import CHANNEL_GONE, NO_TAG
from bot.ports.publisher import Later, PostResult, Refused, Uncertain

# Codes from Discord's documentation of opcodes and status codes.
UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_MESSAGE, UNKNOWN_INTERACTION = 10003, 10004, 10008, 10062
ALREADY_ANSWERED = 40060
IS_FORUM, TAG_WANTED, TOO_MANY_THREADS = 40058, 40067, 160006
OLD_EDITS = 30046
MISSING_ACCESS, MISSING_PERMISSIONS, ARCHIVED = 50001, 50013, 50083
BLOCKED = frozenset({200000, 200001, 240000})
"""A server's AutoMod, or Discord's own link filter, took offence."""

REASONS = {
    UNKNOWN_CHANNEL: CHANNEL_GONE,
    UNKNOWN_GUILD: "Studybot is not in this server any more.",
    UNKNOWN_MESSAGE: "The message was deleted.",
    IS_FORUM: "It is a forum post that has not begun yet. Choose the forum itself, or a text channel.",
    TAG_WANTED: NO_TAG,
    TOO_MANY_THREADS: "The server has as many active threads as Discord allows. Close some, or choose another channel.",
    MISSING_ACCESS: "Studybot cannot see that channel. Grant it View Channel there.",
    MISSING_PERMISSIONS: "Studybot lacks Send Messages there. Grant it in the channel's settings, under Permissions.",
    ARCHIVED: "The thread is archived and locked. Unlock it, or choose another place.",
}
EDIT_LATER = 60.0
PASSING = 30.0


def result(error: Exception) -> PostResult:
    """Turn the failure of a post or an edit into its result."""
    match error:
        case discord.HTTPException(code=code) if code in BLOCKED:
            return Refused("A filter of the server (AutoMod) held it back. Allow Studybot in its rules.")
        case discord.HTTPException(code=code) if code == OLD_EDITS:
            return Later(EDIT_LATER)
        case discord.Forbidden() | discord.NotFound():
            return Refused(REASONS.get(error.code, f"Discord does not allow it there (error {error.code})."))
        case discord.DiscordServerError():
            # Discord may have taken it all the same, and knows the nonce for minutes only.
            return Uncertain()
        case discord.RateLimited() | discord.HTTPException(status=429):
            return Later(wait(error))
        case discord.HTTPException(status=401):
            return Later(PASSING)
        case discord.HTTPException():
            return Refused(REASONS.get(error.code, f"Discord did not take the message (error {error.code})."))
        case KeyError():
            return Later(EDIT_LATER)  # the library trips over a limit that does not say how long it lasts
        case aiohttp.ClientConnectorError():
            return Later(PASSING)  # the line was never there, so nothing was sent
        case _:
            return Uncertain()


def wait(error: Exception) -> float:
    """Seconds that Discord asks us to wait; a while where it does not say."""
    match error:
        case discord.RateLimited():
            return error.retry_after
        case discord.HTTPException(status=429):
            try:
                return float(error.response.headers.get("Retry-After", PASSING))
            except ValueError:
                return PASSING
        case _:
            return 0.0


PASSED_OVER = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, KeyError)
"""Everything a request to Discord can raise."""


def brief(error: Exception) -> str:
    """The error without what was sent: a request's text is nobody's business in a log."""
    if isinstance(error, discord.HTTPException):
        return f"HTTP {error.status}, code {error.code}"
    return type(error).__name__


def log_failure(log: logging.Logger, what: str, error: Exception, **extra: object) -> None:
    """Log a failure with its traceback, but none of Discord's own words: they repeat what was sent."""
    if any(isinstance(one, discord.HTTPException) for one in _behind(error)):
        last = traceback.extract_tb(error.__traceback__)[-1]
        log.error("%s (%s, %s:%s)", what, brief(error), Path(last.filename).name, last.lineno, extra=extra)
    else:
        log.error(what, exc_info=error, extra=extra)


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those that led to it."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__]
