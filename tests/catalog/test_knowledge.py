"""The knowledge in content/: complete, in our own words, sourced, and found by every name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.yaml_file import Tree, read
from bot.domain.common_fields import Origin
from bot.domain.identifiers import PayRowId, RoleId, SourceId
from bot.domain.knowledge import (
    KINDS,
    Disagreement,
    Family,
    Faq,
    Industry,
    Interview,
    Knowledge,
    Myth,
    Note,
    Pitfall,
    Prediction,
    Project,
    Shelf,
    ShortRole,
    Term,
)
from bot.domain.lookup import Ambiguous, Exact, Unknown, find
from tests.catalog.overlap import RUN, runs, shared
from tests.domain.samples import CONTENT, content

SEEDS = CONTENT.parents[2] / "shared" / "seeds"
LIBRARY = content().knowledge
ITEMS = [item for kind in KINDS.values() for item in LIBRARY.all(kind)]


# --- How much there is ---


@pytest.mark.parametrize(
    ("kind", "number"),
    [(ShortRole, 13), (Myth, 21), (Prediction, 4), (Pitfall, 13), (Faq, 13), (Interview, 40), (Project, 23),
     (Disagreement, 17), (Industry, 13)],
)  # fmt: skip
def test_nothing_the_sources_name_is_missing(kind: type[Knowledge], number: int) -> None:
    assert len(LIBRARY.all(kind)) == number


def test_roles_steps_pay_rows_and_objectives_are_complete() -> None:
    catalog = content()
    assert (len(catalog.roles), len(catalog.steps)) == (14, 20)
    assert [step.order for step in catalog.steps] == list(range(1, 21))
    assert [catalog.pay(PayRowId(id)) is not None for id in PAY] == [True] * len(PAY)
    assert sorted(objective.id for objective in catalog.objectives) == sorted(f"O{n}" for n in range(1, 11))


def test_what_a_source_says_is_told_apart_from_what_we_drew_from_it() -> None:
    explicit = Counter(
        type(item).__name__
        for item in ITEMS
        if isinstance(item, Myth | Pitfall | Faq | Interview | Project) and item.origin is Origin.EXPLICIT
    )
    assert explicit == {"Myth": 4, "Pitfall": 4, "Faq": 6, "Interview": 2, "Project": 19}
    assert not any(prediction.scored for prediction in LIBRARY.all(Prediction))


def test_seven_specialisations_are_named_as_emerging() -> None:
    assert sum(title.emerging for title in LIBRARY.all(ShortRole)) == 7


def test_disagreements_are_numbered_and_every_position_names_its_source() -> None:
    assert [one.id for one in LIBRARY.all(Disagreement)] == [f"d{n}" for n in range(1, 18)]
    for one in LIBRARY.all(Disagreement):
        for position in one.positions:
            assert all(ref.source and ref.section for ref in position.refs), one.id


def test_interviews_are_spread_over_the_families_and_notes_over_the_shelves() -> None:
    assert Counter(card.family for card in LIBRARY.all(Interview)) == dict.fromkeys(Family, 5)
    assert {note.shelf for note in LIBRARY.all(Note)} == set(Shelf)


NAMED = """
Python; JavaScript; OOP; clean code; virtual environments; Git; testing; CI/CD; architecture; debugging; model API;
OpenAI; chat UI; existing IT; linear algebra; matrices; vectors; eigen-decomposition; multivariable calculus;
gradients; gradient descent; conditional probability; Bayes; distributions; maximum likelihood; information theory;
statistics; NumPy; Pandas; data cleaning; preprocessing; feature extraction; large data sets; dataset curation;
data quality; supervised learning; unsupervised learning; model evaluation; core algorithms; reinforcement learning;
scikit-learn; neural networks; activation functions; backpropagation; regularization; optimizer; CNN; RNN;
Transformer; PyTorch; TensorFlow; Keras; GANs; VAEs; diffusion; mixture of experts; multimodal; self-attention;
positional encoding; encoder-decoder; scaling; next-token; pre-training; instruction tuning; RLHF; tokenization;
token cost; context window; attention patterns; hallucination; model landscape; licence; API latency; token limits;
GPT-4; GPT; ChatGPT; DALL-E; Midjourney; Stable Diffusion; Claude; LLaMA; zero-shot; few-shot; chain-of-thought;
persona; question refinement; temperature; iteration; system prompts; structured output; XML; JSON;
evaluating prompts; failure-driven iteration; RAG; embeddings; vector DB; Pinecone; ANN; similarity; chunking;
retrieval evaluation; no answer; LangChain; LlamaIndex; full fine-tuning; parameter-efficient; LoRA; QLoRA;
prefix tuning; SFT; Hugging Face; BLEU; ROUGE; BERTScore; LLM-as-a-judge; human annotation; A/B tests;
fairness metrics; Docker; Kubernetes; model versioning; MLflow; Weights & Biases; infrastructure as code;
monitoring; alerting; latency; throughput; violations; user satisfaction; AWS; Google Cloud; Azure;
Azure OpenAI; TPUs; GPUs; pruning; quantisation; distillation;
content filters; moderation; input validation; prompt injection; bias tests;
red-teaming; data poisoning; deepfakes; phishing; tool calls; agents; GitHub; README; Vercel; Streamlit; Kaggle;
blog posts; open source; communication; creativity; analysis; ethics; adaptability; resilience; curiosity;
continuous learning; public speaking; stakeholder management; teamwork; logic; writing; business strategy; UX;
workflows; ROI; governance; client handling; finances
"""


@pytest.mark.parametrize("word", [word.strip() for word in NAMED.split(";")])
def test_every_tool_and_skill_the_sources_name_has_a_line(word: str) -> None:
    assert isinstance(find(LIBRARY.names(Term), word), Exact), find(LIBRARY.names(Term), word)


def test_every_objective_is_served_by_a_step() -> None:
    served = {id for step in content().steps for id in step.objectives}
    assert served == {objective.id for objective in content().objectives}


# --- Found by every name ---

ALIASES = {
    "ai-engineer": "AI Engineer; AI / Software Engineer; Applied AI Engineer; AI API engineer; "
    "AI/Machine Learning Engineer; developer integrating models",
    "genai-engineer": "Generative AI Engineer; Gen AI engineer; GenAI engineer; LLM engineer",
    "genai-specialist": "Generative AI Specialist; GenAI expert; subject-matter expert; application-focused",
    "ai-researcher": "AI / ML Researcher; core scientist; machine-learning researcher; research scientist; "
    "research-focused specialist",
    "applied-researcher": "Applied Researcher",
    "research-assistant": "Research Assistant; Research Associate; Research Assistant / Associate",
    "ml-engineer": "Machine Learning Engineer; ML engineer; MLE",
    "data-scientist": "Data Scientist; Data Scientist (AI focus); DS",
    "prompt-engineer": "Prompt Engineer / AI Operations; prompt engineer & strategist; "
    "domain-specific prompt engineer; AI ops",
    "ai-product-manager": "AI Product Manager; product manager; AI product strategy; PM",
    "ux-designer": "UX / UI Designer; designer; UX/UI",
    "ai-ethicist": "AI Ethicist; ethicist",
    "freelancer-consultant": "Freelancer / Consultant; consultant; freelance",
    "ai-team-lead": "AI Team Lead / Manager; CoE lead; Center of Excellence lead",
    "ai-ethics-auditor": "ai-ethics-auditor; auditor; AI ethics auditing",
    "responsible-ai-specialist": "Responsible AI; Responsible-AI specialist",
    "genai-security-specialist": "GenAI security specialist; generative AI security",
    "mlops-engineer": "MLOps; GenAI MLOps; mlops-engineer",
    "synthetic-data-specialist": "synthetic data; synthetic data specialist",
    "green-ai-specialist": "Green AI; green ai specialist",
    "ai-for-science": "AI for science; AI for scientific discovery",
    "nlp-specialist": "NLP Specialist",
    "model-or-domain-expert": "LLM expert; diffusion expert; drug-discovery AI; generative art; model optimisation",
    "deep-specialist": "training infrastructure; multimodal specialist; AI safety research",
    "senior-titles": "senior-genai-engineer; lead-ai-engineer; principal-ai-scientist-engineer; lead AI engineer",
    "software-engineer": "software engineer",
    "nearby-careers": "classical software engineer; data engineer; non-generative AI researcher",
}  # fmt: skip


@pytest.mark.parametrize(
    ("id", "name"), [(id, name.strip()) for id, names in ALIASES.items() for name in names.split(";")]
)
def test_a_role_or_title_is_found_by_each_of_its_names(id: str, name: str) -> None:
    assert find(content().profile_names, name) == Exact(id)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("researcher", {"ai-researcher", "applied-researcher", "research-assistant"}),
        ("engineer", {"ai-engineer", "genai-engineer", "ml-engineer"}),
        ("strategist", {"ai-product-manager", "prompt-engineer"}),
    ],
)
def test_what_may_mean_several_is_asked_about(text: str, ids: set[str]) -> None:
    found = find(content().profile_names, text)
    assert isinstance(found, Ambiguous)
    assert set(found.ids) == ids


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_forgives_a_slip_and_offers_what_is_near(kind: type[Knowledge]) -> None:
    names = LIBRARY.names(kind)
    item = max(LIBRARY.all(kind), key=lambda one: len(one.title))
    slipped = item.title[:4] + item.title[5:]
    assert find(names, slipped) == Exact(item.id)
    assert isinstance(find(names, "xyzzy quux"), Unknown)
    far = find(names, f"{item.title[: len(item.title) * 3 // 4]} zzz")
    assert isinstance(far, Unknown)
    assert item.id in far.nearest


# --- In our own words, and with a source ---


def texts(tree: Tree) -> Iterator[str]:
    """Every text an author wrote; titles and headings of the sources are theirs and are left out."""
    if isinstance(tree, dict):
        for name, part in tree.items():
            if name != "refs":
                yield from texts(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from texts(part)
    else:
        yield tree


FILES = sorted(path for path in CONTENT.rglob("*.yaml") if path.name != "sources.yaml")


def ours(path: Path) -> list[str]:
    file = read(path, path.name)
    assert file.tree is not None
    return list(texts(file.tree))


def test_a_sentence_of_a_source_is_noticed_however_it_is_dressed_up() -> None:
    theirs = ["Companies don't just need code; they need vision, and people who can tell it well."]
    assert shared("As they say: COMPANIES don\u2019t just need code - they need (vision).", theirs) == [
        "companies dont just need code they need",
        "dont just need code they need vision",
    ]
    assert shared("Companies need code, and they need vision too.", theirs) == []
    assert shared("they need vision and people who can", theirs) == ["they need vision and people who can"]
    assert shared("they need vision and people who", theirs) == []


def test_no_text_shares_a_sentence_with_a_source() -> None:
    # The articles lie beside the project where its content is written; their headings are always here.
    articles = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    headings = [section for id in ("s0", "s1", "s2", "s3") for section in sections_of(id)]
    theirs = {run for text in (*articles, *headings) for run in runs(text)}
    assert len(theirs) > (10_000 if articles else RUN)
    taken = [(path.name, " ".join(run)) for path in FILES for text in ours(path) for run in runs(text) if run in theirs]
    assert taken == []


def sections_of(id: str) -> tuple[str, ...]:
    return content().sources[SourceId(id)].sections


def test_everything_has_a_source_and_names_no_address_price_or_course() -> None:
    for item in ITEMS:
        told = item
        assert told.refs, told.id
        said = " ".join((told.title, *told.aliases, *told.body))
        assert "http" not in said, told.id
        if "$" in said:
            assert isinstance(item, Disagreement), f"{told.id}: pay stands in the pay rows, and where they disagree"


def test_a_percentage_is_never_ours() -> None:
    assert [item.id for item in ITEMS if re.search(r"\d\s?%", " ".join(item.body))] == []


PAY = {
    "p3": ("about $80k-$100k or more to start", "entry", "United States"),
    "p4": ("$100k-$160k or higher", "mid-career, 3-6 years", "United States"),
    "p5": ("often over $150k-$200k; more at top firms or in niches, with bonus and stock",
           "senior or leadership, often 5-8 or more years", "United States"),
    "p6": ("about $100k-$120k on average", "entry to mid-career", "United States"),
    "p7": ("$150k-$200k+", "senior", "United States"),
    "p8": ("may exceed $250k-$300k, with bonus and equity", "top earners", "United States"),
    "p9": ("up to 47% more", "not stated", "not stated"),
    "p10": ("clearly above general software engineers of equal experience; no number given", "entry", "not stated"),
    "p11": ("$112,590 a year", "all levels, median", "United States"),
    "p12": ("$133,080 a year", "all levels, median", "United States"),
    "p13": ("6,097 euros a month before tax", "all levels, median of full-time employees", "Germany"),
}  # fmt: skip
OFFICIAL = {"p11": "Bureau of Labor Statistics", "p12": "Bureau of Labor Statistics", "p13": "Bundesagentur"}


@pytest.mark.parametrize("id", PAY)
def test_pay_is_told_as_claimed(id: str) -> None:
    row = content().pay(PayRowId(id))
    assert row is not None
    assert (row.claim, row.level, row.place) == PAY[id]
    assert row.as_of
    if id in OFFICIAL:
        assert all(ref.citation and OFFICIAL[id] in ref.citation and "https://" in ref.citation for ref in row.refs)
    else:
        assert [ref.source for ref in row.refs] == ["s3" if id == "p10" else "s2"]


def test_a_sum_of_money_is_told_with_its_place_level_and_year() -> None:
    for id in PAY:
        row = content().pay(PayRowId(id))
        assert row is not None
        if re.search(r"\d", row.claim) and "%" not in row.claim:
            assert "not stated" not in (row.level, row.place), id
            assert re.search(r"20\d\d", row.as_of), id
    assert all(content().pay(PayRowId(id)) is None for id in ("p1", "p2")), "an article's sums without place or level"


def test_roles_without_a_figure_in_the_sources_have_none() -> None:
    for id in (
        "ai-researcher",
        "applied-researcher",
        "ux-designer",
        "ai-ethicist",
        "freelancer-consultant",
        "prompt-engineer",
    ):
        role = content().role(RoleId(id))
        assert role is not None
        assert role.pay == ()
