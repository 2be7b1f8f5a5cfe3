"""One person's view of what they did: messages only they see, views, errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.fakes.slack.changes import Changes
from tests.fakes.slack.message import Message
from tests.fakes.slack.view import View
from tests.fakes.slack.wire import JsonObject

Trouble = Literal["operation_timeout", "dispatch_failed"]
"""What Slack shows when the app did not answer in time, or not at all or not well."""


@dataclass(slots=True, eq=False)
class Seen:
    """Everything seen after doing something. It grows while the app goes on: wait with ``message`` and ``view``.

    Messages to the person alone and to everyone are here if they answer this; what else happens in the channel is
    in ``slack.messages(channel)``.
    """

    changes: Changes
    error: Trouble | None = None
    notice: str | None = None
    """What Slack itself says, such as that there is no such command."""
    messages: list[Message] = field(default_factory=list)
    replaced: list[Message] = field(default_factory=list)
    """Messages that say something else because of this, through its response url."""
    views: list[View] = field(default_factory=list)
    """Opened, pushed or updated, in that order; an updated one is here again."""
    errors: dict[str, str] = field(default_factory=dict)
    """Sentences under fields of the form, by block id."""
    options: list[JsonObject] = field(default_factory=list)
    """What the app offered for what was typed."""
    closed: bool = False
    """The form went away."""
    home: View | None = None
    """The Home tab, if it was published after this."""
    opened_url: str | None = None
    ms: float | None = None
    """How long the app took to acknowledge it."""
    channel_id: str | None = None
    """Where it was done."""
    deliveries: int = 0
    """How often it was sent to the app; none if Slack refused it."""

    @property
    def text(self) -> str:
        """The text of the last message."""
        assert self.messages, f"no message is seen: {self.summary()}"
        return self.messages[-1].text

    @property
    def top(self) -> View:
        """The view seen last."""
        assert self.views, f"no view is seen: {self.summary()}"
        return self.views[-1]

    async def message(self, number: int = 1) -> Message:
        """Wait for the first message, or for one after it."""
        await self.changes.until(lambda: len(self.messages) >= number, f"message {number} to this person")
        return self.messages[number - 1]

    async def view(self, number: int = 1) -> View:
        """Wait for the first view, or for one after it."""
        await self.changes.until(lambda: len(self.views) >= number, f"view {number} before this person")
        return self.views[number - 1]

    async def published(self) -> View:
        """Wait for the Home tab."""
        await self.changes.until(lambda: self.home is not None, "this person's Home tab")
        assert self.home is not None
        return self.home

    def summary(self) -> str:
        """All of it in a line, for a failing test."""
        return (
            f"error={self.error} notice={self.notice!r} messages={[m.text for m in self.messages]} "
            f"views={[v.title or v.type for v in self.views]} errors={self.errors} closed={self.closed}"
        )
