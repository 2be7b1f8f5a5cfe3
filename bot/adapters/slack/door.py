"""The one door: every command, press, form and shortcut on Slack comes in here and leaves as a reply.

Slack wants an acknowledgement within three seconds. A press is acknowledged at once and answered after it; a command
is answered in its acknowledgement, or after it where that would take too long. Nothing that goes wrong on the way can
keep the acknowledgement back.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from bot.adapters.slack.cards import Json, Names
from bot.adapters.slack.commands import suggestions, typed
from bot.adapters.slack.forms import errors, form_view, offered, place_of, reply_view, submitted, waiting_view
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.render import rendered
from bot.adapters.slack.surfaces import InChannel, InModal, OverAll, Surface, Untaken, message
from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import Workspace, Workspaces
from bot.commands.declare import Handler
from bot.commands.dispatch import Answered, Dispatch, FormErrors, reference_code
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.replies.asked import OpenRoundShown, PracticeAsked
from bot.replies.card import Choice, Form, Reply
from bot.replies.judged import PracticeVerdict, ReasonsShown, Verdict
from bot.replies.routes import UnreadableRoute, decode
from bot.replies.said import Apology, FormAsked, Refusal, Said, said

log = logging.getLogger(__name__)
T = TypeVar("T")

PUT_OFF_AFTER = 1.5
"""Seconds until a command or a form is acknowledged without its answer; half of what Slack allows."""
REMEMBERED = 4096
"""Interactions kept to know one that is delivered twice."""
NOT_INSTALLED = "Studybot is not installed in this workspace any more. Ask an admin to install it again."
TO_KEEP = (Verdict, PracticeVerdict, OpenRoundShown, PracticeAsked, ReasonsShown)
"""Replies that come as a message of their own, so that a question can be read again beside its verdict."""
SHORTCUTS = {"open": "help", "today": "daily"}
"""What the manifest's shortcuts do, by their callback ids; slash commands do not work in threads."""

Payload = Mapping[str, Any]


class Homes(Protocol):
    """The Home tabs people have open."""

    def changed(self, workspace: Workspace, user: str) -> None:
        """Something a person's Home tab shows may be different now."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody did something: who and where, and where the answer belongs."""

    workspace: Workspace
    call: Call
    surface: Surface
    again: str = ""
    """The route that was pressed, to press again."""


class Door:
    """Takes interactions in and answers them."""

    def __init__(
        self,
        dispatch: Dispatch,
        clock: Clock,
        dice: Dice,
        web: Web,
        workspaces: Workspaces,
        people: People,
        places: Places,
        homes: Homes,
    ) -> None:
        self._dispatch = dispatch
        self._clock = clock
        self._dice = dice
        self._web = web
        self._workspaces = workspaces
        self._people = people
        self._places = places
        self._homes = homes
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._running: set[asyncio.Task[Any]] = set()

    async def take(self, payload: Payload) -> Json | None:
        """What the acknowledgement of an interaction carries; it is there in time, whatever goes wrong."""
        try:
            if payload.get("type") == "block_suggestion":
                return self._suggest(payload)
            if self._twice(payload):
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
        asked = await self._asked(payload)
        if asked is None:
            return {"response_type": "ephemeral", "text": NOT_INSTALLED}
        name, words = typed(self._dispatch.registry, str(payload["command"]), str(payload.get("text") or ""))
        handler = self._dispatch.registry.commands.get(name)
        answering = self._start(self._run_command(asked, handler, name, words))
        done, _ = await asyncio.wait({answering}, timeout=PUT_OFF_AFTER)
        if not done or isinstance(answering.result().reply, FormAsked):
            self._start(self._show_later(asked, answering))
            return None
        answered = answering.result()
        first, *rest = rendered(answered.reply, await self._places.for_reply(asked.workspace, answered.reply))
        if rest:
            self._start(asked.surface.show(rest, private=answered.private, in_place=False))
        self._homes.changed(asked.workspace, asked.call.user)
        return message(first, private=answered.private)

    async def _run_command(self, asked: Asked, handler: Handler | None, name: str, words: str) -> Answered:
        call = await self._with_zone(asked, handler)
        answered = await (self._dispatch.words(call, name, words) if name else self._dispatch.line(call, words))
        # Names are asked for here, where an acknowledgement does not wait for them; they are known from then on.
        await self._places.for_reply(asked.workspace, answered.reply)
        return answered

    async def _show_later(self, asked: Asked, answering: asyncio.Task[Answered]) -> None:
        await self._show(asked, await answering)

    async def _press(self, payload: Payload) -> None:
        asked = await self._asked(payload)
        if asked is None:
            if payload.get("response_url"):
                await self._web.respond(
                    str(payload["response_url"]), {"text": NOT_INSTALLED, "replace_original": False}
                )
            return
        try:
            if payload["type"] == "block_actions":
                call = await self._with_zone(asked, self._handler(asked.again))
                answered = await self._dispatch.press(call, asked.again)
            else:
                command = SHORTCUTS.get(str(payload.get("callback_id")), "help")
                answered = await self._dispatch.command(asked.call, command, {})
            await self._show(asked, answered)
        except Exception:
            await self._apologise(asked)

    async def _submission(self, payload: Payload) -> Json | None:
        view = payload["view"]
        asked = await self._asked(payload)
        if asked is None:
            return {"response_action": "update", "view": reply_view(rendered(said(NOT_INSTALLED), self._names), "")}
        answering = self._start(self._submit(asked, view))
        done, _ = await asyncio.wait({answering}, timeout=PUT_OFF_AFTER)
        if not done:
            self._start(self._fill_in(asked, view, answering))
            return {"response_action": "update", "view": waiting_view(asked.call.place)}
        answer = answering.result()
        if isinstance(answer, FormErrors):
            return errors(view, answer.errors)
        self._homes.changed(asked.workspace, asked.call.user)
        return {"response_action": "update", "view": await self._view(asked, answer.reply)}

    async def _submit(self, asked: Asked, view: Payload) -> Answered | FormErrors:
        try:
            handler = self._dispatch.registry.forms.get(decode(str(view["callback_id"])).what)
            call = await self._with_zone(asked, handler, fresh=True)
            answer = await self._dispatch.submit(call, str(view["callback_id"]), submitted(view))
            if isinstance(answer, Answered):
                await self._places.for_reply(asked.workspace, answer.reply)
            return answer
        except Exception:
            return Answered(Apology(self._failed("taking a form failed")))

    async def _fill_in(self, asked: Asked, view: Payload, answering: asyncio.Task[Answered | FormErrors]) -> None:
        """The answer to a form took long: it comes in place of what is shown meanwhile."""
        answer = await answering
        made = (
            form_view(answer.form.form, self._names, asked.call.place, tuple(answer.errors.values()))
            if isinstance(answer, FormErrors)
            else await self._view(asked, answer.reply)
        )
        try:
            await InModal(asked.workspace, str(view["id"]), "", asked.call.place).open(made)
        except Untaken as untaken:
            self._note(untaken)
        self._homes.changed(asked.workspace, asked.call.user)

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
            names = await self._places.for_reply(asked.workspace, answered.reply)
            in_place = not isinstance(answered.reply, TO_KEEP)
            pages = rendered(answered.reply, names)
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
        return reply_view(rendered(reply, await self._places.for_reply(asked.workspace, reply)), asked.call.place)

    async def _apologise(self, asked: Asked) -> None:
        reference = self._failed("answering on Slack failed")
        try:
            await asked.surface.show(rendered(Apology(reference), self._names), private=True, in_place=False)
        except Untaken as untaken:
            self._note(untaken)

    @property
    def _names(self) -> Names:
        return self._places.names()

    # --- who and where ------------------------------------------------------------------------------------------

    async def _asked(self, payload: Payload) -> Asked | None:
        team = payload.get("team") or {}
        enterprise = payload.get("enterprise") or {}
        workspace = await self._workspaces.find(
            payload.get("team_id") or team.get("id"), payload.get("enterprise_id") or enterprise.get("id")
        )
        if workspace is None:
            return None
        user = str(payload.get("user_id") or payload["user"]["id"])
        view = payload.get("view") or {}
        channel = payload.get("channel") or {}
        place = PlaceRef(str(payload.get("channel_id") or channel.get("id") or place_of(view)))
        if payload.get("channel_name") and payload["channel_name"] not in ("privategroup", "directmessage"):
            self._places.keep(place, str(payload["channel_name"]))
        call = Call(
            platform=Platform.SLACK,
            community=workspace.id,
            place=place,
            user=user,
            now=self._clock.now(),
            seed=self._dice.seed(),
            zone=self._people.zone(workspace.id, user),
            message=_post(payload),
        )
        return Asked(workspace, call, self._surface(payload, workspace, call), _pressed(payload))

    def _surface(self, payload: Payload, workspace: Workspace, call: Call) -> Surface:
        view = payload.get("view") or {}
        trigger = str(payload.get("trigger_id") or "")
        if view.get("type") == "modal":
            return InModal(workspace, str(view["id"]), str(view.get("hash") or ""), call.place)
        url = str(payload.get("response_url") or "")
        if not url or payload.get("type") in ("shortcut", "message_action"):
            return OverAll(workspace, trigger, call.place)
        ephemeral = bool((payload.get("container") or {}).get("is_ephemeral"))
        return InChannel(self._web, workspace, call.user, call.place, url, trigger, ephemeral)

    async def _with_zone(self, asked: Asked, handler: Handler | None, *, fresh: bool = False) -> Call:
        """The call with the caller's zone, for managers' commands: who they are is asked there anyway."""
        if handler is None or not (handler.manager or handler.asks_manager):
            return asked.call
        try:
            profile = await self._people.of(asked.workspace, asked.call.user, fresh=fresh)
        except Refusal:
            return asked.call  # said where it is asked whether they may manage
        return replace(asked.call, zone=profile.zone)

    def _handler(self, pressed: str) -> Handler | None:
        try:
            made = decode(pressed)
        except UnreadableRoute:
            return None
        registry = self._dispatch.registry
        if made.what == "run":
            return registry.commands.get(made.args[0]) if made.args else None
        return registry.presses.get(made.what)

    def _twice(self, payload: Payload) -> bool:
        """Whether this very interaction was taken in before; each carries a trigger of its own."""
        trigger = str(payload.get("trigger_id") or "")
        if not trigger:
            return False
        if trigger in self._seen:
            return True
        self._seen[trigger] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return False

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


def _pressed(payload: Payload) -> str:
    """The route behind what was pressed or picked."""
    actions = payload.get("actions") or ()
    if not actions:
        return ""
    chosen = actions[0].get("selected_option")
    return str(chosen["value"] if chosen else actions[0].get("value") or actions[0].get("action_id") or "")


def _post(payload: Payload) -> MessageRef | None:
    """The message in a channel whose button was pressed; a private one proves nothing about a post."""
    container = payload.get("container") or {}
    private = container.get("is_ephemeral") or str(container.get("channel_id") or "D").startswith("D")
    if payload.get("type") != "block_actions" or private or not container.get("message_ts"):
        return None
    return MessageRef(str(container["message_ts"]))


def _too_late(form: Form, again: str) -> Said:
    sentence = f'Slack did not let the form "{form.title}" open in time. Nothing was changed; please press again.'
    try:
        return said(sentence, choices=(Choice("Open the form", decode(again)),))
    except UnreadableRoute:
        return said(sentence)
