"""What the contract's tests share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.group import STAGES, Group


@pytest.fixture(params=list(STAGES))
async def group(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Group]:
    file, open_stage = STAGES[request.param]
    async with open_stage(tmp_path) as stage:
        yield Group(stage, tmp_path / file)
