"""An identified shard: what it hears of, and what it has been sent."""

from __future__ import annotations

import json
import secrets
from collections import deque

from tests.fakes.discord.connection import Connection
from tests.fakes.discord.wire import Json

GUILDS, GUILD_MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
KNOWN_INTENTS = (1 << 26) - 1
_KEPT_EVENTS = 2000


class Session:
    """It outlives its socket, and what was missed is replayed."""

    def __init__(self, shard: tuple[int, int], intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard = shard
        self.intents = intents
        self.sequence = 0
        self.connection: Connection | None = None
        self._sent: deque[tuple[int, str]] = deque(maxlen=_KEPT_EVENTS)

    def has(self, guild: str | None) -> bool:
        """Return whether this shard hears of a server; what belongs to none goes to shard 0."""
        number, count = self.shard
        return number == (0 if guild is None else (int(guild) >> 22) % count)

    def wants(self, event: str, guild: str | None) -> bool:
        """Return whether its intents ask for the event."""
        needed = intent_of(event, guild)
        return not needed or bool(self.intents & needed)

    def dispatch(self, event: str, data: Json) -> None:
        self.sequence += 1
        text = json.dumps({"op": 0, "t": event, "s": self.sequence, "d": data}, separators=(",", ":"))
        self._sent.append((self.sequence, text))
        if self.connection is not None:
            self.connection.send_text(text)

    def can_replay_after(self, sequence: int) -> bool:
        return not self._sent or self._sent[0][0] <= sequence + 1

    def replay(self, sequence: int) -> None:
        """Send again everything after this sequence number."""
        assert self.connection is not None
        for number, text in self._sent:
            if number > sequence:
                self.connection.send_text(text)


def intent_of(event: str, guild: str | None) -> int:
    """The intent an event needs; 0 for what always comes: interactions, and the bot's own member."""
    if event.startswith(("GUILD_MEMBER_", "INTERACTION_", "GUILD_MEMBERS_")):
        return 0
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return GUILDS
    if event.startswith("MESSAGE_"):
        return GUILD_MESSAGES if guild else DIRECT_MESSAGES
    return 0
