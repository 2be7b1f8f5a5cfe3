"""The catalog of each community: shared by all that have no bank of their own, made on demand for the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection

from bot.catalog.catalog import LoadedCatalog
from bot.catalog.own_catalog import OwnCatalog
from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId
from bot.kit import Latest
from bot.ports.catalog import Catalog
from bot.ports.storage import Reads, StorageFault, UnitOfWork

KEPT_AT_MOST = 64
"""Catalogs of communities with banks of their own that are kept in memory."""
LOOKED_AT_AGAIN = 30.0
"""Seconds after which another process may have changed a bank."""


class OneCatalog:
    """The same catalog for every community."""

    def __init__(self, shared: Catalog) -> None:
        self.shared = shared

    async def of(self, platform: Platform, community: str) -> Catalog:
        """The one there is."""
        return self.shared

    def within(self, uow: UnitOfWork, community: CommunityId) -> Catalog:
        """The one there is."""
        return self.shared

    def changed(self, platform: Platform, community: str) -> None:
        """Nothing here changes."""

    def latest(self, platform: Platform, community: str) -> Catalog:
        """The one there is."""
        return self.shared


class CommunityCatalogs:
    """Knows who has a bank of their own, and keeps the catalogs that were asked for last."""

    def __init__(self, shared: LoadedCatalog, reads: Reads, monotonic: Callable[[], float]) -> None:
        self.shared = shared
        self._reads = reads
        self._monotonic = monotonic
        self._having: dict[Platform, set[str]] = {}
        self._looked: dict[Platform, float] = {}
        self._made = Latest[CommunityId, tuple[int, OwnCatalog]](KEPT_AT_MOST)
        self._fresh = Latest[tuple[Platform, str], tuple[float, Catalog]](KEPT_AT_MOST)
        self._changes = 0
        self._lock = threading.Lock()

    async def of(self, platform: Platform, community: str) -> Catalog:
        """The shared one at once; one with a bank of its own as it stands."""
        now = self._monotonic()
        if community not in await self._who_has_one(platform, now):
            return self.shared
        key = (platform, community)
        with self._lock:
            changes = self._changes
            made_at, catalog = self._fresh.get(key, (now - LOOKED_AT_AGAIN, self.shared))
        if now - made_at < LOOKED_AT_AGAIN:
            return catalog
        catalog = await self._reads.read(lambda uow: self._read(uow, platform, community))
        with self._lock:
            if changes == self._changes:  # else it may have been read before the change
                self._fresh[key] = (now, catalog)
        return catalog

    def within(self, uow: UnitOfWork, community: CommunityId) -> Catalog:
        """The shared one, or one made from the bank as this transaction sees it."""
        edition = uow.own_bank.edition(community)
        if not edition:
            return self.shared
        with self._lock:
            kept = self._made.get(community)
        if kept is None or kept[0] != edition:
            own = uow.own_bank.questions(community)
            kept = (edition, OwnCatalog(self.shared, own, f"{community}-{edition}"))
            with self._lock:
                self._made[community] = kept
        return kept[1]

    def changed(self, platform: Platform, community: str) -> None:
        """Read that community's bank again when it is next asked for."""
        self._having.setdefault(platform, set()).add(community)
        with self._lock:
            self._changes += 1
            self._fresh.pop((platform, community), None)

    def latest(self, platform: Platform, community: str) -> Catalog:
        """The catalog as it was last asked for."""
        with self._lock:
            kept = self._fresh.get((platform, community))
        return kept[1] if kept else self.shared

    async def _who_has_one(self, platform: Platform, now: float) -> Collection[str]:
        """The communities that have, looked up again after a while; those that had go on being asked theirs."""
        looked = self._looked.get(platform)
        having = self._having.setdefault(platform, set())
        if looked is None or now - looked >= LOOKED_AT_AGAIN:
            try:
                having |= await self._reads.read(lambda uow: uow.own_bank.having(platform))
            except StorageFault:
                if looked is None:
                    raise
                return having
            self._looked[platform] = now
        return having

    def _read(self, uow: UnitOfWork, platform: Platform, community: str) -> Catalog:
        found = uow.communities.find(platform, community)
        return self.within(uow, found.id) if found else self.shared
