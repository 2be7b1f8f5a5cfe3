"""The word worth knowing after a question: one of the terms it teaches."""

from __future__ import annotations

from bot.domain.content import Library
from bot.domain.knowledge import Term
from bot.domain.lookup import words
from bot.domain.question import Question


def word_to_know(question: Question, knowledge: Library) -> Term | None:
    """The first of its terms that is not itself the right answer; None where it lists no such term."""
    answer = words(question.key.text)
    terms = (knowledge.get(Term, id) for id in question.terms)
    return next((term for term in terms if term and answer not in map(words, (term.name, *term.aliases))), None)
