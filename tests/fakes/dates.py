"""The ``Date`` of a loopback platform's answers: what a test says, else none, as the tests' clocks are no real ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web


def dated(app: web.Application, date: Callable[[], datetime | None]) -> None:
    """Have every answer carry this date, or none."""

    async def prepare(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.pop("Date", None)
        if (now := date()) is not None:
            response.headers["Date"] = format_datetime(now, usegmt=True)

    app.on_response_prepare.append(prepare)
