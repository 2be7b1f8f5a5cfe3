"""Lengths: what fits, and what would give the right option away."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bot.authoring.lint.known import Known
from bot.domain.faults import Fault
from bot.domain.question import Question

REVEAL_LIMIT = 1900
"""The key, every reason, takeaway and sources in one message: Discord takes 2,000 characters."""
KAHOOT_STEM = 120
KEY_RATIO = (0.65, 1.40)
SPREAD = 2.0
SHORT = 25
"""Options shorter than this differ in length without anybody noticing."""


def reveal_length(question: Question) -> int:
    """About how many characters the reveal takes with every reason told."""
    told = [question.stem, question.takeaway]
    told += [part for option in question.options for part in (option.text, option.why)]
    told += [part for ref in question.refs for part in (ref.section, ref.general, ref.citation) if part]
    return sum(len(part) for part in told)


def reveal(question: Question, known: Known) -> Iterator[Fault]:
    """Everything the reveal tells fits one message."""
    length = reveal_length(question)
    if length > REVEAL_LIMIT:
        told = f"the whole reveal has {length:,} characters, at most {REVEAL_LIMIT:,} fit: shorten reasons or sources"
        yield Fault("L11", ("options",), told)


def kahoot(question: Question, known: Known) -> Iterator[Fault]:
    """The stem also fits a Kahoot."""
    if len(question.stem) > KAHOOT_STEM:
        yield Fault("L12", ("stem",), f"stem has {len(question.stem)} characters, Kahoot takes {KAHOOT_STEM}")


def key_length(question: Question, known: Known) -> Iterator[Fault]:
    """The key is about as long as its neighbours."""
    lengths = [len(option.text) for option in question.options]
    key = len(question.key.text)
    middle = median(len(option.text) for option in question.options if not option.correct)
    least, most = KEY_RATIO
    if max(lengths) >= SHORT and not least <= key / middle <= most:
        told = (
            f"the right option has {key} characters, the wrong ones about {middle:g}: "
            f"keep within {least:.2f} to {most:.2f} of them, this is {key / middle:.2f}"
        )
        yield Fault("L14", _key_at(question), told)


def spread(question: Question, known: Known) -> Iterator[Fault]:
    """No option is far longer than another."""
    lengths = [len(option.text) for option in question.options]
    if max(lengths) >= SHORT and max(lengths) / min(lengths) > SPREAD:
        told = f"options have {min(lengths)} to {max(lengths)} characters: keep the longest within twice the shortest"
        yield Fault("L15", ("options", lengths.index(max(lengths)), "text"), told)


def _key_at(question: Question) -> tuple[str | int, ...]:
    return ("options", question.options.index(question.key), "text")
