"""The error for typed text that means nothing, or more than one thing."""

from __future__ import annotations


class NotUnderstood(ValueError):
    """Typed text that is not what is wanted; ``meant`` is what it may have been, ready to be offered."""

    def __init__(self, wanted: str, *meant: str, question: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.meant = meant
        self.question = question
        """For text with more than one meaning: the end of the sentence that asks which."""
