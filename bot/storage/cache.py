"""Values kept in memory of a database, because reading or working them out again would cost too much of a press."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.identifiers import CommunityId, QuestionId
from bot.domain.question import Question
from bot.kit import Latest, Troubles
from bot.ports.tracks import Basis, Plan

COMMUNITIES_AT_MOST = 4096


@dataclass(slots=True)
class Cache:
    """Shared by everything that reads one database."""

    questions: dict[tuple[QuestionId, int], Question] = field(default_factory=dict)
    """Versions read before; a kept version never changes."""
    plans: Latest[CommunityId, tuple[Basis, Plan]] = field(default_factory=lambda: Latest(COMMUNITIES_AT_MOST))
    """What each community will ask, and what that was worked out from."""
    troubles: Troubles = field(default_factory=Troubles)
    """What was logged of late."""
