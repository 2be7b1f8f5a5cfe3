"""Asking for the settings and writing .env."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from dotenv import dotenv_values

ASKED = (
    ("DISCORD_TOKEN", "Discord bot token (empty: not on Discord)", True),
    ("SLACK_BOT_TOKEN", "Slack bot token, xoxb-... (empty: not on Slack)", True),
    ("SLACK_APP_TOKEN", "Slack app token, xapp-... (empty: not on Slack)", True),
    ("STUDYBOT_DATABASE_URL", "Database", False),
    ("STUDYBOT_SUPPORT_URL", "Where people report trouble, an https address (empty: nowhere)", False),
)
DEFAULTS = {"STUDYBOT_DATABASE_URL": "sqlite:///studybot.db"}


def ask_and_write(path: Path) -> None:
    """Ask for each setting, keeping what is there, and write the file so that only its owner can read it."""
    kept = {name: value or "" for name, value in dotenv_values(path).items()} if path.exists() else {}
    typer.echo(f"Settings go to {path}; press Enter to keep what is in brackets, a single - to clear it.")
    for name, question, secret in ASKED:
        present = kept.get(name, DEFAULTS.get(name, ""))
        shown = "set" if secret and present else present
        answer = typer.prompt(f"{question} [{shown}]", default="", show_default=False, hide_input=secret).strip()
        kept[name] = "" if answer == "-" else answer or present
    lines = [f"{name}={_quoted(value)}" for name, value in kept.items() if value]
    _write_private(path, "\n".join(lines) + "\n")
    typer.echo(f"Wrote {path}; only you can read it.")


def _quoted(value: str) -> str:
    plain = all(char.isalnum() or char in "-_.:/@+~%=,?&" for char in value)
    return value if plain else "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _write_private(path: Path, text: str) -> None:
    """Never readable by others, not even for a moment; a crash leaves the old file."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)
