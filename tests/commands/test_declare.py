"""A command is what its signature says, and a signature no face could show is refused when it is declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from types import ModuleType
from typing import Annotated

import pytest

from bot.commands.declare import (
    CARRIED,
    DESCRIPTION_LIMIT,
    SLACK_RESERVED,
    Handler,
    Needs,
    Opt,
    command,
    pressed,
    submitted,
)
from bot.commands.registry import Registry
from bot.domain.identifiers import RoleId, TrackRef
from bot.domain.question import Difficulty
from bot.ports.call import Call, Outcome
from bot.ports.catalog import Catalog
from bot.ports.storage import UnitOfWork
from bot.replies.card import FORM_FIELDS, LABEL_LIMIT, TITLE_LIMIT
from bot.replies.routes import decode
from bot.replies.said import said
from tests.commands.samples import registry

NOTHING = Outcome(said("Nothing."))


def declared(function: Callable[..., Outcome]) -> Handler:
    """The handler the function was declared as."""
    handler = function.__declared__[-1][1]  # type: ignore[attr-defined]
    assert isinstance(handler, Handler)
    return handler


def greet(
    call: Call,
    uow: UnitOfWork,
    catalog: Catalog,
    name: Annotated[RoleId, Opt("Whom to greet", example="ai engineer")],
    level: Annotated[Difficulty | None, Opt("How")] = None,
    times: Annotated[int, Opt("How often", least=1, most=5)] = 1,
) -> Outcome:
    """Greet a role.

    What is said below is for developers.
    """
    return NOTHING


def test_a_command_is_declared_by_its_signature() -> None:
    made = declared(command("greet", needs="write", example="/greet ai engineer")(greet))
    assert (made.name, made.summary, made.needs) == ("greet", "Greet a role.", Needs.WRITE)
    assert made.given == {"call": "call", "uow": "uow", "catalog": "catalog"}
    told = [(one.name, one.description, one.kind.name, one.required, one.has_default) for one in made.options]
    assert told == [
        ("name", "Whom to greet", "role", True, False),
        ("level", "How", "level", False, True),
        ("times", "How often", "number", False, True),
    ]
    assert (made.options[2].least, made.options[2].most) == (1, 5)
    assert (made.private, made.manager, made.carried) == (True, False, ())


@pytest.mark.parametrize("name", sorted(SLACK_RESERVED))
def test_names_slack_keeps_for_itself_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="Slack keeps"):
        command(name)


def test_every_name_slack_is_known_to_keep_is_on_the_list() -> None:
    known = (
        "me status search topic leave who away dnd remind invite join kick msg dm mute open prefs shortcuts shrug "
        "archive collapse expand feed rename star active apps call"
    )
    assert set(known.split()) <= SLACK_RESERVED


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Quiz",
        "quiz!",
        "1quiz",
        "-quiz",
        "qu iz",
        "quiz_1",
        "q\u00fciz",
        "quiz\n",
        "/quiz",
        "a:b",
        "a" * 25,
        "\U0001f600",
    ],
)
def test_names_no_face_would_take_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case letters"):
        command(name)


@pytest.mark.parametrize("name", ["q", "quiz", "quiz-2", "a" * 24])
def test_names_that_fit(name: str) -> None:
    assert declared(command(name)(greet)).name == name


def test_a_command_without_a_docstring_is_refused() -> None:
    def silent(call: Call, catalog: Catalog) -> Outcome:
        return NOTHING

    def wordy(call: Call, catalog: Catalog) -> Outcome:
        return NOTHING

    wordy.__doc__ = "x" * (DESCRIPTION_LIMIT + 1)
    for function in (silent, wordy):
        for declare in (command("x", needs="catalog"), pressed("x", needs="catalog")):
            with pytest.raises(ValueError, match="docstring"):
                declare(function)


def test_required_options_come_first() -> None:
    def late(call: Call, catalog: Catalog, level: Difficulty | None, name: RoleId) -> Outcome:
        """Ask too late."""
        return NOTHING

    with pytest.raises(ValueError, match="required options come first"):
        command("late", needs="catalog")(late)


def test_an_option_may_be_left_out_if_it_may_be_none_or_has_a_default() -> None:
    def mixed(call: Call, catalog: Catalog, name: RoleId, level: Difficulty | None, at: time = time(9)) -> Outcome:
        """Mix."""
        return NOTHING

    options = declared(command("mixed", needs="catalog")(mixed)).options
    assert [(one.required, one.has_default) for one in options] == [(True, False), (False, False), (False, True)]


def with_options(count: int) -> Callable[..., Outcome]:
    """A function with that number of optional numbers."""
    parameters = ", ".join(f"n{i}: int = {i}" for i in range(count))
    namespace = {"Call": Call, "Catalog": Catalog, "Outcome": Outcome, "NOTHING": NOTHING}
    exec(
        f"def many(call: Call, catalog: Catalog, {parameters}) -> Outcome:\n    'Take many.'\n    return NOTHING",
        namespace,
    )
    made: Callable[..., Outcome] = namespace["many"]  # type: ignore[assignment]
    return made


def test_twenty_five_options_are_the_most() -> None:
    assert len(declared(command("many", needs="catalog")(with_options(25))).options) == 25
    with pytest.raises(ValueError, match="more than 25"):
        command("many", needs="catalog")(with_options(26))


def test_a_form_has_one_to_five_fields_and_a_short_title() -> None:
    def bare(call: Call, catalog: Catalog) -> Outcome:
        """Ask nothing."""
        return NOTHING

    assert len(declared(submitted("five", title="Five", needs="catalog")(with_options(5))).options) == FORM_FIELDS
    for function in (bare, with_options(6)):
        with pytest.raises(ValueError, match="1 to 5 fields"):
            submitted("x", title="X", needs="catalog")(function)
    assert declared(submitted("x", title="x" * 24, needs="catalog")(with_options(1))).title == "x" * 24
    with pytest.raises(ValueError, match="at most 24"):
        submitted("x", title="x" * 25, needs="catalog")(with_options(1))


def test_what_a_form_carries_is_no_field_of_it() -> None:
    def edit(call: Call, catalog: Catalog, track: Annotated[TrackRef, CARRIED], name: RoleId) -> Outcome:
        """Edit."""
        return NOTHING

    made = declared(submitted("edit", title="Edit", needs="catalog")(edit))
    assert [one.name for one in made.carried] == ["track"]
    assert [one.name for one in made.options] == ["name"]


def test_all_that_a_press_takes_is_carried() -> None:
    made = declared(pressed("greet")(greet))
    assert [one.name for one in made.carried] == ["name", "level", "times"]
    assert made.options == ()


def test_descriptions_are_short() -> None:
    long = "x" * (DESCRIPTION_LIMIT + 1)

    def wordy(call: Call, catalog: Catalog, name: RoleId) -> Outcome:
        """Be wordy."""
        return NOTHING

    wordy.__annotations__["name"] = Annotated[RoleId, Opt(long)]
    with pytest.raises(ValueError, match="description of name"):
        command("wordy", needs="catalog")(wordy)


def test_what_reads_or_writes_takes_a_unit_of_work() -> None:
    def empty_handed(call: Call, catalog: Catalog) -> Outcome:
        """Hold nothing."""
        return NOTHING

    for needs in ("read", "write"):
        with pytest.raises(ValueError, match="takes no unit of work"):
            command("x", needs=needs)(empty_handed)
    with pytest.raises(ValueError, match="not a valid Needs"):
        command("x", needs="everything")(empty_handed)


def test_a_type_no_text_can_become_is_refused() -> None:
    def floating(call: Call, catalog: Catalog, share: float) -> Outcome:
        """Float."""
        return NOTHING

    def either(call: Call, catalog: Catalog, name: RoleId | Difficulty) -> Outcome:
        """Take either."""
        return NOTHING

    with pytest.raises(TypeError, match="no kind of option"):
        command("x", needs="catalog")(floating)
    with pytest.raises(ValueError, match="one type"):
        command("x", needs="catalog")(either)


# --- The registry ---


def module(name: str, **functions: Callable[..., Outcome]) -> ModuleType:
    made = ModuleType(name)
    for key, function in functions.items():
        function.__module__ = name
        setattr(made, key, function)
    return made


def copied(count: int = 1) -> Callable[..., Outcome]:
    return with_options(count)


def test_two_commands_never_share_a_name() -> None:
    one, other = command("many", needs="catalog")(copied()), command("many", needs="catalog")(copied())
    with pytest.raises(ValueError, match="declared twice"):
        Registry([module("one", many=one), module("other", many=other)])


def test_a_command_a_press_and_a_form_may_share_a_name() -> None:
    found = Registry(
        [
            module(
                "all",
                command=command("many", needs="catalog")(copied()),
                press=pressed("many", needs="catalog")(copied()),
                form=submitted("many", title="Many", needs="catalog")(copied()),
            )
        ]
    )
    assert [list(shelf) for shelf in (found.commands, found.presses, found.forms)] == [["many"]] * 3


def test_a_keyword_only_parameter_is_for_callers_in_code() -> None:
    @pressed("panel")
    def panel(call: Call, uow: UnitOfWork, track: TrackRef, *, saved: str = "") -> Outcome:
        """Show a panel."""
        return NOTHING

    assert [option.name for option in declared(panel).carried] == ["track"]
    assert sorted(declared(panel).given) == ["call", "uow"]


def test_what_a_module_only_imports_is_not_declared_there() -> None:
    one = module("one", many=command("many", needs="catalog")(copied()))
    other = ModuleType("other")
    other.many = one.many  # type: ignore[attr-defined]
    assert list(Registry([one, other]).commands) == ["many"]
    assert list(Registry([other]).commands) == []


# --- What is really declared ---


def test_names_of_presses_and_forms_stand_in_a_route() -> None:
    for name in (*registry().presses, *registry().forms):
        assert decode(f"sb1:{name}").what == name
    # "run" is read as a command before any press is looked for.
    assert "run" not in registry().presses


@pytest.mark.parametrize("name", sorted(registry().commands))
def test_every_command_is_told_in_full(name: str) -> None:
    handler = registry().commands[name]
    assert handler.summary.endswith(".")
    assert len(f"/{name}") <= LABEL_LIMIT
    for option in handler.options:
        assert 0 < len(option.description) <= DESCRIPTION_LIMIT


@pytest.mark.parametrize("name", sorted(registry().forms))
def test_every_form_can_be_shown_with_and_without_values(name: str) -> None:
    handler = registry().forms[name]
    carried = [1 for _ in handler.carried]
    form = registry().form(name, *carried, values={option.name: "x" for option in handler.options})
    assert len(form.title) <= TITLE_LIMIT
    assert form.submit.what == name
    assert [field.name for field in form.fields] == [option.name for option in handler.options]
    for field, option in zip(form.fields, handler.options, strict=True):
        assert field.label
        assert field.value == "x"
        assert field.required == option.required
        assert bool(field.options) == (bool(option.kind.choices) or option.kind.name == "weekdays")
        assert field.limit >= option.most or option.kind.name != "text"
    assert all(field.value == "" for field in registry().form(name, *carried).fields)
