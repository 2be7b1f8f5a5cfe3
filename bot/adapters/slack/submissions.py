"""Forms that are sent in: each is taken once, and every delivery of it has the same answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.adapters.slack.acks import Ack
from bot.adapters.slack.answers import Answers
from bot.adapters.slack.asking import Asking, Nowhere, Payload, Taken
from bot.adapters.slack.cards import Json
from bot.adapters.slack.forms import errors, form_view, place_of, reply_view, submitted, waiting_view
from bot.adapters.slack.running import Running
from bot.adapters.slack.targets import settled
from bot.commands.dispatch import Dispatch, FormErrors
from bot.replies.routes import decode
from bot.replies.said import Apology

KEPT = 256
"""Forms kept with their answers, to know one that is delivered twice."""


@dataclass(slots=True, eq=False)
class Submission:
    """A form that was sent in."""

    answering: asyncio.Task[Json | FormErrors]
    shown: bool = False
    """Its answer was put into the modal itself, or is about to be."""


class Submissions:
    """Takes forms in."""

    def __init__(self, dispatch: Dispatch, asking: Asking, answers: Answers, running: Running) -> None:
        self._dispatch = dispatch
        self._asking = asking
        self._answers = answers
        self._running = running
        self._taken = Taken[Submission](KEPT)

    async def take(self, payload: Payload) -> Ack:
        """The acknowledgement: what takes the place of the form, or what is wrong with it."""
        view = payload["view"]
        form = self._taken.kept(payload)
        if form is None:
            form = Submission(self._running.start(self._answer(payload, view)))
            self._taken.first(payload, form)
        taken = form
        if not await self._running.in_time(taken.answering, lambda: self._fill_in(payload, view, taken)):
            return Ack({"response_action": "update", "view": waiting_view(place_of(view))})
        answer = taken.answering.result()
        if isinstance(answer, FormErrors):
            carried = errors(view, answer.errors, self._answers.names.commands)
        else:
            carried = {"response_action": "update", "view": answer}
        return Ack(carried, lambda: self._running.start(self._fill_in(payload, view, taken)))

    async def _answer(self, payload: Payload, view: Payload) -> Json | FormErrors:
        asked = await self._asking.asked(payload)
        if isinstance(asked, Nowhere):
            return reply_view([self._answers.sentence(asked)], "")
        try:
            handler = self._dispatch.registry.forms.get(decode(str(view["callback_id"])).what)
            call = await self._asking.with_zone(asked, handler)
            values = submitted(view)
            if handler is not None:
                call, values = await settled(asked, call, handler, values)
            answer = await self._dispatch.submit(call, str(view["callback_id"]), values)
            if isinstance(answer, FormErrors):
                return answer
            made = await self._answers.view(asked, answer.reply)
        except Exception:
            made = await self._answers.view(asked, Apology(self._answers.failed("taking a form failed")))
        self._answers.changed(asked)
        return made

    async def _fill_in(self, payload: Payload, view: Payload, form: Submission) -> None:
        """The answer in the modal itself, once: it took long, or its acknowledgement did not arrive."""
        if form.shown:
            return
        form.shown = True
        answer, asked = await form.answering, await self._asking.asked(payload)
        if isinstance(asked, Nowhere):
            return  # the modal says what to do if nothing else comes
        if isinstance(answer, FormErrors):
            answer = form_view(answer.form.form, self._answers.names, asked.call.place, tuple(answer.errors.values()))
        await self._answers.in_modal(asked, str(view["id"]), answer)
