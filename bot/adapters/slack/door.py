"""The one door: every command, press, form and shortcut on Slack comes in here and leaves as a reply.

Slack wants an acknowledgement within three seconds. A press is acknowledged at once and answered after it; a command
is answered in its acknowledgement, or after it where that would take too long. Nothing that goes wrong on the way can
keep the acknowledgement back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.adapters.slack.asking import Asked, Asking, Doubles, Payload
from bot.adapters.slack.cards import Json, Names, Page
from bot.adapters.slack.commands import suggestions, typed
from bot.adapters.slack.forms import errors, form_view, offered, place_of, reply_view, submitted, waiting_view
from bot.adapters.slack.places import Places
from bot.adapters.slack.render import rendered, shown
from bot.adapters.slack.surfaces import InChannel, InModal, Untaken, message
from bot.adapters.slack.targets import names_targets, settled
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import Workspace
from bot.commands.declare import Handler
from bot.commands.dispatch import Answered, Dispatch, FormErrors
from bot.commands.option_words import parse_options
from bot.domain.reference import reference_code
from bot.ports.clock import Dice
from bot.ports.storage import StorageFault
from bot.replies.asked import OpenRoundShown, PracticeAsked
from bot.replies.away import itself
from bot.replies.card import Choice, Form, Reply
from bot.replies.judged import CountedBefore, PracticeVerdict, ReasonsShown, Verdict
from bot.replies.routes import UnreadableRoute, decode
from bot.replies.said import Apology, FormAsked, Refusal, Said, said
from bot.replies.way_back import leads_to

log = logging.getLogger(__name__)
T = TypeVar("T")

PUT_OFF_AFTER = 1.5
"""Seconds until a command or a form is acknowledged without its answer; half of what Slack allows."""
NOT_INSTALLED = "Studybot is not installed in this workspace any more. Ask an admin to install it again."
TO_KEEP = (Verdict, CountedBefore, PracticeVerdict, OpenRoundShown, PracticeAsked, ReasonsShown)
"""Replies that come as a message of their own, so that a question can be read again beside its verdict."""
SHORTCUTS = {"open": "help", "today": "daily"}
"""What the manifest's shortcuts do, by their callback ids; slash commands do not work in threads."""


class Homes(Protocol):
    """The Home tabs people have open."""

    def changed(self, workspace: Workspace, user: str) -> None:
        """Something a person's Home tab shows may be different now."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer, rendered; a form has no pages."""

    asked: Asked
    answered: Answered
    pages: tuple[Page, ...]


class Door:
    """Takes interactions in and answers them."""

    def __init__(
        self,
        dispatch: Dispatch,
        asking: Asking,
        dice: Dice,
        web: Web,
        places: Places,
        homes: Homes,
    ) -> None:
        self._dispatch = dispatch
        self._asking = asking
        self._dice = dice
        self._web = web
        self._places = places
        self._homes = homes
        self._doubles = Doubles()
        self._running: set[asyncio.Task[Any]] = set()

    async def take(self, payload: Payload) -> Json | None:
        """What the acknowledgement of an interaction carries; it is there in time, whatever goes wrong."""
        try:
            if payload.get("type") == "block_suggestion":
                return self._suggest(payload)
            if self._doubles.seen(payload):
                return None
            if "command" in payload:
                return await self._command(payload)
            if payload.get("type") == "view_submission":
                return await self._submission(payload)
            if payload.get("type") in ("block_actions", "shortcut", "message_action"):
                self._start(self._press(payload))
        except Exception:
            self._failed("taking something in from Slack failed")
        return None

    async def settled(self) -> None:
        """Wait until everything that was begun is through."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    # --- what people do -----------------------------------------------------------------------------------------

    async def _command(self, payload: Payload) -> Json | None:
        answering = self._start(self._answered(payload))
        done, _ = await asyncio.wait({answering}, timeout=PUT_OFF_AFTER)
        if not done:
            self._start(self._after_it(payload, answering))
            return None
        ready = answering.result()
        if isinstance(ready, Page):
            return message(ready)
        if not ready.pages:
            self._start(self._show(ready.asked, ready.answered))
            return None
        first, *rest = ready.pages
        if rest:
            self._start(ready.asked.surface.show(rest, private=ready.answered.private, in_place=False))
        self._homes.changed(ready.asked.workspace, ready.asked.call.user)
        return message(first, private=ready.answered.private)

    async def _asked(self, payload: Payload) -> Asked | Page:
        """What an interaction is, or what is said where its workspace cannot be found."""
        reply: Reply = said(NOT_INSTALLED)
        try:
            asked = await self._asking.asked(payload)
            if asked is not None:
                return asked
        except StorageFault as fault:
            reply = Apology(fault.reference)
        except Exception:
            reply = Apology(self._failed("reading what came from Slack failed"))
        return rendered(reply, self._names)[0]

    async def _answered(self, payload: Payload) -> Ready | Page:
        """The answer to a command, rendered: whatever is slow or fails on the way to it, the acknowledgement is not."""
        asked = await self._asked(payload)
        if isinstance(asked, Page):
            return asked
        registry = self._dispatch.registry
        name, words = typed(registry, str(payload["command"]), str(payload.get("text") or ""))
        try:
            answered = await self._said(asked, name, words)
        except Exception:
            answered = Answered(Apology(self._failed("answering a command failed")))
        if isinstance(answered.reply, FormAsked):
            return Ready(asked, answered, ())
        return Ready(asked, answered, tuple(await shown(answered.reply, self._places, asked.workspace)))

    async def _said(self, asked: Asked, name: str, words: str) -> Answered:
        handler = self._dispatch.registry.commands.get(name)
        call = await self._asking.with_zone(asked, handler)
        if handler is None:
            return await self._dispatch.line(call, words)
        if not names_targets(handler):
            return await self._dispatch.words(call, name, words)
        try:
            given = parse_options(handler, self._dispatch.catalog, words)
        except Refusal:
            return await self._dispatch.words(call, name, words)
        call, given = await settled(asked, call, handler, given)
        return await self._dispatch.command(call, name, given)

    async def _after_it(self, payload: Payload, answering: asyncio.Task[Ready | Page]) -> None:
        """The answer to a command that was acknowledged without it."""
        ready = await answering
        if isinstance(ready, Page):
            await self._at_address(payload, ready)
        else:
            await self._show(ready.asked, ready.answered)

    async def _at_address(self, payload: Payload, page: Page) -> None:
        """A sentence where there is no workspace to answer in: at the interaction's own address, if it has one."""
        if payload.get("response_url"):
            await self._web.respond(str(payload["response_url"]), message(page))

    async def _press(self, payload: Payload) -> None:
        asked = await self._asked(payload)
        if isinstance(asked, Page):
            await self._at_address(payload, asked)
            return
        try:
            if payload["type"] == "block_actions":
                call = await self._asking.with_zone(asked, self._handler(asked.again))
                answered = await self._dispatch.press(call, asked.again)
            else:
                command = SHORTCUTS.get(str(payload.get("callback_id")), "help")
                answered = await self._dispatch.command(asked.call, command, {})
            await self._show(asked, answered)
        except Exception:
            await self._apologise(asked)

    async def _submission(self, payload: Payload) -> Json | None:
        view = payload["view"]
        answering = self._start(self._taken(payload, view))
        done, _ = await asyncio.wait({answering}, timeout=PUT_OFF_AFTER)
        if not done:
            self._start(self._fill_in(payload, view, answering))
            return {"response_action": "update", "view": waiting_view(place_of(view))}
        answer = answering.result()
        return errors(view, answer.errors, self._names.commands) if isinstance(answer, FormErrors) else _update(answer)

    async def _taken(self, payload: Payload, view: Payload) -> Json | FormErrors:
        """The view that answers a form, or what is wrong with the form."""
        asked = await self._asked(payload)
        if isinstance(asked, Page):
            return reply_view([asked], "")
        try:
            handler = self._dispatch.registry.forms.get(decode(str(view["callback_id"])).what)
            call = await self._asking.with_zone(asked, handler)
            values = submitted(view)
            if handler is not None:
                call, values = await settled(asked, call, handler, values)
            answer = await self._dispatch.submit(call, str(view["callback_id"]), values)
            if isinstance(answer, FormErrors):
                return answer
            made = await self._view(asked, answer.reply)
        except Exception:
            made = await self._view(asked, Apology(self._failed("taking a form failed")))
        self._homes.changed(asked.workspace, asked.call.user)
        return made

    async def _fill_in(self, payload: Payload, view: Payload, answering: asyncio.Task[Json | FormErrors]) -> None:
        """The answer to a form took long: it comes in place of what is shown meanwhile."""
        answer, asked = await answering, await self._asked(payload)
        if isinstance(asked, Page):
            return
        if isinstance(answer, FormErrors):
            answer = form_view(answer.form.form, self._names, asked.call.place, tuple(answer.errors.values()))
        try:
            await InModal(asked.workspace, str(view["id"]), "", asked.call.place).open(answer)
        except Untaken as untaken:
            self._note(untaken)

    def _suggest(self, payload: Payload) -> Json:
        view = payload.get("view") or {}
        try:
            form = decode(str(view.get("callback_id") or "")).what
        except UnreadableRoute:
            return offered([])
        registry, catalog = self._dispatch.registry, self._dispatch.catalog
        return offered(suggestions(registry, catalog, form, str(payload["action_id"]), str(payload.get("value") or "")))

    # --- what they are answered ---------------------------------------------------------------------------------

    async def _show(self, asked: Asked, answered: Answered) -> None:
        try:
            if isinstance(answered.reply, FormAsked):
                await self._open(asked, answered.reply)
                return
            in_place = not isinstance(itself(answered.reply), TO_KEEP)
            pages = await shown(answered.reply, self._places, asked.workspace)
            await asked.surface.show(pages, private=answered.private, in_place=in_place)
        except Untaken as untaken:
            if untaken.ours:
                log.error("Slack refused a reply: %s", untaken.reason)
                await self._apologise(asked)
            else:
                self._note(untaken)
        finally:
            self._homes.changed(asked.workspace, asked.call.user)

    async def _open(self, asked: Asked, reply: FormAsked) -> None:
        try:
            await asked.surface.open(form_view(reply.form, self._names, asked.call.place, (reply.text,)))
        except Untaken as untaken:
            if untaken.ours or not isinstance(asked.surface, InChannel):
                raise
            # The right to open a form ends after three seconds; a press gives a new one.
            self._note(untaken)
            await self._show(asked, Answered(_too_late(reply.form, asked.again)))

    async def _view(self, asked: Asked, reply: Reply) -> Json:
        if isinstance(reply, FormAsked):
            return form_view(reply.form, self._names, asked.call.place, (reply.text,))
        return reply_view(await shown(reply, self._places, asked.workspace), asked.call.place)

    async def _apologise(self, asked: Asked) -> None:
        reference = self._failed("answering on Slack failed")
        try:
            await asked.surface.show(rendered(Apology(reference), self._names), private=True, in_place=False)
        except Untaken as untaken:
            self._note(untaken)

    @property
    def _names(self) -> Names:
        return self._places.names()

    def _handler(self, pressed: str) -> Handler | None:
        try:
            made = leads_to(decode(pressed))
        except UnreadableRoute:
            return None
        registry = self._dispatch.registry
        if made.what == "run":
            return registry.commands.get(made.args[0]) if made.args else None
        return registry.presses.get(made.what)

    # --- what goes wrong ----------------------------------------------------------------------------------------

    def _start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            reference = reference_code(self._dice.seed())
            log.error("answering on Slack failed %s", reference, exc_info=task.exception())

    def _failed(self, what: str) -> str:
        reference = reference_code(self._dice.seed())
        log.exception("%s %s", what, reference, extra={"reference": reference})
        return reference

    def _note(self, untaken: Untaken) -> None:
        """An answer that did not arrive. What was asked for is kept; asking again shows it."""
        reference = reference_code(self._dice.seed())
        log.warning("an answer did not reach Slack (%s) %s", untaken.reason, reference, extra={"reference": reference})


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}


def _too_late(form: Form, again: str) -> Said:
    sentence = f'Slack did not let the form "{form.title}" open in time. Nothing was changed; please press again.'
    try:
        return said(sentence, choices=(Choice("Open the form", decode(again)),))
    except UnreadableRoute:
        return said(sentence)
