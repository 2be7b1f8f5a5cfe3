"""``studybot mcp`` as a process, and without its library."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from bot.app.core import Broken
from bot.app.mcp import serve
from bot.config import Settings
from tests.adapters.mcp.program import Program
from tests.cli.running import ROOT


@pytest.mark.slow
async def test_nothing_but_the_protocol_is_on_its_output(tmp_path: Path) -> None:
    command = f"exec '{sys.executable}' -m bot mcp 2>said | tee wire"
    process = StdioServerParameters(
        command="sh", args=["-c", command], cwd=tmp_path, env={"PYTHONPATH": str(ROOT), "TZ": "UTC"}
    )
    async with Client(process) as client:
        one = Program(client)
        assert "press" in [tool.name for tool in await one.tools()]
        assert "Question 1" in await one.call("daily")
        assert "AI Engineer" in await one.call("role", name="ai engineer")
    lines = (tmp_path / "wire").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["jsonrpc"] for line in lines} == {"2.0"}
    assert (tmp_path / "said").read_text() == "Studybot serves a program over MCP here. Ctrl+C ends it.\n"
    assert (tmp_path / "studybot-chat.db").exists()


async def test_without_its_library_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.stdio", None)
    with pytest.raises(Broken, match=r'`pip install "studybot\[mcp\]"`'):
        await serve(Settings(), f"sqlite:///{tmp_path}/chat.db")
    assert not (tmp_path / "chat.db").exists()
