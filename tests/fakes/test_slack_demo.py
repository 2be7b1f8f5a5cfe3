"""The demo of the fake Slack shows what an app says and lets a person act on it."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.bolt import bolt_app, in_socket_mode
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.demo import Demo
from tests.fakes.slack_samples import BUTTONS, Body, modal, text_input


async def test_a_person_acts_from_the_prompt() -> None:
    async with FakeSlack() as slack:
        said: list[str] = []
        demo = Demo(slack, said.append)
        app = bolt_app(slack)

        @app.command("/study")
        async def study(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(text_input("City", "city")))

        @app.view("settings")
        async def settings(ack: AsyncAck) -> None:
            await ack(response_action="errors", errors={"city": "No such city."})

        @app.action("answer:B")
        async def answered(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            await respond(text="Right.", replace_original=False)

        async with in_socket_mode(slack, app):
            general = demo.channels["general"]
            await app.client.chat_postMessage(channel=general.id, text="Question 42", blocks=BUTTONS)
            demo.show()
            assert said == ["(1) #general", "    *Question 42*", "    [A]  [B]"]
            assert await demo.act("ana press 1 B")
            await slack.until(lambda: bool(demo.people["ana"].whispers))
            await demo.act("ben /study config")
            await slack.until(lambda: demo.people["ben"].modal() is not None)
            demo.show()
            await demo.act("ben submit 3 City=Atlantis")
            await demo.act("ben fly")
            await demo.act("ana press 9 B")
            await demo.act("nobody home")
            assert not await demo.act("quit")

        told = [line for line in said if not line.startswith("(acknowledged")]
        assert told[3:] == [
            "(2) only ana",
            "    Right.",
            "(3) form before ben",
            "    = Settings =",
            "    City <plain_text_input>",
            "  city: No such city.",
            "That did not work: nobody can fly",
            "That did not work: list index out of range",
            "That is nothing one can do here; help lists what is.",
        ]
