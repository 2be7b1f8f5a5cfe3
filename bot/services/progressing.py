"""Where a member stands: on each track, by topic, round by round; and being away."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from bot.domain.community import Away, Member
from bot.domain.grading import UNSURE
from bot.domain.identifiers import TopicId, TrackId
from bot.domain.round import RoundState
from bot.domain.schedule import iso_week, local_date
from bot.domain.streak import Fate, PastRound, Standing, fates, shown
from bot.domain.track import Track
from bot.ports.call import Call, Outcome, Recount
from bot.ports.catalog import Catalog
from bot.ports.rounds import RoundSeen
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.judged import StandingLine
from bot.replies.progress import HistoryShown, ProgressShown, RoundFate, TrackProgress
from bot.replies.routes import route
from bot.replies.said import Refusal, said
from bot.services.answering import skipped_rounds
from bot.services.citing import topic_title
from bot.services.practising import missed_questions
from bot.services.who import known, known_community, known_member, member_of, track_here

HISTORY_ROUNDS = 14
AWAY_AT_MOST_BACK = timedelta(days=3)


def progress(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """The caller's standing on every track of the community, and accuracy by topic."""
    community, member = known(call, uow)
    if community is None or member is None:
        return Outcome(ProgressShown((), (), (0, 0), 0, away=False, hidden=False))
    tracks = []
    for track in uow.tracks.of_community(community.id):
        made = track_progress(call, uow, member, track)
        if made is not None:
            tracks.append(made)
    return Outcome(
        ProgressShown(
            tracks=tuple(tracks),
            topics=_by_topic(uow, catalog, member),
            practised=uow.practice.right_share(member.id),
            to_review=len(uow.practice.of(member.id).review),
            away=_is_away(call, uow, member),
            hidden=member.hidden,
        )
    )


def track_progress(call: Call, uow: UnitOfWork, member: Member, track: Track) -> TrackProgress | None:
    """The member's standing on a track as of now; None if they never answered on it."""
    standing = uow.standings.get(member.id, track.id)
    if standing is None or standing.answered == 0:
        return None
    missed = len(skipped_rounds(uow, member, track, standing, track.next_seq))
    now = shown(standing, missed)
    return TrackProgress(
        track.id,
        track.settings.place,
        own_line(call, uow, member, track, standing, missed),
        missed,
        now.ended,
    )


def own_line(
    call: Call, uow: UnitOfWork, member: Member, track: Track, standing: Standing, missed: int
) -> StandingLine:
    """The member's line on a track this week."""
    now = shown(standing, missed)
    week = iso_week(local_date(track.settings.schedule, call.now))
    line = uow.standings.week(member.id, track.id, week)
    rounds = max(week_rounds(uow, track, week), line.answered)
    return StandingLine(now.length, now.freezes, standing.answered, line.answered, rounds, standing.best)


def week_rounds(uow: UnitOfWork, track: Track, week: str) -> int:
    """How many rounds of an ISO week count, among those opened so far."""
    latest = uow.rounds.latest(track.id, 10)
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
    here = [track for track in tracks if track.settings.place == call.place]
    return history(call, uow, catalog, (here or tracks)[0].id)


def history(call: Call, uow: UnitOfWork, catalog: Catalog, track_id: TrackId) -> Outcome:
    """Each of the latest rounds and what it was for the caller."""
    track = track_here(call, uow, track_id)
    member = known_member(call, uow)
    if member is None:
        raise Refusal("You have no rounds here yet. /daily shows today's question.")
    aways = uow.members.aways(member.id)
    told = fates(
        PastRound(past.seq, past.answered, past.neutral or any(away.covers(posted) for away in aways))
        for past, posted in uow.rounds.history_of(track.id, member.id)
    )
    rows = []
    for seen in uow.rounds.seen_by(track.id, member.id, HISTORY_ROUNDS):
        number = seen.round.seq or 0
        rows.append((number, seen.round.local_date, _fate(seen, told.get(number, Fate.NEUTRAL), aways)))
    if not rows:
        raise Refusal("No question was posted there yet.")
    can_catch_up = bool(missed_questions(uow, catalog, member, track.id))
    return Outcome(HistoryShown(track.settings.place, tuple(rows), track.id, can_catch_up))


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


def _is_away(call: Call, uow: UnitOfWork, member: Member | None) -> bool:
    return member is not None and any(away.covers(call.now) for away in uow.members.aways(member.id))


def _open_unanswered(call: Call, uow: UnitOfWork, member: Member) -> list[datetime]:
    rounds = uow.rounds.open_in(member.community)
    done = uow.answers.answered_rounds(member.id, [round.id for round in rounds])
    return [round.posted_at for round in rounds if round.posted_at and round.id not in done]


def ask_away(call: Call, catalog: Catalog) -> Outcome:
    """Ask since when the member is away."""
    labels = {0: "From now on", 1: "Since yesterday", 2: "Since two days ago", 3: "Since three days ago"}
    choices = tuple(Choice(label, route("away-since", days)) for days, label in labels.items())
    return Outcome(
        said(
            "While you are away, rounds count neither for nor against you. It can begin up to three days back.",
            choices=choices,
            title="Away",
        )
    )


def begin_away(call: Call, uow: UnitOfWork, catalog: Catalog, days_back: int) -> Outcome:
    """Begin a pause, at most three days back; the member's streaks are counted afresh with it."""
    if _is_away(call, uow, known_member(call, uow)):
        raise Refusal("You are away already; rounds are neutral for you.", (Choice("I am back", route("back")),))
    member = member_of(call, uow)
    earliest = call.now - AWAY_AT_MOST_BACK
    since = call.now - timedelta(days=min(max(days_back, 0), AWAY_AT_MOST_BACK.days))
    # What is open and unanswered now would be missed in the pause, so the pause covers it.
    since = max(earliest, min([since, *_open_unanswered(call, uow, member)]))
    uow.members.begin_away(member.id, Away(since, None))
    return Outcome(
        said(
            "Enjoy it. Rounds are neutral for you until you press I am back.",
            choices=(Choice("I am back", route("back")),),
        ),
        _recounts(call, uow) if days_back else (),
    )


def end_away(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """End the pause."""
    member = known_member(call, uow)
    if member is None or not _is_away(call, uow, member):
        raise Refusal("You were not away. Nothing was changed.", (Choice("Today's question", route("run", "daily")),))
    uow.members.end_away(member.id, call.now)
    return Outcome(
        said(
            "Welcome back. Rounds posted while you were away do not count.",
            choices=(Choice("Today's question", route("run", "daily")),),
        )
    )


def _recounts(call: Call, uow: UnitOfWork) -> tuple[Recount, ...]:
    community = known_community(call, uow)
    return tuple(Recount(track.id) for track in uow.tracks.of_community(community.id)) if community else ()
