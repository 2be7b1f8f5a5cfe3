"""Faults a request can be made to suffer, asked for by a test."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TypeAlias

from tests.fakes.discord.errors import KNOWN


@dataclass(frozen=True, slots=True)
class Fail:
    """Answer with this status (and JSON code); nothing is processed."""

    status: int
    code: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with a refusal by its JSON code: `Refuse(200000)` is AutoMod's."""

    code: int

    def as_fail(self) -> Fail:
        status, message = KNOWN[self.code]
        return Fail(status, self.code, message)


@dataclass(frozen=True, slots=True)
class RateLimited:
    """A 429. Scope is "user", "global" or "shared"; without `via` it looks like Cloudflare's."""

    retry_after: float = 0.1
    scope: str = "user"
    via: bool = True


@dataclass(frozen=True, slots=True)
class CloudflarePage:
    """The HTML page of a Cloudflare ban: 429 without a Via header. Other statuses are its error pages."""

    status: int = 429


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """Process the request, then cut the connection instead of answering, or answer with a status that denies it."""

    status: int | None = None


@dataclass(frozen=True, slots=True)
class CutBefore:
    """Cut the connection; nothing is processed."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait, then process (or with `answer`: process, then wait before answering)."""

    seconds: float
    answer: bool = False


@dataclass(frozen=True, slots=True)
class WaitFor:
    """Do not process before the event is set."""

    event: asyncio.Event


@dataclass(frozen=True, slots=True)
class Hang:
    """Never answer; nothing is processed."""


Fault: TypeAlias = Fail | Refuse | RateLimited | CloudflarePage | LoseAnswer | CutBefore | Delay | WaitFor | Hang


def path_pattern(path: str) -> re.Pattern[str]:
    """A path in which `*` is one step and `**` any number of them."""
    return re.compile(re.escape(path).replace(r"\*\*", ".*").replace(r"\*", "[^/]+") + r"\Z")


class Rule:
    """One fault for requests of one method and path."""

    def __init__(self, method: str, path: str, fault: Fault, times: int | None, after: int) -> None:
        self._pattern = path_pattern(path)
        self._method = method
        self.fault = fault
        self._left = times
        self._skip = after
        # How often it was applied.
        self.hits = 0

    def matches(self, method: str, path: str) -> bool:
        if self._left == 0 or self._method not in (method, "*") or not self._pattern.match(path):
            return False
        if self._skip:
            self._skip -= 1
            return False
        if self._left is not None:
            self._left -= 1
        self.hits += 1
        return True

    def stop(self) -> None:
        """From now on requests pass."""
        self._left = 0


class Misbehaviour:
    """All rules in force; the first that matches applies."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def add(self, method: str, path: str, fault: Fault, *, times: int | None, after: int = 0) -> Rule:
        rule = Rule(method, path, fault, times, after)
        self.rules.append(rule)
        return rule

    def fault_for(self, method: str, path: str) -> Fault | None:
        return next((rule.fault for rule in self.rules if rule.matches(method, path)), None)
