"""Response urls: five answers within half an hour, wherever the app may otherwise post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.fakes.slack.channel import Channel
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.ids import Ids
from tests.fakes.slack.message import Message
from tests.fakes.slack.seen import Seen
from tests.fakes.slack.team import Team

LIFETIME = timedelta(minutes=30)
USES = 5


@dataclass(slots=True, eq=False)
class ResponseUrl:
    """The right to answer what one person did, there where they did it."""

    url: str
    workspace: Team
    channel: Channel
    user_id: str
    seen: Seen
    given: datetime
    original: Message | None = None
    """The message whose button was pressed."""
    command: str | None = None
    """The command that was typed."""
    uses: int = 0


class ResponseUrls:
    """Gives response urls out and counts their uses."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self.base = ""
        self._clock = clock
        self._ids = ids
        self._urls: dict[str, ResponseUrl] = {}

    def give(
        self,
        workspace: Team,
        channel: Channel,
        user_id: str,
        seen: Seen,
        *,
        original: Message | None = None,
        command: str | None = None,
    ) -> ResponseUrl:
        """A new url for what a person just did."""
        key = f"{workspace.id}/{self._ids.number('response'):012d}"
        given = ResponseUrl(
            f"{self.base}/response/{key}", workspace, channel, user_id, seen, self._clock.now(), original, command
        )
        self._urls[key] = given
        return given

    def use(self, key: str) -> ResponseUrl | str:
        """The url of that key, used once more by this; or why Slack does not take it."""
        url = self._urls.get(key)
        if url is None:
            return "invalid_url"
        if self._clock.now() - url.given > LIFETIME:
            return "expired_url"
        if url.uses >= USES:
            return "used_url"
        url.uses += 1
        return url
