"""Which option is right, as people write it: a letter, a number, ``(B)``, the option's text, or letter and text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from bot.catalog.scalars import as_written

LETTERS = "abcdefgh"
_LABEL = re.compile(r"(?:option|answer|choice|opt)?[\s.:#]*[(\[]?\s*([a-h]|[1-8])\s*[)\].:]*")
_LABELLED = re.compile(r"[(\[]?\s*([a-hA-H]|[1-8])\s*[)\].:]+\s*(.+)", re.DOTALL)
_SEVERAL = re.compile(r"[(\[]?(?:[a-h]|[1-8])[)\].]?(?:\s*(?:,|;|/|&|\+|\band\b|\s)\s*[(\[]?(?:[a-h]|[1-8])[)\].]?)+")


class NoKey(Exception):
    """Why nobody can tell which option is right."""


def key_of(said: str, options: Mapping[str, str]) -> str:
    """The letter of the right one of lettered options; ``NoKey`` where that is not certain."""
    read = as_read(said)
    if not read:
        raise NoKey("nothing says which option is right: write its letter or its text")
    by_text = [letter for letter, text in options.items() if as_read(text) == read]
    by_label = _labelled(read, options)
    labelled = _LABELLED.fullmatch(said.strip())
    if not by_text and labelled:
        rest = as_read(labelled[2])
        by_text = [letter for letter, text in options.items() if as_read(text) == rest]
        by_label = _labelled(as_read(labelled[1]), options)
        if not (by_label and by_label in by_text):
            raise NoKey(f"correct is {as_written(said)}, which is no option of this question")
    if len({*by_text, *filter(None, [by_label])}) == 1:
        return by_label or by_text[0]
    if by_text and by_label:
        told = f"its letter or number means option {by_label}, as a text it is option {' and '.join(by_text)}"
        raise NoKey(f"correct is {as_written(said)}: {told}")
    if len(by_text) > 1:
        raise NoKey("two options say the same")
    if _SEVERAL.fullmatch(read):
        raise NoKey(f"correct is {as_written(said)}, more than one option: exactly one is right")
    raise NoKey(f"correct is {as_written(said)}: write the letter or the text of the right option")


def as_read(text: str) -> str:
    """The text as readers tell it from others."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _labelled(read: str, options: Mapping[str, str]) -> str:
    found = _LABEL.fullmatch(read)
    if not found:
        return ""
    letter = LETTERS[int(found[1]) - 1] if found[1].isdigit() else found[1]
    return letter if letter in options else ""
