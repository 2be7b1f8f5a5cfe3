"""/config: the panel, its forms and its buttons. Every one of them checks that the caller manages."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated

from bot.commands.declare import CARRIED, Opt, command, pressed, submitted
from bot.commands.kinds import PersonRef, PingRef, TopicIds, Weekdays
from bot.commands.registry import Registry
from bot.domain.calendar_dates import TypedDate, TypedDates
from bot.domain.identifiers import PlaceRef, RoundRef, TrackRef, ZoneName
from bot.domain.schedule import days_in_words
from bot.domain.selection import Repeats
from bot.domain.zones import in_words
from bot.features.config import configuring, saving, steering
from bot.features.config.saving import WhenAndWhere
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.configuring import UNKNOWN
from bot.replies.said import FormAsked

Place = Annotated[PlaceRef | None, Opt("Channel (this one if left empty)", most=100, example="#general")]
At = Annotated[time | None, Opt("Time of day, 24-hour", example="09:00")]
Zone = Annotated[ZoneName | None, Opt("City or time zone", example="Berlin")]
Days = Annotated[Weekdays | None, Opt("Weekdays", example="mon-fri")]
Ping = Annotated[PingRef | None, Opt("Role to ping, or none", most=60, example="none")]


Draw = Annotated[int | None, CARRIED]
"""Drawn when a form is opened, so that one that is sent twice is known."""


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
    time: At = None,
    zone: Zone = None,
    weekdays: Days = None,
    place: Place = None,
    ping: Ping = None,
) -> Outcome:
    """Set up and steer the daily question: place, time, zone, days, topics, pauses, health."""
    wish = WhenAndWhere(place, time, zone, weekdays, ping)
    if wish.empty:
        return configuring.settings(call, uow, catalog)
    return saving.save_here(call, uow, catalog, wish)


@pressed("cfg-all", manager=True)
def glance(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """Look at every daily question and what holds for all."""
    return configuring.glance(call, uow, catalog)


@pressed("cfg", needs="read", manager=True)
def panel(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Show one track's settings."""
    return configuring.panel(call, uow, catalog, track)


@pressed("cfg-new", needs="catalog", manager=True)
def new_form(call: Call, registry: Registry) -> Outcome:
    """Open the short form of a new track."""
    values = {"place": call.place, "time": "09:00", "zone": call.zone, "weekdays": "mon-fri", "ping": "none"}
    return Outcome(
        FormAsked(registry.form("set-up", call.seed, values=values), "One question a day, where and when you like.")
    )


@submitted("set-up", title="Daily question", manager=True)
def set_up(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    draw: Draw = None,
    place: Place = None,
    time: At = None,
    zone: Zone = None,
    weekdays: Days = None,
    ping: Ping = None,
) -> Outcome:
    """Create a track from the short form, once: what is sent again changes it."""
    return saving.create(call, uow, catalog, WhenAndWhere(place, time, zone, weekdays, ping), draw)


@pressed("cfg-edit", needs="catalog", manager=True)
def edit_form(
    call: Call,
    registry: Registry,
    track: TrackRef,
    at: str,
    zone: str,
    days: str,
    place: str = "",
    ping: str = "",
) -> Outcome:
    """Open the short form of a track, filled in from what its button carries."""
    weekdays = frozenset(int(day) for day in days if day in "0123456")
    values = {
        "place": place,
        "time": "" if at == UNKNOWN else f"{at[:2]}:{at[2:4]}",
        "zone": "" if zone == UNKNOWN else in_words(ZoneName(zone)),
        "weekdays": days_in_words(weekdays) if weekdays else "",
        "ping": ping,
    }
    return Outcome(
        FormAsked(registry.form("edit", track, values=values), "Streaks and history stay, wherever it moves.")
    )


@submitted("edit", title="Time and place", manager=True)
def edit(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track: Annotated[TrackRef, CARRIED],
    place: Place = None,
    time: At = None,
    zone: Zone = None,
    weekdays: Days = None,
    ping: Ping = None,
) -> Outcome:
    """Change a track from the short form."""
    return saving.change(call, uow, catalog, track, WhenAndWhere(place, time, zone, weekdays, ping))


@pressed("cfg-ask", needs="catalog", manager=True)
def topics_form(call: Call, registry: Registry, catalog: Catalog, track: TrackRef) -> Outcome:
    """Open the form of topics and level."""
    return Outcome(FormAsked(registry.form("topics", track, catalog=catalog), "What is left empty stays as it is."))


@submitted("topics", title="Topics and level", manager=True)
def topics(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track: Annotated[TrackRef, CARRIED],
    topics: Annotated[TopicIds | None, Opt("Topics, or all", most=300, example="rag, prompting")] = None,
    level: Annotated[LevelWanted | None, Opt("Level, or all")] = None,
    repeats: Annotated[Repeats | None, Opt("When all is asked: again or pause")] = None,
) -> Outcome:
    """Change what a track asks."""
    return saving.set_topics(call, uow, catalog, track, topics, level, repeats)


@pressed("cfg-off", needs="catalog", manager=True)
def days_off_form(call: Call, registry: Registry, track: TrackRef) -> Outcome:
    """Open the form of days off."""
    text = "These dates are added to the list. Begin with none to clear it first."
    return Outcome(FormAsked(registry.form("days-off", track), text))


@submitted("days-off", title="Days off", manager=True)
def days_off(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track: Annotated[TrackRef, CARRIED],
    days: Annotated[TypedDates, Opt("Dates without a question", most=400, example="24 dec - 2 jan, 2027-05-01")],
) -> Outcome:
    """Change a track's days off."""
    return saving.set_days_off(call, uow, catalog, track, days)


@pressed("cfg-preview", manager=True)
def preview(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """See the next question before the others do."""
    return steering.preview(call, uow, catalog, track)


@pressed("cfg-now", needs="write", manager=True)
def post_now(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Post today's question now."""
    return steering.post_now(call, uow, catalog, track)


@pressed("cfg-skip", needs="write", manager=True)
def skip(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Skip the next date."""
    return steering.skip_next(call, uow, catalog, track)


@pressed("cfg-pause", needs="write", manager=True)
def pause(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Pause a track."""
    return steering.pause(call, uow, catalog, track)


@pressed("cfg-until", needs="catalog", manager=True)
def pause_form(call: Call, registry: Registry, track: TrackRef) -> Outcome:
    """Open the form of a pause with an end."""
    return Outcome(FormAsked(registry.form("pause-until", track)))


@submitted("pause-until", title="Pause until", manager=True)
def pause_until(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    track: Annotated[TrackRef, CARRIED],
    until: Annotated[TypedDate, Opt("First date with a question again", example="2027-01-04")],
) -> Outcome:
    """Pause a track until a date."""
    return steering.pause_until(call, uow, catalog, track, until)


@pressed("cfg-resume", needs="write", manager=True)
def resume(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Resume a track."""
    return steering.resume(call, uow, catalog, track)


@pressed("cfg-void", manager=True)
def ask_void(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Ask before a question is withdrawn."""
    return steering.ask_void(call, uow, catalog, track)


@pressed("cfg-void-yes", needs="write", manager=True)
def void(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Withdraw a question."""
    return steering.void(call, uow, catalog, round)


@pressed("cfg-delete", manager=True)
def ask_delete(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Ask before a track is deleted."""
    return steering.ask_delete(call, uow, catalog, track)


@pressed("cfg-delete-yes", needs="write", manager=True)
def delete(call: Call, uow: UnitOfWork, catalog: Catalog, track: TrackRef) -> Outcome:
    """Delete a track."""
    return steering.delete(call, uow, catalog, track)


@pressed("cfg-there", needs="write", manager=True)
def it_is_there(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Say that an unknown post is there."""
    return steering.it_is_there(call, uow, catalog, round)


@pressed("cfg-resend", needs="write", manager=True)
def post_again(call: Call, uow: UnitOfWork, catalog: Catalog, round: RoundRef) -> Outcome:
    """Post an unknown question again."""
    return steering.post_again(call, uow, catalog, round)


@pressed("cfg-boards", needs="write", manager=True)
def boards(call: Call, uow: UnitOfWork, catalog: Catalog, shown: bool) -> Outcome:
    """Switch leaderboards on or off."""
    return configuring.set_boards(call, uow, catalog, shown)


@pressed("cfg-right", needs="write", manager=True)
def boards_by_right(call: Call, uow: UnitOfWork, catalog: Catalog, by_right: bool) -> Outcome:
    """Let leaderboards count right answers too."""
    return configuring.set_boards_by_right(call, uow, catalog, by_right)


@pressed("cfg-people", manager=True, needs="write")
def people(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """See who may manage."""
    return configuring.people(call, uow, catalog)


@pressed("cfg-let", needs="catalog", manager=True)
def delegate_form(call: Call, registry: Registry) -> Outcome:
    """Open the form that lets someone manage."""
    return Outcome(FormAsked(registry.form("delegate")))


@submitted("delegate", title="Let someone manage", manager=True)
def delegate(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    person: Annotated[PersonRef, Opt("Who may use /config", most=60)],
) -> Outcome:
    """Let someone manage."""
    return configuring.add_delegate(call, uow, catalog, person)


@pressed("cfg-unlet", needs="write", manager=True)
def undelegate(call: Call, uow: UnitOfWork, catalog: Catalog, person: PersonRef) -> Outcome:
    """Stop letting someone manage."""
    return configuring.remove_delegate(call, uow, catalog, person)


@pressed("cfg-health", needs="write", manager=True)
def health(call: Call, uow: UnitOfWork, catalog: Catalog) -> Outcome:
    """See how the daily questions are doing."""
    return configuring.health(call, uow, catalog)
