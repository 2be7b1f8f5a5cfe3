"""/role: one role, two side by side, or all of them; sharing a card."""

from __future__ import annotations

from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.identifiers import PayRowId, ProfileId, RoleId
from bot.domain.knowledge import ShortRole
from bot.domain.roadmap import Need, needed_by
from bot.domain.role import Role
from bot.ports.call import Call, Outcome, Share
from bot.ports.catalog import Catalog
from bot.replies.card import Choice, label
from bot.replies.citing import articles_cited, cited
from bot.replies.markup import listed, markup
from bot.replies.roles import PayShown, RoleComparison, RoleProfile, RoleShared, ShortRoleShown
from bot.replies.routes import route
from bot.replies.said import Listed, Refusal, said

FIRST_STEPS = 3


@command("role", needs="catalog", example="/role ai engineer vs prompt engineer")
def role(
    catalog: Catalog,
    name: Annotated[ProfileId | None, Opt("Role to look up", example="ai engineer")] = None,
    versus: Annotated[ProfileId | None, Opt("Compare with", example="prompt engineer")] = None,
) -> Outcome:
    """Look up a generative-AI role: what it does, skills, pay, first steps."""
    if name is None:
        return all_roles(catalog, _comparable(catalog, versus) if versus else None)
    if versus is not None:
        left, right = _comparable(catalog, name), _comparable(catalog, versus)
        if left is right:
            raise Refusal(f"That is {left.name} twice. Name two different roles.", (_card_of(left),))
        return Outcome(RoleComparison(profile(catalog, left), profile(catalog, right)))
    title = catalog.knowledge.get(ShortRole, name)
    if title is not None:
        near = tuple(other for other in map(catalog.role, title.near) if other is not None)
        return Outcome(ShortRoleShown(title, near, _pay(catalog, title.pay), cited(catalog.sources, title.refs)))
    return Outcome(profile(catalog, _role(catalog, RoleId(name))))


def all_roles(catalog: Catalog, versus: Role | None) -> Outcome:
    """Every role to pick from: to look up, or to compare another with."""
    given = (f"versus={versus.id}",) if versus else ()
    others = [other for other in catalog.roles if other is not versus]
    choices = [_card_of(other, *given) for other in others]
    text = "Which role? Name two to compare them, as in /role ai engineer vs prompt engineer."
    rows = [(other.name, markup(other.summary)) for other in others]
    titles = [title.name for title in catalog.knowledge.all(ShortRole)]
    if titles and not versus:
        rows.append(("In short", markup(f"{listed(titles)}.")))
        choices.append(Choice("Titles in short", route("titles")))
    return Outcome(Listed("Roles", markup(text), tuple(rows), tuple(choices)))


@pressed("titles", needs="catalog")
def titles(catalog: Catalog) -> Outcome:
    """Show specialisations and further titles to pick from."""
    all_titles = catalog.knowledge.all(ShortRole)
    text = "Specialisations and titles the sources name in a line or two."
    rows = tuple((title.name, markup(title.summary)) for title in all_titles)
    return Outcome(Listed("Titles in short", markup(text), rows, tuple(map(_card_of, all_titles))))


@pressed("share-role", needs="catalog", by_hand=True)
def share(call: Call, catalog: Catalog, name: RoleId) -> Outcome:
    """Share a role's card here."""
    role = _role(catalog, name)
    if not call.may_write:
        raise Refusal("You may not write here, so nothing was shared. Open the card where you may, and share it there.")
    shared = RoleShared(role, articles_cited(catalog.sources, role.refs))
    return Outcome(said(f"Shared {role.name} here."), (Share(call.place, shared),))


def _card_of(role: Role | ShortRole, *given: str) -> Choice:
    return Choice(label(role.name), route("run", "role", f"name={role.id}", *given))


def _comparable(catalog: Catalog, id: ProfileId) -> Role:
    title = catalog.knowledge.get(ShortRole, id)
    if title is not None:
        raise Refusal(
            f"The sources say too little of {title.name} to set it beside another role; its short card has it all.",
            (_card_of(title),),
        )
    return _role(catalog, RoleId(id))


def _role(catalog: Catalog, id: RoleId) -> Role:
    role = catalog.role(id)
    if role is None:
        raise Refusal("That role is not in the content any more. /role lists the others.")
    return role


def profile(catalog: Catalog, role: Role) -> RoleProfile:
    """A role with its pay, first steps and sources."""
    others = (catalog.role(id) for id in role.often_compared)
    steps = [step for step in catalog.steps if needed_by(step, role) in (Need.STATED, Need.NEEDED)]
    return RoleProfile(
        role=role,
        pay=_pay(catalog, role.pay),
        first_steps=tuple(steps[:FIRST_STEPS]),
        sources=articles_cited(catalog.sources, role.refs),
        compare_with=tuple(other for other in others if other is not None),
    )


def _pay(catalog: Catalog, ids: tuple[PayRowId, ...]) -> tuple[PayShown, ...]:
    rows = (catalog.pay(id) for id in ids)
    return tuple(PayShown(row, cited(catalog.sources, row.refs)) for row in rows if row is not None)
