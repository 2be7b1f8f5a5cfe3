"""Forms are filled in with Slack's own elements, say what is wrong under its field, and lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.adapters.slack.reading import pressable
from tests.contract.slack_stage import SlackStage
from tests.fakes.slack import View
from tests.fakes.slack.elements import Element, elements_of, option_text


def elements(view: View) -> dict[str, Element]:
    return {element.action_id: element for element in elements_of(view.blocks)}


async def opened(stage: SlackStage, *labels: str) -> View:
    """A form behind buttons of the settings."""
    shown = await stage.say("boss", "/config")
    for label in labels:
        shown = await stage.press("boss", label, shown)
    assert isinstance(shown.handle, View)
    return shown.handle


async def send(stage: SlackStage, view: View, values: Mapping[str, Any]) -> dict[str, str]:
    """Send a form in; what stands under its fields, if it was not taken."""
    stage.passes()
    seen = await stage.person("boss").submit(view, values)
    await stage.door.settled()
    return dict(seen.errors)


async def settings(stage: SlackStage) -> str:
    return (await stage.press("boss", "Change", await stage.say("boss", "/config"))).text


async def test_each_field_is_what_slack_has_for_it(stage: SlackStage) -> None:
    short = elements(await opened(stage, "Another daily question"))
    assert {name: element.type for name, element in short.items()} == {
        "place": "conversations_select",
        "time": "timepicker",
        "zone": "external_select",
        "weekdays": "checkboxes",
    }
    topics = elements(await opened(stage, "Change", "Topics and level"))
    assert [element.type for element in topics.values()] == ["multi_static_select", "radio_buttons", "radio_buttons"]
    off = elements(await opened(stage, "Change", "Days off"))
    assert [element.type for element in off.values()] == ["datepicker", "datepicker", "plain_text_input"]
    assert elements(await opened(stage, "Change", "Pause until"))["until"].type == "datepicker"


async def test_weekdays_are_ticked_as_they_stand_and_one_must_stay(stage: SlackStage) -> None:
    form = await opened(stage, "Change", "Time and place")
    ticked = elements(form)["weekdays"].body["initial_options"]
    assert len(ticked) == 7
    assert "weekdays" in await send(stage, form, {"weekdays": []})
    assert await send(stage, form, {"weekdays": ["mon", "sat"]}) == {}
    assert "Mon, Sat" in await settings(stage)


@pytest.mark.parametrize(
    ("values", "off"),
    [
        ({"days": "2026-12-24"}, "2026-12-24"),
        ({"days.last": "2026-12-24"}, "2026-12-24"),
        ({"days": "2026-12-24", "days.last": "2026-12-26"}, "2026-12-24, 2026-12-25, 2026-12-26"),
        ({"days": "2026-12-24", "days.more": "1 jan 2027"}, "2026-12-24, 2027-01-01"),
        ({"days": "2026-12-24", "days.more": "none"}, "2026-12-24"),
        ({"days.more": "2026-12-24..2026-12-25"}, "2026-12-24, 2026-12-25"),
    ],
)
async def test_days_off_are_picked_or_typed(stage: SlackStage, values: dict[str, str], off: str) -> None:
    assert await send(stage, await opened(stage, "Change", "Days off"), values) == {}
    assert f"Days off: {off}\n" in await settings(stage)


async def test_what_is_wrong_stands_under_its_field_and_what_was_put_in_stays(stage: SlackStage) -> None:
    form = await opened(stage, "Change", "Days off")
    assert "is in the past" in (await send(stage, form, {"days": "2020-12-24"}))["days"]
    assert "days" in await send(stage, form, {"days": "2026-12-24", "days.last": "2026-12-20"})
    assert "days" in await send(stage, form, {"days": None, "days.last": None})
    assert stage.person("boss").modal() is form
    until = await opened(stage, "Change", "Pause until")
    assert "is in the past" in (await send(stage, until, {"until": "2020-12-24"}))["until"]
    assert await send(stage, until, {"until": "2026-12-24"}) == {}


async def test_a_private_channel_without_the_bot_costs_nothing_that_was_put_in(stage: SlackStage) -> None:
    club = stage.workspace.channel("club", "private", stage.person("boss"))
    form = await opened(stage, "Another daily question")
    lisbon = (await stage.person("boss").suggest(form, "zone", "Lisbon")).options[0]["value"]
    values = {"place": club, "zone": lisbon, "time": "07:00", "weekdays": ["sat", "sun"]}
    told = await send(stage, form, values)
    assert "/invite @Studybot" in told["place"]
    assert stage.person("boss").modal() is form
    assert (await stage.say("boss", "/config")).text.count("running") == 1
    stage.workspace.invite_app(club)
    assert await send(stage, form, {}) == {}
    assert "07:00 Europe/Lisbon, Sat, Sun" in (await stage.say("boss", "/config")).text


async def test_a_form_sent_again_after_a_lost_acknowledgement_is_one_daily_question(stage: SlackStage) -> None:
    """Slack then says that it had trouble, and leaves the form open with its button."""
    form = await opened(stage, "Another daily question")
    boss, tea = stage.person("boss"), stage.channel("#tea")
    lisbon = (await boss.suggest(form, "zone", "Lisbon")).options[0]["value"]
    await boss.fill(form, {"place": tea, "zone": lisbon, "time": "07:00"})
    for number in range(3):
        stage.passes()
        sent = boss.payload("view_submission", trigger_id=f"again-{number}", view=form.as_json(), response_urls=[])
        answer = await boss.send("interactive", sent)
        assert "07:00 Europe/Lisbon" in str(answer)
        assert "Twice at once" not in str(answer)
    await stage.door.settled()
    assert len(stage.posts("#tea")) == 1, "one introduction"
    assert (await stage.say("boss", "/config")).text.count("running") == 2
    await boss.fill(form, {"time": "08:00"})
    changed = boss.payload("view_submission", trigger_id="changed", view=form.as_json(), response_urls=[])
    assert "08:00 Europe/Lisbon" in str(await boss.send("interactive", changed)), "what was changed meanwhile counts"
    other = await opened(stage, "Another daily question")
    assert await send(stage, other, {"place": tea, "zone": lisbon, "time": "08:00"}) == {}
    assert (await stage.say("boss", "/config")).text.count("running") == 3, "another form is another one"


@pytest.mark.parametrize(
    ("typed", "label", "zone"),
    [
        ("utc+2", "UTC+2, all year", "Etc/GMT-2"),
        ("UTC+2, all year", "UTC+2, all year", "Etc/GMT-2"),
        ("gmt-5", "UTC-5, all year", "Etc/GMT+5"),
    ],
)
async def test_an_offset_is_offered_chosen_and_kept_in_words(
    stage: SlackStage, typed: str, label: str, zone: str
) -> None:
    """IANA's names have the sign the other way round; nobody is to read them."""
    form = await opened(stage, "Another daily question")
    boss = stage.person("boss")
    offered = (await boss.suggest(form, "zone", typed)).options
    assert {option_text(one): one["value"] for one in offered}[label] == zone
    assert await send(stage, form, {"place": stage.channel("tea"), "zone": label}) == {}
    settings = await stage.say("boss", "/config")
    assert label in settings.text
    assert "Etc/" not in settings.text
    person = stage.person("boss")
    second = [value for name, value in pressable(settings.handle.blocks) if name == "Change"][1]
    panel = await stage.shown(person, await person.press(settings.handle, second))
    again = await stage.press("boss", "Time and place", panel)
    held = elements(again.handle)["zone"].body["initial_option"]
    assert option_text(held) == label, "the form that changes it says it in words too"
    assert await send(stage, again.handle, {"time": "10:00"}) == {}
    assert f"10:00 {label}" in (await stage.say("boss", "/config")).text
