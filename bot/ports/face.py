"""A platform's adapter at work, as the supervisor sees it."""

from __future__ import annotations

from typing import Protocol

from bot.domain.explained import Explained


class FaceEnded(Explained):
    """The face cannot go on until somebody changes something."""


class Face(Protocol):
    """Connects to its platform and answers people there."""

    @property
    def name(self) -> str:
        """What the platform is called."""
        ...

    async def run(self) -> None:
        """Run until cancelled, whatever passes; ``FaceEnded`` if nothing but a person can help."""
        ...
