"""Asking for the settings and writing .env."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from dotenv import set_key, unset_key

from bot.app.faces import CONNECTED, Connection, Prompt
from bot.cli.ending import fail
from bot.cli.settings import WrongSettings, read_settings, wrong_with
from bot.config import bare
from bot.env_file import UnreadableEnvFile, read_env_file, text_of

OF_NO_FACE = (
    Prompt("STUDYBOT_DATABASE_URL", "Database"),
    Prompt("STUDYBOT_SUPPORT_URL", "Where people report trouble, an https address (empty: nowhere)"),
)
DEFAULTS = {"STUDYBOT_DATABASE_URL": "sqlite:///studybot.db"}


def ask_and_write(path: Path) -> None:
    """Ask for each setting, keeping what is there, and write each as it is given; only the file's owner can read it."""
    _make_ready(path)
    typer.echo(f"Settings go to {path}; press Enter to keep what is in brackets, a single - to clear it.")
    for connection in CONNECTED:
        for prompt in connection.prompts:
            _ask(path, prompt, secret=True)
        _complete(path, connection)
    for prompt in OF_NO_FACE:
        _ask(path, prompt, secret=False)
    typer.echo(f"Wrote {path}; only you can read it.")


def _ask(path: Path, prompt: Prompt, *, secret: bool) -> bool:
    """Ask for one setting and write it; return whether it changed."""
    name = prompt.name
    present = read_env_file(path).values.get(name, DEFAULTS.get(name, ""))
    answer = _asked(prompt, "set" if secret and present else present, secret=secret)
    wanted = "" if answer == "-" else answer or present
    _put(path, name, wanted)
    return wanted != present


def _complete(path: Path, connection: Connection) -> None:
    """Ask for a face's tokens again while one of them is missing, until the answers are left as they are."""
    changed = True
    while changed and (lacking := _lacking(connection)):
        typer.echo(f"{lacking}\nEnter what is missing; a - clears a token, and Enter leaves it as it is.", err=True)
        answers = [_ask(path, prompt, secret=True) for prompt in connection.prompts]
        changed = any(answers)


def _lacking(connection: Connection) -> str | None:
    try:
        return connection.lacks(read_settings())
    except WrongSettings:
        return None  # the doctor, who comes next, says what is wrong


def _asked(prompt: Prompt, present: str, *, secret: bool) -> str:
    """Ask until the answer can be right, and return it."""
    while True:
        text = f"{prompt.text} [{present}]"
        answer = bare(typer.prompt(text, default="", show_default=False, hide_input=secret))
        if answer in ("", "-"):
            return answer
        wrong = prompt.wrong(answer) or wrong_with(prompt.name, answer)
        if wrong is None:
            return answer
        typer.echo(f"{prompt.name} {wrong}.", err=True)


def _put(path: Path, name: str, value: str) -> None:
    """Set one setting, or take it out when it is empty; every other line and comment stays as it is."""
    if not value:
        if name in read_env_file(path).lines:
            unset_key(path, name)
        return
    # Bare where it can be: not everything that reads such a file takes quotes off.
    plain = all(char.isalnum() or char in "-_.:/@+~%=,?&" for char in value)
    set_key(path, name, value, quote_mode="never" if plain else "always")


def _make_ready(path: Path) -> None:
    """Make the file readable by its owner alone from its first moment, and UTF-8; end if it cannot be read."""
    try:
        text = text_of(path)
        read_env_file(path)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        path.chmod(0o600)
        if path.read_bytes() != text.encode():
            path.write_text(text, encoding="utf-8")
    except UnreadableEnvFile as error:
        lines = "\n".join(f"  {one.place(path)}: {one.told}" for one in error.wrong)
        fail(f"{path} cannot be read and was left as it is. Correct this, then run `studybot init` again:\n{lines}", 2)
    except OSError as error:
        fail(f"{path} cannot be written ({error.strerror}). Run this in a folder where you may write.", 2)
