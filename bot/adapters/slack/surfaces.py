"""Where an answer appears: under the message that was pressed, in the form before someone, or in a new one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from bot.adapters.slack.cards import ANSWERS, Json, Page
from bot.adapters.slack.forms import reply_view
from bot.adapters.slack.web import FAILED, Web, error_of
from bot.adapters.slack.workspaces import Workspace
from bot.domain.identifiers import PlaceRef

log = logging.getLogger(__name__)

MALFORMED = frozenset({"invalid_blocks", "invalid_arguments", "no_text", "view_too_large", "msg_too_long"})
"""Slack's words for an answer that is our own fault."""


class Untaken(Exception):
    """Slack did not take the answer; ``reason`` is its own word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def ours(self) -> bool:
        """Return whether what we sent was not well formed."""
        return self.reason in MALFORMED or self.reason.startswith("invalid_blocks")


class Surface(Protocol):
    """Where an answer appears."""

    async def show(self, pages: list[Page], *, private: bool, in_place: bool) -> None:
        """Show the answer. ``Untaken`` if Slack does not take it."""
        ...

    async def open(self, view: Json) -> None:
        """Show a form. ``Untaken`` if Slack does not take it."""
        ...


@dataclass(frozen=True, slots=True)
class InChannel:
    """Under a command or a message: at the interaction's own address, which works where we are no member."""

    web: Web
    workspace: Workspace
    user: str
    place: PlaceRef
    url: str
    trigger: str
    ephemeral: bool = False
    """The message that was pressed is seen by this person alone."""

    async def show(self, pages: list[Page], *, private: bool, in_place: bool) -> None:
        """The first page in place of what was pressed, or below it; the rest below."""
        replace = in_place and self.ephemeral and len(pages) == 1
        at_address, beyond = pages[:ANSWERS], pages[ANSWERS:]
        for position, page in enumerate(at_address):
            refused = await self.web.respond(self.url, message(page, private=private, replace=replace))
            if refused is not None:
                await self._otherwise(pages[position:], refused)
                return
        if beyond:
            await _directly(self.workspace, self.user, beyond)

    async def _otherwise(self, pages: list[Page], reason: str) -> None:
        """The address was used up or is too old: the same, to this person alone, another way."""
        if Untaken(reason).ours:
            raise Untaken(reason)
        log.info("an answer did not reach its address (%s)", reason)
        for position, page in enumerate(pages):
            try:
                await self.workspace.client.chat_postEphemeral(
                    channel=self.place, user=self.user, text=page.text, blocks=page.blocks
                )
            except FAILED:
                await _directly(self.workspace, self.user, pages[position:])
                return

    async def open(self, view: Json) -> None:
        """A form over the channel."""
        await _opened(self.workspace, self.trigger, view)


@dataclass(frozen=True, slots=True)
class InModal:
    """In the form or the reply that lies open before someone."""

    workspace: Workspace
    view: str
    hash: str
    place: PlaceRef

    async def show(self, pages: list[Page], *, private: bool, in_place: bool) -> None:
        """In its place."""
        await self.open(reply_view(pages, self.place))

    async def open(self, view: Json) -> None:
        """In its place; what was changed by another press meanwhile stays."""
        try:
            await self.workspace.client.views_update(view_id=self.view, hash=self.hash or None, view=view)
        except FAILED as error:
            if error_of(error) != "hash_conflict":
                raise Untaken(error_of(error)) from error


@dataclass(frozen=True, slots=True)
class OverAll:
    """A new modal: over the Home tab, or for a shortcut."""

    workspace: Workspace
    user: str
    trigger: str
    place: PlaceRef

    async def show(self, pages: list[Page], *, private: bool, in_place: bool) -> None:
        """Over what they see; in the app's own messages where the right to open it has ended."""
        try:
            await self.open(reply_view(pages, self.place))
        except Untaken as untaken:
            if untaken.ours:
                raise
            log.info("an answer could not be opened (%s)", untaken.reason)
            await _directly(self.workspace, self.user, pages)

    async def open(self, view: Json) -> None:
        """Over what they see."""
        await _opened(self.workspace, self.trigger, view)


async def _directly(workspace: Workspace, user: str, pages: list[Page]) -> None:
    """In the app's own messages to a person."""
    for page in pages:
        try:
            await workspace.poster.chat_postMessage(
                channel=user, text=page.text, blocks=page.blocks, unfurl_links=False, unfurl_media=False
            )
        except FAILED as error:
            raise Untaken(error_of(error)) from error


async def _opened(workspace: Workspace, trigger: str, view: Json) -> None:
    try:
        await workspace.client.views_open(trigger_id=trigger, view=view)
    except FAILED as error:
        raise Untaken(error_of(error)) from error


def message(page: Page, *, private: bool = True, replace: bool = False) -> dict[str, Any]:
    """A page as the answer to an interaction."""
    return {
        "response_type": "ephemeral" if private else "in_channel",
        "replace_original": replace,
        "text": page.text,
        "blocks": page.blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }
