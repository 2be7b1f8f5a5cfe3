"""Commands, buttons, menus and forms of the unmodified discord.py in the fake Discord."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from tests.fakes.bare_bot import Act, Bot, Card, channel_of, running, words
from tests.fakes.discord import Answer, BadForm, BadOption, Can, FakeDiscord, NotOffered


async def test_a_command_answers_privately_and_its_buttons_work(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana, ben = group.person("ana"), group.person("ben")
    bot = Bot()

    @bot.tree.command(description="A question for you")
    async def quiz(act: Act, topic: str | None = None) -> None:
        assert topic == "rag"
        await act.response.send_message(view=Card(), ephemeral=True)

    async with running(fake, bot, sync=False):
        with pytest.raises(NotOffered), fake.nobody_waits():
            await ana.slash(general, "quiz", topic="rag")
        await bot.tree.sync()
        seen = await ana.slash(general, "quiz", topic="rag")
        assert seen.answer is Answer.MESSAGE
        assert seen.ephemeral
        assert (seen.text, seen.message.buttons) == ("What is a token?", ["A", "B"])
        assert fake.messages(general) == []
        assert (ana.sees(general), ben.sees(general)) == ([seen.message], [])
        with pytest.raises(NotOffered):
            await ben.press(seen.message, "A")
        with pytest.raises(NotOffered):
            await ana.press(seen.message, "C")
        pressed = asyncio.create_task(ana.press(seen.message, "B"))
        click = await fake.until(lambda: next(iter(bot.acts[1:]), None))
        assert click is not None
        assert click.message is not None
        assert click.message.flags.ephemeral
        assert [type(one).__name__ for one in click.message.components] == ["Container"]
        await click.response.edit_message(view=words("Right."))
        after = await pressed
        assert after.updated
        assert (seen.text, len(seen.message.history)) == ("Right.", 1)


async def test_options_are_typed_and_resolved(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    role = group.role("learners")
    ana, ben = group.person("ana"), group.person("ben", roles=(role,))
    bot = Bot()
    got: list[Any] = []

    @bot.tree.command(description="All kinds")
    @app_commands.choices(size=[app_commands.Choice(name="Small", value="s")])
    async def all(
        act: Act,
        count: app_commands.Range[int, 1, 10],
        loud: bool,
        who: discord.Member,
        where: discord.TextChannel,
        kind: discord.Role,
        size: str = "s",
    ) -> None:
        got.extend([count, loud, who.id, who.roles[-1].id, where.id, kind.id, act.guild_id])
        await act.response.send_message("done")

    async with running(fake, bot):
        everything: dict[str, Any] = {"count": 3, "loud": True, "who": ben, "where": general, "kind": role}
        assert (await ana.slash(general, "all", **everything)).text == "done"
        assert got == [3, True, int(ben.id), int(role.id), int(general.id), int(role.id), int(group.id)]
        wrongs: list[dict[str, Any]] = [
            {"count": 11},
            {"loud": "yes"},
            {"size": "xl"},
            {"colour": "red"},
            {"who": general},
        ]
        for wrong in wrongs:
            with pytest.raises(BadOption):
                await ana.slash(general, "all", **(everything | wrong))
        with pytest.raises(BadOption):
            await ana.slash(general, "all", count=3)


async def test_suggestions_come_for_what_is_typed(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    bot = Bot()

    @bot.tree.command(description="A question for you")
    async def quiz(act: Act, topic: str) -> None:
        await act.response.send_message(topic)

    @quiz.autocomplete("topic")
    async def _(act: Act, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=one, value=one) for one in ("rag", "agents") if one.startswith(typed)]

    async with running(fake, bot):
        seen = await group.person("ana").autocomplete(general, "quiz", "topic", "ra")
        assert seen.choices == [{"name": "rag", "value": "rag"}]
        assert (await group.person("ana").slash(general, "quiz", topic="free text")).text == "free text"


async def test_sub_commands_and_hidden_commands(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana, mia = group.person("ana"), group.person("mia", manager=True)
    helpers = group.role("helpers")
    bot = Bot()
    config = app_commands.Group(
        name="config", description="Settings", default_permissions=discord.Permissions(manage_guild=True)
    )

    @config.command(description="Show them")
    async def show(act: Act) -> None:
        await act.response.send_message(f"{act.permissions.manage_guild} {act.app_permissions.send_messages}")

    bot.tree.add_command(config)
    async with running(fake, bot):
        assert (ana.commands(general), mia.commands(general)) == ([], ["config"])
        assert (await mia.slash(general, "config show")).text == "True True"
        with pytest.raises(BadOption):
            await mia.slash(general, "config")
        with pytest.raises(NotOffered):
            await ana.slash(general, "config show")
        assert (await ana.slash(general, "config show", force=True)).text == "False True"
        group.open_command("config", helpers)
        ana.give(helpers)
        assert (await ana.slash(general, "config show")).text == "False True"
        general.overwrite(ana, deny=Can.USE_APPLICATION_COMMANDS)
        with pytest.raises(NotOffered):
            await ana.slash(general, "config show")


async def test_what_is_deferred_is_waited_for(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana = group.person("ana")
    bot = Bot()
    go = asyncio.Event()

    @bot.tree.command(description="Slow")
    async def slow(act: Act) -> None:
        await act.response.defer(ephemeral=True)
        await go.wait()
        await act.edit_original_response(view=words("At last."))
        await act.followup.send("And more.", ephemeral=True)

    @bot.tree.command(description="Slow, by follow-up")
    async def late(act: Act) -> None:
        await act.response.defer(thinking=True)
        await go.wait()
        await act.followup.send("Here it is.")

    async with running(fake, bot):
        seen, other = await ana.slash(general, "slow"), await ana.slash(general, "late")
        assert (seen.thinking, seen.ephemeral, other.thinking, other.ephemeral) == (True, True, True, False)
        go.set()
        await seen.changed(2)
        assert (seen.thinking, seen.text) == (False, "At last.\nAnd more.")
        assert all(one.ephemeral for one in seen.messages)
        await other.settled()
        assert other.text == "Here it is."
        assert [one.text for one in fake.messages(general)] == ["Here it is."]


async def test_a_click_may_be_taken_first_and_answered_later(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    bot = Bot()

    @bot.tree.command(description="A card")
    async def card(act: Act) -> None:
        await act.response.send_message(view=Card())

    async with running(fake, bot):
        seen = await group.person("ana").slash(general, "card")
        pressed = asyncio.create_task(group.person("ben").press(seen.message, "sb1:A"))
        click = await fake.until(lambda: next(iter(bot.acts[1:]), None))
        assert click is not None
        await click.response.defer()
        after = await pressed
        assert after.answer is Answer.WILL_UPDATE
        await click.edit_original_response(view=words("Closed."))
        await click.followup.send("Yours was A.", ephemeral=True)
        await after.changed(2)
        assert seen.text == "Closed."
        assert after.messages[-1].audience is group.person("ben").user
        await click.delete_original_response()
        assert fake.messages(general) == []
        with pytest.raises(NotOffered):
            await group.person("ana").press(seen.message, "A")


async def test_menus_of_every_kind(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general, forum = group.text_channel("general"), group.forum("help")
    role = group.role("learners")
    ana = group.person("ana")
    bot = Bot()

    class Menus(ui.LayoutView):
        topics: ui.ActionRow[Any] = ui.ActionRow()
        places: ui.ActionRow[Any] = ui.ActionRow()
        people: ui.ActionRow[Any] = ui.ActionRow()

        @topics.select(placeholder="Topic", options=[discord.SelectOption(label="RAG", value="rag")])
        async def topic(self, act: Act, menu: ui.Select[Any]) -> None:
            await act.response.send_message(menu.values[0])

        @places.select(cls=ui.ChannelSelect, custom_id="where", channel_types=[discord.ChannelType.text], min_values=0)
        async def place(self, act: Act, menu: ui.ChannelSelect[Any]) -> None:
            chosen = menu.values[0]
            await act.response.send_message(f"{chosen.name} {chosen.permissions.send_messages}")

        @people.select(cls=ui.MentionableSelect, custom_id="who", max_values=2)
        async def who(self, act: Act, menu: ui.MentionableSelect[Any]) -> None:
            await act.response.send_message(", ".join(one.name for one in menu.values))

    @bot.tree.command(description="Menus")
    async def menus(act: Act) -> None:
        await act.response.send_message(view=Menus())

    async with running(fake, bot):
        message = (await ana.slash(general, "menus")).message
        assert (await ana.select(message, "Topic", "RAG")).text == "rag"
        assert (await ana.select(message, "where", general)).text == "general True"
        assert (await ana.select(message, "who", ana, role)).text == "ana, learners"
        with pytest.raises(BadForm):
            await ana.select(message, "Topic", "Agents")
        with pytest.raises(BadForm):
            await ana.select(message, "where", forum)
        with pytest.raises(BadForm):
            await ana.select(message, "who")


class Settings(ui.Modal, title="Settings"):
    """A form with every field that is used."""

    when: ui.Label[Any] = ui.Label(
        text="When", component=ui.TextInput(custom_id="when", default="09:00", min_length=5, max_length=5)
    )
    where: ui.Label[Any] = ui.Label(text="Where", component=ui.ChannelSelect(custom_id="where", required=True))
    level: ui.Label[Any] = ui.Label(
        text="Level",
        component=ui.Select(
            custom_id="level",
            required=False,
            options=[discord.SelectOption(label="Easy", value="1"), discord.SelectOption(label="Hard", value="2")],
        ),
    )
    note: ui.TextDisplay[Any] = ui.TextDisplay("One question a day.")
    size: ui.Label[Any] = ui.Label(
        text="Size",
        component=ui.RadioGroup(
            custom_id="size",
            required=False,
            options=[discord.RadioGroupOption(label="S", value="s"), discord.RadioGroupOption(label="L", value="l")],
        ),
    )

    async def on_submit(self, act: discord.Interaction[Any]) -> None:
        when, where, level, size = (one.component for one in (self.when, self.where, self.level, self.size))
        assert isinstance(when, ui.TextInput)
        assert isinstance(where, ui.ChannelSelect)
        assert isinstance(level, ui.Select)
        assert isinstance(size, ui.RadioGroup)
        said = f"{when.value} {where.values[0].name} {level.values} {size.value}"
        if act.message is not None:
            await act.response.edit_message(view=words(said))
        else:
            await act.response.send_message(said, ephemeral=True)


async def test_a_form_is_filled_in_as_a_client_would(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana = group.person("ana")
    bot = Bot()

    @bot.tree.command(description="Settings")
    async def config(act: Act) -> None:
        await act.response.send_modal(Settings())

    @bot.tree.command(description="A card")
    async def card(act: Act) -> None:
        await act.response.send_message(view=Card())

    async with running(fake, bot):
        seen = await ana.slash(general, "config")
        assert seen.modal["title"] == "Settings"
        for wrong in ({}, {"Where": general, "When": "9"}, {"Where": general, "Level": "Odd"}, {"Nowhere": "x"}):
            with pytest.raises(BadForm):
                await ana.submit(seen, wrong)  # type: ignore[arg-type]
        after = await ana.submit(seen, {"Where": general, "level": ["Hard"], "Size": "L"})
        assert after.text == "09:00 general ['2'] l"
        # A form that a button opened may change the message under the button.
        posted = await ana.slash(general, "card")
        pressed = asyncio.create_task(ana.press(posted.message, "A"))
        click = await fake.until(lambda: bot.acts[-1] if bot.acts[-1].message else None)
        assert click is not None
        await click.response.send_modal(Settings())
        changed = await ana.submit(await pressed, {"where": general, "When": "10:00"})
        assert changed.updated
        assert posted.text == "10:00 general [] None"


async def test_late_double_empty_and_missing_answers(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana = group.person("ana")
    bot = Bot()

    @bot.tree.command(description="Nothing")
    async def nothing(act: Act) -> None:
        pass

    async with running(fake, bot):
        with fake.nobody_waits():
            seen = await ana.slash(general, "nothing")
        assert seen.did_not_respond
        await fake.until(lambda: bot.acts)
        with pytest.raises(discord.NotFound) as late:
            await bot.acts[0].response.send_message("too late")
        assert late.value.code == 10062
        with pytest.raises(discord.NotFound) as early:
            await bot.acts[0].followup.send("no answer yet")
        assert early.value.code == 10015

        asked = asyncio.create_task(ana.slash(general, "nothing"))
        act = await fake.until(lambda: next(iter(bot.acts[1:]), None))
        assert act is not None
        with pytest.raises(discord.HTTPException) as empty:
            await act.response.send_message("")
        assert empty.value.code == 50006
        await act.response.send_message("once")
        act.response._response_type = None
        with pytest.raises(discord.HTTPException) as twice:
            await act.response.send_message("again")
        assert twice.value.code == 40060
        assert (await asked).text == "once"
        assert [one.code for one in fake.requests if one.code] == [10062, 10015, 50006, 40060]


async def test_commands_of_one_server_are_listed_changed_and_deleted(fake: FakeDiscord) -> None:
    group, other = fake.guild("Study group"), fake.guild("Another")
    general, far = group.text_channel("general"), other.text_channel("general")
    ana, ben = group.person("ana"), other.person("ben")
    bot = Bot()

    @bot.tree.command(description="Hello")
    async def hello(act: Act) -> None:
        await act.response.send_message("Hello.")

    async with running(fake, bot, sync=False):
        scope = discord.Object(int(group.id))
        bot.tree.copy_global_to(guild=scope)
        [synced] = await bot.tree.sync(guild=scope)
        assert (ana.commands(general), ben.commands(far)) == (["hello"], [])
        assert (await ana.slash(general, "hello")).text == "Hello."
        assert await bot.tree.fetch_commands() == []
        assert [one.id for one in await bot.tree.fetch_commands(guild=scope)] == [synced.id]
        changed = await synced.edit(name="hi", description="Hi")
        assert (changed.id, changed.name, ana.commands(general)) == (synced.id, "hi", ["hi"])
        assert (await bot.tree.fetch_command(synced.id, guild=scope)).description == "Hi"
        await changed.delete()
        assert (ana.commands(general), fake.commands.syncs) == ([], 1)


async def test_nobody_acts_where_the_bot_cannot_be(fake: FakeDiscord) -> None:
    group, other = fake.guild("Study group"), fake.guild("Another")
    general, far = group.text_channel("general"), other.text_channel("general")
    ana = group.person("ana")
    bot = Bot()

    @bot.tree.command(description="Card")
    async def card(act: Act) -> None:
        await act.response.send_message(view=Card())

    async with running(fake, bot):
        message = (await ana.slash(general, "card")).message
        with pytest.raises(ValueError, match="another server"):
            await ana.slash(far, "card")
        general.overwrite(ana, deny=Can.VIEW_CHANNEL)
        with pytest.raises(NotOffered, match="does not see"):
            await ana.press(message, "A")
        general.clear_overwrites()
        group.go_down()
        with pytest.raises(NotOffered, match="is down"):
            await ana.press(message, "A")
        group.come_back()
        group.leave()
        with pytest.raises(NotOffered, match="not in"):
            await ana.slash(general, "card")
        assert len(bot.acts) == 1


async def test_a_token_is_good_for_fifteen_minutes(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    bot = Bot()

    @bot.tree.command(description="Hello")
    async def hello(act: Act) -> None:
        await act.response.send_message("Hello.")

    async with running(fake, bot):
        seen = await group.person("ana").slash(general, "hello")
        await bot.acts[0].followup.send("Again.", ephemeral=True)
        seen.interaction.expire()
        with pytest.raises(discord.HTTPException) as over:
            await bot.acts[0].edit_original_response(content="Too late.")
        assert (over.value.status, over.value.code) == (401, 50027)
        assert seen.text == "Hello.\nAgain."


async def test_a_picture_answers(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    bot = Bot()

    @bot.tree.command(description="Your week")
    async def week(act: Act) -> None:
        gallery: ui.MediaGallery[Any] = ui.MediaGallery(
            discord.MediaGalleryItem("attachment://week.png", description="Five bars")
        )
        file = discord.File(io.BytesIO(b"png"), "week.png", description="Five bars")
        await act.response.send_message(view=ui.LayoutView().add_item(gallery), file=file, ephemeral=True)

    async with running(fake, bot):
        seen = await group.person("ana").slash(general, "week")
        [picture] = seen.message.attachments
        assert (picture["filename"], picture["description"], seen.ephemeral) == ("week.png", "Five bars", True)
        assert list(fake.files.values()) == [b"png"]


async def test_follow_ups_are_read_changed_and_deleted(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana = group.person("ana")
    bot = Bot()

    @bot.tree.command(description="Hello")
    async def hello(act: Act) -> None:
        await act.response.send_message("Hello.", ephemeral=True)

    async with running(fake, bot):
        seen = await ana.slash(general, "hello")
        act = bot.acts[0]
        more = await act.followup.send("More.", ephemeral=True, wait=True)
        assert (await act.original_response()).content == "Hello."
        assert (await act.followup.fetch_message(more.id)).content == "More."
        await more.edit(content="Much more.")
        assert seen.text == "Hello.\nMuch more."
        assert [one.text for one in ana.sees(general)] == ["Hello.", "Much more."]
        await more.delete()
        await act.delete_original_response()
        assert (seen.messages, ana.sees(general)) == ([], [])
        with pytest.raises(discord.NotFound) as gone:
            await more.edit(content="?")
        assert gone.value.code == 10008


async def test_forged_acts_reach_the_bot_as_they_are(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    ana = group.person("ana")
    async with running(fake) as bot:
        await channel_of(bot, general.id).send(view=Card())
        [card] = fake.messages(general)
        click = {"custom_id": "sb1:forged", "component_type": 2, "id": 9}
        forged = asyncio.create_task(ana.interaction(general, 3, click, message=card, locale="de"))
        act = await fake.until(lambda: next(iter(bot.acts), None))
        assert act is not None
        assert act.data is not None
        assert act.data["custom_id"] == "sb1:forged"  # type: ignore[typeddict-item]
        assert act.locale is discord.Locale.german
        await act.response.send_message("This is from an older version.", ephemeral=True)
        assert (await forged).ephemeral


async def test_many_acts_are_in_flight_at_once(fake: FakeDiscord) -> None:
    group = fake.guild("Study group")
    general = group.text_channel("general")
    bot = Bot()

    @bot.tree.command(description="Echo")
    async def echo(act: Act, number: int) -> None:
        await act.response.send_message(f"{act.user.name} {number}", ephemeral=True)

    async with running(fake, bot):
        people = [group.person(f"p{number}") for number in range(50)]
        seen = await asyncio.gather(*(one.slash(general, "echo", number=n) for n, one in enumerate(people)))
        assert [one.text for one in seen] == [f"p{number} {number}" for number in range(50)]


async def test_a_command_in_a_private_conversation(fake: FakeDiscord) -> None:
    ana = fake.guild("Study group").person("ana")
    bot = Bot()

    @bot.tree.command(description="Your data")
    @app_commands.allowed_contexts(guilds=True, dms=True)
    async def privacy(act: Act) -> None:
        assert act.guild is None
        await act.response.send_message(f"Hello {act.user.name}")

    @bot.tree.command(description="Only in servers")
    @app_commands.allowed_contexts(guilds=True)
    async def quiz(act: Act) -> None: ...

    async with running(fake, bot):
        dm = fake.dm_with(ana.user)
        assert (await ana.slash(dm, "privacy")).text == "Hello ana"
        with pytest.raises(NotOffered):
            await ana.slash(dm, "quiz")
