"""The words of the field are named in what members read: L41."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.authoring.lint.checks import lint_question
from bot.authoring.lint.names import named
from bot.domain.artefact import Block, BlockKind
from bot.domain.common_fields import Reference, Status
from bot.domain.identifiers import ConceptId, StepId, TermId
from bot.domain.knowledge import Term
from bot.domain.question import Question
from tests.authoring.lint.samples import CLEAN, KNOWN, with_texts, with_why


def term(id: str, name: str, *aliases: str) -> Term:
    refs = (Reference(general="Retrieval", citation="Lewis et al. 2020"),)
    return Term(TermId(id), name, "What it is.", StepId("rag"), refs, aliases)


GLOSSARY = {
    one.id: one
    for one in (term("grounding", "Grounding", "grounded answer"), term("few-shot", "Few-shot prompting", "few-shot"))
}
KNOWING = replace(KNOWN, glossary=GLOSSARY)
NAMING = replace(
    CLEAN,
    concept=ConceptId("stale-index"),
    terms=(TermId("grounding"),),
    takeaway="Grounding is as fresh as the index behind it.",
)


def told(question: Question) -> list[tuple[tuple[str | int, ...], str]]:
    return [(one.at, one.text.partition(":")[0]) for one in lint_question(question, KNOWING) if one.rule == "L41"]


def test_a_live_question_has_a_concept_and_a_term_by_name() -> None:
    assert told(NAMING) == []
    assert told(replace(NAMING, concept=None)) == [(("concept",), "no concept")]
    assert told(replace(NAMING, terms=())) == [(("terms",), "no terms")]
    assert told(replace(NAMING, takeaway="An answer is as fresh as its index.")) == [
        (("terms",), "nothing that members read names 'Grounding'")
    ]
    assert told(CLEAN) == [(("concept",), "no concept"), (("terms",), "no terms")]


def test_only_where_it_is_asked_and_there_is_a_glossary() -> None:
    assert told(replace(CLEAN, status=Status.REVIEW, readings=())) == []
    assert [one.rule for one in lint_question(CLEAN, KNOWN)] == []


PLACES: dict[str, Callable[[str], Question]] = {
    "stem": lambda word: replace(NAMING, stem=f"A support bot lacks {word}. What should be checked first?"),
    "option": lambda word: with_texts("Whether the answer needs " + word, *(one.text for one in CLEAN.options[1:])),
    "reason": lambda word: with_why(0, f"Length does not decide whether it has {word}, say those who know."),
    "takeaway": lambda word: replace(NAMING, takeaway=f"No {word} without a fresh index."),
    "block": lambda word: replace(NAMING, block=Block(BlockKind.LOG, f"09:00 {word}=off")),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("word", "names_it"),
    [("grounding", True), ("GROUNDING", True), ("grounded answers", True), ("ungrounding", False), ("ground", False)],
)
def test_it_may_stand_in_any_text(place: str, word: str, names_it: bool) -> None:
    question = replace(PLACES[place](word), terms=NAMING.terms)
    question = question if place == "takeaway" else replace(question, takeaway=CLEAN.takeaway)
    assert [one.id for one in named(question, GLOSSARY)] == ["grounding"] * names_it


def test_a_source_is_no_text_of_the_question() -> None:
    cited = replace(NAMING, takeaway=CLEAN.takeaway, refs=(Reference(general="Grounding", citation="2020"),))
    assert named(cited, GLOSSARY) == ()


@pytest.mark.parametrize("said", ["Few shot prompts help.", "A few-shot's worth.", "Two \u2018few-shots\u2019."])
def test_hyphens_plurals_and_possessives_are_the_same_word(said: str) -> None:
    asking = replace(NAMING, terms=(TermId("few-shot"), TermId("grounding")), takeaway=said)
    assert [one.name for one in named(asking, GLOSSARY)] == ["Few-shot prompting"]


def test_a_term_counts_only_where_the_question_lists_it() -> None:
    assert named(replace(NAMING, terms=(TermId("few-shot"), TermId("gone"))), GLOSSARY) == ()
