"""From raw texts to arguments, and what the buttons of a refusal carry."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.declare import Handler
from bot.commands.option_kind import Fits
from bot.commands.resolve import TYPED_AT_MOST, arguments, carried, field_errors, lowered, run_given, run_route
from bot.domain.identifiers import RoundId, RoundRef
from bot.domain.roadmap import StepState
from bot.replies.routes import LIMIT, UnreadableRoute, decode
from bot.replies.said import Refusal
from tests.commands.samples import registry
from tests.domain.samples import content


def asked(name: str, given: dict[str, str]) -> dict[str, object]:
    return arguments(registry().commands[name], given, content())


def test_options_that_are_empty_are_as_if_they_were_not_there() -> None:
    assert asked("quiz", {"topic": "", "level": " ", "count": "\u200b"}) == {}


def test_an_option_nobody_declared_is_named_beside_those_there_are() -> None:
    with pytest.raises(Refusal) as refused:
        asked("quiz", {"colour": "red"})
    assert refused.value.sentence == "/quiz has no option 'colour'; it takes topic, level, count, only, role, step."
    with pytest.raises(Refusal, match="it takes no options"):
        asked("daily", {"x": "y"})


def test_each_button_of_a_refusal_keeps_what_was_right() -> None:
    with pytest.raises(Refusal) as refused:
        asked("role", {"name": "engineer", "versus": "ux"})
    ways = [run_given(choice.route.args) for choice in refused.value.choices]
    assert ("role", {"name": "ai-engineer", "versus": "ux"}) in ways
    for name, given_again in ways:
        assert asked(name, given_again)["versus"] == "ux-designer"


def test_a_time_that_was_meant_is_offered_and_understood() -> None:
    with pytest.raises(Refusal) as refused:
        asked("config", {"time": "13 pm", "zone": "berlin", "place": "#general"})
    (choice,) = refused.value.choices
    assert choice.label == "13:00"
    name, given_again = run_given(decode(choice.route.text).args)
    assert asked(name, given_again) == asked("config", {"time": "13:00", "zone": "berlin", "place": "#general"})


def test_what_does_not_fit_a_button_is_left_out_of_it() -> None:
    with pytest.raises(Refusal) as refused:
        asked("config", {"time": "24:00", "place": "\u4e2d" * 40})
    (choice,) = refused.value.choices
    assert run_given(choice.route.args) == ("config", {"time": "00:00"})


texts = st.one_of(
    st.text(st.characters(), max_size=40),
    st.sampled_from(["engineer", "9am", "berlin", "mon-fri", "rag, llms", "hard", "3", "", " ", "none", "x" * 600]),
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(registry().commands)), st.data())
def test_any_text_is_taken_or_refused_and_every_button_leads_on(name: str, data: st.DataObject) -> None:
    handler = registry().commands[name]
    typed = {option.name: data.draw(texts) for option in handler.options}
    try:
        values = arguments(handler, typed, content())
    except Refusal as refused:
        for choice in refused.choices:
            route = decode(choice.route.text)
            assert route == choice.route
            command, again = run_given(route.args)
            if (command, again) == ("help", {"command": name}) and name != "help":
                continue  # how it is used
            assert command == name
            changed = [
                option for option in handler.options if again.get(option.name, typed[option.name]) != typed[option.name]
            ]
            assert len(changed) <= 1
            for option in changed:
                reading = option.kind.read(content(), again[option.name], option.least, option.most)
                assert isinstance(reading, Fits)
    else:
        assert set(values) <= set(typed)


@settings(max_examples=300)
@given(st.sampled_from(sorted(registry().forms)), st.data())
def test_a_form_without_errors_is_taken_and_one_with_errors_is_not(name: str, data: st.DataObject) -> None:
    handler = registry().forms[name]
    typed = {option.name: data.draw(texts) for option in handler.options}
    errors = field_errors(handler, typed, content())
    assert set(errors) <= set(typed)
    assert all(0 < len(sentence) <= 500 for sentence in errors.values())
    try:
        arguments(handler, typed, content())
    except Refusal:
        assert errors
    else:
        assert not errors


@pytest.mark.parametrize(
    ("form", "typed", "sentences"),
    [
        (
            "set-up",
            {"time": "13pm"},
            {"time": "'13pm' is not a time as HH:MM, such as 09:00 or 18:30; 9 pm works too. Did you mean 13:00?"},
        ),
        ("set-up", {"ping": "x" * 61}, {"ping": f"'{'x' * 59}\u2026' is not a text of at most 60 characters."}),
        ("pause-until", {}, {"until": "Please fill in first date with a question again."}),
        (
            "pause-until",
            {"until": "soon"},
            {"until": "'soon' is not a date as YYYY-MM-DD, such as 2026-12-24; 24 dec and tomorrow work too."},
        ),
        (
            "pause-until",
            {"until": "03/04/2027"},
            {"until": "'03/04/2027' can mean 2027-04-03 or 2027-03-04; please say which."},
        ),
        ("set-up", {"time": "9"}, {"time": "'9' can mean 09:00 or 21:00; please say which."}),
        ("set-up", {"time": "\u201c9 pm\u201d", "weekdays": '"mon, wed and fri"'}, {}),
        ("topics", {"topics": ","}, {"topics": "',' is not topics separated by commas, or all."}),
        (
            "topics",
            {"topics": "rag, xyzzy"},
            {"topics": "'rag, xyzzy' is not topics separated by commas, or all; 'xyzzy' is none."},
        ),
        ("topics", {}, {}),
    ],
)
def test_a_field_at_fault_is_told_in_a_sentence(form: str, typed: dict[str, str], sentences: dict[str, str]) -> None:
    assert field_errors(registry().forms[form], typed, content()) == sentences


def test_more_text_than_any_option_takes_is_not_looked_at() -> None:
    longest = max(
        option.most
        for shelf in (registry().commands, registry().forms)
        for handler in shelf.values()
        for option in handler.options
        if option.kind.name != "number" and not option.kind.whole
    )
    assert longest < TYPED_AT_MOST


# --- Buttons that run a command ---

words = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.dictionaries(st.sampled_from(["name", "versus", "time", "place"]), words))
def test_a_button_that_runs_a_command_is_read_back(given_texts: dict[str, str]) -> None:
    try:
        made = run_route("role", given_texts)
    except ValueError:
        assert sum(len(text.encode()) for text in given_texts.values()) * 3 > LIMIT - 40
        return
    assert run_given(decode(made.text).args) == ("role", given_texts)


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (("quiz",), ("quiz", {})),
        (("quiz", "topic=rag"), ("quiz", {"topic": "rag"})),
        (("config", "time=09:00"), ("config", {"time": "09:00"})),
        (("config", "place=a=b"), ("config", {"place": "a=b"})),
        (("config", "place"), ("config", {"place": ""})),
        (("config", ""), ("config", {"": ""})),
    ],
)
def test_what_a_run_button_says(args: tuple[str, ...], wanted: tuple[str, dict[str, str]]) -> None:
    assert run_given(args) == wanted


def test_a_run_button_without_a_command_is_unreadable() -> None:
    with pytest.raises(UnreadableRoute):
        run_given(())


# --- Arguments a route carries ---

HANDLERS: list[Handler] = [*registry().presses.values(), *registry().forms.values()]


@settings(max_examples=300)
@given(
    st.sampled_from(HANDLERS), st.lists(st.one_of(st.text(max_size=12), st.sampled_from(["1", "", "yes"])), max_size=8)
)
def test_forged_arguments_are_unreadable_and_nothing_worse(handler: Handler, args: list[str]) -> None:
    try:
        values = carried(handler, tuple(args), content())
    except UnreadableRoute:
        return
    assert len(args) <= len(handler.carried)
    required = {option.name for option in handler.carried if option.required}
    assert required <= set(values) <= {option.name for option in handler.carried}


@pytest.mark.parametrize(
    ("press", "args", "values"),
    [
        ("ans", ("17", "b"), {"ref": RoundRef(RoundId(17)), "option": "b"}),
        ("ans", ("17-k7m2q9xa", "-"), {"ref": RoundRef(RoundId(17), "k7m2q9xa"), "option": "-"}),
        ("mark", ("rag", "done"), {"step": "rag", "state": StepState.DONE}),
        ("mark", ("rag",), {"step": "rag"}),
        ("next", ("", "", ""), {}),
        ("next", ("rag", "h", "3"), {"topic": "rag", "level": "h", "left": 3}),
        ("cfg-boards", ("no",), {"shown": False}),
        ("away-since", ("0",), {"days": 0}),
    ],
)
def test_arguments_by_position(press: str, args: tuple[str, ...], values: dict[str, object]) -> None:
    assert carried(registry().presses[press], args, content()) == values


def test_a_practice_button_carries_any_seed() -> None:
    args = ("rag-001", "1", str(2**31 - 1), "", "", "20", "c")
    assert carried(registry().presses["try"], args, content()) == {
        "question": "rag-001",
        "version": 1,
        "seed": 2**31 - 1,
        "topic": None,
        "sitting": None,
        "left": 20,
        "option": "c",
    }


@pytest.mark.parametrize(
    ("press", "args"),
    [
        ("ans", ()),
        ("ans", ("17",)),
        ("ans", ("17", "b", "c")),
        ("ans", ("x", "b")),
        ("ans", ("", "b")),
        ("ans", ("-17", "b")),
        ("how", ("1",)),
        ("mark", ("no such step",)),
        ("mark", ("rag", "undone")),
        ("cfg-boards", ("perhaps",)),
    ],
)
def test_arguments_of_another_version_are_unreadable(press: str, args: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableRoute):
        carried(registry().presses[press], args, content())


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Role to look up", "role to look up"),
        ("RAG first", "RAG first"),
        ("A", "A"),
        ("", ""),
        ("How many", "how many"),
    ],
)
def test_a_description_inside_a_sentence(text: str, inside: str) -> None:
    assert lowered(text) == inside
