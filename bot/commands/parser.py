"""The one text grammar of Slack and the terminal: ``/role ai engineer vs prompt engineer``, ``/quiz level:hard rag 3``.

``key:value`` may stand anywhere; bare words fill the first open option they are meant for, as many as are, in any
order; ``vs`` starts the option named *versus*, and so does what else people write between two names. Without a slash,
words that stand on buttons are the commands behind them, a sentence that asks something of the bot is asked about, and
any other text is searched for.
"""

from __future__ import annotations

import html
from collections.abc import Collection
from dataclasses import dataclass
from itertools import takewhile

from bot.commands import prose, versus
from bot.commands.button_words import WORDS
from bot.commands.declare import Handler, Option
from bot.commands.kinds import is_place
from bot.commands.registry import Registry
from bot.commands.resolve import run_route, ways_on
from bot.domain.lookup import Ambiguous, Exact, NameIndex, Unknown, find, words
from bot.domain.plain_text import quoted_words, shortened, tidy
from bot.ports.catalog import Catalog
from bot.replies.card import Choice
from bot.replies.said import Refusal

LINE_LIMIT = 1000
FOUND_AT_MOST = 100
# "mon and tue and ... and sun", the longest value of several words, has thirteen.
WORDS_AT_MOST = 13
VERBS = {"practice": "quiz", "practise": "quiz", "search": "find", "look": "find", "roles": "role"}
"""Words that stand for a command when more follows."""
PREPOSITIONS = frozenset({"for", "about", "on", "of", "as", "to"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command's name and the raw text of each option."""

    name: str
    given: dict[str, str]


def parse_line(registry: Registry, catalog: Catalog, line: str) -> Parsed:
    """Read ``/name ...``; the slash may be missing.

    Raises ``Refusal`` for an unknown command, and for a sentence that may mean one, with the ways to it.
    """
    cleaned = _cleaned(line)
    typed = cleaned.removeprefix("/")
    name, _, rest = typed.partition(" ")
    folded = prose.plainly(name)
    bare = not cleaned.startswith("/")
    plain = prose.plainly(typed)
    if bare and (said := _said_in_words(registry, plain)) is not None:
        return said
    handler = registry.commands.get(folded)
    if handler is None and rest and plain not in WORDS:
        handler = registry.commands.get(VERBS.get(folded, ""))
    if handler is not None and prose.plainly(rest) == "help" and "help" in registry.commands:
        return Parsed("help", {"command": handler.name} if handler.name != "help" else {})
    if handler is not None:
        rest = _without_preposition(handler, catalog, rest)
        return (
            _with_search(registry, handler, catalog, rest, cleaned)
            if bare
            else Parsed(handler.name, _options(handler, catalog, rest))
        )
    meant = WORDS.get(plain) or WORDS.get(prose.without_courtesies(plain))
    if meant in registry.commands:
        return Parsed(meant, {})
    if bare and cleaned:
        return _sentence(registry, catalog, cleaned, plain)
    if ways := _there(registry, prose.asked_for(plain)):
        raise Refusal(f"There is no command /{shortened(name, 30)}. Did you mean one of these?", ways)
    raise unknown_command(registry, name)


def _without_preposition(handler: Handler, catalog: Catalog, rest: str) -> str:
    """The words without "for" or "about" before a name: "roadmap for ai engineer"."""
    first, _, name = rest.partition(" ")
    option = handler.options[0] if handler.options else None
    if option is None or not option.kind.suggest or not name or first.casefold() not in PREPOSITIONS:
        return rest
    return rest if option.kind.exact(catalog, rest, option.least, option.most) else name


def _said_in_words(registry: Registry, plain: str) -> Parsed | None:
    """The command behind words that are no sentence and no search: a greeting, or "please show my streak"."""
    if prose.greets(plain) and "help" in registry.commands:
        return Parsed("help", {})
    if answer := prose.acknowledged(plain):
        raise Refusal(answer, _there(registry, prose.ACKNOWLEDGED))
    if plain in WORDS or plain.partition(" ")[0] in registry.commands:
        return None
    short = prose.without_courtesies(plain)
    return Parsed(short, {}) if short != plain and short in registry.commands else None


def _with_search(registry: Registry, handler: Handler, catalog: Catalog, rest: str, line: str) -> Parsed:
    """A command typed without its slash; one whose words make no sense to it may be a sentence instead."""
    if not rest:
        return Parsed(handler.name, {})
    ways = () if _named(catalog, line) else prose.asked_for(prose.plainly(line))
    try:
        given = _options(handler, catalog, rest)
    except Refusal as refusal:
        raise Refusal(refusal.text, (*refusal.choices, *_there(registry, (*ways, *_search(line))))) from None
    return Parsed(handler.name, given)


def _sentence(registry: Registry, catalog: Catalog, line: str, plain: str) -> Parsed:
    """Two roles to compare, something asked of the bot, a command with a slip, or a search."""
    compared = _compared(registry, catalog, line)
    if compared is not None:
        return compared
    ways = _there(registry, prose.asked_for(plain))
    if ways and not _named(catalog, line):
        raise Refusal("Did you mean one of these? Nothing was changed.", (*ways, *_there(registry, _search(line))))
    if "find" in registry.commands and (" " in line or not _nearest(registry, line)):
        return Parsed("find", {"text": shortened(line, FOUND_AT_MOST)})
    raise unknown_command(registry, line)


def _compared(registry: Registry, catalog: Catalog, line: str) -> Parsed | None:
    handler = registry.commands.get("role")
    options = {option.name: option for option in handler.options} if handler else {}
    if "versus" not in options:
        return None
    both = versus.two_names(options["name"], catalog, versus.without_asking(line.rstrip("?!. ")))
    return Parsed("role", {"name": both[0], "versus": both[1]}) if both else None


def _named(catalog: Catalog, line: str) -> bool:
    """Whether the text is the title of something there is to find."""
    return any(words(hit.title) == words(line) for hit in catalog.search.find(line, 3))


def _search(line: str) -> tuple[Choice, ...]:
    try:
        return (Choice("Search for it", run_route("find", {"text": shortened(line, FOUND_AT_MOST)})),)
    except ValueError:  # too long for a button
        return ()


def _there(registry: Registry, ways: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The ways whose command there is here."""
    return tuple(way for way in ways if way.route.what != "run" or way.route.args[0] in registry.commands)


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
    """The raw text of each option the words are meant for, as they were typed."""
    return _options(handler, catalog, _cleaned(text))


def _cleaned(typed: str) -> str:
    return tidy(html.unescape(typed[:LINE_LIMIT]))


def _options(handler: Handler, catalog: Catalog, text: str) -> dict[str, str]:
    given, bare = _named_options(handler, quoted_words(text), catalog)
    if "versus" not in given:
        bare, other = _versus(handler, bare, catalog)
        given |= {"versus": other} if other is not None else {}
    # What to compare with is always announced, by "vs" or its key: "AI/ML engineer" is one role.
    open_options = [option for option in handler.options if option.name not in {*given, "versus"}]
    named = [option for option in handler.options if option.name in given and option.name != "versus"]
    if bare and not open_options and len(named) == 1 and named[0].kind.suggest:
        # "name:ai enginer" is one name with a slip, for no other option can take the rest.
        given[named[0].name] = " ".join([given[named[0].name], *bare])
        bare = []
    filled, leftover = _filled(open_options, bare, catalog)
    if leftover:
        raise Refusal(f"I did not understand {shortened(' '.join(leftover), 60)!r} at the end.", ways_on(handler))
    return {**given, **filled}


def _named_options(handler: Handler, words: list[str], catalog: Catalog) -> tuple[dict[str, str], list[str]]:
    """Take out ``key:value``; a value runs on as far as its words still fit, a free text up to the next key."""
    names = {option.name: option for option in handler.options}
    given: dict[str, str] = {}
    bare: list[str] = []
    i = 0
    while i < len(words):
        key = _key(words[i], names)
        i += 1
        if key is None:
            bare.append(words[i - 1])
            continue
        option = names[key]
        value = words[i - 1][len(key) + 1 :].strip()
        following = list(takewhile(lambda word: _key(word, names) is None, words[i:]))
        first = [value] if value else following[:1]
        following = following if value else following[1:]
        more = len(following) if option.kind.greedy else _runs_on(option, first, following, catalog)
        given[option.name] = " ".join([*first, *following[:more]])
        i += more + (0 if value else len(first))
    return given, bare


def _key(word: str, names: Collection[str]) -> str | None:
    key, colon, _ = word.partition(":")
    return key.casefold() if colon and key.casefold() in names else None


def _runs_on(option: Option, first: list[str], following: list[str], catalog: Catalog) -> int:
    """How many more words belong to a value: the most with which it is meant literally."""
    for count in range(min(len(following), WORDS_AT_MOST - 1), 0, -1):
        if option.kind.exact(catalog, " ".join([*first, *following[:count]]), option.least, option.most):
            return count
    return 0


def _versus(handler: Handler, words: list[str], catalog: Catalog) -> tuple[list[str], str | None]:
    """The words before, and the name after, what people write between two names."""
    options = {option.name: option for option in handler.options}
    if "versus" not in options:
        return words, None
    for i, word in enumerate(words):
        if word.casefold().rstrip(".") in versus.ANNOUNCED and i < len(words) - 1:
            return versus.without_asking(" ".join(words[:i])).split(), " ".join(words[i + 1 :])
    text = versus.without_asking(" ".join(words))
    both = versus.announced(text) or versus.two_names(next(iter(options.values())), catalog, text)
    return (both[0].split(), both[1]) if both else (words, None)


def _filled(options: list[Option], words: list[str], catalog: Catalog) -> tuple[dict[str, str], list[str]]:
    """What bare words are meant for, and those that are meant for nothing."""
    given: dict[str, str] = {}
    while words and options:
        first = options[0]
        if first.name == "place" and not is_place(" ".join(words)):
            return given, words
        if first.kind.greedy:
            given[first.name] = " ".join(words)
            return given, []
        exact = [option for option in options if not option.kind.greedy]
        option, taken = next(((one, n) for one in exact if (n := _taken(one, words, catalog))), (first, 0))
        if not taken or (first.required and option is not first):
            # Nothing fits as it stands: let the first option read it all, typos included, and say what is wrong.
            option, taken = first, _meant_for_later(words, exact[1:], catalog)
        elif option.kind.suggest and taken < len(words) and len(options) == 1:
            # A name and more words that fit nothing are one name that is not known as it stands.
            taken = len(words)
        given[option.name] = " ".join(words[:taken])
        words = words[taken:]
        options = [other for other in options if other is not option]
    return given, words


def _taken(option: Option, words: list[str], catalog: Catalog) -> int:
    """How many of the leading words are meant for the option: the most that fit without guessing."""
    for count in range(min(len(words), WORDS_AT_MOST), 0, -1):
        if option.kind.exact(catalog, " ".join(words[:count]), option.least, option.most):
            return count
    return 0


def _meant_for_later(words: list[str], later: list[Option], catalog: Catalog) -> int:
    """Where the words for a later option begin; all of them if none do."""
    for start in range(1, len(words)):
        if any(_taken(option, words[start:], catalog) == len(words) - start for option in later):
            return start
    return len(words)
