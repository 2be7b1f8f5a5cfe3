"""Settings from the environment and .env, and where content and migrations lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOM = Path(__file__).parent
CHAT_DATABASE = "sqlite:///studybot-chat.db"


def packaged(name: str) -> Path:
    """Where ``content`` or ``migrations`` lies: inside an installed package, or beside it in a checkout."""
    inside = ROOM / f"_{name}"
    return inside if inside.is_dir() else ROOM.parent / name


def wrong_settings(error: ValidationError) -> list[tuple[str, str]]:
    """What is wrong with which setting, by the name it is set with."""
    found = []
    for one in error.errors():
        name = str(one["loc"][0])
        shown = name if name.isupper() else f"STUDYBOT_{name.upper()}"
        found.append((shown, str(one["msg"]).removeprefix("Value error, ")))
    return found


class Settings(BaseSettings):
    """Everything that can be set; names carry the prefix STUDYBOT_ unless they are a platform's."""

    model_config = SettingsConfigDict(
        env_prefix="STUDYBOT_", env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True
    )

    database_url: str = Field("sqlite:///studybot.db", description="Where a running bot keeps everything.")
    content_dir: Path | None = Field(None, description="Another folder of questions, roles and roadmap.")
    log_format: Literal["plain", "json"] = Field("plain", description="How log lines look.")
    support_url: str | None = Field(None, description="Where people can report trouble; shown with apologies.")

    discord_token: SecretStr | None = Field(
        None, validation_alias="DISCORD_TOKEN", description="The bot's token from Discord's Developer Portal."
    )
    discord_api_url: str | None = Field(
        None, validation_alias="DISCORD_API_URL", description="Another address of Discord's API, such as a proxy's."
    )
    discord_gateway_url: str | None = Field(
        None, validation_alias="DISCORD_GATEWAY_URL", description="Another address of Discord's gateway."
    )
    discord_dev_guild: int | None = Field(
        None, validation_alias="DISCORD_DEV_GUILD", description="Register commands in this one server only, for trying."
    )

    @field_validator("discord_token", "discord_api_url", "discord_gateway_url", "discord_dev_guild", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: str | None) -> str | None:
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("discord_api_url")
    @classmethod
    def _http(cls, url: str | None) -> str | None:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://, such as https://discord.com/api/v10")
        return url

    @field_validator("discord_gateway_url")
    @classmethod
    def _websocket(cls, url: str | None) -> str | None:
        if url and not url.startswith(("ws://", "wss://")):
            raise ValueError("must begin with ws:// or wss://")
        return url

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        scheme = url.partition("://")[0].partition("+")[0]
        if scheme not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @field_validator("support_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url and not url.startswith("https://"):
            raise ValueError("must begin with https://")
        return url or None

    @property
    def content(self) -> Path:
        """The content folder in use."""
        return self.content_dir or packaged("content")
