"""Errors that people read: with a ready sentence on what happened and what to do, or about text they typed."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Reader(StrEnum):
    """The person who may read an error's sentence."""

    PERSON = "person"
    """Whoever caused it, as the answer."""
    OPERATOR = "operator"
    """Whoever runs Studybot or writes its content: it may name files, addresses and settings."""


class Explained(Exception):
    """An error with a ready sentence; unless its type says otherwise, no member may read it."""

    reader: ClassVar[Reader] = Reader.OPERATOR

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotUnderstood(ValueError):
    """Typed text that means nothing, or more than one thing; ``meant`` is what it may have been, to be offered."""

    def __init__(self, wanted: str, *meant: str, question: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.meant = meant
        self.question = question
        """For text with more than one meaning: the end of the sentence that asks which."""
