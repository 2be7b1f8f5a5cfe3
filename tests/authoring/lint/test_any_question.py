"""Whatever can stand as a question can be checked and guessed at."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.authoring.guessing.folk_advice import ADVICE
from bot.authoring.guessing.guessers import guess
from bot.authoring.guessing.habits import habits
from bot.authoring.guessing.signs import surface
from bot.authoring.lint.checks import lint_question, look_over
from bot.authoring.lint.rules import RULES
from bot.domain.content_faults import Faulty
from bot.domain.identifiers import OptionId
from bot.domain.question import Option
from tests.authoring.lint.samples import CLEAN, KNOWN

WORDS = st.sampled_from(
    ["not", "NOT", "which", "What", "always", "often", "least", "except", "API", "GPT4", "@here", "<b>", "12%", "$5",
     "best", "(so)", "a,", "that", "is", "TO WRITE", "?", ".", "\u00fc", "\u4e2d", "-", "'s"]
)  # fmt: skip
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join) | st.text(min_size=1, max_size=70)


@given(stem=SENTENCES, options=st.lists(SENTENCES, min_size=3, max_size=4), key=st.integers(0, 2))
def test_no_question_breaks_the_check(stem: str, options: list[str], key: int) -> None:
    why = "A reason that is long enough to be taken for one."
    try:
        made = tuple(
            Option(OptionId("abcd"[place]), text, f"{why} {place}", place == key) for place, text in enumerate(options)
        )
        question = replace(CLEAN, stem=stem, options=made)
    except Faulty:
        return
    for one in (*lint_question(question, KNOWN), *look_over(question, KNOWN)):
        assert one.rule in RULES
        assert one.text
    for guessed in guess([question]):
        assert 0 <= guessed.right <= 1
        assert guessed.guesser in (*ADVICE, "a sister's answer")
    assert len(surface(question)) == len(question.options)
    assert habits([question]).found == ()
