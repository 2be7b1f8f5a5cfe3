"""Fixtures for the contract's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.group import Group
from tests.contract.stages import ONE_EACH


@pytest.fixture(params=list(ONE_EACH))
async def group(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Group]:
    async with ONE_EACH[request.param](tmp_path) as stage:
        yield Group(stage, tmp_path / f"{request.param}.db")
