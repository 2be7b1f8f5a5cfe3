"""Every face's stages, found by the table of faces: ``tests/contract/<face>_stage.py`` lists them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pathlib import Path

from bot.app.faces import BESIDE, CONNECTED, PREVIEWS
from tests.contract.discord_stage import DiscordStage
from tests.contract.slack_stage import SlackStage
from tests.contract.terminal_stage import TerminalStage

OnPlatform = Callable[[Path], AbstractAsyncContextManager[DiscordStage | SlackStage]]
OnAny = Callable[[Path], AbstractAsyncContextManager[TerminalStage | DiscordStage | SlackStage]]


def _of(face: str) -> dict[str, OnPlatform]:
    stages: dict[str, OnPlatform] = import_module(f"tests.contract.{face}_stage").STAGES
    return stages


def _all(faces: Iterable[str]) -> dict[str, OnPlatform]:
    return {name: stage for face in faces for name, stage in _of(face).items()}


ASKED_ON = [face for face in PREVIEWS if face not in {beside.command for beside in BESIDE}]
ALL: dict[str, OnAny] = {**_all(ASKED_ON)}
ONE_EACH: dict[str, OnAny] = {face: ALL[face] for face in ASKED_ON}
"""A face's own name is that of the stage to take where one does."""
PLATFORMS = _all(face.platform.value for face in CONNECTED)
ONE_OF_EACH_PLATFORM = {face.platform.value: PLATFORMS[face.platform.value] for face in CONNECTED}
