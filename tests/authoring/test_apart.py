"""The bot starts without what authors need, and that works without the bot."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.docs.printed import ROOT

NOT_OURS_TO_NEED = ("app", "adapters", "features", "posting", "commands", "ports", "replies", "storage", "config")
"""Rooms that a check of content has no use for."""


def loaded_by(modules: str) -> set[str]:
    """The modules a fresh interpreter has loaded after importing these."""
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print(*sys.modules)"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(ran.stdout.split())


@pytest.mark.parametrize(
    "start",
    [
        "bot.app.run",
        "bot.app.terminal, bot.app.terminal_file",
        "bot.app.discord",
        "bot.app.slack",
        "bot.cli.main, bot.__main__",
    ],
)
def test_a_start_loads_nothing_for_authors(start: str) -> None:
    loaded = loaded_by(start)
    assert "bot.domain.question" in loaded or start.startswith("bot.cli")
    assert not [module for module in loaded if module.startswith("bot.authoring")]


def test_authoring_loads_nothing_of_the_bot() -> None:
    loaded = loaded_by("bot.authoring.check, bot.authoring.figures, bot.authoring.exchange.importing")
    assert "bot.authoring.lint.rules" in loaded
    assert not [module for module in loaded if module.startswith(tuple(f"bot.{room}" for room in NOT_OURS_TO_NEED))]
