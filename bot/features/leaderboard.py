"""/leaderboard: who answered every round of a week, the longest running streaks, the group, and your own line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Annotated

from bot.commands.caller import first_here, known_community, known_member, same_place, track_here, tracks_here
from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import MemberId, PlaceRef, RoundId, TrackRef
from bot.domain.ranking import PLACES, BoardRounds, Ranking, ranked, right_to_tell
from bot.domain.schedule import iso_week, local_date
from bot.domain.streak import Standing, replay, streak_now
from bot.domain.track import Track, times_apart
from bot.features.answer import skipped_rounds
from bot.features.progress import track_progress
from bot.ports.call import Call, Outcome
from bot.ports.storage import UnitOfWork
from bot.posting.recount import as_counted
from bot.replies.card import Choice
from bot.replies.common_buttons import MY_PROGRESS
from bot.replies.markup import Place, markup
from bot.replies.progress import BoardShown, RightAnswers
from bot.replies.routes import route
from bot.replies.said import Refusal

ROUNDS_LOOKED_AT = 60
CANDIDATES_AT_ONCE = 50
SHORTEST_STREAK = 2
Present = Callable[[MemberId], bool]
"""Whether boards name the member."""


@command("leaderboard")
def leaderboard(
    call: Call,
    uow: UnitOfWork,
    track: Annotated[PlaceRef | None, Opt("The channel of the daily question, if there are several")] = None,
) -> Outcome:
    """See this week's full-week members, the longest running streaks and your own line."""
    tracks = tracks_here(call, uow)
    if not tracks:
        raise Refusal("No daily question is set up here yet, so there is no board. A manager does that with /config.")
    if not track:
        return board(call, uow, first_here(call, tracks).ref)
    for there in tracks:
        if same_place(there.settings.place, track):
            return board(call, uow, there.ref)
    times = times_apart(tracks)
    raise Refusal(
        markup("No daily question is posted in ", Place(track), ". These have one:"),
        tuple(
            Choice(f"Board{times[other.id]}", route("board", other.ref), place=other.settings.place)
            for other in tracks[:5]
        ),
    )


@pressed("board")
def board(call: Call, uow: UnitOfWork, ref: TrackRef) -> Outcome:
    """See the board of one track."""
    track = track_here(call, uow, ref, "leaderboard")
    community = known_community(call, uow)
    if community is None or not community.boards.shown:
        raise Refusal(
            "Leaderboards are switched off here. Your own standing is in /progress.",
            (MY_PROGRESS,),
        )
    rounds = BoardRounds.of(uow.ledger.latest(track.id, ROUNDS_LOOKED_AT), track.next_seq)
    week = rounds.asked_in_week_of(rounds.monday) if rounds.monday else ()
    moments = (call.now, *(round.posted_at for round in rounds.too_fresh if round.posted_at))

    def present(member: MemberId) -> bool:
        """Return whether the member is not away, and was not when a round not counted yet was posted."""
        return not any(away.covers(moment) for away in uow.members.aways(member) for moment in moments)

    tallies = uow.standings.tally([round.id for round in week]) if week else ()
    everything = (tally for tally in tallies if tally.answered == len(week) and present(tally.member))
    by_right = None
    if since := community.boards.right_since:
        this_week = iso_week(local_date(track.settings.schedule, call.now))
        by_right = _by_right(uow, rounds, rounds.monday_by_right(this_week, since), present)
    me = known_member(call, uow)
    own = track_progress(call, uow, me, track) if me else None
    tracks = uow.tracks.of_community(community.id)
    times = times_apart(tracks)
    others = tuple((other.ref, other.settings.place, times[other.id]) for other in tracks if other.id != track.id)
    return Outcome(
        BoardShown(
            place=track.settings.place,
            week=rounds.monday,
            week_rounds=len(week),
            full_week=ranked((tally.user, tally.answered) for tally in everything),
            streaks=_streaks(uow, track, rounds, present),
            right=by_right,
            group_answers=sum(round.votes.total for round in week),
            own=own.line if own else None,
            own_hidden=bool(me and me.hidden),
            others=others,
        )
    )


def _by_right(uow: UnitOfWork, rounds: BoardRounds, monday: date | None, present: Present) -> RightAnswers | None:
    """Right answers in the latest week of which they are told."""
    if monday is None:
        return None
    tallies = uow.standings.tally([round.id for round in rounds.asked_in_week_of(monday)])
    told = ((tally.user, right_to_tell(tally.right, tally.answered)) for tally in tallies if present(tally.member))
    return RightAnswers(monday, ranked((user, right) for user, right in told if right))


def _streaks(uow: UnitOfWork, track: Track, rounds: BoardRounds, present: Present) -> Ranking:
    """The longest streaks as they ran when the last counted round closed."""
    found: list[tuple[str, int]] = []
    too_fresh = [round.id for round in rounds.too_fresh]
    lengths: list[int] = []
    for member, user, standing in _candidates(uow, track, rounds.running_since):
        if len(lengths) == PLACES and standing.best < lengths[-1]:
            break  # nobody from here on ever had as many
        length = _length(uow, track, member, standing, rounds.until, too_fresh)
        if length >= SHORTEST_STREAK and present(member):
            found.append((user, length))
            lengths = sorted((*lengths, length), reverse=True)[:PLACES]
    return ranked(found)


def _candidates(uow: UnitOfWork, track: Track, since: int) -> Iterator[tuple[MemberId, str, Standing]]:
    for offset in range(0, 1_000_000, CANDIDATES_AT_ONCE):
        some = uow.standings.since(track.id, since, CANDIDATES_AT_ONCE, offset)
        yield from some
        if len(some) < CANDIDATES_AT_ONCE:
            return


def _length(
    uow: UnitOfWork, track: Track, member: MemberId, standing: Standing, until: int, later: Collection[RoundId]
) -> int:
    """The length of a member's streak as of a round, with the rounds after it."""
    if standing.last_seq <= until:
        return streak_now(standing, len(skipped_rounds(uow, member, track, standing, until + 1))).length
    since = len(uow.answers.answered_rounds(member, later))
    if standing.streak > since:
        return standing.streak - since
    if standing.answered <= since:
        return 0
    # It ended since, so that only the rounds themselves tell how it was.
    history = uow.ledger.history_of(track.id, member)
    counted = [round for round in as_counted(history, uow.members.aways(member)) if round.seq <= until]
    then = replay(counted)
    if then is None:
        return 0
    skipped = sum(not round.answered and not round.neutral for round in counted if round.seq > then.last_seq)
    return streak_now(then, skipped).length
