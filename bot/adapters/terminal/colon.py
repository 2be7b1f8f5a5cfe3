"""The commands only the terminal has, behind a colon: be someone else, be elsewhere, let time pass."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.adapters.terminal.living import Living
from bot.adapters.terminal.session import Session
from bot.domain.explained import NotUnderstood
from bot.domain.identifiers import PlaceRef
from bot.domain.plain_text import shortened, tidy
from bot.replies.card import Card, Facts, Reply, paragraph
from bot.replies.markup import listed, markup

NAME_LIMIT = 40
ON_OFF = "on|off"


class Colon:
    """Carries out the commands behind a colon; each answers with a small card."""

    def __init__(
        self, session: Session, living: Living, now: Callable[[], str], show_wire: Callable[[Reply], None]
    ) -> None:
        self._session = session
        self._living = living
        self._now = now
        self._show_wire = show_wire

    async def run(self, line: str) -> Card:
        """Carry out ``:name text`` and say what came of it."""
        name, _, text = tidy(line).removeprefix(":").partition(" ")
        command = next((command for command in COMMANDS if command.name == name.casefold()), None)
        if command is None:
            names = listed([f":{command.name}" for command in COMMANDS])
            return _said(f"There is no :{shortened(name, 20)} here. There are {names}.")
        try:
            return await command.run(self, text.strip())
        except NotUnderstood as error:
            meant = [f":{command.name} {text}" for text in error.meant]
            did_you_mean = f" Did you mean {listed(meant, 'or')}?" if meant else ""
            return _said(f":{command.name} takes {error.wanted}. Nothing was changed.{did_you_mean}")

    async def be(self, text: str) -> Card:
        """Become someone by that name."""
        name = text.lstrip("@").strip()
        if not 0 < len(name) <= NAME_LIMIT:
            raise NotUnderstood(f"a name of 1 to {NAME_LIMIT} characters", "alice")
        self._session.become(name)
        return _said(self._session.who())

    async def manage(self, text: str) -> Card:
        """Be a manager or not."""
        self._session.manager = _switched(text, self._session.manager)
        return _said(self._session.who())

    async def go(self, text: str) -> Card:
        """Go to a place."""
        name = text.lstrip("#").strip()
        if not 0 < len(name) <= NAME_LIMIT:
            raise NotUnderstood(f"a place of 1 to {NAME_LIMIT} characters", "#general")
        self._session.place = PlaceRef(f"#{name}")
        return _said(self._session.who())

    async def at(self, text: str) -> Card:
        """Live on until a time of day."""
        await self._living.time_of_day(text)
        return _said(self._now())

    async def tick(self, text: str) -> Card:
        """Live through a span."""
        await self._living.span(text)
        return _said(self._now())

    async def now(self, text: str) -> Card:
        """Say what time it is here."""
        return _said(f"{self._now()} {self._session.who()}")

    async def wire(self, text: str) -> Card:
        """Show the neutral card beneath replies or not."""
        self._session.wire = _switched(text, self._session.wire)
        if not self._session.wire:
            return _said("The neutral card is no longer shown.")
        if self._session.last is not None:
            self._show_wire(self._session.last)
        return _said("The neutral card is shown beneath each reply; :wire off ends that.")

    async def help(self, text: str) -> Card:
        """List these commands."""
        return Card(blocks=(Facts(tuple((command.usage, markup(command.summary)) for command in COMMANDS)),))


def _said(text: str) -> Card:
    return Card(blocks=(paragraph(text, small=True),))


def _switched(text: str, before: bool) -> bool:
    folded = text.casefold()
    if folded in ("on", "off"):
        return folded == "on"
    if not folded:
        return not before
    raise NotUnderstood("on or off", "on")


def ahead(offset: timedelta) -> str:
    """The time by which the clock here is ahead of the real one, in words."""
    minutes = round(offset.total_seconds() / 60)
    parts = [f"{minutes // 1440} d", f"{minutes // 60 % 24} h", f"{minutes % 60} min"]
    said = " ".join(part for part in parts if not part.startswith("0 "))
    return f"{said} ahead of the real clock" if said else "as on the real clock"


@dataclass(frozen=True, slots=True)
class ColonCommand:
    """A command behind a colon, as it is listed and completed."""

    name: str
    takes: str
    summary: str
    run: Callable[[Colon, str], Awaitable[Card]]

    @property
    def usage(self) -> str:
        """The command as it is typed."""
        return f":{self.name} {self.takes}".rstrip()


COMMANDS = (
    ColonCommand("as", "NAME", "be someone else, to see what others see", Colon.be),
    ColonCommand("manager", ON_OFF, "be a manager, or a member like any other", Colon.manage),
    ColonCommand("in", "PLACE", "go to another place, such as #study", Colon.go),
    ColonCommand("at", "TIME", "live on until that time of day, such as 09:00", Colon.at),
    ColonCommand("tick", "SPAN", "live through a span such as 7d or 3h; what is due on the way happens", Colon.tick),
    ColonCommand("now", "", "what time it is here, who you are and where", Colon.now),
    ColonCommand("wire", ON_OFF, "show the neutral card every face renders", Colon.wire),
    ColonCommand("help", "", "this list", Colon.help),
)
