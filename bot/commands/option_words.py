"""The words after a command: which option each is meant for.

``key:value`` may stand anywhere; bare words fill the first open option they are meant for, as many as are, in any
order; ``vs`` starts the option named *versus*, and so does what else people write between two names.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from itertools import takewhile

from bot.commands import versus
from bot.commands.declare import CommandOption, Handler
from bot.commands.kinds import is_place
from bot.commands.resolve import ways_on
from bot.domain.plain_text import quoted_words, shortened, tidy
from bot.ports.catalog import Catalog
from bot.replies.said import Refusal

LINE_LIMIT = 1000
# "mon and tue and ... and sun", the longest value of several words, has thirteen.
WORDS_AT_MOST = 13
_ENDING = re.compile(r"(?:(?:^|\s+)(?:please|pls|plz|thanks|thx))+[.!]*$", re.IGNORECASE)
_LEADING = frozenset(
    {
        *("for", "about", "on", "of", "as", "to", "in", "with"),
        *("me", "us", "a", "some", "something"),
        "question",
        "questions",
    }
)
"""Words before a name that are no part of it: "quiz me on algebra"."""


def parse_options(handler: Handler, catalog: Catalog, text: str) -> dict[str, str]:
    """The raw text of each option the words are meant for, as they were typed."""
    return options_in(handler, catalog, without_ending(cleaned(text)))


def cleaned(typed: str) -> str:
    """The text on one line as people see it; of a very long one the beginning."""
    return tidy(html.unescape(typed[:LINE_LIMIT]))


def without_ending(text: str) -> str:
    """The text without "please" at its end."""
    return _ENDING.sub("", text)


def without_leading_words(handler: Handler, catalog: Catalog, rest: str) -> str:
    """The words without "for" or "me on" before a name: "roadmap for nurse"."""
    option = handler.options[0] if handler.options else None
    if option is None or not option.kind.suggest or option.kind.greedy:
        return rest
    if option.kind.exact(catalog, rest, option.least, option.most):
        return rest
    typed = rest.split()
    while typed and typed[0].casefold() in _LEADING:
        typed = typed[1:]
    return " ".join(typed)


def options_in(handler: Handler, catalog: Catalog, text: str) -> dict[str, str]:
    """``parse_options`` of a text that is cleaned already."""
    text = without_leading_words(handler, catalog, text)
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
        key, value = _key_value(words[i], names)
        i += 1
        if key is None:
            bare.append(words[i - 1])
            continue
        option = names[key]
        following = list(takewhile(lambda word: _key_value(word, names)[0] is None, words[i:]))
        first = [value] if value else following[:1]
        following = following if value else following[1:]
        more = len(following) if option.kind.greedy else _runs_on(option, first, following, catalog)
        given[option.name] = " ".join([*first, *following[:more]])
        i += more + (0 if value else len(first))
    return given, bare


def _key_value(word: str, names: Collection[str]) -> tuple[str | None, str]:
    """The option a word names, and its value if that stands there, too: ``key:value``, ``key=value``, ``--key``."""
    dashed = word.startswith("--")
    key, mark, value = re.match(r"-{0,2}([^:=]*)([:=]?)(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    key = key.casefold()
    return (key, value.strip()) if (mark or dashed) and key in names else (None, "")


def _runs_on(option: CommandOption, first: list[str], following: list[str], catalog: Catalog) -> int:
    """Count the words more that belong to a value: the most with which it is meant literally."""
    for count in range(min(len(following), WORDS_AT_MOST - 1), 0, -1):
        if option.kind.exact(catalog, " ".join([*first, *following[:count]]), option.least, option.most):
            return count
    return 0


def _versus(handler: Handler, words: list[str], catalog: Catalog) -> tuple[list[str], str | None]:
    """The words before, and the name after, what people write between two names."""
    options = {option.name: option for option in handler.options}
    if "versus" not in options:
        return words, None
    if len(words) > 1 and words[-1].casefold().rstrip(".") in versus.ALONE:
        return [], " ".join(words[:-1])  # the other is still to be picked
    for i, word in enumerate(words):
        if word.casefold().rstrip(".") in versus.ANNOUNCED and i < len(words) - 1:
            return versus.without_asking(" ".join(words[:i])).split(), " ".join(words[i + 1 :])
    text = versus.without_asking(" ".join(words))
    both = versus.announced(text) or versus.two_names(next(iter(options.values())), catalog, text)
    return (both[0].split(), both[1]) if both else (words, None)


def _filled(options: list[CommandOption], words: list[str], catalog: Catalog) -> tuple[dict[str, str], list[str]]:
    """Sort bare words into the options they are meant for, and those that are meant for nothing."""
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
        if not taken and given and len(first.kind.choices) == 1:
            return given, words  # a single word is meant or not; nothing is a slip of it
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


def _taken(option: CommandOption, words: list[str], catalog: Catalog) -> int:
    """Count the leading words that are meant for the option: the most that fit without guessing."""
    for count in range(min(len(words), WORDS_AT_MOST), 0, -1):
        if option.kind.exact(catalog, " ".join(words[:count]), option.least, option.most):
            return count
    return 0


def _meant_for_later(words: list[str], later: list[CommandOption], catalog: Catalog) -> int:
    """Where the words for a later option begin; all of them if none do."""
    for start in range(1, len(words)):
        if any(_taken(option, words[start:], catalog) == len(words) - start for option in later):
            return start
    return len(words)
