"""The workspaces that installed the app themselves, as they are kept in the database: their tokens encrypted."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.adapters.slack.web import Web
from bot.adapters.slack.workspaces import Workspace
from bot.ports.clock import Clock
from bot.ports.installations import Installation
from bot.ports.storage import Reads, Transact, UnitOfWork

log = logging.getLogger(__name__)


class Seal:
    """Encrypts with the first key, and opens with any: so that a key can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._box = MultiFernet([Fernet(key) for key in keys])

    def close(self, token: str) -> str:
        """The token as it is kept."""
        return self._box.encrypt(token.encode()).decode()

    def open(self, sealed: str) -> str:
        """The token behind what was kept. ``InvalidToken`` if its key is not set any more."""
        return self._box.decrypt(sealed.encode()).decode()

    def opens(self, sealed: str, token: str | None) -> bool:
        """Return whether this token is behind what was kept."""
        try:
            return self.open(sealed) == token
        except InvalidToken:
            return False


class KeptWorkspaces:
    """Fulfils ``Workspaces`` from the installations that are kept, and changes none."""

    def __init__(self, web: Web, reads: Reads, seal: Seal) -> None:
        self._web = web
        self._reads = reads
        self._seal = seal
        self._open: dict[str, Workspace] = {}
        """Those looked up since the start; tokens are decrypted once."""

    async def find(self, team: str | None, enterprise: str | None = None) -> Workspace | None:
        """The workspace of a team, or of the organisation that installed the app for all its teams."""
        for id in (team, enterprise):
            if id and (found := self._open.get(id) or await self._look_up(id)):
                return found
        return None

    async def _look_up(self, id: str) -> Workspace | None:
        kept = await self._reads.read(lambda uow: uow.installations.find(id))
        if kept is None:
            return None
        try:
            token = self._seal.open(kept.sealed_token)
        except InvalidToken:
            log.error("a workspace's token cannot be decrypted: STUDYBOT_SECRET_KEY lacks the key it was kept with")
            return None
        made = Workspace(id, self._web.client(token), self._web.poster(token), kept.bot_user)
        self._open[id] = made
        return made

    async def present(self) -> frozenset[str]:
        """The ids of all of them."""
        return frozenset(await self._reads.read(lambda uow: uow.installations.workspaces()))

    async def installed_by(self, id: str, user: str) -> bool:
        """Asked each time: who installed the app may have had that forgotten."""
        kept = await self._reads.read(lambda uow: uow.installations.find(id))
        return kept is not None and kept.installer == user


class InstalledWorkspaces(KeptWorkspaces):
    """The same for a running bot, where the app is installed and removed."""

    def __init__(self, web: Web, transact: Transact, clock: Clock, seal: Seal) -> None:
        super().__init__(web, transact, seal)
        self._transact = transact
        self._clock = clock

    async def keep(self, id: str, token: str, bot_user: str, installer: str) -> None:
        """Installed, or installed again: the token before is forgotten."""
        made = Installation(id, self._seal.close(token), bot_user, installer, self._clock.now())
        await self._transact.write(lambda uow: uow.installations.save(made))
        self._open.pop(id, None)

    async def gone(self, workspace: Workspace) -> bool:
        """The app was removed there: its token is forgotten at once, unless it is another by now."""

        def forget(uow: UnitOfWork) -> bool:
            kept = uow.installations.find(workspace.id)
            if kept is not None and self._seal.opens(kept.sealed_token, workspace.client.token):
                return uow.installations.delete(workspace.id)
            return kept is None

        self._open.pop(workspace.id, None)
        return await self._transact.write(forget)
