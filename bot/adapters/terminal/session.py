"""The person at the terminal, their place, and what they were shown last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.adapters.terminal.render import lettered, numbered
from bot.domain.identifiers import PlaceRef
from bot.ports.call import Call
from bot.replies.card import Card, Choice, Reply

COMMUNITY_ID = "terminal"
START = PlaceRef("#general")


@dataclass(slots=True)
class Session:
    """The state of one sitting; nothing of it is kept."""

    name: str = "you"
    place: PlaceRef = START
    manager: bool = True
    wire: bool = False
    """The neutral card is shown beneath each reply."""
    choices: tuple[Choice, ...] = ()
    """Pressed by numbers: the choices of the reply shown last."""
    letters: Mapping[str, Choice] = field(default_factory=dict)
    """Pressed by letters: those of the newest question shown."""
    last: Reply | None = None
    _posted: Card = field(default_factory=Card)
    """The newest question everyone was shown."""

    async def may_manage(self, call: Call, changes: bool) -> bool:
        """Return whether the person at the terminal manages the community."""
        return self.manager

    def replied(self, reply: Reply, card: Card) -> None:
        """Note the reply that was shown, so that numbers and letters press it."""
        self.last = reply
        self.choices = numbered(card)
        self.letters = lettered(card) or self.letters

    def came(self, reply: Reply, card: Card, *, private: bool = False) -> None:
        """Note what came of itself; with nothing to press, it leaves the reply before it as it was."""
        if card.choices:
            self.replied(reply, card)
        if lettered(card) and not private:
            self._posted = card

    def become(self, name: str) -> None:
        """Be someone else: what the one before was shown in private is theirs alone."""
        if name == self.name:
            return
        self.name = name
        self.choices = numbered(self._posted)
        self.letters = lettered(self._posted)
        self.last = None

    def who(self) -> str:
        """The person and the place, in words."""
        role = "manager" if self.manager else "member"
        one = f"a {role}" if self.name == "you" else f"{self.name}, a {role},"
        return f"You are {one} in {self.place}."

    def prompt(self) -> str:
        """The text before the line that is typed."""
        return f"{self.name} {self.place}> "
