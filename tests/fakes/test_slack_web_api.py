"""The fake's Web API as slack_sdk meets it: what it takes, what it refuses, and how it fails on demand."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, in_socket_mode, web_client
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Delay, Fail, FakeSlack, Hang, LoseAnswer, Manifest, Person, ServerError
from tests.fakes.slack.api.methods import METHODS
from tests.fakes.slack.manifest import SCOPES
from tests.fakes.slack_samples import BUTTONS, Body, section

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


async def refusal(call: object) -> str:
    assert asyncio.iscoroutine(call)
    with pytest.raises(SlackApiError) as raised:
        await call
    error: str = raised.value.response["error"]
    return error


async def test_a_message_is_posted_edited_linked_and_deleted() -> None:
    async with FakeSlack() as slack:
        general = slack.workspace().channel("general")
        client = web_client(slack)
        posted = await client.chat_postMessage(channel=general.id, text="Question 42", blocks=BUTTONS)
        message = slack.messages(general)[0]
        assert posted["ts"] == message.ts
        assert len(message.blocks) == 2
        link = await client.chat_getPermalink(channel=general.id, message_ts=message.ts)
        assert link["permalink"].endswith(f"/{general.id}/p{message.ts.replace('.', '')}")
        await client.chat_update(channel=general.id, ts=message.ts, text="Closed")
        assert (message.text, message.blocks) == ("Closed", [])
        await client.chat_delete(channel=general.id, ts=message.ts)
        assert slack.messages(general) == []
        assert await refusal(client.chat_update(channel=general.id, ts=message.ts, text="x")) == "message_not_found"
        assert slack.requests.methods()[:2] == ["chat.postMessage", "chat.getPermalink"]


async def test_where_the_app_may_not_post() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        client = web_client(slack)
        gone = workspace.channel("gone")
        gone.deleted = True

        async def post(channel: str) -> str:
            return await refusal(client.chat_postMessage(channel=channel, text="x"))

        assert await post(workspace.channel("old", archived=True).id) == "is_archived"
        assert await post(workspace.channel("secret", "private").id) == "channel_not_found"
        assert await post(workspace.channel("news", restricted=True).id) == "restricted_action"
        assert await post(gone.id) == "channel_not_found"
        assert await post("C404") == "channel_not_found"
        assert await post(workspace.user("zoe", deactivated=True).id) == "channel_not_found"
        workspace.team.scopes.discard("chat:write.public")
        assert await post(workspace.channel("general").id) == "not_in_channel"
        workspace.team.scopes.discard("chat:write")
        assert await post(workspace.channel("general").id) == "missing_scope"
        other = slack.workspace("others").channel("general")
        assert await post(other.id) == "missing_scope"


async def test_a_direct_message_needs_no_channel_but_an_open_messages_tab() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana = workspace.user("ana")
        await web_client(slack).chat_postMessage(channel=ana.id, text="Hello")
        assert [message.text for message in slack.messages(workspace.direct(ana))] == ["Hello"]
    async with FakeSlack(manifest=Manifest(messages_tab=False)) as slack:
        ana = slack.workspace().user("ana")
        assert await refusal(web_client(slack).chat_postMessage(channel=ana.id, text="x")) == "messages_tab_disabled"


async def test_a_whisper_reaches_one_member_only() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, ben, zoe = workspace.user("ana"), workspace.user("ben"), workspace.user("zoe")
        general = workspace.channel("general", "public", ana, ben)
        client = web_client(slack)

        async def whisper(person: Person) -> None:
            await client.chat_postEphemeral(channel=general.id, user=person.id, text="Psst")

        assert await refusal(whisper(ana)) == "not_in_channel"
        workspace.invite_app(general)
        await whisper(ana)
        assert await refusal(whisper(zoe)) == "user_not_in_channel"
        assert ([m.text for m in ana.whispers], ben.whispers, slack.messages(general)) == (["Psst"], [], [])


async def test_tokens_that_do_not_work() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        assert (await web_client(slack).auth_test())["bot_id"] == workspace.team.bot_id
        assert await refusal(AsyncWebClient(base_url=slack.api_url).auth_test()) == "not_authed"
        assert await refusal(web_client(slack, "xoxb-else").auth_test()) == "invalid_auth"
        assert await refusal(web_client(slack, slack.app_token).auth_test()) == "not_allowed_token_type"
        assert await refusal(web_client(slack).apps_connections_open(app_token="xapp-else")) == "invalid_auth"
        await workspace.revoke()
        assert await refusal(web_client(slack).auth_test()) == "token_revoked"
        await workspace.uninstall()
        assert await refusal(web_client(slack).auth_test()) == "account_inactive"


async def test_people_are_told_apart() -> None:
    async with FakeSlack(clock=FakeClock(NOON)) as slack:
        workspace = slack.workspace(enterprise_id="E1")
        client = web_client(slack)

        async def info(person: Person) -> Body:
            found: Body = (await client.users_info(user=person.id, include_locale=True))["user"]
            return found

        boss = await info(workspace.user("boss", primary_owner=True, tz="Asia/Kathmandu"))
        assert (boss["is_admin"], boss["is_owner"], boss["is_primary_owner"]) == (True, True, True)
        assert (boss["tz"], boss["tz_offset"], boss["locale"]) == ("Asia/Kathmandu", 20_700, "en-GB")
        assert (await info(workspace.user("guest", single_channel_guest=True)))["is_restricted"]
        assert (await info(workspace.user("org", enterprise_admin=True)))["enterprise_user"]["is_admin"]
        gone = await info(workspace.user("gone", deactivated=True))
        stranger = await info(workspace.user("zoe", stranger=True))
        assert gone["deleted"]
        assert "tz" not in gone
        assert stranger["team_id"] != workspace.id
        assert "is_admin" not in stranger
        assert len((await client.users_list(limit=2))["members"]) == 2
        pages = [page["members"] async for page in await client.users_list(limit=2)]
        assert sum(len(page) for page in pages) == 5  # the app too, and not the stranger
        assert await refusal(client.users_info(user="U404")) == "user_not_found"


async def test_channels_are_listed_and_joined_with_the_right_scopes() -> None:
    scopes = SCOPES | {"channels:join", "im:write", "team:read", "files:write"}
    async with FakeSlack(manifest=Manifest(scopes=scopes)) as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        workspace.channel("old", archived=True)
        workspace.channel("secret", "private")
        client = web_client(slack)
        shown = await client.conversations_list(exclude_archived=True)
        assert [(one["name"], one["is_member"]) for one in shown["channels"]] == [("general", False)]
        await client.conversations_join(channel=general.id)
        assert (await client.conversations_info(channel=general.id))["channel"]["is_member"]
        assert await refusal(client.conversations_list(types="private_channel")) == "missing_scope"
        opened = await client.conversations_open(users=ana.id)
        assert opened["channel"]["id"] == workspace.direct(ana).id
        assert (await client.team_info())["team"]["name"] == "learners"
        await client.files_upload_v2(filename="chart.png", content=b"\x89PNG", channel=general.id, alt_txt="A chart")
        assert len(slack.messages(general)[0].file_ids) == 1


@pytest.mark.slow
async def test_a_lost_answer_makes_the_default_client_post_twice() -> None:
    async with FakeSlack() as slack:
        general = slack.workspace().channel("general")
        slack.on("chat.postMessage", LoseAnswer())
        await web_client(slack).chat_postMessage(channel=general.id, text="Twice")
        assert [message.text for message in slack.messages(general)] == ["Twice", "Twice"]
        first, second = slack.requests.of("chat.postMessage")
        assert (first.done, first.status, second.status) == (True, None, 200)


@pytest.mark.parametrize("done", [True, False])
async def test_a_lost_answer_leaves_a_careful_client_without_one(done: bool) -> None:
    async with FakeSlack() as slack:
        general = slack.workspace().channel("general")
        client = AsyncWebClient(slack.bot_token, slack.api_url, retry_handlers=[])
        slack.on("chat.postMessage", LoseAnswer(done=done))
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.chat_postMessage(channel=general.id, text="Once")
        assert len(slack.messages(general)) == (1 if done else 0)


async def test_other_things_that_go_wrong_on_demand() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        general, other = workspace.channel("general"), workspace.channel("other")
        client = web_client(slack)

        async def post() -> str:
            return await refusal(client.chat_postMessage(channel=general.id, text="x"))

        slack.on("chat.postMessage", Fail("ekm_access_denied"), channel=general, times=2)
        await client.chat_postMessage(channel=other.id, text="x")
        assert [await post(), await post()] == ["ekm_access_denied"] * 2

        slack.on("chat.postMessage", ServerError(503))
        with pytest.raises(SlackApiError) as raised:
            await client.chat_postMessage(channel=general.id, text="x")
        assert raised.value.response.status_code == 503

        slack.on("chat.postMessage", Delay(0.01))
        await client.chat_postMessage(channel=general.id, text="late")

        hang = Hang(done_before=False)
        slack.on("chat.postMessage", hang)
        posting = asyncio.create_task(client.chat_postMessage(channel=general.id, text="hung"))
        await hang.reached.wait()
        assert [message.text for message in slack.messages(general)] == ["late"]
        hang.release()
        await posting
        assert [message.text for message in slack.messages(general)] == ["late", "hung"]


async def test_too_many_posts_are_refused_with_the_time_to_wait() -> None:
    clock = FakeClock(NOON)
    async with FakeSlack(clock=clock, rate_limits=True) as slack:
        general = slack.workspace().channel("general")
        client = web_client(slack)
        await client.chat_postMessage(channel=general.id, text="1")
        with pytest.raises(SlackApiError) as raised:
            await client.chat_postMessage(channel=general.id, text="2")
        assert raised.value.response["error"] == "ratelimited"
        assert raised.value.response.status_code == 429
        assert raised.value.response.headers["Retry-After"] == "1"
        clock.advance(timedelta(seconds=1))
        await client.chat_postMessage(channel=general.id, text="2")
        ts = slack.messages(general)[0].ts
        for _ in range(50):
            await client.chat_update(channel=general.id, ts=ts, text="x")
        assert await refusal(client.chat_update(channel=general.id, ts=ts, text="x")) == "ratelimited"


@pytest.mark.slow
async def test_the_sdk_waits_and_tries_again_if_it_is_told_to() -> None:
    async with FakeSlack() as slack:
        general = slack.workspace().channel("general")
        client = web_client(slack)
        client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
        slack.on("chat.postMessage", Fail("ratelimited", retry_after=1))
        await client.chat_postMessage(channel=general.id, text="Once")
        assert [request.status for request in slack.requests.of("chat.postMessage")] == [429, 200]
        assert len(slack.messages(general)) == 1


async def test_a_response_url_is_good_for_five_answers_and_half_an_hour() -> None:
    clock = FakeClock(NOON)
    async with FakeSlack(clock=clock) as slack:
        workspace = slack.workspace()
        ana, secret = workspace.user("ana"), workspace.channel("secret", "private")
        app = bolt_app(slack)
        responds: list[AsyncRespond] = []

        @app.command("/study")
        async def study(ack: AsyncAck, respond: AsyncRespond) -> None:
            responds.append(respond)
            await ack()

        async with in_socket_mode(slack, app):
            await ana.slash(secret, "/study", "quiz")
            await ana.slash(secret, "/study")
            answers = [await responds[0](text=str(number), response_type="ephemeral") for number in range(6)]
            assert [answer.status_code for answer in answers] == [200] * 5 + [404]
            assert answers[-1].body == "used_url"
            assert [message.text for message in ana.whispers] == list("01234")
            open_to_all = await responds[1](text="All", response_type="in_channel")
            assert open_to_all.status_code == 200
            clock.advance(timedelta(minutes=31))
            late = await responds[1](text="Late")
            assert (late.status_code, late.body) == (404, "expired_url")
        assert [(message.text, message.command) for message in slack.messages(secret)] == [("All", "/study")]


async def test_blocks_slack_would_refuse_are_refused_and_raised_at_the_end() -> None:
    async with FakeSlack() as slack:
        general = slack.workspace().channel("general")
        with pytest.raises(SlackApiError, match="invalid_blocks") as raised:
            await web_client(slack).chat_postMessage(channel=general.id, text="x", blocks=[section("y" * 3001)])
        assert "3001 characters" in raised.value.response["response_metadata"]["messages"][0]
        assert slack.messages(general) == []
        assert slack.forgive() == ["chat.postMessage: blocks[0].text.text: has 3001 characters; 1 to 3000 are allowed"]


async def test_answers_to_interactions_go_wrong_on_demand_too() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        responds: list[AsyncRespond] = []

        @app.command("/study")
        async def study(ack: AsyncAck, respond: AsyncRespond) -> None:
            responds.append(respond)
            await ack()

        async with in_socket_mode(slack, app):
            await ana.slash(general, "/study")
        [respond] = responds
        hang = Hang()
        too_often = Fail("rate_limited", retry_after=2)
        for behaviour in (Fail("used_url"), too_often, ServerError(500, done=True), Delay(0.01)):
            slack.on("response_url", behaviour)
        answers = [await respond(text=str(number)) for number in range(4)]
        assert [(answer.status_code, answer.body) for answer in answers] == [
            (404, "used_url"),
            (429, "rate_limited"),
            (500, ""),
            (200, "ok"),
        ]
        assert [message.text for message in ana.whispers] == ["2", "3"]
        slack.on("response_url", hang)
        late = asyncio.create_task(respond(text="late"))
        await hang.reached.wait()
        hang.release()
        assert (await late).status_code == 200
        slack.on("response_url", LoseAnswer(), times=2)
        with pytest.raises(aiohttp.ClientConnectionError):
            await respond(text="lost")
        assert slack.unspent() == []
        assert [message.text for message in ana.whispers] == ["2", "3", "late", "lost", "lost"]


async def test_answers_slack_does_not_understand() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        urls: list[str] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body) -> None:
            urls.append(body["response_url"])
            await ack()

        async with in_socket_mode(slack, app):
            await ana.slash(general, "/study")
            await ana.slash(general, "/study")
        told = []
        async with aiohttp.ClientSession() as session:
            for url, said in [
                (urls[0], "not JSON"),
                (urls[0], "[]"),
                (urls[0], "{}"),
                (urls[0], '{"text": "x", "blocks": [{"type": "carousel"}]}'),
                (urls[0], '{"delete_original": true}'),
                (urls[1], '{"text": "x", "colour": "red"}'),
                (f"{slack.url}/response/T1/1", '{"text": "x"}'),
            ]:
                async with session.post(url, data=said, headers={"Content-Type": "application/json"}) as response:
                    told.append((response.status, await response.text()))
        assert told == [
            (400, "invalid_payload"),
            (400, "invalid_payload"),
            (400, "no_text"),
            (400, "invalid_blocks"),
            (400, "no_original"),
            (200, "ok"),
            (404, "invalid_url"),
        ]
        assert len(slack.forgive()) == 2


async def test_calls_slack_does_not_understand() -> None:
    async with FakeSlack() as slack:
        slack.workspace()
        client = web_client(slack)
        assert await refusal(client.api_call("chat.everything")) == "unknown_method"
        assert await refusal(client.api_call("chat.postMessage", data={"blocks": "["})) == "invalid_json"
        assert await refusal(client.api_call("chat.postMessage", json={})) == "invalid_arguments"
        assert await refusal(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
        assert await refusal(client.api_call("chat.postMessage", data={"channel": "C1"})) == "channel_not_found"


async def test_forms_and_json_say_the_same() -> None:
    async with FakeSlack() as slack:
        general = slack.workspace().channel("general")
        client = web_client(slack)
        blocks = json.dumps([section("One")])
        await client.api_call("chat.postMessage", data={"channel": "#general", "text": "One", "blocks": blocks})
        await client.api_call("chat.postMessage", params={"channel": general.id, "text": "Two", "thread_ts": "1.0"})
        metadata = {"event_type": "round", "event_payload": {"id": "1"}}
        await client.chat_postMessage(channel=general.id, text="Three", metadata=metadata)
        one, two, three = slack.messages(general)
        assert one.blocks[0]["text"]["text"] == "One"
        assert two.thread_ts == "1.0"
        assert three.as_json()["metadata"] == metadata


@pytest.mark.parametrize(("method", "scope"), [(name, scope) for name, (_, scope) in METHODS.items() if scope])
async def test_a_method_is_refused_without_its_scope(method: str, scope: str) -> None:
    async with FakeSlack() as slack:
        slack.workspace().team.scopes = {"commands"}
        with pytest.raises(SlackApiError) as refused:
            await web_client(slack).api_call(method)
        assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", scope)
        assert refused.value.response["provided"] == "commands"
