"""Words of options that are right, or wrong, more often than chance has it: L40."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.authoring.lint.chance import TAIL, oddity
from bot.authoring.lint.findings import Finding, finding
from bot.authoring.lint.words import STOP_WORDS, words_in
from bot.domain.content_faults import Level
from bot.domain.question import Question

OFTEN = 12
"""A word of this many options has a share of keys that says something."""
SEVERAL = 3
"""From this many options on a word that is right in none, or in all, is worth a look."""
NAMED = 20
"""The number of such words that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class WordUse:
    """The options that have a word, and how many of them are right."""

    word: str
    options: int
    right: int
    expected: float
    """The number that chance would give."""
    odds: float
    """The odds of so low or so high a count."""

    @property
    def tells(self) -> bool:
        """Return whether it is used often, and chance does not explain how often it is right."""
        return self.options >= OFTEN and self.odds < TAIL

    @property
    def one_sided(self) -> bool:
        """Return whether it is in several options, of which none is right, or every one."""
        return self.options >= SEVERAL and self.right in (0, self.options)

    def __str__(self) -> str:
        return f"{self.word} ({self.right} of {self.options})"


def word_uses(questions: Sequence[Question]) -> list[WordUse]:
    """Every word of the options, the oddest first; counted once an option, stop words left out."""
    # A question has one key, however many of its options have the word: it is one try.
    tries: dict[str, list[float]] = defaultdict(list)
    options: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    for question in questions:
        having: dict[str, int] = defaultdict(int)
        for option in question.options:
            for word in _telling(option.text):
                having[word] += 1
                right[word] += option.correct
        for word, many in having.items():
            tries[word].append(many / len(question.options))
            options[word] += many
    found = [
        WordUse(word, options[word], right[word], sum(tries[word]), oddity(right[word], tries[word])) for word in tries
    ]
    return sorted(found, key=lambda use: (use.odds, -use.options, use.word))


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words_in(text) if word[0].isalpha() and len(word) > 1 and word not in STOP_WORDS)


def telling_words(questions: Sequence[Question]) -> Iterator[Finding]:
    """Find words that tell right options from wrong ones, and list those that may come to."""
    uses = word_uses(questions)
    for use in uses:
        if use.tells:
            told = f"'{use.word}' is right in {use.right} of {use.options} options, chance gives {use.expected:.1f}: "
            told += "use it in right ones too" if use.right < use.expected else "use it in wrong ones too"
            yield finding("L40", None, (), told)
    yield from (finding("L40", None, (), told, Level.INFO) for told in one_sided(uses))


def one_sided(uses: Sequence[WordUse]) -> Iterator[str]:
    """Name the words of several options that are right in none, then those that are right in all."""
    for how, listed in (
        ("none", [use for use in uses if use.one_sided and not use.right]),
        ("all", [use for use in uses if use.one_sided and use.right]),
    ):
        if listed:
            more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
            told = ", ".join(map(str, listed[:NAMED]))
            yield f"words of {SEVERAL} options or more that are right in {how}: {told}{more}"
