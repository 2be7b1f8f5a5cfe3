"""A question asked in a review, and its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.grading import UNSURE, AskedQuestion, Judgement
from bot.domain.identifiers import QuestionId
from bot.domain.knowledge import Term
from bot.domain.review import DueNow
from bot.replies.asked import question_blocks, topic_and_level
from bot.replies.card import Block, Card, Choice, paragraph, source_lines
from bot.replies.common_buttons import MY_PROGRESS, REVIEW
from bot.replies.judged import judged_blocks, judged_card, report_route, with_word
from bot.replies.routes import Route, route


class Surety(StrEnum):
    """Sure or unsure of the letter that is pressed; the same press says it."""

    SURE = "s"
    UNSURE = "u"


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """A question due for review, private; each option can be pressed as sure or as unsure."""

    asked: AskedQuestion
    kept: QuestionId
    """The question in memory that it is asked for: itself, or a sister."""
    seed: int
    topic: str
    due: DueNow

    def as_card(self) -> Card:
        """The question with its letters twice, and how much is due."""
        told = (
            f"{topic_and_level(self.topic, self.asked)}. {self.due.words()}. Sure? Press the letter. Unsure? Press it "
        )
        told += "where it says so, and it comes again soon. No streak is touched."
        letters = [(letter, option.id) for letter, option in self.asked.shown()]
        return Card(
            title="Review",
            blocks=(*question_blocks(self.asked), paragraph(told, small=True)),
            choices=(
                *(Choice(letter, self._leads(Surety.SURE, id), letter=True) for letter, id in letters),
                Choice("Don't know", self._leads(Surety.UNSURE, UNSURE)),
                *(Choice(f"{letter}, unsure", self._leads(Surety.UNSURE, id)) for letter, id in letters),
            ),
            stays=True,
        )

    def _leads(self, surety: Surety, option: str) -> Route:
        return route("rev", *shown(self.kept, self.asked, self.seed), surety, option)


@dataclass(frozen=True, slots=True)
class ReviewVerdict:
    """The private answer to a choice in a review."""

    asked: AskedQuestion
    kept: QuestionId
    seed: int
    judgement: Judgement
    source: str
    note: str
    due: DueNow
    stands: bool = False
    """This shows a choice made earlier, on the same showing of the question."""
    word: Term | None = None
    """The word to know."""

    def as_card(self) -> Card:
        """The verdict with reasons, when it comes again, and the next to review."""
        blocks: list[Block] = [*judged_blocks(self.asked, self.judgement, self.word, stands=self.stands)]
        if self.note:
            blocks.append(paragraph(self.note))
        blocks.append(paragraph(f"{self.due.words()}." if self.due.left else "That is all for today.", small=True))
        blocks += source_lines(self.source)
        on = Choice("Next review", REVIEW.route) if self.due.left else MY_PROGRESS
        choices = (
            on,
            Choice("Why not the others", route("rev-why", *shown(self.kept, self.asked, self.seed))),
            Choice("Report", report_route(self.asked)),
        )
        return judged_card(self.judgement, blocks, with_word(choices, self.word))


def shown(kept: QuestionId, asked: AskedQuestion, seed: int) -> tuple[object, ...]:
    """A question asked in a review, as its buttons carry it."""
    question = asked.question
    return kept, question.id if question.id != kept else None, question.version, seed
