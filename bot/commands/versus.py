"""Two names to compare, as people type them: ``a vs b``, ``a/b``, ``a, b``, ``compare a and b``."""

from __future__ import annotations

import re

from bot.commands.declare import CommandOption
from bot.commands.option_kind import Fits
from bot.ports.catalog import Catalog

_ASKED = re.compile(
    r"(?:what(?:'?s| is| are)\s+)?(?:the\s+)?(?:which is better,?|which pays more,?|compare"
    r"|comparison (?:of|between)|differences? between)\s+",
    re.IGNORECASE,
)
ANNOUNCED = frozenset({"vs", "versus", "v", "or", "against"})
ALONE = frozenset({"vs", "versus"})
"""Words that still ask for the second name where they come last."""
_ANNOUNCED = re.compile(
    r"\s+(?:compared\s+(?:with|to)|in comparison (?:with|to))\s+|\s*\bvs\.\s*|\s+(?:vs|versus)\b\s*", re.I
)
_BETWEEN = re.compile(
    r"\s*[/|,;&+]\s*|\s+[-\u2010-\u2015]\s+|\s*vs\.?\s+|\s+vs\.?\s*"
    r"|\s+(?:and|with|to|or|v|versus|against|compared (?:to|with))\s+",
    re.I,
)


def without_asking(text: str) -> str:
    """The text without "compare" or "the difference between" before the names."""
    return _ASKED.sub("", text, count=1) if _ASKED.match(text) else text


def announced(text: str) -> tuple[str, str] | None:
    """The names on both sides of a word that can only mean a comparison."""
    found = _ANNOUNCED.search(text)
    if found is None or not text[: found.start()].strip() or not text[found.end() :].strip():
        return None
    return text[: found.start()].strip(), text[found.end() :].strip()


def two_names(option: CommandOption, catalog: Catalog, text: str) -> tuple[str, str] | None:
    """Both names of a text that is no name itself, but is one on each side of "and", a comma or a slash."""
    if option.kind.exact(catalog, text, option.least, option.most):
        return None
    for found in _BETWEEN.finditer(text):
        both = text[: found.start()].strip(), text[found.end() :].strip()
        if all(_is_one(option, catalog, name) for name in both):
            return both
    return None


def _is_one(option: CommandOption, catalog: Catalog, text: str) -> bool:
    if option.kind.exact(catalog, text, option.least, option.most):
        return True
    # A slip is forgiven in a name of two words; one word alone may be anything.
    return " " in text and isinstance(option.kind.read(catalog, text, option.least, option.most), Fits)
