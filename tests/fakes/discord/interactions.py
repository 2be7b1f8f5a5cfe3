"""An act of a person, as the bot hears of it, and what the bot has made of it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from tests.fakes.discord.users import User
from tests.fakes.discord.wire import Json

if TYPE_CHECKING:
    from tests.fakes.discord.channels import Channel
    from tests.fakes.discord.messages import Message
    from tests.fakes.discord.people import Person
    from tests.fakes.discord.server import FakeDiscord

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
TOKEN_LIVES = 15 * 60.0


class Answer(Enum):
    """The kind of the first response; NOTHING until there is one."""

    NOTHING = "nothing"
    MESSAGE = "message"
    THINKING = "thinking"
    WILL_UPDATE = "will update"
    UPDATED = "updated"
    CHOICES = "choices"
    MODAL = "modal"


@dataclass(slots=True, eq=False)
class Interaction:
    """One act of one person. Its token is good for 15 minutes."""

    discord: FakeDiscord = field(repr=False)
    id: str
    type: int
    user: User
    channel: Channel
    sent_at: float
    person: Person | None = None
    message: Message | None = None
    # The act that opened the form which this act sends.
    opened_by: Interaction | None = None
    token: str = field(default_factory=lambda: "aW50ZXJhY3Rpb246" + secrets.token_hex(40), repr=False)
    answer: Answer = Answer.NOTHING
    answered_at: float = 0.0
    # Set with the first response.
    answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    too_late: bool = False
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    # How often what the person sees has changed after the first response.
    changes: int = 0

    def metadata(self) -> Json:
        """The origin of a message, as the message tells it."""
        guild = self.channel.guild
        found: Json = {
            "id": self.id,
            "type": self.type,
            "user": self.user.payload(),
            "authorizing_integration_owners": {"0": guild.id if guild else "0"},
        }
        if self.type == COMPONENT and self.message is not None:
            found["interacted_message_id"] = self.message.id
        if self.opened_by is not None:
            found["triggering_interaction_metadata"] = self.opened_by.metadata()
        return found

    def expire(self) -> None:
        """Let its 15 minutes be over."""
        self.sent_at -= TOKEN_LIVES
