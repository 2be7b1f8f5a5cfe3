"""The one text grammar of Slack and the terminal: ``/role nurse vs midwife``, ``/quiz level:hard algebra 3``.

What follows a command is read by ``option_words``. Without a slash, words that stand on buttons are the commands behind
them, a letter is today's question, a sentence that asks something of the bot is asked about, another language is told
that we read English, and any other text is searched for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.commands import other_languages, prose, small_talk, versus
from bot.commands.declare import Handler
from bot.commands.option_words import cleaned, options_in, without_ending, without_leading_words
from bot.commands.registry import Registry
from bot.commands.resolve import run_route
from bot.commands.typed_letters import typed_letter
from bot.commands.typed_words import NAMED_SHELVES, VERBS, WORDS
from bot.domain.lookup import Ambiguous, Exact, NameIndex, Unknown, find, words
from bot.domain.plain_text import shortened
from bot.ports.catalog import Catalog
from bot.replies.card import Choice
from bot.replies.said import Refusal

FOUND_AT_MOST = 100
DID_YOU_MEAN = "Did you mean one of these? Nothing was changed."
_CALLED = re.compile(r"(?:<@\w+>|@?studybot|/?study(?:bot)?)[,:]?\s+(?=\S)", re.IGNORECASE)
"""Our name before what is meant for us; ``/study`` is the command of one face."""
_SLASH = re.compile(r"(?:/|[!.\\](?=[a-z]))\s*", re.IGNORECASE)
_HELP_WITH = re.compile(r"^(?:(?:me|us|with|on|about|for|please|out|here)(?:\s+|$))+", re.IGNORECASE)
_PRACTISE = re.compile(
    r"(?:.*\b)?(?:practi[sc]e|practi[sc]ing|(?:quiz|test|ask|drill|train) (?:me|us)|questions? (?=about|on))\b\s*(.*)"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command's name and the raw text of each option."""

    name: str
    given: dict[str, str]


def parse_line(registry: Registry, catalog: Catalog, line: str) -> Parsed:
    """Read ``/name ...``; the slash may be missing.

    Raises ``Refusal`` for an unknown command, and for a sentence that may mean one, with the ways to it.
    """
    text = _to_us(registry, cleaned(line))
    slash = _SLASH.match(text)
    typed = text[slash.end() :] if slash else text
    plain = small_talk.plainly(typed)
    if (typed_letter(text) or len(plain) == 1) and "daily" in registry.commands:
        return Parsed("daily", {})
    if ways := _there(registry, catalog, prose.what_next(typed)):
        raise Refusal(DID_YOU_MEAN, ways)
    if said := _said_in_words(registry, catalog, typed, plain, bare=not slash):
        return said
    name, _, rest = typed.partition(" ")
    key, colon, value = name.partition(":")
    if slash and colon and key.casefold() in registry.commands:
        name, rest = key, f"{value} {rest}".strip()
    folded = small_talk.plainly(name)
    handler = registry.commands.get(folded)
    if handler is None and rest and plain not in WORDS and (slash or not prose.asked_for(plain)):
        handler = registry.commands.get(VERBS.get(folded, ""))
    rest = without_ending(rest)
    if handler is not None and small_talk.plainly(rest) == "help" and "help" in registry.commands:
        return Parsed("help", {"command": handler.name} if handler.name != "help" else {})
    if handler is not None:
        if slash:
            return Parsed(handler.name, options_in(handler, catalog, rest))
        return _with_search(registry, handler, catalog, rest, text)
    meant = WORDS.get(plain) or WORDS.get(small_talk.without_courtesies(plain))
    if meant in registry.commands:
        return Parsed(meant, {})
    if not slash and typed:
        return _sentence(registry, catalog, typed, plain)
    if ways := _there(registry, catalog, prose.asked_for(plain)):
        raise Refusal(f"There is no command /{shortened(name, 30)}. Did you mean one of these?", ways)
    raise unknown_command(registry, catalog, name, _search(typed) if catalog.search.find(name, 1) else ())


def _to_us(registry: Registry, text: str) -> str:
    """The text without our name before a command, or before anything after an "@"."""
    called = _CALLED.match(text)
    if called is None:
        return text
    rest = text[called.end() :]
    first = small_talk.plainly(rest.partition(" ")[0]).removeprefix("/")
    known = first in registry.commands or first in VERBS or small_talk.plainly(rest) in WORDS
    return rest if known or text.startswith(("@", "<@")) else text


def _said_in_words(registry: Registry, catalog: Catalog, typed: str, plain: str, *, bare: bool) -> Parsed | None:
    """The command behind words that are no sentence and no search: a greeting, or "please show my streak"."""
    ours = not bare and plain.partition(" ")[0] in registry.commands
    if not ours and (small_talk.greets(plain) or (not plain and "?" in typed)) and "help" in registry.commands:
        return Parsed("help", {})
    if plain in NAMED_SHELVES and plain not in registry.commands and "find" in registry.commands:
        return Parsed("find", {"text": plain})
    if not bare:
        return None
    if answer := small_talk.acknowledged(typed):
        raise Refusal(answer, _there(registry, catalog, small_talk.ACKNOWLEDGED))
    if plain in WORDS or plain.partition(" ")[0] in registry.commands:
        return None
    short = small_talk.without_courtesies(plain)
    if short in NAMED_SHELVES and "find" in registry.commands:
        return Parsed("find", {"text": short})
    return Parsed(short, {}) if short != plain and short in registry.commands else None


def _with_search(registry: Registry, handler: Handler, catalog: Catalog, rest: str, line: str) -> Parsed:
    """A command typed without its slash; one whose words make no sense to it may be a sentence instead."""
    if not rest:
        return Parsed(handler.name, {})
    if handler.name == "help" and not rest.startswith("/"):
        return _help_with(registry, rest)
    ways = () if _named(catalog, line) else prose.asked_for(small_talk.plainly(line))
    try:
        given = options_in(handler, catalog, rest)
    except Refusal as refusal:
        raise Refusal(refusal.text, _there(registry, catalog, (*refusal.choices, *ways, *_search(line)))) from None
    return Parsed(handler.name, given)


def _help_with(registry: Registry, rest: str) -> Parsed:
    """Help with a command, in general, or with something there may be to read."""
    about = _HELP_WITH.sub("", rest)
    plain = small_talk.plainly(about)
    if plain in registry.commands or plain in WORDS or "find" not in registry.commands:
        return Parsed("help", {"command": plain or about})
    return Parsed("find", {"text": shortened(about, FOUND_AT_MOST)}) if plain else Parsed("help", {})


def _sentence(registry: Registry, catalog: Catalog, line: str, plain: str) -> Parsed:
    """Two roles to compare, a topic to practise, something asked of the bot, a slip, another language, or a search."""
    if meant := _compared(registry, catalog, line) or _practised(registry, catalog, plain):
        return meant
    ways = _there(registry, catalog, prose.asked_for(plain))
    if ways and not _named(catalog, line):
        raise Refusal(DID_YOU_MEAN, _there(registry, catalog, (*ways, *_search(line))))
    if other_languages.is_asked_for(plain):
        raise Refusal(small_talk.ENGLISH_ONLY, _there(registry, catalog, small_talk.ACKNOWLEDGED))
    if other_languages.is_foreign(line) and not _named(catalog, line):
        name = other_languages.named_among(line)
        if not catalog.search.names(name) or "find" not in registry.commands:
            raise Refusal(small_talk.ENGLISH_ONLY, _there(registry, catalog, small_talk.ACKNOWLEDGED))
        return Parsed("find", {"text": shortened(name, FOUND_AT_MOST)})
    if "find" in registry.commands and (" " in line or not _nearest(registry, catalog, line)):
        return Parsed("find", {"text": shortened(line, FOUND_AT_MOST)})
    raise unknown_command(registry, catalog, line)


def _compared(registry: Registry, catalog: Catalog, line: str) -> Parsed | None:
    handler = registry.commands.get("role")
    options = {option.name: option for option in handler.options} if handler else {}
    if "versus" not in options:
        return None
    both = versus.two_names(options["name"], catalog, versus.without_asking(line.rstrip("?!. ")))
    return Parsed("role", {"name": both[0], "versus": both[1]}) if both else None


def _practised(registry: Registry, catalog: Catalog, plain: str) -> Parsed | None:
    """Practice asked for in a sentence that ends in the name of a topic."""
    handler, asked = registry.commands.get("quiz"), _PRACTISE.fullmatch(plain)
    if handler is None or asked is None:
        return None
    rest = small_talk.without_courtesies(without_leading_words(handler, catalog, asked[1]))
    topic = handler.options[0]
    return Parsed("quiz", {topic.name: rest}) if topic.kind.exact(catalog, rest, topic.least, topic.most) else None


def _named(catalog: Catalog, line: str) -> bool:
    """Return whether the text is the title of something there is to find."""
    return any(words(hit.title) == words(line) for hit in catalog.search.find(line, 3))


def _search(line: str) -> tuple[Choice, ...]:
    try:
        return (Choice("Search for it", run_route("find", {"text": shortened(line, FOUND_AT_MOST)})),)
    except ValueError:  # too long for a button
        return ()


def _there(registry: Registry, catalog: Catalog, ways: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The ways whose command there is here, each once: a platform refuses two buttons that are the same."""
    offered = registry.offered(catalog)
    here = (way for way in ways if way.route.what != "run" or way.route.args[0] in offered)
    return tuple({way.route: way for way in reversed(tuple(here))}.values())[::-1]


def unknown_command(registry: Registry, catalog: Catalog, name: str, search: tuple[Choice, ...] = ()) -> Refusal:
    """The refusal of a command that does not exist, with the nearest that do and a search for its words."""
    near = _nearest(registry, catalog, name)
    search = () if near else search
    choices = (*(Choice(f"/{found}", run_route(found, {})) for found in near), *_there(registry, catalog, search))
    if not any(choice.label == "/help" for choice in choices):
        choices = (*choices, Choice("/help", run_route("help", {})))
    said = f"There is no command /{shortened(name, 30)}." if name else "A command is missing after the slash."
    return Refusal(f"{said} Nearest:" if near else f"{said} /help lists them all.", choices)


def _nearest(registry: Registry, catalog: Catalog, name: str) -> tuple[str, ...]:
    match find(NameIndex((known, known, ()) for known in registry.offered(catalog)), name):
        case Exact(id):
            return (id,)
        case Ambiguous(ids) | Unknown(ids):
            return ids[:3]
