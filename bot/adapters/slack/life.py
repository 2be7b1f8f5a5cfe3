"""Workspaces and channels that come and go: what is stored is kept in step with what Slack tells."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from bot.adapters.slack.faults import NOT_TAKEN
from bot.adapters.slack.home import Home
from bot.adapters.slack.places import Places
from bot.adapters.slack.web import FAILED, error_of
from bot.adapters.slack.workspaces import ChangingWorkspaces, Workspace
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.kit import Latest
from bot.ports.clock import Clock
from bot.ports.publisher import Address, Publisher
from bot.ports.storage import Transact, UnitOfWork
from bot.posting import places
from bot.posting.claiming import NO_PLACE
from bot.posting.places import PlaceFate
from bot.replies.helping import Greeted

log = logging.getLogger(__name__)

T = TypeVar("T")

HERE = Platform.SLACK
REMEMBERED = 4096
"""Events kept to know one that is delivered again."""

Event = Mapping[str, Any]


class Life:
    """Hears events; each is taken once, in whatever order they come."""

    def __init__(
        self,
        transact: Transact,
        clock: Clock,
        workspaces: ChangingWorkspaces,
        publisher: Publisher,
        places: Places,
        home: Home,
        wake: Callable[[], None],
        say: Callable[[str], None],
        subject: str = "",
    ) -> None:
        """``subject`` is what those who install the app are greeted with."""
        self._subject = subject
        self._transact = transact
        self._clock = clock
        self._workspaces = workspaces
        self._publisher = publisher
        self._places = places
        self._home = home
        self._wake = wake
        self._say = say
        self._kept = Latest[str, bool](REMEMBERED)
        self._hearing: dict[str, asyncio.Task[None]] = {}
        # Who removes us and asks us back at once must not be taken the other way round.
        self._in_turn = asyncio.Lock()

    async def ready(self) -> None:
        """Connected: catch up with what came and went while nobody listened."""
        present = await self._workspaces.present()
        now = self._clock.now()
        async with self._in_turn:
            gone = await self._transact.write(lambda uow: places.reconcile(uow, HERE, present, now))
        if gone:
            log.info("%d workspaces were left while we were away", len(gone))

    async def installed(self, id: str, installer: str) -> None:
        """Installed: resume what stood still, or tell the person who did it where to begin."""
        now = self._clock.now()
        async with self._in_turn:
            back = await self._transact.write(lambda uow: places.came_back(uow, HERE, id, now))
        self._say("Slack: installed in a workspace.")
        if back:
            self._wake()
        elif installer:
            await self._publisher.tell(Address(id, NO_PLACE), installer, Greeted(False, self._subject))

    async def lost(self, id: str) -> None:
        """The app was removed: nothing more is posted there, and after a while everything is erased."""
        now = self._clock.now()
        async with self._in_turn:
            workspace = await self._workspaces.find(id)
            if workspace is not None and (await _works(workspace) or not await self._workspaces.gone(workspace)):
                return  # removed and installed again; Slack promises no order
            if await self._transact.write(lambda uow: places.left(uow, HERE, id, now)):
                self._say("Slack: removed from a workspace. Its daily questions stop; its data is erased in a week.")

    async def hear(self, payload: Event) -> None:
        """Something happened; one that is told twice happened once. Raises if it could not be kept."""
        id = str(payload.get("event_id") or "")
        if id in self._kept:
            return
        if (hearing := self._hearing.get(id)) is None:
            hearing = asyncio.get_running_loop().create_task(self._hear(payload, payload.get("event") or {}))
            if id:
                self._hearing[id] = hearing
                hearing.add_done_callback(lambda done: self._heard(id, done))
        # Slack sends it again after three seconds; the second delivery waits for the first to finish.
        await asyncio.shield(hearing)

    def _heard(self, id: str, hearing: asyncio.Task[None]) -> None:
        del self._hearing[id]
        if hearing.cancelled() or hearing.exception() is not None:
            return  # not acknowledged, it is told again
        self._kept[id] = True

    async def _hear(self, payload: Event, event: Event) -> None:
        workspace = await self._workspaces.find(*_where(payload))
        if workspace is None:
            return
        # What lacks something is passed over: Slack would send it again as it is.
        match event:
            case {"type": "app_home_opened", "user": str(user)} if event.get("tab", "home") == "home":
                self._home.opened(workspace, user)
            case {"type": "app_uninstalled"}:
                await self.lost(workspace.id)
            case {"type": "tokens_revoked", "tokens": {"bot": [_, *_]}}:
                await self.lost(workspace.id)
            case {"type": "channel_deleted", "channel": str(channel)}:
                await self._place_gone(workspace, channel, PlaceFate.DELETED)
            case {"type": "channel_archive", "channel": str(channel)}:
                await self._place_gone(workspace, channel, PlaceFate.ARCHIVED)
            case {"type": "channel_unarchive", "channel": str(channel)}:
                await self._place_back(workspace, channel)
            case {"type": "channel_id_changed", "old_channel_id": str(old), "new_channel_id": str(new)}:
                await self._place_moved(workspace, old, new)
            case _:
                pass

    async def _place_gone(self, workspace: Workspace, place: str, fate: PlaceFate) -> None:
        self._places.renamed(place)
        await self._change(
            workspace, lambda uow, now: places.place_gone(uow, HERE, workspace.id, PlaceRef(place), now, fate)
        )

    async def _place_back(self, workspace: Workspace, place: str) -> None:
        if await self._change(
            workspace, lambda uow, now: places.place_usable(uow, HERE, workspace.id, PlaceRef(place), now)
        ):
            self._wake()

    async def _place_moved(self, workspace: Workspace, old: str, new: str) -> None:
        await self._change(
            workspace,
            lambda uow, now: places.place_moved(uow, HERE, workspace.id, PlaceRef(old), PlaceRef(new), now),
        )

    async def _change(self, workspace: Workspace, change: Callable[[UnitOfWork, datetime], T]) -> T | None:
        """Change what is kept of a workspace, if anything is."""
        now = self._clock.now()
        if not await self._transact.read(lambda uow: bool(uow.communities.find(HERE, workspace.id))):
            return None
        return await self._transact.write(lambda uow: change(uow, now))


async def _works(workspace: Workspace) -> bool:
    """Return whether the token there still works, as far as can be told."""
    try:
        await workspace.client.auth_test()
    except FAILED as error:
        return error_of(error) not in NOT_TAKEN
    return True


def _where(payload: Event) -> tuple[str | None, str | None]:
    """The team in which the app is installed, and its organisation; a shared channel's event may name another team."""
    installed: Event = next(iter(payload.get("authorizations") or ()), {})
    return (
        installed.get("team_id") or payload.get("team_id") or payload.get("context_team_id"),
        installed.get("enterprise_id") or payload.get("enterprise_id") or payload.get("context_enterprise_id"),
    )
