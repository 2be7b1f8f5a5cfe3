"""The boards of a track: who answered every round of a week, the longest running streaks, the group, and your own line.

Names stand beside rounds only once they are past: neither the open round nor the one closed last is counted, so that
nobody learns from a board, or from two boards compared, who answered them and how.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.commands.caller import known_community, known_member, member_of, same_place, track_here
from bot.domain.identifiers import MemberId, PlaceRef, RoundId, TrackRef
from bot.domain.ranking import PLACES, Ranking, ranked
from bot.domain.round import VOTES_TO_SHOW, Round, RoundState
from bot.domain.schedule import iso_week, local_date, week_of
from bot.domain.streak import FREEZES_AT_MOST, Standing, replay, streak_now
from bot.domain.track import Track, times_apart
from bot.features.answer import skipped_rounds
from bot.features.progressing import own_line
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.standings import Tally
from bot.ports.storage import UnitOfWork
from bot.posting.recount import as_counted
from bot.replies.card import Choice
from bot.replies.markup import Place, markup
from bot.replies.progress import BoardShown, RightAnswers
from bot.replies.routes import route
from bot.replies.said import Refusal, said
from bot.replies.ways import MY_PROGRESS

NOT_COUNTED_YET = 2
"""The open round and the one before it."""
ROUNDS_LOOKED_AT = 60
AT_ONCE = 50
RUNNING_FROM = 2


@dataclass(frozen=True, slots=True)
class Past:
    """What of a track a board counts."""

    until: int
    """The last round counted, by its number."""
    fresh: tuple[Round, ...]
    """Later ones."""
    rounds: tuple[Round, ...]
    """Counted ones of the last weeks, the latest first."""

    @property
    def running_since(self) -> int:
        """Whose streak still runs answered since this round: freezes bridge two rounds that count."""
        counting = [round for round in self.rounds if round.state is not RoundState.VOID and not round.excused]
        return counting[FREEZES_AT_MOST].seq or 0 if len(counting) > FREEZES_AT_MOST else 0

    def week_of(self, day: date) -> tuple[Round, ...]:
        """The rounds counted in the ISO week of a date that were asked of everybody."""
        same = [round for round in self.rounds if iso_week(round.local_date) == iso_week(day)]
        return tuple(round for round in same if round.state is not RoundState.VOID and not round.excused)


def _past(uow: UnitOfWork, track: Track) -> Past:
    numbered = [round for round in uow.ledger.latest(track.id, ROUNDS_LOOKED_AT) if round.seq is not None]
    newest = numbered[0] if numbered else None
    # A question withdrawn while it was open stands for the open one: withdrawing it names nobody any sooner.
    last = newest is not None and newest.state in (RoundState.OPEN, RoundState.VOID)
    latest = newest.seq if newest and newest.seq and last else track.next_seq
    until = latest - NOT_COUNTED_YET
    return Past(
        until,
        tuple(round for round in numbered if (round.seq or 0) > until),
        tuple(round for round in numbered if (round.seq or 0) <= until),
    )


def board(call: Call, uow: UnitOfWork, catalog: Catalog, track: Track) -> Outcome:
    """The board of a track."""
    community = known_community(call, uow)
    if community is None or not community.boards.shown:
        raise Refusal(
            "Leaderboards are switched off here. Your own standing is in /progress.",
            (MY_PROGRESS,),
        )
    past = _past(uow, track)
    monday = week_of(past.rounds[0].local_date)[0] if past.rounds else None
    week = past.week_of(monday) if monday else ()
    moments = (call.now, *(round.posted_at for round in past.fresh if round.posted_at))
    present = Present(uow, moments)
    me = known_member(call, uow)
    mine = uow.standings.get(me.id, track.id) if me else None
    own = None
    if me and mine and mine.answered:
        own = own_line(call, uow, me, track, mine, len(skipped_rounds(uow, me.id, track, mine, track.next_seq)))
    tracks = uow.tracks.of_community(community.id)
    times = times_apart(tracks)
    others = tuple((other.ref, other.settings.place, times[other.id]) for other in tracks if other.id != track.id)
    return Outcome(
        BoardShown(
            place=track.settings.place,
            week=monday,
            week_rounds=len(week),
            full_week=_full_week(uow, week, present),
            streaks=_streaks(uow, track, past, present),
            right=_by_right(call, uow, track, past, present, community.boards.right_since),
            group_answers=sum(round.votes.total for round in week),
            own=own,
            own_hidden=bool(me and me.hidden),
            others=others,
        )
    )


@dataclass(frozen=True, slots=True)
class Present:
    """Leaves out members who are away, or were when a round not counted yet was posted."""

    uow: UnitOfWork
    moments: Sequence[datetime]

    def __contains__(self, member: MemberId) -> bool:
        aways = self.uow.members.aways(member)
        return not any(away.covers(moment) for away in aways for moment in self.moments)


def _full_week(uow: UnitOfWork, week: Collection[Round], present: Present) -> Ranking:
    tallies = uow.standings.tally([round.id for round in week]) if week else ()
    everything = (tally for tally in tallies if tally.answered == len(week) and tally.member in present)
    return ranked((tally.user, tally.answered) for tally in everything)


def _streaks(uow: UnitOfWork, track: Track, past: Past, present: Present) -> Ranking:
    """The longest streaks as they ran when the last counted round closed."""
    found: list[tuple[str, int]] = []
    fresh = [round.id for round in past.fresh]
    lengths: list[int] = []
    for member, user, standing in _candidates(uow, track, past.running_since):
        if len(lengths) == PLACES and standing.best < lengths[-1]:
            break  # nobody from here on ever had as many
        length = _length(uow, track, member, standing, past.until, fresh)
        if length >= RUNNING_FROM and member in present:
            found.append((user, length))
            lengths = sorted((*lengths, length), reverse=True)[:PLACES]
    return ranked(found)


def _candidates(uow: UnitOfWork, track: Track, since: int) -> Iterator[tuple[MemberId, str, Standing]]:
    for offset in range(0, 1_000_000, AT_ONCE):
        some = uow.standings.since(track.id, since, AT_ONCE, offset)
        yield from some
        if len(some) < AT_ONCE:
            return


def _length(
    uow: UnitOfWork, track: Track, member: MemberId, standing: Standing, until: int, fresh: Collection[RoundId]
) -> int:
    """How long a member's streak was as of a round."""
    if standing.last_seq <= until:
        return streak_now(standing, len(skipped_rounds(uow, member, track, standing, until + 1))).length
    since = len(uow.answers.answered_rounds(member, fresh))
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


def _by_right(
    call: Call, uow: UnitOfWork, track: Track, past: Past, present: Present, since: datetime | None
) -> RightAnswers | None:
    """Right answers in the latest week that is over and counted whole, of those with five answers or more.

    None of a week of which votes were shown, or a question withdrawn: with them, or with the board as it was before,
    sums would tell single answers.
    """
    if since is None:
        return None
    running = {iso_week(local_date(track.settings.schedule, call.now))}
    running |= {iso_week(round.local_date) for round in past.fresh}
    over = next((round.local_date for round in past.rounds if iso_week(round.local_date) not in running), None)
    if over is None:
        return None
    week = [round for round in past.rounds if iso_week(round.local_date) == iso_week(over)]
    if any(round.state is RoundState.VOID or round.closed_at is None or round.closed_at < since for round in week):
        return None
    tallies = uow.standings.tally([round.id for round in past.week_of(over)])
    return RightAnswers(week_of(over)[0], ranked(_vague(tally for tally in tallies if tally.member in present)))


def _vague(tallies: Iterable[Tally]) -> Iterator[tuple[str, int]]:
    """Each one's right answers; all and all but one are told alike, as are none and one: else each answer were told."""
    for tally in tallies:
        least = min(tally.right, tally.answered - 1)
        if tally.answered >= VOTES_TO_SHOW and least > 1:
            yield tally.user, least


def board_here(call: Call, uow: UnitOfWork, catalog: Catalog, place: str | None) -> Outcome:
    """The board of the track in a place; without one, of the place asked in, else the first."""
    community = known_community(call, uow)
    tracks = uow.tracks.of_community(community.id) if community else ()
    if not tracks:
        raise Refusal("No daily question is set up here yet, so there is no board. A manager does that with /config.")
    if place:
        named = [track for track in tracks if same_place(track.settings.place, place)]
        if not named:
            times = times_apart(tracks)
            choices = tuple(
                Choice(f"Board{times[track.id]}", route("board", track.ref), place=track.settings.place)
                for track in tracks[:5]
            )
            raise Refusal(
                markup("No daily question is posted in ", Place(PlaceRef(place)), ". These have one:"), choices
            )
        return board(call, uow, catalog, named[0])
    here = [track for track in tracks if call.is_in(track.settings.place)]
    return board(call, uow, catalog, (here or list(tracks))[0])


def board_of(call: Call, uow: UnitOfWork, catalog: Catalog, track_ref: TrackRef) -> Outcome:
    """The board of one track."""
    return board(call, uow, catalog, track_here(call, uow, track_ref, "leaderboard"))


def set_hidden(call: Call, uow: UnitOfWork, catalog: Catalog, hidden: bool) -> Outcome:
    """Leave the caller out of leaderboards, or let them in again."""
    member = member_of(call, uow)
    uow.members.set_hidden(member.id, hidden)
    if hidden:
        return Outcome(
            said(
                "You are hidden: no leaderboard names you. Your streak goes on.",
                choices=(Choice("Show me", route("show-me")),),
            )
        )
    return Outcome(said("You are shown on leaderboards again.", choices=(Choice("Hide me", route("hide-me")),)))
