"""The catalog in memory: what is live, what is found, and that nobody can change it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from bot.catalog import LoadedCatalog, load
from bot.domain.common_fields import Status
from bot.domain.content import ContentFiles
from bot.domain.identifiers import PayRowId, QuestionId, RoleId, SourceId, StepId, TopicId
from bot.domain.knowledge import Term
from bot.domain.lookup import Exact, Unknown, find
from bot.ports.catalog import Catalog
from tests.catalog.base import write


@pytest.fixture
def files(tmp_path: Path) -> ContentFiles:
    return load(write(tmp_path)).files


@pytest.fixture
def three(files: ContentFiles) -> ContentFiles:
    """Questions in three states; the live one stands second."""
    (live,) = files.questions
    draft = replace(live, id=QuestionId("rag-000"), status=Status.DRAFT, topic=TopicId("maths"))
    retired = replace(live, id=QuestionId("rag-002"), status=Status.RETIRED)
    return replace(files, questions=(draft, live, retired))


def test_it_is_the_catalog_the_core_reads(files: ContentFiles) -> None:
    catalog: Catalog = LoadedCatalog(files)
    assert catalog.questions == files.questions


def test_only_live_questions_are_asked_and_all_are_found(three: ContentFiles) -> None:
    catalog = LoadedCatalog(three)
    assert [question.id for question in catalog.questions] == ["rag-001"]
    for id in ("rag-000", "rag-001", "rag-002"):
        found = catalog.question(QuestionId(id))
        assert found is not None
        assert found.id == id


def test_only_topics_with_a_live_question_are_offered(three: ContentFiles) -> None:
    catalog = LoadedCatalog(three)
    assert [topic.id for topic in three.topics] == ["rag", "maths"]
    assert [topic.id for topic in catalog.topics_asked] == ["rag"]
    assert list(catalog.topic_names) == ["rag"]


def test_only_live_roles_are_offered(files: ContentFiles) -> None:
    (role,) = files.roles
    hidden = replace(role, id=RoleId("ux-designer"), name="UX Designer", status=Status.REVIEW)
    catalog = LoadedCatalog(replace(files, roles=(hidden, role)))
    assert catalog.roles == (role,)
    assert list(catalog.role_names) == ["ai-engineer"]
    assert catalog.role(RoleId("ux-designer")) == hidden


def test_steps_come_in_their_order(files: ContentFiles) -> None:
    catalog = LoadedCatalog(replace(files, steps=files.steps[::-1]))
    assert [step.order for step in catalog.steps] == [1, 2]


def test_everything_is_found_by_id_and_names_nobody_has_are_not(files: ContentFiles) -> None:
    catalog = LoadedCatalog(files)
    assert catalog.role(RoleId("ai-engineer")) is files.roles[0]
    assert catalog.step(StepId("llms")) is files.steps[1]
    assert catalog.topic_title(TopicId("maths")) == files.topics[1].title
    assert catalog.pay(PayRowId("p1")) is files.pay[0]
    assert catalog.sources[SourceId("s0")] is files.sources[0]
    assert catalog.question(QuestionId("none")) is None
    assert catalog.pay(PayRowId("none")) is None


def test_things_are_found_by_name_and_alias(files: ContentFiles) -> None:
    catalog = LoadedCatalog(files)
    assert find(catalog.role_names, "ai/software engineer") == Exact("ai-engineer")
    assert find(catalog.topic_names, "Embeddings") == Exact("rag")
    assert find(catalog.step_names, "large langage models") == Exact("llms")


def test_a_term_is_found_by_id_and_by_what_people_call_it(files: ContentFiles) -> None:
    library = LoadedCatalog(files).knowledge
    (term,) = library.all(Term)
    assert library.get(Term, "embedding") is term
    assert library.get(Term, "none") is None
    assert find(library.names(Term), "Embeddings") == Exact("embedding")
    assert find(library.names(Term), "embeding") == Exact("embedding")
    assert find(library.names(Term), "embeds") == Unknown(("embedding",))


def test_the_version_follows_the_content(files: ContentFiles, tmp_path: Path) -> None:
    version = LoadedCatalog(files).version
    assert LoadedCatalog(load(write(tmp_path)).files).version == version
    (topic, *others) = files.topics
    renamed = replace(files, topics=(replace(topic, title="RAG"), *others))
    assert LoadedCatalog(renamed).version != version
    assert len(version) == 12


def test_nobody_can_change_it(files: ContentFiles) -> None:
    catalog = LoadedCatalog(files)
    with pytest.raises(FrozenInstanceError):
        catalog.questions = ()  # type: ignore[misc]


def test_an_empty_catalog_stands(tmp_path: Path) -> None:
    catalog = LoadedCatalog(ContentFiles())
    assert (catalog.questions, catalog.steps, catalog.topics_asked) == ((), (), ())
