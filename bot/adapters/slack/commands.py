"""Text after a slash command, read as a command of the registry and its words."""

from __future__ import annotations

import re

from bot.adapters.slack.text import STUDY
from bot.commands.registry import Registry
from bot.ports.catalog import Catalog

_NAMED = re.compile(r"<(?:[@#]|!subteam\^)([A-Z0-9]+)(?:\|[^>]*)?>")
_LINKED = re.compile(r"<(https?://[^|>]*)(?:\|[^>]*)?>")
HELP = frozenset({"help", "?", "--help", "-h"})


def unmarked(text: str) -> str:
    """The text with people, channels and groups as their ids, and links as addresses."""
    return _LINKED.sub(r"\1", _NAMED.sub(r"\1", text))


def typed(registry: Registry, command: str, text: str) -> tuple[str, str]:
    """The command that is meant, and the words after it; an empty name if ``/study`` names none of ours.

    Commands may carry a prefix, which the manifest gave them: ``/sg-quiz`` is ``/quiz``.
    """
    words = unmarked(text).strip()
    name = command.lstrip("/").casefold()
    if name != STUDY.lstrip("/"):
        meant = name if name in registry.commands else _without_prefix(registry, name)
        if meant:
            return _helped(meant, words)
    first, _, rest = words.lstrip("/").partition(" ")
    if not first or first.casefold() in HELP:
        return ("help", rest.strip())
    folded = first.casefold()
    return _helped(folded, rest.strip()) if folded in registry.commands else ("", words)


def _helped(name: str, words: str) -> tuple[str, str]:
    return ("help", name) if words.casefold() in HELP and name != "help" else (name, words)


def _without_prefix(registry: Registry, name: str) -> str:
    ends = (known for known in registry.commands if name.endswith(known))
    return max(ends, key=len, default="")


def suggestions(registry: Registry, catalog: Catalog, form: str, field: str, typed: str) -> list[tuple[str, str]]:
    """Offers while a field of a form is typed in, as (value, label); none for one we do not know."""
    handler = registry.forms.get(form)
    wanted = next((one for one in handler.options if one.name == field), None) if handler else None
    if wanted is None or wanted.kind.suggest is None:
        return []
    return list(wanted.kind.suggest(catalog, typed[:100]))
