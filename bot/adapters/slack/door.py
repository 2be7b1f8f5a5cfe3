"""The one door: every command, press, form and shortcut on Slack comes in here and leaves as a reply.

Slack wants an acknowledgement within three seconds. A press is acknowledged at once and answered after it; a command
is answered in its acknowledgement, or after it where that would take too long or it did not reach Slack. Nothing that
goes wrong on the way can keep the acknowledgement back. Only where nothing can be said at all there is none: then Slack
says that it did not work.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.adapters.slack.acks import Ack, NothingToSay
from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asked, Asking, Nowhere, Payload, Taken
from bot.adapters.slack.cards import Json, Page
from bot.adapters.slack.commands import suggestions, typed
from bot.adapters.slack.forms import offered
from bot.adapters.slack.running import Running
from bot.adapters.slack.submissions import Submissions
from bot.adapters.slack.surfaces import message
from bot.adapters.slack.targets import names_targets, settled
from bot.commands.dispatch import Answered, Dispatch
from bot.commands.option_words import parse_options
from bot.ports.clock import Dice
from bot.replies.routes import UnreadableRoute, decode
from bot.replies.said import Apology, FormAsked, Refusal

log = logging.getLogger(__name__)

KEPT = 4096
"""Interactions kept to know one that is delivered twice."""
SHORTCUTS = {"open": "help", "today": "daily"}
"""What the manifest's shortcuts do, by their callback ids; slash commands do not work in threads."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer, rendered; a form has no pages."""

    asked: Asked
    answered: Answered
    pages: tuple[Page, ...]


class Door:
    """Takes interactions in and answers them."""

    def __init__(self, dispatch: Dispatch, asking: Asking, dice: Dice, answers: Answers) -> None:
        self._dispatch = dispatch
        self._asking = asking
        self._answers = answers
        self._running = Running(dice)
        self._submissions = Submissions(dispatch, asking, answers, self._running)
        self._taken = Taken[None](KEPT)

    async def take(self, payload: Payload) -> Ack:
        """The acknowledgement of an interaction; it is there in time, whatever goes wrong.

        ``NothingToSay`` where only Slack can still tell a person that it did not work.
        """
        try:
            if payload.get("type") == "block_suggestion":
                return Ack(await self._suggest(payload))
            if payload.get("type") == "view_submission":
                return await self._submissions.take(payload)
            if not self._taken.first(payload, None):
                return Ack()
            if "command" in payload:
                return await self._command(payload)
            if payload.get("type") in ("block_actions", "shortcut", "message_action"):
                await self._pressed(payload)
        except NothingToSay:
            raise
        except Exception:
            self._answers.failed("taking something in from Slack failed")
        return Ack()

    async def settled(self) -> None:
        """Wait until everything that was begun is through."""
        await self._running.settled()

    # --- commands -----------------------------------------------------------------------------------------------

    async def _command(self, payload: Payload) -> Ack:
        answering = self._running.start(self._answered(payload))
        if not await self._running.in_time(answering, lambda: self._after_it(payload, answering)):
            return Ack()
        ready = answering.result()
        if isinstance(ready, Nowhere):
            nowhere, page = ready, self._answers.sentence(ready)
            return Ack(message(page), lambda: self._running.start(self._answers.at_address(payload, nowhere)))
        asked, answered = ready.asked, ready.answered
        if not ready.pages:
            self._running.start(self._answers.show(asked, answered))
            return Ack()
        first, *rest = ready.pages
        if rest:
            self._running.start(self._answers.below(asked, rest, private=answered.private))
        self._answers.changed(asked)
        return Ack(
            message(first, private=answered.private),
            lambda: self._running.start(self._answers.below(asked, [first], private=answered.private)),
        )

    async def _answered(self, payload: Payload) -> Ready | Nowhere:
        """The answer to a command, rendered: whatever is slow or fails on the way to it, the acknowledgement is not."""
        asked = await self._asking.asked(payload)
        if isinstance(asked, Nowhere):
            return asked
        registry = self._dispatch.registry
        name, words = typed(registry, str(payload["command"]), str(payload.get("text") or ""))
        try:
            answered = await self._said(asked, name, words)
        except Exception:
            answered = Answered(Apology(self._answers.failed("answering a command failed")))
        if isinstance(answered.reply, FormAsked):
            return Ready(asked, answered, ())
        return Ready(asked, answered, tuple(await self._answers.pages(asked, answered.reply)))

    async def _said(self, asked: Asked, name: str, words: str) -> Answered:
        handler = self._dispatch.registry.commands.get(name)
        call = await self._asking.with_zone(asked, handler)
        if handler is None:
            return await self._dispatch.line(call, words)
        if not names_targets(handler):
            return await self._dispatch.words(call, name, words)
        try:
            given = parse_options(handler, await self._dispatch.catalog_of(asked.call), words)
        except Refusal:
            return await self._dispatch.words(call, name, words)
        call, given = await settled(asked, call, handler, given)
        return await self._dispatch.command(call, name, given)

    async def _after_it(self, payload: Payload, answering: asyncio.Task[Ready | Nowhere]) -> None:
        """The answer to a command that was acknowledged without it."""
        ready = await answering
        if isinstance(ready, Nowhere):
            await self._answers.at_address(payload, ready)
        else:
            await self._answers.show(ready.asked, ready.answered)

    # --- presses and shortcuts ------------------------------------------------------------------------------------

    async def _pressed(self, payload: Payload) -> None:
        asking = self._running.start(self._asking.asked(payload))
        if not payload.get("response_url"):
            if not await self._running.in_time(asking, lambda: self._press(payload, asking)):
                return
            nowhere = asking.result()
            if isinstance(nowhere, Nowhere) and not nowhere.malformed:
                log.warning("something was pressed where there is no workspace to answer in")
                raise NothingToSay
        self._running.start(self._press(payload, asking))

    async def _press(self, payload: Payload, asking: asyncio.Task[Asked | Nowhere]) -> None:
        asked = await asking
        if isinstance(asked, Nowhere):
            await self._answers.at_address(payload, asked)
            return
        try:
            if payload["type"] == "block_actions":
                call = await self._asking.with_zone(asked, self._dispatch.registry.behind(asked.again))
                answered = await self._dispatch.press(call, asked.again)
            else:
                command = SHORTCUTS.get(str(payload.get("callback_id")), "help")
                answered = await self._dispatch.command(asked.call, command, {})
            await self._answers.show(asked, answered)
        except Exception:
            await self._answers.apologise(asked)

    # --- what is offered -----------------------------------------------------------------------------------------

    async def _suggest(self, payload: Payload) -> Json:
        view = payload.get("view") or {}
        try:
            form = decode(str(view.get("callback_id") or "")).what
        except UnreadableRoute:
            return offered([])
        asked = await self._asking.asked(payload)
        if isinstance(asked, Nowhere):
            return offered([])
        registry, catalog = self._dispatch.registry, await self._dispatch.catalog_of(asked.call)
        return offered(suggestions(registry, catalog, form, str(payload["action_id"]), str(payload.get("value") or "")))
