"""A folder that commands run in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.in_process import InFolder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InFolder:
    return InFolder(tmp_path, monkeypatch)
