"""Buckets and the global limit, with the headers Discord sends."""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from dataclasses import dataclass

# Parts of a path that split a bucket: each channel, server and webhook has its own.
_MAJOR = re.compile(r"^/(channels|guilds|webhooks)/(\d+)(?:/([A-Za-z0-9_-]{40,}))?")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A number of requests in a number of seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on a request, and the headers that say how it stands."""

    passes: bool
    headers: dict[str, str]
    retry_after: float = 0.0
    is_global: bool = False


class RateLimits:
    """Counts requests. None for `per_route` or `overall` leaves that limit out."""

    def __init__(self, per_route: Allowance | None, overall: Allowance | None) -> None:
        self._per_route = per_route
        self._overall = overall
        self._windows: dict[str, tuple[float, int]] = {}
        self._recent: deque[float] = deque()

    def check(self, method: str, path: str, template: str, now: float) -> Verdict:
        exempt = template.startswith(("/interactions/", "/webhooks/"))
        if self._overall is not None and not exempt:
            while self._recent and self._recent[0] <= now - self._overall.seconds:
                self._recent.popleft()
            if len(self._recent) >= self._overall.requests:
                wait = self._recent[0] + self._overall.seconds - now
                return Verdict(passes=False, headers={"X-RateLimit-Global": "true"}, retry_after=wait, is_global=True)
            self._recent.append(now)
        if self._per_route is None or template.startswith("/interactions/"):
            return Verdict(passes=True, headers={})
        bucket = hashlib.md5(f"{method} {template}".encode(), usedforsecurity=False).hexdigest()
        major = _MAJOR.match(path)
        key = bucket + (major.group(0) if major else "")
        opened, used = self._windows.get(key, (now, 0))
        if now >= opened + self._per_route.seconds:
            opened, used = now, 0
        reset_after = opened + self._per_route.seconds - now
        passes = used < self._per_route.requests
        used += passes
        self._windows[key] = (opened, used)
        headers = {
            "X-RateLimit-Limit": str(self._per_route.requests),
            "X-RateLimit-Remaining": str(self._per_route.requests - used),
            "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": bucket,
        }
        return Verdict(passes, headers, 0.0 if passes else reset_after)
