"""A community's own bank: its questions as they stand now."""

from __future__ import annotations

from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId, QuestionId
from bot.domain.own_question import OwnQuestion


class OwnBank(Protocol):
    """The questions that communities made themselves; each is asked in its own community and nowhere else."""

    def edition(self, community: CommunityId) -> int:
        """Count of the changes to the community's bank; 0 where it has none."""
        ...

    def having(self, platform: Platform) -> frozenset[str]:
        """The communities of a platform with a bank of their own, by the platform's ids."""
        ...

    def questions(self, community: CommunityId) -> tuple[OwnQuestion, ...]:
        """Every question, retired ones too, in the order they were made; what cannot be read is left out."""
        ...

    def question(self, community: CommunityId, id: QuestionId) -> OwnQuestion | None:
        """The community's question with that id, a draft too; None for another community's."""
        ...

    def count(self, community: CommunityId) -> int:
        """Count the questions, retired ones too."""
        ...

    def add(self, community: CommunityId, question: OwnQuestion) -> OwnQuestion:
        """Keep a new question; it comes back with the id it was given."""
        ...

    def remove(self, community: CommunityId, id: QuestionId) -> bool:
        """Drop a draft, which nobody was asked; False if there is none with that id."""
        ...

    def save(self, community: CommunityId, question: OwnQuestion) -> bool:
        """Keep the next version of a question; False if the one before it is not the one that stands."""
        ...
