"""Where a member stands: on each track, by topic, round by round."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from bot.commands.caller import known, known_community, known_member, track_here
from bot.domain.community import Away, Member
from bot.domain.grading import UNSURE
from bot.domain.identifiers import TopicId, TrackRef
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week, local_date
from bot.domain.streak import Fate, Standing, fates, streak_now
from bot.domain.track import Track, times_apart
from bot.features.answer import skipped_rounds
from bot.features.being_away import is_away
from bot.features.practice.past_rounds import missed_questions
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.ledger import RoundSeen
from bot.ports.storage import UnitOfWork
from bot.posting.citing import topic_title
from bot.posting.recount import as_counted
from bot.replies.judged import StandingLine
from bot.replies.progress import HistoryShown, ProgressShown, RoundFate, TrackProgress
from bot.replies.said import Refusal

HISTORY_ROUNDS = 14


def progress(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """The caller's standing on every track of the community, and accuracy by topic."""
    community, member = known(call, uow)
    if community is None or member is None:
        return Outcome(ProgressShown((), (), (0, 0), 0, away=False, hidden=False))
    tracks = []
    all_tracks = uow.tracks.of_community(community.id)
    times = times_apart(all_tracks)
    for track in all_tracks:
        made = track_progress(call, uow, member, track)
        if made is not None:
            tracks.append(replace(made, at=times[track.id]))
    return Outcome(
        ProgressShown(
            tracks=tuple(tracks),
            topics=_by_topic(uow, catalog, member),
            practised=uow.practice.right_share(member.id),
            to_review=len(uow.practice.of(member.id).review),
            away=is_away(call, uow, member),
            hidden=member.hidden,
        )
    )


def track_progress(call: Call, uow: UnitOfWork, member: Member, track: Track) -> TrackProgress | None:
    """The member's standing on a track as of now; None if they never answered on it."""
    standing = uow.standings.get(member.id, track.id)
    if standing is None or standing.answered == 0:
        return None
    missed = len(skipped_rounds(uow, member.id, track, standing, track.next_seq))
    now = streak_now(standing, missed)
    return TrackProgress(
        track.ref,
        track.settings.place,
        own_line(call, uow, member, track, standing, missed),
        missed,
        now.ended,
    )


def own_line(
    call: Call, uow: UnitOfWork, member: Member, track: Track, standing: Standing, missed: int
) -> StandingLine:
    """The member's line on a track this week."""
    now = streak_now(standing, missed)
    week = iso_week(local_date(track.settings.schedule, call.now))
    line = uow.standings.week(member.id, track.id, week)
    rounds = max(week_rounds(uow, track, week), line.answered)
    return StandingLine(now.length, now.freezes, standing.answered, line.answered, rounds, standing.best)


def week_rounds(uow: UnitOfWork, track: Track, week: str) -> int:
    """How many rounds of an ISO week count, among those opened so far."""
    latest = uow.ledger.latest(track.id, 10)
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
    rows = [(topic_title(catalog, topic), right[topic], count) for topic, count in total.items()]
    return tuple(sorted(rows, key=lambda row: (row[1] / row[2], -row[2], row[0])))


def history_here(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """The history on the track of the place asked in, else on the first."""
    community = known_community(call, uow)
    tracks = uow.tracks.of_community(community.id) if community else ()
    if not tracks:
        raise Refusal("No daily question is set up here yet, so there is no history.")
    here = [track for track in tracks if call.is_in(track.settings.place)]
    return history(call, uow, catalog, (here or tracks)[0].ref)


def history(call: Call, uow: UnitOfWork, catalog: Catalog, track_ref: TrackRef, before: int | None = None) -> Outcome:
    """Each round and what it was for the caller, a page at a time: the latest, or those before a number."""
    track = track_here(call, uow, track_ref, "progress")
    member = known_member(call, uow)
    if member is None:
        raise Refusal("You have no rounds here yet. /daily shows today's question.")
    aways = uow.members.aways(member.id)
    fate_of = fates(as_counted(uow.ledger.history_of(track.id, member.id), aways))
    rows = []
    for seen in uow.ledger.seen_by(track.id, member.id, HISTORY_ROUNDS + 1, before):
        number = seen.round.seq or 0
        rows.append((number, seen.round.local_date, _fate(seen, fate_of.get(number, Fate.NEUTRAL), aways)))
    if not rows:
        raise Refusal("No question was posted there yet." if before is None else "There are no earlier rounds.")
    shown = tuple(rows[:HISTORY_ROUNDS])
    older = shown[-1][0] if len(rows) > len(shown) else None
    newer = shown[0][0] + HISTORY_ROUNDS + 1 if shown[0][0] < track.next_seq - 1 else None
    told = uow.rounds.told(track.community)
    can_catch_up = any(question.id not in told for question in missed_questions(uow, catalog, member, track.id))
    return Outcome(HistoryShown(track.settings.place, shown, track.ref, can_catch_up, older, newer))


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
