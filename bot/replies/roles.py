"""A role on one screen, the rest of it part by part, and titles the sources name in passing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.domain.knowledge import ShortRole
from bot.domain.roadmap import Step
from bot.domain.role import Coding, Degree, Role
from bot.replies.card import Block, Card, Choice, Facts, label, paragraph, source_line, titled_points
from bot.replies.markup import bold, listed, markup
from bot.replies.pay import PayShown, pay_blocks, pay_in_a_line
from bot.replies.routes import route

CODING = {
    Coding.YES: "Writes code",
    Coding.SOME: "Writes some code",
    Coding.NO: "Needs little or no code",
    Coding.DISPUTED: "The sources disagree about coding",
}
DEGREE = {
    Degree.NEEDED: "A degree is needed",
    Degree.USUAL: "A degree is usual",
    Degree.HELPFUL: "A degree helps",
    Degree.NOT_NEEDED: "No degree is needed",
    Degree.NOT_STATED: "The sources name none",
}
DOES_SHOWN = 3
"""Lines on a card about what a role does."""
SKILLS_SHOWN = 6
CLAIMS = 3
"""Pay claims shown at once, each with its source."""


class RolePart(StrEnum):
    """A part of a role's card that stands behind a button."""

    PAY = "pay"
    PATH = "path"
    WORK = "work"
    DISPUTES = "disputes"


PART_LABELS = {
    RolePart.PAY: "Pay and sources",
    RolePart.PATH: "Path and degree",
    RolePart.WORK: "Work and tools",
    RolePart.DISPUTES: "Where sources disagree",
}


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role with all that is known of it."""

    role: Role
    pay: tuple[PayShown, ...]
    first_steps: tuple[Step, ...]
    sources: tuple[str, ...]
    """The articles the card draws on."""
    compare_with: tuple[Role, ...] = ()
    can_practise: bool = False
    """Some question is about what it needs."""

    def as_card(self) -> Card:
        """The role, three things it does, skills and pay in a line: one screen, the rest behind buttons."""
        role = self.role
        skills = role.skills[:SKILLS_SHOWN]
        asks = f"{CODING[role.coding.value]}. {DEGREE[role.degree.value]}."
        facts = [
            *([("Skills", markup(listed(skills)))] if skills else []),
            ("Asks", markup(asks if role.degree.value is not Degree.NOT_STATED else f"{CODING[role.coding.value]}.")),
            ("Pay, as claimed", markup(pay_in_a_line(self.pay))),
        ]
        blocks: list[Block] = [
            paragraph(role.summary),
            titled_points("Does", role.does[:DOES_SHOWN]),
            Facts(tuple(facts)),
        ]
        return Card(title=role.name, blocks=tuple(blocks), choices=self.ways_on())

    def ways_on(self, shown: RolePart | None = None) -> tuple[Choice, ...]:
        """The ways from the card, or from the part of it that is shown."""
        role = self.role
        card = Choice(label(role.name), route("run", "role", f"name={role.id}"))
        practise = (Choice("Practise for it", route("run", "quiz", f"role={role.id}")),) if self.can_practise else ()
        parts = (RolePart.PAY, RolePart.PATH, RolePart.WORK, *([RolePart.DISPUTES] if role.disagreements else []))
        return (
            *([card] if shown else []),
            Choice("Its roadmap", route("run", "roadmap", f"role={role.id}")),
            *practise,
            *(Choice(PART_LABELS[part], route("role-part", role.id, part)) for part in parts if part is not shown),
            Choice("Compare", route("compare", role.id)),
            Choice("Share here", route("share-role", role.id)),
        )


@dataclass(frozen=True, slots=True)
class RolePartShown:
    """One part of a role's card."""

    profile: RoleProfile
    part: RolePart
    page: int = 0
    """Of pay, where there are many claims."""

    def as_card(self) -> Card:
        """The part, and the ways to the others."""
        profile = self.profile
        choices = profile.ways_on(self.part)
        if self.part is RolePart.PAY and len(profile.pay) > (self.page + 1) * CLAIMS:
            choices = (Choice("More claims", route("role-part", profile.role.id, self.part, self.page + 1)), *choices)
        return Card(
            title=f"{profile.role.name}: {PART_LABELS[self.part].lower()}",
            blocks=tuple(self._blocks()),
            choices=choices,
        )

    def _blocks(self) -> list[Block]:
        profile = self.profile
        match self.part:
            case RolePart.PAY:
                first = self.page * CLAIMS
                return [*pay_blocks(profile.pay[first : first + CLAIMS], first), source_line(*profile.sources)]
            case RolePart.PATH:
                return _path(profile)
            case RolePart.WORK:
                return _work(profile.role)
            case RolePart.DISPUTES:
                return [titled_points("", profile.role.disagreements or ("The sources do not disagree on it.",))]
            case _:
                assert_never(self.part)


def _path(profile: RoleProfile) -> list[Block]:
    role = profile.role
    blocks: list[Block] = []
    if role.path:
        stages = (f"{stage.stage}{f' ({stage.years})' if stage.years else ''}: {stage.titles}" for stage in role.path)
        blocks.append(titled_points("Path", tuple(stages)))
    degree = f"{DEGREE[role.degree.value]}. {role.degree.note}".strip()
    blocks.append(Facts((("Degree", markup(degree)),)))
    if role.portfolio:
        blocks.append(titled_points("Portfolio", role.portfolio))
    if profile.first_steps:
        blocks.append(paragraph(bold("First steps: "), listed([step.title for step in profile.first_steps], "then")))
    return blocks


def _work(role: Role) -> list[Block]:
    blocks: list[Block] = [titled_points("Does", role.does)]
    if role.not_does:
        blocks.append(titled_points("Not its job", role.not_does))
    facts = [
        ("Skills", listed(role.skills)),
        ("Tools", listed(role.tools)),
        ("Suits", _sentences(role.suits)),
        ("Coding", f"{CODING[role.coding.value]}. {role.coding.note}".strip()),
    ]
    blocks.append(Facts(tuple((name, markup(text)) for name, text in facts if text)))
    if role.note:
        blocks.append(paragraph(role.note))
    return blocks


def _sentences(lines: tuple[str, ...]) -> str:
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)


@dataclass(frozen=True, slots=True)
class RoleShared:
    """A role in short, for the channel where a member shared it: one message on every face."""

    role: Role
    sources: tuple[str, ...]

    def as_card(self) -> Card:
        """Show the role's summary, and a way to the whole card in private."""
        role = self.role
        blocks: list[Block] = [paragraph(role.summary), titled_points("Does", role.does[:DOES_SHOWN])]
        if role.skills:
            blocks.append(Facts((("Skills", markup(listed(role.skills))),)))
        blocks.append(source_line(*self.sources))
        whole = Choice("See the whole card", route("run", "role", f"name={role.id}"))
        return Card(title=role.name, blocks=tuple(blocks), choices=(whole,))


@dataclass(frozen=True, slots=True)
class ShortRoleShown:
    """A title the sources name in a line or two, with the full cards nearest to it."""

    title: ShortRole
    near: tuple[Role, ...]
    pay: tuple[PayShown, ...]
    source: str

    def as_card(self) -> Card:
        """The smaller card."""
        title = self.title
        blocks: list[Block] = [paragraph(title.summary)]
        if title.emerging:
            blocks.append(paragraph("Named as a specialisation that is emerging."))
        if title.note:
            blocks.append(paragraph(title.note))
        blocks.append(Facts((("Pay, as claimed", markup(pay_in_a_line(self.pay))),)))
        blocks.append(paragraph(bold("Nearest full cards: "), listed([role.name for role in self.near])))
        blocks.append(source_line(self.source))
        choices = [Choice(label(role.name), route("run", "role", f"name={role.id}")) for role in self.near]
        if self.pay:
            choices.append(Choice("Pay, claim by claim", route("title-pay", title.id)))
        return Card(title=title.name, blocks=tuple(blocks), choices=tuple(choices))


@dataclass(frozen=True, slots=True)
class TitlePayShown:
    """The pay claims on a title the sources name in passing."""

    title: ShortRole
    pay: tuple[PayShown, ...]

    def as_card(self) -> Card:
        """Every claim with its source."""
        back = Choice(label(self.title.name), route("run", "role", f"name={self.title.id}"))
        return Card(title=f"{self.title.name}: pay", blocks=pay_blocks(self.pay), choices=(back,))
