"""Commands the documents print for those who run the bot need nothing that only its developers install."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.docs.printed import ROOT

_NAME = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)


def _locked(file: str) -> set[str]:
    return set(_NAME.findall((ROOT / file).read_text(encoding="utf-8")))


def _tools() -> set[str]:
    """The modules that `make setup` does not install."""
    only_tools = _locked("requirements-dev.lock") - _locked("requirements.lock")
    return {
        module
        for module, distributions in packages_distributions().items()
        if {re.sub(r"[-_.]+", "-", one).lower() for one in distributions} <= only_tools
    }


@pytest.mark.parametrize("module", ["tests.fakes.discord.__main__", "tests.fakes.slack.__main__", "bot.cli.main"])
def test_it_starts_after_make_setup_alone(module: str) -> None:
    tools = _tools()
    assert {"jsonschema", "pytest", "hypothesis"} <= tools
    start = f"import sys; sys.modules.update(dict.fromkeys({sorted(tools)!r})); import {module}"
    ran = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
