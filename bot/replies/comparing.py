"""Two roles side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.plain_text import shortened
from bot.replies.card import Card, Choice, Table, label, paragraph
from bot.replies.markup import Markup, listed, markup
from bot.replies.pay import pay_in_a_line
from bot.replies.roles import CODING, DEGREE, RoleProfile
from bot.replies.routes import route

CELL = 100
"""The longest cell with which eight rows of two fit a screen."""
_SKILLS = 4


@dataclass(frozen=True, slots=True)
class RoleComparison:
    """Two roles, aspect by aspect, in short."""

    left: RoleProfile
    right: RoleProfile

    def as_card(self) -> Card:
        """The table, and the way to each card."""
        a, b = self.left.role, self.right.role
        rows = tuple((aspect, _cell(read(self.left)), _cell(read(self.right))) for aspect, read in _ASPECTS)
        return Card(
            title=f"{a.name} or {b.name}",
            blocks=(
                Table((a.name, b.name), rows),
                paragraph("In short; each card has the rest, with pay and sources.", small=True),
            ),
            choices=tuple(Choice(label(role.name), route("run", "role", f"name={role.id}")) for role in (a, b)),
        )


def _cell(text: str) -> Markup:
    return markup(shortened(text, CELL))


def _skills(profile: RoleProfile) -> str:
    skills = profile.role.skills
    if not skills:
        return "The sources name none."
    return listed(skills) if len(skills) <= _SKILLS else listed([*skills[:_SKILLS], "more"])


def _onward(profile: RoleProfile) -> str:
    path = profile.role.path
    return path[-1].titles if path else "The sources name no path."


def _first_step(profile: RoleProfile) -> str:
    steps = profile.first_steps
    return listed([step.title for step in steps], "then") if steps else "No step is tied to it."


_ASPECTS: tuple[tuple[str, Callable[[RoleProfile], str]], ...] = (
    ("What it is", lambda profile: profile.role.summary),
    ("Does", lambda profile: profile.role.does[0]),
    ("Skills", _skills),
    ("Coding", lambda profile: CODING[profile.role.coding.value]),
    ("Degree", lambda profile: DEGREE[profile.role.degree.value]),
    ("Pay", lambda profile: pay_in_a_line(profile.pay)),
    ("Leads to", _onward),
    ("First steps", _first_step),
)
