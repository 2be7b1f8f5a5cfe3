"""A question's version says what was asked: what changes the question changes the version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.faults import Fault
from bot.domain.question import Question
from bot.domain.source import Status

if TYPE_CHECKING:
    from bot.authoring.lint.known import Known


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question's version as it was last accepted, with the fingerprint of what it asked."""

    version: int
    fingerprint: str


def accepted(question: Question) -> Accepted:
    """The question as it stands: stem, option texts and key; reasons may be mended freely."""
    options = sorted((option.id, option.text, option.correct) for option in question.options)
    said = repr((question.stem, options))
    return Accepted(question.version, hashlib.sha256(said.encode()).hexdigest()[:16])


def same_version(question: Question, known: Known) -> Iterator[Fault]:
    """What was accepted under this version still stands word for word."""
    before = known.accepted.get(question.id)
    if before is None:
        return
    now = accepted(question)
    if now.version < before.version:
        told = f"version {now.version} is below {before.version}, which was accepted: count on from there"
        yield Fault("L10", ("version",), told)
    elif now.version == before.version and now.fingerprint != before.fingerprint:
        told = f"stem, an option or the key changed within version {now.version}: write version: {now.version + 1}"
        yield Fault("L10", ("version",), told)


def is_news(question: Question, before: Accepted | None) -> bool:
    """Whether a live question has a version that was never accepted."""
    return question.status is Status.LIVE and (before is None or question.version > before.version)
