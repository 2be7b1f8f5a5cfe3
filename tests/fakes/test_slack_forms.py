"""Forms, menus and Home tabs of the fake Slack, as an unmodified Bolt app meets them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, in_socket_mode, web_client
from tests.fakes.clock import FakeClock
from tests.fakes.slack import FakeSlack, Manifest, View
from tests.fakes.slack.values import Put
from tests.fakes.slack_samples import (
    Body,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
    text_input,
)

KATHMANDU = option("Asia/Kathmandu", "Asia/Kathmandu")
SETTINGS = modal(
    field("Channel", "place", {"type": "conversations_select", "default_to_current_conversation": True}),
    field("Time", "time", {"type": "timepicker", "initial_time": "09:00"}),
    field("Zone", "zone", {"type": "external_select", "min_query_length": 1}),
    field("Level", "level", {"type": "static_select", "options": [option("Easy"), option("Hard")]}),
    field("Days", "days", {"type": "checkboxes", "options": [option("Monday", "mo"), option("Tuesday", "tu")]}),
    text_input("Topics", "topics") | {"optional": True},
    field("Ping", "ping", {"type": "users_select"}, optional=True),
)


async def opened(slack: FakeSlack, trigger_id: str, view: Body) -> Body:
    answer = await web_client(slack).views_open(trigger_id=trigger_id, view=view)
    found: Body = answer["view"]
    return found


async def test_every_kind_of_field_arrives_as_slack_sends_it() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana = workspace.user("ana")
        general, learning = workspace.channel("general"), workspace.channel("learning")
        app = bolt_app(slack)
        submitted: list[Body] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=SETTINGS)

        @app.options("value")
        async def zones(ack: AsyncAck, payload: Body) -> None:
            names = ["Asia/Kathmandu", "Asia/Tokyo", "Europe/Berlin"]
            await ack(options=[option(name, name) for name in names if payload["value"].lower() in name.lower()])

        @app.view("settings")
        async def settings(ack: AsyncAck, view: Body) -> None:
            submitted.append(view["state"]["values"])
            await ack()

        async with in_socket_mode(slack, app):
            form = await (await ana.slash(general, "/study")).view()
            assert [one["value"] for one in (await ana.suggest(form, "Zone", "asia")).options] == [
                "Asia/Kathmandu",
                "Asia/Tokyo",
            ]
            assert form.values["place"]["value"]["selected_conversation"] == general.id
            values: dict[str, Put] = {"Channel": learning, "Time": "18:30", "Days": ["Monday", "tu"], "Level": "Hard"}
            done = await ana.submit(form, values | {"Zone": "Asia/Kathmandu"})

        assert done.closed
        assert submitted == [
            {
                "place": {"value": {"type": "conversations_select", "selected_conversation": learning.id}},
                "time": {"value": {"type": "timepicker", "selected_time": "18:30"}},
                "zone": {"value": {"type": "external_select", "selected_option": KATHMANDU}},
                "level": {"value": {"type": "static_select", "selected_option": option("Hard")}},
                "days": {
                    "value": {
                        "type": "checkboxes",
                        "selected_options": [option("Monday", "mo"), option("Tuesday", "tu")],
                    }
                },
                "topics": {"text": {"type": "plain_text_input", "value": None}},
                "ping": {"value": {"type": "users_select", "selected_user": None}},
            }
        ]


async def test_what_was_put_in_stays_when_the_form_is_updated_under_it() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            both = modal(text_input("City", "city"), actions(button("More", "more")))
            await client.views_open(trigger_id=body["trigger_id"], view=both)

        @app.action("more")
        async def more(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            longer = modal(text_input("City", "city"), text_input("Country", "country"))
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=longer)

        async with in_socket_mode(slack, app):
            seen = await ana.slash(general, "/study")
            form = await seen.view()
            await ana.fill(form, {"City": "Berlin"})
            old_hash = form.hash
            await ana.press(form, "More")
            assert await seen.view(2) is form
            assert form.values["city"]["text"]["value"] == "Berlin"
            assert form.values["country"]["text"]["value"] is None
            with pytest.raises(SlackApiError, match="hash_conflict"):
                await app.client.views_update(view_id=form.id, hash=old_hash, view=modal(section("Late")))


async def test_forms_are_pushed_updated_and_cleared_by_the_answer_to_a_submission() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        answers: list[Body] = [
            {"response_action": "push", "view": modal(section("Two"), title="Two")},
            {"response_action": "update", "view": modal(section("Two again"), title="Two again")},
            {"response_action": "push", "view": modal(section("Three"), title="Three")},
            {"response_action": "clear"},
        ]

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(section("One"), title="One"))

        @app.view("settings")
        async def settings(ack: AsyncAck) -> None:
            await ack(**answers.pop(0))

        async with in_socket_mode(slack, app):
            top: View | None = await (await ana.slash(general, "/study")).view()
            titles = []
            while top is not None:
                seen = await ana.submit(top)
                titles.append([view.title for view in ana.team.stack(ana.id)])
                top = ana.modal()

        assert titles == [["One", "Two"], ["One", "Two again"], ["One", "Two again", "Three"], []]
        assert seen.closed


async def test_a_trigger_is_good_for_one_view_and_three_seconds() -> None:
    clock = FakeClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    async with FakeSlack(clock=clock) as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        triggers: list[str] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body) -> None:
            triggers.append(body["trigger_id"])
            await ack()

        async with in_socket_mode(slack, app):
            await ana.slash(general, "/study")
            await ana.slash(general, "/study")
        view = modal(section("One"))
        await opened(slack, triggers[0], view)
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            await opened(slack, triggers[0], view)
        clock.advance(timedelta(seconds=3.1))
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            await opened(slack, triggers[1], view)
        with pytest.raises(SlackApiError, match="invalid_trigger_id"):
            await opened(slack, "1.2.3", view)


async def test_the_app_hears_of_a_closed_form_if_it_asked() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        closed: list[bool] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            view = modal(section("One"), notify_on_close=body["text"] == "tell")
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        @app.view_closed("settings")
        async def on_close(ack: AsyncAck, body: Body) -> None:
            closed.append(body["is_cleared"])
            await ack()

        async with in_socket_mode(slack, app):
            await ana.close(await (await ana.slash(general, "/study", "tell")).view())
            await ana.close(await (await ana.slash(general, "/study")).view())
        assert closed == [False]


async def test_errors_under_a_field_that_is_not_there_are_found() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("City", "city")))

        @app.view("settings")
        async def settings(ack: AsyncAck) -> None:
            await ack(response_action="errors", errors={"town": "No such city."})

        async with in_socket_mode(slack, app):
            form = await (await ana.slash(general, "/study")).view()
            seen = await ana.submit(form, {"City": "Atlantis"})
        assert seen.error == "dispatch_failed"
        assert slack.forgive() == [
            "the answer to a submitted form: 'town' is no input block of the form; there is ['city']"
        ]


async def test_each_person_has_a_home_of_their_own() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, ben = workspace.user("ana"), workspace.user("ben", admin=True)
        app = bolt_app(slack)
        versions: list[bool] = []

        @app.event("app_home_opened")
        async def opened_home(event: Body, client: AsyncWebClient) -> None:
            versions.append("view" in event)
            person = (await client.users_info(user=event["user"]))["user"]
            menu = {"type": "overflow", "action_id": "menu", "options": [option("Pause"), option("Resume")]}
            await client.views_publish(
                user_id=event["user"],
                view=home(section(f"Hello {person['name']}, admin: {person['is_admin']}", accessory=menu)),
            )

        @app.action("menu")
        async def menu(ack: AsyncAck, action: Body, body: Body, client: AsyncWebClient) -> None:
            await ack()
            chosen = action["selected_option"]["value"]
            await client.views_publish(
                user_id=body["user"]["id"], hash=body["view"]["hash"], view=home(section(chosen))
            )

        async with in_socket_mode(slack, app):
            tab = await (await ana.open_home()).published()
            assert tab.blocks[0]["text"]["text"] == "Hello ana, admin: False"
            await (await ben.open_home()).published()
            seen = await ana.select(tab, "menu", "Pause")
            assert (await seen.published()).blocks[0]["text"]["text"] == "pause"
            await (await ana.open_home()).published()

        assert versions == [False, False, True]
        assert slack.home(ben) is not tab


async def test_shortcuts_of_messages_carry_the_message() -> None:
    manifest = Manifest(message_shortcuts=frozenset({"ask"}), global_shortcuts=frozenset({"open"}))
    async with FakeSlack(manifest=manifest) as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general", app_in_it=True)
        app = bolt_app(slack)
        heard: list[str] = []

        @app.message_shortcut("ask")
        async def ask(ack: AsyncAck, shortcut: Body) -> None:
            heard.append(shortcut["message"]["text"])
            await ack()

        @app.global_shortcut("open")
        async def everywhere(ack: AsyncAck, shortcut: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(section("Hello")))

        async with in_socket_mode(slack, app):
            await app.client.chat_postMessage(channel=general.id, text="Question 42")
            await ana.shortcut("ask", slack.messages(general)[0])
            assert (await (await ana.shortcut("open")).view()).title == plain("Settings")["text"]
        assert heard == ["Question 42"]


async def test_forms_are_pushed_by_a_call_up_to_three() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        refused: list[str] = []

        def deeper() -> Body:
            return modal(actions(button("Deeper", "deeper")))

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=deeper())

        @app.action("deeper")
        async def push(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            try:
                await client.views_push(trigger_id=body["trigger_id"], view=deeper())
            except SlackApiError as error:
                refused.append(error.response["error"])
                slack.changes.notify()

        async with in_socket_mode(slack, app):
            first = await (await ana.slash(general, "/study")).view()
            second = await (await ana.press(first, "Deeper")).view()
            third = await (await ana.press(second, "Deeper")).view()
            await ana.press(third, "Deeper")
            await slack.until(lambda: bool(refused))
            assert (third.previous_id, third.root_id) == (second.id, first.id)
            with pytest.raises(AssertionError, match="not the one before ana"):
                await ana.press(first, "Deeper")
            await ana.close(third, everything=True)
            assert ana.modal() is None
        assert refused == ["push_limit_reached"]


async def test_views_are_found_by_the_name_the_app_gave_them() -> None:
    clock = FakeClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    async with FakeSlack(clock=clock) as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        triggers: list[str] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body) -> None:
            triggers.append(body["trigger_id"])
            await ack()

        async with in_socket_mode(slack, app):
            seen = await ana.slash(general, "/study")
            await ana.slash(general, "/study")
        named = modal(section("One"), external_id="settings-ana")
        await opened(slack, triggers[0], named)
        with pytest.raises(SlackApiError, match="duplicate_external_id"):
            await opened(slack, triggers[1], named)
        client = web_client(slack)
        await client.views_update(external_id="settings-ana", view=modal(section("Two"), external_id="settings-ana"))
        assert seen.top.blocks[0]["text"]["text"] == "Two"
        with pytest.raises(SlackApiError, match="not_found"):
            await client.views_update(external_id="else", view=modal(section("Two")))
        long = modal(*[section("x" * 2900)] * 90)
        with pytest.raises(SlackApiError, match="view_too_large"):
            await opened(slack, triggers[1], long)


async def test_pickers_hold_dates_and_zones_and_give_response_urls() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        secret = workspace.channel("secret", "private", ana)
        app = bolt_app(slack)
        form = modal(
            field("Channel", "place", {"type": "conversations_select", "response_url_enabled": True}),
            field("Time", "time", {"type": "timepicker", "timezone": "Europe/Berlin"}),
            field("Day", "day", {"type": "datepicker", "initial_date": "2026-03-02"}),
            field("Moment", "moment", {"type": "datetimepicker"}),
            field("People", "people", {"type": "multi_users_select"}),
            text_input("Why", "why", min_length=5),
        )
        submitted: list[Body] = []

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form)

        @app.view("settings")
        async def settings(ack: AsyncAck, view: Body, respond: AsyncRespond) -> None:
            submitted.append({key: held["value"] for key, held in view["state"]["values"].items() if "value" in held})
            await ack()
            await respond(text="Saved", response_type="in_channel")

        async with in_socket_mode(slack, app):
            view = await (await ana.slash(general, "/study")).view()
            with pytest.raises(AssertionError, match="no time of day"):
                await ana.fill(view, {"Time": "9:00"})
            values: dict[str, Put] = {"Channel": secret, "Time": "09:00", "Day": "2026-03-03", "Moment": 1772500000}
            refused = await ana.submit(view, values | {"People": [ana.id], "Why": "hm"})
            assert refused.errors == {"why": "Please enter at least 5 characters."}
            await ana.submit(view, {"Why": "because"})
            await slack.posted(secret)
        assert submitted == [
            {
                "place": {"type": "conversations_select", "selected_conversation": secret.id},
                "time": {"type": "timepicker", "selected_time": "09:00", "timezone": "Europe/Berlin"},
                "day": {"type": "datepicker", "selected_date": "2026-03-03"},
                "moment": {"type": "datetimepicker", "selected_date_time": 1772500000},
                "people": {"type": "multi_users_select", "selected_users": [ana.id]},
            }
        ]
        assert [message.text for message in slack.messages(secret)] == ["Saved"]


@pytest.mark.parametrize(
    ("answer", "noted"),
    [
        ({"response_action": "errors", "errors": {}}, "errors is empty"),
        ({"response_action": "errors", "errors": {"city": ""}}, "the error of 'city' must be a sentence"),
        ({"response_action": "explode"}, "response_action is 'explode'; errors, update, push or clear is allowed"),
        ({"response_action": "update", "view": {"type": "dialog"}}, "view.type: is 'dialog'; modal or home is allowed"),
        ({"text": "Saved"}, "text means nothing without response_action"),
    ],
)
async def test_wrong_answers_to_a_submission_are_found(answer: Body, noted: str) -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("City", "city")))

        @app.middleware
        async def answer_by_itself(body: Body, next: Callable[[], Awaitable[None]]) -> BoltResponse | None:
            if body.get("type") == "view_submission":
                return BoltResponse(status=200, body=answer)
            await next()
            return None

        async with in_socket_mode(slack, app):
            form = await (await ana.slash(general, "/study")).view()
            await ana.submit(form, {"City": "Berlin"})
        assert slack.forgive() == [f"the answer to a submitted form: {noted}"]


async def test_choices_in_a_message_stay_until_it_no_longer_holds_the_menu() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        ana, general = workspace.user("ana"), workspace.channel("general")
        app = bolt_app(slack)
        states: list[Body] = []
        menu = {"type": "static_select", "action_id": "level", "options": [option("Easy"), option("Hard")]}
        row = actions(menu, button("Start", "start")) | {"block_id": "row"}

        @app.action("level")
        @app.action("start")
        async def pressed(ack: AsyncAck, body: Body) -> None:
            states.append(body["state"]["values"])
            await ack()

        async with in_socket_mode(slack, app):
            answer = await app.client.chat_postMessage(channel=general.id, text="Practise?", blocks=[row])
            post = slack.messages(general)[0]
            await ana.press(post, "Start")
            await ana.select(post, "level", "Hard")
            await ana.press(post, "Start")
            again = [actions(button("Start", "start")) | {"block_id": "other"}]
            await app.client.chat_update(channel=general.id, ts=answer["ts"], text="Practise?", blocks=again)
            await ana.press(post, "Start")
        chosen = [state.get("row", {}).get("level", {}).get("selected_option") for state in states]
        assert chosen == [None, option("Hard"), option("Hard"), None]
        assert states[-1] == {}
