"""Two things to try: after verdicts only, always the same, and they work."""

from __future__ import annotations

import json

from bot.adapters.terminal.completion import BARE_WORDS
from bot.adapters.terminal.tries import tries, tries_lines
from bot.adapters.terminal.wire import wire
from bot.adapters.terminal.wrapping import cells
from bot.app.features import all_commands
from bot.commands.parser import parse_line
from bot.commands.resolve import arguments
from bot.replies.judged import DailyVerdict, PracticeVerdict
from bot.replies.reviewing import ReviewVerdict
from tests.adapters.replies import catalog, verdict
from tests.replies.everything import everything

REGISTRY = all_commands()


def test_every_verdict_has_two_that_are_understood_and_no_other_reply_has() -> None:
    for reply in everything():
        both = tries(reply, catalog())
        assert (both is not None) == isinstance(reply, (DailyVerdict, PracticeVerdict, ReviewVerdict))
        for typed, _ in both or ():
            if typed not in BARE_WORDS:
                parsed = parse_line(REGISTRY, catalog(), typed)
                arguments(REGISTRY.commands[parsed.name], parsed.given, catalog())
        assert both is None or all(cells(line.text) <= 40 for line in tries_lines(both, 40))


def test_they_vary_from_question_to_question_and_stay_for_each() -> None:
    question = catalog().questions[0]
    seen = [tries(verdict(question, question.key.id, round=round), catalog()) for round in range(1, 9)]
    assert len(set(seen)) > 2
    assert seen == [tries(verdict(question, question.key.id, round=round), catalog()) for round in range(1, 9)]


def test_an_answer_that_stands_does_not_send_anyone_to_tomorrow() -> None:
    question = catalog().questions[0]
    both = tries(verdict(question, question.key.id, stands=True), catalog())
    assert both is not None
    assert "tomorrow" not in {typed for typed, _ in both}


def test_the_wire_shows_every_card_with_its_routes() -> None:
    for reply in everything():
        shown = json.loads(wire(reply))
        assert shown["reply"] == type(reply).__name__
        assert [choice["route"] for choice in shown["card"].get("choices", ())] == [
            choice.route.text for choice in reply.as_card().choices
        ]
