"""The whole registry over the real content."""

from __future__ import annotations

from functools import cache

from bot.app.features import all_commands
from bot.commands.parser import parse_line
from bot.commands.registry import Registry
from bot.commands.resolve import arguments
from tests.domain.samples import content


@cache
def registry() -> Registry:
    """Every command, press and form there is."""
    return all_commands()


def read(line: str) -> tuple[str, dict[str, str]]:
    """A line as the parser takes it apart."""
    parsed = parse_line(registry(), content(), line)
    return parsed.name, parsed.given


def understood(line: str) -> tuple[str, dict[str, object]]:
    """A line as the command gets it, or ``Refusal``."""
    name, given = read(line)
    return name, arguments(registry().commands[name], given, content())
