"""The words of the field that a question teaches, named in what a member reads: L41."""

from __future__ import annotations

from collections.abc import Iterator

from bot.authoring.lint.context import Context, Glossary
from bot.authoring.lint.words import texts_of, words_in
from bot.domain.common_fields import Status
from bot.domain.content_faults import Fault
from bot.domain.knowledge import Term
from bot.domain.question import Question


def named(question: Question, glossary: Glossary) -> tuple[Term, ...]:
    """The terms of a question that its stem, block, options, reasons or takeaway call by a name or an alias."""
    texts = [_flat(text) for at, text in texts_of(question) if at[0] != "refs"]
    texts += [_flat(question.block.text)] if question.block else []
    listed = [glossary[id] for id in question.terms if id in glossary]
    return tuple(
        term for term in listed if any(_flat(name) in text for name in (term.name, *term.aliases) for text in texts)
    )


def names(question: Question, context: Context) -> Iterator[Fault]:
    """A live question says what it is about, and names a term of the glossary where the bank has one."""
    if not context.glossary or question.status is not Status.LIVE:
        return
    if question.concept is None:
        yield Fault("L41", ("concept",), "no concept: name the one thing it is about, such as concept: stale-index")
    if not question.terms:
        yield Fault("L41", ("terms",), "no terms: list the words of the glossary that it teaches")
    elif not named(question, context.glossary):
        told = " or ".join(repr(context.glossary[id].name) for id in question.terms if id in context.glossary)
        yield Fault("L41", ("terms",), f"nothing that members read names {told}: use one of these words, or an alias")


def _flat(text: str) -> str:
    """The words with a space around each; a plural is its singular."""
    said = (word.removesuffix("'s").removesuffix("\u2019s") for word in words_in(text))
    singular = (word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in said)
    return f" {' '.join(singular)} "
