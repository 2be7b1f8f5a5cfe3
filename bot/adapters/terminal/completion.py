"""Completion of what is typed: commands, their options and the values these take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.adapters.terminal.colon import COMMANDS, ON_OFF
from bot.adapters.terminal.session import COMMUNITY_ID
from bot.commands.declare import CommandOption, Handler
from bot.commands.registry import Registry
from bot.domain.community import Platform
from bot.ports.catalog import Catalog
from bot.ports.catalogs import Catalogs

BARE_WORDS = {
    "help": "everything there is",
    "next": "practise",
    "tomorrow": "live on to the next day",
    "quit": "leave",
}
"""Words that may be typed bare, without a slash."""
OFFERED = 25


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to type in place of the last characters."""

    text: str
    replaces: int
    label: str
    meaning: str = ""


class Completion:
    """Completes a line; reads the registry and the catalog as it was last asked for, and nothing else."""

    def __init__(self, registry: Registry, catalogs: Catalogs) -> None:
        self._registry = registry
        self._catalogs = catalogs

    @property
    def _catalog(self) -> Catalog:
        return self._catalogs.latest(Platform.TERMINAL, COMMUNITY_ID)

    def line(self, text: str) -> list[Offer]:
        """Offers to follow the text of a line so far."""
        text = text.lstrip()
        name, space, rest = text.partition(" ")
        if text.startswith(":"):
            return list(self._colon(name, rest) if space else self._names(text))
        if not space:
            return list(self._names(text))
        handler = self._registry.offered(self._catalog).get(name.removeprefix("/").casefold())
        return list(islice(self._options(handler, rest), OFFERED)) if handler else []

    def field(self, form: str, name: str, text: str) -> list[Offer]:
        """Offers to fill the field of a form, beginning with the text."""
        handler = self._registry.forms.get(form)
        options = [option for option in handler.options if option.name == name] if handler else []
        return [offer for option in options for offer in self._values(option, text)][:OFFERED]

    def _names(self, text: str) -> Iterator[Offer]:
        folded = text.casefold()
        if not folded.startswith((":", "/")):
            for word, meaning in BARE_WORDS.items():
                if word.startswith(folded):
                    yield Offer(word, len(text), word, meaning)
        if not folded.startswith(":"):
            for name, handler in self._registry.offered(self._catalog).items():
                if name.startswith(folded.removeprefix("/")):
                    space = " " if handler.options else ""
                    yield Offer(f"/{name}{space}", len(text), f"/{name}", handler.summary)
        if not folded or folded.startswith(":"):
            for command in COMMANDS:
                if f":{command.name}".startswith(folded):
                    space = " " if command.takes else ""
                    yield Offer(f":{command.name}{space}", len(text), command.usage, command.summary)

    def _colon(self, name: str, rest: str) -> Iterator[Offer]:
        command = next((command for command in COMMANDS if f":{command.name}" == name.casefold()), None)
        if command and command.takes == ON_OFF:
            yield from _beginning(((word, word) for word in ("on", "off")), rest)

    def _options(self, handler: Handler, rest: str) -> Iterator[Offer]:
        *done, current = rest.split(" ")
        named = {option.name: option for option in handler.options}
        key, colon, value = current.partition(":")
        if colon and key.casefold() in named:
            yield from self._values(named[key.casefold()], value)
            return
        given = {word.partition(":")[0].casefold() for word in done if ":" in word}
        still_open = [option for option in handler.options if option.name not in given]
        bare = [word for word in done if word and word.partition(":")[0].casefold() not in named]
        if "vs" in bare and "versus" in named:
            still_open, bare = [named["versus"]], bare[bare.index("vs") + 1 :]
        yield from self._bare(still_open, bare, current)
        for option in still_open:
            if option.name.startswith(current.casefold()):
                yield Offer(f"{option.name}:", len(current), f"{option.name}:", option.description)

    def _bare(self, options: Sequence[CommandOption], done: list[str], current: str) -> list[Offer]:
        """Values for the words typed so far: for the first open option, else after what earlier options took."""
        if not options:
            return []
        phrase = " ".join([*done, current])
        whole = self._values(options[0], phrase)
        if not done or any(offer.label.casefold().startswith(phrase.casefold()) for offer in whole):
            return whole or (self._bare(options[1:], done, current) if not done else [])
        for taken in range(len(done), 0, -1):
            if options[0].kind.exact(self._catalog, " ".join(done[:taken]), options[0].least, options[0].most):
                return self._bare(options[1:], done[taken:], current)
        return whole or self._bare(options[1:], done, current)

    def _values(self, option: CommandOption, text: str) -> list[Offer]:
        kind = option.kind
        if kind.suggest is not None:
            return [Offer(value, len(text), label) for value, label in kind.suggest(self._catalog, text)]
        words = self._registry.offered(self._catalog) if kind.name == "command" else kind.choices
        return list(_beginning(((word, word) for word in words), text))


def _beginning(words: Iterable[tuple[str, str]], text: str) -> Iterator[Offer]:
    for word, label in words:
        if word.startswith(text.casefold()):
            yield Offer(word, len(text), label)
