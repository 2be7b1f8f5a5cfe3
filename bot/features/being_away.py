"""Being away: rounds posted meanwhile are neutral for the member, until a date or their next answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.commands.caller import known_community, known_member, member_of
from bot.domain.calendar_dates import TypedDate
from bot.domain.community import AWAY_AT_MOST, AWAY_BACK_AT_MOST, Away, Member
from bot.domain.not_understood import NotUnderstood
from bot.domain.schedule import local_date
from bot.domain.streak import PastRound, endings
from bot.ports.call import Call, NoteAway, Outcome, Recount
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.posting.recount import as_counted, to_recount
from bot.replies.card import Choice
from bot.replies.routes import route
from bot.replies.said import Refusal, not_understood, said
from bot.replies.ways import TODAYS_QUESTION

ROUNDS_LOOKED_AT = 10
"""More than a track asks in three days."""
A_MOMENT = timedelta(seconds=1)
BACK = Choice("I am back", route("back"))
UNTIL = Choice("Until a date", route("away-form"))


def running(aways: Iterable[Away], now: datetime) -> Away | None:
    """The pause that covers a moment; of several the one that lasts longest."""
    return max((away for away in aways if away.covers(now)), key=lambda away: away.until, default=None)


def is_away(call: Call, uow: UnitOfWork, member: Member | None) -> bool:
    """Whether the caller is away now."""
    return member is not None and running(uow.members.aways(member.id), call.now) is not None


def ask_away(call: Call, catalog: Catalog) -> Outcome:
    """Ask since when the member is away."""
    labels = {0: "From now on", 1: "Since yesterday", 2: "Since two days ago", 3: "Since three days ago"}
    choices = tuple(Choice(label, route("away-since", days)) for days, label in labels.items())
    return Outcome(
        said(
            "While you are away, rounds count neither for nor against you, and boards leave you out. You "
            "are back with your next daily answer, after 30 days, or on a date you choose. It can begin up to three "
            "days back; a streak that has already ended stays ended.",
            choices=choices,
            title="Away",
        )
    )


def begin_away(call: Call, uow: UnitOfWork, catalog: Catalog, days_back: int) -> Outcome:
    """Begin a pause, at most three days back; the member's streaks are counted again with it."""
    if is_away(call, uow, known_member(call, uow)):
        raise Refusal("You are already away; rounds are neutral for you.", (BACK, UNTIL))
    member = member_of(call, uow)
    days = min(max(days_back, 0), AWAY_BACK_AT_MOST.days)
    # What is open and unanswered now would be missed in the pause, so the pause covers it.
    opened = [max(at, call.now - AWAY_BACK_AT_MOST) for at in _open_unanswered(call, uow, member)]
    wanted = min([call.now - timedelta(days=days), *_dated_since(call, uow, member, days), *opened])
    since = _since(uow, member, wanted)
    until = since + AWAY_AT_MOST
    uow.members.begin_away(member.id, Away(since, until))
    shorter = " It begins after the question that ended your last streak." if since > wanted else ""
    return Outcome(
        said(f"Enjoy your time away. Rounds are neutral for you until you are back.{shorter}", choices=(UNTIL, BACK)),
        (NoteAway(until), *_recounts(call, uow)),
    )


def _dated_since(call: Call, uow: UnitOfWork, member: Member, days: int) -> Iterator[datetime]:
    """When rounds of that many dates back and later were posted: "since yesterday" is a date, not 24 hours."""
    for track in uow.tracks.of_community(member.community) if days else ():
        first = local_date(track.settings.schedule, call.now) - timedelta(days=days)
        for round in uow.ledger.latest(track.id, ROUNDS_LOOKED_AT):
            if round.posted_at and round.local_date >= first:
                yield round.posted_at


def _since(uow: UnitOfWork, member: Member, wanted: datetime) -> datetime:
    aways = uow.members.aways(member.id)
    histories = [uow.ledger.history_of(track.id, member.id) for track in uow.tracks.of_community(member.community)]
    return max(begins(history, aways, wanted) for history in histories) if histories else wanted


def begins(history: Collection[tuple[PastRound, datetime]], aways: Collection[Away], wanted: datetime) -> datetime:
    """When a pause that is to begin at a moment begins: after every round that ended a streak, which stays ended."""
    posted = {past.seq: at for past, at in history}
    return max([wanted, *(posted[seq] + A_MOMENT for seq in endings(as_counted(history, aways)))])


def _open_unanswered(call: Call, uow: UnitOfWork, member: Member) -> list[datetime]:
    rounds = uow.rounds.open_in(member.community)
    done = uow.answers.answered_rounds(member.id, [round.id for round in rounds])
    return [round.posted_at for round in rounds if round.posted_at and round.id not in done]


def ended_by_answer(call: Call, uow: UnitOfWork, member: Member) -> datetime:
    """When the pause ends that an answer ends: after the latest question, which does not tell when that answer came."""
    posted = [round.posted_at for round in uow.rounds.open_in(member.community) if round.posted_at]
    return min(call.now, max(posted) + A_MOMENT) if posted else call.now


def set_end(call: Call, uow: UnitOfWork, catalog: Catalog, typed: TypedDate) -> Outcome:
    """Let the pause end when a date begins where the member is."""
    member = known_member(call, uow)
    away = running(uow.members.aways(member.id), call.now) if member else None
    if member is None or away is None:
        raise Refusal("You are not away. Nothing was changed.", (Choice("Away", route("away")),))
    zone = ZoneInfo(call.zone)
    try:
        day = typed.on(call.now.astimezone(zone).date())
    except NotUnderstood as error:
        raise Refusal(
            f"{not_understood(typed.text, error)} Nothing was changed.", (UNTIL, BACK), field="until"
        ) from None
    until = datetime.combine(day, time(), zone).astimezone(call.now.tzinfo)
    if not call.now < until <= away.since + AWAY_AT_MOST:
        latest = (away.since + AWAY_AT_MOST).astimezone(zone)
        raise Refusal(
            f"A pause ends after today and lasts 30 days at most: {latest:%A %d %B} is the latest date. Nothing was "
            "changed.",
            (UNTIL, BACK),
            field="until",
        )
    uow.members.begin_away(member.id, Away(away.since, until))
    return Outcome(said("Noted.", choices=(BACK,)), (NoteAway(until),))


def end_away(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """End the pause."""
    member = known_member(call, uow)
    if member is None or not is_away(call, uow, member):
        raise Refusal("You were not away. Nothing was changed.", (TODAYS_QUESTION,))
    uow.members.end_away(member.id, call.now)
    return Outcome(
        said("Welcome back. Rounds posted while you were away do not count.", choices=(TODAYS_QUESTION,)),
        (NoteAway(None),),
    )


def _recounts(call: Call, uow: UnitOfWork) -> tuple[Recount, ...]:
    community = known_community(call, uow)
    return (
        tuple(to_recount(uow, track.id, call) for track in uow.tracks.of_community(community.id)) if community else ()
    )
