"""Modals and Home tabs as Slack keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.slack.wire import JsonObject, a_string

STACK_LIMIT = 3
"""How many modals may lie on each other."""


@dataclass(slots=True, eq=False)
class View:
    """A modal or a Home tab in front of one person. It changes when the app updates it."""

    id: str
    hash: str
    body: JsonObject
    team_id: str
    user_id: str
    app_id: str
    bot_id: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, JsonObject]] = field(default_factory=dict)
    """What the person has put in, by block and action."""

    @property
    def type(self) -> str:
        """``modal`` or ``home``."""
        return a_string(self.body.get("type"))

    @property
    def title(self) -> str:
        return a_string((self.body.get("title") or {}).get("text"))

    @property
    def blocks(self) -> list[JsonObject]:
        blocks: list[JsonObject] = self.body["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        """The name the app gave it."""
        return a_string(self.body.get("callback_id"))

    @property
    def private_metadata(self) -> str:
        """The app's own note on its back."""
        return a_string(self.body.get("private_metadata"))

    def as_json(self) -> JsonObject:
        """The view as it stands in answers and payloads."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "type": self.type,
            "blocks": self.blocks,
            "private_metadata": self.private_metadata,
            "callback_id": self.callback_id,
            "state": {"values": self.values},
            "hash": self.hash,
            "title": self.body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(self.body.get("clear_on_close")),
            "notify_on_close": bool(self.body.get("notify_on_close")),
            "close": self.body.get("close"),
            "submit": self.body.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": self.app_id,
            "external_id": a_string(self.body.get("external_id")),
            "app_installed_team_id": self.team_id,
            "bot_id": self.bot_id,
        }
