"""Help that knows where a manager stands, and the door behind More."""

from __future__ import annotations

from bot.commands.caller import is_its_post, known_community, known_member, round_here
from bot.domain.identifiers import RoundRef
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.helping import CommandTold, HelpShown, HowItWorks, MoreShown
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
        return markup("set up the daily question; it takes one short form."), Choice("Set up", route("cfg-new"))
    if community and uow.health.notices(community.id):
        return markup("there is something to know about the daily question."), Choice(
            "Settings", route("run", "config")
        )
    paused = [track for track in tracks if not track.running]
    if len(paused) == len(tracks):
        step = markup("the daily question in ", Place(paused[0].settings.place), " is paused.")
        return step, Choice("Resume", route("cfg-resume", paused[0].ref))
    return markup(), None


def more(call: Call, uow: UnitOfWork, catalog: Catalog, round_ref: RoundRef) -> Outcome:
    """The door behind More on a post."""
    round, _ = round_here(call, uow, round_ref)
    is_its_post(call, round)
    member = known_member(call, uow)
    done = bool(member and uow.answers.get(round.id, member.id)) or uow.answers.marked(round.id, call.user)
    return Outcome(MoreShown(round.ref, can_answer=round.answerable and not done))


def how(call: Call, catalog: Catalog) -> Outcome:
    """How the daily question works."""
    return Outcome(HowItWorks())
