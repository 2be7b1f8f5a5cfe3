"""Messages, to everyone in a channel or to one person only."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.slack.wire import JsonObject


@dataclass(slots=True, eq=False)
class Message:
    """A message as Slack keeps it. It changes when it is edited, so hold on to it and look again."""

    ts: str
    channel_id: str
    user: str
    bot_id: str | None
    app_id: str | None
    text: str
    blocks: list[JsonObject] = field(default_factory=list)
    ephemeral_to: str | None = None
    """The one person who sees it, if only one does."""
    thread_ts: str | None = None
    metadata: JsonObject | None = None
    command: str | None = None
    """The typed command an answer to everyone gives away."""
    edits: int = 0
    deleted: bool = False
    file_ids: tuple[str, ...] = ()
    history: list[tuple[str, list[JsonObject]]] = field(default_factory=list)
    """Texts and blocks it had before, the oldest first."""

    def change(self, text: str, blocks: list[JsonObject]) -> None:
        """Other words from now on."""
        self.history.append((self.text, self.blocks))
        self.text = text
        self.blocks = blocks
        self.edits += 1

    def as_json(self) -> JsonObject:
        """The message as it stands in answers and payloads."""
        said: JsonObject = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.bot_id is not None:
            said |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.blocks:
            said["blocks"] = self.blocks
        if self.thread_ts is not None:
            said["thread_ts"] = self.thread_ts
        if self.metadata is not None:
            said["metadata"] = self.metadata
        if self.edits and not self.blocks:
            said["edited"] = {"user": self.user, "ts": self.ts}
        return said
