"""One REST request as a handler gets it, and the table of handlers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord.errors import ApiError, plain
from tests.fakes.discord.wire import Json, JsonValue

if TYPE_CHECKING:
    from tests.fakes.discord.server import FakeDiscord


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent with a message."""

    name: str
    filename: str
    data: bytes = field(repr=False)


@dataclass(slots=True)
class Call:
    """A request, taken apart."""

    discord: FakeDiscord = field(repr=False)
    method: str
    path: str
    template: str
    args: dict[str, str]
    query: dict[str, str]
    body: JsonValue = None
    uploads: tuple[Upload, ...] = ()

    @property
    def form(self) -> Json:
        """The body as an object; anything else is refused."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise ApiError(400, 50109, "The request body contains invalid JSON.")
        return self.body

    @property
    def upload_names(self) -> frozenset[str]:
        return frozenset(upload.filename for upload in self.uploads)


# What is answered: a status and a body; None is no body.
Reply = tuple[int, JsonValue]
Handler = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """One method and path, who answers it, and whether it needs the bot's token."""

    method: str
    template: str
    handler: Handler
    needs_token: bool

    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template) + r"\Z")


class Routes:
    """The table of handlers. A step written out (`@original`) goes before a placeholder."""

    def __init__(self) -> None:
        self._by_length: dict[int, list[tuple[re.Pattern[str], Route]]] = {}

    def add(self, method: str, template: str, *, needs_token: bool = True) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            route = Route(method, template, handler, needs_token)
            same_length = self._by_length.setdefault(template.count("/"), [])
            same_length.append((route.pattern(), route))
            same_length.sort(key=lambda pair: pair[1].template.count("{"))
            return handler

        return register

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route of a request; 404 for no such path, 405 for no such method of it."""
        known_path = False
        for pattern, route in self._by_length.get(path.count("/"), ()):
            if found := pattern.match(path):
                if route.method == method:
                    return route, found.groupdict()
                known_path = True
        raise plain(405, "Method Not Allowed") if known_path else plain(404, "Not Found")


routes = Routes()
