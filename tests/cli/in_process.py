"""Run ``studybot`` inside the test's process: the same command line without the second a start takes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.main import app
from bot.cli.settings import PREFIXES


class InFolder:
    """A folder to run commands in, with nothing set but what is given."""

    def __init__(self, path: Path, patch: pytest.MonkeyPatch) -> None:
        self.path = path
        for name in os.environ:
            if name.startswith(PREFIXES):
                patch.delenv(name)
        patch.chdir(path)

    def run(self, *words: str, typed: str = "", **environ: str) -> Result:
        result = CliRunner().invoke(app, words, input=typed, env=environ)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def env_file(self, content: str | bytes) -> None:
        path = self.path / ".env"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(0o600)
