"""The commands the bot has registered, for everybody and for single servers."""

from __future__ import annotations

from collections import Counter

from tests.fakes.discord.errors import refusal
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.wire import Json

MOST_CREATES = 200


class Commands:
    """Commands the picker can offer. None as a server means: everywhere."""

    def __init__(self, application_id: str, ids: Snowflakes) -> None:
        self._application_id = application_id
        self._ids = ids
        self._by_scope: dict[str | None, dict[tuple[int, str], Json]] = {}
        self._created: Counter[str | None] = Counter()
        # How often a whole list was replaced: a bot should not do that on every start.
        self.syncs = 0

    def of(self, guild: str | None) -> list[Json]:
        """The commands registered in exactly this scope."""
        return list(self._by_scope.get(guild, {}).values())

    def available(self, guild: str | None) -> list[Json]:
        """The commands the picker offers in a server: its own and those for everywhere."""
        own = [] if guild is None else self.of(guild)
        return own + self.of(None)

    def find(self, name: str, guild: str | None) -> Json | None:
        return next((one for one in self.available(guild) if one["name"] == name and one["type"] == 1), None)

    def replace(self, guild: str | None, commands: list[Json]) -> list[Json]:
        """The bulk overwrite: what is not in the list goes; what keeps its name keeps its id."""
        self.syncs += 1
        self._count_new(guild, commands)
        before = self._by_scope.get(guild, {})
        self._by_scope[guild] = {}
        for command in commands:
            self._put(guild, command, before)
        return self.of(guild)

    def add(self, guild: str | None, command: Json) -> Json:
        scope = self._by_scope.setdefault(guild, {})
        self._count_new(guild, [command])
        return self._put(guild, command, scope)

    def change(self, guild: str | None, known: Json, changed: Json) -> Json:
        """Change a command in place: it keeps its id, under another name too."""
        self.remove(guild, known["id"])
        return self._put(guild, changed, {(known["type"], changed["name"]): known})

    def by_id(self, guild: str | None, id: str) -> Json | None:
        return next((one for one in self.of(guild) if one["id"] == id), None)

    def remove(self, guild: str | None, id: str) -> None:
        scope = self._by_scope.get(guild, {})
        self._by_scope[guild] = {key: one for key, one in scope.items() if one["id"] != id}

    def _count_new(self, guild: str | None, commands: list[Json]) -> None:
        """Only new names count to the creates of a day; this fake lives for less than one."""
        known = self._by_scope.get(guild, {})
        new = sum((command.get("type") or 1, command["name"]) not in known for command in commands)
        if self._created[guild] + new > MOST_CREATES:
            raise refusal(30034)
        self._created[guild] += new

    def _put(self, guild: str | None, command: Json, before: dict[tuple[int, str], Json]) -> Json:
        kind = command.get("type") or 1
        key = (kind, command["name"])
        known = before.get(key)
        needed = command.get("default_member_permissions")
        found: Json = {
            "id": known["id"] if known else self._ids.thing(),
            "application_id": self._application_id,
            "version": self._ids.now(),
            "type": kind,
            "name": command["name"],
            "name_localizations": command.get("name_localizations"),
            "description": command.get("description") or "",
            "description_localizations": command.get("description_localizations"),
            "options": command.get("options") or [],
            "default_member_permissions": None if needed is None else str(needed),
            "nsfw": bool(command.get("nsfw", False)),
        }
        if guild is None:
            found["contexts"] = command.get("contexts")
            found["integration_types"] = command.get("integration_types") or [0]
        else:
            found["guild_id"] = guild
        self._by_scope.setdefault(guild, {})[key] = found
        return found
