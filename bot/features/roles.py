"""/role: one role, two side by side, or all of them; sharing a card."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.domain.bank import Shelf
from bot.domain.identifiers import PayRowId, ProfileId, RoleId, ShortRoleId
from bot.domain.knowledge import Background, ShortRole
from bot.domain.roadmap import Need, needed_by
from bot.domain.role import Role
from bot.features import find
from bot.ports.call import Call, Outcome, Share
from bot.ports.catalog import Catalog
from bot.replies.card import Choice, label
from bot.replies.citing import articles_cited, cited
from bot.replies.comparing import RoleComparison
from bot.replies.finding import Pages
from bot.replies.markup import bold, markup
from bot.replies.pay import PayShown
from bot.replies.roles import CLAIMS, RolePart, RolePartShown, RoleProfile, RoleShared, ShortRoleShown, TitlePayShown
from bot.replies.routes import route
from bot.replies.said import Listed, Refusal, said

FIRST_STEPS = 3
PAGE = 6
"""Roles listed at once, so that they fit a screen with their buttons."""


@command("role", needs="catalog", example="/role ai engineer vs prompt engineer", shelf=Shelf.ROLES)
def role(
    catalog: Catalog,
    name: Annotated[ProfileId | None, Opt("Role to look up", example="ai engineer")] = None,
    versus: Annotated[ProfileId | None, Opt("Compare with", example="prompt engineer")] = None,
) -> Outcome:
    """Look up a role: what it does, skills, pay, first steps."""
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
    background = catalog.knowledge.get(Background, name)
    if background is not None and catalog.role(RoleId(name)) is None:
        return Outcome(find.in_full(catalog, background))
    return Outcome(profile(catalog, _role(catalog, RoleId(name))))


@pressed("more-roles", needs="catalog")
def more_roles(catalog: Catalog, page: int, versus: RoleId | None = None) -> Outcome:
    """Show further roles to pick from."""
    return all_roles(catalog, _role(catalog, versus) if versus else None, page)


@pressed("role-part", needs="catalog")
def role_part(catalog: Catalog, name: RoleId, part: RolePart, page: int = 0) -> Outcome:
    """Show a part of a role's card: pay and sources, path, work, or where the sources disagree."""
    shown = profile(catalog, _role(catalog, name))
    return Outcome(RolePartShown(shown, part, max(0, min(page, (len(shown.pay) - 1) // CLAIMS))))


@pressed("title-pay", needs="catalog")
def title_pay(catalog: Catalog, name: ShortRoleId) -> Outcome:
    """Show what the sources claim a title in short is paid."""
    title = catalog.knowledge.get(ShortRole, name)
    if title is None:
        raise Refusal("That title is not in the content any more. /role lists the roles.")
    return Outcome(TitlePayShown(title, _pay(catalog, title.pay)))


@pressed("compare", needs="catalog")
def compare(catalog: Catalog, name: RoleId) -> Outcome:
    """Offer the roles the sources set against this one, and all others."""
    one = _role(catalog, name)
    others = profile(catalog, one).compare_with
    if not others:
        return all_roles(catalog, one)
    choices = (
        *(
            Choice(label(f"vs {other.name}"), route("run", "role", f"name={one.id}", f"versus={other.id}"))
            for other in others
        ),
        Choice("Another role", route("run", "role", f"versus={one.id}")),
    )
    rows = tuple(("", markup(bold(other.name), f": {other.summary}")) for other in others)
    return Outcome(Listed(f"Compare {one.name}", markup("The sources themselves set it against these."), rows, choices))


def all_roles(catalog: Catalog, versus: Role | None, page: int = 0) -> Outcome:
    """Every role to pick from, a screen at a time: to look up, or to compare another with."""
    given = (f"versus={versus.id}",) if versus else ()
    others = [other for other in _most_compared_first(catalog) if other is not versus]
    page = max(0, min(page, (len(others) - 1) // PAGE))
    here = others[page * PAGE : (page + 1) * PAGE]
    choices = [_card_of(other, *given) for other in here]
    beside = (versus.id,) if versus else ()
    pages = Pages(
        page * PAGE + 1,
        route("more-roles", page - 1, *beside) if page else None,
        route("more-roles", page + 1, *beside) if len(others) > (page + 1) * PAGE else None,
    )
    choices += pages.choices()
    if not versus and catalog.knowledge.all(ShortRole):
        choices.append(Choice("Titles in short", route("shelf", "title")))
    text = f"Roles {pages.first} to {page * PAGE + len(here)} of {len(others)}, those most often compared first. "
    pair = "Name two to compare them, as in /role ai engineer vs prompt engineer."
    if versus:
        pair = f"Pick one to see it beside {versus.name}."
    rows = tuple(("", markup(bold(other.name), f": {other.summary}")) for other in here)
    return Outcome(Listed("Roles", markup(text, pair), rows, tuple(choices)))


def _most_compared_first(catalog: Catalog) -> list[Role]:
    """The roles, by how often the sources set others against them, and them against others."""
    named = Counter(id for role in catalog.roles for id in role.often_compared)
    return sorted(catalog.roles, key=lambda role: (-named[role.id], -len(role.often_compared), role.name))


@pressed("titles", needs="catalog")
def titles(catalog: Catalog) -> Outcome:
    """Show specialisations and further titles to pick from; older lists of roles lead here."""
    return find.shelf(catalog, "title")


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
    background = catalog.knowledge.get(Background, id)
    if background is not None and catalog.role(RoleId(id)) is None:
        told = f"{background.name} is a background, not a role of the field; its card names the roles that fit."
        where = Choice(label(background.name), route("run", "role", f"name={background.id}"))
        raise Refusal(told, (where,))
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
        can_practise=any(role.id in question.roles for question in catalog.questions),
    )


def _pay(catalog: Catalog, ids: tuple[PayRowId, ...]) -> tuple[PayShown, ...]:
    rows = (catalog.pay(id) for id in ids)
    return tuple(PayShown(row, cited(catalog.sources, row.refs)) for row in rows if row is not None)
