"""Everything there is in the fake: what the Web API reads and changes, and what people see."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from tests.fakes.slack.changes import Changes
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.checks.findings import Violation
from tests.fakes.slack.checks.surfaces import check_message, check_view
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.elements import name_everything
from tests.fakes.slack.ids import Ids
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.message import Message
from tests.fakes.slack.response_urls import ResponseUrls
from tests.fakes.slack.seen import Seen
from tests.fakes.slack.team import Team
from tests.fakes.slack.triggers import Triggers
from tests.fakes.slack.values import first_state
from tests.fakes.slack.view import View
from tests.fakes.slack.wire import JsonObject, a_string

APP_ID = "A0000000001"


@dataclass(frozen=True, slots=True)
class Code:
    """The code a person brings back from Slack's page of consent."""

    workspace: Team
    user_id: str
    redirect_uri: str | None = None


@dataclass(slots=True, eq=False)
class World:
    """Workspaces, and who waits for what in them."""

    clock: Clock
    manifest: Manifest
    client_id: str
    client_secret: str
    app_token: str
    changes: Changes = field(default_factory=Changes)
    ids: Ids = field(default_factory=Ids)
    workspaces: dict[str, Team] = field(default_factory=dict)
    triggers: Triggers = field(init=False)
    response_urls: ResponseUrls = field(init=False)
    ephemerals: dict[tuple[str, str], list[Message]] = field(default_factory=lambda: defaultdict(list))
    """What was said to one person only, by workspace and user."""
    watching: dict[tuple[str, str], Seen] = field(default_factory=dict)
    """What each person did last, by workspace and user: what comes unasked is seen there."""
    modal_owner: dict[str, Seen] = field(default_factory=dict)
    """What each open modal is an answer to, by view id."""
    message_values: dict[tuple[str, str, str], dict[str, dict[str, JsonObject]]] = field(default_factory=dict)
    """What people chose in the menus of messages, by channel, message and user."""
    codes: dict[str, Code] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    files: dict[str, JsonObject] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    """Whatever the app sent that Slack refuses, or that would serve a person badly."""
    base: str = ""

    def __post_init__(self) -> None:
        self.triggers = Triggers(self.clock, self.ids)
        self.response_urls = ResponseUrls(self.clock, self.ids)

    def workspace(self, name: str, *, installed: bool = True, enterprise_id: str | None = None) -> Team:
        """A new workspace."""
        made = Team(self.ids.next("T"), name, self.ids, set(self.manifest.scopes), enterprise_id)
        if installed:
            made.install()
        self.workspaces[made.id] = made
        return made

    def of_token(self, token: str) -> Team | None:
        """The workspace a bot token was given for."""
        return next((one for one in self.workspaces.values() if token in one.tokens), None)

    # --- what the app says ----------------------------------------------------------------------------------------

    def check_message(self, message: JsonObject, source: str) -> list[Violation]:
        """Find what is wrong with a message, and note it."""
        return self._noted(check_message(message), source)

    def check_view(self, view: object, source: str) -> list[Violation]:
        """Find what is wrong with a view, and note it."""
        return self._noted(check_view(view), source)

    def note(self, source: str, sentence: str) -> None:
        """Note something wrong that is no block."""
        self.violations.append(f"{source}: {sentence}")

    def _noted(self, found: list[Violation], source: str) -> list[Violation]:
        self.violations.extend(f"{source}: {violation}" for violation in found)
        return [violation for violation in found if violation.refused]

    def compose(self, workspace: Team, channel: Channel, said: JsonObject) -> Message:
        """A message of the app, not yet anywhere."""
        blocks: list[JsonObject] = said.get("blocks") or []
        name_everything(blocks, self.ids.number("blocks"))
        return Message(
            ts=self.ids.ts(self.clock.now()),
            channel_id=channel.id,
            user=workspace.bot_user_id,
            bot_id=workspace.bot_id,
            app_id=APP_ID,
            text=a_string(said.get("text")),
            blocks=blocks,
            thread_ts=said.get("thread_ts"),
            metadata=said.get("metadata"),
        )

    def post(self, channel: Channel, message: Message, seen: Seen | None = None) -> Message:
        """Everyone in the channel sees the message."""
        channel.messages.append(message)
        if seen is not None:
            seen.messages.append(message)
        self.changes.notify()
        return message

    def whisper(self, workspace: Team, user_id: str, message: Message, seen: Seen | None = None) -> Message:
        """One person sees the message."""
        message.ephemeral_to = user_id
        self.ephemerals[workspace.id, user_id].append(message)
        seen = seen or self.watching.get((workspace.id, user_id))
        if seen is not None:
            seen.messages.append(message)
        self.changes.notify()
        return message

    def rewrite(self, message: Message, said: JsonObject) -> None:
        """Other words for a message; blocks that are not given again are gone."""
        blocks: list[JsonObject] = said.get("blocks") or []
        name_everything(blocks, self.ids.number("blocks"))
        message.change(a_string(said.get("text")), blocks)
        self.changes.notify()

    def touched(
        self, message: Message, user_id: str, fresh: dict[str, dict[str, JsonObject]]
    ) -> dict[str, dict[str, JsonObject]]:
        """A person's choices in a message so far; what nobody touched holds what it held at first.

        What an edit took away is forgotten.
        """
        values = self.message_values.setdefault((message.channel_id, message.ts, user_id), {})
        for block_id in values.keys() - fresh.keys():
            del values[block_id]
        for block_id, actions in fresh.items():
            for action_id, state in actions.items():
                values.setdefault(block_id, {}).setdefault(action_id, state)
        return values

    # --- views ------------------------------------------------------------------------------------------------------

    def make_view(
        self, workspace: Team, user_id: str, body: JsonObject, *, onto: View | None = None, here: str | None = None
    ) -> View:
        """A view before a person, not yet shown."""
        name_everything(body["blocks"], self.ids.number("blocks"))
        id = self.ids.next("V")
        view = View(
            id,
            self._hash(body),
            body,
            workspace.id,
            user_id,
            APP_ID,
            workspace.bot_id,
            id if onto is None else onto.root_id,
            None if onto is None else onto.id,
            first_state(body["blocks"], here),
        )
        workspace.views[id] = view
        return view

    def show(self, workspace: Team, view: View, seen: Seen | None) -> View:
        """A modal lies on top of what the person sees."""
        workspace.stack(view.user_id).append(view)
        if seen is not None:
            self.modal_owner[view.id] = seen
            seen.views.append(view)
        self.changes.notify()
        return view

    def update_view(self, view: View, body: JsonObject, seen: Seen | None = None) -> View:
        """Other content for a view; what a person put in stays where block and action are the same."""
        name_everything(body["blocks"], self.ids.number("blocks"))
        fresh = first_state(body["blocks"])
        for block_id, actions in fresh.items():
            for action_id, state in actions.items():
                kept = view.values.get(block_id, {}).get(action_id)
                if kept is not None and kept.get("type") == state.get("type"):
                    actions[action_id] = kept
        view.body = body
        view.hash = self._hash(body)
        view.values = fresh
        seen = seen or self.modal_owner.get(view.id) or self.watching.get((view.team_id, view.user_id))
        if seen is not None and view.type == "modal":
            seen.views.append(view)
        self.changes.notify()
        return view

    def publish(self, workspace: Team, user_id: str, body: JsonObject) -> View:
        """The Home tab of a person."""
        home = workspace.homes.get(user_id)
        if home is None:
            home = self.make_view(workspace, user_id, body)
            workspace.homes[user_id] = home
        else:
            self.update_view(home, body)
        seen = self.watching.get((workspace.id, user_id))
        if seen is not None:
            seen.home = home
        self.changes.notify()
        return home

    def close_top(self, workspace: Team, user_id: str) -> None:
        """The topmost modal goes away."""
        stack = workspace.stack(user_id)
        if stack:
            workspace.views.pop(stack.pop().id, None)
        self.changes.notify()

    def clear(self, workspace: Team, user_id: str) -> None:
        """All modals go away."""
        for view in workspace.stack(user_id):
            workspace.views.pop(view.id, None)
        workspace.stack(user_id).clear()
        self.changes.notify()

    def _hash(self, body: JsonObject) -> str:
        number = self.ids.number("hash")
        return f"{number}.{hashlib.sha256(repr(body).encode()).hexdigest()[:8]}"
