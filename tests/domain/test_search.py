"""One search over everything: what is called so comes first, a slip is forgiven, and no question is given away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog import LoadedCatalog, load
from bot.domain.common_fields import Status, Topic
from bot.domain.content import ContentFiles
from bot.domain.identifiers import QuestionId
from bot.domain.search import TOPIC, Findable, Hit, SearchIndex
from tests.domain.samples import CONTENT, WHY, content, question

INDEX = SearchIndex(
    [
        Findable("role", "ai-engineer", "AI Engineer", ("software person",), ("Builds retrieval systems.",)),
        Findable("term", "rag", "RAG", ("retrieval-augmented generation",), ("Finding passages first.",)),
        Findable("term", "chunking", "Chunking", (), ("Cutting documents for retrieval.",)),
        Findable("term", "quantisation", "Quantisation", ("quantised model",), ("Fewer bits.",)),
        Findable("faq", "no-degree", "Is there a way in without a degree?", ("self-taught",), ("Yes, with effort.",)),
        Findable("myth", "degree", "Without a degree there is no way", (), ("Skill and retrieval of facts.",)),
        Findable("industry", "health", "Santé et santé publique", (), ("Hôpital",)),
    ]
)


def ids(text: str, limit: int = 8) -> list[str]:
    return [hit.id for hit in INDEX.find(text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("RAG", "rag"),
        ("rag?", "rag"),
        ("retrieval", "rag"),
        ("retreival", "rag"),
        ("retriev", "rag"),
        ("chunks chunking", "chunking"),
        ("documents", "chunking"),
        ("document", "chunking"),
        ("quantization", "quantisation"),
        ("quantized models", "quantisation"),
        ("ai enginer", "ai-engineer"),
        ("self taught", "no-degree"),
        ("selftaught", "no-degree"),
        ("is there a way in, without a degree", "no-degree"),
        ("SANTE", "health"),
        ("hopital", "health"),
    ],
)
def test_what_people_type_finds_first_what_they_mean(text: str, first: str) -> None:
    assert ids(text)[0] == first


def test_titles_and_aliases_come_before_bodies() -> None:
    assert ids("retrieval") == ["rag", "ai-engineer", "chunking", "degree"]


def test_more_of_the_words_come_before_fewer() -> None:
    assert ids("retrieval documents")[0] == "chunking"
    assert ids("finding passages xyzzy")[0] == "rag"


@pytest.mark.parametrize("text", ["", "?!", "xyzzy", "q", "\x00", "\U0001f600", "rg", "x" * 100_000, "(" * 500])
def test_nothing_is_made_up(text: str) -> None:
    assert INDEX.find(text, 8) == ()


def test_small_words_count_only_where_there_are_no_others() -> None:
    assert ids("the a of") == ids("a")
    assert "degree" in ids("there a")


def test_a_short_word_is_never_taken_for_another() -> None:
    assert ids("rog") == []
    assert ids("bids") == []


def test_no_more_than_asked_for_and_each_once() -> None:
    assert ids("retrieval", 2) == ["rag", "ai-engineer"]
    assert len(set(ids("a degree retrieval"))) == len(ids("a degree retrieval"))


@pytest.mark.parametrize("word", ["salary", "pay", "earn", "earned", "wages"])
def test_nobody_who_asks_for_pay_where_none_is_told_breaks_anything(word: str) -> None:
    index = SearchIndex([Findable("term", "cell", "Cell", (), ("The smallest part of what lives.",))])
    assert index.find(word, 5) == ()
    assert [hit.id for hit in index.find(f"{word} of a cell", 5)] == ["cell"]


def test_an_empty_index_finds_nothing() -> None:
    assert SearchIndex().find("rag", 8) == ()
    assert len(SearchIndex()) == 0


name = st.lists(st.text("abcdefgh", min_size=2, max_size=8), min_size=1, max_size=4).map(" ".join)


@given(st.lists(name, min_size=1, max_size=8, unique=True), st.data())
def test_everything_is_found_by_its_title(titles: list[str], data: st.DataObject) -> None:
    index = SearchIndex(Findable("term", str(n), title, (), tuple(titles)) for n, title in enumerate(titles))
    title = data.draw(st.sampled_from(titles))
    found = [hit.title for hit in index.find(title.upper(), len(titles))]
    assert title in found
    keys = ["".join(word.removesuffix("s") for word in other.split()) for other in titles]
    if keys.count("".join(title.split())) == 1:
        assert found[0] == title


# --- Over the real content ---


@pytest.mark.parametrize(
    ("text", "kind", "id"),
    [
        ("hallucination", "term", "hallucination"),
        ("halucination", "term", "hallucination"),
        ("reduce hallucinations", "interview", "reduce-hallucination"),
        ("prompt engineer", "role", "prompt-engineer"),
        ("LLM engineer", "role", "genai-engineer"),
        ("auditor", "title", "ai-ethics-auditor"),
        ("salary", "faq", "pay-compared"),
        ("is prompt engineering dead", "myth", "prompting-soon-obsolete"),
        ("rag or fine-tuning", "disagreement", "d10"),
        ("d10", "disagreement", "d10"),
        ("how much maths", "disagreement", "d1"),
        ("freelance", "role", "freelancer-consultant"),
        ("healthcare", "industry", "healthcare"),
        ("banking", "industry", "finance"),
        ("gold rush", "note", "gold-rush"),
        ("PhD", "note", "degree-phd"),
        ("copyright", "note", "ethics-rights"),
        ("RAG chatbot", "project", "rag-chatbot"),
        ("kubernets", "term", "kubernetes"),
        ("self attention", "term", "self-attention"),
        ("portfolio checklist", "note", "portfolio-checklist"),
    ],
)
def test_the_real_content_answers_what_people_ask(text: str, kind: str, id: str) -> None:
    hits = content().search.find(text, 8)
    assert (kind, id) in [(hit.kind, hit.id) for hit in hits[:3]], hits


def test_a_question_is_found_by_its_topic_alone_and_through_its_stem_alone() -> None:
    asked = replace(
        question("q-1", "rag"),
        stem="Whose zebra crossed the savanna?",
        takeaway="Giraffes were never meant.",
        tags=("okapi",),
        note="gnu",
    )
    options = tuple(replace(one, text=f"ostrich {one.id}", why=f"Meerkats say so, {one.why}") for one in asked.options)
    live = replace(asked, options=options)
    draft = replace(live, id=QuestionId("q-2"), status=Status.DRAFT, stem="What does the hippopotamus want?")
    catalog = LoadedCatalog(ContentFiles(topics=(Topic(live.topic, "Retrieval"),), questions=(live, draft)))
    assert catalog.search.find("zebra savanna", 8) == (Hit(TOPIC, "rag", "Retrieval"),)
    for secret in ("ostrich", "meerkats", "giraffes", "okapi", "gnu", "hippopotamus"):
        assert catalog.search.find(secret, 8) == (), secret


def test_options_reasons_and_takeaways_change_nothing_that_is_found() -> None:
    blank = [
        replace(
            one,
            options=tuple(
                replace(option, text=f"Choice {option.id}", why=f"Reason {option.id}, {WHY}") for option in one.options
            ),
            takeaway="Nothing.",
        )
        for one in content().questions
    ]
    files = load(CONTENT).files
    without = LoadedCatalog(replace(files, questions=tuple(blank))).search
    for asked in content().questions:
        for option in asked.options:
            for text in (option.text, option.why, *set(re.findall(r"\w{7,}", option.why))):
                assert content().search.find(text, 25) == without.find(text, 25), text
