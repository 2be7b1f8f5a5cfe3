"""Faults of a call of the Web API, asked for by a test."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from tests.fakes.slack.wire import JsonObject


@dataclass(frozen=True, slots=True)
class LoseAnswer:
    """The connection is cut before the answer is sent; what was asked for is done, or is not."""

    done: bool = True


@dataclass(frozen=True, slots=True)
class Fail:
    """Slack refuses with one of its errors. ``ratelimited`` comes as 429 with the seconds to wait."""

    error: str
    retry_after: int | None = None
    extra: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServerError:
    """Slack breaks with a status of 5xx and no JSON; what was asked for is done, or is not."""

    status: int = 503
    done: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """It is done at once, but the answer takes this many real seconds."""

    seconds: float


class Hang:
    """No answer until released; what was asked for is done before or after that."""

    def __init__(self, *, done_before: bool = True) -> None:
        self.done_before = done_before
        self.reached = asyncio.Event()
        self.released = asyncio.Event()

    def release(self) -> None:
        """Let it answer."""
        self.released.set()


Misbehaviour = LoseAnswer | Fail | ServerError | Delay | Hang


@dataclass(frozen=True, slots=True)
class _Planned:
    behaviour: Misbehaviour
    channel: str | None


class Plan:
    """Which calls go wrong, and how."""

    def __init__(self) -> None:
        self._planned: dict[str, list[_Planned]] = defaultdict(list)
        self._hangs: list[Hang] = []

    def add(self, method: str, behaviour: Misbehaviour, times: int, channel: str | None) -> None:
        """The next calls of a method, in one channel or in any, go like this."""
        self._planned[method].extend([_Planned(behaviour, channel)] * times)
        if isinstance(behaviour, Hang):
            self._hangs.append(behaviour)

    def next(self, method: str, channel: str | None) -> Misbehaviour | None:
        """Take the fault planned for this call, if there is one."""
        planned = self._planned[method]
        for entry in planned:
            if entry.channel is None or entry.channel == channel:
                planned.remove(entry)
                return entry.behaviour
        return None

    def unused(self) -> list[str]:
        """Faults that were planned and never came to pass."""
        return [f"{method}: {entry.behaviour}" for method, planned in self._planned.items() for entry in planned]

    def release_all(self) -> None:
        """Let everything that hangs answer."""
        for hang in self._hangs:
            hang.release()
