"""Acts of people in the fake Slack reach an unmodified Bolt app, and what the app answers reaches them."""

from __future__ import annotations

import asyncio
import re

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, in_socket_mode, web_client
from tests.fakes.patience import MOMENT
from tests.fakes.slack import FakeSlack, RulesBroken, Seen
from tests.fakes.slack.changes import Changes
from tests.fakes.slack.submission import REQUIRED
from tests.fakes.slack_samples import BUTTONS, Body, actions, button, modal, plain, text_input


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


async def test_who_waits_too_long_is_told_so() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study() -> None:
            """Acknowledges nothing."""

        async with in_socket_mode(slack, app):
            with slack.nobody_waits():
                assert (await ana.slash(general, "/study")).error == "operation_timeout"


async def test_without_the_app_nothing_is_dispatched() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        seen = await workspace.user("ana").slash(workspace.channel("general"), "/study")
        assert seen.error == "dispatch_failed"


async def test_an_answer_to_everyone_gives_the_command_away_and_may_be_taken_back() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck) -> None:
            await ack(text="For all", response_type="in_channel", blocks=BUTTONS)

        @app.action("answer:A")
        async def answered(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(delete_original=True)

        async with in_socket_mode(slack, app):
            await ana.slash(general, "/study", "share")
            [message] = slack.messages(general)
            assert message.command == "/study share"
            await ana.press(message, "A")
            await slack.until(lambda: message.deleted)
        assert slack.messages(general) == []


async def test_two_people_press_at_once_and_each_sees_their_own() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        people = [workspace.user(name) for name in ("ana", "ben", "cem")]
        general = workspace.channel("general")
        app = bolt_app(slack)

        @app.action(re.compile("answer:."))
        async def answered(ack: AsyncAck, respond: AsyncRespond, body: Body) -> None:
            await ack()
            await respond(text=f"For {body['user']['name']}", replace_original=False)

        async with in_socket_mode(slack, app):
            await app.client.chat_postMessage(channel=general.id, text="Question", blocks=BUTTONS)
            post = slack.messages(general)[0]
            both = await asyncio.gather(*(person.press(post, "A") for person in people for _ in range(2)))
            texts = [(await seen.message()).text for seen in both]
        assert texts == ["For ana", "For ana", "For ben", "For ben", "For cem", "For cem"]
        assert all(len(seen.messages) == 1 for seen in both)


async def test_presses_on_what_is_no_longer_there_and_on_what_never_was() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        pressed: list[str] = []

        @app.action(re.compile("answer:."))
        async def answered(ack: AsyncAck, action: Body) -> None:
            pressed.append(action["action_id"])
            await ack()

        async with in_socket_mode(slack, app):
            answer = await app.client.chat_postMessage(channel=general.id, text="Question", blocks=BUTTONS)
            post = slack.messages(general)[0]
            await ana.press(post, "A", forged={"action_id": "answer:Z"})
            await app.client.chat_update(channel=general.id, ts=answer["ts"], text="Closed")
            with pytest.raises(AssertionError, match="nothing is called 'A'"):
                await ana.press(post, "A")
            await ana.press(post, "A", stale=True)
        assert pressed == ["answer:Z", "answer:A"]


async def test_a_question_before_a_press_may_be_answered_with_no() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        confirm = {"title": plain("Sure?"), "text": plain("Gone."), "confirm": plain("Yes"), "deny": plain("No")}
        row = actions(button("Delete", "delete", confirm=confirm), button("Docs", "docs", url="https://e.org"))

        @app.action(re.compile("delete|docs"))
        async def pressed(ack: AsyncAck) -> None:
            await ack()

        async with in_socket_mode(slack, app):
            await app.client.chat_postMessage(channel=general.id, text="Delete?", blocks=[row])
            post = slack.messages(general)[0]
            assert (await ana.press(post, "Delete", confirm=False)).deliveries == 0
            assert (await ana.press(post, "Delete")).deliveries == 1
            assert (await ana.press(post, "Docs")).opened_url == "https://e.org"


async def test_strangers_and_enterprises_are_told_by_their_ids() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace(enterprise_id="E0000000001")
        zoe, shared = workspace.user("zoe", stranger=True), workspace.channel("shared", shared=True)
        secret = workspace.channel("secret", "private")
        app = bolt_app(slack)
        heard: list[Body] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body) -> None:
            heard.append(body)
            await ack()

        @app.action("answer:A")
        async def answered(ack: AsyncAck, body: Body) -> None:
            heard.append(body)
            await ack()

        async with in_socket_mode(slack, app):
            await zoe.slash(secret, "/study")
            await app.client.chat_postMessage(channel=shared.id, text="Question", blocks=BUTTONS)
            await zoe.press(slack.messages(shared)[0], "A")
        command, press = heard
        assert (command["enterprise_id"], command["team_id"]) == ("E0000000001", workspace.id)
        assert command["channel_name"] == "privategroup"
        assert press["enterprise"]["id"] == "E0000000001"
        assert (press["team"]["id"], press["user"]["team_id"]) == (workspace.id, zoe.user.team_id)
        assert zoe.user.team_id != workspace.id


async def test_a_reload_loses_what_only_one_person_saw() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana = workspace.user("ana")
        general = workspace.channel("general", "public", ana, app_in_it=True)
        await web_client(slack).chat_postEphemeral(channel=general.id, user=ana.id, text="Psst", blocks=BUTTONS)
        [whisper] = ana.whispers
        ana.reload()
        assert ana.whispers == []
        with pytest.raises(AssertionError, match="deleted"):
            await ana.press(whisper, "A")


async def test_what_breaks_the_rules_is_raised_at_the_end() -> None:
    slack = await FakeSlack().__aenter__()
    general = slack.workspace().channel("general")
    await web_client(slack).chat_postMessage(channel=general.id, text="x" * 4001)
    with pytest.raises(RulesBroken, match=r"chat\.postMessage: text: has 4001 characters"):
        await slack.__aexit__(None, None, None)


async def test_what_the_app_may_do_is_read_from_its_manifest() -> None:
    manifest = {
        "display_information": {"name": "Study"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": False},
            "slash_commands": [
                {"command": "/sb-quiz", "description": "Practise", "should_escape": False},
            ],
            "shortcuts": [{"name": "Ask", "type": "message", "callback_id": "ask", "description": "Ask about it"}],
        },
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}, "socket_mode_enabled": True},
    }
    async with FakeSlack(manifest=manifest) as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/sb-quiz")
        async def quiz(ack: AsyncAck, command: Body) -> None:
            await ack(text=command["text"])

        async with in_socket_mode(slack, app):
            assert (await ana.slash(general, "/sb-quiz", "@ana <b>")).text == "@ana &lt;b&gt;"
            assert (await ana.slash(general, "/study")).notice is not None
        assert workspace.team.scopes == {"commands"}
        assert slack.world.manifest.message_shortcuts == {"ask"}
        assert not slack.world.manifest.messages_tab
        assert await workspace.archive(general) is None


async def test_what_never_comes_is_named() -> None:
    async with FakeSlack() as slack:
        changes = Changes(patience=MOMENT)
        seen = Seen(changes)
        with pytest.raises(AssertionError, match="it never came: message 1 to this person"):
            await seen.message()
        with pytest.raises(AssertionError, match="no view is seen: error=None"):
            _ = seen.top
        workspace = slack.workspace()
        zoe = workspace.user("zoe")
        workspace.deactivate(zoe)
        assert zoe.user.deleted


async def test_an_answer_where_slack_shows_none_is_found() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.action("answer:A")
        async def answered(ack: AsyncAck) -> None:
            await ack(text="Right")

        async with in_socket_mode(slack, app):
            await app.client.chat_postMessage(channel=general.id, text="Question", blocks=BUTTONS)
            await ana.press(slack.messages(general)[0], "A")
        assert slack.forgive() == ["the acknowledgement of block_actions: ['text'] is seen by nobody"]
