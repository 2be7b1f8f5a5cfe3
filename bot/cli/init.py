"""Asking for the settings and writing .env."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from dotenv import dotenv_values, set_key, unset_key

from bot.config import wrong_with

ASKED = (
    ("DISCORD_TOKEN", "Discord bot token (empty: not on Discord)", True),
    ("SLACK_BOT_TOKEN", "Slack bot token, xoxb-... (empty: not on Slack)", True),
    ("SLACK_APP_TOKEN", "Slack app token, xapp-... (empty: not on Slack)", True),
    ("STUDYBOT_DATABASE_URL", "Database", False),
    ("STUDYBOT_SUPPORT_URL", "Where people report trouble, an https address (empty: nowhere)", False),
)
DEFAULTS = {"STUDYBOT_DATABASE_URL": "sqlite:///studybot.db"}


def ask_and_write(path: Path) -> None:
    """Ask for each setting, keeping what is there, and write each as it is told; only the file's owner can read it."""
    _make_private(path)
    kept = {name: value or "" for name, value in dotenv_values(path).items()}
    typer.echo(f"Settings go to {path}; press Enter to keep what is in brackets, a single - to clear it.")
    for name, question, secret in ASKED:
        present = kept.get(name, DEFAULTS.get(name, ""))
        shown = "set" if secret and present else present
        answer = _asked(name, f"{question} [{shown}]", secret)
        _put(path, name, "" if answer == "-" else answer or present)
    typer.echo(f"Wrote {path}; only you can read it.")


def _asked(name: str, question: str, secret: bool) -> str:
    """What was answered, asked again for as long as it cannot be right."""
    while True:
        answer: str = typer.prompt(question, default="", show_default=False, hide_input=secret).strip()
        wrong = _wrong(name, answer) if answer not in ("", "-") else None
        if wrong is None:
            return answer
        typer.echo(f"{name} {wrong}.", err=True)


def _wrong(name: str, answer: str) -> str | None:
    # Not among the settings' own rules: should Discord's tokens look different one day, .env still takes them.
    if name == "DISCORD_TOKEN" and answer.count(".") != 2:
        return "must have three parts with dots between; Reset Token shows it, under Bot in the Developer Portal"
    return wrong_with(name, answer)


def _put(path: Path, name: str, value: str) -> None:
    """Set one setting, or take it out when it is empty; every other line and comment stays as it is."""
    if not value:
        if name in dotenv_values(path):
            unset_key(path, name)
        return
    # Bare where it can be: not everything that reads such a file takes quotes off.
    plain = all(char.isalnum() or char in "-_.:/@+~%=,?&" for char in value)
    set_key(path, name, value, quote_mode="never" if plain else "always")


def _make_private(path: Path) -> None:
    """Never readable by others, not even for a moment; what is written later keeps that."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    path.chmod(0o600)
