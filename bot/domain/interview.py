"""Interview cards as their author writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.faults import Fault, lines, refuse, slug, text
from bot.domain.identifiers import InterviewId, RoleId
from bot.domain.source import LINE_LIMIT, Origin, Reference, sourced


class Family(StrEnum):
    """What an interview question is about."""

    BEHAVIOURAL = "behavioural"
    RAG = "rag"
    PROMPTING = "prompting"
    TUNING = "tuning"
    EVALUATION = "evaluation"
    MLOPS = "mlops"
    SAFETY = "safety"
    PRODUCT = "product"


class Seniority(StrEnum):
    """Who is asked it."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview question, what a strong answer holds, what gives a weak one away, and what comes next."""

    id: InterviewId
    prompt: str
    family: Family
    level: Seniority
    roles: tuple[RoleId, ...]
    strong_answer_points: tuple[str, ...]
    red_flags: tuple[str, ...]
    follow_ups: tuple[str, ...]
    minutes: int
    origin: Origin
    refs: tuple[Reference, ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        yield from slug("id", self.id)
        yield from text("prompt", self.prompt, 220)
        if not 3 <= len(self.strong_answer_points) <= 6:
            told = f"a strong answer has 3 to 6 points, this one has {len(self.strong_answer_points)}"
            yield Fault("L02", ("strong_answer_points",), told)
        yield from lines("strong_answer_points", self.strong_answer_points, LINE_LIMIT)
        yield from lines("red_flags", self.red_flags, LINE_LIMIT, least=1)
        yield from lines("follow_ups", self.follow_ups, LINE_LIMIT, least=1)
        if not 1 <= self.minutes <= 30:
            yield Fault("L02", ("minutes",), f"an answer takes 1 to 30 minutes, not {self.minutes}")
        if not self.roles:
            yield Fault("L02", ("roles",), "roles needs at least one")
        yield from lines("aliases", self.aliases, 60)
        yield from sourced(self.refs)

    @property
    def title(self) -> str:
        """The question."""
        return self.prompt

    @property
    def body(self) -> tuple[str, ...]:
        """What a strong answer holds, what a weak one does, what comes next."""
        return (*self.strong_answer_points, *self.red_flags, *self.follow_ups)
