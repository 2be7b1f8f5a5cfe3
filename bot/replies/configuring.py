"""What managers see: every track and how it stands, one track's panel, saved, warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.clock_check import distance
from bot.domain.identifiers import PlaceRef, TrackId, ZoneName
from bot.domain.question import Difficulty
from bot.domain.selection import Repeats
from bot.domain.streak import SENTENCE
from bot.domain.track import WHAT, WHEN, PauseReason, Track, TrackPart, times_apart, when_in_words
from bot.domain.zones import in_words
from bot.replies.card import Block, Card, Choice, Facts, Tone, paragraph
from bot.replies.markup import Markup, Moment, MomentStyle, Person, PingRole, Place, bold, counted, listed, markup
from bot.replies.notices import ToKnow, deciding
from bot.replies.routes import Route, fitting, route

PANELS = 15
"""With the other choices, as many as a picker holds."""
TIME_AND_PLACE, TOPICS_AND_LEVEL, DAYS_OFF = "Time and place", "Topics and level", "Days off"
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
    given_up_ahead: int = 0
    """Dates still to come that were given up, as by a clock that was set far ahead."""

    def when(self) -> str:
        """The schedule in words."""
        return when_in_words(self.track)

    def state(self) -> Markup:
        """Whether it posts, and when next."""
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
        """How long the bank lasts, and what comes after."""
        repeats = self.track.settings.repeats
        after = "then it asks the oldest again" if repeats is Repeats.AGAIN else "then it pauses"
        if self.rounds_left == 0:
            return "everything was asked; the oldest come again" if repeats is Repeats.AGAIN else "everything was asked"
        weeks = "less than a week" if self.weeks_left == 0 else counted(self.weeks_left, "week")
        return f"{counted(self.rounds_left, 'new question')}, {weeks}; {after}"


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
        blocks: list[Block] = [paragraph(bold("To know: "), notice.spans()) for notice in self.notices]
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
                choices=(Choice("Set up daily question", route("cfg-new")),),
            )
        blocks.extend(
            paragraph(Place(seen.track.settings.place), f" at {seen.when()}: ", seen.state())
            for seen in self.tracks[:PANELS]
        )
        right = " and by right answers" if self.boards_right else ""
        boards = f"on: full weeks, streaks{right}" if self.boards_shown else "off"
        people: list[Markup] = []
        for i, user in enumerate(self.delegates):
            people.append(markup(", " if i else "", Person(user)))
        blocks.append(
            Facts(
                (
                    ("Leaderboard", markup(boards)),
                    ("Delegates", markup(*people) if people else markup("none")),
                )
            )
        )
        times = times_apart(seen.track for seen in self.tracks)
        choices = [
            *(
                Choice(f"Change{times[seen.track.id]}", route("cfg", seen.track.id), place=seen.track.settings.place)
                for seen in self.tracks[:PANELS]
            ),
            *(choice for notice in self.notices for choice in notice.choices()),
            Choice("Another daily question", route("cfg-new")),
            Choice(
                "Boards off" if self.boards_shown else "Boards on",
                route("cfg-boards", "no" if self.boards_shown else "yes"),
            ),
            Choice(
                "Not by right answers" if self.boards_right else "Also by right answers",
                route("cfg-right", "no" if self.boards_right else "yes"),
            ),
            Choice("Delegates", route("cfg-people")),
            Choice("Health", route("cfg-health")),
        ]
        return Card(title="Settings", blocks=tuple(blocks), choices=tuple(choices))


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
        if self.seen.given_up_ahead:
            given_up = counted(self.seen.given_up_ahead, "question")
            text = f"{given_up} of dates still to come were given up, as if they had passed. Ask again from today?"
            blocks.append(paragraph(bold("To know: "), text))
        if self.seen.unknown is not None:
            blocks.append(paragraph(bold("To know: "), self.seen.unknown.text))
        off = ", ".join(day.isoformat() for day in self.seen.days_off_ahead[:6])
        more = f" and {len(self.seen.days_off_ahead) - 6} more" if len(self.seen.days_off_ahead) > 6 else ""
        blocks.append(
            Facts(
                (
                    ("Place", markup(Place(settings.place))),
                    ("When", markup(self.seen.when())),
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
        id = track.id
        choices: list[Choice] = []
        if self.seen.unknown is not None and self.seen.unknown.undecided is not None:
            choices += deciding(self.seen.unknown.undecided)
        if track.running:
            choices += [
                Choice("Post one now", route("cfg-now", id)),
                Choice("Preview", route("cfg-preview", id)),
                Choice("Skip the next", route("cfg-skip", id)),
                Choice("Pause", route("cfg-pause", id)),
                Choice("Pause until", route("cfg-until", id)),
            ]
            if self.seen.given_up_ahead:
                choices.append(Choice("Ask again from today", route("cfg-resume", id)))
            elif self.seen.held_back:
                choices.append(Choice("Do not skip", route("cfg-resume", id)))
        else:
            choices.append(Choice("Resume", route("cfg-resume", id)))
        choices += [
            Choice(TIME_AND_PLACE, edit_route(track)),
            Choice(TOPICS_AND_LEVEL, route("cfg-ask", id)),
            Choice(DAYS_OFF, route("cfg-off", id)),
        ]
        if self.open_round:
            choices.append(Choice("Withdraw open question", route("cfg-void", id)))
        choices += [Choice("Delete", route("cfg-delete", id)), Choice("All settings", route("run", "config"))]
        return tuple(choices)


def ways_to_choose(track: Track) -> tuple[str, ...]:
    """The buttons under which a manager chooses again what could not be read."""
    ways = ((WHEN, TIME_AND_PLACE), (WHAT, TOPICS_AND_LEVEL), ({TrackPart.DAYS_OFF}, DAYS_OFF))
    return tuple(label for parts, label in ways if track.lacks(parts))


def edit_route(track: Track) -> Route:
    """Where "Time and place" leads; carries the present values so that the form opens without the database."""
    settings, lost = track.settings, track.lacks(WHEN)
    days = "".join(str(day) for day in sorted(settings.schedule.weekdays))
    when = (
        UNKNOWN if TrackPart.TIME in lost else f"{settings.schedule.at:%H%M}",
        UNKNOWN if TrackPart.ZONE in lost else settings.schedule.zone,
        UNKNOWN if TrackPart.WEEKDAYS in lost else days,
    )
    where = (track.id, *when, settings.place)
    return fitting("cfg-edit", *where, settings.ping_role or "none") or route("cfg-edit", *where[:4])


@dataclass(frozen=True, slots=True)
class TrackIntroduced:
    """The one post a new track makes: what comes, when, that results are private, who set it up."""

    track: TrackId
    at: time
    zone: ZoneName
    days: str
    first_at: datetime | None
    topics: tuple[str, ...]
    level: Difficulty | None
    set_up_by: str

    def as_card(self) -> Card:
        """The introduction."""
        about = listed(self.topics) if self.topics else "careers in generative AI"
        level = f", {self.level} ones" if self.level else ""
        first: Markup = markup("")
        if self.first_at:
            first = markup(" The first comes ", Moment(self.first_at, MomentStyle.DATE_TIME, self.zone), ".")
        return Card(
            title="One question a day",
            blocks=(
                paragraph(
                    f"A question on {about}{level} will be posted here at {self.at:%H:%M} "
                    f"({in_words(self.zone)}), {self.days}.",
                    first,
                ),
                paragraph(
                    "Press a letter and you are told privately whether it was right and why. Nobody here sees what you "
                    "chose, managers included; only whoever runs Studybot could read it in its database. When the next "
                    "one comes, this channel sees the answer and how the group voted."
                ),
                paragraph(SENTENCE, small=True),
                paragraph("Set up by ", Person(self.set_up_by), ". /help shows what else there is.", small=True),
            ),
        )


@dataclass(frozen=True, slots=True)
class TrackSaved:
    """A track was saved: read back in local time, with what to do next."""

    seen: TrackSeen
    new: bool
    introduced: bool = False
    """An introduction stands where it will be posted."""
    twin: str = ""
    """When another daily question of the same place comes, if they ever come at the same moment."""

    def as_card(self) -> Card:
        """The settings read back."""
        track = self.seen.track
        text = markup(
            "A question will be posted in ",
            Place(track.settings.place),
            f" at {self.seen.when()}. It is ",
            self.seen.state(),
            ".",
        )
        blocks: list[Block] = [paragraph(text), paragraph(f"Question bank: {self.seen.bank()}.", small=True)]
        if self.twin:
            blocks.append(
                paragraph(
                    bold("Twice at once: "),
                    "another daily question is posted in ",
                    Place(track.settings.place),
                    f" at {self.twin}. If one is enough, change or delete the other under All settings.",
                )
            )
        if self.introduced:
            blocks.append(paragraph("An introduction was posted there.", small=True))
        return Card(
            title="Saved",
            blocks=tuple(blocks),
            choices=(
                Choice("Post the first one now" if self.new else "Post one now", route("cfg-now", track.id)),
                Choice("Preview", route("cfg-preview", track.id)),
                Choice("Topics and level", route("cfg-ask", track.id)),
                Choice("More settings", route("cfg", track.id)),
                *((Choice("All settings", route("run", "config")),) if self.twin else ()),
            ),
            tone=Tone.GOOD,
        )


@dataclass(frozen=True, slots=True)
class NotPostable:
    """A place refused the introduction, so its questions would not be taken either."""

    track: TrackId
    place: PlaceRef
    reason: str
    new: bool
    """A new track, of which nothing was kept; else one that moved there and is paused."""

    def as_card(self) -> Card:
        """Why, what is kept, and how to go on."""
        kept = "Nothing was saved." if self.new else "The move is saved and the daily question is paused."
        again = Choice("Try again", route("cfg-new")) if self.new else Choice("Resume", route("cfg-resume", self.track))
        return Card(
            title="It cannot be posted there",
            blocks=(
                paragraph("In ", Place(self.place), f": {self.reason} {kept} Change that, or choose another place."),
            ),
            choices=(again, Choice("All settings", route("run", "config"))),
            tone=Tone.NOTICE,
        )


@dataclass(frozen=True, slots=True)
class DeleteWarned:
    """Before a track is deleted: how many streaks hang on it, and what else could be done."""

    track: TrackId
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
                Choice("Delete it", route("cfg-delete-yes", self.track)),
                Choice("Back", route("cfg", self.track)),
            ),
            tone=Tone.NOTICE,
        )


@dataclass(frozen=True, slots=True)
class HealthShown:
    """How the daily questions are doing: last posts, open ends, reports."""

    rows: tuple[tuple[PlaceRef, str], ...]
    reports: tuple[tuple[str, str, int], ...]
    """(question id, reason, how many)."""
    clock_off: timedelta | None = None
    """How far the computer's clock is ahead of the platform's, while nothing is posted because of it."""

    def as_card(self) -> Card:
        """One line a track, then reports by question."""
        blocks: list[Block] = []
        if self.clock_off is not None:
            text = (
                f"The clock of the computer that runs Studybot is {distance(self.clock_off)} the platform's. Until it "
                "is set right nothing is posted or closed; answers count as ever. Tell whoever runs it."
            )
            blocks.append(paragraph(bold("Nothing is posted: "), text))
        blocks += [paragraph(Place(place), f": {line}") for place, line in self.rows]
        if self.reports:
            blocks.append(paragraph(bold("Reported questions")))
            blocks.append(
                Facts(tuple((id, markup(f"{reason}: {counted(n, 'member')}")) for id, reason, n in self.reports))
            )
        return Card(
            title="Health",
            blocks=tuple(blocks) or (paragraph("No daily question is set up yet."),),
            choices=(Choice("All settings", route("run", "config")),),
        )
