"""Creating and changing daily questions; moving or editing one keeps its rounds and streaks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from bot.commands.caller import community_of, member_of, same_place, track_here
from bot.commands.declare import CARRIED, Opt, command, pressed, submitted
from bot.commands.kinds import PingRef, TopicIds, Weekdays
from bot.commands.registry import Registry
from bot.domain.calendar_dates import PastDate, TypedDates
from bot.domain.explained import NotUnderstood
from bot.domain.identifiers import PlaceRef, TrackRef, ZoneName
from bot.domain.question import Difficulty
from bot.domain.schedule import WEEKDAYS, Due, Schedule, days_in_words, due_after, first_due, instant, local_date
from bot.domain.selection import Repeats, Wanted
from bot.domain.track import CHOSEN, WHAT, WHEN, Track, TrackPart, TrackSettings, when_in_words
from bot.domain.zones import zone_in_words
from bot.features.config.panel import all_settings, panel, seen
from bot.ports.call import Call, Introduce, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.posting.due import next_after_change
from bot.posting.unreadable import choose_first
from bot.replies.card import Choice
from bot.replies.common_buttons import SET_UP
from bot.replies.configuring import UNKNOWN
from bot.replies.markup import FaceWord, Place, counted, markup
from bot.replies.routes import route
from bot.replies.said import FormAsked, Refusal, not_understood
from bot.replies.saving_tracks import TrackIntroduced, TrackSaved

TRACKS_AT_MOST = 15
DAYS_OFF_AT_MOST = 400
DEFAULT_TIME = time(9, 0)
EIGHT_DAYS = timedelta(days=8)
"""Each weekday, whatever the zone."""
LONGEST_DAY = timedelta(hours=25)
"""The longest local day there is."""

InPlace = Annotated[PlaceRef | None, Opt("Channel (this one if left empty)", most=100, example="#general")]
AtTime = Annotated[time | None, Opt("Time of day, 24-hour", example="09:00")]
InZone = Annotated[ZoneName | None, Opt("City or time zone", example="Berlin")]
OnDays = Annotated[Weekdays | None, Opt("Weekdays", example="mon-fri")]
Ping = Annotated[PingRef | None, Opt("Role to ping, or none", most=60, example="none")]


class LevelWanted(StrEnum):
    """One level, or all."""

    ALL = "all"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@command("config", needs="write", manager=True, example="/config time:09:00 zone:berlin weekdays:mon-fri")
def config(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    time: AtTime = None,
    zone: InZone = None,
    weekdays: OnDays = None,
    place: InPlace = None,
    ping: Ping = None,
) -> Outcome:
    """Set up and steer the daily question: place, time, zone, days, topics, pauses, health."""
    if all(given is None for given in (time, zone, weekdays, place, ping)):
        return all_settings(call, uow, catalog)
    community = community_of(call, uow)
    where = place or call.place
    there = [track for track in uow.tracks.of_community(community.id) if same_place(track.settings.place, where)]
    if not there and time is None:
        raise Refusal(
            markup(
                "No daily question is posted in ",
                Place(where),
                " yet. Nothing was changed; name a time to begin one, as in /config 09:00, or press the button.",
            ),
            (SET_UP,),
        )
    if not there:
        return set_up(call, uow, catalog, None, where, time, zone, weekdays, ping)
    if len(there) > 1:
        choices = tuple(
            Choice(f"{track.settings.schedule.at:%H:%M}", route("cfg", track.ref), place=where) for track in there
        )
        many = markup(f"There are {len(there)} daily questions in ", Place(where), ". Which one? Nothing was changed.")
        raise Refusal(many, choices)
    return edit(call, uow, catalog, there[0].ref, None, time, zone, weekdays, ping)


@pressed("cfg-new", needs="catalog", manager=True)
def new_form(call: Call, registry: Registry) -> Outcome:
    """Open the short form of a new track."""
    values = {"place": call.place, "time": "09:00", "zone": call.zone, "weekdays": "mon-fri", "ping": "none"}
    form = registry.form("set-up", call.seed, values=values)
    return Outcome(FormAsked(form, "One question a day, where and when you like."))


@submitted("set-up", title="Daily question", manager=True)
def set_up(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    draw: Annotated[int | None, CARRIED] = None,
    place: InPlace = None,
    time: AtTime = None,
    zone: InZone = None,
    weekdays: OnDays = None,
    ping: Ping = None,
) -> Outcome:
    """Create a track; its introduction is posted once it is kept.

    ``draw`` was drawn when the form was opened. If the form is sent again, as after an acknowledgement that was lost,
    the track is there already and is changed.
    """
    community = community_of(call, uow)
    tracks = uow.tracks.of_community(community.id)
    sent_before = next((track for track in tracks if track.seed == draw), None)
    if sent_before is not None:
        return edit(call, uow, catalog, sent_before.ref, place, time, zone, weekdays, ping)
    if len(tracks) >= TRACKS_AT_MOST:
        raise Refusal(
            markup(
                "A ",
                FaceWord.COMMUNITY,
                f" has at most {TRACKS_AT_MOST} daily questions. Nothing was changed; change or delete one.",
            )
        )
    schedule = Schedule(time or DEFAULT_TIME, zone or call.zone, weekdays or WEEKDAYS)
    wanted = TrackSettings(place=place or call.place, schedule=schedule, ping_role=_ping(ping, None))
    member_of(call, uow)  # whose id is kept can ask what is kept
    seed = call.seed if draw is None else draw
    track = uow.tracks.add(community.id, wanted, call.user, seed, first_due(schedule, call.now))
    shown = seen(call, uow, catalog, track)
    unsaid = TrackSaved(shown, new=True, twin=_twin(call, uow, track))
    introduce = Introduce(track.ref, wanted.place, TrackIntroduced(shown, catalog.subject), unsaid, new=True)
    return Outcome(replace(unsaid, introduced=True), (introduce,))


def ensure_track(call: Call, uow: UnitOfWork) -> bool:
    """Create the terminal's own track at its first start: a question a date, every day, and one at once."""
    community = community_of(call, uow)
    if uow.tracks.of_community(community.id):
        return False
    schedule = Schedule(time(0), call.zone)
    today = local_date(schedule, call.now)
    due = Due(today, min(instant(schedule, today), call.now))
    # At any hour: the date's question can be posted until the next date's is due.
    settings = TrackSettings(place=call.place, schedule=schedule, catch_up=LONGEST_DAY)
    member_of(call, uow)  # whose id is kept can ask what is kept
    uow.tracks.add(community.id, settings, call.user, call.seed, due)
    return True


def _ping(given: str | None, kept: str | None) -> str | None:
    if given is None:
        return kept
    return None if given.casefold() in ("none", "nobody", "off", "no") else given


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


@pressed("cfg-edit", needs="catalog", manager=True)
def edit_form(
    call: Call, registry: Registry, ref: TrackRef, at: str, zone: str, days: str, place: str = "", ping: str = ""
) -> Outcome:
    """Open the short form of a track, filled in from what its button carries."""
    weekdays = frozenset(int(day) for day in days if day in "0123456")
    values = {
        "place": place,
        "time": "" if at == UNKNOWN else f"{at[:2]}:{at[2:4]}",
        "zone": "" if zone == UNKNOWN else zone_in_words(ZoneName(zone)),
        "weekdays": days_in_words(weekdays) if weekdays else "",
        "ping": ping,
    }
    return Outcome(FormAsked(registry.form("edit", ref, values=values), "Streaks and history stay, wherever it moves."))


@submitted("edit", title="Time and place", manager=True)
def edit(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    ref: Annotated[TrackRef, CARRIED],
    place: InPlace = None,
    time: AtTime = None,
    zone: InZone = None,
    weekdays: OnDays = None,
    ping: Ping = None,
) -> Outcome:
    """Change where and when a track posts; a new place is introduced."""
    track = track_here(call, uow, ref)
    given = {TrackPart.TIME: time, TrackPart.ZONE: zone, TrackPart.WEEKDAYS: weekdays}
    choose_first(track, [part for part in track.lacks(WHEN) if given[part] is None])
    old = track.settings
    schedule = replace(
        old.schedule,
        at=time or old.schedule.at,
        zone=zone or old.schedule.zone,
        weekdays=weekdays or old.schedule.weekdays,
    )
    wanted = replace(old, place=place or old.place, schedule=schedule, ping_role=_ping(ping, old.ping_role))
    saved = _save(call, uow, track, wanted, WHEN)
    moved = wanted.place != old.place
    told = TrackSaved(seen(call, uow, catalog, saved), new=moved, twin=_twin(call, uow, saved))
    if not moved:
        return Outcome(told)
    introduce = Introduce(track.ref, wanted.place, TrackIntroduced(told.seen, catalog.subject), told, new=False)
    return Outcome(replace(told, introduced=True), (introduce,))


def _save(call: Call, uow: UnitOfWork, track: Track, wanted: TrackSettings, chosen: Collection[TrackPart]) -> Track:
    """Keep what was chosen; a part that could not be read and was not chosen again stays as it is kept."""
    member_of(call, uow)
    due = next_after_change(uow, track, wanted.schedule, call.now)
    uow.tracks.save(track.id, wanted, call.user, due, leave=track.lacks(CHOSEN - frozenset(chosen)))
    saved = uow.tracks.get(track.id)
    assert saved is not None  # just saved
    return saved


@pressed("cfg-ask", needs="catalog", manager=True)
def topics_form(call: Call, registry: Registry, catalog: Catalog, ref: TrackRef) -> Outcome:
    """Open the form of topics and level."""
    return Outcome(FormAsked(registry.form("topics", ref, catalog=catalog), "What is left empty stays as it is."))


@submitted("topics", title="Topics and level", manager=True)
def change_topics(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    ref: Annotated[TrackRef, CARRIED],
    topics: Annotated[TopicIds | None, Opt("Topics, or all", most=300, example="rag, prompting")] = None,
    level: Annotated[LevelWanted | None, Opt("Level, or all")] = None,
    repeats: Annotated[Repeats | None, Opt("When all is asked: again or pause")] = None,
) -> Outcome:
    """Change what a track asks; what is not given stays."""
    track = track_here(call, uow, ref)
    given = {TrackPart.LEVEL: level, TrackPart.REPEATS: repeats}
    choose_first(track, [part for part in track.lacks(WHAT) if given[part] is None])
    old = track.settings
    wanted = Wanted(
        old.wanted.topics if topics is None else topics,
        old.wanted.level if level is None else None if level is LevelWanted.ALL else Difficulty(level),
    )
    fitting = sum(1 for question in catalog.questions if wanted.admits(question))
    if fitting == 0:
        raise Refusal(
            "No question has that topic and level together. Nothing was changed; choose more topics or another level.",
            (Choice("Topics and level", route("cfg-ask", ref)),),
            field="topics",
        )
    _save(call, uow, track, replace(old, wanted=wanted, repeats=repeats or old.repeats), WHAT)
    return panel(call, uow, catalog, ref, saved=f"Saved. {fitting} questions fit.")


@pressed("cfg-off", needs="catalog", manager=True)
def days_off_form(call: Call, registry: Registry, ref: TrackRef) -> Outcome:
    """Open the form of days off."""
    text = "These dates are added to the list. Begin with none to clear it first."
    return Outcome(FormAsked(registry.form("days-off", ref), text))


@submitted("days-off", title="Days off", manager=True)
def change_days_off(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    ref: Annotated[TrackRef, CARRIED],
    days: Annotated[TypedDates, Opt("Dates without a question", most=400, example="24 dec - 2 jan, 2027-05-01")],
) -> Outcome:
    """Add days off to a track, or begin the list again."""
    track = track_here(call, uow, ref)
    old = track.settings
    try:
        dates = days.on(local_date(old.schedule, call.now))
    except PastDate as error:
        raise Refusal(f"{error.day} is in the past. Nothing was changed.", (), field="days") from None
    except NotUnderstood as error:
        raise Refusal(f"{not_understood(days.text, error)} Nothing was changed.", (), field="days") from None
    kept = frozenset() if days.clears else old.schedule.days_off
    schedule = replace(old.schedule, days_off=kept | dates)
    if len(schedule.days_off) > DAYS_OFF_AT_MOST:
        raise Refusal(
            f"That is more than {DAYS_OFF_AT_MOST} days off. Nothing was changed; pausing may serve better.",
            (Choice("Pause", route("cfg-pause", ref)),),
            field="days",
        )
    _save(call, uow, track, replace(old, schedule=schedule), {TrackPart.DAYS_OFF})
    how = "now" if days.clears else "added"
    said = f"Saved: {counted(len(dates), 'day')} off {how}." if dates else "Saved: no days off any more."
    return panel(call, uow, catalog, ref, saved=said)
