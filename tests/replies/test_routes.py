"""Routes on buttons: read back as written, understood by what is registered, and never the right answer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import bot
from bot.commands.resolve import arguments, carried, run_given
from bot.replies.around import VIA, leads_to
from bot.replies.asked import OpenRoundShown, PracticeAsked, QuestionPosted
from bot.replies.card import Card
from bot.replies.routes import LIMIT, Route, UnreadableRoute, decode, fitting, route
from tests.commands.samples import registry
from tests.domain.samples import content, question
from tests.replies.everything import asking, everything, kinds, with_key

names = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True)
short = st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=4)


@given(names, short)
@example("run", ["config", "time=09:00"])
@example("x", ["", ""])
@example("x", ["%3A", "\u00e9", "\n", "100%"])
def test_a_route_is_read_back_as_it_was_written(what: str, args: list[str]) -> None:
    made = fitting(what, *args)
    if made is None:
        assert len(what) + sum(3 * len(arg.encode()) + 1 for arg in args) > LIMIT - 4
        return
    text = made.text
    assert text.isascii()
    assert text.isprintable()
    assert len(text) <= LIMIT
    assert text.count(":") == 1 + len(args)
    assert decode(text) == made == Route(what, tuple(args), text)


@given(st.one_of(st.text(st.characters(), max_size=120), st.text(max_size=90).map("sb1:{}".format)))
@example("sb1:x\x07")
@example("sb1:x:%ff%zz%")
def test_any_text_is_a_route_or_unreadable(text: str) -> None:
    try:
        made = decode(text)
    except UnreadableRoute:
        return
    assert made.what
    assert text.startswith("sb1:")
    assert made.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sb1",
        "sb1:",
        "sb1::x",
        "sb2:ans:1:a",
        "SB1:ans:1:a",
        " sb1:ans",
        "ans:1:a",
        "sb1:\u00e9",
        "sb1:ans:\u0661",
        "sb1:" + "x" * 92,
    ],
)
def test_buttons_of_another_version_or_of_nobody_are_unreadable(text: str) -> None:
    with pytest.raises(UnreadableRoute):
        decode(text)


def test_a_route_is_at_most_ninety_five_characters() -> None:
    assert len(route("ans", "x" * 87).text) == LIMIT == 95
    for args in (("x" * 88,), ("\u00e9" * 15,), (":" * 30,)):
        with pytest.raises(ValueError, match="at most 95"):
            route("ans", *args)
        assert fitting("ans", *args) is None


def test_nothing_half_a_character_is_ever_carried() -> None:
    assert fitting("ans", "\ud800") is None


def test_a_route_in_a_text_reads_as_its_button_carries_it() -> None:
    assert f"{route('mark', 'rag', 1)}" == "sb1:mark:rag:1"


def test_nothing_carried_is_an_empty_argument() -> None:
    assert route("mark", "rag", None).text == "sb1:mark:rag:"
    assert decode("sb1:mark:rag:") == route("mark", "rag", None)


# --- Every button of every reply leads somewhere ---


@cache
def all_routes() -> dict[str, Route]:
    """Each route that any reply carries."""
    found: dict[str, Route] = {}
    for reply in everything():
        for one in routes_of(reply.as_card()):
            found[one.text] = one
    return found


def routes_of(card: Card) -> Iterator[Route]:
    yield from (choice.route for choice in card.choices)
    if card.form:
        yield card.form.submit


def test_every_reply_there_is_was_built() -> None:
    assert {type(reply) for reply in everything()} == kinds()


def test_every_button_leads_to_what_is_registered_and_is_understood_there() -> None:
    assert len(all_routes()) > 1000
    for text, one in all_routes().items():
        assert decode(text) == one
        there = leads_to(one)
        if there.what == "run":
            name, given = run_given(there.args)
            handler = registry().commands[name]
            assert set(arguments(handler, given, content())) == set(given)
        else:
            shelf = registry().presses if there.what in registry().presses else registry().forms
            carried(shelf[there.what], there.args, content())


def test_every_form_is_opened_somewhere_and_submitted_to_itself() -> None:
    submitted = {reply.as_card().form for reply in everything()} - {None}
    assert {form.submit.what for form in submitted if form} == set(registry().forms)


def literal_routes() -> Iterator[tuple[str, str]]:
    """(file and line, name) of each route(...) in the code whose name is written out."""
    root = Path(bot.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("route", "fitting"):
                match node.args:
                    case [ast.Constant(value="run"), ast.Constant(value=str(command)), *_]:
                        yield f"{path.name}:{node.lineno}", f"/{command}"
                    case [ast.Constant(value=str(what)), *_]:
                        yield f"{path.name}:{node.lineno}", what


def test_every_route_written_in_the_code_is_registered() -> None:
    known = {*registry().presses, *registry().forms, *(f"/{name}" for name in registry().commands), "run", VIA}
    found = list(literal_routes())
    assert len(found) > 80
    assert [one for one in found if one[1] not in known] == []


# --- Nothing tells the right answer before it is asked for ---


def test_a_question_looks_the_same_whichever_option_is_right() -> None:
    for real in content().questions:
        versions = [[reply.as_card() for reply in asking(with_key(real, option.id))] for option in real.options]
        assert all(version == versions[0] for version in versions), real.id
        told = repr(versions[0])
        assert [option.why for option in real.options if option.why in told] == []
        assert real.takeaway not in told


def test_the_buttons_of_a_question_carry_option_ids_in_the_order_shown() -> None:
    for real, reply in ((one, reply) for one in content().questions for reply in asking(one)):
        if isinstance(reply, QuestionPosted | OpenRoundShown | PracticeAsked):
            letters = [choice for choice in reply.as_card().choices if choice.letter]
            assert [choice.label for choice in letters] == list("ABCD"[: len(real.options)])
            assert tuple(choice.route.args[-1] for choice in letters) == reply.asked.order
            # But for the option, the buttons of a question are all alike.
            assert len({(choice.route.what, choice.route.args[:-1]) for choice in letters}) == 1


def test_the_longest_question_there_may_be_fits_its_buttons() -> None:
    long = question("q" * 32, "t" * 32)
    for reply in asking(long):
        reply.as_card()
