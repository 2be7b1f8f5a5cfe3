"""Read the settings for a command, or end it with a sentence for each that is wrong."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import typer
from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from bot.app.faces import CONNECTED
from bot.cli.ending import fail
from bot.cli.unused_settings import unused_settings
from bot.config import ENV_FILE, Settings
from bot.env_file import UnreadableEnvFile, read_env_file


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
    found = []
    for one in error.errors():
        name = str(one["loc"][0])
        shown = name if name.isupper() else f"STUDYBOT_{name.upper()}"
        found.append((shown, str(one["msg"]).removeprefix("Value error, ")))
    return found


class _OnlyGiven(Settings):
    """The rules of the settings, whatever is set."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given and nothing else."""
        return (init_settings,)


def wrong_with(name: str, text: str) -> str | None:
    """Say what is wrong with a setting that is set to a text; None if nothing is."""
    field = name.removeprefix("STUDYBOT_").lower() if name.startswith("STUDYBOT_") else name
    try:
        _OnlyGiven(**{field: text})  # type: ignore[arg-type]
    except ValidationError as error:
        return dict(_told(error)).get(name)
    return None


def _without_one(error: WrongSettings) -> Settings | None:
    """The settings without the face whose own are wrong, where that may be left out and another is there."""
    for face, connection in CONNECTED:
        if not connection.optional or not all((one.name or "").startswith(connection.prefix) for one in error.wrong):
            continue
        names = (str(told.validation_alias) for told in Settings.model_fields.values())
        none: dict[str, Any] = {name: None for name in names if name.startswith(connection.prefix)}
        known = Settings(**none)
        if not any(other.wanted(known) for _, other in CONNECTED if other is not connection):
            continue
        for one in error.wrong:
            typer.echo(f"{face.name} is left out until this is corrected: {one}")
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
