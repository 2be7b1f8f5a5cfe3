"""Looking up roles: one, two side by side, or all."""

from __future__ import annotations

from bot.domain.identifiers import PayRowId, ProfileId, RoleId
from bot.domain.roadmap import needed_by
from bot.domain.role import Role
from bot.domain.short_role import ShortRole
from bot.domain.step import Need, Step
from bot.ports.call import Call, Outcome, Share
from bot.ports.catalog import Catalog
from bot.posting.citing import articles_cited, cited
from bot.replies.card import Choice, label
from bot.replies.markup import listed, markup
from bot.replies.roles import PayShown, RoleComparison, RoleProfile, RoleShared, ShortRoleShown
from bot.replies.routes import route
from bot.replies.said import Listed, Refusal, said

FIRST_STEPS = 3
# Pairs the sources themselves set against each other; offered on the card.
OFTEN_COMPARED = {
    RoleId("ai-engineer"): (RoleId("prompt-engineer"), RoleId("ai-researcher")),
    RoleId("prompt-engineer"): (RoleId("ai-engineer"),),
    RoleId("ai-researcher"): (RoleId("ai-engineer"), RoleId("data-scientist")),
    RoleId("genai-engineer"): (RoleId("ai-engineer"),),
    RoleId("genai-specialist"): (RoleId("genai-engineer"),),
    RoleId("data-scientist"): (RoleId("ai-researcher"),),
    RoleId("ai-product-manager"): (RoleId("ai-engineer"),),
}


def role_profile(call: Call, catalog: Catalog, name: ProfileId | None, versus: ProfileId | None) -> Outcome:
    """The card of a role, two roles side by side, or all of them to pick from."""
    if name is None:
        return all_roles(catalog, _comparable(catalog, versus).id if versus else None)
    if versus is None:
        title = catalog.knowledge.get(ShortRole, name)
        return _title(catalog, title) if title else Outcome(profile(catalog, _role(catalog, RoleId(name))))
    left, right = _comparable(catalog, name), _comparable(catalog, versus)
    if left is right:
        raise Refusal(
            f"That is {left.name} twice. Name two different roles.",
            (Choice(label(left.name), route("run", "role", f"name={left.id}")),),
        )
    return Outcome(RoleComparison(profile(catalog, left), profile(catalog, right)))


def _comparable(catalog: Catalog, id: ProfileId) -> Role:
    title = catalog.knowledge.get(ShortRole, id)
    if title is not None:
        raise Refusal(
            f"The sources say too little of {title.name} to set it beside another role; its short card has it all.",
            (Choice(label(title.name), route("run", "role", f"name={title.id}")),),
        )
    return _role(catalog, RoleId(id))


def all_roles(catalog: Catalog, versus: RoleId | None) -> Outcome:
    """Every role with its summary, to pick from; or to pick what another is compared with."""
    given = (f"versus={versus}",) if versus else ()
    others = [role for role in catalog.roles if role.id != versus]
    choices = [Choice(label(role.name), route("run", "role", f"name={role.id}", *given)) for role in others]
    text = "Which role? Name two to compare them, as in /role ai engineer vs prompt engineer."
    rows = [(role.name, markup(role.summary)) for role in others]
    titles = [title.name for title in catalog.knowledge.all(ShortRole)]
    if titles and not versus:
        rows.append(("In short", markup(f"{listed(titles)}.")))
        choices.append(Choice("Titles in short", route("titles")))
    return Outcome(Listed("Roles", markup(text), tuple(rows), tuple(choices)))


def all_titles(catalog: Catalog) -> Outcome:
    """Every short role to pick from."""
    titles = catalog.knowledge.all(ShortRole)
    text = "Specialisations and titles the sources name in a line or two."
    rows = tuple((title.name, markup(title.summary)) for title in titles)
    choices = tuple(Choice(label(title.name), route("run", "role", f"name={title.id}")) for title in titles)
    return Outcome(Listed("Titles in short", markup(text), rows, choices))


def _title(catalog: Catalog, title: ShortRole) -> Outcome:
    near = tuple(role for role in map(catalog.role, title.near) if role is not None)
    return Outcome(ShortRoleShown(title, near, _pay(catalog, title.pay), cited(catalog, title.refs)))


def share_role(call: Call, catalog: Catalog, name: RoleId) -> Outcome:
    """Post a role's card where the caller is."""
    role = _role(catalog, name)
    if not call.may_write:
        raise Refusal("You may not write here, so nothing was shared. Open the card where you may, and share it there.")
    shared = RoleShared(role, articles_cited(catalog, role.refs))
    return Outcome(said(f"Shared {role.name} here."), (Share(call.place, shared),))


def _role(catalog: Catalog, id: RoleId) -> Role:
    role = catalog.role(id)
    if role is None:
        raise Refusal("That role is not in the content any more. /role lists the others.")
    return role


def profile(catalog: Catalog, role: Role) -> RoleProfile:
    """A role with its pay, first steps and sources."""
    others = (catalog.role(id) for id in OFTEN_COMPARED.get(role.id, ()))
    return RoleProfile(
        role=role,
        pay=_pay(catalog, role.pay),
        first_steps=first_steps(catalog, role),
        sources=articles_cited(catalog, role.refs),
        compare_with=tuple(other for other in others if other is not None),
    )


def _pay(catalog: Catalog, ids: tuple[PayRowId, ...]) -> tuple[PayShown, ...]:
    rows = (catalog.pay(id) for id in ids)
    return tuple(PayShown(row, cited(catalog, row.refs)) for row in rows if row is not None)


def first_steps(catalog: Catalog, role: Role) -> tuple[Step, ...]:
    """The first roadmap steps the role needs."""
    needed = (step for step in catalog.steps if needed_by(step, role) in (Need.STATED, Need.NEEDED))
    return tuple(step for step, _ in zip(needed, range(FIRST_STEPS), strict=False))
