"""/find: one search over everything there is to read, lists of each kind, and an entry in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from bot.commands.declare import Opt, command, pressed
from bot.commands.kinds import SearchText
from bot.commands.typed_words import NAMED_SHELVES
from bot.domain.bank import Shelf
from bot.domain.identifiers import RoleId, StepId
from bot.domain.knowledge import (
    KINDS,
    Background,
    Disagreement,
    Faq,
    Interview,
    Knowledge,
    Myth,
    Pitfall,
    Prediction,
    Project,
    ShortRole,
    Term,
)
from bot.domain.lookup import words
from bot.domain.search import ROLE, STEP, TOPIC, Hit
from bot.ports.call import Outcome
from bot.ports.catalog import Catalog
from bot.replies.card import Choice, label
from bot.replies.citing import cited
from bot.replies.finding import HitShown, Pages, SearchShown, ShelfShown, ShelvesShown
from bot.replies.knowledge import KnowledgeShown, first_line, kind_words, shelf_words
from bot.replies.routes import Route, fitting, route
from bot.replies.said import Refusal

PAGE = 6
"""Entries listed at once, so that they fit a screen with their buttons."""
PAGES_OF_HITS = 5
ROLES_LED_TO = 4
FIND = Choice("Find something else", route("run", "find"))


@command("find", needs="catalog", example="/find rag or fine-tuning")
def find(
    catalog: Catalog,
    text: Annotated[SearchText | None, Opt("A word or two to look for", example="rag or fine-tuning")] = None,
) -> Outcome:
    """Search everything: roles, steps, terms, answers, myths, projects, interview questions."""
    if not text:
        return _shelves(catalog)
    kind = NAMED_SHELVES.get(" ".join(text.casefold().split()))
    if kind is not None and (kind == TOPIC or catalog.knowledge.all(KINDS[kind])):
        return shelf(catalog, kind)
    return found(catalog, 0, text)


def _shelves(catalog: Catalog) -> Outcome:
    shelves = [
        ("Roles", len(catalog.roles), route("run", "role")),
        ("Roadmap steps", len(catalog.steps), route("run", "roadmap")),
        ("Topics", len(catalog.topics_asked), route("shelf", TOPIC)),
        *((shelf_words(kind), len(catalog.knowledge.all(kind)), route("shelf", word)) for word, kind in KINDS.items()),
    ]
    return Outcome(ShelvesShown(tuple(shelf for shelf in shelves if shelf[1])))


@pressed("found", needs="catalog")
def found(catalog: Catalog, page: int, text: SearchText) -> Outcome:
    """Show more of what a search found."""
    page = min(page, PAGES_OF_HITS - 1)
    hits = catalog.search.find(text, (page + 1) * PAGE + 1)
    here = hits[page * PAGE : (page + 1) * PAGE]
    more = len(hits) > (page + 1) * PAGE and page + 1 < PAGES_OF_HITS
    pages = _pages(page, more, lambda other: fitting("found", other, text))
    shelves = frozenset(filter(catalog.has, Shelf))
    return Outcome(SearchShown(text, tuple(_hit(catalog, hit) for hit in here), pages, shelves))


@pressed("shelf", needs="catalog")
def shelf(catalog: Catalog, kind: str, page: int = 0) -> Outcome:
    """List everything of one kind, in the order of the alphabet."""
    if kind == TOPIC:
        title = "Topics"
        hits = [Hit(TOPIC, topic.id, topic.title) for topic in catalog.topics_asked]
    elif kind in KINDS:
        title = shelf_words(KINDS[kind])
        hits = [Hit(kind, item.id, item.title) for item in catalog.knowledge.all(KINDS[kind])]
    else:
        raise Refusal("There is no such list here. /find looks for anything else.", (FIND,))
    return Outcome(listed(catalog, title, hits, page, lambda other: route("shelf", kind, other)))


def listed(
    catalog: Catalog, title: str, hits: list[Hit], page: int, there: Callable[[int], Route | None]
) -> ShelfShown:
    """A page of entries in the order of the alphabet."""
    hits.sort(key=lambda hit: words(hit.title))
    page = max(0, min(page, (len(hits) - 1) // PAGE))
    here = hits[page * PAGE : (page + 1) * PAGE]
    pages = _pages(page, len(hits) > (page + 1) * PAGE, there)
    return ShelfShown(title, len(hits), tuple(_hit(catalog, hit) for hit in here), pages)


def _pages(page: int, more: bool, there: Callable[[int], Route | None]) -> Pages:
    return Pages(page * PAGE + 1, there(page - 1) if page else None, there(page + 1) if more else None)


def _hit(catalog: Catalog, hit: Hit) -> HitShown:
    match hit.kind:
        case "role":
            role = catalog.role(RoleId(hit.id))
            return HitShown("Role", hit.title, role.summary if role else "", _run(ROLE, "name", hit.id))
        case "step":
            step = catalog.step(StepId(hit.id))
            return HitShown("Step", hit.title, step.summary if step else "", _run("roadmap", STEP, hit.id))
        case "topic":
            return HitShown("Practice", hit.title, "questions to practise on", _run("quiz", TOPIC, hit.id))
    item = catalog.knowledge.get(KINDS[hit.kind], hit.id)
    if item is None:
        raise KeyError(hit)
    where = _run(ROLE, "name", hit.id) if isinstance(item, ShortRole) else route("show", hit.kind, hit.id)
    return HitShown(kind_words(item), hit.title, first_line(item), where)


def _run(command: str, option: str, id: str) -> Route:
    return route("run", command, f"{option}={id}")


@pressed("show", needs="catalog")
def show(catalog: Catalog, kind: str, id: str) -> Outcome:
    """Show an entry in full."""
    item = catalog.knowledge.get(KINDS[kind], id) if kind in KINDS else None
    if item is None:
        raise Refusal("That entry is not in the content any more. /find looks for others.", (FIND,))
    return Outcome(in_full(catalog, item))


def in_full(catalog: Catalog, item: Knowledge) -> KnowledgeShown:
    """An item with its sources and ways on."""
    positions = item.positions if isinstance(item, Disagreement) else ()
    return KnowledgeShown(
        item,
        cited(catalog.sources, item.refs),
        tuple(cited(catalog.sources, position.refs) for position in positions),
        tuple(_role_name(catalog, fit.role) for fit in item.fits) if isinstance(item, Background) else (),
        (*_onward(catalog, item), FIND),
    )


def _role_name(catalog: Catalog, id: RoleId) -> str:
    role = catalog.role(id)
    return role.name if role else id


def _onward(catalog: Catalog, item: Knowledge) -> list[Choice]:
    choices: list[Choice] = []
    if isinstance(item, Background):
        choices += _from_background(catalog, item)
    if isinstance(item, Term | Myth | Prediction | Pitfall):
        step = catalog.step(item.step)
        if step is not None:
            choices.append(Choice(label(f"Step: {step.title}"), _run("roadmap", STEP, step.id)))
    if isinstance(item, Disagreement | Project | Interview):
        for id in item.roles[:ROLES_LED_TO]:
            role = catalog.role(id)
            if role is not None:
                choices.append(Choice(label(role.name), _run(ROLE, "name", role.id)))
    if isinstance(item, Faq):
        for related in item.related:
            other = catalog.knowledge.get(Faq, related)
            if other is not None:
                choices.append(Choice(label(other.question), route("show", "faq", other.id)))
    return choices


def _from_background(catalog: Catalog, background: Background) -> list[Choice]:
    """The step to begin with, the roadmap of the best role, the roles, and a project."""
    choices: list[Choice] = []
    step = catalog.step(background.step)
    if step is not None:
        choices.append(Choice(label(f"Begin: {step.title}"), _run("roadmap", STEP, step.id)))
    roles = [role for role in (catalog.role(fit.role) for fit in background.fits) if role is not None]
    if roles and catalog.steps:
        choices.append(Choice(label(f"Roadmap: {roles[0].name}"), _run("roadmap", ROLE, roles[0].id)))
    choices += [Choice(label(role.name), _run(ROLE, "name", role.id)) for role in roles]
    project = catalog.knowledge.get(Project, background.like)
    if project is not None:
        choices.append(Choice(label(f"Project: {project.name}"), route("show", "project", project.id)))
    return choices
