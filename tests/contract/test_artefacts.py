"""A block stands as it was typed and a picture is told in words, wherever the question is shown, on every face."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.identifiers import QuestionId
from bot.domain.question import Question
from tests.contract.stage import Stage
from tests.contract.stages import ONE_EACH
from tests.domain.artefacts import CODE, LOG, bank_of


@pytest.fixture(params=list(ONE_EACH))
async def stage(
    request: pytest.FixtureRequest, question: Question, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    again = replace(question, id=QuestionId(f"{question.id}1"))
    monkeypatch.setenv("STUDYBOT_CONTENT_DIR", str(bank_of(tmp_path / "bank", question, again)))
    async with ONE_EACH[request.param](tmp_path) as found:
        yield found


def bare(text: str) -> str:
    """Without the marks that readers of the faces take off, within code too; tests of each face keep to these."""
    return re.sub(r"[*_`\u200b]", "", html.unescape(text))


def stands_whole(question: Question, shown: str) -> None:
    """Every line of the block, each on a line of its own, in their order and set in alike; the picture's words."""
    assert question.block
    wanted = bare(question.block.text).split("\n")
    lines = bare(shown).split("\n")
    first = next((i for i, line in enumerate(lines) if line.endswith(wanted[0])), -1)
    assert first >= 0, f"no block in:\n{shown}"
    before = len(lines[first]) - len(wanted[0])
    assert [line[before:] for line in lines[first : first + len(wanted)]] == wanted
    if question.picture:
        assert f"Picture: {question.picture.alt}" in shown.replace("\n", " ")


@pytest.mark.parametrize("question", [CODE, LOG], ids=["code", "log"])
async def test_it_stands_whole_wherever_the_question_is_shown(question: Question, stage: Stage) -> None:
    stands_whole(question, await stage.post())
    stands_whole(question, (await stage.say("bo", "/daily")).text)
    verdict = await stage.answer("ana", "A")
    reasons = await stage.press("ana", "Why not the others", verdict)
    stands_whole(question, reasons.text)
    stands_whole(question, (await stage.press("ana", "Practise this topic", reasons)).text)
    closed, _ = (await stage.tomorrow()).split("Question 2")
    stands_whole(question, closed)


@pytest.mark.parametrize("question", [CODE], ids=["code"])
async def test_options_that_are_code_are_named_as_they_stand(question: Question, stage: Stage) -> None:
    post = bare(await stage.post())
    assert [option.text for option in question.options if bare(option.text) not in post] == []
    verdict = bare((await stage.answer("ana", "A")).text).replace("\n", " ")
    assert any(f"You chose A, {bare(option.text)}." in verdict for option in question.options)
