"""Pay: whoever asks about it finds every figure there is, each with its place, level and year."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.knowledge import ShortRole
from tests.dialogues.telling import dialogue
from tests.domain.samples import CONTENT, content

PAID = [
    *((role.name, "role", str(role.id), role.pay) for role in content().roles if role.pay),
    *((title.name, "title", str(title.id), title.pay) for title in content().knowledge.all(ShortRole) if title.pay),
]
ASKED = ("how much does a {} earn", "{} salary", "what is a {} paid")


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize(("name", "kind", "id", "pay"), PAID)
def test_who_asks_what_somebody_earns_finds_their_card_first(
    name: str, kind: str, id: str, pay: tuple[str, ...], asked: str
) -> None:
    (first, *_) = content().search.find(asked.format(name), 6)
    assert (first.kind, first.id) == (kind, id), pay


def test_every_figure_stands_on_a_card() -> None:
    rows = {
        line.split('"')[1] for line in (CONTENT / "pay.yaml").read_text().splitlines() if line.startswith("  - id:")
    }
    assert rows == {row for *_, pay in PAID for row in pay}


async def test_pay_in_germany_is_found_and_told_with_its_year(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        asked = "/find how much does an AI engineer earn in Germany"
        told = await talk.press("What is paid outside the…", await talk.say(asked))
        assert "6,097 euros a month before tax in 2024" in told
        card = await talk.press("Pay and sources", await talk.press("AI Engineer", await talk.say(asked)))
        assert "place: Germany; as of 2024" in await talk.press("More claims", card)


async def test_pay_for_a_nurse_leads_to_roles_that_fit_one(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        assert "Roles that fit" in await talk.press("Nurse", await talk.say("/find pay nurse"))
        assert "premium" in await talk.press("How does pay compare with…", await talk.say("/find pay nurse"))


async def test_where_no_figure_has_place_and_level_that_is_said(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        card = await talk.say("/role prompt engineer")
        assert "No source gives a figure with level and place." in card
        assert "$90k-$150k+ without a level or place" in await talk.press("Where sources disagree", card)
