"""Where a member stands, round by round, and the boards of a community."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.identifiers import PlaceRef, TrackId
from bot.domain.streak import SENTENCE
from bot.replies.card import Block, Card, Choice, Facts, Points, paragraph
from bot.replies.judged import StandingLine
from bot.replies.markup import Markup, Person, Place, bold, counted, markup
from bot.replies.routes import route


@dataclass(frozen=True, slots=True)
class TrackProgress:
    """A member's standing on one track."""

    track: TrackId
    place: PlaceRef
    line: StandingLine
    skipped: int
    ended: int


@dataclass(frozen=True, slots=True)
class ProgressShown:
    """Streak, freezes, this week, accuracy by topic, and what to review."""

    tracks: tuple[TrackProgress, ...]
    topics: tuple[tuple[str, int, int], ...]
    """(topic, right, answered), weakest first."""
    practised: tuple[int, int]
    """Right, all."""
    to_review: int
    away: bool
    hidden: bool

    def as_card(self) -> Card:
        """The standing on each track, then accuracy and review."""
        blocks: list[Block] = []
        if not self.tracks:
            blocks.append(paragraph("You have not answered a daily question here yet. /daily shows today's."))
        for progress in self.tracks:
            blocks.append(paragraph(Place(progress.place), f": {progress.line.words()}"))
            if progress.ended:
                blocks.append(
                    paragraph(f"A streak of {progress.ended} ended; the next answer begins a new one.", small=True)
                )
            elif progress.skipped:
                covered = "a freeze covers it" if progress.skipped == 1 else "freezes cover them"
                missed = counted(progress.skipped, "round")
                blocks.append(paragraph(f"{missed} missed; {covered} once you answer the next.", small=True))
        if self.topics:
            rows = tuple((topic, markup(f"{right} of {total} right")) for topic, right, total in self.topics)
            blocks.append(paragraph(bold("By topic, weakest first")))
            blocks.append(Facts(rows))
        right, total = self.practised
        practised = f"Practice: {right} of {total} right. " if total else ""
        review = f"{counted(self.to_review, 'question')} to review; /quiz brings them first." if self.to_review else ""
        if practised or review:
            blocks.append(paragraph(practised + review))
        if self.away:
            blocks.append(paragraph("Rounds count neither for nor against you until you are back."))
        if self.hidden:
            blocks.append(paragraph("You are hidden from the leaderboard."))
        blocks.append(paragraph(SENTENCE, small=True))
        away = Choice("I am back", route("back")) if self.away else Choice("Away", route("away"))
        # One channel needs no name.
        several = len(self.tracks) > 1
        history = tuple(
            Choice("History", route("history", one.track), place=one.place if several else None)
            for one in self.tracks[:5]
        )
        return Card(
            title="Your progress",
            blocks=tuple(blocks),
            choices=(*history, Choice("Practise", route("run", "quiz")), away),
        )


class RoundFate(StrEnum):
    """What a round was for the member, in the words of the history."""

    RIGHT = "answered, right"
    WRONG = "answered, wrong"
    UNSURE = "answered, did not know"
    FROZEN = "covered by a freeze"
    AWAY = "you were away"
    EXCUSED = "counts against nobody"
    WITHDRAWN = "withdrawn"
    SKIPPED = "skipped"
    OPEN = "open"
    BEFORE = "before you began"


@dataclass(frozen=True, slots=True)
class HistoryShown:
    """Each round and what it was for the member."""

    place: PlaceRef
    rounds: tuple[tuple[int, date, RoundFate], ...]
    track: TrackId
    can_catch_up: bool

    def as_card(self) -> Card:
        """The rounds, the latest first."""
        rows = tuple((f"{number}", markup(f"{day:%a %d %b}: {fate.value}")) for number, day, fate in self.rounds)
        text = paragraph("Your rounds in ", Place(self.place), ", the latest first.")
        choices: tuple[Choice, ...] = (Choice("My progress", route("run", "progress")),)
        if self.can_catch_up:
            choices = (Choice("Catch up", route("catchup", self.track)), *choices)
        return Card(title="Your history", blocks=(text, Points(rows)), choices=choices)


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A track's week: who answered every round, the longest running streaks, the group, and your own line."""

    place: PlaceRef
    week_rounds: int
    full_week: tuple[str, ...]
    """Platform user ids."""
    streaks: tuple[tuple[str, int], ...]
    right: tuple[tuple[str, int], ...]
    """Empty unless the manager switched boards by right answers on."""
    group_answers: int
    own: StandingLine | None
    own_hidden: bool
    others: tuple[tuple[TrackId, PlaceRef], ...] = ()

    def as_card(self) -> Card:
        """The board; nothing below the tenth place."""
        rounds = counted(self.week_rounds, "round")
        blocks: list[Block] = [
            paragraph(
                "This week in ",
                Place(self.place),
                f": {rounds}, {counted(self.group_answers, 'answer')} from the group.",
            )
        ]
        if self.full_week:
            blocks.append(paragraph(bold("Every round so far: "), *_people(self.full_week)))
        if self.streaks:
            blocks.append(paragraph(bold("Longest running streaks, in rounds")))
            blocks.append(
                Points(tuple((f"{i}.", markup(Person(user), f" {n}")) for i, (user, n) in enumerate(self.streaks, 1)))
            )
        if self.right:
            blocks.append(paragraph(bold("Right answers last week, from five answers on")))
            blocks.append(
                Points(tuple((f"{i}.", markup(Person(user), f" {n}")) for i, (user, n) in enumerate(self.right, 1)))
            )
        if not (self.full_week or self.streaks):
            blocks.append(paragraph("Nobody is on the board yet: answer every question of a week, or two in a row."))
        if self.own:
            hidden = " You are hidden from this board." if self.own_hidden else ""
            blocks.append(paragraph(f"You: {self.own.words()}{hidden}"))
        hide = Choice("Show me", route("show-me")) if self.own_hidden else Choice("Hide me", route("hide-me"))
        others = tuple(Choice("Board", route("board", track), place=place) for track, place in self.others[:4])
        return Card(
            title="Leaderboard",
            blocks=tuple(blocks),
            choices=(*others, Choice("My progress", route("run", "progress")), hide),
        )


def _people(users: tuple[str, ...]) -> tuple[Markup, ...]:
    parts: list[Markup] = []
    for i, user in enumerate(users):
        parts.append(markup(", " if i else "", Person(user)))
    return tuple(parts)
