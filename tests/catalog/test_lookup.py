"""Finding by name: any spelling of a name resolves, a slip is forgiven, nothing is guessed between two."""

from __future__ import annotations

import string
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.domain.identifiers import RoleId
from bot.domain.lookup import Ambiguous, Exact, Found, NameIndex, Unknown, find, suggest, words

ROLES: NameIndex[RoleId] = NameIndex(
    (RoleId(id), name, aliases)
    for id, name, aliases in [
        ("ai-engineer", "AI Engineer", ["AI / Software Engineer", "AI API engineer", "engineer"]),
        ("genai-engineer", "Generative AI Engineer", ["GenAI engineer", "LLM engineer", "engineer"]),
        ("ai-researcher", "AI Researcher", ["core scientist", "researcher"]),
        ("applied-researcher", "Applied AI Researcher", ["researcher"]),
        ("ai-product-manager", "AI Product Manager", ["PM", "strategist"]),
        ("ux-designer", "UX Designer for AI", ["UX/UI", "r\u00e9sum\u00e9 stylist"]),
    ]
)


def exact(id: str) -> Found[RoleId]:
    return Exact(RoleId(id))


def one_of(*ids: str) -> Found[RoleId]:
    return Ambiguous(tuple(RoleId(id) for id in ids))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AI Engineer", exact("ai-engineer")),
        ("  ai -- ENGINEER?! ", exact("ai-engineer")),
        ("ai-engineer", exact("ai-engineer")),
        ("AI/Software engineer", exact("ai-engineer")),
        ("aiengineer", exact("ai-engineer")),
        ("gen ai engineer", exact("genai-engineer")),
        ("ux/ui", exact("ux-designer")),
        ("RESUME STYLIST", exact("ux-designer")),
        ("pm", exact("ai-product-manager")),
        ("product manager", exact("ai-product-manager")),
        ("designer", exact("ux-designer")),
        ("ai enginer", exact("ai-engineer")),
        ("prodcut manager ai", Unknown((RoleId("ai-product-manager"),))),
        ("generative ai enginere", exact("genai-engineer")),
        ("straegist", exact("ai-product-manager")),
        ("engineer", one_of("ai-engineer", "genai-engineer")),
        ("researcher", one_of("ai-researcher", "applied-researcher")),
        ("reseacher", one_of("ai-researcher", "applied-researcher")),
        ("ai researcher", exact("ai-researcher")),
        ("px", Unknown(())),
        ("", Unknown(())),
        ("?!", Unknown(())),
    ],
)
def test_what_people_type(text: str, found: Found[RoleId]) -> None:
    assert find(ROLES, text) == found


def test_a_text_nobody_knows_comes_with_the_nearest() -> None:
    found = find(ROLES, "prompt engineer")
    assert isinstance(found, Unknown)
    assert {"ai-engineer", "genai-engineer"} <= set(found.nearest)
    assert len(found.nearest) <= 5


@pytest.mark.parametrize("text", ["x" * 100_000, "\u0301" * 5000, "\x00", "a\u202eb", "\U0001f600", "(" * 500])
def test_no_text_is_too_odd(text: str) -> None:
    assert isinstance(find(ROLES, text), Unknown)
    suggest(ROLES, text)


def test_two_things_never_share_an_id() -> None:
    with pytest.raises(ValueError, match="same id"):
        NameIndex([("a", "One", []), ("a", "Two", [])])


def test_an_id_typed_as_it_is_means_itself_whatever_is_called_so() -> None:
    names = NameIndex([("rag", "Retrieval", []), ("llms", "Models", ["rag"])])
    assert find(names, "rag") == Exact("rag")
    assert find(names, "RAG") == Ambiguous(("llms", "rag"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ["ai-engineer", "genai-engineer", "ai-researcher", "applied-researcher"]),
        ("ai", ["ai-engineer", "ai-product-manager", "ai-researcher"]),
        ("AI R", ["ai-researcher", "applied-researcher"]),
        ("eng", ["ai-engineer", "genai-engineer"]),
        ("strat", ["ai-product-manager"]),
        ("ai enginr", ["ai-engineer"]),
        ("zzz", []),
    ],
)
def test_suggestions_begin_with_what_begins_so(text: str, ids: list[str]) -> None:
    assert [id for id, _ in suggest(ROLES, text, 4)][: len(ids)] == ids
    if not ids:
        assert suggest(ROLES, text) == []


def test_suggestions_show_the_name_and_each_thing_once() -> None:
    assert suggest(ROLES, "gen")[0] == ("genai-engineer", "Generative AI Engineer")
    ids = [id for id, _ in suggest(ROLES, "a")]
    assert len(set(ids)) == len(ids)


LETTERS = string.ascii_lowercase + string.digits + "\u00e4\u00e9\u00f1\u00f6\u00e7"
word = st.text(LETTERS, min_size=1, max_size=9)
called = st.lists(word, min_size=1, max_size=4).map(" ".join)
rows = st.lists(st.tuples(called, st.lists(called, max_size=3)), min_size=1, max_size=8)
index = rows.map(lambda made: [(f"#{n}", name, aliases) for n, (name, aliases) in enumerate(made)])
between = st.sampled_from([" ", "  ", "-", "/", " & ", ", ", "_", ". "])


@given(index, st.data())
def test_every_name_that_is_unique_means_its_id_however_it_is_written(
    named: list[tuple[str, str, list[str]]], data: st.DataObject
) -> None:
    names = NameIndex(named)
    keys = {id: {"".join(words(one)) for one in (name, *aliases)} for id, name, aliases in named}
    shared = Counter(key for owned in keys.values() for key in owned)
    shared.update("".join(words(id)) for id in keys)
    id, name, aliases = data.draw(st.sampled_from(named))
    text = data.draw(st.sampled_from([name, *aliases]))
    assume(shared["".join(words(text))] == 1)
    odd = "".join(data.draw(between) if char == " " else char for char in text)
    cased = "".join(data.draw(st.sampled_from([char, char.upper()])) for char in odd)
    assert find(names, data.draw(st.sampled_from(["", "  ", "(", '"'])) + cased + "?") == Exact(id)


# Few letters, so that names come out alike.
alike = st.text("ab ", min_size=10, max_size=14).filter(lambda text: len("".join(words(text))) >= 8)
slips = st.sampled_from(["drop", "double", "swap", "replace", "insert"])


def slip(text: str, data: st.DataObject) -> str:
    """The text with one slip of the finger."""
    at = data.draw(st.integers(0, len(text) - 2))
    other = data.draw(st.sampled_from("abcz9"))
    return {
        "drop": text[:at] + text[at + 1 :],
        "double": text[:at] + text[at] + text[at:],
        "swap": text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        "replace": text[:at] + other + text[at + 1 :],
        "insert": text[:at] + other + text[at:],
    }[data.draw(slips)]


@given(st.lists(alike, min_size=1, max_size=6), st.data())
def test_a_slip_never_means_another_name_that_is_no_closer(called: list[str], data: st.DataObject) -> None:
    names = NameIndex((f"#{n}", name, ()) for n, name in enumerate(called))
    meant = data.draw(st.integers(0, len(called) - 1))
    typed = slip(called[meant], data)
    assume(words(typed))
    key = "".join(words(typed))
    edits = [OSA.distance(key, "".join(words(name))) for name in called]
    found = find(names, typed)
    if found != Exact(f"#{meant}") and isinstance(found, Exact):
        assert edits[int(found.id[1:])] < edits[meant]
    if isinstance(found, Ambiguous) and edits[meant] == min(edits):
        assert f"#{meant}" in found.ids


far = st.lists(st.text(string.ascii_lowercase, min_size=8, max_size=14), min_size=1, max_size=6, unique=True)


@given(far, st.data())
def test_a_slip_is_forgiven_where_no_other_name_is_near(called: list[str], data: st.DataObject) -> None:
    names = NameIndex((f"#{n}", name, ()) for n, name in enumerate(called))
    meant = data.draw(st.integers(0, len(called) - 1))
    typed = slip(called[meant], data)
    others = [name for n, name in enumerate(called) if n != meant]
    assume(all(OSA.distance(typed, name) >= 2 for name in others))
    assert find(names, typed) == Exact(f"#{meant}")


@given(index, st.data())
def test_the_beginning_of_a_name_suggests_it(named: list[tuple[str, str, list[str]]], data: st.DataObject) -> None:
    names = NameIndex(named)
    id, name, _ = data.draw(st.sampled_from(named))
    beginning = name[: data.draw(st.integers(0, len(name)))]
    found = suggest(names, beginning)
    assert (id, name) in found
    assert len({id for id, _ in found}) == len(found)
    assert suggest(names, beginning, 2) == found[:2]
