"""Text a person typed: made safe to keep and to show, or refused with the reason."""

from __future__ import annotations

import re
import unicodedata

# Characters that reorder or hide text: bidi marks, embeddings, overrides and isolates, zero-width characters,
# soft hyphens, invisible operators, interlinear marks and tags.
_HIDDEN = {
    *(0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
}
# Zero-width joiners belong to some scripts and emoji; where they join nothing they only hide.
_LOOSE_JOINERS = re.compile("(?<!\\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\\S)|(?<=[\u200c\u200d])[\u200c\u200d]+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def tidy(text: str) -> str:
    """The text on one line: composed, straight quotes, no control or hidden characters, single spaces."""
    if text.isascii() and text.isprintable():
        # All of it is kept, and most of what comes in is such.
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text.translate(_QUOTES)
        if ord(char) not in _HIDDEN and unicodedata.category(char) != "Cs"
    )
    # Composed last: what was hidden may have stood between a letter and its accent.
    return " ".join(unicodedata.normalize("NFC", _LOOSE_JOINERS.sub("", kept)).split())


_PAIRS = {
    '"': '"',
    "'": "'",
    "`": "`",
    "\u201e": '"',
    "\u201a": "'",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u2039": "\u203a",
}
"""Opening quotes and what closes them, once ``tidy`` has made curled ones straight."""


def unquoted(text: str) -> str:
    """The text tidied and without the quotes around all of it, if there are any."""
    text = tidy(text)
    while len(text) > 1 and _PAIRS.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    return text


def quoted_words(text: str) -> list[str]:
    """The words of a tidied text; what stands in quotes, also behind ``key:``, is one word without them."""
    found: list[str] = []
    for word in _QUOTED_OR_BARE.finditer(text):
        key, quoted, bare = word["key"], word["quoted"], word["bare"]
        found.append(bare if bare is not None else f"{(key or '').rstrip()}{quoted[1:-1].strip()}")
    return [word for word in found if word]


_QUOTED_OR_BARE = re.compile(
    "(?P<key>[a-zA-Z]+:\\s?)?"
    "(?P<quoted>" + "|".join(rf"{re.escape(a)}[^{re.escape(b)}]+{re.escape(b)}" for a, b in _PAIRS.items()) + ")"
    r"(?=[\s,;]|$)|(?P<bare>\S+)"
)


def shortened(text: str, most: int) -> str:
    """At most ``most`` characters, cut at a word and marked with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > most // 2 else cut).rstrip() + "\u2026"
