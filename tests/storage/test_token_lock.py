"""One process per bot token on PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.storage.faults import StorageInUse
from bot.storage.token_lock import TokenLock
from tests.cli.running import ROOT, studybot
from tests.fakes.discord import FakeDiscord
from tests.storage.conftest import ON_POSTGRES, on_server

pytestmark = ON_POSTGRES
TOKENS = {"DISCORD_TOKEN": "MQ.secret.token"}


@pytest.fixture
def locks(postgres_url: str) -> Iterator[tuple[TokenLock, TokenLock]]:
    with ExitStack() as end:
        pair = TokenLock(postgres_url, TOKENS), TokenLock(postgres_url, TOKENS)
        for lock in pair:
            end.callback(lock.release)
        yield pair


def test_a_second_with_the_same_token_is_refused_until_the_first_lets_go(locks: tuple[TokenLock, TokenLock]) -> None:
    first, second = locks
    first.hold()
    with pytest.raises(StorageInUse) as refused:
        second.hold()
    assert "Another Studybot works with the same DISCORD_TOKEN" in refused.value.sentence
    assert "secret" not in refused.value.sentence
    first.hold()
    first.release()
    second.hold()


def test_others_with_other_tokens_are_not_kept_out(locks: tuple[TokenLock, TokenLock], postgres_url: str) -> None:
    locks[0].hold()
    other = TokenLock(postgres_url, {"DISCORD_TOKEN": "MQ.other.token", "SLACK_BOT_TOKEN": "MQ.secret.token"})
    other.hold()
    other.release()


def test_a_lock_lost_with_its_line_is_taken_again_or_is_somebody_elses(
    locks: tuple[TokenLock, TokenLock], postgres_url: str
) -> None:
    first, second = locks
    first.hold()
    cut(postgres_url)
    first.hold()
    with pytest.raises(StorageInUse):
        second.hold()
    cut(postgres_url)
    second.hold()
    with pytest.raises(StorageInUse):
        first.hold()


def cut(url: str) -> None:
    """Every connection to the database ends, as when the server starts again."""
    name = sa.make_url(url).database
    with psycopg.connect(on_server(url, "postgres"), autocommit=True) as server:
        server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


async def test_a_second_run_refuses_before_it_connects(postgres_url: str, tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        settings = {
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "STUDYBOT_DATABASE_URL": postgres_url,
        }
        first = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert first.stdout
        while not (await first.stdout.readline()).startswith(b"Discord: connected"):
            assert first.returncode is None
        second = await asyncio.to_thread(lambda: studybot(tmp_path, "run", **settings))
        assert second.returncode == 3
        assert second.stderr.startswith("Another Studybot works with the same DISCORD_TOKEN on the database")
        assert discord.token not in second.stdout + second.stderr
        assert "connected" not in second.stdout
        first.send_signal(signal.SIGTERM)
        await first.communicate()
        assert first.returncode == 0
