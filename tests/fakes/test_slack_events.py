"""Events of the fake Slack: what happened, told once, twice, late, in disorder or again."""

from __future__ import annotations

from slack_bolt.async_app import AsyncBoltRequest

from tests.fakes.bolt import bolt_app, in_socket_mode
from tests.fakes.slack import FakeSlack, Manifest
from tests.fakes.slack.manifest import EVENTS
from tests.fakes.slack_samples import Body

EVERYTHING = Manifest(events=EVENTS | {"channel_rename", "member_left_channel"})


async def test_what_happens_in_a_workspace_reaches_the_app() -> None:
    async with FakeSlack(manifest=EVERYTHING) as slack:
        workspace = slack.workspace()
        ana = workspace.user("ana")
        general, old = workspace.channel("general", app_in_it=True), workspace.channel("old")
        app = bolt_app(slack)
        heard: list[str] = []

        for name in EVERYTHING.events:

            @app.event(name)
            async def happened(event: Body) -> None:
                heard.append(event["type"])

        async with in_socket_mode(slack, app):
            await workspace.archive(general, by=ana)
            await workspace.unarchive(general)
            await workspace.rename(general, "lounge")
            await workspace.remove(general)
            before = general.id
            await workspace.change_id(general)
            await workspace.delete(old)
            private = await workspace.archive(workspace.channel("secret", "private"))
            left = await workspace.uninstall(revoked_first=True)

        assert heard == [
            "channel_archive",
            "channel_unarchive",
            "channel_rename",
            "member_left_channel",
            "channel_id_changed",
            "channel_deleted",
            "tokens_revoked",
            "app_uninstalled",
        ]
        assert general.id != before
        assert private is None  # the app did not ask for group_archive
        assert [event.acked() for event in left] == [True, True]


async def test_events_are_told_twice_and_in_disorder() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        general = workspace.channel("general", app_in_it=True)
        app = bolt_app(slack)
        heard: list[tuple[str, str]] = []

        @app.event("channel_archive")
        @app.event("channel_unarchive")
        async def happened(event: Body, body: Body) -> None:
            heard.append((event["type"], body["event_id"]))

        async with in_socket_mode(slack, app):
            await workspace.happen({"type": "channel_archive", "channel": general.id}, times=2)
            slack.events.hold()
            await workspace.archive(general)
            await workspace.unarchive(general)
            assert len(heard) == 2
            await slack.events.release(backwards=True)

        assert [type for type, _ in heard] == ["channel_archive"] * 2 + ["channel_unarchive", "channel_archive"]
        assert heard[0] == heard[1]
        assert len({id for _, id in heard}) == 3


async def test_an_event_nobody_acknowledged_is_told_again_with_its_number() -> None:
    async with FakeSlack() as slack:
        workspace = slack.workspace()
        general = workspace.channel("general", app_in_it=True)
        deaf, app = bolt_app(slack), bolt_app(slack)
        retries: list[tuple[str, str]] = []

        @app.event("channel_archive")
        async def archived(request: AsyncBoltRequest) -> None:
            retries.append((request.headers["x-slack-retry-num"][0], request.headers["x-slack-retry-reason"][0]))

        async with in_socket_mode(slack, deaf):
            with slack.nobody_waits():
                event = await workspace.archive(general)
                assert event is not None
                await slack.events.retry_unacked()
            assert not event.acked()
        await slack.sockets.connected(0)
        async with in_socket_mode(slack, app):
            await slack.events.retry_unacked()
            assert event.acked()
            await slack.events.retry_unacked()
        assert retries == [("2", "timeout")]


async def test_an_event_is_told_only_with_its_scope() -> None:
    async with FakeSlack(manifest=Manifest(events=EVENTS | {"member_left_channel", "group_archive"})) as slack:
        workspace = slack.workspace()
        general, club = workspace.channel("general"), workspace.channel("club", "private", app_in_it=True)
        app = bolt_app(slack)
        async with in_socket_mode(slack, app):
            assert await workspace.remove(club) is None
            assert await workspace.archive(club) is None
            with slack.nobody_waits():
                assert await workspace.archive(general) is not None
            workspace.team.scopes.discard("channels:read")
            assert await workspace.unarchive(general) is None
