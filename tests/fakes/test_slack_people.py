"""What people do in the fake Slack reaches an unmodified Bolt app, and what the app answers reaches them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, in_socket_mode
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.person import REQUIRED

Body = dict[str, Any]

BUTTONS: list[Body] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Question 42*"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": f"answer:{key}", "value": key, "text": {"type": "plain_text", "text": key}}
            for key in "AB"
        ],
    },
]


def text_input(label: str, block_id: str, **fields: object) -> Body:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "element": {"type": "plain_text_input", "action_id": "text", **fields},
    }


def modal(*blocks: Body, title: str = "Settings", **fields: object) -> Body:
    plain = {"type": "plain_text", "text": title}
    submit = {"type": "plain_text", "text": "Save"}
    return {
        "type": "modal",
        "callback_id": "settings",
        "title": plain,
        "submit": submit,
        "blocks": list(blocks),
        **fields,
    }


async def test_a_command_is_answered_in_its_acknowledgement() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        heard: list[Body] = []

        @app.command("/study")
        async def study(ack: AsyncAck, command: Body) -> None:
            heard.append(command)
            await ack(text=f"You said {command['text']}", response_type="ephemeral")

        async with in_socket_mode(slack, app):
            seen = await ana.slash(general, "/study", 'quiz "R&D" @ana #general')

        assert seen.text == f"You said {heard[0]['text']}"
        assert heard[0]["text"] == f'quiz "R&amp;D" <@{ana.id}> <#{general.id}|general>'
        assert ana.whispers == seen.messages
        assert slack.messages(general) == []
        assert seen.ms is not None
        assert [ack.kind for ack in slack.sockets.acks] == ["slash_commands"]


async def test_a_press_is_answered_privately_and_the_message_replaced() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, ben = workspace.user("ana"), workspace.user("ben")
        general = workspace.channel("general", app_in_it=True)
        app = bolt_app(slack)

        @app.action("answer:B")
        async def answered(ack: AsyncAck, respond: AsyncRespond, body: Body) -> None:
            await ack()
            await respond(text=f"Right, {body['user']['name']}.", replace_original=False)
            await respond(text="Closed.", replace_original=True)

        async with in_socket_mode(slack, app):
            await app.client.chat_postMessage(channel=general.id, text="Question 42", blocks=BUTTONS)
            post = slack.messages(general)[0]
            seen = await ben.press(post, "B")
            assert (await seen.message()).text == "Right, ben."
            await slack.until(lambda: post.edits == 1)

        assert post.text == "Closed."
        assert post.blocks == []
        assert seen.replaced == [post]
        assert ana.whispers == []
        assert slack.requests.methods().count("response_url") == 2


async def test_a_form_is_opened_filled_in_and_submitted() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        submitted: list[Body] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(
                trigger_id=body["trigger_id"],
                view=modal(text_input("City", "city", max_length=10), private_metadata="x"),
            )

        @app.view("settings")
        async def settings(ack: AsyncAck, view: Body) -> None:
            submitted.append(view)
            if view["state"]["values"]["city"]["text"]["value"] == "Atlantis":
                await ack(response_action="errors", errors={"city": "No such city."})
            else:
                await ack()

        async with in_socket_mode(slack, app):
            seen = await ana.slash(general, "/study", "config")
            form = await seen.view()
            assert ana.modal() is form
            assert (await ana.submit(form)).errors == {"city": REQUIRED}
            assert (await ana.submit(form, {"City": "Constantinople"})).errors == {
                "city": "Please enter at most 10 characters."
            }
            assert submitted == []
            assert (await ana.submit(form, {"City": "Atlantis"})).errors == {"city": "No such city."}
            assert ana.modal() is form
            done = await ana.submit(form, {"city": "Berlin"})

        assert done.closed
        assert ana.modal() is None
        assert [view["private_metadata"] for view in submitted] == ["x", "x"]


async def test_slack_itself_refuses_commands_in_threads_and_unknown_ones() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        in_thread = await ana.slash(general, "/study", thread="1.0")
        unknown = await ana.slash(general, "/stduy")
        assert in_thread.notice == "/study is not supported in threads. Sorry!"
        assert str(unknown.notice).startswith("/stduy is not a valid command.")
        assert (in_thread.deliveries, unknown.deliveries) == (0, 0)


@pytest.mark.parametrize("acknowledges", [True, False])
async def test_who_waits_too_long_is_told_so(acknowledges: bool) -> None:
    async with FakeSlack(patience=0.15) as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck) -> None:
            if acknowledges:
                await ack()

        async with in_socket_mode(slack, app):
            await ana.slash(general, "/study")  # the first one pays for auth.test
            seen = await ana.slash(general, "/study")

        assert seen.error == (None if acknowledges else "operation_timeout")


async def test_without_the_app_nothing_is_dispatched() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        seen = await workspace.user("ana").slash(workspace.channel("general"), "/study")
        assert seen.error == "dispatch_failed"
