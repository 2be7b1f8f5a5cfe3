"""Suggestions while a line is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.terminal.completion import Completion, Offer
from bot.app.core import load_catalog
from bot.app.features import all_commands
from bot.catalog.communities import OneCatalog
from bot.commands.parser import parse_line
from bot.commands.resolve import arguments
from tests.adapters.replies import catalog
from tests.catalog.biology import biology

REGISTRY = all_commands()
COMPLETION = Completion(REGISTRY, OneCatalog(catalog()))


def offered(text: str) -> list[str]:
    """The line as each offer would leave it."""
    return [_taken(text, offer) for offer in COMPLETION.line(text)]


def _taken(text: str, offer: Offer) -> str:
    return text[: len(text) - offer.replaces] + offer.text


def test_commands_and_bare_words_are_offered_by_their_beginning() -> None:
    assert offered("/ro") == ["/role ", "/roadmap "]
    assert offered("qui") == ["quit", "/quiz "]
    assert offered("tom") == ["tomorrow"]
    assert offered("/zzz") == []


def test_a_command_without_its_shelf_is_not_offered(tmp_path: Path) -> None:
    few = Completion(REGISTRY, OneCatalog(load_catalog(biology(tmp_path / "biology"))))
    assert few.line("/ro") == []
    assert [offer.label for offer in few.line("/qu")] == ["/quiz"]
    assert not {"role", "roadmap"} & {offer.label for offer in few.line("/help r")}


def test_an_empty_line_offers_everything() -> None:
    found = offered("")
    assert {"help", "next", "tomorrow", "quit", "/daily", ":help", ":now"} <= {text.strip() for text in found}


def test_every_command_is_offered_with_its_summary() -> None:
    summaries = {offer.label: offer.meaning for offer in COMPLETION.line("/")}
    assert summaries == {f"/{name}": handler.summary for name, handler in REGISTRY.commands.items()}


def test_colon_commands_and_their_switches_are_offered() -> None:
    assert offered(":ma") == [":manager "]
    assert offered(":manager o") == [":manager on", ":manager off"]
    assert offered(":tick ") == []


def test_values_of_the_first_open_option_come_before_its_key() -> None:
    assert offered("/role ai eng")[0] == "/role ai-engineer"
    found = offered("/quiz ")
    assert "/quiz topic:" in found
    assert found.index("/quiz topic:") > 5


def test_find_completes_from_the_titles_there_are() -> None:
    assert offered("/find halluc")[0] == "/find Hallucination"
    assert "/find AI Product Manager" in offered("/find product man")
    assert offered("/find xyzzy") == []


def test_a_value_after_its_key() -> None:
    assert offered("/quiz level:h") == ["/quiz level:hard"]
    assert offered("/quiz topic:rag")[0] == "/quiz topic:rag"
    assert "/config zone:Europe/Berlin" in offered("/config zone:berl")


def test_what_earlier_options_took_is_left_out() -> None:
    assert offered("/quiz rag ha")[0] == "/quiz rag hard"
    assert not any(text.endswith("level:") for text in offered("/quiz level:hard le"))


def test_the_other_side_of_a_comparison() -> None:
    assert offered("/role ai engineer vs prom")[0] == "/role ai engineer vs prompt-engineer"


def test_keys_by_their_beginning() -> None:
    assert "/config weekdays:" in offered("/config week")
    assert offered("/help qu")[0] == "/help quiz"


def test_fields_of_forms_are_completed() -> None:
    zones = [offer.text for offer in COMPLETION.field("set-up", "zone", "berl")]
    assert zones[0] == "Europe/Berlin"
    assert [offer.text for offer in COMPLETION.field("topics", "level", "e")] == ["easy"]
    assert COMPLETION.field("set-up", "unknown", "x") == []
    assert COMPLETION.field("unknown", "zone", "x") == []


@pytest.mark.parametrize("line", ["/role ", "/role ai", "/quiz ", "/quiz r", "/roadmap p", "/privacy ", "/role x vs "])
def test_whatever_is_offered_is_understood(line: str) -> None:
    for text in offered(line):
        if text.endswith(":") or " x " in text:
            continue
        parsed = parse_line(REGISTRY, catalog(), text)
        arguments(REGISTRY.commands[parsed.name], parsed.given, catalog())


def test_nothing_typed_breaks_completion() -> None:
    for text in ("/", ":", "/role vs vs vs ", "/quiz level: ", "a:b c:d", "/role \u05e9\u05dc ", "   ", "/help  quiz"):
        assert isinstance(COMPLETION.line(text), list)
