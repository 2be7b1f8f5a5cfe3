"""The one text grammar of Slack and the terminal: ``/role ai engineer vs prompt engineer``, ``/quiz level:hard rag 3``.

``key:value`` may stand anywhere; bare words fill the first open option greedily, as far as they are meant for it;
``vs`` starts the option named *versus*.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import takewhile

from bot.commands.declare import Handler, Option
from bot.commands.registry import Registry
from bot.commands.resolve import run_route
from bot.domain.lookup import Ambiguous, Exact, NameIndex, Unknown, find
from bot.domain.plain_text import shortened, tidy
from bot.ports.catalog import Catalog
from bot.replies.card import Choice
from bot.replies.said import Refusal

LINE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command's name and the raw text of each option."""

    name: str
    given: dict[str, str]


def parse_line(registry: Registry, catalog: Catalog, line: str) -> Parsed:
    """Read ``/name ...``; the slash may be missing. Raises ``Refusal`` for an unknown command."""
    words = tidy(html.unescape(line[:LINE_LIMIT]))
    name, _, rest = words.removeprefix("/").partition(" ")
    folded = name.casefold()
    handler = registry.commands.get(folded)
    if handler is None:
        raise unknown_command(registry, name)
    return Parsed(folded, parse_options(handler, catalog, rest))


def unknown_command(registry: Registry, name: str) -> Refusal:
    """The refusal of a command that does not exist, with the nearest that do."""
    near = _nearest(registry, name)
    choices = tuple(Choice(f"/{found}", run_route(found, {})) for found in near)
    if not any(choice.label == "/help" for choice in choices):
        choices = (*choices, Choice("/help", run_route("help", {})))
    said = f"There is no command /{shortened(name, 30)}." if name else "A command is missing after the slash."
    return Refusal(f"{said} Nearest:" if near else f"{said} /help lists them all.", choices)


def _nearest(registry: Registry, name: str) -> tuple[str, ...]:
    match find(NameIndex((known, known, ()) for known in registry.commands), name):
        case Exact(id):
            return (id,)
        case Ambiguous(ids) | Unknown(ids):
            return ids[:3]


def parse_options(handler: Handler, catalog: Catalog, text: str) -> dict[str, str]:
    """The raw text of each option the words are meant for."""
    given, words = _named_options(handler, text.split(), catalog)
    words, versus = _versus(handler, words)
    if versus is not None:
        given.setdefault("versus", versus)
    open_options = [option for option in handler.options if option.name not in given]
    given.update(_filled(open_options, words, catalog))
    return given


def _named_options(handler: Handler, words: list[str], catalog: Catalog) -> tuple[dict[str, str], list[str]]:
    """Take out ``key:value``; a value runs on as far as its words still fit, a free text up to the next key."""
    names = {option.name: option for option in handler.options}
    given: dict[str, str] = {}
    bare: list[str] = []
    i = 0
    while i < len(words):
        key, colon, value = words[i].partition(":")
        option = names.get(key.casefold()) if colon else None
        i += 1
        if option is None:
            bare.append(words[i - 1])
            continue
        first = [value] if value else words[i : i + 1]
        i += 0 if value else 1
        following = list(takewhile(lambda word: word.partition(":")[0].casefold() not in names, words[i:]))
        more = len(following) if option.kind.greedy else _runs_on(option, first, following, catalog)
        given[option.name] = " ".join([*first, *following[:more]])
        i += more
    return given, bare


def _runs_on(option: Option, first: list[str], following: list[str], catalog: Catalog) -> int:
    """How many more words belong to a value: the most with which it is meant literally."""
    for count in range(min(len(following), 6), 0, -1):
        if option.kind.exact(catalog, " ".join([*first, *following[:count]]), option.least, option.most):
            return count
    return 0


def _versus(handler: Handler, words: list[str]) -> tuple[list[str], str | None]:
    if not any(option.name == "versus" for option in handler.options):
        return words, None
    for i, word in enumerate(words):
        if word.casefold().rstrip(".") in ("vs", "versus", "or") and i < len(words) - 1:
            return words[:i], " ".join(words[i + 1 :])
    return words, None


def _filled(options: list[Option], words: list[str], catalog: Catalog) -> dict[str, str]:
    given: dict[str, str] = {}
    while words and options:
        option, *options = options
        if option.kind.greedy:
            given[option.name] = " ".join(words)
            return given
        taken = _taken(option, words, catalog)
        if taken:
            given[option.name] = " ".join(words[:taken])
            words = words[taken:]
            continue
        later = [other for other in options if not other.kind.greedy]
        if option.required or not any(_taken(other, words, catalog) for other in later):
            # Nothing fits as it stands: let this option read it all, typos included, and say what is wrong.
            rest = _meant_for_later(words, later, catalog)
            given[option.name] = " ".join(words[:rest])
            words = words[rest:]
    if words:
        leftover = re.sub(r"\s+", " ", " ".join(words))
        raise Refusal(f"I did not understand {shortened(leftover, 60)!r} at the end.")
    return given


def _taken(option: Option, words: list[str], catalog: Catalog) -> int:
    """How many of the leading words are meant for the option: the most that fit without guessing."""
    for count in range(min(len(words), 8), 0, -1):
        if option.kind.exact(catalog, " ".join(words[:count]), option.least, option.most):
            return count
    return 0


def _meant_for_later(words: list[str], later: list[Option], catalog: Catalog) -> int:
    """Where the words for a later option begin; all of them if none do."""
    for start in range(1, len(words)):
        if any(_taken(option, words[start:], catalog) == len(words) - start for option in later):
            return start
    return len(words)
