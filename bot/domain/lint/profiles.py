"""Whose content is checked: ours, held to the whole bar, or a community's own."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """How strictly the rules are taken."""

    BANK = "bank"
    """Every rule at its own level."""
    COMMUNITY = "community"
    """Structure, key, limits, duplicates and safety are errors; the rest is advice, summed up by rule."""


NOT_OF_COMMUNITIES = frozenset(["L34", "L35", "L39"])
"""What only our bank owes: so many questions of everything. A community's own may be as few as it likes."""
