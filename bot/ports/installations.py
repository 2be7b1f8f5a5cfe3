"""Where an app was installed by others, with what it takes to speak there; and installing on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in a workspace. The token is encrypted; who keeps it has no key."""

    workspace: str
    sealed_token: str
    bot_user: str
    installer: str
    installed_at: datetime


class Installations(Protocol):
    """Installations by workspace, and the states of those on their way."""

    def find(self, workspace: str) -> Installation | None:
        """The installation there, if there is one."""
        ...

    def workspaces(self) -> tuple[str, ...]:
        """Every workspace there is one in."""
        ...

    def save(self, installation: Installation) -> None:
        """Keep an installation; the one before it is gone."""
        ...

    def delete(self, workspace: str) -> bool:
        """Forget an installation with its token; False if there was none."""
        ...

    def issue(self, state: str, until: datetime, now: datetime) -> None:
        """Keep the state of somebody on their way through Slack's pages; those that are over are forgotten."""
        ...

    def consume(self, state: str, now: datetime) -> bool:
        """Take a state back, once; False if it is unknown, used or over."""
        ...
