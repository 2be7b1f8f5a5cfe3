"""Read the settings for a command, or end it with a sentence for each that is wrong; name those without effect."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import typer
from pydantic import ValidationError

from bot.app.faces import CONNECTED
from bot.cli.ending import fail
from bot.config import ENV_FILE, Settings, name_of
from bot.env_file import EnvFile, UnreadableEnvFile, read_env_file

KNOWN = tuple(map(name_of, Settings.model_fields))
PREFIXES = ("STUDYBOT_", *(connection.prefix for connection in CONNECTED))
FOR_TESTS = ("STUDYBOT_TEST_", "STUDYBOT_SEEDS", "STUDYBOT_DISCORD_SPEC")
LIKELY = 80
"""Likeness in percent from which a name is offered for another one."""
CERTAIN = 86
"""The same for names in the environment, where other programs keep theirs too."""


@dataclass(frozen=True, slots=True)
class WrongSetting:
    """A setting that cannot be right, or a line of .env that cannot be read."""

    place: str
    """``.env:3``, or ``the environment``."""
    name: str | None
    told: str

    def __str__(self) -> str:
        return f"{self.place}: {self.name} {self.told}" if self.name else f"{self.place}: {self.told}"


class WrongSettings(Exception):
    """The settings cannot be used; ``wrong`` says why, one by one."""

    def __init__(self, wrong: tuple[WrongSetting, ...]) -> None:
        super().__init__("; ".join(str(one) for one in wrong))
        self.wrong = wrong


def read_settings() -> Settings:
    """Read the settings, or raise ``WrongSettings`` with all that is wrong."""
    try:
        return Settings()
    except UnreadableEnvFile as error:
        raise WrongSettings(tuple(WrongSetting(one.place(error.path), None, one.told) for one in error.wrong)) from None
    except ValidationError as error:
        raise WrongSettings(tuple(WrongSetting(_place_of(name), name, told) for name, told in _told(error))) from None


def _place_of(name: str) -> str:
    if any(set_here.upper() == name for set_here in os.environ):
        return "the environment"
    file = read_env_file(ENV_FILE)
    written = next((one for one in file.lines if one.upper() == name), None)
    return "the settings" if written is None else file.place(written)


def _told(error: ValidationError) -> list[tuple[str, str]]:
    return [(str(one["loc"][0]), str(one["msg"]).removeprefix("Value error, ")) for one in error.errors()]


def wrong_with(name: str, text: str) -> str | None:
    """Say what is wrong with a setting that is set to a text; None if nothing is."""
    given: dict[str, Any] = {name: text}
    try:
        Settings(**given)
    except ValidationError as error:
        return dict(_told(error)).get(name)
    return None


def _without_one(error: WrongSettings) -> Settings | None:
    """The settings without the face whose own are wrong, where that may be left out and another is there."""
    for connection in CONNECTED:
        if not connection.optional or not all((one.name or "").startswith(connection.prefix) for one in error.wrong):
            continue
        none: dict[str, Any] = {name: None for name in KNOWN if name.startswith(connection.prefix)}
        known = Settings(**none)
        if not any(other.wanted(known) for other in CONNECTED if other is not connection):
            continue
        for one in error.wrong:
            typer.echo(f"{connection.name} is left out until this is corrected: {one}")
        return known
    return None


def settings(*, warn: bool = False, without_one: bool = False) -> Settings:
    """Read the settings, or end with all that is wrong; ``warn`` also names settings that have no effect.

    ``without_one`` leaves a face out where only its settings are wrong and another face is set.
    """
    try:
        known = read_settings()
    except WrongSettings as error:
        if without_one and (rest := _without_one(error)):
            return rest
        lines = "\n".join(f"  {one}" for one in error.wrong)
        fail(f"These settings are wrong. Nothing was started or changed; correct them and try again:\n{lines}", 2)
    if warn:
        for remark in unused_settings():
            typer.echo(f"Note: {remark}", err=True)
    return known


def unused_settings() -> Iterator[str]:
    """Say in a sentence each what is set without effect."""
    file = read_env_file(ENV_FILE)
    for name in file.lines:
        yield from _about_line(file, name)
    missing = set(KNOWN) - {name.upper() for name in (*file.values, *os.environ)}
    for name in os.environ:
        if name.upper() in KNOWN or name.startswith(FOR_TESTS) or name in file.lines:
            continue
        if name.startswith("STUDYBOT_"):
            yield _unknown("the environment", name, _nearest(name, KNOWN, LIKELY))
        elif likely := _nearest(name, missing, CERTAIN):
            yield _unknown("the environment", name, likely)


def _about_line(file: EnvFile, name: str) -> Iterator[str]:
    if name.upper() in KNOWN:
        first, *others = file.lines[name]
        if others:
            yield f"{file.place(name)}: {name} is set again, after line {first}; this line counts. Keep one of them."
        return
    with_or_without = (f"STUDYBOT_{name.upper()}", name.upper().removeprefix("STUDYBOT_"))
    likely = next((one for one in with_or_without if one in KNOWN), None) or _nearest(name, KNOWN, LIKELY)
    if likely or name.upper().startswith(PREFIXES):
        yield _unknown(file.place(name), name, likely)


def _unknown(place: str, name: str, likely: str | None) -> str:
    meant = f"did you mean {likely}?" if likely else "docs/running.md lists every setting."
    return f"{place}: {name} is not a setting of Studybot and has no effect; {meant}"


def _nearest(name: str, among: Collection[str], floor: int) -> str | None:
    from rapidfuzz import fuzz, process

    # pyrefly: ignore[no-matching-overload]
    found = process.extractOne(name.upper().replace("-", "_"), sorted(among), scorer=fuzz.ratio, score_cutoff=floor)
    return found[0] if found else None
