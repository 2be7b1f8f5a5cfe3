"""Errors leave in the log where and what they were, never what was in hand there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.adapters.discord.face  # noqa: F401 - shortens what its library logs, in every process that has it
from bot.cli.logs import log_to
from bot.storage.faults import Locked


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)


def fails(token: str) -> None:
    chosen = f"option b, {token}"
    raise ValueError(len(chosen))


@pytest.mark.parametrize("form", ["plain", "json"])
def test_a_traceback_carries_no_values(tmp_path: Path, form: str) -> None:
    log_to(tmp_path / "bot.log", form)
    try:
        fails("-".join(("xoxb", "secret")))
    except ValueError:
        logging.getLogger("bot.test").exception("unexpected error %s", "K7PQ2M")
    logged = (tmp_path / "bot.log").read_text()
    assert "unexpected error K7PQ2M" in logged
    assert "fails" in logged, "where it was"
    assert "ValueError" in logged
    assert "xoxb-secret" not in logged
    assert "option b, xoxb" not in logged


def test_what_storage_has_said_of_an_outage_is_not_followed_by_tracebacks(tmp_path: Path) -> None:
    """From every ring of every loop, and from whatever a library logs, for as long as it lasts."""
    log_to(tmp_path / "bot.log", "plain")
    for name in ("bot.scheduler.alarm_clock", "discord.client"):
        try:
            raise Locked("The database studybot.db is held by another program.")
        except Locked:
            logging.getLogger(name).exception("the loop failed")
    logging.getLogger("bot.test").error("something else")
    logged = (tmp_path / "bot.log").read_text()
    assert "the loop failed" not in logged
    assert "Traceback" not in logged
    assert "something else" in logged
