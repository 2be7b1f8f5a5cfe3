"""Any item of knowledge as a card: a term, an answer, a myth, a disagreement, a project ..."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.domain.common_fields import Origin
from bot.domain.knowledge import (
    Background,
    Disagreement,
    Faq,
    Industry,
    Interview,
    Knowledge,
    Myth,
    Note,
    Pitfall,
    Prediction,
    Project,
    ShortRole,
    Term,
    Verdict,
)
from bot.domain.plain_text import shortened
from bot.replies.card import TITLE_LIMIT, Block, Card, Choice, Facts, Points, paragraph, source_line, titled_points
from bot.replies.markup import bold, counted, listed, markup

KIND_NAMES: Mapping[type[Knowledge], tuple[str, str]] = {
    Term: ("Term", "Terms"),
    ShortRole: ("Title", "Titles in short"),
    Faq: ("Often asked", "Questions often asked"),
    Myth: ("Myth", "Myths"),
    Prediction: ("Prediction", "Predictions"),
    Pitfall: ("Pitfall", "Pitfalls"),
    Disagreement: ("Sources disagree", "Disagreements of the sources"),
    Industry: ("Industry", "Industries"),
    Project: ("Project", "Projects"),
    Interview: ("Interview", "Interview questions"),
    Note: ("Note", "Notes on ethics, degrees, certificates and more"),
    Background: ("Background", "Backgrounds: what you come from"),
}
"""Each kind as lists and cards call an item of it, and as a whole."""

OURS = "Which roles fit, and the advice, are our view."
DERIVED = "Put together by us from what the sources say."
EXPLICIT: Mapping[type[Knowledge], str] = {
    Project: "The sources name this project; steps and checks are ours.",
    Interview: "The question is a source's; what a strong answer holds is ours.",
}
"""What is ours even where the item is a source's."""


@dataclass(frozen=True, slots=True)
class KnowledgeShown:
    """One item in full, with its sources."""

    item: Knowledge
    source: str
    position_sources: tuple[str, ...] = ()
    """For a disagreement: the source of each position, in order."""
    roles: tuple[str, ...] = ()
    """For a background: the names of the roles that fit it, in order."""
    choices: tuple[Choice, ...] = ()
    """Ways on: its roadmap step, the roles it concerns, what is related."""

    def as_card(self) -> Card:
        """The item under its title; a title too long for one is told in full below it."""
        item = self.item
        blocks = [*self._blocks(), *self._small_print()]
        title = f"{kind_words(item)}: {item.title}"
        if len(title) > TITLE_LIMIT:
            title = kind_words(item)
            blocks.insert(0, paragraph(bold(item.title)))
        return Card(title=title, blocks=tuple(blocks), choices=self.choices)

    def _blocks(self) -> list[Block]:
        match self.item:
            case Term() as term:
                return [paragraph(term.one_line)]
            case ShortRole() as role:
                return [paragraph(role.summary), *([paragraph(role.note)] if role.note else [])]
            case Faq() as faq:
                return [paragraph(bold(faq.short)), paragraph(faq.long)]
            case Myth() as myth:
                held = "Reality: " if myth.verdict is Verdict.WRONG else "Disputed: "
                return [paragraph(bold(held), myth.reality), paragraph(bold("Why it matters: "), myth.why)]
            case Prediction() as prediction:
                revealed = paragraph(bold("The source: "), prediction.reveal)
                return [titled_points("Positions", prediction.positions), revealed]
            case Pitfall() as pitfall:
                sides = (("Wrong", pitfall.wrong), ("Better", pitfall.correct), ("Why it happens", pitfall.root_cause))
                return [Facts(tuple((name, markup(text)) for name, text in sides))]
            case Disagreement() as disagreement:
                told = zip(disagreement.positions, self.position_sources, strict=True)
                rows = tuple(
                    (f"{n}.", markup(position.text, f" ({source})")) for n, (position, source) in enumerate(told, 1)
                )
                return [Points(rows), paragraph(bold("Our advice: "), disagreement.advice)]
            case Industry() as industry:
                needs = industry.needs or ("The sources name nothing special.",)
                return [titled_points("Uses", industry.uses), titled_points("Asks for", needs)]
            case Project() as project:
                return _project(project)
            case Interview() as interview:
                return _interview(interview)
            case Note() as note:
                return [paragraph(note.summary), *([titled_points("", note.points)] if note.points else [])]
            case Background() as background:
                return _background(background, self.roles)
        assert_never(self.item)

    def _small_print(self) -> list[Block]:
        item = self.item
        said: list[Block] = []
        if isinstance(item, Myth | Pitfall | Faq | Project | Interview):
            ours = DERIVED if item.origin is Origin.DERIVED else EXPLICIT.get(type(item), "")
            said.extend([paragraph(ours, small=True)] if ours else [])
        if isinstance(item, Faq | Disagreement | Industry | Note) and item.review_by is not None:
            said.append(paragraph(f"This ages: it is to be checked by {item.review_by.isoformat()}.", small=True))
        if isinstance(item, Background):
            said.append(paragraph(OURS, small=True))
        if not isinstance(item, Disagreement):
            said.append(source_line(self.source))
        return said


def kind_words(item: Knowledge) -> str:
    """The kind of an item as people read it; a note goes by its shelf."""
    return item.shelf.value.capitalize() if isinstance(item, Note) else KIND_NAMES[type(item)][0]


def shelf_words(kind: type[Knowledge]) -> str:
    """All of a kind, as people read it."""
    return KIND_NAMES[kind][1]


def _project(project: Project) -> list[Block]:
    blocks: list[Block] = [
        paragraph(project.brief),
        titled_points("Steps", project.steps),
        titled_points("Check", project.checklist),
    ]
    if project.provider_mix:
        blocks.append(paragraph(bold("Two ecosystems: "), project.provider_mix))
    blocks.append(paragraph(bold("Ethics: "), project.ethics_note))
    blocks.append(paragraph(f"Level, our estimate: {project.level.value}.", small=True))
    return blocks


def _background(background: Background, roles: tuple[str, ...]) -> list[Block]:
    fits = zip(roles, background.fits, strict=True)
    return [
        paragraph(bold("What carries over: "), background.carries_over),
        paragraph(bold("Roles that fit")),
        Facts(tuple((name, markup(fit.why)) for name, fit in fits)),
        paragraph(bold("Learn first: "), background.first),
        paragraph(bold("First project: "), background.project),
        paragraph(bold("Honestly: "), background.advice),
    ]


def _interview(interview: Interview) -> list[Block]:
    minutes = counted(interview.minutes, "minute")
    return [
        titled_points("A strong answer", interview.strong_answer_points),
        titled_points("Red flags", interview.red_flags),
        titled_points("What comes next", interview.follow_ups),
        paragraph(f"Level: {interview.level.value}. About {minutes}.", small=True),
    ]


def first_line(item: Knowledge) -> str:
    """Return what a list says of an item after its title."""
    if isinstance(item, Disagreement):
        return f"{counted(len(item.positions), 'position')}, each with its source"
    if isinstance(item, Industry):
        return listed([shortened(use, 60) for use in item.uses[:3]])
    if isinstance(item, Interview):
        return f"{item.family.value}, {item.level.value} level, about {counted(item.minutes, 'minute')}"
    if isinstance(item, Myth | Prediction):
        return "true or not, and why it matters" if isinstance(item, Myth) else "commit first, then read on"
    return item.body[0]
