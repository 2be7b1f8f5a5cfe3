"""/help, made from the registry itself; to a manager it says what to set up next."""

from __future__ import annotations

from typing import Annotated

from bot.commands import small_talk
from bot.commands.caller import is_delegate, known_community
from bot.commands.declare import Handler, Opt, command
from bot.commands.kinds import CommandName
from bot.commands.parser import unknown_command
from bot.commands.registry import Registry
from bot.commands.resolve import run_route
from bot.commands.typed_words import WORDS
from bot.domain.community import Community
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice, Weight
from bot.replies.helping import CommandHelp, CommandTold, HelpShown
from bot.replies.markup import Markup, Place, markup
from bot.replies.routes import route


@command("help", asks_manager=True, example="/help role")
def help_command(
    call: Call,
    uow: UnitOfWork,
    registry: Registry,
    catalog: Catalog,
    command: Annotated[CommandName | None, Opt("One command in full", example="role")] = None,
) -> Outcome:
    """See everything Studybot does in one screen, or one command in full."""
    if command is None or small_talk.greets(f"help {small_talk.plainly(command)}"):
        manages = call.manager or is_delegate(call, uow)
        step, choice = _to_set_up(uow, known_community(call, uow)) if manages else (markup(), None)
        listed = [told(handler) for handler in registry.offered(catalog).values() if manages or not handler.manager]
        return Outcome(HelpShown(tuple(listed), step, choice, manages, catalog.subject))
    name = command.strip().lstrip("/").casefold()
    every = {**registry.commands, **registry.offered(catalog)}
    handler = every.get(name) or every.get(WORDS.get(name, ""))
    if handler is None:
        raise unknown_command(registry, catalog, name)
    return Outcome(CommandHelp(told(handler), Choice(f"/{handler.name}", run_route(handler.name, {}))))


def _to_set_up(uow: UnitOfWork, community: Community | None) -> tuple[Markup, Choice | None]:
    tracks = uow.tracks.of_community(community.id) if community else ()
    if not community or not tracks:
        return markup("set up the daily question; it takes one short form."), Choice(
            "Set up", route("cfg-new"), weight=Weight.LEADS
        )
    if uow.health.notices(community.id):
        return markup("there is something to know about the daily question."), Choice(
            "Settings", route("run", "config")
        )
    if not any(track.running for track in tracks):
        step = markup("the daily question in ", Place(tracks[0].settings.place), " is paused.")
        return step, Choice("Resume", route("cfg-resume", tracks[0].ref))
    return markup(), None


def told(handler: Handler) -> CommandTold:
    """A command in the words of help and of docs/commands.md."""
    usage = " ".join(
        [
            f"/{handler.name}",
            *(option.name if option.required else f"[{option.name}]" for option in handler.options),
        ]
    )
    return CommandTold(
        handler.name,
        usage,
        handler.summary,
        tuple((option.name, option.description) for option in handler.options),
        handler.example,
        handler.manager,
    )
