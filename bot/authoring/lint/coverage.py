"""Is there enough to ask: of each topic, level, role, step and objective, about each myth, of each kind of thinking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.authoring.lint.balance import ENOUGH
from bot.authoring.lint.findings import About, Finding, finding
from bot.domain.common_fields import Status, Topic
from bot.domain.content import ContentFiles
from bot.domain.identifiers import TopicId
from bot.domain.knowledge import Myth
from bot.domain.question import Bloom, Difficulty, Question

PER_ROLE, PER_STEP, PER_OBJECTIVE = 20, 8, 6
RECALL_MOST = 0.25
APPLY_LEAST = 0.45
LEVELS = {Difficulty.EASY: (0.25, 0.40), Difficulty.MEDIUM: (0.35, 0.50), Difficulty.HARD: (0.20, 0.35)}
_APPLY = (Bloom.APPLY, Bloom.ANALYSE, Bloom.EVALUATE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The number of live questions of everything."""

    questions: int
    cells: Counter[tuple[TopicId, Difficulty]]
    levels: Counter[Difficulty]
    bloom: Counter[Bloom]
    roles: Counter[str]
    steps: Counter[str]
    objectives: Counter[str]

    @property
    def applied(self) -> int:
        """The number that ask to apply, analyse or evaluate."""
        return sum(self.bloom[one] for one in _APPLY)


def coverage(questions: Sequence[Question]) -> Coverage:
    """Count these questions."""
    return Coverage(
        questions=len(questions),
        cells=Counter((one.topic, one.difficulty) for one in questions),
        levels=Counter(one.difficulty for one in questions),
        bloom=Counter(one.bloom for one in questions),
        roles=Counter(role for one in questions for role in one.roles),
        steps=Counter(one.roadmap for one in questions if one.roadmap),
        objectives=Counter(objective for one in questions for objective in one.objectives),
    )


def least(topic: Topic, level: Difficulty) -> int:
    """The number of live questions of that level the topic should have."""
    wanted: int = getattr(topic.least, level.value)
    return wanted


def covered(files: ContentFiles, live: Sequence[Question]) -> Iterator[Finding]:
    """Find what there is too little of, told at the topic, role, step or objective."""
    found = coverage(live)
    yield from _mix(found)
    for topic in files.topics:
        short = [
            f"{found.cells[topic.id, level]} of {least(topic, level)} {level}"
            for level in Difficulty
            if found.cells[topic.id, level] < least(topic, level)
        ]
        if short:
            yield finding("L35", topic, (), f"live questions are missing: {', '.join(short)}")
    for role in files.roles:
        yield from _few(role, found.roles[role.id], PER_ROLE)
    for step in files.steps:
        yield from _few(step, found.steps[step.id], PER_STEP)
    for objective in files.objectives:
        yield from _few(objective, found.objectives[objective.id], PER_OBJECTIVE)


def orphans(files: ContentFiles, live: Sequence[Question]) -> Iterator[Finding]:
    """Steps and myths nothing is asked about, and questions about roles whose card nobody can see.

    What has no source, such as an answer of the FAQ, never gets this far: it is refused when it is read.
    """
    found = coverage(live)
    for step in files.steps:
        if not found.steps[step.id]:
            yield finding("L39", step, (), "no live question belongs to this step: write one")
    for role in files.roles:
        if found.roles[role.id] and role.status is not Status.LIVE:
            told = f"{found.roles[role.id]} live questions name this role, but its card is not live"
            yield finding("L39", role, ("status",), told)
    corrected = {one.myth for one in live}
    for myth in files.knowledge:
        if isinstance(myth, Myth) and myth.id not in corrected:
            told = f"no live question corrects this myth: give the one that does 'myth: {myth.id}'"
            yield finding("L39", myth, (), told)


def _few(about: About, have: int, wanted: int) -> Iterator[Finding]:
    if have < wanted:
        yield finding("L35", about, (), f"{have} of {wanted} live questions: write {wanted - have} more")


def _mix(found: Coverage) -> Iterator[Finding]:
    total = found.questions
    if total < ENOUGH:
        return
    if found.bloom[Bloom.REMEMBER] > RECALL_MOST * total:
        told = f"{found.bloom[Bloom.REMEMBER]} of {total} questions ask to remember, at most {RECALL_MOST:.0%} pass"
        yield finding("L34", None, (), told)
    if found.applied < APPLY_LEAST * total:
        told = f"{found.applied} of {total} questions ask to apply or more, at least {APPLY_LEAST:.0%} are wanted"
        yield finding("L34", None, (), told)
    for level, (fewest, most) in LEVELS.items():
        if not fewest * total <= found.levels[level] <= most * total:
            told = f"{found.levels[level]} of {total} questions are {level} ({found.levels[level] / total:.0%}), "
            yield finding("L34", None, (), f"{told}{fewest:.0%} to {most:.0%} are wanted")
