"""Discord's rules for registered commands."""

from __future__ import annotations

import re
from collections import Counter

from tests.fakes.discord.component_limits import Path
from tests.fakes.discord.errors import FormErrors, refusal
from tests.fakes.discord.wire import Json

_NAME = re.compile(r"^[-_'\w]{1,32}$")
_SUB_COMMAND, _GROUP, _STRING = 1, 2, 3
MOST_TEXT = 8000
# By type: slash commands, and those in the menus of people and messages.
MOST_COMMANDS = {1: 100, 2: 15, 3: 15}


def check_commands(commands: list[Json], path: Path = ()) -> None:
    """Raise 50035 for what breaks a limit."""
    found = FormErrors()
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        here = (*path, index)
        kind = command.get("type") or 1
        name = str(command.get("name") or "")
        if kind == 1:
            _check_names(found, command, here)
            _check_options(found, command.get("options") or [], (*here, "options"), depth=0)
            if _text_of(command) > MOST_TEXT:
                found.add(here, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
        else:
            found.length((*here, "name"), name, 1, 32)
        if (kind, name) in seen:
            found.add(here, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        seen.add((kind, name))
    found.raise_if_any()
    kinds = Counter(command.get("type") or 1 for command in commands)
    if any(kinds[kind] > most for kind, most in MOST_COMMANDS.items()):
        raise refusal(30032)


def _check_names(found: FormErrors, thing: Json, path: Path) -> None:
    name = thing.get("name")
    found.required((*path, "name"), name)
    if name is not None and (not _NAME.match(name) or name != name.lower()):
        found.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    found.required((*path, "description"), thing.get("description"))
    found.length((*path, "description"), thing.get("description"), 1, 100)
    for localized, most in (("name_localizations", 32), ("description_localizations", 100)):
        for language, text in (thing.get(localized) or {}).items():
            found.length((*path, localized, language), text, 1, most)


def _check_options(found: FormErrors, options: list[Json], path: Path, *, depth: int) -> None:
    found.length(path, options, 0, 25)
    names: set[str] = set()
    optional_came = False
    nested = [option for option in options if option.get("type") in (_SUB_COMMAND, _GROUP)]
    if nested and len(nested) != len(options):
        found.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands and options cannot be mixed")
    for index, option in enumerate(options):
        here = (*path, index)
        kind = option.get("type")
        _check_names(found, option, here)
        if option.get("name") in names:
            found.add(here, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
        names.add(str(option.get("name")))
        if kind in (_SUB_COMMAND, _GROUP):
            if depth > 1 or (depth == 1 and kind == _GROUP):
                found.add(here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Groups cannot be nested further")
            _check_options(found, option.get("options") or [], (*here, "options"), depth=depth + 1)
            continue
        if option.get("required"):
            if optional_came:
                found.add(
                    here,
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options",
                )
        else:
            optional_came = True
        _check_choices(found, option, here)


def _check_choices(found: FormErrors, option: Json, path: Path) -> None:
    choices = option.get("choices") or []
    found.length((*path, "choices"), choices, 0, 25)
    if choices and option.get("autocomplete"):
        found.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Choices exclude autocomplete")
    for index, choice in enumerate(choices):
        check_choice(found, choice, (*path, "choices", index), text=option.get("type") == _STRING)


def check_choice(found: FormErrors, choice: Json, path: Path, *, text: bool) -> None:
    """One choice of an option, registered or suggested."""
    found.required((*path, "name"), choice.get("name"))
    found.length((*path, "name"), choice.get("name"), 1, 100)
    found.required((*path, "value"), choice.get("value"))
    if text and choice.get("value") is not None:
        found.length((*path, "value"), str(choice["value"]), 1, 100)


def _text_of(thing: Json) -> int:
    """Characters of names, descriptions and values, all levels together; the longest translation counts."""
    total = 0
    for name in ("name", "description"):
        translated = list((thing.get(f"{name}_localizations") or {}).values())
        total += max(len(text) for text in [thing.get(name) or "", *translated])
    total += sum(len(str(choice.get("value", ""))) for choice in thing.get("choices") or [])
    return total + sum(_text_of(option) for option in thing.get("options") or [])
