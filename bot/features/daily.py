"""/daily and what it opens: a round to answer where it is asked for, More, and how it works."""

from __future__ import annotations

from datetime import datetime

from bot.commands.caller import known_community, known_member, round_here, round_pressed
from bot.commands.declare import command, pressed
from bot.commands.registry import Registry
from bot.domain.community import Community
from bot.domain.identifiers import CommunityId, RoundRef
from bot.domain.knowledge import Background
from bot.domain.round import Round
from bot.domain.track import times_apart
from bot.features.answer import answer
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.posting.claiming import closes_at
from bot.posting.unreadable import is_damaged, readable_question
from bot.replies.asked import OpenRoundShown
from bot.replies.card import Choice
from bot.replies.common_buttons import PRACTISE
from bot.replies.helping import HowItWorks, MoreShown
from bot.replies.markup import Moment, MomentStyle, markup
from bot.replies.routes import route
from bot.replies.said import Refusal, Said, said


@command("daily", needs="write")
def daily(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Show today's question, answerable right here."""
    # One not answered yet, of the place asked in, or else the newest; with a way to the others.
    community = known_community(call, uow)
    rounds = _open_in(uow, community.id) if community else ()
    if community is None or not rounds:
        return Outcome(_nothing_open(uow, community))
    member = known_member(call, uow)
    done = uow.answers.answered_rounds(member.id, [round.id for round in rounds]) if member else frozenset()

    def rank(round: Round) -> tuple[bool, bool, datetime, int]:
        return (round.id not in done, call.is_in(round.place), round.posted_at or call.now, round.id)

    return _shown(call, uow, catalog, max(rounds, key=rank), rounds)


@pressed("daily", needs="write")
def one_round(call: Call, uow: UnitOfWork, catalog: Catalog, ref: RoundRef) -> Outcome:
    """Show one round, or your result on it."""
    round, track = round_here(call, uow, ref)
    return _shown(call, uow, catalog, round, _open_in(uow, track.community))


def _open_in(uow: UnitOfWork, community: CommunityId) -> tuple[Round, ...]:
    return tuple(round for round in uow.rounds.open_in(community) if not is_damaged(uow, round))


def _shown(call: Call, uow: UnitOfWork, catalog: Catalog, round: Round, rounds: tuple[Round, ...]) -> Outcome:
    member = known_member(call, uow)
    kept = uow.answers.get(round.id, member.id) if member else None
    if kept is not None:
        return answer(call, uow, catalog, round.ref, kept.option)
    if not round.answerable or round.question is None or round.version is None:
        raise Refusal(
            "That question is closed. Your streak is as it was; you can still practise it.",
            (Choice("Practise it", route("again", round.ref)),),
        )
    track = uow.tracks.get(round.track)
    assert track is not None  # its round exists
    asked = readable_question(uow, round)
    question = asked.question
    times = times_apart(uow.tracks.of_community(track.community))
    others = tuple((other.ref, other.place, times.get(other.track, "")) for other in rounds if other.id != round.id)
    return Outcome(
        OpenRoundShown(
            round=round.ref,
            number=round.seq or track.next_seq,
            asked=asked,
            topic=catalog.topic_title(question.topic),
            closes_at=closes_at(track, round.posted_at or call.now),
            zone=track.settings.schedule.zone,
            more_open=others[:4],
            counts=not uow.answers.marked(round.id, call.user),
        )
    )


def _nothing_open(uow: UnitOfWork, community: Community | None) -> Said:
    tracks = uow.tracks.of_community(community.id) if community else ()
    coming = [(track.next_due_at, track.id, track) for track in tracks if track.running and track.next_due_at]
    if not coming and tracks:
        return said(
            "The daily question is paused here just now. Your streak waits; practise meanwhile.", choices=(PRACTISE,)
        )
    if not coming:
        return said(
            "No daily question is set up here yet. A manager does that with /config; meanwhile you can practise.",
            choices=(PRACTISE,),
        )
    at, _, track = min(coming, key=lambda entry: entry[:2])
    when = Moment(at, MomentStyle.DATE_TIME, track.settings.schedule.zone)
    return Said(markup("No question is open here just now. The next one comes ", when, "."), (PRACTISE,))


@pressed("more")
def more(call: Call, uow: UnitOfWork, catalog: Catalog, registry: Registry, ref: RoundRef) -> Outcome:
    """Open the door behind More."""
    round, _ = round_pressed(call, uow, ref)
    member = known_member(call, uow)
    done = bool(member and uow.answers.get(round.id, member.id)) or uow.answers.marked(round.id, call.user)
    offered = tuple(registry.offered(catalog))
    backgrounds = bool(catalog.knowledge.all(Background))
    return Outcome(MoreShown(round.ref, round.answerable and not done, offered, backgrounds))


@pressed("how", needs="catalog")
def how(call: Call, catalog: Catalog) -> Outcome:
    """Tell how the daily question works."""
    return Outcome(HowItWorks())
