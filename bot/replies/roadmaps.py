"""The roadmap: all steps for a role, and one step in full."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.roadmap import Need, NextStep, Step, StepOnPath, StepState
from bot.domain.role import Role
from bot.replies.card import Block, Card, Choice, Points, paragraph, source_line, titled_points
from bot.replies.markup import Link, bold, listed, markup
from bot.replies.routes import route

NEED_WORDS = {
    Need.STATED: "needed",
    Need.NEEDED: "needed",
    Need.USEFUL: "useful",
    Need.AWARE: "be able to talk about it",
    Need.SKIP: "not needed",
}


@dataclass(frozen=True, slots=True)
class RoadmapShown:
    """Every step a role needs, how far the member is, and what comes next and why."""

    role: Role | None
    steps: tuple[StepOnPath, ...]
    next: NextStep | None

    def as_card(self) -> Card:
        """The steps in order with their state in words."""
        shown = [entry for entry in self.steps if entry.need is not Need.SKIP]
        rows = tuple((f"{entry.step.order}.", markup(bold(entry.step.title), f" ({_state(entry)})")) for entry in shown)
        done = sum(entry.state is StepState.DONE for entry in shown)
        who = f" for {self.role.name}" if self.role else ""
        left_out = len(self.steps) - len(shown)
        blocks: list[Block] = []
        if self.next:
            blocks.append(paragraph("Next: ", bold(self.next.step.title), f", because {self.next.because}."))
        elif done:
            blocks.append(paragraph("Every step is behind you. /quiz keeps it fresh."))
        blocks.append(Points(rows))
        skipped = (
            f" {left_out} of the {len(self.steps)} steps are left out: this role does not need them."
            if left_out
            else ""
        )
        blocks.append(paragraph(f"{done} of {len(shown)} done.{skipped}", small=True))
        choices: list[Choice] = []
        if self.next:
            choices.append(open_step(self.next.step))
        if self.role is None:
            choices.append(Choice("For one role", route("pick-role")))
        return Card(title=f"Roadmap{who}", blocks=tuple(blocks), choices=tuple(choices))


def _state(entry: StepOnPath) -> str:
    if entry.state is not None:
        return {StepState.DONE: "done", StepState.DOING: "doing", StepState.SKIP: "skipped"}[entry.state]
    return NEED_WORDS[entry.need]


def open_step(step: Step) -> Choice:
    """The way to the next step."""
    return Choice("Open the next step", route("run", "roadmap", f"step={step.id}"))


class StepPart(StrEnum):
    """Something a roadmap step leads to."""

    LEARN = "learn"
    TERMS = "terms"
    PROJECTS = "projects"
    INTERVIEW = "interview"
    MYTHS = "myths"


PART_LABELS = {
    StepPart.LEARN: "Where to learn",
    StepPart.TERMS: "Terms",
    StepPart.PROJECTS: "Projects",
    StepPart.INTERVIEW: "Interview cards",
    StepPart.MYTHS: "Myths and pitfalls",
}


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step: what to learn, what it builds on, when it is done, the ethics checkpoint and practice."""

    entry: StepOnPath
    needs: tuple[str, ...]
    waits_for: tuple[str, ...]
    deeper: tuple[str, ...]
    can_practise: bool
    role: Role | None
    source: str
    just_marked: StepState | None = None
    next: NextStep | None = None
    parts: tuple[tuple[StepPart, int], ...] = ()
    """Other things there are on it, with their counts."""

    def as_card(self) -> Card:
        """The step card."""
        step = self.entry.step
        blocks: list[Block] = []
        if self.just_marked:
            blocks.append(paragraph(self._marked()))
        blocks.append(paragraph(step.summary))
        blocks.append(titled_points("Learn", step.subtopics))
        blocks.append(titled_points("Done when", step.done_when))
        if self.needs:
            blocks.append(paragraph(bold("Builds on: "), listed(self.needs)))
        if self.waits_for and self.entry.state is None:
            blocks.append(paragraph(f"Not done yet: {listed(self.waits_for)}. You can still begin."))
        if self.deeper:
            blocks.append(paragraph(f"For depth, later: {listed(self.deeper)}."))
        if step.note:
            blocks.append(paragraph(step.note))
        blocks.append(paragraph(bold("Ethics checkpoint: "), step.ethics))
        who = f"For {self.role.name}: {NEED_WORDS[self.entry.need]}. " if self.role else ""
        blocks.append(paragraph(f"{who}You: {_state(self.entry) if self.entry.state else 'not begun'}.", small=True))
        blocks.append(source_line(self.source))
        return Card(title=f"Step {step.order}: {step.title}", blocks=tuple(blocks), choices=self._choices())

    def _marked(self) -> str:
        words = {
            StepState.DONE: "Marked done.",
            StepState.DOING: "Marked as begun.",
            StepState.SKIP: "Marked as skipped.",
        }
        onward = f" Next: {self.next.step.title}, because {self.next.because}." if self.next else ""
        return words[self.just_marked] + onward if self.just_marked else ""

    def _choices(self) -> tuple[Choice, ...]:
        step, state = self.entry.step, self.entry.state
        choices = [
            Choice(label, route("mark", step.id, mark))
            for mark, label in (
                (StepState.DOING, "I have begun"),
                (StepState.DONE, "Done"),
                (StepState.SKIP, "Skip it"),
            )
            if mark is not state
        ]
        if state is not None:
            choices.append(Choice("Unmark", route("mark", step.id)))
        if self.next and self.just_marked:
            choices.insert(0, Choice("Next step", route("run", "roadmap", f"step={self.next.step.id}")))
        if self.can_practise:
            choices.append(Choice("Practise it", route("practise-step", step.id)))
        choices += [
            Choice(f"{PART_LABELS[part]} ({number})", route("step-part", step.id, part)) for part, number in self.parts
        ]
        return (*choices, Choice("Whole roadmap", route("run", "roadmap")))


@dataclass(frozen=True, slots=True)
class ResourcesShown:
    """Where a roadmap step can be learned, each address to press, and what the step was drawn from."""

    step: Step
    source: str

    def as_card(self) -> Card:
        """The addresses."""
        rows = tuple(("", markup(Link(one.title, one.url))) for one in self.step.learn)
        blocks: list[Block] = [Points(rows)] if rows else [paragraph("No address is listed for it yet.")]
        return Card(
            title=f"Where to learn: {self.step.title}",
            blocks=(*blocks, source_line(self.source)),
            choices=(Choice("Back to the step", route("run", "roadmap", f"step={self.step.id}")),),
        )
