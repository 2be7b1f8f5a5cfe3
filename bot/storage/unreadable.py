"""What to expect when a row of the database is damaged or was edited by hand."""

from __future__ import annotations

import json

NOT_READABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError)
"""What making a value from a column raises if the column holds something else than we ever write there.

An unknown zone is a ``LookupError``; one that is a folder of the zone data, an ``OSError``.
"""
BRIEF = 40


def brief(kept: object) -> str:
    """What is kept, short enough to stand in a sentence."""
    text = kept if isinstance(kept, str) else json.dumps(kept, default=repr)
    return text if len(text) <= BRIEF else f"{text[: BRIEF - 1]}…"
