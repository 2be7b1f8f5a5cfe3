"""A roadmap step leads somewhere: to terms, practice, projects, interview cards, myths and where to learn it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.content_faults import Faulty
from bot.domain.roadmap import Resource, Step
from bot.replies.card import paragraph, source_line
from bot.replies.markup import Link
from tests.dialogues.telling import dialogue
from tests.domain.samples import content


@pytest.mark.parametrize("step", content().steps, ids=lambda step: step.id)
def test_every_step_names_two_public_addresses_and_more(step: Step) -> None:
    assert len({resource.url for resource in step.learn}) >= 2
    assert all(resource.url.startswith("https://") for resource in step.learn)
    assert step.interview


def test_an_address_is_public_and_safe() -> None:
    with pytest.raises(Faulty, match="begins with https"):
        Resource("A course", "http://example.org")


def test_a_source_with_a_lasting_address_can_be_opened() -> None:
    said = source_line("RAG (Lewis et al. (2020), arXiv:2005.11401)", "Guidelines (doi:10.1145/3290605.3300233).")
    links = [span for span in said.text if isinstance(span, Link)]
    assert [link.url for link in links] == [
        "https://arxiv.org/abs/2005.11401",
        "https://doi.org/10.1145/3290605.3300233",
    ]
    assert source_line("An article") == paragraph("Source: An article", small=True)


async def test_a_step_leads_to_all_that_belongs_to_it(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        step = await talk.say("/roadmap step:rag")
        for label in ("Practise it", "Where to learn (", "Terms (", "Projects (", "Interview cards (", "Myths and"):
            assert label in step
        learn = await talk.press("Where to learn (", step)
        assert "https://arxiv.org/abs/2005.11401" in learn
        assert "Source:" in learn
        again = await talk.press("Back to the step", learn)
        terms = await talk.press("Terms (", again)
        assert terms.splitlines()[1].startswith("Terms: ")
        more = await talk.press("More of them", terms)
        assert more.splitlines()[1] == terms.splitlines()[1]
        interview = await talk.press("Interview cards (", await talk.say("/roadmap step:rag"))
        assert "Interview cards: " in interview
