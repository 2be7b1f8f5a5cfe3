"""What is stored about a member: shown, exported, deleted."""

from __future__ import annotations

import json

from bot.commands.caller import known, known_community, known_member, member_of
from bot.ports.call import Call, NoteAway, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice, Weight
from bot.replies.markup import counted
from bot.replies.privacy import Exported, PrivacyShown
from bot.replies.routes import route
from bot.replies.said import Refusal, WhichOne, said

NOTHING = "Nothing is stored about you here."


def stored(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """What is stored about the caller."""
    community, member = known(call, uow)
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
        ("Reports", counted(kept["reports"], "question")),
        ("Away", counted(kept["away"], "pause")),
        ("Roadmap", f"{counted(kept['roadmap'], 'marked step')}, role {member.role or 'not chosen'}"),
    ]
    if kept["installed"]:
        rows.append(("Installing", "that it was you who installed Studybot here"))
    if kept["saved"] or kept["may_manage"]:
        rows.append(("Managing", f"{counted(kept['saved'], 'daily question')} last saved by you"))
    return Outcome(PrivacyShown(tuple(rows), member.hidden, marked))


def export(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Everything stored about the caller, as JSON."""
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


def ask_forget(call: Call, catalog: Catalog) -> Outcome:
    """Ask before everything is deleted."""
    return Outcome(
        WhichOne(
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


def forget(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Delete everything about the caller but anonymous votes."""
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
