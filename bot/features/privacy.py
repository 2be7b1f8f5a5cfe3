"""/privacy: what is stored about a member, exported and deleted; staying off leaderboards."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

from bot.commands.caller import known_caller, known_community, known_member, member_of
from bot.commands.declare import Opt, command, pressed
from bot.ports.call import Call, NoteAway, Outcome
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice, Weight
from bot.replies.markup import counted
from bot.replies.privacy import Exported, PrivacyShown
from bot.replies.routes import route
from bot.replies.said import Refusal, said, which

NOTHING = "Nothing is stored about you here."


class PrivacyAction(StrEnum):
    """An action on your data."""

    SHOW = "show"
    EXPORT = "export"
    DELETE = "delete"
    HIDE = "hide"
    UNHIDE = "unhide"


@command("privacy", needs="write", example="/privacy export")
def privacy(
    call: Call,
    uow: UnitOfWork,
    action: Annotated[
        PrivacyAction, Opt("show, export, delete, hide me from leaderboards, or unhide")
    ] = PrivacyAction.SHOW,
) -> Outcome:
    """See what is stored about you; export it, delete it, or stay off leaderboards."""
    match action:
        case PrivacyAction.EXPORT:
            return export(call, uow)
        case PrivacyAction.DELETE:
            return ask_before_deleting()
        case PrivacyAction.HIDE:
            return hide_me(call, uow)
        case PrivacyAction.UNHIDE:
            return show_me(call, uow)
    community, member = known_caller(call, uow)
    marked = community is not None and uow.answers.marked_in(community.id, call.user)
    if member is None:
        nothing = "you have not answered or set anything here" + (" since you deleted your data" if marked else " yet")
        return Outcome(PrivacyShown((("Nothing", nothing),), hidden=False, marked=marked))
    kept = {part: len(rows) for part, rows in uow.personal_data.export(member.id).items()}
    rows = [
        ("Your id", f"the {call.platform.title()} id {call.user}; no name"),
        ("Daily answers", counted(kept["answers"], "choice")),
        ("Streaks", f"on {counted(kept['standings'], 'daily question')}, {counted(kept['weeks'], 'week')} of points"),
        ("Practice", f"{counted(kept['practice'], 'choice')}, {kept['review']} to review"),
        ("Review", f"{counted(kept['memories'], 'question')}, {counted(kept['reviews'], 'day')} on which you met them"),
        ("Reports", counted(kept["reports"], "question")),
        ("Away", counted(kept["away"], "pause")),
        ("Roadmap", f"{counted(kept['roadmap'], 'marked step')}, role {member.role or 'not chosen'}"),
    ]
    if kept["installed"]:
        rows.append(("Installing", "that it was you who installed Studybot here"))
    if kept["saved"] or kept["may_manage"]:
        rows.append(("Managing", f"{counted(kept['saved'], 'daily question')} last saved by you"))
    return Outcome(PrivacyShown(tuple(rows), member.hidden, marked))


@pressed("export")
def export(call: Call, uow: UnitOfWork) -> Outcome:
    """Export your data."""
    member = known_member(call, uow)
    if member is None:
        raise Refusal(NOTHING)
    document = {
        "platform": call.platform,
        "community": call.community,
        "id": call.user,
        "hidden": member.hidden,
        "role": member.role,
        **uow.personal_data.export(member.id),
    }
    return Outcome(Exported(json.dumps(document, indent=2, default=str)))


@pressed("forget", needs="catalog")
def ask_before_deleting() -> Outcome:
    """Ask before deleting your data."""
    return Outcome(
        which(
            "Delete everything stored about you here? Streaks, answers, practice and marks go and cannot be brought "
            "back. Your votes in closed questions stay as numbers nobody can trace to you. For a question that is "
            "still open, a mark that you answered it stays until it closes; answering it again does not count.",
            (
                Choice("Delete everything", route("forget-yes"), weight=Weight.DELETES),
                Choice("Export first", route("export")),
                Choice("Keep it", route("run", "privacy")),
            ),
        )
    )


@pressed("forget-yes", needs="write", by_hand=True)
def delete(call: Call, uow: UnitOfWork) -> Outcome:
    """Delete your data, all but anonymous votes."""
    if known_community(call, uow) is None:
        raise Refusal(NOTHING)
    # Somebody on a notice only has no row yet; with one, everything that names them goes the same way.
    uow.personal_data.forget(member_of(call, uow).id)
    return Outcome(
        said(
            "Deleted. If you answer again, you start from nothing with the next question. Backups made before today "
            "still hold what was deleted, for as long as whoever runs this bot keeps them."
        ),
        (NoteAway(None),),
    )


@pressed("hide-me", needs="write")
def hide_me(call: Call, uow: UnitOfWork) -> Outcome:
    """Stay off leaderboards."""
    uow.members.set_hidden(member_of(call, uow).id, True)
    return Outcome(
        said(
            "You are hidden: no leaderboard names you. Your streak goes on.",
            choices=(Choice("Show me", route("show-me")),),
        )
    )


@pressed("show-me", needs="write")
def show_me(call: Call, uow: UnitOfWork) -> Outcome:
    """Appear on leaderboards again."""
    uow.members.set_hidden(member_of(call, uow).id, False)
    return Outcome(said("You are shown on leaderboards again.", choices=(Choice("Hide me", route("hide-me")),)))
