"""The settings as managers see them: every track and how it stands, one track's panel, saved, warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.identifiers import PlaceRef, TrackRef
from bot.domain.selection import Repeats
from bot.domain.track import WHAT, WHEN, PauseReason, Track, TrackPart, times_apart, when_in_words
from bot.replies.card import Block, Card, Choice, Facts, Tone, Weight, paragraph
from bot.replies.common_buttons import ALL_SETTINGS, OUR_QUESTIONS, SET_UP
from bot.replies.markup import (
    FaceWord,
    Markup,
    Moment,
    MomentStyle,
    Person,
    PingRole,
    Place,
    bold,
    counted,
    listed,
    markup,
    people_listed,
)
from bot.replies.notices import ToKnow, deciding
from bot.replies.routes import Route, fitting, route
from bot.replies.said import Listed

PANELS = 15
"""With the other choices, as many as a picker holds."""
DELEGATES_REMOVABLE = 10
"""As many as stand on buttons of one reply."""
DELEGATES = Choice("Delegates", route("cfg-people"))
UNKNOWN = "-"
"""Carried by a button in the place of what could not be read."""
PAUSED = {
    PauseReason.MANAGER: "paused by a manager",
    PauseReason.REFUSED: "paused: it could not be posted",
    PauseReason.LEFT: "paused: Studybot was removed",
    PauseReason.UNANSWERED: "paused: nobody answered the last ten",
    PauseReason.BANK_EMPTY: "paused: every fitting question was asked",
    PauseReason.NO_DAYS: "paused: every day is off",
    PauseReason.UNREADABLE: "paused: some of its data could not be read",
    PauseReason.FAULT: "paused: something of ours went wrong with it",
    PauseReason.NO_QUESTION: "paused: no question fits its topics and level",
}


@dataclass(frozen=True, slots=True)
class TrackSeen:
    """A track as a manager sees it."""

    track: Track
    topics: tuple[str, ...]
    weeks_left: int
    """How many weeks the bank lasts without repeating."""
    rounds_left: int
    days_off_ahead: tuple[date, ...] = ()
    unknown: ToKnow | None = None
    """The latest round, if its fate is unknown."""
    held_back: bool = False
    """The next date was skipped or put off."""
    used_ahead: tuple[int, int] = (0, 0)
    """How many questions of dates still to come a clock that was set far ahead gave up, and how many it had posted."""

    def state(self) -> Markup:
        """Say whether it posts, and when next."""
        track = self.track
        if track.unreadable:
            lost = listed(tuple(map(str, track.unreadable)))
            return markup(f"{PAUSED[PauseReason.UNREADABLE]} ({lost})")
        if not track.running:
            detail = f" ({track.pause_detail})" if track.pause_detail else ""
            return markup(PAUSED.get(track.pause_reason or PauseReason.MANAGER, "paused") + detail)
        if track.next_due_at is None:
            return markup("running, but no day is left to post on")
        word = "waiting; next " if self.held_back else "running; next "
        return markup(word, Moment(track.next_due_at, MomentStyle.DATE_TIME, track.settings.schedule.zone))

    def bank(self) -> str:
        """Say how long the bank lasts, and what comes after."""
        repeats = self.track.settings.repeats
        after = "then it asks the oldest again" if repeats is Repeats.AGAIN else "then it pauses"
        if self.rounds_left == 0:
            return "everything was asked; the oldest come again" if repeats is Repeats.AGAIN else "everything was asked"
        weeks = "less than a week" if self.weeks_left == 0 else counted(self.weeks_left, "week")
        return f"{counted(self.rounds_left, 'new question')}, {weeks}; {after}"


AT_A_GLANCE = route("cfg-all")
"""What a manager may press without meaning to change anything, and without being told what waits."""


@dataclass(frozen=True, slots=True)
class ConfigShown:
    """The settings of a community."""

    tracks: tuple[TrackSeen, ...]
    notices: tuple[ToKnow, ...]
    boards_shown: bool
    boards_right: bool
    delegates: tuple[str, ...]

    def as_card(self) -> Card:
        """Notices first, then each track, then what holds for all."""
        blocks: list[Block] = [notice.block() for notice in self.notices]
        if not self.tracks:
            blocks.append(
                paragraph(
                    "No daily question is set up yet. One short form does it: where, when, in which time zone and on "
                    "which days. Results are private, one post a day, and you can change everything later."
                )
            )
            return Card(
                title="Settings",
                blocks=tuple(blocks),
                choices=(SET_UP,),
            )
        blocks.extend(
            paragraph(Place(seen.track.settings.place), f" at {when_in_words(seen.track)}: ", seen.state())
            for seen in self.tracks[:PANELS]
        )
        right = " and by right answers; votes stay hidden" if self.boards_right else ""
        boards = f"on: full weeks, streaks{right}" if self.boards_shown else "off"
        blocks.append(
            Facts(
                (
                    ("Leaderboard", markup(boards)),
                    ("Delegates", people_listed(self.delegates) or markup("none")),
                )
            )
        )
        times = times_apart(seen.track for seen in self.tracks)
        choices = [
            *(
                Choice(f"Change{times[seen.track.id]}", route("cfg", seen.track.ref), place=seen.track.settings.place)
                for seen in self.tracks[:PANELS]
            ),
            *(choice for notice in self.notices for choice in notice.choices()),
            Choice("Another daily question", route("cfg-new"), weight=Weight.LEADS),
            Choice(
                "Boards off" if self.boards_shown else "Boards on",
                route("cfg-boards", "no" if self.boards_shown else "yes"),
            ),
            Choice(
                "Not by right answers" if self.boards_right else "Also by right answers",
                route("cfg-right", "no" if self.boards_right else "yes"),
            ),
            DELEGATES,
            OUR_QUESTIONS,
            Choice("Health", route("cfg-health")),
        ]
        return Card(title="Settings", blocks=tuple(blocks), choices=tuple(choices))


def _used_ahead(given_up: int, posted: int) -> str:
    up = f"gave up {counted(given_up, 'question')} of dates still to come, as if they had passed" if given_up else ""
    out = f"posted {counted(posted, 'question')} under a date still to come" if posted else ""
    return f"A clock that was set far ahead {', and '.join(filter(None, (up, out)))}. Ask again from today?"


@dataclass(frozen=True, slots=True)
class TrackPanel:
    """One track: its settings, and everything that can be done with it."""

    seen: TrackSeen
    saved: str = ""
    """What was just changed, said first."""
    open_round: bool = False

    def as_card(self) -> Card:
        """The panel."""
        track = self.seen.track
        settings = track.settings
        blocks: list[Block] = [paragraph(self.saved)] if self.saved else []
        if any(self.seen.used_ahead):
            blocks.append(paragraph(bold("To know: "), _used_ahead(*self.seen.used_ahead)))
        if self.seen.unknown is not None:
            blocks.append(paragraph(bold("To know: "), self.seen.unknown.text))
        off = ", ".join(day.isoformat() for day in self.seen.days_off_ahead[:6])
        more = f" and {len(self.seen.days_off_ahead) - 6} more" if len(self.seen.days_off_ahead) > 6 else ""
        blocks.append(
            Facts(
                (
                    ("Place", markup(Place(settings.place))),
                    ("When", markup(when_in_words(track))),
                    ("State", self.seen.state()),
                    ("Topics", markup(listed(self.seen.topics) or "all")),
                    ("Level", markup(settings.wanted.level.value if settings.wanted.level else "all")),
                    ("Days off", markup((off + more) or "none")),
                    ("Question bank", markup(self.seen.bank())),
                    ("Pings", markup(PingRole(settings.ping_role) if settings.ping_role else "nobody")),
                )
            )
        )
        return Card(title="Daily question", blocks=tuple(blocks), choices=self._choices())

    def _choices(self) -> tuple[Choice, ...]:
        track = self.seen.track
        ref = track.ref
        choices: list[Choice] = []
        if self.seen.unknown is not None and self.seen.unknown.undecided is not None:
            choices += deciding(self.seen.unknown.undecided)
        if track.running:
            choices += [
                Choice("Post one now", route("cfg-now", ref), weight=Weight.LEADS),
                Choice("Preview", route("cfg-preview", ref)),
                Choice("Skip the next", route("cfg-skip", ref)),
                Choice("Pause", route("cfg-pause", ref)),
                Choice("Pause until", route("cfg-until", ref)),
            ]
            if any(self.seen.used_ahead):
                choices.append(Choice("Ask again from today", route("cfg-resume", ref)))
            elif self.seen.held_back:
                choices.append(Choice("Do not skip", route("cfg-resume", ref)))
        else:
            choices.append(Choice("Resume", route("cfg-resume", ref)))
        choices += choosing(track)
        if self.open_round:
            choices.append(Choice("Withdraw open question", route("cfg-void", ref)))
        choices += [Choice("Delete", route("cfg-delete", ref)), ALL_SETTINGS]
        return tuple(choices)


def choosing(track: Track) -> tuple[Choice, Choice, Choice]:
    """The ways to choose when and where a track posts, what it asks, and its days off."""
    return (
        Choice("Time and place", edit_route(track)),
        Choice("Topics and level", route("cfg-ask", track.ref)),
        Choice("Days off", route("cfg-off", track.ref)),
    )


def choosing_again(track: Track) -> tuple[Choice, ...]:
    """Those of the ways by which a manager chooses again what could not be read."""
    parts = (WHEN, WHAT, {TrackPart.DAYS_OFF})
    return tuple(way for part, way in zip(parts, choosing(track), strict=True) if track.lacks(part))


def edit_route(track: Track) -> Route:
    """Where "Time and place" leads; carries the present values so that the form opens without the database."""
    settings, lost = track.settings, track.lacks(WHEN)
    days = "".join(str(day) for day in sorted(settings.schedule.weekdays))
    when = (
        UNKNOWN if TrackPart.TIME in lost else f"{settings.schedule.at:%H%M}",
        UNKNOWN if TrackPart.ZONE in lost else settings.schedule.zone,
        UNKNOWN if TrackPart.WEEKDAYS in lost else days,
    )
    where = (track.ref, *when, settings.place)
    return (
        fitting("cfg-edit", *where, settings.ping_role or "none")
        or fitting("cfg-edit", *where)
        or route("cfg-edit", *where[:4])
    )


@dataclass(frozen=True, slots=True)
class DeleteWarned:
    """Before a track is deleted: how many streaks hang on it, and what else could be done."""

    track: TrackRef
    place: PlaceRef
    members: int
    move: Route

    def as_card(self) -> Card:
        """The warning with the gentler ways first."""
        streaks = (
            f"{counted(self.members, 'member has', 'members have')} streaks here; deleting ends them for good."
            if self.members
            else "Nobody has answered here yet."
        )
        return Card(
            title="Delete this daily question?",
            blocks=(paragraph("The one in ", Place(self.place), f". {streaks} Moving or pausing it keeps them."),),
            choices=(
                Choice("Move it", self.move),
                Choice("Pause it", route("cfg-pause", self.track)),
                Choice("Delete it", route("cfg-delete-yes", self.track), weight=Weight.DELETES),
                Choice("Back", route("cfg", self.track)),
            ),
            tone=Tone.NOTICE,
        )


def delegates_listed(delegates: tuple[str, ...]) -> Listed:
    """Everyone a manager let use the settings, and the ways to let others, or to stop letting one."""
    routes = (fitting("cfg-unlet", person) for person in delegates[:DELEGATES_REMOVABLE])
    remove = tuple(Choice(f"Remove {i}", where) for i, where in enumerate(routes, 1) if where)
    return Listed(
        "Delegates",
        markup("Besides ", FaceWord.MANAGERS, f", /config is open to{':' if delegates else ' nobody.'}"),
        tuple((f"{i}.", markup(Person(person))) for i, person in enumerate(delegates, 1)),
        (Choice("Add someone", route("cfg-let")), *remove, ALL_SETTINGS),
    )
