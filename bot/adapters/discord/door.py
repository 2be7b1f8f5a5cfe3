"""The one door: every command, press, form and half-typed option on Discord comes in here and leaves as a reply.

Discord wants a first answer within three seconds. What takes longer is put off with "thinking", which only the person
sees, and filled in when it is there.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import aiohttp
import discord
from discord import app_commands

from bot.adapters.discord import private
from bot.adapters.discord.cards import Names, Page, is_picker
from bot.adapters.discord.commands import focused, given, suggestions
from bot.adapters.discord.faults import ALREADY_ANSWERED, PASSED_OVER, UNKNOWN_INTERACTION, brief, log_failure
from bot.adapters.discord.forms import EXPIRED, NOTHING, Draft, Drafts, modal, opens_draft, submitted
from bot.adapters.discord.permissions import why_not
from bot.adapters.discord.places import rings_nobody
from bot.adapters.discord.render import rendered
from bot.adapters.discord.zones import zone_of
from bot.commands.dispatch import Answered, Dispatch, FormErrors
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef
from bot.kit import Latest, reference_code
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.replies.card import Reply
from bot.replies.said import Apology, FormAsked, said

log = logging.getLogger(__name__)

PUT_OFF_AFTER = 1.5
"""Seconds until "thinking" is shown; half of what Discord allows, for the way there and back."""
REMEMBERED = 4096
"""Interactions kept to know one that is delivered twice."""
RIVAL_ANSWERS, RIVAL_WITHIN = 3, timedelta(minutes=10)
"""Presses answered by somebody else, and the time in which that many are no accident."""
RIVAL = (
    "Discord says of %d presses within ten minutes that somebody else has answered them. If another Studybot runs with "
    "this DISCORD_TOKEN, on another computer perhaps, stop one of the two: each keeps its own answers and streaks."
)
ONLY_IN_SERVERS = "That works in a server, where the daily question is. Please use it there."

Interaction = discord.Interaction[Any]


class Door:
    """Takes interactions in and answers them."""

    def __init__(self, dispatch: Dispatch, clock: Clock, dice: Dice, names: Callable[[str], Names]) -> None:
        """``names`` gives a server's names by its id."""
        self._dispatch = dispatch
        self._clock = clock
        self._dice = dice
        self._names = names
        self._drafts = Drafts()
        self._seen = Latest[int, bool](REMEMBERED)
        self._by_others = deque[datetime](maxlen=RIVAL_ANSWERS)
        self._rival_told = False

    async def enter(self, interaction: Interaction) -> None:
        """Answer an interaction, whatever goes wrong; one that comes twice is answered once."""
        if interaction.id in self._seen:
            return
        self._seen[interaction.id] = True
        try:
            if interaction.type is discord.InteractionType.autocomplete:
                await self._suggest(interaction)
            else:
                await _Answering(self, interaction).run()
        except PASSED_OVER as error:
            _note(error, interaction)
            if isinstance(error, discord.HTTPException) and error.code == ALREADY_ANSWERED:
                self._answered_by_another()
        except Exception as error:
            reference = reference_code(interaction.id)
            log_failure(log, f"answering on Discord failed {reference}", error, reference=reference)

    def _answered_by_another(self) -> None:
        """Warn, once, where another process seems to work with our token: all interactions go to both."""
        now = self._clock.now()
        self._by_others.append(now)
        if len(self._by_others) == RIVAL_ANSWERS and now - self._by_others[0] <= RIVAL_WITHIN and not self._rival_told:
            self._rival_told = True
            log.warning(RIVAL, RIVAL_ANSWERS)

    async def _suggest(self, interaction: Interaction) -> None:
        data = cast("Mapping[str, Any]", interaction.data)
        option, typed = focused(data.get("options", ()))
        catalog = await self._dispatch.catalog_of(self.call(interaction))
        found = suggestions(self._dispatch.registry, catalog, data["name"], option, typed)
        choices = [app_commands.Choice(name=label[:100], value=value) for label, value in found]
        await interaction.response.autocomplete(choices)

    def call(self, interaction: Interaction) -> Call:
        """Read who asks, where and when, and what Discord says of their rights."""
        message = interaction.message
        # A private message proves nothing about a post.
        public = message is not None and not message.flags.ephemeral
        return Call(
            platform=Platform.DISCORD,
            community=str(interaction.guild_id),
            place=PlaceRef(str(interaction.channel_id)),
            user=str(interaction.user.id),
            now=self._clock.now(),
            seed=self._dice.seed(),
            zone=zone_of(interaction.guild_locale),
            manager=interaction.permissions.manage_guild,
            message=MessageRef(str(message.id)) if message is not None and public else None,
            may_write=_may_write(interaction),
            refused=_refused(interaction),
            within=_within(interaction),
        )

    async def ask(self, interaction: Interaction) -> Answered | FormErrors | Draft:
        """Hand the interaction to the hallway; a form that was put aside comes back at once."""
        data = cast("Mapping[str, Any]", interaction.data)
        if interaction.guild_id is None:
            return await self._privately(interaction, data)
        call = self.call(interaction)
        match interaction.type:
            case discord.InteractionType.application_command:
                return await self._dispatch.command(call, data["name"], given(data.get("options", ())))
            case discord.InteractionType.modal_submit:
                return await self._dispatch.submit(call, data["custom_id"], submitted(data["components"]))
            case _:
                pressed = data["custom_id"]
                if opens_draft(pressed):
                    return self._drafts.opened(pressed) or Answered(said(EXPIRED))
                return await self._dispatch.press(call, data["values"][0] if is_picker(pressed) else pressed)

    async def _privately(self, interaction: Interaction, data: Mapping[str, Any]) -> Answered:
        """Answer what came from a private message: only what a button of ours there carries the server of."""
        found = private.pressed(str(data.get("custom_id")))
        if found is None or interaction.type is not discord.InteractionType.component:
            return Answered(said(ONLY_IN_SERVERS))
        server, there = found
        manages = await private.manages(interaction.client, server, interaction.user.id)
        if not isinstance(manages, bool):
            return Answered(manages)
        call = replace(self.call(interaction), community=str(server), manager=manages, message=None)
        answered = await self._dispatch.press(call, there.text)
        return replace(answered, reply=private.Privately(answered.reply, server))

    def names(self, interaction: Interaction) -> Names:
        """The names of the interaction's server."""
        return self._names(str(interaction.guild_id)) if interaction.guild_id else Names()

    def draft(self, answered: Answered | FormErrors | Draft) -> Page | None:
        """A message with a button that opens the form, where the form itself cannot be the answer."""
        match answered:
            case FormErrors(asked, errors):
                return self._drafts.asked(asked.form, errors)
            case Draft(form, wrong):
                return self._drafts.asked(form, wrong)
            case Answered(FormAsked(form)):
                return self._drafts.asked(form, NOTHING)
            case _:
                return None


class _Answering:
    """One interaction on its way out."""

    def __init__(self, door: Door, interaction: Interaction) -> None:
        self._door = door
        self._interaction = interaction
        self._putting_off: asyncio.Task[None] | None = None
        self._acknowledged = False
        """Whether a first answer arrived, though nobody told us so."""

    async def run(self) -> None:
        """Ask, say "thinking" if that takes long, and send what comes of it."""
        loop = asyncio.get_running_loop()
        timer = loop.call_later(PUT_OFF_AFTER, self._put_off)
        try:
            answered = await self._door.ask(self._interaction)
        finally:
            timer.cancel()
        if self._putting_off is not None:
            await self._putting_off
        if not self._is_answered() and (sheet := _sheet(answered)) is not None:
            await self._first(lambda: self._interaction.response.send_modal(sheet))
            return
        names = self._door.names(self._interaction)
        draft = self._door.draft(answered)
        if draft is not None:
            await self._send(lambda: [draft], private=True, in_place=False)
        elif isinstance(answered, Answered):
            await self._answer(answered.reply, names, private=answered.private)

    def _put_off(self) -> None:
        self._putting_off = asyncio.get_running_loop().create_task(self._think())

    async def _think(self) -> None:
        try:
            await self._first(lambda: self._interaction.response.defer(ephemeral=True, thinking=True))
        except PASSED_OVER as error:
            _note(error, self._interaction)

    def _is_answered(self) -> bool:
        return self._acknowledged or self._interaction.response.is_done()

    async def _first(
        self, answer: Callable[[], Awaitable[object]], again: Callable[[], Awaitable[object]] | None = None
    ) -> None:
        """Send the first answer, once more if its line was cut; it may turn out that it had arrived."""
        try:
            await answer()
        except (aiohttp.ClientError, OSError):
            try:
                await (again or answer)()
            except discord.HTTPException as error:
                if error.code != ALREADY_ANSWERED:
                    raise
                self._acknowledged = True

    def _pressed_in_private(self) -> bool:
        message = self._interaction.message
        return message is not None and message.flags.ephemeral

    async def _answer(self, reply: Reply, names: Names, *, private: bool) -> None:
        card = reply.as_card()
        in_place = self._pressed_in_private() and not card.stays
        try:
            await self._send(lambda: rendered(reply, names, card), private=private, in_place=in_place)
        except discord.HTTPException as error:
            if error.status != 400 or error.code in (UNKNOWN_INTERACTION, ALREADY_ANSWERED):
                raise
            # Our own message was not well formed: what was done is done, and the person must not wait for nothing.
            reference = reference_code(self._interaction.id)
            what = type(reply).__name__
            log.error("Discord refused a %s (%s) %s", what, brief(error), reference, extra={"reference": reference})
            await self._send(lambda: rendered(Apology(reference), names), private=True, in_place=False)

    async def _send(self, pages: Callable[[], list[Page]], *, private: bool, in_place: bool) -> None:
        """Send what ``pages`` makes; it is made again where it is sent again, for a file can be read only once."""
        first, *rest = pages()
        in_place = in_place and not rest and not first.files
        if not self._is_answered():
            await self._first(
                lambda: self._answer_with(first, private=private, in_place=in_place),
                lambda: self._answer_with(pages()[0], private=private, in_place=in_place),
            )
            if self._acknowledged:
                await self._fill_in(pages()[0])
        else:
            # Filled in twice it reads as if once.
            await _tried_twice(lambda: self._fill_in(first), lambda: self._fill_in(pages()[0]))
        for number, page in enumerate(rest, 1):
            await self._follow_up(page, lambda number=number: pages()[number], private=private)  # type: ignore[misc]

    async def _follow_up(self, page: Page, again: Callable[[], Page], *, private: bool) -> None:
        """Send a further page; one that stands there twice is better than one that is lost with all the buttons."""

        async def send(page: Page) -> None:
            await self._interaction.followup.send(view=page.view, files=page.files, ephemeral=private)

        await _tried_twice(lambda: send(page), lambda: send(again()))

    async def _answer_with(self, page: Page, *, private: bool, in_place: bool) -> None:
        response = self._interaction.response
        if in_place:
            await response.edit_message(view=page.view)
        else:
            await response.send_message(view=page.view, files=page.files, ephemeral=private)

    async def _fill_in(self, page: Page) -> None:
        await self._interaction.edit_original_response(view=page.view, attachments=page.files)


async def _tried_twice(send: Callable[[], Awaitable[None]], again: Callable[[], Awaitable[None]]) -> None:
    try:
        await send()
    except (aiohttp.ClientError, OSError):
        await again()


def _within(interaction: Interaction) -> PlaceRef | None:
    channel = interaction.channel
    return PlaceRef(str(channel.parent_id)) if isinstance(channel, discord.Thread) else None


def _refused(interaction: Interaction) -> dict[str, str]:
    """The roles and channels that were picked and will not do, each with the reason."""
    guild = interaction.guild
    resolved = cast("Mapping[str, Any]", interaction.data).get("resolved")
    if guild is None or not resolved:
        return {}
    roles = (guild.get_role(int(id)) for id in resolved.get("roles", ()))
    channels = (guild.get_channel_or_thread(int(id)) for id in resolved.get("channels", ()))
    reasons = {str(role.id): rings_nobody(role) for role in roles if role}
    reasons |= {str(channel.id): why_not(channel) for channel in channels if channel}
    return {id: reason for id, reason in reasons.items() if reason}


def _may_write(interaction: Interaction) -> bool:
    may = interaction.permissions
    return may.send_messages_in_threads if isinstance(interaction.channel, discord.Thread) else may.send_messages


def _sheet(answered: Answered | FormErrors | Draft) -> discord.ui.Modal | None:
    """The form that is the answer, if one is; a form cannot answer a form."""
    match answered:
        case Draft(form, wrong):
            return modal(form, wrong)
        case Answered(FormAsked(form)):
            return modal(form)
        case _:
            return None


def _note(error: Exception, interaction: Interaction) -> None:
    """An answer that did not arrive. What was asked for is kept; asking again shows it."""
    reference = reference_code(interaction.id)
    code = error.code if isinstance(error, discord.HTTPException) else type(error).__name__
    log.warning("an answer did not reach Discord (%s) %s", code, reference, extra={"reference": reference})
