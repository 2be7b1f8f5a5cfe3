"""Requests that are sent once: the library repeats one that failed with a server error, though it may have worked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

TOO_MANY_REQUESTS = 429
_tried: ContextVar[list[int] | None] = ContextVar("tried", default=None)


class SentBefore(aiohttp.ClientError):
    """It was sent before, and its fate is unknown."""


@contextmanager
def once() -> Iterator[None]:
    """In here a request is not repeated, unless it was turned away by a limit; then ``SentBefore`` is raised."""
    before = _tried.set([])
    try:
        yield
    finally:
        _tried.reset(before)


def trace(date: Callable[[str], None]) -> aiohttp.TraceConfig:
    """For the library's ``http_trace``: what watches over the requests; ``date`` takes the date of each answer."""

    async def answered(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        if tried := _tried.get():
            tried[-1] = end.response.status
        date(end.response.headers.get("Date", ""))

    found = aiohttp.TraceConfig()
    found.on_request_start.append(_begins)
    found.on_request_end.append(answered)
    return found


async def _begins(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestStartParams) -> None:
    tried = _tried.get()
    if tried is None:
        return
    if tried and tried[-1] != TOO_MANY_REQUESTS:
        raise SentBefore
    tried.append(0)
