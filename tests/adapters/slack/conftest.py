"""The running bot on a Slack of the tests' own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.slack_stage import SlackOverHttp, SlackStage, slack_http_stage, slack_stage
from tests.fakes.loop_time import LoopTime, loop_time


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[SlackStage]:
    """A workspace in which ``boss`` has set up a daily question in #general, the first of which stands there."""
    async with slack_stage(tmp_path) as found:
        yield found


@pytest.fixture
async def over_http(tmp_path: Path) -> AsyncIterator[SlackOverHttp]:
    """The same in HTTP mode."""
    async with slack_http_stage(tmp_path) as found:
        yield found


@pytest.fixture
async def hurry() -> AsyncIterator[LoopTime]:
    """The clock of the running loop, which goes on by itself until it is stopped."""
    with loop_time(stopped=False) as time:
        yield time
