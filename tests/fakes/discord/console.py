"""Acting as a person by typing: one line is one act."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.command_options import BOOLEAN, CHANNEL, GROUP, INTEGER, NUMBER, ROLE, SUB_COMMAND, USER
from tests.fakes.discord.forms import Value
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.messages import Message
from tests.fakes.discord.people import Person
from tests.fakes.discord.rendering import plain, plain_form
from tests.fakes.discord.seen import Seen
from tests.fakes.discord.wire import Json

HELP = """\
ana /quiz topic:rag          call a command (options as name:value, "quoted" if they have spaces)
ana #random /quiz            the same in another channel
ana press A                  press a button of the newest message that ana sees and that has it
ana select Topic RAG         choose in a menu
ana fill when=10:00 where=#general    send the form that is open for ana
ana type /quiz topic ra      see the suggestions for an option
ana sees                     the messages ana sees here
boss ...                     boss may manage the server; any other name is a new person
commands | down | up | help | quit"""


class Console:
    """Reads lines for one server and says what its people see."""

    def __init__(self, guild: Guild, say: Callable[[str], None]) -> None:
        self._guild = guild
        self._say = say
        self._channel = next(iter(guild.channels.values()))
        self._forms: dict[str, Seen] = {}

    async def act(self, line: str) -> None:
        """Do what the line says; what is wrong with it is said, too."""
        try:
            words = shlex.split(line)
            if words:
                await self._act(words)
        except (AssertionError, ValueError) as wrong:
            self._say(f"! {wrong}")

    async def _act(self, words: list[str]) -> None:
        who, *rest = words
        if not rest:
            self._alone(who)
            return
        person = self._guild.person(who, manager=who == "boss")
        if rest[0].startswith("#"):
            self._channel = self._channel_named(rest.pop(0))
        verb, *rest = rest
        if verb.startswith("/"):
            name, options = self._call(verb.removeprefix("/"), rest)
            self._show(person, await person.slash(self._channel, name, **options))
        elif verb == "press":
            label = " ".join(rest)
            self._show(person, await person.press(self._message_with(person, label), label))
        elif verb == "select":
            menu, *values = rest
            chosen = [self._thing(value) for value in values]
            self._show(person, await person.select(self._message_with(person, menu), menu, *chosen))
        elif verb == "fill":
            if who not in self._forms:
                raise ValueError(f"No form is open for {who}.")
            filled: dict[str, Value] = {}
            for pair in rest:
                name, _, value = pair.partition("=")
                filled[name] = self._thing(value)
            self._show(person, await person.submit(self._forms[who], filled))
            del self._forms[who]
        elif verb == "type":
            command, option, *typed = rest
            seen = await person.autocomplete(self._channel, command.removeprefix("/"), option, " ".join(typed))
            self._say("\n".join(f"  {one['name']}" for one in seen.choices) or "  (no suggestions)")
        elif verb == "sees":
            self._say("\n".join(plain(one) for one in person.sees(self._channel)) or "  (nothing)")
        else:
            raise ValueError(f"{verb!r} is nothing one can do. Try: help")

    def _alone(self, word: str) -> None:
        if word == "help":
            self._say(HELP)
        elif word == "commands":
            boss = self._guild.person("boss", manager=True)
            self._say("\n".join(f"  /{name}" for name in boss.commands(self._channel)) or "  (none yet)")
        elif word == "down":
            self._guild.discord.gateway.abort()
        elif word == "up":
            self._guild.come_back()
        else:
            raise ValueError(f"What shall {word} do? Try: help")

    def _show(self, person: Person, seen: Seen) -> None:
        if seen.did_not_respond:
            self._say(f"{person.name}: The application did not respond.")
        elif seen.interaction.modal is not None:
            self._forms[person.name] = seen
            self._say(f"{person.name}: {plain_form(seen.modal)}")

    def _message_with(self, person: Person, name: str) -> Message:
        for message in reversed(person.sees(self._channel)):
            for control in message.controls:
                if name in (control.get("label"), control.get("placeholder"), control.get("custom_id")):
                    return message
        raise ValueError(f"{person.name} sees no {name!r} in #{self._channel.name}.")

    def _call(self, name: str, words: list[str]) -> tuple[str, dict[str, Any]]:
        """The command with its sub-command, and its options as the types they are declared with."""
        command = self._guild.discord.commands.find(name, self._guild.id)
        declared: list[Json] = (command or {}).get("options") or []
        while words and (inner := _named(declared, words[0], SUB_COMMAND, GROUP)):
            name = f"{name} {words.pop(0)}"
            declared = inner.get("options") or []
        kinds = {one["name"]: one["type"] for one in declared}
        options: dict[str, Any] = {}
        for word in words:
            key, colon, value = word.partition(":")
            if not colon:
                raise ValueError(f"{word!r} is no option; write name:value.")
            options[key] = self._value(kinds.get(key, 3), value)
        return name, options

    def _value(self, kind: int, value: str) -> Any:
        if kind == INTEGER:
            return int(value)
        if kind == NUMBER:
            return float(value)
        if kind == BOOLEAN:
            return value.lower() in ("yes", "true", "on", "1")
        if kind == CHANNEL:
            return self._channel_named(value)
        if kind == USER:
            return self._guild.person(value.removeprefix("@"))
        if kind == ROLE:
            return next(role for role in self._guild.roles.values() if role.name == value.removeprefix("@"))
        return value

    def _thing(self, value: str) -> str | Channel:
        return self._channel_named(value) if value.startswith("#") else value

    def _channel_named(self, name: str) -> Channel:
        for channel in self._guild.channels.values():
            if channel.name == name.removeprefix("#"):
                return channel
        raise ValueError(f"There is no channel {name}.")


def _named(options: list[Json], name: str, *kinds: int) -> Json | None:
    return next((one for one in options if one["name"] == name and one["type"] in kinds), None)
