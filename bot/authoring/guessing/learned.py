"""Guessers that learn the habits of a bank from nine tenths of it and are tried on the rest, until all was tried.

They need scikit-learn, which is a tool for development: without it there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from types import MappingProxyType

from bot.authoring.guessing.folds import held_out
from bot.authoring.guessing.scoring import Guessed, Liking, scored
from bot.authoring.guessing.signs import surface
from bot.authoring.lint.words import words_in
from bot.domain.question import Question

Described = Sequence[Mapping[str, float]]
"""For each option what is seen of it."""

SEED = 2026
LEARN_FROM = 50
"""Fewer questions teach nothing."""
CAUTION = 0.1
"""The sway that one sign may have; scikit-learn's C."""
LACKING = "The learned guessers need the development tools (scikit-learn); only the simple ones were asked."


def _bag_of_words(question: Question) -> Described:
    return [dict.fromkeys(words_in(option.text), 1.0) for option in question.options]


SEEING: Mapping[str, Callable[[Question], Described]] = MappingProxyType(
    {"surface, learned": surface, "words of options, learned": _bag_of_words}
)


def can_learn() -> bool:
    """Return whether scikit-learn is installed."""
    return find_spec("sklearn") is not None


def learned_guesses(questions: Sequence[Question]) -> Iterator[Guessed]:
    """The score of each on questions it has not learned from; none for a small bank or without scikit-learn."""
    if len(questions) < LEARN_FROM or not can_learn():
        return
    for name, seeing in SEEING.items():
        yield scored(name, zip(questions, _likings(questions, seeing), strict=True))


def _likings(questions: Sequence[Question], seeing: Callable[[Question], Described]) -> list[Liking]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MaxAbsScaler

    seen = [seeing(question) for question in questions]
    likings: list[Liking] = [()] * len(questions)
    for learning, tried in held_out(questions, SEED):
        # To the optimum, which is the same on every machine.
        model = LogisticRegression(C=CAUTION, solver="newton-cg", tol=1e-8, max_iter=1000)
        pipeline = make_pipeline(DictVectorizer(), MaxAbsScaler(), model)
        options = [option for place in learning for option in seen[place]]
        right = [option.correct for place in learning for option in questions[place].options]
        pipeline.fit(options, right)
        for place in tried:
            likings[place] = [float(one) for one in pipeline.decision_function(seen[place])]
    return likings
