"""Questions are put positively: what is so, and not what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.authoring.lint.known import Known
from bot.authoring.lint.words import asked_in
from bot.domain.faults import Fault
from bot.domain.question import Allowed, Question

_LOUD = re.compile(r"\b(?:NOT|EXCEPT|LEAST)\b")
# "Which of these is not ...", "What should she never do"; not "Why does it not ...", which asks a reason, and not a
# clause of its own such as "so that it does not mislead".
_CLAUSE = r"(?:that|so|because|if|when|while|since|although|who|whose|until|unless)"
_AUXILIARY = (
    r"(?:is|are|was|were|does|do|did|has|have|would|should|could|can|will|must|may|might)"
    rf"\s+(?:(?!{_CLAUSE}\b)\w+\s+){{0,3}}(?:not|never)"
    r"|cannot|(?:is|are|was|were|does|do|did|has|have|would|should|could|ca|wo)n't"
)
_WORTHLESS = "likely|useful|helpful|suitable|important|relevant|effective|accurate|appropriate|true|convincing"
_QUIET = re.compile(
    rf"\b(?:which|what|who|where)(?:\s+(?!{_CLAUSE}\b)[\w'-]+){{0,6}}?\s+(?:{_AUXILIARY})\b"
    rf"|\bexcept\b|\bleast (?:{_WORTHLESS})\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|except)\b|\w+n't\b", re.IGNORECASE)


def is_negative(stem: str) -> bool:
    """Whether the stem asks for what is not so."""
    asked = asked_in(stem)
    return bool(_LOUD.search(asked) or _QUIET.search(asked))


def negative(question: Question, known: Known) -> Iterator[Fault]:
    """The stem is put positively, unless the item says why it cannot be."""
    allowed = any(one.rule is Allowed.NEGATIVE_STEM for one in question.allow)
    asked = asked_in(question.stem)
    if is_negative(question.stem):
        if len(_NEGATION.findall(asked)) > 1:
            yield Fault("L20", ("stem",), "the question denies twice: say it positively")
        elif not allowed:
            told = "the stem asks for what is not so: turn it round, or give a reason under allow: negative-stem"
            yield Fault("L20", ("stem",), told)
        for position, option in enumerate(question.options):
            if _NEGATION.search(option.text):
                told = "an option that denies under a stem that denies: say the option positively"
                yield Fault("L20", ("options", position, "text"), told)
