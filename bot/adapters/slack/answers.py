"""Answers to people on Slack: where they belong, else another way; and a log line when one reaches nobody."""

from __future__ import annotations

import logging

from bot.adapters.slack.asking import Asked, Nowhere, Payload
from bot.adapters.slack.cards import Json, Names, Page
from bot.adapters.slack.forms import form_view, reply_view
from bot.adapters.slack.home import Home
from bot.adapters.slack.places import Places
from bot.adapters.slack.render import rendered, rendered_in
from bot.adapters.slack.surfaces import InModal, Untaken, message
from bot.adapters.slack.web import Web
from bot.commands.dispatch import Answered
from bot.kit import reference_code
from bot.ports.clock import Dice
from bot.replies.card import Choice, Form, Reply
from bot.replies.routes import UnreadableRoute, decode
from bot.replies.said import Apology, FormAsked, Said, said

log = logging.getLogger(__name__)


class Answers:
    """Shows replies to whoever asked."""

    def __init__(self, web: Web, places: Places, home: Home, dice: Dice) -> None:
        self._web = web
        self._places = places
        self._home = home
        self._dice = dice

    @property
    def names(self) -> Names:
        """Names of places and commands, as far as they are known."""
        return self._places.names()

    def changed(self, asked: Asked) -> None:
        """Whoever asked may have another Home tab now."""
        self._home.changed(asked.workspace, asked.call.user)

    async def pages(self, asked: Asked, reply: Reply) -> list[Page]:
        """The reply as messages."""
        return await rendered_in(asked.workspace, self._places, reply)

    async def view(self, asked: Asked, reply: Reply) -> Json:
        """The reply as what stands in a modal."""
        if isinstance(reply, FormAsked):
            return form_view(reply.form, self.names, asked.call.place, (reply.text,))
        return reply_view(await self.pages(asked, reply), asked.call.place)

    async def show(self, asked: Asked, answered: Answered) -> None:
        """The answer, where it belongs."""
        try:
            if isinstance(answered.reply, FormAsked):
                await self._open(asked, answered.reply)
                return
            card = answered.reply.as_card()
            pages = await rendered_in(asked.workspace, self._places, answered.reply, card)
            await self._at_surface(asked, pages, answered.private, in_place=not card.stays)
        finally:
            self.changed(asked)

    async def below(self, asked: Asked, pages: list[Page], *, private: bool) -> None:
        """Pages of an answer to a command, below it."""
        await self._at_surface(asked, pages, private, in_place=False)

    async def in_modal(self, asked: Asked, modal: str, view: Json) -> None:
        """In the modal that was sent in, whatever stands there by now."""
        try:
            await InModal(asked.workspace, modal, "", asked.call.place).open(view)
        except Untaken as untaken:
            self._note(untaken)

    def sentence(self, nowhere: Nowhere) -> Page:
        """The page that says there is no workspace to answer in."""
        return rendered(nowhere.reply, self.names)[0]

    async def at_address(self, payload: Payload, nowhere: Nowhere) -> None:
        """The same, at the interaction's own address, if it has one."""
        if payload.get("response_url"):
            await self._web.respond(str(payload["response_url"]), message(self.sentence(nowhere)))

    async def apologise(self, asked: Asked) -> None:
        """Something went wrong: say so, with a reference."""
        reference = self.failed("answering on Slack failed")
        try:
            await asked.surface.show(rendered(Apology(reference), self.names), private=True, in_place=False)
        except Untaken as untaken:
            self._note(untaken)

    def failed(self, what: str) -> str:
        """Log the exception at hand; the reference it is found by."""
        reference = reference_code(self._dice.seed())
        log.exception("%s %s", what, reference, extra={"reference": reference})
        return reference

    async def _at_surface(self, asked: Asked, pages: list[Page], private: bool, in_place: bool) -> None:
        try:
            await asked.surface.show(pages, private=private, in_place=in_place)
        except Untaken as untaken:
            await self._untaken(asked, untaken)

    async def _open(self, asked: Asked, reply: FormAsked) -> None:
        try:
            await asked.surface.open(form_view(reply.form, self.names, asked.call.place, (reply.text,)))
        except Untaken as untaken:
            if untaken.ours or isinstance(asked.surface, InModal):
                await self._untaken(asked, untaken)
                return
            # The right to open a form ends after three seconds; a press gives a new one.
            self._note(untaken)
            await self.show(asked, Answered(_too_late(reply.form, asked.again)))

    async def _untaken(self, asked: Asked, untaken: Untaken) -> None:
        if untaken.ours:
            log.error("Slack refused a reply: %s", untaken.reason)
            await self.apologise(asked)
        else:
            self._note(untaken)

    def _note(self, untaken: Untaken) -> None:
        """An answer that did not arrive. What was asked for is kept; asking again shows it."""
        reference = reference_code(self._dice.seed())
        log.warning("an answer did not reach Slack (%s) %s", untaken.reason, reference, extra={"reference": reference})


def _too_late(form: Form, again: str) -> Said:
    sentence = f'Slack did not let the form "{form.title}" open in time. Nothing was changed; please press again.'
    try:
        return said(sentence, choices=(Choice("Open the form", decode(again)),))
    except UnreadableRoute:
        return said(sentence)
