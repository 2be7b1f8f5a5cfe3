"""A person in front of Slack: types commands, presses buttons, fills in forms, and sees what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.fakes.slack import payloads
from tests.fakes.slack.answers import answer
from tests.fakes.slack.channel import Channel
from tests.fakes.slack.checks.findings import Findings
from tests.fakes.slack.checks.options import check_offered
from tests.fakes.slack.elements import Element, elements_of, find
from tests.fakes.slack.events import Events
from tests.fakes.slack.line import Acked, Answer, Kind
from tests.fakes.slack.lines import Lines
from tests.fakes.slack.message import Message
from tests.fakes.slack.people import User
from tests.fakes.slack.seen import Seen
from tests.fakes.slack.submission import apply_submission, errors_before_sending, response_urls_of
from tests.fakes.slack.team import Team
from tests.fakes.slack.typed import as_sent
from tests.fakes.slack.values import Put, first_state, held
from tests.fakes.slack.view import View
from tests.fakes.slack.wire import JsonObject, objects
from tests.fakes.slack.world import APP_ID, World


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Someone in a workspace. Everything done returns what is seen of it, which grows while the app goes on."""

    world: World
    team: Team
    user: User
    lines: Lines
    events: Events

    @property
    def id(self) -> str:
        """The user id."""
        return self.user.id

    # --- commands ---------------------------------------------------------------------------------------------------

    async def slash(self, channel: Channel, command: str, text: str = "", *, thread: str | None = None) -> Seen:
        """Type a slash command into a channel, or into a thread, where Slack refuses it."""
        seen = self._watch(channel)
        declared = self.world.manifest.command(command)
        if declared is None or not self.team.installed or "commands" not in self.team.scopes:
            seen.notice = f'{command} is not a valid command. In Slack, all messages that start with the "/" character'
            seen.notice += " are interpreted as commands."
            return seen
        if thread is not None:
            seen.notice = f"{command} is not supported in threads. Sorry!"
            return seen
        url = self.world.response_urls.give(self.team, channel, self.id, seen, command=f"{command} {text}".strip())
        payload = payloads.slash_command(
            APP_ID,
            self.team,
            channel,
            self.user,
            command,
            as_sent(text, self.team, escaped=declared.should_escape),
            trigger_id=self.world.triggers.give(self.team.id, self.id, seen),
            response_url=url.url,
        )
        said = await self._deliver(seen, "slash_commands", payload)
        if said and answer(self.world, url, said, f"the acknowledgement of {command}") is not None:
            seen.error = "dispatch_failed"
        return seen

    # --- elements -----------------------------------------------------------------------------------------------------

    async def press(
        self,
        place: Message | View,
        name: str,
        *,
        confirm: bool = True,
        stale: bool = False,
        forged: JsonObject | None = None,
    ) -> Seen:
        """Press a button, by its label or ids.

        ``confirm`` answers the question Slack asks first, if there is one. ``stale`` looks at what the message said
        before it was edited, as an old client does. ``forged`` replaces fields of the action.
        """
        seen = self._watch(self._channel(place))
        element = self._find(place, name, stale=stale)
        assert element.type == "button", f"{name!r} is a {element.type}, which is not pressed but selected from"
        if "confirm" in element.body and not confirm:
            return seen
        seen.opened_url = element.body.get("url")
        await self._act(seen, place, payloads.action(element, None, self.world.clock.now()) | (forged or {}))
        return seen

    async def select(self, place: Message | View, name: str, put: Put) -> Seen:
        """Choose in a menu, boxes or a picker; the app is told unless it waits for the form."""
        seen = self._watch(self._channel(place))
        element = self._find(place, name)
        offered = await self._offered(place, element, put)
        state = held(element, put, offered)
        if element.type != "overflow":
            self._values(place).setdefault(element.block_id, {})[element.action_id] = state
        if element.sends_at_once:
            await self._act(seen, place, payloads.action(element, state, self.world.clock.now()))
        return seen

    async def suggest(self, place: Message | View, name: str, query: str) -> Seen:
        """Type into a menu the app fills, and see what it offers."""
        return await self._typed_into(place, self._find(place, name), query)

    async def _typed_into(self, place: Message | View, element: Element, query: str) -> Seen:
        seen = self._watch(self._channel(place))
        assert "external_select" in element.type, f"the app does not fill a {element.type}"
        if len(query) < int(element.body.get("min_query_length", 3)):
            return seen
        payload = payloads.interaction("block_suggestion", APP_ID, self.team, self.user) | {
            "container": payloads.container(place),
            "action_id": element.action_id,
            "block_id": element.block_id,
            "value": query,
            **payloads.place_fields(place, self._channel(place)),
        }
        said = await self._deliver(seen, "interactive", payload)
        if seen.error is None:
            offered = said or {}
            findings = Findings()
            check_offered(findings, offered)
            source = f"the options of {element.action_id!r}"
            self.world.violations.extend(f"{source}: {violation}" for violation in findings.found)
            groups = objects(offered.get("option_groups"))
            seen.options = objects(offered.get("options"))
            seen.options += [option for group in groups for option in objects(group.get("options"))]
        return seen

    async def _offered(self, place: Message | View, element: Element, put: Put) -> list[JsonObject] | None:
        """The choices the app offers for what is wanted, where it is the app that offers."""
        if "external_select" not in element.type or put is None:
            return None
        wanted = [put] if isinstance(put, str) else put
        assert isinstance(wanted, list | tuple), f"no choice: {put!r}"
        offered: list[JsonObject] = []
        for query in wanted:
            offered += (await self._typed_into(place, element, str(query))).options
        return offered

    async def _act(self, seen: Seen, place: Message | View, action: JsonObject) -> None:
        channel = self._channel(place)
        payload = payloads.interaction("block_actions", APP_ID, self.team, self.user) | {
            "container": payloads.container(place),
            "trigger_id": self.world.triggers.give(self.team.id, self.id, seen),
            **payloads.place_fields(place, channel),
            "actions": [action],
        }
        if isinstance(place, Message):
            assert channel is not None
            url = self.world.response_urls.give(self.team, channel, self.id, seen, original=place)
            payload |= {"response_url": url.url, "state": {"values": self._values(place)}}
        await self._tell(seen, payload)

    # --- forms --------------------------------------------------------------------------------------------------------

    async def fill(self, view: View, values: Mapping[str, Put]) -> None:
        """Put values into fields of a form, by label or ids; fields that tell the app at once do."""
        for name, put in values.items():
            await self.select(view, name, put)

    async def submit(self, view: View, values: Mapping[str, Put] | None = None) -> Seen:
        """Fill in a form and send it. Slack itself refuses required fields left empty, and wrong lengths."""
        await self.fill(view, values or {})
        self._on_top(view)
        seen = self._watch(None)
        seen.errors.update(errors_before_sending(view))
        if seen.errors:
            return seen
        payload = payloads.interaction("view_submission", APP_ID, self.team, self.user) | {
            "trigger_id": self.world.triggers.give(self.team.id, self.id, seen),
            "view": view.as_json(),
            "response_urls": response_urls_of(self.world, self.team, view, seen),
        }
        said = await self._deliver(seen, "interactive", payload)
        if seen.error is None:
            apply_submission(self.world, self.team, view, said, seen)
        return seen

    async def close(self, view: View, *, everything: bool = False) -> Seen:
        """Close the topmost form, or all of them; the app is told if it asked."""
        self._on_top(view)
        seen = self._watch(None)
        closing = list(reversed(self.team.stack(self.id))) if everything else [view]
        for one in closing:
            self.world.close_top(self.team, self.id)
            if one.body.get("notify_on_close"):
                payload = payloads.interaction("view_closed", APP_ID, self.team, self.user) | {
                    "view": one.as_json(),
                    "is_cleared": everything,
                }
                await self._tell(seen, payload)
        seen.closed = True
        return seen

    # --- Home and shortcuts -----------------------------------------------------------------------------------------

    @property
    def home(self) -> View | None:
        """The Home tab as it is, if it was ever published."""
        return self.team.homes.get(self.id)

    async def open_home(self, tab: str = "home") -> Seen:
        """Open the app's Home tab, or its messages."""
        seen = self._watch(None)
        event: JsonObject = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.team.direct(self.id).id,
            "tab": tab,
        }
        if tab == "home" and self.home is not None:
            event["view"] = self.home.as_json()
        told = await self.events.happen(self.team, event)
        if told is not None and isinstance(told.answers[-1], Acked):
            seen.ms = told.answers[-1].ms
            seen.deliveries += 1
        return seen

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Seen:
        """Use a shortcut, of everywhere or of a message."""
        channel = None if message is None else self._channel(message)
        seen = self._watch(channel)
        type, known = "shortcut", self.world.manifest.global_shortcuts
        if message is not None:
            type, known = "message_action", self.world.manifest.message_shortcuts
        assert callback_id in known, f"the manifest has no such shortcut: {callback_id}; there is {sorted(known)}"
        payload = payloads.interaction(type, APP_ID, self.team, self.user) | {
            "callback_id": callback_id,
            "trigger_id": self.world.triggers.give(self.team.id, self.id, seen),
            "action_ts": f"{self.world.clock.now().timestamp():.6f}",
        }
        if message is not None and channel is not None:
            url = self.world.response_urls.give(self.team, channel, self.id, seen, original=message)
            payload |= {"response_url": url.url, "message_ts": message.ts, **payloads.place_fields(message, channel)}
        await self._tell(seen, payload)
        return seen

    # --- anything at all ------------------------------------------------------------------------------------------

    async def send(self, kind: Kind, payload: JsonObject) -> Answer:
        """Send the app a payload of the test's own making."""
        return await self.lines.deliver(kind, payload)

    def payload(self, type: str, **fields: object) -> JsonObject:
        """The beginning of a payload, to be sent with ``send``."""
        return payloads.interaction(type, APP_ID, self.team, self.user) | fields

    @property
    def whispers(self) -> list[Message]:
        """Everything only this person sees, in order; a reload of the client would lose it."""
        return [message for message in self.world.ephemerals[self.team.id, self.id] if not message.deleted]

    def reload(self) -> None:
        """Reload the client: what only this person saw is gone."""
        for message in self.whispers:
            message.deleted = True

    def modal(self) -> View | None:
        """The form before this person, if there is one."""
        stack = self.team.stack(self.id)
        return stack[-1] if stack else None

    def _watch(self, channel: Channel | None) -> Seen:
        seen = Seen(self.world.changes, channel_id=None if channel is None else channel.id)
        self.world.watching[self.team.id, self.id] = seen
        return seen

    async def _deliver(self, seen: Seen, kind: Kind, payload: JsonObject) -> JsonObject | None:
        seen.deliveries += 1
        match await self.lines.deliver(kind, payload):
            case Acked(payload=said, ms=ms):
                seen.ms = ms
                return said
            case unacked:
                seen.error = unacked.trouble
                return None

    async def _tell(self, seen: Seen, payload: JsonObject) -> None:
        """Deliver what takes no answer but an empty one."""
        said = await self._deliver(seen, "interactive", payload)
        if said:
            self.world.note(f"the acknowledgement of {payload['type']}", f"{sorted(said)} is seen by nobody")

    def _find(self, place: Message | View, name: str, *, stale: bool = False) -> Element:
        if isinstance(place, View):
            assert place.user_id == self.id, "only another person sees this view"
            if place.type == "modal":
                self._on_top(place)
            return find(place.blocks, name)
        assert not place.deleted, "the message is deleted; nobody can press anything on it"
        assert place.ephemeral_to in (None, self.id), "only another person sees this message"
        if not stale:
            return find(place.blocks, name)
        for _, blocks in reversed(place.history):
            if any(name in element.names for element in elements_of(blocks)):
                return find(blocks, name)
        raise AssertionError(f"the message never had anything called {name!r}")

    def _on_top(self, view: View) -> None:
        assert self.modal() is view, f"this form is not the one before {self.user.name}"

    def _values(self, place: Message | View) -> dict[str, dict[str, JsonObject]]:
        if isinstance(place, View):
            return place.values
        return self.world.touched(place, self.id, first_state(place.blocks, place.channel_id))

    def _channel(self, place: Message | View) -> Channel | None:
        return self.team.channels[place.channel_id] if isinstance(place, Message) else None
