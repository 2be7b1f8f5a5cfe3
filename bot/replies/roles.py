"""A role, two roles side by side, and their pay as claimed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.knowledge import ShortRole
from bot.domain.roadmap import Step
from bot.domain.role import Coding, Degree, PayRow, Role
from bot.replies.card import Block, Card, Choice, Facts, Points, label, paragraph, source_line, titled_points
from bot.replies.markup import Markup, bold, listed, markup
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
NO_PAY = "The sources give no figure."


@dataclass(frozen=True, slots=True)
class PayShown:
    """A pay row with its source in words."""

    row: PayRow
    source: str

    def line(self) -> Markup:
        """The claim with level, place, source and age; never an average."""
        row = self.row
        return markup(
            bold(row.claim),
            f" ({row.who}; level: {row.level}; place: {row.place}; as of {row.as_of}). Source: {self.source}",
        )


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role card: what it does, skills, pay, coding and degree, path, first steps."""

    role: Role
    pay: tuple[PayShown, ...]
    first_steps: tuple[Step, ...]
    sources: tuple[str, ...]
    """The articles the card draws on."""
    compare_with: tuple[Role, ...] = ()

    def as_card(self) -> Card:
        """The profile."""
        role = self.role
        blocks: list[Block] = [
            paragraph(role.summary),
            titled_points("Does", role.does),
        ]
        if role.not_does:
            blocks.append(titled_points("Not its job", role.not_does))
        facts = [("Skills", markup(listed(role.skills)))] if role.skills else []
        if role.tools:
            facts.append(("Tools", markup(listed(role.tools))))
        if role.suits:
            facts.append(("Suits", markup(_sentences(role.suits))))
        facts.append(("Coding", _coding(self)))
        facts.append(("Degree", _degree(self)))
        if role.path:
            facts.append(("Path", markup("; then ".join(_stage(role, i) for i in range(len(role.path))))))
        if role.portfolio:
            facts.append(("Portfolio", markup(_sentences(role.portfolio))))
        blocks.append(Facts(tuple(facts)))
        blocks.extend(pay_blocks(self.pay))
        if role.note:
            blocks.append(paragraph(role.note))
        if role.disagreements:
            blocks.append(titled_points("Where the sources disagree", role.disagreements))
        if self.first_steps:
            blocks.append(paragraph(bold("First steps: "), listed([step.title for step in self.first_steps], "then")))
        blocks.append(source_line(*self.sources))
        choices = (
            Choice("Its roadmap", route("run", "roadmap", f"role={role.id}")),
            *(
                Choice(label(f"vs {other.name}"), route("run", "role", f"name={role.id}", f"versus={other.id}"))
                for other in self.compare_with
            ),
            Choice("Share here", route("share-role", role.id)),
        )
        return Card(title=role.name, blocks=tuple(blocks), choices=choices)


@dataclass(frozen=True, slots=True)
class RoleShared:
    """A role in short, for the channel where a member shared it: one message on every face."""

    role: Role
    sources: tuple[str, ...]

    def as_card(self) -> Card:
        """Show the role's summary, and a way to the whole card in private."""
        role = self.role
        blocks: list[Block] = [paragraph(role.summary), titled_points("Does", role.does)]
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
        blocks: list[Block] = [paragraph(self.title.summary)]
        if self.title.emerging:
            blocks.append(paragraph("Named as a specialisation that is emerging."))
        if self.title.note:
            blocks.append(paragraph(self.title.note))
        blocks.extend(pay_blocks(self.pay))
        blocks.append(paragraph(bold("Nearest full cards: "), listed([role.name for role in self.near])))
        blocks.append(source_line(self.source))
        choices = tuple(Choice(label(role.name), route("run", "role", f"name={role.id}")) for role in self.near)
        return Card(title=self.title.name, blocks=tuple(blocks), choices=choices)


def _stage(role: Role, i: int) -> str:
    stage = role.path[i]
    years = f" ({stage.years})" if stage.years else ""
    return f"{stage.stage}{years}: {stage.titles}"


def _sentences(lines: tuple[str, ...]) -> str:
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)


def pay_blocks(pay: tuple[PayShown, ...]) -> tuple[Block, ...]:
    """Every pay row as its source claims it, or that there is none."""
    if not pay:
        return (paragraph(bold("Pay: "), NO_PAY),)
    rows = (("Pay, as claimed", pay[0].line()), *(("", shown.line()) for shown in pay[1:]))
    note = paragraph("These rows differ in level, place and age; they are not to be averaged.", small=True)
    return (Points(rows), note) if len(pay) > 1 else (Points(rows),)


@dataclass(frozen=True, slots=True)
class RoleComparison:
    """Two roles side by side."""

    left: RoleProfile
    right: RoleProfile

    def as_card(self) -> Card:
        """For each aspect, one role and then the other."""
        blocks: list[Block] = []
        for profile in (self.left, self.right):
            role = profile.role
            blocks.append(paragraph(bold(role.name), f": {role.summary}"))
        for aspect, read in _ASPECTS:
            rows = tuple((profile.role.name, read(profile)) for profile in (self.left, self.right))
            blocks.append(paragraph(bold(aspect)))
            blocks.append(Facts(rows))
        blocks.append(paragraph(bold("Pay, as claimed; the rows differ in level, place and age")))
        blocks.extend(Points(_pay_rows(profile)) for profile in (self.left, self.right))
        sources = dict.fromkeys([*self.left.sources, *self.right.sources])
        blocks.append(source_line(*sources))
        a, b = self.left.role, self.right.role
        return Card(
            title=f"{a.name} or {b.name}",
            blocks=tuple(blocks),
            choices=(
                Choice(label(a.name), route("run", "role", f"name={a.id}")),
                Choice(label(b.name), route("run", "role", f"name={b.id}")),
            ),
        )


def _does(profile: RoleProfile) -> Markup:
    return markup(_sentences(profile.role.does))


def _skills(profile: RoleProfile) -> Markup:
    return markup(listed(profile.role.skills) or "The sources name none.")


def _coding(profile: RoleProfile) -> Markup:
    return markup(f"{CODING[profile.role.coding.value]}. {profile.role.coding.note}".strip())


def _degree(profile: RoleProfile) -> Markup:
    return markup(f"{DEGREE[profile.role.degree.value]}. {profile.role.degree.note}".strip())


def _pay_rows(profile: RoleProfile) -> tuple[tuple[str, Markup], ...]:
    lines = [shown.line() for shown in profile.pay] or [markup(NO_PAY)]
    return tuple(("" if i else profile.role.name, line) for i, line in enumerate(lines))


_ASPECTS = (("Does", _does), ("Skills", _skills), ("Coding", _coding), ("Degree", _degree))
