"""A community's own bank as its managers see it: the list, one question, a draft before it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.common_fields import Status
from bot.domain.grading import AskedQuestion
from bot.domain.own_question import OwnQuestion
from bot.domain.plain_text import shortened
from bot.replies.asked import question_blocks
from bot.replies.card import Block, Card, Choice, Points, Weight, paragraph
from bot.replies.common_buttons import ALL_SETTINGS, OUR_QUESTIONS
from bot.replies.judged import TAKEAWAY, key_line
from bot.replies.markup import counted, markup
from bot.replies.routes import route

ON_A_PAGE = 8
STEM_SHOWN = 70
LINE_SHOWN = 90
LINES_TOLD = 800
"""Characters of lines on one card."""
ADD = Choice("Add a question", route("own-new"), weight=Weight.LEADS)
ADD_SEVERAL = Choice("Add several", route("own-paste"))
NOT_LIVE = {Status.DRAFT: " (draft, not saved yet)", Status.RETIRED: " (retired)"}


@dataclass(frozen=True, slots=True)
class OwnBankShown:
    """A page of the bank, the newest first."""

    questions: tuple[OwnQuestion, ...]
    page: int
    live: int
    every: int

    def as_card(self) -> Card:
        """The counts, the page's questions by number, and ways on."""
        if not self.every:
            told = (
                "You have no questions of your own yet. What you add is asked here at once, in the daily question and "
                "in practice, and nowhere else."
            )
            return Card(title="Our questions", blocks=(paragraph(told),), choices=(ADD, ADD_SEVERAL, ALL_SETTINGS))
        first = self.page * ON_A_PAGE + 1
        numbered = tuple(enumerate(self.questions, first))
        rows = tuple(
            (f"{n}.", markup(shortened(one.stem, STEM_SHOWN) + NOT_LIVE.get(one.status, ""))) for n, one in numbered
        )
        choices = [ADD, ADD_SEVERAL, *(Choice(f"Open {n}", route("own-show", one.id)) for n, one in numbered)]
        if self.page:
            choices.append(Choice("Newer", route("own-list", self.page - 1)))
        if first - 1 + len(self.questions) < self.every:
            choices.append(Choice("Older", route("own-list", self.page + 1)))
        told = f"{counted(self.live, 'question')} of your own can be asked, here and nowhere else."
        return Card(title="Our questions", blocks=(paragraph(told), Points(rows)), choices=(*choices, ALL_SETTINGS))


@dataclass(frozen=True, slots=True)
class PastedShown:
    """Questions that were pasted, line by line with what would come of them, before any is saved."""

    lines: tuple[str, ...]
    in_sum: str
    wanted: int
    """The number that would be saved."""
    batch: str

    def as_card(self) -> Card:
        """The lines, as many as fit, the sum, and one press that takes them in."""
        blocks: list[Block] = [paragraph(self.in_sum)]
        told: list[str] = []
        room = LINES_TOLD
        for line in (shortened(line, LINE_SHOWN) for line in self.lines):
            room -= len(line)
            if room < 0:
                break
            told.append(line)
        if told:
            blocks.append(Points(tuple(("", markup(line)) for line in told)))
        if len(told) < len(self.lines):
            blocks.append(paragraph(f"And {len(self.lines) - len(told)} more lines.", small=True))
        if not self.wanted:
            return Card(title="Nothing to take in", blocks=tuple(blocks), choices=(ADD_SEVERAL, OUR_QUESTIONS))
        take = Choice(f"Take {self.wanted} in", route("own-take", self.batch), weight=Weight.LEADS)
        leave = Choice("Discard them", route("own-leave", self.batch))
        return Card(title="Nothing is saved yet", blocks=tuple(blocks), choices=(take, leave, OUR_QUESTIONS))


@dataclass(frozen=True, slots=True)
class OwnQuestionShown:
    """One question, as it is asked; a draft before it is saved."""

    question: OwnQuestion
    topic: str
    advice: tuple[str, ...] = ()
    done: str = ""
    """A sentence on what was just done, said first."""
    withheld: bool = False
    """Its round is open and the manager has not answered: the answer is not shown."""

    def as_card(self) -> Card:
        """The question, its answer, and what can be done with it."""
        question = self.question
        asked = AskedQuestion(question, tuple(option.id for option in question.options))
        blocks: list[Block] = [paragraph(self.done)] if self.done else []
        blocks += question_blocks(asked)
        if self.withheld:
            told = "It is asked just now. You see the answer, and can change it, once you answered or it closed."
            blocks.append(paragraph(told))
            return Card(title="Our question", blocks=tuple(blocks), choices=(OUR_QUESTIONS,))
        blocks.append(key_line(asked))
        if question.takeaway:
            blocks.append(paragraph(TAKEAWAY, question.takeaway))
        state = {Status.LIVE: "asked here", Status.RETIRED: "retired, not asked"}.get(question.status, "not saved yet")
        about = f"{self.topic}, {question.difficulty}; {state}. The options come in another order each time."
        blocks.append(paragraph(about, small=True))
        if self.advice:
            blocks.append(paragraph(f"To think about: it would {'; '.join(self.advice)}.", small=True))
        return Card(title=self._title(), blocks=tuple(blocks), choices=self._choices())

    def _title(self) -> str:
        return "As members will see it" if self.question.status is Status.DRAFT else "Our question"

    def _choices(self) -> tuple[Choice, ...]:
        id, version = self.question.id, self.question.version
        change = Choice("Change it", route("own-change", id))
        match self.question.status:
            case Status.DRAFT:
                return (
                    Choice("Save and ask it", route("own-save", id), weight=Weight.LEADS),
                    change,
                    Choice("Discard", route("own-drop", id)),
                    OUR_QUESTIONS,
                )
            case Status.RETIRED:
                return Choice("Bring it back", route("own-back", id, version)), change, OUR_QUESTIONS
            case _:
                return change, Choice("Retire it", route("own-retire", id, version)), ADD, OUR_QUESTIONS
