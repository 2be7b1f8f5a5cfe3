"""The running bot on a Discord of the tests' own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.discord_stage import DiscordStage, discord_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[DiscordStage]:
    """A server in which ``boss`` has set up a daily question in #general, the first of which stands there."""
    async with discord_stage(tmp_path) as found:
        yield found
