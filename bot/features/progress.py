"""/progress: where a member stands on each track, by topic and round by round."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.commands.caller import first_here, known_member, track_here, tracks_here
from bot.commands.declare import Opt, command, pressed
from bot.domain.community import Away, Member
from bot.domain.grading import UNSURE
from bot.domain.identifiers import TopicId, TrackRef
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week, local_date
from bot.domain.streak import Fate, fates, streak_now
from bot.domain.track import Track, times_apart
from bot.features.answer import skipped_rounds
from bot.features.away import is_away
from bot.features.practice.missed import due_today
from bot.features.practice.subject import missed_questions
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.ledger import RoundSeen
from bot.ports.storage import UnitOfWork
from bot.posting.recount import as_counted
from bot.replies.judged import StandingLine
from bot.replies.progress import HistoryShown, ProgressShown, RoundFate, TopicsShown, TrackProgress
from bot.replies.said import Refusal

HISTORY_ROUNDS = 14
ROUNDS_A_WEEK = 10
"""More than a track asks in a week."""


class ProgressView(StrEnum):
    """The part of one's progress to show."""

    SUMMARY = "summary"
    HISTORY = "history"


@command("progress", example="/progress history")
def progress(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    show: Annotated[ProgressView, Opt("summary, or history: every round")] = ProgressView.SUMMARY,
) -> Outcome:
    """See your streak, freezes, this week and accuracy by topic."""
    tracks = tracks_here(call, uow)
    if show is ProgressView.HISTORY:
        if not tracks:
            raise Refusal("No daily question is set up here yet, so there is no history.")
        return history(call, uow, catalog, first_here(call, tracks).ref)
    member = known_member(call, uow)
    if member is None:
        return Outcome(ProgressShown((), (), (0, 0), 0, away=False, hidden=False))
    times = times_apart(tracks)
    on_each = [(track_progress(call, uow, member, track), times[track.id]) for track in tracks]
    return Outcome(
        ProgressShown(
            tracks=tuple(replace(on_one, at=at) for on_one, at in on_each if on_one is not None),
            topics=_by_topic(uow, catalog, member),
            practised=uow.practice.right_share(member.id),
            to_review=len(uow.practice.of(member.id).review),
            away=is_away(call, uow, member),
            hidden=member.hidden,
            due=due_today(call, uow, catalog, member.id),
        )
    )


@pressed("by-topic")
def every_topic(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """See how much of each topic you had right."""
    member = known_member(call, uow)
    return Outcome(TopicsShown(_by_topic(uow, catalog, member) if member else ()))


def track_progress(call: Call, uow: UnitOfWork, member: Member, track: Track) -> TrackProgress | None:
    """The member's standing on a track as of now; None if they never answered on it."""
    standing = uow.standings.get(member.id, track.id)
    if standing is None or standing.answered == 0:
        return None
    skipped = len(skipped_rounds(uow, member.id, track, standing, track.next_seq))
    now = streak_now(standing, skipped)
    week = iso_week(local_date(track.settings.schedule, call.now))
    answered = uow.standings.week(member.id, track.id, week).answered
    rounds = max(_rounds_in(uow, track, week), answered)
    line = StandingLine(now.length, now.freezes, standing.answered, answered, rounds, standing.best)
    return TrackProgress(track.ref, track.settings.place, line, skipped, now.ended)


def _rounds_in(uow: UnitOfWork, track: Track, week: str) -> int:
    """Count the rounds of an ISO week that count, among those opened so far."""
    latest = uow.ledger.latest(track.id, ROUNDS_A_WEEK)
    opened = [round for round in latest if round.nth_in_week and iso_week(round.local_date) == week]
    # Withdrawn and excused rounds are asked of nobody.
    return sum(round.state is not RoundState.VOID and not round.excused for round in opened)


def _by_topic(uow: UnitOfWork, catalog: Catalog, member: Member) -> tuple[tuple[str, int, int], ...]:
    right: dict[TopicId, int] = defaultdict(int)
    total: dict[TopicId, int] = defaultdict(int)
    for id, answer in uow.answers.by_question(member.id):
        question = catalog.question(id)
        if question is None or answer.option == UNSURE:
            continue
        total[question.topic] += 1
        right[question.topic] += answer.correct
    rows = [(catalog.topic_title(topic), right[topic], count) for topic, count in total.items()]
    return tuple(sorted(rows, key=lambda row: (row[1] / row[2], -row[2], row[0])))


@pressed("history")
def history(call: Call, uow: UnitOfWork, catalog: Catalog, ref: TrackRef, before: int = 0) -> Outcome:
    """See each round and what it was for you: the latest, or those before a number."""
    track = track_here(call, uow, ref, "progress")
    member = known_member(call, uow)
    if member is None:
        raise Refusal("You have no rounds here yet. /daily shows today's question.")
    aways = uow.members.aways(member.id)
    fate_of = fates(as_counted(uow.ledger.history_of(track.id, member.id), aways))
    earlier_only = before if before > 0 else None
    rows = []
    for seen in uow.ledger.seen_by(track.id, member.id, HISTORY_ROUNDS + 1, earlier_only):
        number = seen.round.seq or 0
        rows.append((number, seen.round.local_date, _fate(seen, fate_of.get(number, Fate.NEUTRAL), aways)))
    if not rows:
        raise Refusal("There are no earlier rounds." if earlier_only else "No question was posted there yet.")
    page = tuple(rows[:HISTORY_ROUNDS])
    older = page[-1][0] if len(rows) > len(page) else None
    newer = page[0][0] + HISTORY_ROUNDS + 1 if page[0][0] < track.next_seq - 1 else None
    told = uow.rounds.told(track.community)
    can_catch_up = any(question.id not in told for question in missed_questions(uow, catalog, member, track.id))
    return Outcome(HistoryShown(track.settings.place, page, track.ref, can_catch_up, older, newer))


def _fate(seen: RoundSeen, fate: Fate, aways: tuple[Away, ...]) -> RoundFate:
    round, answer = seen.round, seen.answer
    if answer is not None:
        if answer.option == UNSURE:
            return RoundFate.UNSURE
        return RoundFate.RIGHT if answer.correct else RoundFate.WRONG
    if round.state is RoundState.OPEN:
        return RoundFate.OPEN
    if round.state is RoundState.VOID:
        return RoundFate.WITHDRAWN
    if round.excused:
        return RoundFate.EXCUSED
    if round.posted_at and any(away.covers(round.posted_at) for away in aways):
        return RoundFate.AWAY
    return {Fate.FROZEN: RoundFate.FROZEN, Fate.BEFORE: RoundFate.BEFORE}.get(fate, RoundFate.SKIPPED)
