"""/help, told from the registry itself."""

from __future__ import annotations

from typing import Annotated

from bot.commands import small_talk
from bot.commands.button_words import WORDS
from bot.commands.declare import Handler, Opt, command
from bot.commands.kinds import CommandName
from bot.commands.parser import unknown_command
from bot.commands.registry import Registry
from bot.commands.resolve import run_route
from bot.features import helping
from bot.ports.call import Call, Outcome
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.helping import CommandHelp, CommandTold


@command("help", asks_manager=True, example="/help role")
def help_command(
    call: Call,
    uow: UnitOfWork,
    registry: Registry,
    command: Annotated[CommandName | None, Opt("One command in full", example="role")] = None,
) -> Outcome:
    """See everything Studybot does in one screen, or one command in full."""
    if command is None or small_talk.greets(f"help {small_talk.plainly(command)}"):
        return helping.overview(call, uow, tuple(told(handler) for handler in registry.commands.values()))
    name = command.strip().lstrip("/").casefold()
    handler = registry.commands.get(name) or registry.commands.get(WORDS.get(name, ""))
    if handler is None:
        raise unknown_command(registry, name)
    return Outcome(CommandHelp(told(handler), Choice(f"/{handler.name}", run_route(handler.name, {}))))


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
