"""Posts of the terminal: kept until the face prints them, before the next prompt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundRef
from bot.ports.publisher import Address, Posted, PostResult, Seen
from bot.replies.card import Reply


@dataclass(frozen=True, slots=True)
class Post:
    """A message for everyone in a place."""

    place: PlaceRef
    reply: Reply


@dataclass(frozen=True, slots=True)
class Edit:
    """A post that now reads differently."""

    place: PlaceRef
    reply: Reply


@dataclass(frozen=True, slots=True)
class Told:
    """A private message to one person."""

    user: str
    reply: Reply


News = Post | Edit | Told
_ORDER: tuple[type[News], ...] = (Edit, Told, Post)
"""Yesterday's answer before today's question, so that the newest question stands last."""


class TerminalPublisher:
    """Takes posts, edits and private messages for the terminal; nothing can go wrong on the way."""

    def __init__(self) -> None:
        self._news: list[News] = []
        self._unnamed = count(1)

    @property
    def platform(self) -> Platform:
        """The terminal."""
        return Platform.TERMINAL

    def resend_is_safe(self, address: Address, first_attempt: datetime, now: datetime) -> bool:
        """Always: what a closed terminal did not keep is shown once more, and that harms nobody."""
        return True

    @property
    def can_look_back(self) -> bool:
        """Nothing can be looked up in a terminal, and nothing is ever lost on the way."""
        return False

    async def look_back(self, address: Address, round: RoundRef, since: datetime) -> MessageRef | Seen:
        """Nothing can be looked up in a terminal."""
        return Seen.CANNOT_TELL

    async def post(self, address: Address, reply: Reply, round: RoundRef | None = None) -> PostResult:
        """Keep a post for the next prompt."""
        self._news.append(Post(address.place, reply))
        return Posted(MessageRef(f"t{round.id}" if round is not None else f"t-{next(self._unnamed)}"))

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> PostResult:
        """Keep an edit for the next prompt."""
        self._news.append(Edit(address.place, reply))
        return Posted(message)

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        """Keep a private message until that person is at the terminal."""
        self._news.append(Told(user, reply))
        return Posted(MessageRef(f"t-{next(self._unnamed)}"))

    def take(self, reader: str) -> list[News]:
        """Take what there is to show now; private messages to others stay until they are here."""
        shown = [news for news in self._news if not (isinstance(news, Told) and news.user != reader)]
        self._news = [news for news in self._news if isinstance(news, Told) and news.user != reader]
        return sorted(shown, key=lambda news: _ORDER.index(type(news)))
