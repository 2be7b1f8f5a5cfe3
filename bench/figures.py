"""Figures, what they are measured against, and the table they are told in."""

from __future__ import annotations

import gc
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit for a figure, and a far wider one that even a short run on a busy machine must keep."""

    sense: Literal["at least", "at most"]
    limit: float
    generous: float
    unit: str = ""

    def met(self, value: float) -> bool:
        return self._keeps(value, self.limit)

    def kept_generously(self, value: float) -> bool:
        return self._keeps(value, self.generous)

    def __str__(self) -> str:
        return f"{self.sense} {self.limit:g}{self.unit}"

    def _keeps(self, value: float, limit: float) -> bool:
        return value >= limit if self.sense == "at least" else value <= limit


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what was measured, and the value its goal speaks of if it has one."""

    what: str
    figure: str
    value: float | None = None
    goal: Goal | None = None

    @property
    def verdict(self) -> str:
        if self.goal is None or self.value is None:
            return ""
        return "met" if self.goal.met(self.value) else "**missed**"

    @property
    def broken(self) -> bool:
        return self.goal is not None and self.value is not None and not self.goal.kept_generously(self.value)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A benchmark's rows under a title, and how they were had."""

    title: str
    how: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        rows = [f"| {line.what} | {line.figure} | {line.goal or ''} | {line.verdict} |" for line in self.lines]
        head = ("| what | measured | goal | |", "|---|---|---|---|")
        return "\n".join([f"### {self.title}", self.how, "", *head, *rows])


def interleaved(contenders: Mapping[K, Callable[[], T]], rounds: int) -> dict[K, list[T]]:
    """Run every contender once a round, in an order shuffled again each round, so that drift meets all alike."""
    dice = random.Random(20261123)
    results: dict[K, list[T]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name in dice.sample(list(contenders), len(contenders)):
            gc.collect()
            results[name].append(contenders[name]())
    return results


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def took(seconds: float) -> str:
    """A time to three figures."""
    if seconds >= 1:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.2f} ms"


def spread(values: Sequence[float], shown: Callable[[float], str]) -> str:
    """The median with the range it was found in."""
    return f"{shown(middle(values))} [{shown(min(values))} to {shown(max(values))}]"
