"""Posts wait for the prompt; what is private waits for its reader."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.adapters.terminal.publisher import Edit, Post, TerminalPublisher, Told
from bot.domain.community import Platform
from bot.domain.identifiers import MessageRef, PlaceRef, RoundId, RoundRef
from bot.ports.publisher import Address, Posted, Publisher, Seen
from bot.replies.said import said

HERE = Address("terminal", PlaceRef("#general"))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


async def test_it_is_a_publisher_of_the_terminal() -> None:
    publisher: Publisher = TerminalPublisher()
    assert publisher.platform is Platform.TERMINAL
    assert publisher.resend_is_safe(HERE, NOW, NOW)
    assert await publisher.look_back(HERE, RoundRef(RoundId(1)), NOW) is Seen.CANNOT_TELL


async def test_a_post_is_known_by_its_round_and_others_by_a_number_of_their_own() -> None:
    publisher = TerminalPublisher()
    assert await publisher.post(HERE, said("x"), RoundRef(RoundId(7))) == Posted(MessageRef("t7"))
    first = await publisher.post(HERE, said("x"))
    second = await publisher.post(HERE, said("x"))
    assert first != second
    assert await publisher.edit(HERE, MessageRef("t7"), said("y")) == Posted(MessageRef("t7"))


async def test_what_was_posted_is_shown_once_edits_first() -> None:
    publisher = TerminalPublisher()
    await publisher.post(HERE, said("one"), RoundRef(RoundId(1)))
    await publisher.post(HERE, said("two"), RoundRef(RoundId(2)))
    await publisher.edit(HERE, MessageRef("t1"), said("closed"))
    assert publisher.take("you") == [
        Edit(HERE.place, said("closed")),
        Post(HERE.place, said("one")),
        Post(HERE.place, said("two")),
    ]
    assert publisher.take("you") == []


async def test_a_private_message_waits_for_its_reader() -> None:
    publisher = TerminalPublisher()
    assert isinstance(await publisher.tell(HERE, "ana", said("psst")), Posted)
    assert publisher.take("you") == []
    assert publisher.take("ana") == [Told("ana", said("psst"))]
    assert publisher.take("ana") == []
