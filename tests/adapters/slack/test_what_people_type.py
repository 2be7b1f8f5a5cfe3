"""Texts people type after /study, through the real line: answered in words they can use, with something to press."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.knowledge import Term
from tests.contract.slack_stage import SlackStage
from tests.domain.samples import content

TYPED = (
    ("b", "Question 1"),
    ("answer b", "Question 1"),
    ("the second one", "Question 1"),
    ("idk", "Question 1"),
    ("roadmap 3", "Step 3: Maths foundations"),
    ("roadmap next", "Step 1: Get your bearings"),
    ("step 12", "Step 12: Fine-tuning"),
    ("next step", "Did you mean one of these?"),
    ("terms", f"1 to 6 of {len(content().knowledge.all(Term))}."),
    ("topics", f"1 to 6 of {len(content().topics_asked)}."),
    ("interview questions", "1 to 6 of 40."),
    ("score", "Your progress"),
    ("me", "Your progress"),
    ("skip", "Did you mean one of these?"),
    ("why was I wrong?", "Did you mean one of these?"),
    ("report", "Did you mean one of these?"),
    ("help me", "One question a day"),
    ("hilfe", "One question a day"),
    ("ayuda", "One question a day"),
    ("\u5e2e\u52a9", "One question a day"),
    ("merci beaucoup", "You are welcome."),
    ("ich verstehe nicht", "English only"),
    ("was ist RAG?", "inding fitting passages"),
    ("role Datenwissenschaftler", "Data Scientist"),
    ("quiz me on rag", "Practice"),
    ("quiz me", "Practice"),
    ("how much does a prompt engineer make", "Prompt Engineer (role)"),
    ("\U0001f44d", "You are welcome."),
    ("...", "Nothing waits"),
    ("x" * 3000, "Nothing here mentions"),
    ("```\nprint(1)\n```", ""),
)


@pytest.mark.parametrize("typed", [TYPED[:16], TYPED[16:]], ids=["first", "second"])
async def test_it_is_understood_or_asked_about(stage: SlackStage, typed: tuple[tuple[str, str], ...]) -> None:
    ana, channel = stage.person("ana"), stage.channel("general")
    for text, told in typed:
        stage.clock.advance(timedelta(seconds=3))
        shown = await stage.shown(ana, await ana.slash(channel, "/study", text))
        assert told in shown.text, f"{text[:40]!r}: {shown.text[:300]}"
        assert shown.labels, text[:40]
