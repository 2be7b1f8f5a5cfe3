"""From raw texts to the typed arguments a handler takes, or a refusal that says what would fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bot.commands.declare import CommandOption, Handler
from bot.commands.option_kind import Fits, NoFit, ReadResult, Several
from bot.domain.plain_text import shortened, tidy, unquoted
from bot.ports.catalog import Catalog
from bot.replies.card import LABEL_LIMIT, Choice
from bot.replies.markup import listed
from bot.replies.routes import Route, UnreadableRoute, route
from bot.replies.said import Refusal

NOTHING: Mapping[str, str] = {}
PLATFORMS_OWN = frozenset({"place", "ping", "person"})
"""Kinds of option whose texts are ids of the platform."""
TYPED_AT_MOST = 500
"""More text than any option takes is cut before it is looked at."""


def arguments(
    handler: Handler, given: Mapping[str, str], catalog: Catalog, refused: Mapping[str, str] = NOTHING
) -> dict[str, object]:
    """The handler's options as values.

    Raises ``Refusal`` for an unknown option, a missing one, a text that does not fit, or a platform's id that is
    ``refused``; ambiguous names come with a choice for each.
    """
    known = {option.name: option for option in handler.options}
    for name in given:
        if name not in known:
            names = ", ".join(known) or "no options"
            raise Refusal(f"/{handler.name} has no option {name!r}; it takes {names}.", ways_on(handler))
    values: dict[str, object] = {}
    for option in handler.options:
        text = given.get(option.name, "")
        if not unquoted(text):
            if option.required:
                raise Refusal(
                    f"/{handler.name} needs {option.name}: {lowered(option.description)}.",
                    _offers(handler, option, given, catalog),
                )
            continue
        if why := _why_refused(option, text, refused):
            raise Refusal(f"{why} Nothing was changed.", ways_on(handler))
        values[option.name] = _value(handler, option, text, given, catalog)
    return values


def lowered(text: str) -> str:
    """The description inside a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _value(handler: Handler, option: CommandOption, text: str, given: Mapping[str, str], catalog: Catalog) -> object:
    reading = _read(option, text, catalog)
    quoted = shortened(tidy(text), 60)
    match reading:
        case Fits(value):
            return value
        case Several(candidates, question):
            raise Refusal(
                f"{quoted!r} {question}",
                _choices(handler, option, candidates, given),
            )
        case NoFit(wanted, nearest):
            if nearest:
                raise Refusal(f"{quoted!r} is not {wanted}. Nearest:", _choices(handler, option, nearest, given))
            raise Refusal(f"{quoted!r} is not {wanted}.", _offers(handler, option, given, catalog))
    assert_never(reading)


def _read(option: CommandOption, text: str, catalog: Catalog) -> ReadResult:
    known = text if option.kind.whole else unquoted(text[:TYPED_AT_MOST])
    return option.kind.read(catalog, known, option.least, option.most)


def _why_refused(option: CommandOption, text: str, refused: Mapping[str, str]) -> str | None:
    return refused.get(text) if option.kind.name in PLATFORMS_OWN else None


def field_errors(
    handler: Handler, given: Mapping[str, str], catalog: Catalog, refused: Mapping[str, str] = NOTHING
) -> dict[str, str]:
    """For each field of a form that does not fit, the sentence that says so."""
    errors: dict[str, str] = {}
    for option in handler.options:
        text = given.get(option.name, "")
        if not unquoted(text):
            if option.required:
                errors[option.name] = f"Please fill in {lowered(option.description)}."
            continue
        reading = _read(option, text, catalog)
        error = _why_refused(option, text, refused) or _field_error(reading, shortened(tidy(text), 60))
        if error:
            errors[option.name] = error
    return errors


def _field_error(reading: ReadResult, quoted: str) -> str:
    match reading:
        case Fits():
            return ""
        case Several(candidates, _):
            return f"{quoted!r} can mean {listed([label for _, label in candidates[:4]], 'or')}; please say which."
        case NoFit(wanted, nearest):
            meant = f" Did you mean {listed([label for _, label in nearest[:3]], 'or')}?" if nearest else ""
            return f"{quoted!r} is not {wanted}.{meant}"
    assert_never(reading)


def _offers(handler: Handler, option: CommandOption, given: Mapping[str, str], catalog: Catalog) -> tuple[Choice, ...]:
    if option.kind.suggest is None or option.kind.name == "zone":
        known = _choices(handler, option, tuple((choice, choice) for choice in option.kind.choices), given)
        return known or ways_on(handler)
    return _choices(handler, option, tuple(option.kind.suggest(catalog, ""))[:25], given) or ways_on(handler)


def _choices(
    handler: Handler, option: CommandOption, candidates: tuple[tuple[str, str], ...], given: Mapping[str, str]
) -> tuple[Choice, ...]:
    """A choice for each candidate, keeping the other options where they fit a button."""
    made = []
    for text, label in candidates:
        try:
            where = run_route(handler.name, {**given, option.name: text})
        except ValueError:
            where = run_route(handler.name, {option.name: text})
        made.append(Choice(shortened(label, LABEL_LIMIT), where))
    return tuple(made)


def ways_on(handler: Handler) -> tuple[Choice, ...]:
    """The ways for somebody whose words the command could not use: the command alone, and how it is used."""
    how = Choice(shortened(f"How to use /{handler.name}", LABEL_LIMIT), run_route("help", {"command": handler.name}))
    return (Choice(f"/{handler.name}", run_route(handler.name, {})), how)


def run_route(name: str, given: Mapping[str, str]) -> Route:
    """A button that runs a command with these options; ``ValueError`` if they do not fit one."""
    return route("run", name, *(f"{key}={text}" for key, text in given.items()))


def run_given(args: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """Read back what ``run_route`` wrote: the command's name and its options."""
    if not args:
        raise UnreadableRoute("run")
    pairs = (arg.partition("=") for arg in args[1:])
    return args[0], {key: text for key, _, text in pairs}


def carried(handler: Handler, args: tuple[str, ...], catalog: Catalog) -> dict[str, object]:
    """The arguments a route carries, by position; ``UnreadableRoute`` if they are not this version's."""
    if len(args) > len(handler.carried):
        raise UnreadableRoute(handler.name)
    values: dict[str, object] = {}
    for option, text in zip(handler.carried, args, strict=False):
        if text == "":
            if not option.has_default and not option.required:
                values[option.name] = None
            continue
        reading = option.kind.read(catalog, text, 0, 2**31)
        if not isinstance(reading, Fits):
            raise UnreadableRoute(handler.name)
        values[option.name] = reading.value
    if any(option.required and option.name not in values for option in handler.carried):
        raise UnreadableRoute(handler.name)
    return values
