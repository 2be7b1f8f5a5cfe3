"""The bank in figures: what there is beside what there should be, and how far its keys are from chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.authoring.breadth import KINDS, MET, SHOWING, SISTERED, TERMS, Breadth, breadth
from bot.authoring.guessing.guessers import guess
from bot.authoring.guessing.habits import Habits, habits
from bot.authoring.guessing.scoring import Guessed
from bot.authoring.lint.balance import CHI_SQUARE, SIGNS, chi_square, in_proportion, positions, signed
from bot.authoring.lint.coverage import (
    APPLY_LEAST,
    LEVELS,
    PER_OBJECTIVE,
    PER_ROLE,
    PER_STEP,
    RECALL_MOST,
    Coverage,
    coverage,
    least,
)
from bot.domain.common_fields import Status
from bot.domain.content import ContentFiles
from bot.domain.question import Bloom, Difficulty, Question


@dataclass(frozen=True, slots=True)
class Have:
    """The number of live questions of something, beside the number there should be at least."""

    have: int
    least: int

    @property
    def enough(self) -> bool:
        """Return whether there are as many as there should be."""
        return self.have >= self.least


@dataclass(frozen=True, slots=True)
class Row:
    """A topic, role, step or objective with its counts; a topic has one of each level."""

    name: str
    counts: tuple[Have, ...]

    @property
    def total(self) -> Have:
        """All of its levels."""
        return Have(sum(one.have for one in self.counts), sum(one.least for one in self.counts))


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, the limit it keeps to, and whether it does."""

    name: str
    found: str
    limit: str
    passes: bool


@dataclass(frozen=True, slots=True)
class GuessRow:
    """The share a guesser gets right, of everything and where it leads to some options and not to all."""

    name: str
    right: str
    led: str
    by_chance: str
    """The hits of chance where it leads."""
    too_often: bool
    too_seldom: bool

    @property
    def passes(self) -> bool:
        """Return whether the bank withstands it."""
        return not (self.too_often or self.too_seldom)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything worth knowing about a bank."""

    live: int
    waiting: int
    """Drafts and questions in review."""
    retired: int
    topics: tuple[Row, ...]
    roles: tuple[Row, ...]
    steps: tuple[Row, ...]
    objectives: tuple[Row, ...]
    breadth: tuple[Measure, ...]
    """Concepts, sisters and terms, where the bank has such."""
    shown: tuple[Measure, ...]
    """Kinds of things that questions show beside their words, with their counts."""
    mix: tuple[Measure, ...]
    """Kinds of thinking, and levels."""
    cues: tuple[Measure, ...]
    """What gives keys away."""
    guesses: tuple[GuessRow, ...]
    """What somebody who knows nothing gets right."""
    habits: Habits


def figures(files: ContentFiles) -> Figures:
    """Count the bank."""
    live = [question for question in files.questions if question.status is Status.LIVE]
    found = coverage(live)
    broad = breadth(files, live)
    return Figures(
        live=len(live),
        waiting=sum(question.status in (Status.DRAFT, Status.REVIEW) for question in files.questions),
        retired=sum(question.status is Status.RETIRED for question in files.questions),
        topics=tuple(
            Row(one.id, tuple(Have(found.cells[one.id, level], least(one, level)) for level in Difficulty))
            for one in files.topics
        ),
        roles=tuple(Row(one.id, (Have(found.roles[one.id], PER_ROLE),)) for one in files.roles),
        steps=tuple(Row(one.id, (Have(found.steps[one.id], PER_STEP),)) for one in files.steps),
        objectives=tuple(Row(one.id, (Have(found.objectives[one.id], PER_OBJECTIVE),)) for one in files.objectives),
        breadth=tuple(_breadth(broad)),
        shown=tuple(_shown(broad)),
        mix=_mix(found),
        cues=_cues(live),
        guesses=tuple(_guess_row(one) for one in guess(live)),
        habits=habits(live),
    )


def _guess_row(one: Guessed) -> GuessRow:
    led = one.led
    return GuessRow(
        name=one.guesser,
        right=f"{one.share:.1%}",
        led=f"{led.found} of {led.of}",
        by_chance=f"{led.least} to {led.most}",
        too_often=one.too_often,
        too_seldom=one.too_seldom,
    )


def _breadth(found: Breadth) -> Iterator[Measure]:
    if found.concepts:
        all_have = found.with_concept == found.questions
        yield Measure("questions with a concept", f"{found.with_concept} of {found.questions}", "all", all_have)
        yield Measure("concepts", str(found.concepts), "", True)
        yield _at_least("concepts with a sister", found.sistered, SISTERED)
    if found.terms:
        yield _at_least("terms of the glossary", found.terms, TERMS)
        yield _at_least("terms met by name in a question", found.met, MET)


def _shown(found: Breadth) -> Iterator[Measure]:
    if found.showing:
        yield from (Measure(kind, str(found.shown[kind]), "", True) for kind in KINDS)
        yield _at_least("any of these", found.showing, SHOWING)


def _at_least(name: str, found: int, fewest: int) -> Measure:
    return Measure(name, str(found), f"at least {fewest}", found >= fewest)


def _mix(found: Coverage) -> tuple[Measure, ...]:
    total = max(1, found.questions)
    recall, applied = found.bloom[Bloom.REMEMBER] / total, found.applied / total
    rows = [
        Measure("remember", f"{recall:.1%}", f"at most {RECALL_MOST:.0%}", recall <= RECALL_MOST),
        Measure("apply or higher", f"{applied:.1%}", f"at least {APPLY_LEAST:.0%}", applied >= APPLY_LEAST),
    ]
    for level, (fewest, most) in LEVELS.items():
        share = found.levels[level] / total
        rows.append(Measure(level, f"{share:.1%}", f"{fewest:.0%} to {most:.0%}", fewest <= share <= most))
    return tuple(rows)


def _cues(live: Sequence[Question]) -> tuple[Measure, ...]:
    rows = []
    for what, sign in SIGNS.values():
        one = signed(live, sign)
        told = f"{one.found} of {one.of}"
        passes = one.is_chance and in_proportion(one)
        rows.append(Measure(f"key is {what}", told, f"{one.least} to {one.most}", passes))
    for options, (mild, _) in CHI_SQUARE.items():
        counts = positions(live, options)
        if sum(counts):
            found = chi_square(counts)
            told = f"{' / '.join(map(str, counts))} (chi-square {found:.2f})"
            name = f"place of the key, {options} options"
            rows.append(Measure(name, told, f"chi-square at most {mild}", found <= mild))
    return tuple(rows)
