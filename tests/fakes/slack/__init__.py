"""A small Slack for tests: the unmodified slack_bolt and slack_sdk talk to it over the wire.

    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, channel = workspace.user("ana"), workspace.channel("general")
        ...  # connect an app with slack.api_url, slack.bot_token and slack.app_token
        await slack.sockets.connected()
        seen = await ana.slash(channel, "/study", "quiz")

Everything the app sends is checked; what Slack would refuse is raised when the fake ends. To play with it by hand:
``python -m tests.fakes.slack --port 8720``.
"""

from __future__ import annotations

from tests.fakes.slack.channel import Channel
from tests.fakes.slack.line import Acked, Answer, Retry, Unacked
from tests.fakes.slack.manifest import Command, Manifest
from tests.fakes.slack.message import Message
from tests.fakes.slack.misbehaviour import Delay, Fail, Hang, LoseAnswer, ServerError
from tests.fakes.slack.person import Person
from tests.fakes.slack.seen import Seen
from tests.fakes.slack.server import FakeSlack, RulesBroken
from tests.fakes.slack.view import View
from tests.fakes.slack.workspace import Workspace

__all__ = [
    "Acked",
    "Answer",
    "Channel",
    "Command",
    "Delay",
    "Fail",
    "FakeSlack",
    "Hang",
    "LoseAnswer",
    "Manifest",
    "Message",
    "Person",
    "Retry",
    "RulesBroken",
    "Seen",
    "ServerError",
    "Unacked",
    "View",
    "Workspace",
]
