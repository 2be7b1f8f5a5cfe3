"""Questions as they were when a round asked them, each kept as a body; a kept version never changes.

Reading back checks no limits: a version asked under older limits must stay readable when they are tightened.
What a body has no entry for takes its default; entries that are no longer known are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.domain.artefact import Block, BlockKind, Picture
from bot.domain.common_fields import Reference, Status
from bot.domain.grading import LETTERS
from bot.domain.identifiers import QuestionId
from bot.domain.own_question import OwnOption, OwnQuestion
from bot.domain.question import (
    Allowed,
    Bloom,
    Difficulty,
    Exemption,
    Fix,
    Option,
    Question,
    Reading,
    ReadingKind,
    ReadingResult,
)
from bot.ports import answers as port
from bot.storage.cache import Cache
from bot.storage.columns import NOT_READABLE
from bot.storage.dialects import insert_or_leave
from bot.storage.tables import question_versions
from bot.storage.transaction import Rows, Transaction

T = TypeVar("T")
Read = Callable[[Any], Any]

_KEEP = insert_or_leave(question_versions)
_VERSION = sa.select(question_versions.c.body).where(
    question_versions.c.id == sa.bindparam("id"), question_versions.c.version == sa.bindparam("version")
)


def keep_question(transaction: Transaction, question: Question) -> None:
    """Keep this version; the one kept first stays."""
    transaction.change(_KEEP, id=question.id, version=question.version, body=to_body(question))


class Questions(Rows, port.Questions):
    def __init__(self, transaction: Transaction, cache: Cache) -> None:
        super().__init__(transaction)
        self._kept = cache.questions

    def version(self, id: QuestionId, version: int) -> Question | None:
        key = (id, version)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        try:
            question = to_question(self._transaction.value(_VERSION, id=id, version=version))
        except NOT_READABLE:
            return None
        self._transaction.when_committed(lambda: self._kept.__setitem__(key, question))
        return question


def to_body(question: Question) -> dict[str, Any]:
    """The question as plain values for JSON."""
    body = _plain(asdict(question))
    assert isinstance(body, dict)
    return body


def to_question(body: Mapping[str, Any]) -> Question:
    """The question a body holds; an error of ``NOT_READABLE`` if it holds none that can be asked and judged."""
    question = _made(Question, body, _QUESTION)
    if not _sound(question):
        raise ValueError(f"the kept question {question.id} cannot be judged")
    return question


def to_own_question(body: Mapping[str, Any]) -> OwnQuestion:
    """A question of a community's own, as it stands in its bank."""
    question = _made(OwnQuestion, body, {**_QUESTION, "options": _each(OwnOption, {})})
    if not _sound(question):
        raise ValueError(f"the kept question {question.id} cannot be judged")
    return question


def _sound(question: Question) -> bool:
    """Return whether the question can be shown and judged, whatever limits it was asked under."""
    texts = [question.id, question.topic, question.stem, question.takeaway]
    texts += [question.block.text] if question.block else []
    texts += [question.picture.alt] if question.picture else []
    for option in question.options:
        texts += (option.id, option.text, option.why)
    for reference in question.refs:
        texts += (reference.source or "", reference.section or "", reference.general or "", reference.citation or "")
    ids = {option.id for option in question.options}
    return (
        all(isinstance(text, str) for text in texts)
        and 2 <= len(ids) == len(question.options) <= len(LETTERS)
        and sum(option.correct is True for option in question.options) == 1
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    # Members of a StrEnum become the plain text they stand for.
    return str(value) if isinstance(value, str) else value


def _made(kind: type[T], body: Mapping[str, Any], reads: Mapping[str, Read]) -> T:
    """An instance from the body's entries, made without its own checks."""
    made = object.__new__(kind)
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in body:
            value = body[field.name]
            read = reads.get(field.name)
            value = read(value) if read is not None and value is not None else value
        elif field.default is not MISSING:
            value = field.default
        else:
            raise KeyError(f"a kept {kind.__name__.lower()} without {field.name}")
        object.__setattr__(made, field.name, value)
    return made


def _each(kind: type[Any], reads: Mapping[str, Read]) -> Read:
    return lambda items: tuple(_made(kind, item, reads) for item in items)


_QUESTION: Mapping[str, Read] = {
    "status": Status,
    "difficulty": Difficulty,
    "bloom": Bloom,
    "roles": tuple,
    "objectives": tuple,
    "options": _each(Option, {}),
    "terms": tuple,
    "block": lambda body: _made(Block, body, {"kind": BlockKind}),
    "picture": lambda body: _made(Picture, body, {}),
    "refs": _each(Reference, {}),
    "tags": tuple,
    "review_by": date.fromisoformat,
    "readings": _each(Reading, {"kind": ReadingKind, "on": date.fromisoformat, "result": ReadingResult}),
    "fix": _each(Fix, {"on": date.fromisoformat}),
    "allow": _each(Exemption, {"rule": Allowed}),
}
