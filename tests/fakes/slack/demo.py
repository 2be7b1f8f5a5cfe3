"""A workspace to play in: shows what the app says, and takes what a person does."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from tests.fakes.slack.channel import Channel
from tests.fakes.slack.message import Message
from tests.fakes.slack.person import Person
from tests.fakes.slack.plain import plain_text
from tests.fakes.slack.seen import Seen
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.view import View

HELP = """\
ana /study quiz              type a command into the channel
ana press 2 "B"              press a button of thing 2, by its label
ana select 2 Level Hard      choose in a menu of thing 2
ana suggest 2 Zone asia      type into a menu the app fills
ana submit 3 City=Berlin     fill in form 3 and send it
ana close 3                  close form 3
ana home                     open the Home tab
channel general              go to another channel
help, quit
People: ana, ben (admin), zoe (guest). Channels: general, learning (private)."""


class Demo:
    """One workspace with a few people, numbered things to act on, and a line to act with."""

    def __init__(self, slack: FakeSlack, say: Callable[[str], None]) -> None:
        self._slack = slack
        self._say = say
        workspace = slack.home_workspace
        self.people = {
            "ana": workspace.user("ana"),
            "ben": workspace.user("ben", admin=True, tz="America/New_York"),
            "zoe": workspace.user("zoe", guest=True),
        }
        members = self.people.values()
        self.channels = {
            "general": workspace.channel("general", "public", *members, app_in_it=True),
            "learning": workspace.channel("learning", "private", *members, app_in_it=True),
        }
        self._here: Channel = self.channels["general"]
        self._things: list[Message | View] = []
        self._shown: dict[int, tuple[object, ...]] = {}

    def greet(self) -> None:
        """Say where Slack is and with what to come in."""
        self._say(f"A fake Slack listens at {self._slack.url}. Point the app there with")
        self._say(f"  base URL        {self._slack.api_url}")
        self._say(f"  bot token       {self._slack.bot_token}")
        self._say(f"  app token       {self._slack.app_token}")
        self._say(f"  signing secret  {self._slack.signing_secret}")
        self._say(HELP)

    async def watch(self) -> None:
        """Show whatever appears or changes, until cancelled."""
        while True:
            self.show()
            await self._slack.changes.next()

    def show(self) -> None:
        """Show what appeared or changed since the last time."""
        for channel in self._slack.home_workspace.team.channels.values():
            for message in channel.messages:
                self._show(message, f"#{channel.name}", (message.edits, message.deleted))
        for name, person in self.people.items():
            for whisper in list(self._slack.world.ephemerals[person.team.id, person.id]):
                self._show(whisper, f"only {name}", (whisper.edits, whisper.deleted))
            for view in person.team.stack(person.id):
                self._show(view, f"form before {name}", (view.hash,))
            if person.home is not None:
                self._show(person.home, f"Home of {name}", (person.home.hash,))
        for violation in self._slack.forgive():
            self._say(f"! against the rules: {violation}")

    def _show(self, thing: Message | View, where: str, state: tuple[object, ...]) -> None:
        if self._shown.get(id(thing)) == state:
            return
        again = id(thing) in self._shown
        self._shown[id(thing)] = state
        if not again:
            self._things.append(thing)
        number = self._things.index(thing) + 1
        self._say(f"({number}) {where}{', changed' if again else ''}")
        for line in _lines(thing):
            self._say(f"    {line}")

    async def act(self, line: str) -> bool:
        """Do what a line says; False ends it."""
        try:
            words = shlex.split(line)
            match words:
                case []:
                    pass
                case ["quit" | "exit"]:
                    return False
                case ["help"]:
                    self._say(HELP)
                case ["channel", name]:
                    self._here = self.channels[name]
                case [name, *rest] if name in self.people and rest:
                    self._tell(await self._do(self.people[name], rest))
                case _:
                    self._say("That is nothing one can do here; help lists what is.")
        except (AssertionError, KeyError, IndexError, ValueError) as error:
            self._say(f"That did not work: {error}")
        self.show()
        return True

    async def _do(self, person: Person, words: list[str]) -> Seen:
        match words:
            case [command, *text] if command.startswith("/"):
                return await person.slash(self._here, command, " ".join(text))
            case ["press", number, label]:
                return await person.press(self._thing(number), label)
            case ["select", number, name, *put]:
                return await person.select(self._thing(number), name, put[0] if len(put) == 1 else put)
            case ["suggest", number, name, query]:
                return await person.suggest(self._thing(number), name, query)
            case ["submit", number, *fields]:
                values = {name: value for name, _, value in (field.partition("=") for field in fields)}
                return await person.submit(self._view(number), values)
            case ["close", number]:
                return await person.close(self._view(number))
            case ["home"]:
                return await person.open_home()
            case _:
                raise ValueError(f"nobody can {words[0]}")

    def _tell(self, seen: Seen) -> None:
        if seen.notice or seen.error:
            self._say(f"Slack says: {seen.notice or seen.error}")
        for block_id, sentence in seen.errors.items():
            self._say(f"  {block_id}: {sentence}")
        for option in seen.options:
            self._say(f"  offered: {option['text']['text']}")
        if seen.ms is not None:
            self._say(f"(acknowledged after {seen.ms:.0f} ms)")

    def _thing(self, number: str) -> Message | View:
        return self._things[int(number) - 1]

    def _view(self, number: str) -> View:
        thing = self._thing(number)
        if not isinstance(thing, View):
            raise ValueError(f"{number} is no form")
        return thing


def _lines(thing: Message | View) -> list[str]:
    if isinstance(thing, View):
        return [f"= {thing.title} =", *plain_text(thing.blocks, thing.values)]
    if thing.deleted:
        return ["(deleted)"]
    return plain_text(thing.blocks) or thing.text.splitlines()
