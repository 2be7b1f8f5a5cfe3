"""Pictures of sections of the page, taken by a Chromium without a window."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCALE = 1.5
COLOURS = "64"
PATIENCE = 30
"""Seconds for Chromium to start, and for each of its answers."""


class NoBrowser(Exception):
    """Nothing here takes pictures; the sentence says what to install."""


class Tab:
    """The page, open in a browser that listens to us."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._ids = itertools.count(1)

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser for something and wait for its answer."""
        id = next(self._ids)
        await self._socket.send_json({"id": id, "method": method, "params": params})
        async with asyncio.timeout(PATIENCE):
            while True:
                said = await self._socket.receive_json()
                if said.get("id") == id:
                    result: dict[str, Any] = said["result"]
                    return result

    async def open(self, address: str) -> None:
        """Go there and wait until the page stands."""
        await self.ask("Page.navigate", url=address)
        stands = "new Promise(go => document.readyState === 'complete' ? go() : addEventListener('load', () => go()))"
        await self.ask("Runtime.evaluate", expression=stands, awaitPromise=True)


async def take(address: str, pictures: Mapping[str, Path], light: str) -> None:
    """A picture of each section named, light or dark, as a PNG at its path."""
    async with _opened(address) as tab:
        await tab.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": light}])
        for id, path in pictures.items():
            box = f"document.getElementById({id!r}).getBoundingClientRect().toJSON()"
            found = await tab.ask("Runtime.evaluate", expression=box, returnByValue=True)
            clip = {name: found["result"]["value"][name] for name in ("x", "y", "width", "height")}
            shot = await tab.ask("Page.captureScreenshot", clip=clip | {"scale": SCALE}, captureBeyondViewport=True)
            path.write_bytes(_smaller(base64.b64decode(shot["data"])))


@asynccontextmanager
async def _opened(page: str) -> AsyncIterator[Tab]:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise NoBrowser("Taking the pictures needs Chromium. On Debian and Ubuntu: sudo apt install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = await asyncio.create_subprocess_exec(
            browser,
            "--headless",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "--window-size=800,1000",
            # Chromium refuses its sandbox to root; the one page it opens is our own.
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "about:blank",
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
                listening = await _listening(running)
                async with session.get(f"http://{listening}/json/list") as answer:
                    tabs = await answer.json(content_type=None)
                url = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
                tab = Tab(await session.ws_connect(url, max_msg_size=0))
                await tab.open(page)
                yield tab
        finally:
            running.terminate()
            await running.wait()


async def _listening(running: asyncio.subprocess.Process) -> str:
    """Where the browser listens; it says so among other things."""
    assert running.stderr is not None
    async for line in running.stderr:
        if b"DevTools listening on ws://" in line:
            return line.decode().partition("ws://")[2].partition("/")[0]
    raise NoBrowser("Chromium ended before it could take a picture.")


def _smaller(png: bytes) -> bytes:
    """The same picture in few colours where pngquant is installed: a quarter of the size."""
    if shutil.which("pngquant") is None:
        return png
    quant = ["pngquant", "--speed", "1", "--strip", "--nofs", COLOURS, "-"]
    return subprocess.run(quant, input=png, stdout=subprocess.PIPE, check=True).stdout
