"""Posts, edits and private messages on Slack."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.adapters.slack.faults import APP_GONE, LIMITED, PASSING, edited, result, retry_after
from bot.adapters.slack.places import Places
from bot.adapters.slack.render import one_page, rendered_in
from bot.adapters.slack.text import is_channel
from bot.adapters.slack.web import FAILED, error_of
from bot.adapters.slack.workspaces import Workspace, Workspaces
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundRef
from bot.kit import Latest
from bot.ports.publisher import Address, EditResult, Later, NoSuchMessage, Posted, PostResult, Refused, Seen, Uncertain
from bot.replies.card import Reply

log = logging.getLogger(__name__)

WAITED_FOR = 3.0
"""Seconds of a limit that are waited for at once; a longer one is left to the scheduler."""
NOT_HERE = "Studybot is not installed in this workspace any more."
NOT_A_CHANNEL = "That is not a channel. Choose a channel, or type the command in one."
CHANNELS_KEPT = 5000
_TIMESTAMP = re.compile(r"\d+\.\d+")
"""The id by which Slack knows a message."""


class Turns:
    """One message a second and channel: Slack takes short bursts, and then none for a while."""

    def __init__(self, between: float) -> None:
        self._between = between
        self._next = Latest[tuple[str, str], float](CHANNELS_KEPT)

    async def turn(self, address: Address) -> None:
        """Wait until the channel may be posted in again."""
        key = (address.community, address.place)
        now = asyncio.get_running_loop().time()
        at = max(now, self._next.get(key, now))
        self._next[key] = at + self._between
        if at > now:
            await asyncio.sleep(at - now)


class SlackPublisher:
    """Fulfils ``Publisher`` with the workspaces we are installed in."""

    platform = Platform.SLACK

    def __init__(
        self, workspaces: Workspaces, places: Places, lost: Callable[[str], Awaitable[None]], between: float
    ) -> None:
        """``lost`` hears of a workspace whose token works no more; ``between`` is the time between two posts."""
        self._workspaces = workspaces
        self._places = places
        self._lost = lost
        self._turns = Turns(between)

    def resend_is_safe(self, address: Address, first_attempt: datetime, now: datetime) -> bool:
        """Never: Slack knows no key by which it would recognise a post."""
        return False

    @property
    def can_look_back(self) -> bool:
        """No: we do not ask for the right to read what is written in channels."""
        return False

    async def look_back(self, address: Address, round: RoundRef, since: datetime) -> MessageRef | Seen:
        """Nobody can tell."""
        return Seen.CANNOT_TELL

    async def post(self, address: Address, reply: Reply, round: RoundRef | None = None) -> PostResult:
        """Post, once: what may have arrived is never sent again."""
        # Slack would write to a person as well, and take a channel by its name, but not for the edit after it.
        if not is_channel(address.place):
            return Refused(NOT_A_CHANNEL)
        became = await self._send(address, reply)
        if isinstance(became, Posted) and not _TIMESTAMP.fullmatch(became.message):
            return Uncertain()  # said to be there, and nobody knows where
        return became

    async def _send(self, address: Address, reply: Reply) -> PostResult:
        workspace = await self._workspaces.find(address.community)
        if workspace is None:
            return Refused(NOT_HERE)
        try:
            return await self._post(workspace, address, reply)
        except FAILED as error:
            return await self._told(error, "post", address, result(error))

    async def _post(self, workspace: Workspace, address: Address, reply: Reply) -> PostResult:
        page = one_page(await rendered_in(workspace, self._places, reply), reply)
        for attempt in (1, 2):
            await self._turns.turn(address)
            try:
                sent = await workspace.poster.chat_postMessage(
                    channel=address.place,
                    text=page.text,
                    blocks=page.blocks,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            except SlackApiError as error:
                limited = error_of(error) in LIMITED and retry_after(error) <= WAITED_FOR
                if not limited or attempt == 2:
                    raise
                await asyncio.sleep(retry_after(error))
            else:
                return Posted(MessageRef(str(sent["ts"])))
        raise AssertionError("the second attempt returns or raises")

    async def edit(self, address: Address, message: MessageRef, reply: Reply) -> EditResult:
        """Replace a message of ours; it notifies nobody."""
        if not (_TIMESTAMP.fullmatch(message) and is_channel(address.place)):
            return NoSuchMessage()
        workspace = await self._workspaces.find(address.community)
        if workspace is None:
            return Refused(NOT_HERE)
        page = one_page(await rendered_in(workspace, self._places, reply), reply)
        try:
            await workspace.client.chat_update(channel=address.place, ts=message, text=page.text, blocks=page.blocks)
        except FAILED as error:
            return await self._told(error, "edit", address, edited(error))
        return Posted(message)

    async def tell(self, address: Address, user: str, reply: Reply) -> PostResult:
        """Tell one person in the app's own messages."""
        return await self._send(Address(address.community, PlaceRef(user)), reply)

    async def _told(self, error: Exception, what: str, address: Address, became: PostResult) -> PostResult:
        name = error_of(error)
        log.warning("a %s failed (%s): %s", what, type(became).__name__, name)
        if name in APP_GONE:
            await self._lost(address.community)
            return Later(PASSING)
        return became
