"""``studybot content import|export --community``: a community's own bank from the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from bot.cli.ending import explained, fail

if TYPE_CHECKING:
    from bot.authoring.own_import import OwnIncoming
    from bot.domain.community import Community, Platform
    from bot.domain.own_question import OwnQuestion
    from bot.domain.question import Question
    from bot.ports.storage import UnitOfWork
    from bot.storage.storage import Storage

AT_ONCE = 100
"""Questions kept in one transaction."""
EXAMPLE = "such as discord:1190000000000000000, slack:T01ABCDEF or terminal"
NOT_READY = "{name} is not there yet, or not up to date: start Studybot once, or run `studybot db upgrade`."


class OwnBankAt:
    """A community's bank in a database, by the words of a command line."""

    def __init__(self, named: str, database: str | None) -> None:
        """``named`` is ``platform:id``; the terminal has one community and a database of its own."""
        from bot.adapters.terminal.session import COMMUNITY_ID
        from bot.cli.settings import settings
        from bot.config import CHAT_DATABASE
        from bot.domain.community import Platform

        word, _, id = named.partition(":")
        if word not in list(Platform) or not (id or word == Platform.TERMINAL):
            fail(f"{named!r} is no community: name its platform and id, {EXAMPLE}.", 2)
        self.platform: Platform = Platform(word)
        self.id = id or COMMUNITY_ID
        url = database or (CHAT_DATABASE if self.platform is Platform.TERMINAL else settings(warn=True).database_url)
        self.url = url if "://" in url else f"sqlite:///{url}"

    def questions(self) -> tuple[OwnQuestion, ...]:
        """The bank as it stands, read beside a bot that may be running."""
        from bot.storage.engine import spoken_name
        from bot.storage.storage import look

        with explained(2):
            found = look(self.url, lambda uow: uow.own_bank.questions(self._found(uow).id))
        if found is None:
            fail(NOT_READY.format(name=spoken_name(self.url)), 2)
        return found

    def keep(self, kept: Sequence[OwnQuestion]) -> int:
        """Keep new questions and next versions; how many were kept. The bot must be stopped where it is SQLite."""
        from bot.config import packaged
        from bot.storage.storage import Storage

        storage = Storage(self.url, packaged("migrations"))
        with explained(2):
            storage.open(datetime.now(UTC))
            try:
                return asyncio.run(self._keep(storage, kept))
            finally:
                storage.close()

    async def _keep(self, storage: Storage, kept: Sequence[OwnQuestion]) -> int:
        from bot.features.bank.keeping import keep

        done = 0
        for begin in range(0, len(kept), AT_ONCE):
            some = kept[begin : begin + AT_ONCE]
            done += await storage.write(partial(lambda some, uow: keep(uow, self._found(uow).id, some), some))
        return done

    def _found(self, uow: UnitOfWork) -> Community:
        found = uow.communities.find(self.platform, self.id)
        if found is None:
            there = ", ".join(
                f"{self.platform}:{one.external_id}" for one in uow.communities.present(self.platform)[:5]
            )
            known = f"known there: {there}" if there else f"none is known on {self.platform} yet"
            fail(f"{self.platform}:{self.id} was never seen by this Studybot; {known}.", 2)
        return found


def import_into(
    named: str, database: str | None, file: Path, format: str | None, topic: str, *, dry_run: bool, yes: bool
) -> NoReturn:
    """Say line by line what the file brings, then take it in once that is confirmed."""
    from bot.authoring.exchange import formats
    from bot.authoring.own_import import OwnImport, What

    bank = OwnBankAt(named, database)
    with explained(2):
        found = formats.read(file, format, own=True)
        incoming = OwnImport(bank.questions(), datetime.now(UTC).date(), topic).take(found)
    for line in as_report(file.name, incoming):
        typer.echo(line)
    kept = incoming.kept()
    if kept and not dry_run:
        if not yes and not typer.confirm(f"Take {len(kept)} in? They are asked from now on."):
            fail("Nothing was changed.", 1)
        done = bank.keep(kept)
        told = "" if done == len(kept) else f" {len(kept) - done} were changed meanwhile and stay as they are."
        typer.echo(f"{done} questions are in the bank of {bank.platform}:{bank.id}.{told}")
    raise typer.Exit(1 if incoming.count(What.LEFT_OUT) else 0)


def as_report(name: str, incoming: OwnIncoming) -> Iterator[str]:
    """A line for each question, for what was passed over, for what could be better, and the sum."""
    told = [(one.sheet, one.number, f"{one.what}: {one.told}") for one in incoming.lines]
    told += [(one.sheet, one.line, f"passed over: {one.told}") for one in incoming.passed_over]
    for sheet, number, said in sorted(told):
        yield f"{name}:{f'{sheet}:' if sheet else ''}{number}: {said}"
    yield from (f"advice: {row}" for row in incoming.advice)
    yield incoming.in_sum()


def export_from(named: str, database: str | None, *, every: bool) -> list[Question]:
    """The live questions of a community's own bank, or all."""
    from bot.domain.common_fields import Status

    questions = OwnBankAt(named, database).questions()
    return [one for one in questions if every or one.status is Status.LIVE]
