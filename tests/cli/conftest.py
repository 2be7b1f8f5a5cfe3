"""Fixtures for tests of the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.in_process import InFolder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InFolder:
    return InFolder(tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def log_is_given_back() -> Iterator[None]:
    """A command that runs in this process sends its log elsewhere; what comes after it must not go there too."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(before):
        handler.close()
    root.handlers[:] = [
        handler for handler in root.handlers if handler in before or type(handler).__module__.startswith("_pytest")
    ]
    root.setLevel(level)
