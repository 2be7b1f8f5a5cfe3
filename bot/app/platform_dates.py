"""The dates that platforms send with their answers."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import aiohttp


def date_trace(heard: Callable[[str], None]) -> aiohttp.TraceConfig:
    """For a session of aiohttp: every ``Date`` that an answer carries is handed on."""

    async def answered(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        date = end.response.headers.get("Date")
        if date:
            heard(date)

    found = aiohttp.TraceConfig()
    found.on_request_end.append(answered)
    return found
