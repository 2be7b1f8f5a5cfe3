"""Being away: rounds posted meanwhile are neutral for the member, until a date or their next answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.commands.caller import known_member, member_of
from bot.commands.declare import Opt, pressed, submitted
from bot.commands.registry import Registry
from bot.domain.calendar_dates import TypedDate
from bot.domain.community import AWAY_AT_MOST, AWAY_BACK_AT_MOST, Away, Member, away_at
from bot.domain.explained import NotUnderstood
from bot.domain.schedule import local_date
from bot.domain.streak import PastRound, endings
from bot.domain.track import Track
from bot.ports.call import Call, Effect, NoteAway, Outcome
from bot.ports.storage import UnitOfWork
from bot.posting.recount import as_counted, to_recount
from bot.replies.card import Choice
from bot.replies.common_buttons import TODAYS_QUESTION
from bot.replies.routes import route
from bot.replies.said import FormAsked, Refusal, not_understood, said

ROUNDS_LOOKED_AT = 10
"""More than a track asks in three days."""
A_MOMENT = timedelta(seconds=1)
BACK = Choice("I am back", route("back"))
UNTIL = Choice("Until a date", route("away-form"))


def is_away(call: Call, uow: UnitOfWork, member: Member | None) -> bool:
    """Return whether the caller is away now."""
    return member is not None and any(away.covers(call.now) for away in uow.members.aways(member.id))


@pressed("away", needs="catalog")
def ask_since() -> Outcome:
    """Choose since when you are away."""
    labels = {0: "From now on", 1: "Since yesterday", 2: "Since two days ago", 3: "Since three days ago"}
    return Outcome(
        said(
            "While you are away, rounds count neither for nor against you, and boards leave you out. You "
            "are back with your next daily answer, after 30 days, or on a date you choose. It can begin up to three "
            "days back; a streak that has already ended stays ended.",
            choices=tuple(Choice(label, route("away-since", days)) for days, label in labels.items()),
            title="Away",
        )
    )


@pressed("away-since", needs="write")
def begin(call: Call, uow: UnitOfWork, days: int) -> Outcome:
    """Begin being away, at most three days back; your streaks are counted again with it."""
    if is_away(call, uow, known_member(call, uow)):
        raise Refusal("You are already away; rounds are neutral for you.", (BACK, UNTIL))
    member = member_of(call, uow)
    tracks = uow.tracks.of_community(member.community)
    days = min(max(days, 0), AWAY_BACK_AT_MOST.days)
    wanted = min(
        [
            call.now - timedelta(days=days),
            *(_posted_since(call, uow, tracks, days) if days else ()),
            # What is open and unanswered now would be missed in the pause, so the pause covers it.
            *(max(at, call.now - AWAY_BACK_AT_MOST) for at in _open_unanswered(uow, member)),
        ]
    )
    aways = uow.members.aways(member.id)
    since = max([wanted, *(begins(uow.ledger.history_of(track.id, member.id), aways, wanted) for track in tracks)])
    until = since + AWAY_AT_MOST
    uow.members.begin_away(member.id, Away(since, until))
    recounts = [to_recount(uow, track.id, call) for track in tracks]
    shorter = " It begins after the question that ended your last streak." if since > wanted else ""
    return Outcome(
        said(f"Enjoy your time away. Rounds are neutral for you until you are back.{shorter}", choices=(UNTIL, BACK)),
        (NoteAway(until), *recounts),
    )


def _posted_since(call: Call, uow: UnitOfWork, tracks: Iterable[Track], days: int) -> Iterator[datetime]:
    """When rounds of that many dates back and later were posted: "since yesterday" is a date, not 24 hours."""
    for track in tracks:
        first = local_date(track.settings.schedule, call.now) - timedelta(days=days)
        for round in uow.ledger.latest(track.id, ROUNDS_LOOKED_AT):
            if round.posted_at and round.local_date >= first:
                yield round.posted_at


def _open_unanswered(uow: UnitOfWork, member: Member) -> list[datetime]:
    rounds = uow.rounds.open_in(member.community)
    done = uow.answers.answered_rounds(member.id, [round.id for round in rounds])
    return [round.posted_at for round in rounds if round.posted_at and round.id not in done]


def begins(history: Collection[tuple[PastRound, datetime]], aways: Collection[Away], wanted: datetime) -> datetime:
    """When a pause that is to begin at a moment begins: after every round that ended a streak, which stays ended."""
    posted = {past.seq: at for past, at in history}
    return max([wanted, *(posted[seq] + A_MOMENT for seq in endings(as_counted(history, aways)))])


@pressed("away-form", needs="catalog")
def ask_until(registry: Registry) -> Outcome:
    """Open the form of a pause's end."""
    return Outcome(FormAsked(registry.form("away-until")))


@submitted("away-until", title="Away until")
def set_end(
    call: Call,
    uow: UnitOfWork,
    until: Annotated[TypedDate, Opt("Date you are back", example="2026-12-24")],
) -> Outcome:
    """Let the pause end when a date begins where you are."""
    member = known_member(call, uow)
    away = away_at(uow.members.aways(member.id), call.now) if member else None
    if member is None or away is None:
        raise Refusal("You are not away. Nothing was changed.", (Choice("Away", route("away")),))
    zone = ZoneInfo(call.zone)
    try:
        day = until.on(call.now.astimezone(zone).date())
    except NotUnderstood as error:
        raise Refusal(
            f"{not_understood(until.text, error)} Nothing was changed.", (UNTIL, BACK), field="until"
        ) from None
    end = datetime.combine(day, time(), zone).astimezone(call.now.tzinfo)
    if not call.now < end <= away.since + AWAY_AT_MOST:
        latest = (away.since + AWAY_AT_MOST).astimezone(zone)
        raise Refusal(
            f"A pause ends after today and lasts 30 days at most: {latest:%A %d %B} is the latest date. Nothing was "
            "changed.",
            (UNTIL, BACK),
            field="until",
        )
    uow.members.begin_away(member.id, Away(away.since, end))
    return Outcome(said("Noted.", choices=(BACK,)), (NoteAway(end),))


@pressed("back", needs="write")
def come_back(call: Call, uow: UnitOfWork) -> Outcome:
    """Come back."""
    member = known_member(call, uow)
    if member is None or not is_away(call, uow, member):
        raise Refusal("You were not away. Nothing was changed.", (TODAYS_QUESTION,))
    uow.members.end_away(member.id, call.now)
    return Outcome(
        said("Welcome back. Rounds posted while you were away do not count.", choices=(TODAYS_QUESTION,)),
        (NoteAway(None),),
    )


def end_with_answer(call: Call, uow: UnitOfWork, member: Member) -> tuple[Effect, ...]:
    """End the pause of a member who answers: after the latest question, which does not tell when that answer came."""
    if not is_away(call, uow, member):
        return ()
    posted = [round.posted_at for round in uow.rounds.open_in(member.community) if round.posted_at]
    uow.members.end_away(member.id, min(call.now, max(posted) + A_MOMENT) if posted else call.now)
    return (NoteAway(None),)
