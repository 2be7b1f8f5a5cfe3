"""Words an author may have meant: the fix at the end of a sentence about a word nobody knows."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz, process

CLOSE = 60
"""From this likeness on, out of 100, a name is offered as the one meant."""
LISTED = 12
"""With no name close, up to this many are listed."""


def nearest(word: str, choices: Collection[str]) -> str | None:
    """The choice most like the word; None if none is much like it."""
    # pyrefly: ignore[no-matching-overload]
    found = process.extractOne(word, sorted(choices), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return found[0] if found else None


def instead(word: str, choices: Collection[str]) -> str:
    """The end of the sentence: the name that was meant, or those there are to choose from."""
    meant = nearest(word, choices)
    if meant is not None:
        return f"did you mean {meant!r}?"
    if not choices:
        return "there are none yet"
    listed = list(choices)[:LISTED]
    more = "" if len(choices) <= LISTED else f" and {len(choices) - LISTED} more"
    return f"choose one of {', '.join(listed)}{more}"
