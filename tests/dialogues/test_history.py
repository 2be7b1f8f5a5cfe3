"""Every round in the history means every round."""

from __future__ import annotations

import re
from pathlib import Path

from tests.dialogues.telling import dialogue, letter


async def test_every_round_can_be_reached_in_the_history_and_the_way_back_too(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        shown = await talk.opened()
        for _ in range(4):
            for name in ("you", "ben"):
                await talk.say(f":as {name}", letter(shown))
            shown = await talk.say(":tick 9d")
        await talk.say(":as you")
        pages = [await talk.say("/progress history")]
        while "Older" in pages[-1]:
            pages.append(await talk.press("Older", pages[-1]))
        numbers = [int(number) for page in pages for number in re.findall(r"^ +(\d+)  \w{3} \d", page, re.MULTILINE)]
        assert numbers == list(range(37, 0, -1))
        assert len(pages) == 3
        back = await talk.press("Newer", pages[-1])
        assert back.splitlines()[1:] == pages[1].splitlines()[1:]
        assert "Newer" not in await talk.press("Newer", back)
