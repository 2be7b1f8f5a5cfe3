"""The command line, run as a person would."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.running import ROOT, studybot

COMMANDS = ("run", "chat", "init", "doctor", "backup", "content", "db", "commands")


def test_help_names_every_command(tmp_path: Path) -> None:
    told = studybot(tmp_path, "--help")
    assert told.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in told.stdout
    for name in COMMANDS:
        assert studybot(tmp_path, name, "--help").returncode == 0


def test_run_without_a_platform_says_what_to_set(tmp_path: Path) -> None:
    told = studybot(tmp_path, "run")
    assert told.returncode == 2
    for word in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "studybot init", "studybot chat"):
        assert word in told.stderr


def test_chat_reads_a_script_and_prints_plain_lines(tmp_path: Path) -> None:
    told = studybot(tmp_path, "chat", typed="A\n/progress\nquit\n")
    assert told.returncode == 0, told.stderr
    assert "Question 1" in told.stdout
    assert "1 in a row" in told.stdout
    assert "\x1b" not in told.stdout
    assert (tmp_path / "studybot-chat.db").exists()
    assert not (tmp_path / "studybot.db").exists(), "a real bot's database is not touched"
    again = studybot(tmp_path, "chat", typed="/progress\n")
    assert "1 in a row" in again.stdout
    assert "Posted in" not in again.stdout


def test_a_week_of_tomorrows_earns_a_freeze(tmp_path: Path) -> None:
    told = studybot(tmp_path, "chat", typed="A\ntomorrow\n" * 7 + "/progress\n")
    assert "7 in a row, 2 freezes" in told.stdout


def test_the_terminal_needs_neither_discord_nor_slack_nor_alembic_when_up_to_date(tmp_path: Path) -> None:
    studybot(tmp_path, "chat", typed="quit\n")
    told = studybot(tmp_path, "chat", typed="A\nquit\n", PYTHONPROFILEIMPORTTIME="1")
    assert told.returncode == 0
    imported = {line.rsplit("|", 1)[-1].strip() for line in told.stderr.splitlines() if "|" in line}
    assert "sqlalchemy" in imported
    for heavy in ("discord", "slack_bolt", "slack_sdk", "alembic", "prompt_toolkit", "apscheduler", "aiohttp"):
        assert heavy not in imported


def test_init_writes_env_for_its_owner_only_and_runs_the_doctor(tmp_path: Path) -> None:
    told = studybot(tmp_path, "init", typed="\n\n\n\nhttps://example.org/help\n")
    assert told.returncode == 0, told.stderr + told.stdout
    env = tmp_path / ".env"
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    assert "STUDYBOT_SUPPORT_URL=https://example.org/help" in env.read_text(encoding="utf-8")
    assert "Everything is well. No platform is set" in told.stdout
    kept = studybot(tmp_path, "init", typed="\n\n\n\n\n")
    assert kept.returncode == 0
    assert "https://example.org/help" in env.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("123456789012345678\n\n\n\n\n\n", "DISCORD_TOKEN must have three parts"),
        ("the client secret\n\n\n\n\n\n", "DISCORD_TOKEN must have three parts"),
        ("\nxapp-1-2\n\n\n\n\n", "SLACK_BOT_TOKEN must begin with xoxb-; this looks like Slack's app-level token"),
        ("\n\nxoxb-1-2\n\n\n\n", "SLACK_APP_TOKEN must begin with xapp-; this looks like Slack's bot token"),
        ("\n\n\nmysql://somewhere\n\n\n", "STUDYBOT_DATABASE_URL must begin with sqlite:///"),
        ("\n\n\n\nme@example.org\n\n", "STUDYBOT_SUPPORT_URL must begin with https://"),
    ],
)
def test_init_asks_again_for_what_cannot_be_right(tmp_path: Path, typed: str, says: str) -> None:
    told = studybot(tmp_path, "init", typed=typed)
    assert says in told.stderr
    assert typed.strip() not in (tmp_path / ".env").read_text(encoding="utf-8")


def test_init_leaves_every_other_line_as_it_is(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("# ours, since May\nOTHER='a b'\nSTUDYBOT_SUPPORT_URL=https://example.org\n", encoding="utf-8")
    told = studybot(tmp_path, "init", typed="\n\n\nsqlite:///my bot.db\n-\n")
    assert told.returncode == 0, told.stderr + told.stdout
    expected = "# ours, since May\nOTHER='a b'\nSTUDYBOT_DATABASE_URL='sqlite:///my bot.db'\n"
    assert env.read_text(encoding="utf-8") == expected
    assert stat.S_IMODE(env.stat().st_mode) == 0o600


def test_the_version_is_told(tmp_path: Path) -> None:
    assert studybot(tmp_path, "--version").stdout == f"studybot {version('studybot')}\n"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("STUDYBOT_DATABASE_URL", "mysql://x/y", "must begin with sqlite:/// or postgresql://"),
        ("STUDYBOT_LOG_FORMAT", "xml", "plain"),
        ("STUDYBOT_SUPPORT_URL", "javascript:alert(1)", "must begin with https://"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(tmp_path: Path, name: str, value: str, told: str) -> None:
    examined = studybot(tmp_path, "doctor", **{name: value})
    assert examined.returncode == 1
    assert f"WRONG  {name}: " in examined.stdout
    assert told in examined.stdout
    chatted = studybot(tmp_path, "chat", typed="quit\n", **{name: value})
    assert chatted.returncode == 2
    assert name in chatted.stderr
    assert "Traceback" not in chatted.stderr


def test_doctor_says_what_is_wrong_with_each_thing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("STUDYBOT_LOG_FORMAT=plain\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    (tmp_path / "studybot.db").write_text("this is no database at all, only some words in a file", encoding="utf-8")
    told = studybot(tmp_path, "doctor", STUDYBOT_CONTENT_DIR=str(tmp_path / "nowhere"))
    assert told.returncode == 1
    assert "chmod 600 .env" in told.stdout
    assert "WRONG  Content" in told.stdout
    assert "WRONG  Database" in told.stdout
    assert "Traceback" not in told.stderr + told.stdout


def test_backup_copies_and_never_overwrites(tmp_path: Path) -> None:
    assert studybot(tmp_path, "db", "upgrade").returncode == 0
    assert studybot(tmp_path, "backup", "copy.db").returncode == 0
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    nowhere = studybot(tmp_path, "backup", "nowhere/copy.db")
    assert (nowhere.returncode, nowhere.stderr) == (
        1,
        "There is no folder nowhere to write the backup to. Make it first.\n",
    )
    again = studybot(tmp_path, "backup", "copy.db")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def test_db_says_where_it_is_and_brings_it_up_to_date(tmp_path: Path) -> None:
    assert "empty" in studybot(tmp_path, "db", "current").stdout
    assert "up to date" in studybot(tmp_path, "db", "upgrade").stdout
    assert "the newest" in studybot(tmp_path, "db", "current").stdout
    assert "Every standing was right." in studybot(tmp_path, "db", "recompute").stdout


def test_recompute_puts_a_spoilt_standing_right(tmp_path: Path) -> None:
    url = "sqlite:///studybot-chat.db"
    studybot(tmp_path, "chat", typed="A\ntomorrow\nA\nquit\n")
    with sqlite3.connect(tmp_path / "studybot-chat.db") as database:
        database.execute("UPDATE standings SET streak = 99, best = 99")
    told = studybot(tmp_path, "db", "recompute", STUDYBOT_DATABASE_URL=url)
    assert "1 standings differed" in told.stdout
    assert "2 in a row" in studybot(tmp_path, "chat", typed="/progress\n").stdout


def test_content_check_names_file_line_and_column(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content" / "sql", folder)
    assert studybot(tmp_path, "content", "check", str(folder)).returncode == 0
    path = folder / "questions" / "joins.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("difficulty: hard", "difficulty: had", 1), encoding="utf-8")
    line = text[: text.index("difficulty: hard")].count("\n") + 1
    told = studybot(tmp_path, "content", "check", str(folder))
    assert told.returncode == 1
    assert f"joins.yaml:{line}:" in told.stdout
    assert "hard" in told.stdout
    as_json = studybot(tmp_path, "content", "check", str(folder), "--json")
    problems = [json.loads(one) for one in as_json.stdout.splitlines()]
    assert [one["line"] for one in problems if one["level"] == "error"] == [line]
    begun = studybot(tmp_path, "chat", "--plain", typed="quit\n", STUDYBOT_CONTENT_DIR=str(folder))
    assert begun.returncode == 0
    assert "Something is wrong in the content and was left out; " in begun.stdout
    assert f"joins.yaml:{line}:" in begun.stdout
    examined = studybot(tmp_path, "doctor", STUDYBOT_CONTENT_DIR=str(folder))
    assert f"WRONG  Content: 1 problem, first content/questions/joins.yaml:{line}:" in examined.stdout
    shutil.rmtree(folder / "questions")
    refused = studybot(tmp_path, "chat", typed="quit\n", STUDYBOT_CONTENT_DIR=str(folder))
    assert refused.returncode == 1
    assert "The content has no question that can be asked, so nothing was started." in refused.stderr


def test_commands_are_listed_for_programs(tmp_path: Path) -> None:
    listed = json.loads(studybot(tmp_path, "commands", "--format", "json").stdout)
    assert {"quiz", "role", "daily", "config"} <= {command["name"] for command in listed}
    assert studybot(tmp_path, "commands", "--format", "xml").returncode == 2


def test_two_processes_on_one_file(tmp_path: Path) -> None:
    from bot.config import packaged
    from bot.storage.storage import Storage
    from tests.dialogues.telling import MONDAY

    storage = Storage(f"sqlite:///{tmp_path / 'studybot-chat.db'}", packaged("migrations"))
    storage.open(MONDAY)
    try:
        told = studybot(tmp_path, "chat", typed="quit\n")
    finally:
        storage.close()
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert told.stderr.strip(), "a sentence says who holds it"
