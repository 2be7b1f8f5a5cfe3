"""Which way things go to the app: over HTTP where it has an address, else down its sockets."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.slack.http_mode import HttpLine
from tests.fakes.slack.line import Answer, Kind, Retry
from tests.fakes.slack.socket_mode import Sockets
from tests.fakes.slack.wire import JsonObject


@dataclass(slots=True)
class Lines:
    """Fulfils ``Line`` with whichever there is."""

    sockets: Sockets
    http: HttpLine | None = None

    async def deliver(self, kind: Kind, payload: JsonObject, retry: Retry | None = None) -> Answer:
        """Send something and wait for the acknowledgement."""
        line = self.http or self.sockets
        return await line.deliver(kind, payload, retry)
