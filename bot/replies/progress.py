"""Where a member stands, round by round, and the boards of a community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.identifiers import PlaceRef, TrackRef
from bot.domain.ranking import Ranking
from bot.domain.review import NOTHING_DUE, DueNow
from bot.domain.streak import SENTENCE
from bot.replies.card import Block, Card, Choice, Facts, Points, paragraph
from bot.replies.common_buttons import MY_PROGRESS, PRACTISE, WHAT_I_MISSED, hiding, review_offered
from bot.replies.judged import StandingLine
from bot.replies.markup import Person, Place, bold, counted, markup, people_listed
from bot.replies.routes import route

COUNTED_LATER = (
    "The open question and the one before it are counted later, so that no names appear beside them. Boards leave out "
    "people who are away or hidden."
)
TRACKS_TOLD = 5
TOPICS_TOLD = 8
"""The weakest; all of them stand behind a button."""
ALL_TOPICS = Choice("All topics", route("by-topic"))


@dataclass(frozen=True, slots=True)
class TrackProgress:
    """A member's standing on one track."""

    track: TrackRef
    place: PlaceRef
    line: StandingLine
    skipped: int
    ended: int
    at: str = ""
    """Its time, where another track is in the same place."""


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
    due: DueNow = NOTHING_DUE
    """The questions due in /review."""

    def as_card(self) -> Card:
        """The standing on each track, then accuracy and review."""
        blocks: list[Block] = []
        if not self.tracks:
            blocks.append(paragraph("You have not answered a daily question here yet. /daily shows today's."))
        for progress in self.tracks[:TRACKS_TOLD]:
            blocks.append(paragraph(Place(progress.place), f"{progress.at}: {progress.line.words()}"))
            if progress.ended:
                blocks.append(
                    paragraph(f"A streak of {progress.ended} ended; the next answer begins a new one.", small=True)
                )
            elif progress.skipped:
                covered = "a freeze covers it" if progress.skipped == 1 else "freezes cover them"
                missed = counted(progress.skipped, "round")
                blocks.append(paragraph(f"{missed} missed; {covered} once you answer the next.", small=True))
        if len(self.tracks) > TRACKS_TOLD:
            blocks.append(paragraph(f"And {len(self.tracks) - TRACKS_TOLD} more; /daily shows them.", small=True))
        if self.topics:
            blocks += by_topic(self.topics[:TOPICS_TOLD])
        right, total = self.practised
        practised = f"Practice: {right} of {total} right. " if total else ""
        review = f"{counted(self.to_review, 'question')} to review; /quiz brings them first." if self.to_review else ""
        if practised or review:
            blocks.append(paragraph(practised + review))
        if self.due.all:
            blocks.append(paragraph(f"In /review: {self.due.words()}."))
        if self.away:
            blocks.append(paragraph("Rounds count neither for nor against you until you are back."))
        if self.hidden:
            blocks.append(paragraph("You are hidden from the leaderboard."))
        blocks.append(paragraph(SENTENCE, small=True))
        away = Choice("I am back", route("back")) if self.away else Choice("Away", route("away"))
        to_review = (WHAT_I_MISSED,) if self.to_review else ()
        # One channel needs no name.
        several = len(self.tracks) > 1
        history = tuple(
            Choice(f"History{one.at}", route("history", one.track), place=one.place if several else None)
            for one in self.tracks[:5]
        )
        return Card(
            title="Your progress",
            blocks=tuple(blocks),
            choices=(
                *history,
                *([ALL_TOPICS] if len(self.topics) > TOPICS_TOLD else []),
                PRACTISE,
                *to_review,
                *review_offered(self.due),
                away,
            ),
        )


@dataclass(frozen=True, slots=True)
class TopicsShown:
    """A member's right answers by topic."""

    topics: tuple[tuple[str, int, int], ...]
    """(topic, right, answered), weakest first."""

    def as_card(self) -> Card:
        """Every topic."""
        blocks = by_topic(self.topics) or [paragraph("You have not answered a question here yet.")]
        return Card(title="Your topics", blocks=tuple(blocks), choices=(MY_PROGRESS, PRACTISE))


def by_topic(topics: tuple[tuple[str, int, int], ...]) -> list[Block]:
    """Topics under a heading, a line each; nothing where there are none."""
    if not topics:
        return []
    rows = tuple((topic, markup(f"{right} of {total} right")) for topic, right, total in topics)
    return [paragraph(bold("By topic, weakest first")), Facts(rows)]


class RoundFate(StrEnum):
    """The fate of a round for the member, in the words of the history."""

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
    track: TrackRef
    can_catch_up: bool
    older: int | None = None
    """Rounds before this one are on the next page."""
    newer: int | None = None
    """The page with the rounds after these ends before this one."""

    def as_card(self) -> Card:
        """The rounds, the latest first."""
        rows = tuple((f"{number}", markup(f"{day:%a %d %b}: {fate.value}")) for number, day, fate in self.rounds)
        text = paragraph("Your rounds in ", Place(self.place), ", the latest first.")
        choices: tuple[Choice, ...] = (MY_PROGRESS,)
        if self.newer is not None:
            choices = (Choice("Newer", route("history", self.track, self.newer)), *choices)
        if self.older is not None:
            choices = (Choice("Older", route("history", self.track, self.older)), *choices)
        if self.can_catch_up:
            choices = (Choice("Catch up", route("catchup", self.track)), *choices)
        return Card(title="Your history", blocks=(text, Points(rows)), choices=choices)


@dataclass(frozen=True, slots=True)
class RightAnswers:
    """Right answers in a week that is over; for each one the least it may be."""

    week: date
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A track's week: who answered every round, the longest running streaks, the group, and your own line."""

    place: PlaceRef
    week: date | None
    """The Monday of the week shown; None before anything is counted."""
    week_rounds: int
    full_week: Ranking
    streaks: Ranking
    right: RightAnswers | None
    """None unless the manager switched boards by right answers on, and a week is over."""
    group_answers: int
    own: StandingLine | None
    own_hidden: bool
    others: tuple[tuple[TrackRef, PlaceRef, str], ...] = ()
    """Boards of other tracks: where, and at what time if several are there."""

    def as_card(self) -> Card:
        """The board; nothing below the tenth place."""
        blocks: list[Block] = []
        if self.week:
            rounds = counted(self.week_rounds, "round")
            answers = counted(self.group_answers, "answer") if self.group_answers > 1 else "fewer than two answers"
            blocks.append(
                paragraph(
                    f"The week of {self.week:%a %d %b} in ", Place(self.place), f": {rounds}, {answers} from the group."
                )
            )
        else:
            blocks.append(paragraph("Nothing is counted yet in ", Place(self.place), "."))
        blocks.append(paragraph(COUNTED_LATER, small=True))
        full = self.full_week
        if full.lines:
            blocks.append(paragraph(bold("Every round so far: "), people_listed([line.user for line in full.lines])))
        elif full.not_named:
            blocks.append(paragraph(bold("Every round so far: "), f"{full.not_named} members."))
        if self.streaks.lines:
            blocks.append(paragraph(bold("Longest running streaks, in rounds")))
            blocks += _lines(self.streaks)
        if self.right and self.right.ranking.lines:
            title = f"Right answers in the week of {self.right.week:%a %d %b}, from five answers on"
            blocks.append(paragraph(bold(title)))
            blocks += _lines(self.right.ranking, "+")
        if not (full.lines or full.not_named or self.streaks.lines):
            blocks.append(paragraph("Nobody is on the board yet: answer every question of a week, or two in a row."))
        if self.own:
            hidden = " You are hidden from this board." if self.own_hidden else ""
            blocks.append(paragraph(f"You: {self.own.words()}{hidden}"))
        others = tuple(Choice(f"Board{at}", route("board", track), place=place) for track, place, at in self.others[:4])
        return Card(
            title="Leaderboard",
            blocks=tuple(blocks),
            choices=(*others, MY_PROGRESS, hiding(self.own_hidden)),
        )


def _lines(ranking: Ranking, more: str = "") -> Iterator[Block]:
    yield Points(tuple((f"{line.rank}.", markup(Person(line.user), f" {line.value}{more}")) for line in ranking.lines))
    if ranking.not_named:
        yield paragraph(f"{ranking.not_named} more share the next place.", small=True)
