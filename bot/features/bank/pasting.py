"""Several questions at once, pasted from a spreadsheet or another program: looked at, then taken in with one press."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.commands.caller import community_of, known_community
from bot.commands.declare import Opt, pressed, submitted
from bot.commands.kinds import SeveralLines
from bot.commands.registry import Registry
from bot.domain.common_fields import Status
from bot.domain.explained import Explained
from bot.domain.own_question import NO_ID, OwnQuestion
from bot.features.bank.keeping import keep
from bot.features.bank.reading_form import already_there
from bot.features.practice.withheld import learner
from bot.ports.call import BankChanged, Call, Outcome
from bot.ports.storage import UnitOfWork
from bot.replies.common_buttons import OUR_QUESTIONS
from bot.replies.markup import counted
from bot.replies.own_bank import ADD_SEVERAL, PastedShown
from bot.replies.said import FormAsked, Refusal, said

PASTED_AT_MOST = 4_000
"""As much as the longest field of a form holds."""
HOW = (
    "Copy the rows out of your spreadsheet with their head (Question, Option A, Option B, Option C, Correct, "
    "Explanation, Topic), or paste GIFT, Aiken or Markdown. Nothing is saved before you have seen what comes of it."
)


@pressed("own-paste", needs="catalog", manager=True)
def paste_form(call: Call, registry: Registry) -> Outcome:
    """Open the form for several questions."""
    return Outcome(FormAsked(registry.form("own-several"), HOW))


@submitted("own-several", title="Several questions", manager=True)
def several(
    call: Call,
    uow: UnitOfWork,
    text: Annotated[
        SeveralLines,
        Opt(
            "Questions, with the head of their table",
            most=PASTED_AT_MOST,
            example="Which organ takes in air? {=Lung ~Liver ~Bone}",
        ),
    ],
    topic: Annotated[str | None, Opt("Topic of those that name none", most=32, example="cells")] = None,
) -> Outcome:
    """Keep what was pasted as drafts, and say line by line what comes of it."""
    # Reading files is for authors; what takes none in need not load it.
    from bot.authoring.own_import import pasted

    known = known_community(call, uow)
    there = uow.own_bank.questions(known.id) if known else ()
    try:
        incoming = pasted(text, there, call.now.date(), topic or "", learner(call, uow).hidden)
    except Explained as error:
        raise Refusal(error.sentence, (ADD_SEVERAL, OUR_QUESTIONS), field="text") from None
    batch = str(call.seed)
    drafts = [_draft(question, batch) for question in incoming.kept()]
    community = community_of(call, uow).id
    keep(uow, community, drafts)
    for before in there:
        # Pasted before and never taken in, as where the form was sent twice.
        if before.batch and any(before.stem == draft.stem for draft in drafts):
            uow.own_bank.remove(community, before.id)
    lines = tuple(f"Line {line.number}: {line.what}; {line.told}" for line in incoming.lines)
    return Outcome(PastedShown(lines, incoming.in_sum(), len(drafts), batch))


@pressed("own-take", needs="write", manager=True)
def take(call: Call, uow: UnitOfWork, batch: str) -> Outcome:
    """Save all that was pasted together: from now on it is asked."""
    known = known_community(call, uow)
    there = uow.own_bank.questions(known.id) if known else ()
    drafts = _of_batch(there, batch)
    if known is None or not drafts:
        raise Refusal("These were taken in or discarded already. Nothing was changed.", (OUR_QUESTIONS,))
    twice = already_there(drafts, there)
    for draft in drafts:
        uow.own_bank.remove(known.id, draft.id)
    done = keep(uow, known.id, [_live(draft) for draft in drafts if draft.id not in twice])
    told = f"{counted(done, 'question is', 'questions are')} asked from now on, here and nowhere else."
    if done < len(drafts):
        told += f" {len(drafts) - done} were changed or added meanwhile and stay as they are."
    return Outcome(said(told, choices=(OUR_QUESTIONS,)), (BankChanged(),))


@pressed("own-leave", needs="write", manager=True)
def leave(call: Call, uow: UnitOfWork, batch: str) -> Outcome:
    """Discard all that was pasted together."""
    community = community_of(call, uow).id
    for draft in _of_batch(uow.own_bank.questions(community), batch):
        uow.own_bank.remove(community, draft.id)
    return Outcome(said("Discarded. Nothing else was changed.", choices=(ADD_SEVERAL, OUR_QUESTIONS)))


def _draft(question: OwnQuestion, batch: str) -> OwnQuestion:
    replaces = None if question.id == NO_ID else question.id
    return replace(question, id=NO_ID, status=Status.DRAFT, replaces=replaces, batch=batch)


def _of_batch(questions: tuple[OwnQuestion, ...], batch: str) -> list[OwnQuestion]:
    return [one for one in questions if one.status is Status.DRAFT and one.batch == batch]


def _live(draft: OwnQuestion) -> OwnQuestion:
    return replace(draft, id=draft.replaces or NO_ID, status=Status.LIVE, replaces=None, batch="")
