"""The breadth of a bank: concepts, sisters, terms that are met, and what questions show."""

from __future__ import annotations

from dataclasses import replace

from bot.authoring.breadth import breadth
from bot.authoring.figures import figures
from bot.cli.bank_figures import as_markdown
from bot.domain.artefact import Block, BlockKind, Picture
from bot.domain.common_fields import Reference, Status
from bot.domain.content import ContentFiles
from bot.domain.identifiers import ConceptId, StepId, TermId
from bot.domain.knowledge import Term
from bot.domain.question import Question
from tests.authoring.lint.samples import bank, files


def term(name: str) -> Term:
    refs = (Reference(general="Retrieval", citation="Lewis et al. 2020"),)
    return Term(TermId(name), name, "What it is.", StepId("rag"), refs)


def about(question: Question, concept: str, *terms: str, takeaway: str = "So it goes.") -> Question:
    return replace(question, concept=ConceptId(concept), terms=tuple(map(TermId, terms)), takeaway=takeaway)


def with_glossary(*questions: Question) -> ContentFiles:
    return replace(files(*questions), knowledge=tuple(map(term, ("grounding", "index", "prompt"))))


ONE, TWO, THREE, FOUR = bank(4)


def test_concepts_are_counted_and_those_with_a_sister() -> None:
    found = breadth(files(), [about(ONE, "cache"), about(TWO, "cache"), about(THREE, "index"), FOUR])
    assert (found.questions, found.with_concept, found.concepts, found.sistered) == (4, 3, 2, 1)


def test_a_term_is_met_where_a_question_lists_it_and_names_it() -> None:
    listed = about(ONE, "cache", "index", "prompt", takeaway="A prompt is no store.")
    again = about(TWO, "cache", "prompt", takeaway="Prompts are short.")
    unlisted = about(THREE, "cache", takeaway="Grounding helps.")
    questions = [listed, again, unlisted]
    found = breadth(with_glossary(*questions), questions)
    assert (found.terms, found.met) == (3, 1)


def test_what_is_shown_is_counted_by_kind_and_once_in_all() -> None:
    log = Block(BlockKind.LOG, "09:00 started")
    code = tuple(replace(option, code=True) for option in TWO.options)
    both = replace(ONE, block=log, picture=Picture("pictures/a.png", "Two columns."))
    found = breadth(files(), [both, replace(TWO, options=code), replace(THREE, block=log), FOUR])
    assert found.shown == {"log": 2, "picture": 1, "options that are code": 1}
    assert found.showing == 3


def test_the_tables_name_only_what_the_bank_has() -> None:
    plain = as_markdown(figures(files(ONE)))
    assert "Concepts and terms" not in plain
    assert "Shown beside the words" not in plain
    shown = replace(about(ONE, "cache", "index"), block=Block(BlockKind.CODE, "x = 1"))
    told = [" ".join(line.split()) for line in as_markdown(figures(with_glossary(shown, TWO))).splitlines()]
    assert "| questions with a concept | 1 of 2 ! | all |" in told
    assert "| concepts with a sister | 0 ! | at least 120 |" in told
    assert "| terms of the glossary | 3 ! | at least 320 |" in told
    assert "| code | 1 | |" in told
    assert "| any of these | 1 ! | at least 40 |" in told


def test_only_live_questions_count() -> None:
    waiting = replace(about(ONE, "cache"), status=Status.REVIEW, readings=())
    assert figures(with_glossary(waiting, TWO)).breadth[0].name == "terms of the glossary"
