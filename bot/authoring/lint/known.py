"""What the rules know beside the questions themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.authoring.lint.overlap import Runs
from bot.authoring.lint.versions import Accepted


@dataclass(frozen=True, slots=True)
class Known:
    """The day, the words, the versions and the source texts that questions are held against."""

    today: date
    acronyms: frozenset[str] = frozenset()
    """Short forms learners may meet unexplained, such as ``API``."""
    avoided: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Words not to use, with what to say instead."""
    accepted: Mapping[str, Accepted] = field(default_factory=lambda: MappingProxyType({}))
    """By question id: the version last accepted."""
    runs: Runs = field(default_factory=Runs)
    """Runs of words that stand in the source articles; none where these are not at hand."""
