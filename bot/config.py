"""Settings from the environment and .env, and where content and migrations lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOM = Path(__file__).parent
CHAT_DATABASE = "sqlite:///studybot-chat.db"


def packaged(name: str) -> Path:
    """Where ``content`` or ``migrations`` lies: inside an installed package, or beside it in a checkout."""
    inside = ROOM / f"_{name}"
    return inside if inside.is_dir() else ROOM.parent / name


class Settings(BaseSettings):
    """Everything that can be set; names carry the prefix STUDYBOT_."""

    model_config = SettingsConfigDict(
        env_prefix="STUDYBOT_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    database_url: str = Field("sqlite:///studybot.db", description="Where a running bot keeps everything.")
    content_dir: Path | None = Field(None, description="Another folder of questions, roles and roadmap.")
    log_format: Literal["plain", "json"] = Field("plain", description="How log lines look.")
    support_url: str | None = Field(None, description="Where people can report trouble; shown with apologies.")

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
