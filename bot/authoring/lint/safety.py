"""Nothing in a text does something on a platform: links are https, nobody is mentioned, no markup slips in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.lint.known import Known
from bot.authoring.lint.words import texts
from bot.domain.faults import Fault
from bot.domain.question import Question

_REFUSED = (
    (re.compile(r"\b(?!https:)[a-z][a-z0-9+.-]*://|\bjavascript:|\bdata:[a-z]+/", re.I), "a link that is not https"),
    (re.compile(r"<[@#!&][^>\s]*>?"), "a chat control sequence"),
    (re.compile(r"(?<![\w.@])@[A-Za-z]\w*"), "a mention"),
    (re.compile(r"</?[A-Za-z][^<>]*>"), "HTML"),
    (re.compile(r"```"), "a code fence"),
    (re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"), "a character nobody sees"),
)


def harmless(question: Question, known: Known) -> Iterator[Fault]:
    """No text does anything but be read."""
    for at, text in texts(question):
        for pattern, what in _REFUSED:
            found = pattern.search(text)
            if found:
                yield Fault("L28", at, f"{what} ({found[0]!r}): take it out")
                break
