"""The boards: this week's full-week members, the longest running streaks, the group together, and your own line."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.identifiers import PlaceRef, TrackId
from bot.domain.round import VOTES_TO_SHOW
from bot.domain.schedule import iso_week, local_date
from bot.domain.streak import shown
from bot.domain.track import Track
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import Choice
from bot.replies.markup import Place, markup
from bot.replies.progress import BoardShown
from bot.replies.routes import route
from bot.replies.said import Refusal, said
from bot.services.answering import skipped_rounds
from bot.services.progressing import own_line, week_rounds
from bot.services.who import known_community, known_member, member_of, same_place, track_here

PLACES = 10
# Freezes bridge at most two rounds, so who is still running answered one of the last three closed rounds.
STILL_RUNNING_WITHIN = 4


def board(call: Call, uow: UnitOfWork, catalog: Catalog, track: Track) -> Outcome:
    """The board of a track."""
    community = known_community(call, uow)
    if community is None or not community.boards.shown:
        raise Refusal(
            "Leaderboards are switched off here. Your own standing is in /progress.",
            (Choice("My progress", route("run", "progress")),),
        )
    today = local_date(track.settings.schedule, call.now)
    week = iso_week(today)
    rounds = week_rounds(uow, track, week)
    full = uow.standings.full_weeks(track.id, week, rounds, PLACES) if rounds else ()
    streaks = []
    for row, standing in uow.standings.longest(track.id, track.next_seq - STILL_RUNNING_WITHIN, 3 * PLACES):
        member = uow.members.find(community.id, row.user)
        if member is None:
            continue
        running = shown(standing, len(skipped_rounds(uow, member, track, standing, track.next_seq)))
        if running.length > 1:
            streaks.append((row.user, running.length))
    me = known_member(call, uow)
    mine = uow.standings.get(me.id, track.id) if me else None
    own = None
    if me and mine and mine.answered:
        own = own_line(call, uow, me, track, mine, len(skipped_rounds(uow, me, track, mine, track.next_seq)))
    others = tuple(
        (other.id, other.settings.place) for other in uow.tracks.of_community(community.id) if other.id != track.id
    )
    return Outcome(
        BoardShown(
            place=track.settings.place,
            week_rounds=rounds,
            full_week=tuple(row.user for row in full),
            streaks=tuple(sorted(streaks, key=lambda entry: -entry[1])[:PLACES]),
            right=_by_right(uow, track, today) if community.boards.by_right_answers else (),
            group_answers=uow.standings.group_week(track.id, week).answered,
            own=own,
            own_hidden=bool(me and me.hidden),
            others=others,
        )
    )


def _by_right(uow: UnitOfWork, track: Track, today: date) -> tuple[tuple[str, int], ...]:
    """Last week's right answers of those with five answers or more: from fewer one could tell who had what wrong."""
    finished = iso_week(today - timedelta(days=7))
    return tuple((row.user, row.value) for row in uow.standings.board(track.id, finished, VOTES_TO_SHOW, PLACES))


def board_here(call: Call, uow: UnitOfWork, catalog: Catalog, place: str | None) -> Outcome:
    """The board of the track in a place; without one, of the place asked in, else the first."""
    community = known_community(call, uow)
    tracks = uow.tracks.of_community(community.id) if community else ()
    if not tracks:
        raise Refusal("No daily question is set up here yet, so there is no board. A manager does that with /config.")
    if place:
        named = [track for track in tracks if same_place(track.settings.place, place)]
        if not named:
            choices = tuple(
                Choice("Board", route("board", track.id), place=track.settings.place) for track in tracks[:5]
            )
            raise Refusal(
                markup("No daily question is posted in ", Place(PlaceRef(place)), ". These have one:"), choices
            )
        return board(call, uow, catalog, named[0])
    here = [track for track in tracks if track.settings.place == call.place]
    return board(call, uow, catalog, (here or list(tracks))[0])


def board_of(call: Call, uow: UnitOfWork, catalog: Catalog, track_id: TrackId) -> Outcome:
    """The board of one track."""
    return board(call, uow, catalog, track_here(call, uow, track_id))


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
