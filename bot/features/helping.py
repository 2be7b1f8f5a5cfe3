"""Help that knows where a manager stands."""

from __future__ import annotations

from bot.commands.caller import known_community
from bot.ports.call import Call, Outcome
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice, Weight
from bot.replies.helping import CommandTold, HelpShown
from bot.replies.markup import Markup, Place, markup
from bot.replies.routes import route


def overview(call: Call, uow: UnitOfWork, commands: tuple[CommandTold, ...]) -> Outcome:
    """Every command; for a manager, what to set up next comes first."""
    community = known_community(call, uow)
    manages = call.manager or bool(community and call.user in uow.communities.delegates(community.id))
    step, choice = _next_step(call, uow) if manages else (markup(), None)
    told = commands if manages else tuple(command for command in commands if not command.for_managers)
    return Outcome(HelpShown(told, step, choice, manages))


def _next_step(call: Call, uow: UnitOfWork) -> tuple[Markup, Choice | None]:
    community = known_community(call, uow)
    tracks = uow.tracks.of_community(community.id) if community else ()
    if not tracks:
        return markup("set up the daily question; it takes one short form."), Choice(
            "Set up", route("cfg-new"), weight=Weight.LEADS
        )
    if community and uow.health.notices(community.id):
        return markup("there is something to know about the daily question."), Choice(
            "Settings", route("run", "config")
        )
    paused = [track for track in tracks if not track.running]
    if len(paused) == len(tracks):
        step = markup("the daily question in ", Place(paused[0].settings.place), " is paused.")
        return step, Choice("Resume", route("cfg-resume", paused[0].ref))
    return markup(), None
