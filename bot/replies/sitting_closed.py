"""The end of a sitting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.question import Question
from bot.domain.roadmap import Step
from bot.domain.sitting import Sitting, Subject
from bot.replies.card import Block, Card, Choice, Points, paragraph
from bot.replies.common_buttons import MY_PROGRESS
from bot.replies.markup import bold, counted, listed, markup
from bot.replies.routes import route
from bot.replies.sitting import carried

READ_AT_MOST = 6
STEPS_AT_MOST = 2


@dataclass(frozen=True, slots=True)
class ToRead:
    """A question that was missed, and the step of the roadmap that teaches it."""

    question: Question
    step: Step | None


@dataclass(frozen=True, slots=True)
class SittingClosed:
    """The end of a sitting: what was right, and what to read."""

    sitting: Sitting
    answered: int
    right: int
    topics: tuple[tuple[str, int], ...]
    """Topics of the questions answered right."""
    to_read: tuple[ToRead, ...]
    others_missed: bool
    """Something else is kept for review."""
    early: bool = False
    """No other question fitted."""

    def as_card(self) -> Card:
        """The score, the sentences to remember of what was missed, and where they are taught."""
        blocks: list[Block] = []
        if self.early:
            blocks.append(paragraph("No other question fits just now, so it ends here."))
        if self.topics:
            rows = [f"{topic} ({many})" if many > 1 else topic for topic, many in self.topics]
            blocks.append(paragraph(bold("What you know: "), f"{listed(rows)}."))
        if self.to_read:
            blocks.append(paragraph(bold("What to read again")))
            blocks.append(Points(tuple(("", markup(self._line(one))) for one in self.to_read[:READ_AT_MOST])))
            more = len(self.to_read) - READ_AT_MOST
            further = f"{counted(more, 'more question')} missed. " if more > 0 else ""
            blocks.append(paragraph(f"{further}What you missed comes again, after other questions.", small=True))
        elif self.answered:
            blocks.append(paragraph("Nothing is left to read again."))
        else:
            blocks.append(paragraph("None of them was answered, so nothing was counted."))
        title = f"Practice, {self.right} of {self.answered} right" if self.answered else "Practice"
        return Card(title=title, blocks=tuple(blocks), choices=self._choices(), stays=True)

    @staticmethod
    def _line(one: ToRead) -> str:
        taught = f" (step {one.step.order}, {one.step.title})" if one.step else ""
        return f"{one.question.takeaway}{taught}"

    def _choices(self) -> tuple[Choice, ...]:
        choices = [self._more("More of these", self.sitting.about)] if not self.sitting.about.catching_up else []
        if self.others_missed and not self.sitting.about.missed:
            choices.append(self._more("What I missed before", Subject(missed=True)))
        steps = {one.step.id: one.step for one in self.to_read if one.step}
        choices += [
            Choice(f"Step {step.order}", route("run", "roadmap", f"step={step.id}"))
            for step in list(steps.values())[:STEPS_AT_MOST]
        ]
        return (*choices, MY_PROGRESS)

    def _more(self, label: str, about: Subject) -> Choice:
        return Choice(label, route("more-of", *carried(replace(self.sitting, about=about))))
