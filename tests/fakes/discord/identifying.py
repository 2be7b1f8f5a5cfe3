"""Which IDENTIFYs the gateway refuses, and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord.sessions import KNOWN_INTENTS, PRIVILEGED
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord

SECONDS_BETWEEN = 5.0


def close_code_for(discord: FakeDiscord, data: Json, shard: tuple[int, ...]) -> int | None:
    """The close code that answers it; None lets it pass."""
    if data.get("token") != discord.token:
        return 4004
    intents = data.get("intents")
    if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
        return 4013
    if intents & PRIVILEGED & ~discord.privileged_intents:
        return 4014
    if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
        return 4010
    here = sum(1 for one in discord.guilds if (int(one) >> 22) % shard[1] == shard[0])
    return 4011 if here > discord.most_guilds_a_shard else None


def too_soon(discord: FakeDiscord, shard: int) -> bool:
    """Return whether it comes within 5 s of another one of its bucket (if that is enforced)."""
    if not discord.enforce_max_concurrency:
        return False
    count = discord.max_concurrency
    earlier = [
        at for kind, number, at in discord.gateway.log[:-1] if kind == "identify" and number % count == shard % count
    ]
    return bool(earlier) and discord.time() - earlier[-1] < SECONDS_BETWEEN
