"""After hundreds of presses nothing is left behind: no views, no tasks, no objects of ours or of the library's."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter

import pytest

from bot.adapters.discord.face import DiscordFace
from tests.contract.discord_stage import DiscordStage

MEMBERS = tuple(f"member-{number}" for number in range(20))
PRESSES = 500
WARMING_UP = 150
WRONG = {"place": "#general", "time": "25:00", "zone": "Lisbon", "weekdays": "weekend"}


async def use(stage: DiscordStage, presses: int) -> None:
    """Presses of every kind by many people, until there were enough."""
    done = 0
    while done < presses:
        for name in MEMBERS:
            await stage.answer(name, "ABCD"[done % 4])
            more = await stage.more(name)
            await stage.press(name, "My progress", more)
            quiz = await stage.say(name, "/quiz")
            await stage.press(name, "B", quiz)
            done += 5
        config = await stage.say("boss", "/config")
        form = await stage.press("boss", "Another daily question", config)
        refused = await stage.fill("boss", form, "set-up", WRONG)
        assert "HH:MM" in refused.text
        await stage.press("boss", "Another daily question", config)  # a form that nobody sends
        done += 4


def kept() -> Counter[str]:
    """Count objects of ours and of the library's, by their class."""
    gc.collect()
    kinds = Counter(type(one) for one in gc.get_objects())
    rooms = ("bot.", "discord.", "aiohttp.")
    return Counter(
        {
            f"{kind.__module__}.{kind.__qualname__}": number
            for kind, number in kinds.items()
            if kind.__module__.startswith(rooms)
        }
    )


@pytest.mark.slow
async def test_after_hundreds_of_presses_nothing_is_left_behind(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every kind of reply is held against the official document elsewhere; hundreds more would take a minute here.
    monkeypatch.setattr(stage.discord, "spec", None)
    monkeypatch.setattr(stage.discord, "wants_spec", False)
    monkeypatch.setattr(stage.discord, "keep_requests", False)
    face = stage.part.face
    assert isinstance(face, DiscordFace)
    # What is kept on purpose has its limit; here the limits are reached.
    face._door._seen.most = 50
    face._door._drafts._kept.most = 1
    client = face._connected.present()
    assert client is not None

    await use(stage, WARMING_UP)
    tasks, before = len(asyncio.all_tasks()), kept()
    await use(stage, PRESSES)

    views = client._connection._view_store
    assert not views._views
    assert not views._synced_message_views
    assert not views._modals
    assert not views._dynamic_items
    assert len(client.cached_messages) == 0
    assert len(face._door._seen) == 50
    await stage.until(lambda: len(asyncio.all_tasks()) <= tasks, "the end of what presses began")
    assert kept() - before == Counter()
