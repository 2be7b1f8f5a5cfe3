"""What is stored about a member: shown, exported, deleted."""

from __future__ import annotations

import json
from typing import Any

from bot.domain.community import Member
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.markup import counted
from bot.replies.privacy import Exported, PrivacyShown
from bot.replies.routes import route
from bot.replies.said import Refusal, WhichOne, said
from bot.services.who import known_community, known_member

NOTHING = "Nothing is stored about you here."


def stored(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """What is stored about the caller."""
    member = known_member(call, uow)
    if member is None:
        return Outcome(PrivacyShown((("Nothing", "you have not answered or set anything here yet"),), hidden=False))
    facts = _facts(call, uow, member)
    rows = (
        ("Your id", f"the {call.platform} id {call.user}, nothing else about you"),
        ("Daily answers", counted(len(facts["answers"]), "choice")),
        ("Streaks", f"on {counted(len(facts['standings']), 'daily question')}"),
        ("Practice", f"on {counted(len(facts['practised']), 'question')}, {len(facts['review'])} to review"),
        ("Away", counted(len(facts["away"]), "pause")),
        ("Roadmap", f"{counted(len(facts['roadmap']), 'marked step')}, role {member.role or 'not chosen'}"),
    )
    return Outcome(PrivacyShown(rows, member.hidden))


def _facts(call: Call, uow: UnitOfWork, member: Member) -> dict[str, list[Any]]:
    community = known_community(call, uow)
    tracks = uow.tracks.of_community(community.id) if community else ()
    standings = ((track, uow.standings.get(member.id, track.id)) for track in tracks)
    return {
        "answers": [
            {"question": id, "option": answer.option, "correct": answer.correct}
            for id, answer in uow.answers.by_question(member.id)
        ],
        "standings": [
            {
                "place": track.settings.place,
                "streak": standing.streak,
                "best": standing.best,
                "freezes": standing.freezes,
                "answered": standing.answered,
            }
            for track, standing in standings
            if standing
        ],
        "practised": [{"question": id, "times": times} for id, times in uow.practice.tried(member.id).items()],
        "review": [{"question": id, "because": reason} for id, reason in uow.practice.review(member.id).items()],
        "away": [
            {"since": away.since.isoformat(), "until": away.until.isoformat() if away.until else None}
            for away in uow.members.aways(member.id)
        ],
        "roadmap": [{"step": step, "state": state} for step, state in uow.roadmaps.states(member.id).items()],
        "role": [member.role] if member.role else [],
    }


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
        **_facts(call, uow, member),
    }
    return Outcome(Exported(json.dumps(document, indent=2)))


def ask_forget(call: Call, catalog: Catalog) -> Outcome:
    """Ask before everything is deleted."""
    return Outcome(
        WhichOne(
            "Delete everything stored about you here? Streaks, answers, practice and marks go and cannot be brought "
            "back. Your votes stay as numbers nobody can trace to you.",
            (
                Choice("Delete everything", route("forget-yes")),
                Choice("Export first", route("export")),
                Choice("Keep it", route("run", "privacy")),
            ),
        )
    )


def forget(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Delete everything about the caller but anonymous votes."""
    member = known_member(call, uow)
    if member is None:
        raise Refusal(NOTHING)
    uow.members.forget(member.id)
    return Outcome(said("Deleted. If you answer again you begin afresh."))
