"""A question put to people: the daily post, and practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.grading import UNSURE, AskedQuestion
from bot.domain.identifiers import PlaceRef, RoundRef, ZoneName
from bot.domain.question import Option, Question
from bot.domain.sitting import Sitting
from bot.replies.card import Block, Card, Choice, Paragraph, Picture, Points, Verbatim, paragraph
from bot.replies.markup import Markup, Moment, MomentStyle, Span, bold, code, markup
from bot.replies.routes import Route, route
from bot.replies.sitting import carried


def stem_blocks(question: Question) -> tuple[Block, ...]:
    """The stem, and the block and picture it is about."""
    blocks: list[Block] = [paragraph(bold(question.stem))]
    if question.block:
        blocks.append(Verbatim(question.block.text, question.block.language))
    if question.picture:
        blocks.append(Picture("", question.picture.alt))
    return tuple(blocks)


def question_blocks(asked: AskedQuestion) -> tuple[Block, ...]:
    """The stem with what it is about, and the options under the letters they are shown with."""
    return *stem_blocks(asked.question), Points(tuple((letter, option_text(one)) for letter, one in asked.shown()))


def option_text(option: Option, *, strong: bool = False) -> Markup:
    """An option as it reads."""
    return markup(code(option.text) if option.code else bold(option.text) if strong else option.text)


def stop(option: Option) -> str:
    """The full stop after an option within a text: none if it is a sentence of its own."""
    return "." if option.code else stop_after(option.text)


def stop_after(text: str) -> str:
    """The full stop that ends a text, unless it has its end."""
    return "" if text.endswith((".", "!", "?")) else "."


def lettered(asked: AskedQuestion, option: Option) -> Markup:
    """An option with its letter, standing out: "B, the right one"."""
    letter = asked.letter(option.id)
    return markup(bold(f"{letter}, "), code(option.text)) if option.code else markup(bold(f"{letter}, {option.text}"))


def answer_choices(asked: AskedQuestion, what: str, *args: object) -> tuple[Choice, ...]:
    """A lettered choice for each option; what leads on carries the option id, never whether it is right."""
    return tuple(Choice(letter, route(what, *args, option.id), letter=True) for letter, option in asked.shown())


def topic_and_level(topic: str, asked: AskedQuestion) -> str:
    """The words below a question on what it is about, and how hard."""
    return f"{topic}, {asked.question.difficulty}"


@dataclass(frozen=True, slots=True)
class RoundBefore:
    """The line on the round before: nobody scrolls up to an edit."""

    round: RoundRef
    day: str
    letter: str
    text: str
    right: int | None
    """How many had it, None when too few answered to say."""
    answered: int
    is_code: bool = False

    def spans(self) -> tuple[Span, ...]:
        """The line as text."""
        had = f" {self.right} of {self.answered} had it." if self.right is not None else ""
        told: Markup = (bold(f"{self.letter}, {self.text}{stop_after(self.text)}"),)
        if self.is_code:
            told = markup(bold(f"{self.letter}, "), code(self.text), ".")
        return markup(f"{self.day}'s answer: ", told, had)


def more_route(round: RoundRef) -> Route:
    """Where More on a post leads: what tells its post from any other."""
    return route("more", round)


@dataclass(frozen=True, slots=True)
class QuestionPosted:
    """The daily question, as everyone in the channel sees it."""

    round: RoundRef
    number: int
    asked: AskedQuestion
    topic: str
    asked_before: bool
    closes_at: datetime | None
    zone: ZoneName
    before: RoundBefore | None = None
    ping_role: str | None = None

    def as_card(self) -> Card:
        """The post: the line on the round before, the question, and how it works in one line."""
        blocks: list[Block] = []
        if self.before:
            blocks.append(Paragraph(self.before.spans(), small=True))
        blocks.extend(question_blocks(self.asked))
        blocks.append(paragraph(*self._foot(), small=True))
        choices = (
            *answer_choices(self.asked, "ans", self.round),
            Choice("More", more_route(self.round)),
        )
        if self.before:
            choices = (*choices, Choice("See why", route("why", self.before.round)))
        return Card(title=f"Question {self.number}", blocks=tuple(blocks), choices=choices)

    def _foot(self) -> tuple[str | Span, ...]:
        again = " Asked before." if self.asked_before else ""
        until: tuple[str | Span, ...] = (" Open until the next one.",)
        if self.closes_at:
            until = (" Open until ", Moment(self.closes_at, MomentStyle.DATE_TIME, self.zone), ".")
        return (
            f"{topic_and_level(self.topic, self.asked)}.{again} Only you see your result; first press counts.",
            *until,
        )


@dataclass(frozen=True, slots=True)
class QuestionPreviewed:
    """The next question of a track, shown to a manager before it is posted; nothing to press."""

    asked: AskedQuestion
    topic: str
    due_at: datetime
    zone: ZoneName
    asked_before: bool
    back: Route

    def as_card(self) -> Card:
        """The question as it will read, with the moment it is due."""
        again = " Asked before." if self.asked_before else ""
        return Card(
            title="Next question, for your eyes only",
            blocks=(
                *question_blocks(self.asked),
                paragraph(
                    f"{topic_and_level(self.topic, self.asked)}.{again} Due ",
                    Moment(self.due_at, MomentStyle.DATE_TIME, self.zone),
                    ". Posting one now asks another.",
                    small=True,
                ),
            ),
            choices=(Choice("Back", self.back),),
        )


@dataclass(frozen=True, slots=True)
class OpenRoundShown:
    """Today's open round, answerable privately where it is shown."""

    round: RoundRef
    number: int
    asked: AskedQuestion
    topic: str
    closes_at: datetime | None
    zone: ZoneName
    more_open: tuple[tuple[RoundRef, PlaceRef, str], ...] = ()
    """Other open rounds of the community: where they were posted, and at what time if several were there."""
    counts: bool = True
    """False for a member who answered it and then deleted their data."""

    def as_card(self) -> Card:
        """The question with its letters, private."""
        how = (
            "First press counts."
            if self.counts
            else "You answered it before you deleted your data, so this is practice."
        )
        foot: tuple[str | Span, ...] = (f"{topic_and_level(self.topic, self.asked)}. {how}",)
        if self.closes_at:
            foot = (*foot, " Open until ", Moment(self.closes_at, MomentStyle.DATE_TIME, self.zone), ".")
        return Card(
            title=f"Question {self.number}",
            blocks=(*question_blocks(self.asked), paragraph(*foot, small=True)),
            choices=(
                *answer_choices(self.asked, "ans", self.round),
                Choice("Don't know", route("ans", self.round, UNSURE)),
                *(_other(*other) for other in self.more_open),
            ),
            stays=True,
        )


def _other(round: RoundRef, place: PlaceRef, at: str) -> Choice:
    label = f"The one at{at} in" if at else "The one in"
    return Choice(label, route("daily", round), place=place)


@dataclass(frozen=True, slots=True)
class PracticeAsked:
    """A question to practise on, private; it never touches streak or points."""

    asked: AskedQuestion
    topic: str
    sitting: Sitting
    because: str = ""

    def as_card(self) -> Card:
        """The question with its letters, and which of how many it is."""
        question, sitting = self.asked.question, self.sitting
        args = (question.id, question.version, *carried(sitting))
        return Card(
            title=f"Practice, {sitting.number} of {sitting.of}" if sitting.of > 1 else "Practice",
            blocks=(
                *question_blocks(self.asked),
                paragraph(
                    f"{topic_and_level(self.topic, self.asked)}. {self.because}Practice touches no streak.",
                    small=True,
                ),
            ),
            choices=(
                *answer_choices(self.asked, "sit", *args),
                Choice("Don't know", route("sit", *args, UNSURE)),
            ),
            stays=True,
        )
