"""Text a person typed: made safe to keep and to show, or refused with the reason."""

from __future__ import annotations

import unicodedata

# Characters that reorder or hide text: bidi embeddings, overrides and isolates, zero-width and soft hyphens.
_HIDDEN = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD}
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def tidy(text: str) -> str:
    """The text on one line: composed, straight quotes, no control or hidden characters, single spaces."""
    composed = unicodedata.normalize("NFC", text).translate(_QUOTES)
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in composed
        if ord(char) not in _HIDDEN and unicodedata.category(char) != "Cs"
    )
    return " ".join("".join(kept).split())


def shortened(text: str, most: int) -> str:
    """At most ``most`` characters, cut at a word and marked with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > most // 2 else cut).rstrip() + "\u2026"
