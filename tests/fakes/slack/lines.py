"""Which way things go to the app: over HTTP where it has an address, else down its sockets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from tests.fakes.slack.http_mode import HttpLine
from tests.fakes.slack.line import Answer, Kind, Retry
from tests.fakes.slack.socket_mode import Sockets
from tests.fakes.slack.wire import JsonObject

Twice = Literal["together", "one after the other"]


@dataclass(slots=True)
class Lines:
    """Fulfils ``Line`` with whichever there is."""

    sockets: Sockets
    http: HttpLine | None = None
    twice: Twice | None = None
    """Whether everything is sent twice, and how. The second acknowledgement is the one that counts."""

    async def deliver(self, kind: Kind, payload: JsonObject, retry: Retry | None = None) -> Answer:
        """Send something and wait for the acknowledgement."""
        line = self.http or self.sockets
        match self.twice:
            case "together":
                both = [line.deliver(kind, payload, retry) for _ in range(2)]
                return (await asyncio.gather(*both))[1]
            case "one after the other":
                await line.deliver(kind, payload, retry)
        return await line.deliver(kind, payload, retry)
