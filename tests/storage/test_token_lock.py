"""One process per bot token, on one computer and on one PostgreSQL server."""

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

TOKENS = {"DISCORD_TOKEN": "MQ.secret.token"}


@pytest.fixture
def locks(postgres_url: str, tmp_path: Path) -> Iterator[tuple[TokenLock, TokenLock]]:
    """Two computers with one server."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    with ExitStack() as end:
        pair = TokenLock(postgres_url, TOKENS, one), TokenLock(postgres_url, TOKENS, other)
        for lock in pair:
            end.callback(lock.release)
        yield pair


@ON_POSTGRES
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


def test_who_is_refused_one_token_holds_none_of_the_others(tmp_path: Path) -> None:
    url, second = "sqlite:///not-opened.db", {"SLACK_BOT_TOKEN": "xoxb-second", **TOKENS}
    first, refused = TokenLock(url, TOKENS, tmp_path), TokenLock(url, second, tmp_path)
    first.hold()
    with pytest.raises(StorageInUse, match="on this computer works with the same DISCORD_TOKEN"):
        refused.hold()
    other = TokenLock(url, {"SLACK_BOT_TOKEN": "xoxb-second"}, tmp_path)
    other.hold()
    other.release()
    first.release()
    refused.hold()
    refused.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take an open file away")
def test_a_lock_whose_file_was_swept_away_is_taken_again_or_is_somebody_elses(tmp_path: Path) -> None:
    """A file without a name keeps nobody out: whoever comes makes another."""
    url = "sqlite:///not-opened.db"
    first, second = TokenLock(url, TOKENS, tmp_path), TokenLock(url, TOKENS, tmp_path)
    first.hold()
    sweep(tmp_path)
    first.hold()
    with pytest.raises(StorageInUse):
        second.hold()
    sweep(tmp_path)
    second.hold()
    with pytest.raises(StorageInUse):
        first.hold()
    second.hold()
    second.release()
    first.hold()
    first.release()


def sweep(folder: Path) -> None:
    """Old files in a temporary folder are removed."""
    (lock,) = folder.glob("studybot-*.lock")
    lock.unlink()


@ON_POSTGRES
def test_others_with_other_tokens_are_not_kept_out(
    locks: tuple[TokenLock, TokenLock], postgres_url: str, tmp_path: Path
) -> None:
    locks[0].hold()
    other = TokenLock(postgres_url, {"DISCORD_TOKEN": "MQ.other.token", "SLACK_BOT_TOKEN": "MQ.secret.token"}, tmp_path)
    other.hold()
    other.release()


@ON_POSTGRES
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
        server.execute(f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{name}'")


@ON_POSTGRES
async def test_a_second_run_refuses_before_it_connects(postgres_url: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "another-computer"
    elsewhere.mkdir()
    second = await second_run(tmp_path, postgres_url, postgres_url, TMPDIR=str(elsewhere))
    assert second.startswith("Another Studybot works with the same DISCORD_TOKEN on the database")


async def test_a_second_run_on_another_file_refuses_before_it_connects(tmp_path: Path) -> None:
    files = (f"sqlite:///{tmp_path}/{name}.db" for name in ("one", "other"))
    second = await second_run(tmp_path, *files)
    assert second.startswith("Another Studybot on this computer works with the same DISCORD_TOKEN.")
    assert "Stop that one first, or use another app." in second


async def second_run(tmp_path: Path, url: str, other_url: str, **more: str) -> str:
    """Start a bot, and another with its token on another database; what the second one says."""
    async with FakeDiscord() as discord:
        settings = {
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "STUDYBOT_DATABASE_URL": url,
        }
        first = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), **settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        assert first.stdout
        while not (await first.stdout.readline()).startswith(b"Discord: connected"):
            assert first.returncode is None
        others = {**settings, "STUDYBOT_DATABASE_URL": other_url, **more}
        second = await asyncio.to_thread(lambda: studybot(tmp_path, "run", **others))
        assert second.returncode == 3
        assert discord.token not in second.stdout + second.stderr
        assert "connected" not in second.stdout
        first.send_signal(signal.SIGTERM)
        await first.communicate()
        assert first.returncode == 0
        return second.stderr
