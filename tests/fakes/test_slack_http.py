"""HTTP mode of the fake Slack: signed requests, requests nobody should believe, retries, and OAuth."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest, AsyncRespond
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, over_http
from tests.fakes.slack import FakeSlack, Unacked
from tests.fakes.slack.http_mode import FORM, HttpLine
from tests.fakes.slack_samples import BUTTONS, Body, modal, option, section, text_input


async def test_people_use_an_app_behind_an_address() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack(text="Here you are: 50% & more", response_type="ephemeral")
            await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("City", "city")))

        @app.view("settings")
        async def settings(ack: AsyncAck) -> None:
            await ack(response_action="errors", errors={"city": "No such city."})

        @app.action("answer:A")
        async def answered(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(text="Right", replace_original=False)

        async with over_http(app) as address:
            await slack.deliver_to(f"{address}/slack/events")
            seen = await ana.slash(general, "/study", "a+b & ünï")
            assert seen.text == "Here you are: 50% & more"
            assert (await ana.submit(await seen.view(), {"City": "Atlantis"})).errors == {"city": "No such city."}
            await app.client.chat_postMessage(channel=general.id, text="Question", blocks=BUTTONS)
            pressed = await ana.press(slack.messages(general)[0], "A")
            assert (await pressed.message()).text == "Right"
            assert (await ana.slash(general, "/quiz")).error == "dispatch_failed"


async def test_menus_filled_by_the_app_and_messages_to_one_person() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        picker = {"type": "external_select", "action_id": "role", "min_query_length": 1}
        heard: list[Body] = []

        @app.command("/role")
        async def role(ack: AsyncAck) -> None:
            await ack(text="Which role?", blocks=[section("Which role?", accessory=picker)])

        @app.options("role")
        async def roles(ack: AsyncAck) -> None:
            await ack(options=[option("AI engineer", "ai-engineer")])

        @app.action("role")
        async def chosen(ack: AsyncAck, body: Body, respond: AsyncRespond) -> None:
            heard.append(body)
            await ack()
            await respond(text="An AI engineer builds.", replace_original=True)

        async with over_http(app) as address:
            await slack.deliver_to(f"{address}/slack/events")
            whisper = (await ana.slash(general, "/role")).messages[0]
            await ana.select(whisper, "role", "AI engineer")
            await slack.until(lambda: whisper.edits == 1)
        assert ana.whispers == [whisper]
        assert heard[0]["container"]["is_ephemeral"]
        assert "message" not in heard[0]
        assert heard[0]["actions"][0]["selected_option"]["value"] == "ai-engineer"


BODY = urlencode({"command": "/study", "text": "", "team_id": "T0000000001", "user_id": "U1"}).encode()


@pytest.mark.parametrize(
    ("what", "status"),
    [("good", 200), ("forged", 401), ("unsigned", 401), ("old", 401), ("other", 404), ("oversize", 413)],
)
async def test_requests_nobody_should_believe(what: str, status: int) -> None:
    async with FakeSlack() as slack:
        slack.workspace()
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck) -> None:
            await ack()

        async with over_http(app) as address:
            line = await slack.deliver_to(f"{address}/slack/events")
            reply = await {
                "good": lambda: line.send(BODY, FORM),
                "forged": lambda: line.send(BODY, FORM, signature="v0=" + "0" * 64),
                "unsigned": lambda: line.send(BODY, FORM, signed=False),
                "old": lambda: line.send(BODY, FORM, timestamp=int(time.time()) - 301),
                "other": lambda: line.send(b"hello", "text/plain"),
                "oversize": lambda: line.send(b"x=" + b"y" * 2 * 1024**2, FORM),
            }[what]()
        assert reply.status == status


async def test_the_address_is_verified_and_events_are_told_again() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        general = workspace.channel("general", app_in_it=True)
        app = bolt_app(slack)
        retries: list[list[str]] = []

        @app.event("channel_archive")
        async def archived(request: AsyncBoltRequest) -> None:
            retries.append([request.headers["x-slack-retry-num"][0], request.headers["x-slack-retry-reason"][0]])

        async with over_http(app) as address:
            line: HttpLine = await slack.deliver_to(f"{address}/elsewhere")
            event = await workspace.archive(general)
            assert event is not None
            assert event.answers == [Unacked("dispatch_failed", 404)]
            line = await slack.deliver_to(f"{address}/slack/events")
            challenge = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
            assert (await line.send(challenge, "application/json")).text == '{"challenge": "abc"}'
            await slack.events.retry_unacked()
        assert event.acked()
        assert retries == [["1", "http_timeout"]]


def installable(slack: FakeSlack, folder: Path) -> AsyncApp:
    client = AsyncWebClient(base_url=slack.api_url)
    settings = AsyncOAuthSettings(
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        scopes=["commands", "chat:write"],
        installation_store=FileInstallationStore(base_dir=str(folder)),
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder)),
    )
    flow = AsyncOAuthFlow(client=client, settings=settings)
    return AsyncApp(client=client, signing_secret=slack.signing_secret, oauth_flow=flow)


async def test_workspaces_install_the_app_each_with_a_token_of_its_own(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        app = installable(slack, tmp_path)

        @app.command("/study")
        async def study(ack: AsyncAck, client: AsyncWebClient) -> None:
            await ack(text=(await client.auth_test())["team"])

        async with over_http(app) as address:
            await slack.deliver_to(f"{address}/slack/events")
            for name in ("learners", "builders"):
                workspace = slack.workspace(name, installed=False)
                ana, general = workspace.user("ana"), workspace.channel("general")
                assert "not a valid command" in str((await ana.slash(general, "/study")).notice)
                page = await slack.browser(ana, address).install()
                assert page.status == 200
                assert (await ana.slash(general, "/study")).text == name
                assert workspace.team.scopes == {"commands", "chat:write"}


async def test_an_installation_that_was_tampered_with_goes_nowhere(tmp_path: Path) -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace(installed=False)
        ana = workspace.user("ana")
        app = installable(slack, tmp_path)
        async with over_http(app) as address:
            browser = slack.browser(ana, address)
            asked = await browser.ask()
            code = browser.agree(asked)
            assert (await browser.come_back(asked, code, state="forged")).status == 400
            assert (await browser.come_back(asked, code, with_cookie=False)).status == 400
            assert (await browser.come_back(await browser.ask(), "code-forged")).status == 401
            assert (await browser.come_back(asked, None, error="access_denied")).status == 200
            assert workspace.team.tokens == {}
            assert (await browser.come_back(asked, code)).status == 200
            assert (await browser.come_back(asked, code)).status == 401
            assert list(workspace.team.tokens.values()) == ["good"]
            again = await browser.ask()
            assert (await browser.come_back(again, code)).status == 401
        assert [request.error for request in slack.requests.of("oauth.v2.access")] == [
            "invalid_code",
            None,
            "code_already_used",
        ]


async def test_an_app_that_is_slow_or_away_is_told_from_one_that_answers() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app, go_on = bolt_app(slack), asyncio.Event()

        @app.command("/study")
        async def study(ack: AsyncAck) -> None:
            await go_on.wait()
            await ack()

        async with over_http(app) as address:
            await slack.deliver_to(f"{address}/slack/events")
            with slack.nobody_waits():
                assert (await ana.slash(general, "/study")).error == "operation_timeout"
            go_on.set()
        assert (await ana.slash(general, "/study")).error == "dispatch_failed"


async def test_an_app_may_forbid_that_it_is_told_again() -> None:
    async def refuse(request: web.Request) -> web.Response:
        return web.Response(status=500, headers={"x-slack-no-retry": "1"})

    entry = web.Application()
    entry.router.add_post("/slack/events", refuse)
    async with FakeSlack() as slack, TestServer(entry) as server:
        workspace = slack.workspace()
        await slack.deliver_to(str(server.make_url("/slack/events")))
        event = await workspace.archive(workspace.channel("general"))
        await slack.events.retry_unacked()
        assert event is not None
        assert event.answers == [Unacked("dispatch_failed", 500, again=False)]
