"""The verdict after a choice, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.grading import AskedQuestion, Judgement
from bot.domain.identifiers import RoundRef, TrackRef
from bot.domain.knowledge import Term
from bot.domain.question import Question
from bot.domain.review import NOTHING_DUE, DueNow
from bot.domain.sitting import Sitting
from bot.domain.streak import SENTENCE
from bot.replies.asked import lettered, option_text, stem_blocks, stop
from bot.replies.card import Block, Card, Choice, Paragraph, Points, Tone, Weight, paragraph, source_lines
from bot.replies.common_buttons import review_offered
from bot.replies.markup import Run, bold, counted, markup, ordinal
from bot.replies.routes import Route, route
from bot.replies.sitting import carried, onward

TAKEAWAY = bold("Take away: ")
_WORD = Run("Word to know: ")
_CHOSEN = Run("You chose ")
_ANSWER = Run("The answer is ")
ACROSS = 5
"""Buttons that stand in one row; the way to the word is left out where there is no room for it."""


def learned(blocks: Sequence[Block]) -> int:
    """Return how many blocks of a verdict teach, up to the word to know; the rest is about the reader."""
    ends = ((TAKEAWAY,), (_WORD,), (_CHOSEN,), (_ANSWER,))
    return 1 + max(i for i, one in enumerate(blocks) if isinstance(one, Paragraph) and one.text[:1] in ends)


@dataclass(frozen=True, slots=True)
class StandingLine:
    """Where a member stands on a track: what runs, beside what cannot be lost."""

    streak: int
    freezes: int
    answered: int
    week_answered: int
    week_rounds: int
    best: int

    def words(self) -> str:
        """The line, such as "12 in a row, 1 freeze. 84 answered, 4 of 5 this week, best 19."."""
        return (
            f"{self.streak} in a row, {counted(self.freezes, 'freeze')}. "
            f"{self.answered} answered, {self.week_answered} of {self.week_rounds} this week, best {self.best}."
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """The rounds skipped between the last answer and this one."""

    skipped: int
    frozen: bool
    """Freezes covered the gap."""
    ended: int
    """The streak that ended in it, 0 if none did."""
    best: int


def key_line(asked: AskedQuestion) -> Paragraph:
    """The right answer and why."""
    key = asked.question.key
    return paragraph(_ANSWER, lettered(asked, key), f"{stop(key)} {key.why}".rstrip())


def judged_blocks(
    asked: AskedQuestion, judgement: Judgement, word: Term | None, *, stands: bool = False
) -> tuple[Block, ...]:
    """Right or not in words, the reason of the option taken, the right one's, the takeaway, and a word to know."""
    chosen = judgement.chosen
    standing = " That stands." if stands else ""
    blocks: list[Block] = []
    if chosen is None:
        blocks.append(paragraph(f"You said you did not know.{standing} Nothing is marked wrong."))
        blocks.append(key_line(asked))
    else:
        blocks.append(paragraph(_CHOSEN, lettered(asked, chosen), f"{stop(chosen)}{standing} {chosen.why}".rstrip()))
        if not judgement.correct:
            blocks.append(key_line(asked))
    if asked.question.takeaway:
        blocks.append(paragraph(TAKEAWAY, asked.question.takeaway))
    if word:
        blocks.append(paragraph(_WORD, bold(word.name), f": {word.one_line}"))
    return tuple(blocks)


def with_word(choices: Sequence[Choice], word: Term | None) -> tuple[Choice, ...]:
    """The choices, and after the first of them the way to the word's entry."""
    if word is None or len(choices) >= ACROSS:
        return tuple(choices)
    first, *others = choices
    return first, Choice("More on this word", route("show", "term", word.id)), *others


def judged_card(judgement: Judgement, blocks: Sequence[Block], choices: Sequence[Choice]) -> Card:
    """A card that says in its title whether it was right: that feels good, wrong does not shout."""
    title, tone = ("Right", Tone.GOOD) if judgement.correct else ("Not this one", Tone.BAD)
    if judgement.chosen is None:
        title, tone = "Now you know", Tone.PLAIN
    return Card(title=title, blocks=tuple(blocks), choices=tuple(choices), tone=tone, stays=True)


@dataclass(frozen=True, slots=True)
class DailyVerdict:
    """The private answer to a press on a daily question; pressing again shows the same."""

    round: RoundRef
    asked: AskedQuestion
    judgement: Judgement
    standing: StandingLine
    place_in_line: int | None
    """1 for the first to answer; None when the verdict is shown again."""
    source: str
    word: Term | None = None
    """The word to know."""
    stands: bool = False
    """This shows a choice made earlier."""
    first_ever: bool = False
    gap: Gap | None = None
    """What was missed before this answer."""
    withdrawn: bool = False
    catch_up: int = 0
    """Missed questions offered for catching up."""
    track: TrackRef | None = None
    """The track they were missed on."""
    due: DueNow = NOTHING_DUE
    """The questions due in /review."""

    def as_card(self) -> Card:
        """The verdict with reasons, takeaway, standing, source and ways on."""
        blocks: list[Block] = []
        if self.withdrawn:
            blocks.append(paragraph("This question was withdrawn: your streak counts it, points do not."))
        if self.gap:
            blocks.append(paragraph(welcome_back(self.gap)))
        blocks.extend(judged_blocks(self.asked, self.judgement, self.word, stands=self.stands))
        nth = f"{ordinal(self.place_in_line)} to answer, " if self.place_in_line else ""
        blocks.append(paragraph(nth + self.standing.words()))
        if self.first_ever:
            blocks.append(paragraph(f"Welcome. This was your first answer here. {SENTENCE} /help shows the rest."))
        blocks += source_lines(self.source)
        return judged_card(self.judgement, blocks, self._choices())

    def _choices(self) -> tuple[Choice, ...]:
        choices = [Choice("Why not the others", route("others", self.round))]
        if self.catch_up and self.track is not None:
            choices.append(Choice("Catch up", route("catchup", self.track)))
        choices.append(another(self.asked.question))
        if self.judgement.correct and not self.stands:
            choices.append(Choice("I guessed", route("guessed", self.round)))
        choices.append(Choice("Report", report_route(self.asked)))
        return with_word([*choices, *review_offered(self.due)], self.word)


@dataclass(frozen=True, slots=True)
class CountedBefore:
    """The verdict for a member who answered this round, deleted their data and pressed again: practice."""

    round: RoundRef
    asked: AskedQuestion
    judgement: Judgement
    source: str
    word: Term | None = None
    """The word to know."""

    def as_card(self) -> Card:
        """The verdict, and that it counts for nothing."""
        blocks = (
            paragraph(
                "You answered this question before you deleted your data, so this does not count again. "
                "Take it as practice; nothing was kept. The next question counts."
            ),
            *judged_blocks(self.asked, self.judgement, self.word),
            *source_lines(self.source),
        )
        choices = (another(self.asked.question), Choice("Report", report_route(self.asked)))
        return judged_card(self.judgement, blocks, with_word(choices, self.word))


def report_route(asked: AskedQuestion) -> Route:
    """Where "Report" leads: the question, as it was read."""
    return route("report", asked.question.id, asked.question.version)


def another(question: Question, label: str = "Practise another") -> Choice:
    """The way to practise its topic; it carries the question, which is on the screen with its answer."""
    return Choice(label, route("practise", question.topic, question.id))


def welcome_back(gap: Gap) -> str:
    """Say what a gap did, without shame."""
    missed = f"Welcome back. {counted(gap.skipped, 'question')} went by"
    if gap.frozen:
        them = "it" if gap.skipped == 1 else "them"
        return f"{missed}; {counted(gap.skipped, 'freeze')} covered {them} and your streak goes on."
    if gap.ended:
        return f"{missed}, so a new streak begins. Your last ran to {gap.ended}, your best is {gap.best}."
    return f"{missed}. Your best is {gap.best}."


@dataclass(frozen=True, slots=True)
class PracticeVerdict:
    """The private answer to a practice choice."""

    asked: AskedQuestion
    judgement: Judgement
    source: str
    sitting: Sitting
    note: str = ""
    stands: bool = False
    """This shows a choice made earlier, on the same showing of the question."""
    word: Term | None = None
    """The word to know."""
    right: int | None = None
    """The number right in the sitting, once all its questions have come."""

    def as_card(self) -> Card:
        """The verdict with reasons and the next question to ask for."""
        blocks: list[Block] = [*judged_blocks(self.asked, self.judgement, self.word, stands=self.stands)]
        if self.note:
            blocks.append(paragraph(self.note))
        question, sitting = self.asked.question, self.sitting
        if self.right is not None:
            blocks.append(paragraph(f"That was the last of {sitting.of}; {self.right} right."))
        blocks += source_lines(self.source)
        reasons = route("rest", question.id, question.version, *carried(sitting))
        choices = (
            going_on(self.asked, sitting),
            Choice("Why not the others", reasons),
            Choice("Report", report_route(self.asked)),
        )
        return judged_card(self.judgement, blocks, with_word(choices, self.word))


def going_on(asked: AskedQuestion, sitting: Sitting) -> Choice:
    """The way on from a question of a sitting: the next, or how it went; from a single one to another."""
    label = f"Next, {sitting.number + 1} of {sitting.of}"
    if sitting.last:
        label = "How it went" if sitting.of > 1 else "Another"
    return Choice(label, onward(sitting, asked.question.id), weight=Weight.LEADS)


@dataclass(frozen=True, slots=True)
class ReasonsShown:
    """The reason for each option; it comes beside the verdict, which names the source."""

    asked: AskedQuestion
    sitting: Sitting | None = None
    """The sitting to go on with, if it was asked in one."""

    def as_card(self) -> Card:
        """Every option with its reason."""
        key = self.asked.question.key
        rows = tuple(
            (
                letter,
                markup(
                    option_text(option, strong=True),
                    f"{stop(option)} ",
                    "Right. " if option.id == key.id else "",
                    option.why,
                ),
            )
            for letter, option in self.asked.shown()
        )
        takeaway = self.asked.question.takeaway
        on = (going_on(self.asked, self.sitting),) if self.sitting else ()
        return Card(
            title="Every option and why",
            blocks=(
                *stem_blocks(self.asked.question),
                Points(rows),
                *([paragraph(TAKEAWAY, takeaway)] if takeaway else ()),
            ),
            choices=(*on, another(self.asked.question, "Practise this topic")),
            stays=True,
        )
