"""Every call of the Web API and of response urls, as it came and as it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.fakes.slack.wire import JsonObject


@dataclass(slots=True, eq=False)
class Request:
    """One call of the app."""

    method: str
    """Such as ``chat.postMessage``; ``response_url`` for an answer to an interaction."""
    arguments: JsonObject
    token: str
    at: datetime
    verb: str = "POST"
    status: int | None = None
    """What was answered; None while it is not, or if the answer was lost."""
    error: str | None = None
    done: bool = False
    """Whether it was carried out."""


class RequestLog:
    """Every call, in order."""

    def __init__(self) -> None:
        self.all: list[Request] = []

    def of(self, method: str) -> list[Request]:
        """The calls of one method."""
        return [request for request in self.all if request.method == method]

    def methods(self) -> list[str]:
        """The methods called, in order."""
        return [request.method for request in self.all]
