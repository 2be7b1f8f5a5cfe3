"""Creating and changing tracks; moving or editing one keeps its rounds and streaks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.commands.caller import community_of, member_of, same_place, track_here
from bot.domain.calendar_dates import PastDate, TypedDates
from bot.domain.identifiers import PlaceRef, TopicId, TrackRef, ZoneName
from bot.domain.not_understood import NotUnderstood
from bot.domain.question import Difficulty
from bot.domain.schedule import WEEKDAYS, Due, Schedule, days_in_words, due_after, first_due, local_date
from bot.domain.selection import Repeats, Wanted
from bot.domain.track import CHOSEN, WHAT, WHEN, Track, TrackPart, TrackSettings, when_in_words
from bot.features.config.configuring import panel, seen
from bot.ports.call import Call, Introduce, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.posting.citing import topic_title
from bot.posting.due import next_after_change
from bot.posting.unreadable import choose_first
from bot.replies.card import Choice
from bot.replies.markup import FaceWord, Place, counted, markup
from bot.replies.routes import route
from bot.replies.said import Refusal, not_understood
from bot.replies.saving_tracks import TrackIntroduced, TrackSaved

TRACKS_AT_MOST = 15
DEFAULT_TIME = time(9, 0)
EIGHT_DAYS = timedelta(days=8)
"""Each weekday, whatever the zone."""


@dataclass(frozen=True, slots=True)
class WhenAndWhere:
    """What the short form asks; None means unchanged, or the default for a new track."""

    place: PlaceRef | None = None
    at: time | None = None
    zone: ZoneName | None = None
    weekdays: frozenset[int] | None = None
    ping: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return self == WhenAndWhere()


def save_here(call: Call, uow: UnitOfWork, catalog: Catalog, wish: WhenAndWhere) -> Outcome:
    """Change the track of a place, or create one there if it has none."""
    community = community_of(call, uow)
    place = wish.place or call.place
    there = [track for track in uow.tracks.of_community(community.id) if same_place(track.settings.place, place)]
    if not there and wish.at is None:
        raise Refusal(
            markup(
                "No daily question is posted in ",
                Place(place),
                " yet. Nothing was changed; name a time to begin one, as in /config 09:00, or press the button.",
            ),
            (Choice("Set up daily question", route("cfg-new")),),
        )
    if not there:
        return create(call, uow, catalog, wish)
    if len(there) > 1:
        choices = tuple(
            Choice(f"{track.settings.schedule.at:%H:%M}", route("cfg", track.ref), place=place) for track in there
        )
        many = markup(f"There are {len(there)} daily questions in ", Place(place), ". Which one? Nothing was changed.")
        raise Refusal(many, choices)
    return change(call, uow, catalog, there[0].ref, replace(wish, place=None))


def create(call: Call, uow: UnitOfWork, catalog: Catalog, wish: WhenAndWhere, draw: int | None = None) -> Outcome:
    """Create a track; its introduction is posted once it is kept.

    One of the same ``draw`` is there already if its form is sent again, as after an acknowledgement that was lost.
    """
    community = community_of(call, uow)
    tracks = uow.tracks.of_community(community.id)
    sent_before = next((track for track in tracks if track.seed == draw), None)
    if sent_before is not None:
        return change(call, uow, catalog, sent_before.ref, wish)
    if len(tracks) >= TRACKS_AT_MOST:
        raise Refusal(
            markup(
                "A ",
                FaceWord.COMMUNITY,
                f" has at most {TRACKS_AT_MOST} daily questions. Nothing was changed; change or delete one.",
            )
        )
    schedule = Schedule(wish.at or DEFAULT_TIME, wish.zone or call.zone, wish.weekdays or WEEKDAYS)
    wanted = TrackSettings(place=wish.place or call.place, schedule=schedule, ping_role=_ping(wish.ping, None))
    due = first_due(schedule, call.now)
    member_of(call, uow)  # whose id is kept can ask what is kept
    seed = call.seed if draw is None else draw
    track = uow.tracks.add(community.id, wanted, call.user, seed, due)
    saved = TrackSaved(seen(call, uow, catalog, track), new=True, introduced=True, twin=_twin(call, uow, track))
    introduce = Introduce(
        track.ref, wanted.place, introduction(catalog, track, due), replace(saved, introduced=False), new=True
    )
    return Outcome(saved, (introduce,))


def _twin(call: Call, uow: UnitOfWork, track: Track) -> str:
    mine = _moments(track, call.now)
    for other in uow.tracks.of_community(track.community):
        same = other.id != track.id and same_place(other.settings.place, track.settings.place)
        if same and not other.unreadable and mine & _moments(other, call.now):
            return when_in_words(other)
    return ""


def _moments(track: Track, now: datetime) -> frozenset[datetime]:
    """When it is due within the next eight days, skips and pauses aside."""
    due, moments = first_due(track.settings.schedule, now), set()
    while due is not None and due.at < now + EIGHT_DAYS:
        moments.add(due.at)
        due = due_after(track.settings.schedule, due.local_date)
    return frozenset(moments)


def introduction(catalog: Catalog, track: Track, due: Due | None) -> TrackIntroduced:
    """What a track says of itself where it will post."""
    schedule = track.settings.schedule
    return TrackIntroduced(
        track=track.ref,
        at=schedule.at,
        zone=schedule.zone,
        days=days_in_words(schedule.weekdays),
        first_at=due.at if due else None,
        topics=tuple(topic_title(catalog, topic) for topic in sorted(track.settings.wanted.topics)),
        level=track.settings.wanted.level,
        set_up_by=track.saved_by,
    )


def _ping(given: str | None, kept: str | None) -> str | None:
    if given is None:
        return kept
    return None if given.casefold() in ("none", "nobody", "off", "no") else given


def change(call: Call, uow: UnitOfWork, catalog: Catalog, track_ref: TrackRef, wish: WhenAndWhere) -> Outcome:
    """Change where and when a track posts; a new place is introduced."""
    track = track_here(call, uow, track_ref)
    given = {TrackPart.TIME: wish.at, TrackPart.ZONE: wish.zone, TrackPart.WEEKDAYS: wish.weekdays}
    choose_first(track, [part for part in track.lacks(WHEN) if given[part] is None])
    old = track.settings
    schedule = replace(
        old.schedule,
        at=wish.at or old.schedule.at,
        zone=wish.zone or old.schedule.zone,
        weekdays=wish.weekdays or old.schedule.weekdays,
    )
    wanted = replace(old, place=wish.place or old.place, schedule=schedule, ping_role=_ping(wish.ping, old.ping_role))
    saved = _save(call, uow, track, wanted, WHEN)
    moved = wanted.place != old.place
    due = Due(saved.next_local_date, saved.next_due_at) if saved.next_local_date and saved.next_due_at else None
    told = TrackSaved(seen(call, uow, catalog, saved), new=moved, twin=_twin(call, uow, saved))
    if not moved:
        return Outcome(told)
    introduce = Introduce(track.ref, wanted.place, introduction(catalog, saved, due), told, new=False)
    return Outcome(replace(told, introduced=True), (introduce,))


def _save(call: Call, uow: UnitOfWork, track: Track, wanted: TrackSettings, chosen: Collection[TrackPart]) -> Track:
    """Keep what was chosen; a part that could not be read and was not chosen again stays as it is kept."""
    member_of(call, uow)
    due = next_after_change(uow, track, wanted.schedule, call.now)
    uow.tracks.save(track.id, wanted, call.user, due, leave=track.lacks(CHOSEN - frozenset(chosen)))
    saved = uow.tracks.get(track.id)
    assert saved is not None  # just saved
    return saved


def set_topics(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track_ref: TrackRef,
    topics: frozenset[TopicId] | None,
    level: str | None,
    repeats: Repeats | None,
) -> Outcome:
    """Change what a track asks; what is not given stays."""
    track = track_here(call, uow, track_ref)
    given = {TrackPart.LEVEL: level, TrackPart.REPEATS: repeats}
    choose_first(track, [part for part in track.lacks(WHAT) if given[part] is None])
    old = track.settings
    wanted = Wanted(
        old.wanted.topics if topics is None else topics,
        old.wanted.level if level is None else None if level == "all" else Difficulty(level),
    )
    fitting = sum(1 for question in catalog.questions if wanted.admits(question))
    if fitting == 0:
        raise Refusal(
            "No question has that topic and level together. Nothing was changed; choose more topics or another level.",
            (Choice("Topics and level", route("cfg-ask", track.ref)),),
            field="topics",
        )
    _save(call, uow, track, replace(old, wanted=wanted, repeats=repeats or old.repeats), WHAT)
    return panel(call, uow, catalog, track.ref, saved=f"Saved. {fitting} questions fit.")


def set_days_off(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track_ref: TrackRef,
    typed: TypedDates,
) -> Outcome:
    """Add days off to a track, or begin the list anew."""
    track = track_here(call, uow, track_ref)
    old = track.settings
    try:
        days = typed.on(local_date(old.schedule, call.now))
    except PastDate as error:
        raise Refusal(f"{error.day} is in the past. Nothing was changed.", (), field="days") from None
    except NotUnderstood as error:
        raise Refusal(f"{not_understood(typed.text, error)} Nothing was changed.", (), field="days") from None
    kept = frozenset() if typed.clears else old.schedule.days_off
    schedule = replace(old.schedule, days_off=kept | days)
    if len(schedule.days_off) > 400:
        raise Refusal(
            "That is more than 400 days off. Nothing was changed; pausing may serve better.",
            (Choice("Pause", route("cfg-pause", track.ref)),),
            field="days",
        )
    _save(call, uow, track, replace(old, schedule=schedule), {TrackPart.DAYS_OFF})
    how = "now" if typed.clears else "added"
    said = f"Saved: {counted(len(days), 'day')} off {how}." if days else "Saved: no days off any more."
    return panel(call, uow, catalog, track.ref, saved=said)
