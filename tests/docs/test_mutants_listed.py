"""The list of changes that no test notices fits the code: each change is one of its lines, and has a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants.mutant import LIST, MODULES, ROOT, Listed, Mutant, Verdict, listed

TEXT = LIST.read_text(encoding="utf-8")
LISTED = [*listed(TEXT)]
SENTENCE_AT_LEAST = 20


def functions(path: Path) -> Iterator[tuple[str, str]]:
    """Each function and method of a file, as ``Votes.shown``, with its code."""
    code = path.read_text(encoding="utf-8")
    for node in ast.parse(code).body:
        for inner in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(inner, ast.FunctionDef):
                name = f"{node.name}.{inner.name}" if isinstance(node, ast.ClassDef) else inner.name
                yield name, ast.get_source_segment(code, inner) or ""


CODE = {module: dict(functions(ROOT / "bot" / "domain" / f"{module}.py")) for module in MODULES}


def test_each_block_of_the_list_is_read() -> None:
    assert len(LISTED) == TEXT.count("```diff\n") > 0


@pytest.mark.parametrize("one", LISTED, ids=lambda one: f"{one.mutant.module}.{one.mutant.function}")
def test_it_changes_a_line_that_is_there_and_says_why_nobody_notices(one: Listed) -> None:
    mutant = one.mutant
    assert mutant.module in CODE
    assert mutant.function in CODE[mutant.module]
    lines = [line.strip() for line in CODE[mutant.module][mutant.function].splitlines()]
    assert mutant.removed
    assert set(mutant.removed) <= set(lines), "the code was changed: run `make mutants`"
    assert mutant.added
    assert mutant.added != mutant.removed
    assert len(one.reason) > SENTENCE_AT_LEAST


def test_the_list_is_in_the_order_in_which_it_is_printed() -> None:
    assert [(one.mutant.module, one.mutant.function) for one in LISTED] == sorted(
        (one.mutant.module, one.mutant.function) for one in LISTED
    )


def test_a_mutant_is_read_back_as_it_is_printed() -> None:
    mutant = Mutant.of("streak", "answered", ["--- a", "+++ b", "@@ @@", "-    one", "+    two", "     same"])
    assert [*listed(f"# List\n{mutant}\nNobody can tell.\n")] == [Listed(mutant, "Nobody can tell.")]


def test_a_change_made_in_two_places_is_listed_twice() -> None:
    here, there = (Mutant("streak", "fates", ("settle()",), (changed,)) for changed in ("settle(1)", "settle(2)"))
    assert Verdict.of([here, there], [there, here]) == Verdict([], [])
    assert Verdict.of([here, here], [here]) == Verdict([here], [])
    assert Verdict.of([here], [here, there, here]) == Verdict([], [here, there])
