"""The choice of the catalog that a community is asked from."""

from __future__ import annotations

from typing import Protocol

from bot.domain.community import Platform
from bot.domain.identifiers import CommunityId
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork


class Catalogs(Protocol):
    """The catalog of each community: one for all that have no bank of their own, and one for each that has."""

    @property
    def shared(self) -> Catalog:
        """The catalog of every community without a bank of its own."""
        ...

    async def of(self, platform: Platform, community: str) -> Catalog:
        """The catalog of a community, by the platform's id."""
        ...

    def within(self, uow: UnitOfWork, community: CommunityId) -> Catalog:
        """The catalog of a community as this transaction sees its bank."""
        ...

    def latest(self, platform: Platform, community: str) -> Catalog:
        """The catalog as it was last asked for, where nothing can be waited for."""
        ...

    def changed(self, platform: Platform, community: str) -> None:
        """Take note that a change to the community's bank was committed."""
        ...
