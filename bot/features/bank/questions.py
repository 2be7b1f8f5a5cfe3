"""/bank: a community's own questions, written, seen as members will see them, saved, changed, retired, brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.commands.caller import community_of, known_community
from bot.commands.declare import CARRIED, Opt, command, pressed, submitted
from bot.commands.kinds import SeveralLines
from bot.commands.registry import Registry
from bot.domain.common_fields import Status
from bot.domain.identifiers import QuestionId
from bot.domain.own_question import NO_ID, OwnQuestion, asks_the_same
from bot.domain.question import Difficulty
from bot.features.bank.keeping import keep
from bot.features.bank.reading_form import form_values, read_form, refuse_unsafe, remarks
from bot.features.practice.withheld import learner
from bot.ports.call import BankChanged, Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.common_buttons import OUR_QUESTIONS
from bot.replies.own_bank import ADD, ON_A_PAGE, OwnBankShown, OwnQuestionShown
from bot.replies.said import FormAsked, Refusal, said

GONE = "That question is not there any more: it was saved, discarded or never ours. Nothing was changed."
CHANGED_MEANWHILE = "Somebody changed that question meanwhile. Nothing was changed by you; this is how it stands now."
HOW = "It is shown as members will see it before it is saved."

AskedAs = Annotated[str, Opt("Question", most=220, example="Which part of a cell makes sugar?")]
OptionsAs = Annotated[
    SeveralLines,
    Opt("Options, one a line, * before the right one", most=400, example="*Chloroplast | Nucleus | Membrane"),
]
WhyAs = Annotated[str | None, Opt("Why it is right", most=220)]
TopicAs = Annotated[str | None, Opt("Topic", most=32, example="cells")]
LevelAs = Annotated[Difficulty | None, Opt("Level")]


@command("bank", manager=True, example="/bank")
def bank(call: Call, uow: UnitOfWork) -> Outcome:
    """Write, change and retire questions of your own, which are asked here and nowhere else."""
    return page(call, uow)


@pressed("own-list", manager=True)
def page(call: Call, uow: UnitOfWork, number: int = 0) -> Outcome:
    """Show a page of the bank, the newest first."""
    community = known_community(call, uow)
    every = uow.own_bank.questions(community.id)[::-1] if community else ()
    live = sum(one.status is Status.LIVE for one in every)
    shown = every[number * ON_A_PAGE :][:ON_A_PAGE]
    return Outcome(OwnBankShown(shown, number, live, len(every)))


@pressed("own-new", needs="catalog", manager=True)
def new_form(call: Call, registry: Registry) -> Outcome:
    """Open the empty form."""
    return Outcome(FormAsked(registry.form("own-add"), HOW))


@submitted("own-add", title="A question of our own", manager=True)
def add(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    question: AskedAs,
    options: OptionsAs,
    why: WhyAs = None,
    topic: TopicAs = None,
    level: LevelAs = None,
) -> Outcome:
    """Keep a draft and show it."""
    draft = read_form(question, options, why or "", topic or "", level or Difficulty.MEDIUM)
    return _drafted(call, uow, catalog, draft)


@pressed("own-change", manager=True)
def change_form(call: Call, uow: UnitOfWork, registry: Registry, id: QuestionId) -> Outcome:
    """Open the form of a question, filled in as it stands."""
    question = _found(call, uow, id)
    _refuse_withheld(call, uow, question)
    return Outcome(FormAsked(registry.form("own-edit", id, question.version, values=form_values(question)), HOW))


@submitted("own-edit", title="Change the question", manager=True)
def edit(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    id: Annotated[QuestionId, CARRIED],
    version: Annotated[int, CARRIED],
    question: AskedAs,
    options: OptionsAs,
    why: WhyAs = None,
    topic: TopicAs = None,
    level: LevelAs = None,
) -> Outcome:
    """Keep the next version as a draft and show it; the one that stands is asked until that is saved."""
    before = _found(call, uow, id)
    if before.version != version:
        return _shown(call, uow, catalog, before, done=CHANGED_MEANWHILE)
    known = before if before.status is not Status.DRAFT else None
    draft = read_form(question, options, why or "", topic or "", level or before.difficulty, before)
    if known is None:
        # A draft that is changed takes the place of the one before.
        draft = replace(draft, version=version, replaces=before.replaces)
    outcome = _drafted(call, uow, catalog, draft)
    if known is None and isinstance(outcome.reply, OwnQuestionShown) and outcome.reply.question.id != id:
        uow.own_bank.remove(community_of(call, uow).id, id)
    return outcome


@pressed("own-show", manager=True)
def show(call: Call, uow: UnitOfWork, catalog: Catalog, id: QuestionId) -> Outcome:
    """Show one question and what can be done with it."""
    return _shown(call, uow, catalog, _found(call, uow, id))


@pressed("own-save", needs="write", manager=True)
def save(call: Call, uow: UnitOfWork, catalog: Catalog, id: QuestionId) -> Outcome:
    """Save a draft: from now on it is asked."""
    draft = _found(call, uow, id)
    community = community_of(call, uow).id
    if draft.status is not Status.DRAFT:
        return _shown(call, uow, catalog, draft)
    refuse_unsafe(draft, uow.own_bank.questions(community), call.now.date())
    live = replace(draft, id=draft.replaces or NO_ID, status=Status.LIVE, replaces=None, batch="")
    if draft.replaces is None:
        live = uow.own_bank.add(community, live)
    elif not uow.own_bank.save(community, live):
        standing = _found(call, uow, draft.replaces)
        return _shown(call, uow, catalog, standing, done=f"{CHANGED_MEANWHILE} Your draft is kept.")
    uow.own_bank.remove(community, id)
    return _shown(call, uow, catalog, live, done="Saved. It is asked from now on.", changed=True)


@pressed("own-drop", needs="write", manager=True)
def drop(call: Call, uow: UnitOfWork, id: QuestionId) -> Outcome:
    """Discard a draft."""
    if _found(call, uow, id).status is not Status.DRAFT:
        raise Refusal(GONE, (OUR_QUESTIONS,))
    uow.own_bank.remove(community_of(call, uow).id, id)
    return Outcome(said("Discarded. Nothing else was changed.", choices=(ADD, OUR_QUESTIONS)), (BankChanged(),))


@pressed("own-retire", needs="write", manager=True)
def retire(call: Call, uow: UnitOfWork, catalog: Catalog, id: QuestionId, version: int) -> Outcome:
    """Stop asking a question; rounds that asked it stay as they were."""
    return _moved(call, uow, catalog, id, version, Status.RETIRED, "Retired. It is not asked any more.")


@pressed("own-back", needs="write", manager=True)
def bring_back(call: Call, uow: UnitOfWork, catalog: Catalog, id: QuestionId, version: int) -> Outcome:
    """Ask a retired question again."""
    return _moved(call, uow, catalog, id, version, Status.LIVE, "It is asked again from now on.")


def _moved(
    call: Call, uow: UnitOfWork, catalog: Catalog, id: QuestionId, version: int, to: Status, done: str
) -> Outcome:
    question = _found(call, uow, id)
    if question.version != version or question.status is Status.DRAFT:
        return _shown(call, uow, catalog, question, done=CHANGED_MEANWHILE)
    moved = replace(question, version=version + 1, status=to)
    if not uow.own_bank.save(community_of(call, uow).id, moved):
        return _shown(call, uow, catalog, _found(call, uow, id), done=CHANGED_MEANWHILE)
    return _shown(call, uow, catalog, moved, done=done, changed=True)


def _drafted(call: Call, uow: UnitOfWork, catalog: Catalog, draft: OwnQuestion) -> Outcome:
    """Keep a draft, once, and show it."""
    known = known_community(call, uow)
    there = uow.own_bank.questions(known.id) if known else ()
    refuse_unsafe(draft, there, call.now.date())
    for other in there:
        if other.status is Status.DRAFT and other.replaces == draft.replaces and asks_the_same(other, draft):
            return _shown(call, uow, catalog, other)  # a form that was sent twice
    community = community_of(call, uow).id
    keep(uow, community, [draft])
    return _shown(call, uow, catalog, uow.own_bank.questions(community)[-1])


def _found(call: Call, uow: UnitOfWork, id: QuestionId) -> OwnQuestion:
    community = known_community(call, uow)
    question = uow.own_bank.question(community.id, id) if community else None
    if question is None:
        raise Refusal(GONE, (OUR_QUESTIONS,))
    return question


def _is_withheld(call: Call, uow: UnitOfWork, question: OwnQuestion) -> bool:
    """Return whether its round is open, or that of the one it is to replace, and the caller has not answered."""
    return not learner(call, uow).hidden.isdisjoint({question.id, question.replaces or question.id})


def _refuse_withheld(call: Call, uow: UnitOfWork, question: OwnQuestion) -> None:
    if _is_withheld(call, uow, question):
        told = "It is asked just now. You can change it once you answered or it closed. Nothing was changed."
        raise Refusal(told, (OUR_QUESTIONS,))


def _shown(
    call: Call, uow: UnitOfWork, catalog: Catalog, question: OwnQuestion, *, done: str = "", changed: bool = False
) -> Outcome:
    withheld = _is_withheld(call, uow, question)
    said_of = () if withheld or question.status is not Status.DRAFT else remarks(question, call.now.date())
    title = catalog.topic_title(question.topic)
    if title == question.topic:
        title = question.topic.replace("-", " ").capitalize()
    return Outcome(OwnQuestionShown(question, title, said_of, done, withheld), (BankChanged(),) if changed else ())
