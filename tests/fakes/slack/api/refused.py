"""An answer of Slack that says no."""

from __future__ import annotations

from tests.fakes.slack.wire import JsonObject


class Refused(Exception):
    """Slack answers ``ok: false`` with this error."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra: JsonObject = dict(extra)
