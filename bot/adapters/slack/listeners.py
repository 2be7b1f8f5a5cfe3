"""The Bolt app: one listener per kind of payload, each of which hands it to the door and returns the answer.

Bolt's defaults would lose acknowledgements: `ack()` is looked at every ten milliseconds, and an exception right after
it takes it back. So a listener never calls `ack()`; what it returns is what Slack gets.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.acks import Ack, NothingToSay
from bot.adapters.slack.door import Door
from bot.adapters.slack.life import Life

log = logging.getLogger(__name__)

ANYTHING = re.compile("")
REFUSED = 500
"""The status of what is not acknowledged: Slack sends an event again, and tells a person that it did not work."""

# Bolt warns of settings in the environment that it does not need, and writes payloads at DEBUG.
_QUIET = logging.getLogger(f"{__name__}.bolt")
_QUIET.setLevel(logging.ERROR)


class Acknowledgement(BoltResponse):
    """The answer that goes back to Slack, and what is done if it does not get there."""

    def __init__(self, ack: Ack) -> None:
        super().__init__(status=200, body=ack.carried or "")
        self.lost = ack.lost


def lost(answer: BoltResponse) -> None:
    """The line or the request ended before it was sent: what it carried takes another way."""
    if isinstance(answer, Acknowledgement) and answer.lost is not None:
        answer.lost()


class Listeners:
    """A Bolt app that answers whatever Slack sends."""

    def __init__(self, door: Door, life: Life) -> None:
        self._door = door
        self._life = life
        self.app = AsyncApp(
            name="Studybot",
            logger=_QUIET,
            client=AsyncWebClient(logger=_QUIET),
            authorize=_anyone,
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            request_verification_enabled=False,  # done before a body is read, in http_mode.py
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )
        app = self.app
        for listen in (app.action, app.command, app.view, app.options, app.view_closed, app.shortcut):
            listen(ANYTHING)(self._interaction)
        app.event(ANYTHING)(self._event)
        app.error(_nobody_listens)

    async def answer(self, payload: Mapping[str, Any]) -> BoltResponse:
        """Answer something Slack sent, which was verified and read before."""
        try:
            # For Bolt, "socket_mode" is a body that was read already. Reading it itself, it would lose every command
            # whose text contains the word "payload".
            request = AsyncBoltRequest(body=dict(payload), mode="socket_mode")
            return await self.app.async_dispatch(request)
        except Exception as error:  # Bolt takes payloads apart before its own handling of errors, and in it again
            return _malformed(error)

    async def _interaction(self, body: dict[str, Any]) -> BoltResponse:
        try:
            ack = await self._door.take(body)
        except NothingToSay:
            return BoltResponse(status=REFUSED)
        return Acknowledgement(ack)

    async def _event(self, body: dict[str, Any]) -> BoltResponse:
        try:
            await self._life.hear(body)
        except Exception:
            log.exception("an event could not be kept; Slack is asked to send it again")
            return BoltResponse(status=REFUSED)
        return BoltResponse(status=200)


def content(answer: BoltResponse) -> dict[str, Any] | None:
    """The content of an answer."""
    return dict(json.loads(answer.body)) if answer.body else None


async def _anyone(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Lets everything through: the door looks up the workspace itself, after acknowledging where it must."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def _nobody_listens(error: Exception) -> BoltResponse:
    """Whatever is left is acknowledged too: nothing would be gained if Slack sent it again."""
    if isinstance(error, BoltUnhandledRequestError):
        log.info("Slack sent something of a kind that Studybot does not use")
        return BoltResponse(status=200)
    return _malformed(error)


def _malformed(error: Exception) -> BoltResponse:
    log.warning("Slack sent something malformed (%s)", type(error).__name__)
    return BoltResponse(status=200)
