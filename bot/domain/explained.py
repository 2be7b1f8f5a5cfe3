"""Errors with a ready sentence that says what happened and what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Reader(StrEnum):
    """Who may read an error's sentence."""

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
