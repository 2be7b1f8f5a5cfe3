"""Text typed after a slash command, before the core reads it."""

from __future__ import annotations

import pytest

from bot.adapters.slack.commands import typed, unmarked
from tests.commands.samples import registry


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("ping:<!subteam^S012AB|@learners> 09:00", "ping:S012AB 09:00"),
        ("place:<#C012AB|general>", "place:C012AB"),
        ("place:<#C012AB|>", "place:C012AB"),
        ("<@U012AB> and <@W012AB|ana>", "U012AB and W012AB"),
        ("<https://a.example|a.example>", "https://a.example"),
        ("a &lt;@U1&gt; &amp; b", "a &lt;@U1&gt; &amp; b"),
        ("<!here> <!channel>", "<!here> <!channel>"),
    ],
)
def test_what_slack_marks_is_read_as_what_it_means(sent: str, meant: str) -> None:
    assert unmarked(sent) == meant


@pytest.mark.parametrize(
    ("command", "text", "meant"),
    [
        ("/study", "", ("help", "")),
        ("/study", "quiz rag", ("quiz", "rag")),
        ("/study", "/Quiz  rag", ("quiz", "rag")),
        ("/study", "help role", ("help", "role")),
        ("/study", "role help", ("help", "role")),
        ("/study", "help help", ("help", "help")),
        ("/study", "nonsense here", ("", "nonsense here")),
        ("/quiz", "rag", ("quiz", "rag")),
        ("/sg-quiz", "rag", ("quiz", "rag")),
        ("/our-config", "", ("config", "")),
        ("/SG-ROLE", "?", ("help", "role")),
        ("/unheard", "role ux", ("role", "ux")),
    ],
)
def test_the_command_that_is_meant_is_found(command: str, text: str, meant: tuple[str, str]) -> None:
    name, words = typed(registry(), command, text)
    assert (name, words.strip()) == meant
