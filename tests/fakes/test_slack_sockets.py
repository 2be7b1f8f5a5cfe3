"""Socket Mode of the fake Slack: connections that end, split, tear and freeze, and acknowledgements."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, in_socket_mode
from tests.fakes.slack import Acked, FakeSlack, Unacked
from tests.fakes.slack_samples import Body


def answering(slack: FakeSlack, heard: list[str], name: str = "app") -> AsyncApp:
    app = bolt_app(slack)

    @app.command("/study")
    async def study(ack: AsyncAck) -> None:
        heard.append(name)
        await ack(text="Here")

    return app


async def test_the_app_follows_when_slack_asks_for_a_fresh_connection() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        async with in_socket_mode(slack, answering(slack, [])):
            for reason in ("refresh_requested", "warning", "link_disabled"):
                before = slack.sockets.opened
                await slack.sockets.disconnect(reason)
                await slack.sockets.reconnected(before)
                assert (await ana.slash(general, "/study")).text == "Here"
        assert len(slack.requests.of("apps.connections.open")) == 4


async def test_the_app_comes_back_after_its_connection_closed() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        async with in_socket_mode(slack, answering(slack, [])):
            before = slack.sockets.opened
            await slack.sockets.drop()
            await slack.sockets.reconnected(before)
            assert (await ana.slash(general, "/study")).text == "Here"


@pytest.mark.slow
async def test_the_app_comes_back_after_its_connection_tore_but_late() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        async with in_socket_mode(slack, answering(slack, []), ping_interval=0.5):
            before = slack.sockets.opened
            slack.sockets.abort()
            assert (await ana.slash(general, "/study")).error == "dispatch_failed"
            await slack.sockets.reconnected(before)
            assert (await ana.slash(general, "/study")).text == "Here"


@pytest.mark.slow
async def test_what_is_sent_into_a_half_open_connection_is_lost() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        heard: list[str] = []
        async with in_socket_mode(slack, answering(slack, heard), ping_interval=0.5):
            before = slack.sockets.opened
            slack.sockets.freeze()
            with slack.nobody_waits():
                assert (await ana.slash(general, "/study")).error == "operation_timeout"
            assert heard == []
            await slack.sockets.reconnected(before)


async def test_each_payload_goes_to_one_of_several_connections() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        heard: list[str] = []
        first, second = answering(slack, heard, "first"), answering(slack, heard, "second")
        async with in_socket_mode(slack, first), in_socket_mode(slack, second):
            for _ in range(4):
                await ana.slash(general, "/study")
            assert sorted(heard) == ["first", "first", "second", "second"]
            assert {ack.connection for ack in slack.sockets.acks} == {1, 2}


async def test_an_exception_right_after_the_acknowledgement_loses_it() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck) -> None:
            await ack(text="Here")
            raise RuntimeError("of the test")

        async with in_socket_mode(slack, app):
            with slack.nobody_waits():
                assert (await ana.slash(general, "/study")).error == "operation_timeout"


async def test_a_late_acknowledgement_is_on_record() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app, go_on = bolt_app(slack), asyncio.Event()

        @app.command("/study")
        async def study(ack: AsyncAck) -> None:
            await go_on.wait()
            await ack(text="Late")

        async with in_socket_mode(slack, app):
            with slack.nobody_waits():
                seen = await ana.slash(general, "/study")
            assert seen.error == "operation_timeout"
            go_on.set()
            await slack.until(lambda: bool(slack.sockets.acks))
        [ack] = slack.sockets.acks
        assert ack.late
        assert ack.payload == {"text": "Late"}
        assert seen.messages == []


async def test_forged_payloads_reach_the_app_as_they_are() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general", app_in_it=True)
        app = bolt_app(slack)
        heard: list[Body] = []

        @app.action("answer:Z")
        async def answered(ack: AsyncAck, action: Body) -> None:
            heard.append(action)
            await ack()

        async with in_socket_mode(slack, app):
            actions = [{"type": "button", "action_id": "answer:Z", "block_id": "x", "value": "Z"}]
            forged = ana.payload("block_actions", channel={"id": general.id}, actions=actions)
            assert isinstance(await ana.send("interactive", forged), Acked)
            with slack.nobody_waits():
                assert isinstance(await ana.send("interactive", {"type": "nonsense"}), Unacked)
        assert [action["value"] for action in heard] == ["Z"]


async def test_the_app_comes_back_when_the_announcement_meets_the_end() -> None:
    async with FakeSlack() as slack:
        slack.workspace()
        async with in_socket_mode(slack, answering(slack, [])):
            await slack.sockets.disconnect(at_once=True)
            await slack.sockets.reconnected(1)


async def test_noise_and_strangers_do_no_harm() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        async with in_socket_mode(slack, answering(slack, [])):
            await slack.sockets.babble("not JSON")
            await slack.sockets.babble('{"type": "something_new"}')
            assert (await ana.slash(general, "/study")).text == "Here"
            async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/link/?ticket=x") as response:
                assert response.status == 401


async def test_more_than_ten_connections_are_turned_away() -> None:
    async with FakeSlack() as slack, aiohttp.ClientSession() as session, AsyncExitStack() as stack:

        async def connect() -> Body:
            answer = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
            socket = await stack.enter_async_context(session.ws_connect(answer["url"]))
            told: Body = await socket.receive_json()
            return told

        greetings = [await connect() for _ in range(11)]
        assert [told["type"] for told in greetings] == ["hello"] * 10 + ["disconnect"]
        assert greetings[9]["num_connections"] == 10
        assert greetings[10]["reason"] == "too_many_websockets"


async def test_acknowledgements_of_nothing_are_on_record() -> None:
    async with FakeSlack() as slack, aiohttp.ClientSession() as session:
        url = (await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token))["url"]
        async with session.ws_connect(f"{url}&debug_reconnects=true") as socket:
            assert (await socket.receive_json())["debug_info"]["approximate_connection_time"] == 360
            await socket.send_json({"envelope_id": "never-sent"})
            await slack.until(lambda: bool(slack.sockets.stray_acks))
        assert slack.sockets.stray_acks == [{"envelope_id": "never-sent"}]
