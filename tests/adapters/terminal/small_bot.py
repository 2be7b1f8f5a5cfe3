"""A bot of a few commands, with every kind of answer a face has to deal with and nothing behind it."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from bot.commands.declare import CARRIED, Opt, command, pressed, submitted
from bot.commands.registry import Registry
from bot.domain.identifiers import OptionId, QuestionId, RoleId, RoundRef, TrackRef, ZoneName
from bot.domain.question import Difficulty
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.judged import ReasonsShown
from bot.replies.routes import route
from bot.replies.said import FormAsked, said
from tests.adapters.replies import asked, practice, practised, verdict


@command("help", needs="catalog")
def help_command(call: Call) -> Outcome:
    """See everything."""
    return Outcome(said("All there is.", choices=(Choice("Practise", route("run", "quiz")),)))


@command("quiz", example="/quiz rag hard 3")
def quiz(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    level: Annotated[Difficulty | None, Opt("How hard")] = None,
    count: Annotated[int, Opt("How many")] = 1,
) -> Outcome:
    """Practise in private."""
    return Outcome(practice(catalog.questions[0]))


@pressed("sit", needs="write")
def sit(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question: QuestionId,
    version: int,
    seed: str,
    name: str | None,
    code: str,
    option: OptionId,
) -> Outcome:
    """Judge a practice choice."""
    found = catalog.question(question)
    assert found is not None
    return Outcome(practised(found, option))


@pressed("turn")
def go_on(
    call: Call, uow: UnitOfWork, catalog: Catalog, after: QuestionId, seed: str, name: str | None, code: str
) -> Outcome:
    """Go on with a sitting."""
    return Outcome(practice(catalog.questions[1]))


@pressed("ans", needs="write")
def answer(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef, option: OptionId) -> Outcome:
    """Take a press on a daily question."""
    return Outcome(verdict(catalog.questions[round.id], option, round=round.id))


@pressed("more", needs="catalog")
def more(call: Call, round: RoundRef) -> Outcome:
    """Open the door behind More."""
    return Outcome(said(f"More about {round} for {call.user}."))


@pressed("others", needs="catalog")
def others(call: Call, catalog: Catalog, round: RoundRef) -> Outcome:
    """Say why not the others."""
    return Outcome(ReasonsShown(asked(catalog.questions[round.id])))


@command("whoami", needs="catalog", asks_manager=True)
def whoami(call: Call) -> Outcome:
    """Say who asks."""
    return Outcome(said(f"{call.user} in {call.place} at {call.now:%a %H:%M} UTC, manager: {call.manager}."))


@command("role", needs="catalog")
def role(
    call: Call,
    name: Annotated[RoleId, Opt("Role to look up")],
    versus: Annotated[RoleId | None, Opt("Compare with")] = None,
) -> Outcome:
    """Look up a role."""
    return Outcome(said(f"{name} and {versus}"))


@command("shout", private=False, needs="catalog")
def shout(call: Call) -> Outcome:
    """Say something to everyone."""
    return Outcome(said("Hear, hear."))


@command("boom", needs="catalog")
def boom(call: Call) -> Outcome:
    """Go wrong."""
    raise RuntimeError("a secret of the house")


@command("config", manager=True, needs="catalog")
def config(call: Call, registry: Registry) -> Outcome:
    """Open the form."""
    values = {"at": "09:00", "zone": "Europe/Berlin"}
    return Outcome(FormAsked(registry.form("set-up", 7, values=values), "When you like."))


@submitted("set-up", title="Daily question", needs="catalog")
def set_up(
    call: Call,
    track: Annotated[TrackRef, CARRIED],
    at: Annotated[time, Opt("Time of day", example="18:30")],
    zone: Annotated[ZoneName, Opt("City or time zone")],
    level: Annotated[Difficulty | None, Opt("Level")] = None,
) -> Outcome:
    """Take the form."""
    return Outcome(said(f"Saved {track}: {at:%H:%M} in {zone}, {level}."))
