"""The Home tab: today's question, where you stand, the next step; for managers the daily questions too."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from bot.adapters.slack.cards import VIEW_BLOCKS, Json, Names, actions, button, divider, section, small
from bot.adapters.slack.forms import CUT
from bot.adapters.slack.people import People
from bot.adapters.slack.places import Places
from bot.adapters.slack.render import rendered_in
from bot.adapters.slack.text import mrkdwn
from bot.adapters.slack.web import FAILED, error_of
from bot.adapters.slack.workspaces import Workspace
from bot.commands.dispatch import Dispatch
from bot.domain.community import Platform
from bot.domain.identifiers import PlaceRef
from bot.kit import Background, Latest
from bot.ports.call import Call
from bot.ports.clock import Clock, Dice
from bot.replies.card import Reply
from bot.replies.common_buttons import HOME, leading
from bot.replies.configuring import AT_A_GLANCE, ConfigShown
from bot.replies.markup import bold, markup
from bot.replies.roadmaps import RoadmapShown, open_step

log = logging.getLogger(__name__)

OPEN_AT_MOST = 5000
"""People whose Home tab is kept up to date; whoever opens theirs again is among them again."""


class Home:
    """Publishes Home tabs: when one is opened, and after each change of what it shows."""

    def __init__(self, dispatch: Dispatch, clock: Clock, dice: Dice, people: People, places: Places) -> None:
        """``dispatch`` is one that limits nobody: here it is we who ask."""
        self._dispatch = dispatch
        self._clock = clock
        self._dice = dice
        self._people = people
        self._places = places
        self._open = Latest[tuple[str, str], bool](OPEN_AT_MOST)
        self._publishing: dict[tuple[str, str], bool] = {}
        """People being published for, each with whether once more is wanted."""
        self._background = Background()

    def opened(self, workspace: Workspace, user: str) -> None:
        """Somebody looks at their Home tab."""
        self._open[workspace.id, user] = True
        self.changed(workspace, user)

    def changed(self, workspace: Workspace, user: str) -> None:
        """Something a person's Home tab shows may be different now; it is published if they ever opened it."""
        key = (workspace.id, user)
        if key not in self._open:
            return
        if key in self._publishing:
            self._publishing[key] = True
            return
        self._publishing[key] = False
        self._background.start(self._publish(workspace, user))

    async def settled(self) -> None:
        """Wait until every Home tab stands."""
        await self._background.settled()

    async def _publish(self, workspace: Workspace, user: str) -> None:
        key = (workspace.id, user)
        again = True
        while again:
            self._publishing[key] = False
            try:
                view = await self._view(workspace, user)
                await workspace.client.views_publish(user_id=user, view=view)
            except FAILED as error:
                log.warning("a Home tab was not published: %s", error_of(error))
            except Exception:
                log.exception("making a Home tab failed")
            again = self._publishing[key]
        del self._publishing[key]

    async def _view(self, workspace: Workspace, user: str) -> Json:
        call = Call(
            Platform.SLACK,
            workspace.id,
            PlaceRef(""),
            user,
            self._clock.now(),
            self._dice.seed(),
            self._people.zone(workspace.id, user),
        )
        parts = [await self._part(workspace, await self._said(call, name)) for name in ("daily", "progress")]
        path = await self._said(call, "roadmap")
        if isinstance(path, RoadmapShown) and path.next is not None:
            onward = button(open_step(path.next.step), Names())
            parts.append([section(mrkdwn(markup(bold("Next step: "), path.next.step.title)), onward)])
        # For anyone else it is a refusal. A glance: nobody may be looking while this is published again.
        config = (await self._dispatch.press(call, AT_A_GLANCE.text)).reply
        if isinstance(config, ConfigShown):
            parts.append(await self._part(workspace, config))
        blocks = [block for part in parts for block in (*part, divider())]
        offered = self._dispatch.registry.offered(await self._dispatch.catalog_of(call))
        blocks.append(actions(leading(HOME, offered), self._places.names()))
        return {"type": "home", "blocks": _whole(list(_pressed_once(blocks)))}

    async def _said(self, call: Call, command: str) -> Reply:
        return (await self._dispatch.command(call, command, {})).reply

    async def _part(self, workspace: Workspace, reply: Reply) -> list[Json]:
        return [block for page in await rendered_in(workspace, self._places, reply) for block in page.blocks]


def _whole(blocks: list[Json]) -> list[Json]:
    """As many blocks as a tab holds; if some are cut, a line says so and the buttons at the end stay."""
    if len(blocks) <= VIEW_BLOCKS:
        return blocks
    return [*blocks[: VIEW_BLOCKS - 2], small(CUT), blocks[-1]]


def _pressed_once(blocks: list[Json]) -> Iterator[Json]:
    """Each way on once: several parts lead to the same places."""
    seen: set[str] = set()
    for block in blocks:
        if block["type"] != "actions":
            yield block
            continue
        fresh = [one for one in block["elements"] if one["action_id"] not in seen]
        seen.update(one["action_id"] for one in fresh)
        if fresh:
            yield {**block, "elements": fresh}
