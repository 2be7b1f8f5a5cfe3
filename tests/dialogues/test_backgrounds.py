"""Backgrounds: somebody says what they are, or asks where to begin, and the best answer comes first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.bank import Shelf
from bot.domain.content_faults import Faulty
from bot.domain.knowledge import Background, ShortRole
from bot.features.find import in_full
from tests.dialogues.telling import dialogue
from tests.domain.samples import content

BACKGROUNDS = content().knowledge.all(Background)
TYPED = """
I am a nurse = background nurse
im a nurse = background nurse
nurse = background nurse
I'm a doctor = background doctor
I work as a lawyer = background lawyer
lawyer = background lawyer
I am a teacher = background teacher
techer = background teacher
accountant = background accountant
I was a journalist = background journalist
I work in HR = background hr
sysadmin = background sysadmin
I am a backend developer = background backend-developer
frontend developer = background frontend-developer
I am a software engineer = background backend-developer
data analyst = background data-analyst
I am a project manager = background project-manager
scrum master = background project-manager
I am a designer = background design-work
I am a product manager = background product-work
translator = background translator
I am a student = background student
call centre agent = background customer-support
electrician = background tradesperson
I am a physicist = background physicist
I am over 50 = background career-changer-50
am I too old? = background career-changer-50
I was laid off = background returner
where do I start = background beginner
Where do I start? = background beginner
how do I get started = background beginner
I can't code = background beginner
which role fits me = background undecided
What role suits me best? = background undecided
which job fits me = background undecided
salary = faq pay-compared
pay = faq pay-compared
how much do you earn = faq pay-compared
how much money can I earn = faq pay-compared
how much does a prompt engineer earn = role prompt-engineer
how much does an AI engineer earn = role ai-engineer
what does a data scientist earn = role data-scientist
AI engineer salary = role ai-engineer
salary of a product manager = role ai-product-manager
what are ML engineers paid = role ml-engineer
research assistant salary = role research-assistant
how much do NLP specialists earn = title nlp-specialist
how much does an AI engineer earn in Germany = faq pay-abroad
salary in Germany = faq pay-abroad
pay outside the US = faq pay-abroad
starting salary = disagreement d5
entry level salary = disagreement d5
what do juniors earn = disagreement d5
pay nurse = background nurse
how much does a nurse earn = background nurse
how much does an AI ethicist make = role ai-ethicist
designer = role ux-designer
product manager = role ai-product-manager
software engineer = title software-engineer
"""


@pytest.mark.parametrize("line", TYPED.strip().splitlines())
def test_the_best_comes_first(line: str) -> None:
    text, _, wanted = line.partition(" = ")
    (first, *_) = content().search.find(text, 6)
    assert f"{first.kind} {first.id}" == wanted


def test_there_are_forty_and_more_each_with_ways_on() -> None:
    assert len(BACKGROUNDS) >= 40
    assert content().has(Shelf.ROADMAP)
    for one in BACKGROUNDS:
        card = in_full(content(), one).as_card()
        ways = [choice.route.text for choice in card.choices]
        for wanted in (f"step={one.step}", f"role={one.fits[0].role}", one.like, *(fit.role for fit in one.fits)):
            assert any(wanted in way for way in ways), (one.id, wanted)


@pytest.mark.parametrize("roles", [1, 4])
def test_two_or_three_roles_fit(roles: int) -> None:
    one = BACKGROUNDS[0]
    with pytest.raises(Faulty, match="two or three roles"):
        replace(one, fits=(one.fits[0],) * roles)


def test_no_background_takes_the_id_of_a_role() -> None:
    roles = {*(role.id for role in content().roles), *(title.id for title in content().knowledge.all(ShortRole))}
    assert roles.isdisjoint(one.id for one in BACKGROUNDS)


@pytest.mark.parametrize("typed", ["/role nurse", "/role I am a nurse", "/role i'm a nurse", "/find I am a nurse"])
async def test_somebody_says_what_they_are(tmp_path: Path, typed: str) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        shown = await talk.say(typed)
        card = await talk.press("Nurse", shown) if typed.startswith("/find") else shown
        assert card.splitlines()[1] == "Background: Nurse"
        for part in ("What carries over:", "Roles that fit", "Learn first:", "First project:", "Honestly:", "Source:"):
            assert part in card
        assert "Roadmap for Prompt Engineer" in await talk.press("Roadmap: Prompt Engineer", card)


async def test_more_leads_to_the_backgrounds_and_none_is_a_role(tmp_path: Path) -> None:
    async with dialogue(tmp_path / "chat.db") as talk:
        await talk.opened()
        listed = await talk.press("My background", await talk.say("1"))
        assert "1 to 6 of " in listed
        assert "Background: Accountant" in await talk.press("Accountant", listed)
        assert "is a background, not a role" in await talk.say("/role ai engineer vs nurse")
        assert "UX Designer" in await talk.say("/role designer"), "a role goes before what somebody comes from"
        assert "can mean more than one" in await talk.say("/role researcher")
