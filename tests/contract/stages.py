"""Every face's stages, found by the table of faces: ``tests/contract/<face>_stage.py`` lists them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pathlib import Path

from bot.app.faces import CONNECTED, PREVIEWS
from bot.domain.community import Platform
from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.terminal_stage import TerminalStage

OnPlatform = Callable[[Path], AbstractAsyncContextManager[DiscordStage | SlackStage]]
OnAny = Callable[[Path], AbstractAsyncContextManager[TerminalStage | DiscordStage | SlackStage]]


def _of(platform: Platform) -> dict[str, OnPlatform]:
    stages: dict[str, OnPlatform] = import_module(f"tests.contract.{platform.value}_stage").STAGES
    return stages


def _all(platforms: Iterable[Platform]) -> dict[str, OnPlatform]:
    return {name: stage for platform in platforms for name, stage in _of(platform).items()}


ALL: dict[str, OnAny] = {**_all(PREVIEWS)}
ONE_EACH: dict[str, OnAny] = {platform.value: ALL[platform.value] for platform in PREVIEWS}
"""A face's own name is that of the stage to take where one does."""
PLATFORMS = _all(face.platform for face in CONNECTED)
ONE_OF_EACH_PLATFORM = {face.platform.value: PLATFORMS[face.platform.value] for face in CONNECTED}
