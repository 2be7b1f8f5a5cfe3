"""Errors with a ready sentence: those for people are the answer, an operator's never reach a member."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NoReturn, TypeVar

import pytest

import bot
from bot.catalog.communities import OneCatalog
from bot.commands.dispatch import Answered, Dispatch
from bot.domain.community import Platform
from bot.domain.explained import Explained, Reader
from bot.domain.identifiers import PlaceRef
from bot.ports.call import Call
from bot.ports.storage import UnitOfWork
from bot.replies.card import Card
from tests.commands.samples import registry
from tests.domain.samples import content

T = TypeVar("T")
SENTENCE = "The database /srv/studybot.db is held by another program."


def kinds(of: type[Explained] = Explained) -> Iterator[type[Explained]]:
    """Every kind there is in the bot."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


for module in pkgutil.walk_packages(bot.__path__, "bot."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
KINDS = sorted({kind for kind in kinds() if kind.__module__.startswith("bot.")}, key=lambda kind: kind.__qualname__)


class Failing:
    """Fails whatever is asked of it."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        raise self._error

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        raise self._error


async def never(*_: object) -> NoReturn:
    """Stand in for what is not asked here."""
    raise AssertionError


async def answer(error: Exception, *, to_operator: bool = False) -> Card:
    """The card somebody reads whose command ran into the error."""
    dispatch = Dispatch(registry(), OneCatalog(content()), Failing(error), never, never, to_operator=to_operator)
    call = Call(Platform.DISCORD, "1", PlaceRef("2"), "3", datetime(2026, 11, 30, tzinfo=UTC), seed=7)
    answered = await dispatch.line(call, "/daily")
    assert isinstance(answered, Answered)
    return answered.reply.as_card()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__qualname__}")
async def test_a_member_reads_no_sentence_for_operators(kind: type[Explained]) -> None:
    assert (SENTENCE in repr(await answer(kind(SENTENCE)))) == (kind.reader is Reader.PERSON)


def test_only_a_refusal_is_for_people() -> None:
    assert [kind.__qualname__ for kind in KINDS if kind.reader is Reader.PERSON] == ["Refusal"]
    assert len(KINDS) > 15


async def test_whoever_runs_the_bot_reads_what_is_wrong_with_the_database() -> None:
    fault = next(kind for kind in KINDS if kind.__qualname__ == "Locked")
    assert SENTENCE in repr(await answer(fault(SENTENCE), to_operator=True))
    assert SENTENCE not in repr(await answer(fault(SENTENCE)))
