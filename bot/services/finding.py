"""Finding anything there is to read, and showing it."""

from __future__ import annotations

from bot.domain.disagreement import Disagreement
from bot.domain.faq import Faq
from bot.domain.identifiers import RoleId, StepId
from bot.domain.interview import Interview
from bot.domain.knowledge import KINDS, Knowledge
from bot.domain.myth import Myth, Prediction
from bot.domain.pitfall import Pitfall
from bot.domain.project import Project
from bot.domain.search import ROLE, STEP, TOPIC, Hit
from bot.domain.short_role import ShortRole
from bot.domain.term import Term
from bot.ports.call import Outcome
from bot.ports.catalog import Catalog
from bot.replies.card import Choice, label
from bot.replies.finding import Found, HitShown, ShelvesShown
from bot.replies.knowledge import SHELF_WORDS, KnowledgeShown, first_line, kind_words
from bot.replies.routes import Route, route
from bot.replies.said import Refusal
from bot.services.citing import cited

SHOWN = 8
"""So many hits are listed: more would be a page, not an answer."""
_ROLES_AT_MOST = 4
FIND = Choice("Find something else", route("run", "find"))


def find(catalog: Catalog, text: str) -> Outcome:
    """The best hits for a text."""
    return Outcome(Found(text, tuple(_hit(catalog, hit) for hit in catalog.search.find(text, SHOWN))))


def shelves(catalog: Catalog) -> Outcome:
    """What there is to find, for somebody who named nothing yet."""
    counts = [("Roles", len(catalog.roles)), ("Roadmap steps", len(catalog.steps))]
    counts += [(SHELF_WORDS[kind], len(catalog.knowledge.all(kind))) for kind in KINDS.values()]
    return Outcome(ShelvesShown(tuple((words, number) for words, number in counts if number)))


def show(catalog: Catalog, kind: str, id: str) -> Outcome:
    """One item in full."""
    item = catalog.knowledge.get(KINDS[kind], id) if kind in KINDS else None
    if item is None:
        raise Refusal("That entry is not in the content any more. /find looks for others.")
    return Outcome(shown(catalog, item))


def shown(catalog: Catalog, item: Knowledge) -> KnowledgeShown:
    """An item with its sources and ways on."""
    positions = item.positions if isinstance(item, Disagreement) else ()
    return KnowledgeShown(
        item,
        cited(catalog, item.refs),
        tuple(cited(catalog, position.refs) for position in positions),
        (*_onward(catalog, item), FIND),
    )


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


def _onward(catalog: Catalog, item: Knowledge) -> list[Choice]:
    choices: list[Choice] = []
    if isinstance(item, Term | Myth | Prediction | Pitfall):
        step = catalog.step(item.step)
        if step is not None:
            choices.append(Choice(label(f"Step: {step.title}"), _run("roadmap", STEP, step.id)))
    if isinstance(item, Disagreement | Project | Interview):
        for id in item.roles[:_ROLES_AT_MOST]:
            role = catalog.role(id)
            if role is not None:
                choices.append(Choice(label(role.name), _run(ROLE, "name", role.id)))
    if isinstance(item, Faq):
        for related in item.related:
            other = catalog.knowledge.get(Faq, related)
            if other is not None:
                choices.append(Choice(label(other.question), route("show", "faq", other.id)))
    return choices
