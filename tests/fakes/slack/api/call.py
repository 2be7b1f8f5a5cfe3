"""A call of the Web API, ready to be carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.slack.api.refused import Refused
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.team import Team
from tests.fakes.slack.wire import JsonObject, a_string
from tests.fakes.slack.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Web API: a token's workspace, and arguments."""

    world: World
    workspace: Team
    arguments: JsonObject
    method: str

    def text(self, name: str) -> str:
        """An argument as text; empty if it is not given."""
        value = self.arguments.get(name)
        return str(value) if isinstance(value, str | int) else ""

    def needed(self, name: str) -> str:
        """An argument that must be there."""
        value = self.text(name)
        if not value:
            raise Refused(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
            )
        return value

    def needs_scope(self, *scopes: str) -> None:
        """Refuse unless the app was given one of these scopes."""
        if not any(scope in self.workspace.scopes for scope in scopes):
            provided = ",".join(sorted(self.workspace.scopes))
            raise Refused("missing_scope", needed=scopes[0], provided=provided)

    def channel(self, id: str) -> Channel:
        """The channel the app can see under that id: private ones only from inside."""
        channel = self.workspace.channels.get(id)
        if channel is None or channel.deleted:
            raise Refused("channel_not_found")
        if channel.kind != "public" and self.workspace.bot_user_id not in channel.members:
            raise Refused("channel_not_found")
        return channel

    def page(self, everything: list[JsonObject], key: str) -> JsonObject:
        """One page of a list, and the cursor of the next."""
        limit = int(self.text("limit") or 0) or 1000
        start = int(a_string(self.text("cursor")).removeprefix("cursor-") or 0)
        more = start + limit < len(everything)
        return {
            key: everything[start : start + limit],
            "response_metadata": {"next_cursor": f"cursor-{start + limit}" if more else ""},
        }


Method = Callable[[Call], JsonObject]
