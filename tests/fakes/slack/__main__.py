"""A Slack to play with: ``python -m tests.fakes.slack --port 8720``."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from tests.fakes.slack.clock import RealClock
from tests.fakes.slack.demo import Demo
from tests.fakes.slack.server import AS_PATIENT, FakeSlack


async def serve(port: int) -> None:
    """Serve a demo workspace until told to quit; without any input, until interrupted."""
    async with FakeSlack(port=port, clock=RealClock(), patience=AS_PATIENT) as slack:
        demo = Demo(slack, print)
        demo.greet()
        watching = asyncio.create_task(demo.watch())
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := await lines.readline():
            if not await demo.act(line.decode()):
                watching.cancel()
                break
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        slack.forgive()


def main() -> None:
    """Read the port and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.slack", description="A small fake Slack.")
    parser.add_argument("--port", type=int, default=8720)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
