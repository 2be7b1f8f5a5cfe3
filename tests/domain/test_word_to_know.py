"""The word to know after a question: the first of its terms that the right answer does not already say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.common_fields import Reference
from bot.domain.content import Library
from bot.domain.identifiers import StepId, TermId
from bot.domain.knowledge import Term
from bot.domain.word_to_know import word_to_know
from tests.domain.samples import question


def term(id: str, name: str, *aliases: str) -> Term:
    refs = (Reference(general="Common sense", citation="none"),)
    return Term(TermId(id), name, "What it is.", StepId("llms"), refs, aliases)


KNOWLEDGE = Library([term("cache", "Cache", "answer a"), term("index", "Index"), term("rag", "Answer-A!")])


@pytest.mark.parametrize(
    ("terms", "known"),
    [
        ([], None),
        (["index", "cache"], "index"),
        (["cache", "index"], "index"),
        (["rag", "index"], "index"),
        (["cache", "rag"], None),
        (["gone", "index"], "index"),
        (["gone"], None),
    ],
)
def test_the_first_that_is_not_the_right_answer(terms: list[str], known: str | None) -> None:
    asked = replace(question(), terms=tuple(map(TermId, terms)))
    assert asked.key.text == "Answer a"
    found = word_to_know(asked, KNOWLEDGE)
    assert (found.id if found else None) == known


def test_a_bank_without_a_glossary_knows_none() -> None:
    assert word_to_know(replace(question(), terms=(TermId("index"),)), Library()) is None
