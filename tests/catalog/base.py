"""A small content folder with nothing wrong, and a way to break it in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

BANK = """\
schema: 1
bank:
  id: small
  title: "A small bank"
  subject: "careers in generative AI"
  language: en
  licence: MIT
  owner: "Whoever runs the tests"
"""

SOURCES = """\
schema: 1
sources:
  - id: s0
    title: "Careers in Generative AI (chapter 19)"
    file: careers.txt
    sections:
      - "4. Role 1: AI / Software Engineer"
      - "11. Common Mistakes"
"""

TOPICS = """\
schema: 1
topics:
  - id: rag
    title: "Retrieval (RAG)"
    aliases: [retrieval, embeddings]
  - id: maths
    title: Maths
objectives:
  - id: O1
    text: "Name the core roles in generative AI."
"""

PAY = """\
schema: 1
pay:
  - id: p1
    who: "AI engineer"
    level: "not stated"
    claim: "$150k-$250k+"
    place: "not stated"
    basis: "not stated"
    as_of: "14 May 2026"
    low: 150
    high: 250
    refs:
      - {source: s0, section: "4. Role 1: AI / Software Engineer"}
"""

ROADMAP = """\
schema: 1
steps:
  - id: orientation
    order: 1
    title: "Get your bearings"
    summary: "What generative AI is and who builds it."
    subtopics: ["Making new content"]
    done_when: ["You can explain it to a friend."]
    ethics: "Who is affected by content made in seconds?"
    topics: [rag]
    roles:
      ai-engineer: stated
    refs:
      - {source: s0, section: "11. Common Mistakes"}
  - id: llms
    order: 2
    title: "Large language models"
    summary: "How they are trained and what they cost."
    subtopics: ["Tokens"]
    done_when: ["You can compare two models."]
    ethics: "Whose words was it trained on?"
    topics: [rag]
    roles: {ai-engineer: needed}
    needs: [orientation]
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

ROLE = """\
schema: 1
role:
  id: ai-engineer
  version: 1
  status: live
  name: AI Engineer
  summary: "Builds applications around models that already exist."
  aliases: ["AI / Software Engineer"]
  does: ["Wires hosted models into company databases."]
  suits: ["Strong programmers."]
  skills: [Python]
  coding: {value: "yes", note: "You need coding skills."}
  degree: {value: usual, note: "A portfolio can replace it."}
  path:
    - {stage: Entry, titles: AI Engineer, years: ""}
  branch: ai-engineer
  pay: [p1]
  refs:
    - {source: s0, section: "4. Role 1: AI / Software Engineer"}
"""

TERMS = """\
schema: 1
terms:
  - id: embedding
    name: Embedding
    aliases: [embeddings]
    one_line: "A vector that stands for a text."
    step: llms
    refs:
      - {source: s0, section: "4. Role 1: AI / Software Engineer"}
"""

SHORT_ROLES = """\
schema: 1
roles:
  - id: auditor
    name: AI Auditor
    summary: "Checks systems for bias."
    near: [ai-engineer]
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

FAQ = """\
schema: 1
faq:
  - id: need-maths
    question: "Do I need maths?"
    synonyms: ["calculus"]
    short: "It depends on the role."
    long: "Research asks for a lot of it."
    origin: derived
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

MYTHS = """\
schema: 1
myths:
  - id: maths-only
    claim: "Only maths experts can work here"
    verdict: wrong
    reality: "Many roles live on practice."
    why: "Able people give up."
    origin: derived
    step: llms
    refs:
      - {source: s0, section: "11. Common Mistakes"}
predictions:
  - id: one-or-many
    prompt: "Master one skill or many?"
    positions: ["One", "Many"]
    reveal: "Basics first."
    scored: false
    step: llms
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

PITFALLS = """\
schema: 1
pitfalls:
  - id: theory-first
    name: "Polishing theory"
    wrong: "Learning maths for months."
    correct: "Build something people can use."
    root_cause: "Misjudging what is asked."
    origin: explicit
    step: llms
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

DISAGREEMENTS = """\
schema: 1
disagreements:
  - id: d1
    question: "How much maths?"
    positions:
      - text: "A lot."
        refs:
          - {general: "Maths", citation: "A book"}
      - text: "Little."
        refs:
          - {source: s0, section: "11. Common Mistakes"}
    advice: "Go by role."
"""

INDUSTRIES = """\
schema: 1
industries:
  - id: law
    name: Law
    uses: ["An assistant for lawyers"]
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

PROJECTS = """\
schema: 1
projects:
  - id: summariser
    name: Summariser
    brief: "Makes long texts short."
    level: beginner
    roles: [ai-engineer]
    practises: [llms]
    steps: ["Collect.", "Build.", "Test."]
    checklist: ["It works.", "It is measured.", "It is told."]
    ethics_note: "Mind private texts."
    origin: explicit
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

INTERVIEW = """\
schema: 1
interview:
  - id: why-here
    prompt: "Why this role?"
    family: behavioural
    level: entry
    roles: [ai-engineer]
    strong_answer_points: ["Knows the work.", "Has evidence.", "Names a neighbour."]
    red_flags: ["Only pay."]
    follow_ups: ["And in five years?"]
    minutes: 4
    origin: derived
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

NOTES = """\
schema: 1
notes:
  - id: bias
    shelf: ethics
    name: Bias
    summary: "Models learn prejudice."
    points: ["Test by group."]
    refs:
      - {source: s0, section: "11. Common Mistakes"}
"""

RAG = """\
schema: 1
questions:
  - id: rag-001
    version: 1
    status: live            # draft | review | live | retired
    topic: rag
    difficulty: easy
    bloom: apply
    roadmap: llms
    roles: [ai-engineer]
    objectives: [O1]
    stem: "A bot answers from last year's policy. Which change fits best?"
    options:
      - {id: a, text: "Add few-shot examples", why: "Examples would only repeat what is outdated."}
      - {id: b, text: "Raise the temperature", why: "It varies the words, it adds no missing facts."}
      - {id: c, text: "Retrieve passages", correct: true, why: "It hands the model the text that is current."}
    takeaway: "Missing facts point to retrieval."
    refs:
      - {source: s0, section: "11. Common Mistakes"}
      - {general: "Retrieval", citation: "Lewis et al. 2020"}
    volatile: true
    review_by: 2027-05-01
    readings:
      - {kind: blind, on: 2026-05-14, result: passed}
      - {kind: keyed, on: 2026-05-15, result: fixed}
"""

TEACHING = f"""\
{RAG.replace("point to retrieval", "point to retrieval by embeddings")}\
    concept: stale-facts
    terms: [embedding]
"""
"""The same with what a glossary asks of a question."""

FILES = {
    "bank.yaml": BANK,
    "sources.yaml": SOURCES,
    "topics.yaml": TOPICS,
    "pay.yaml": PAY,
    "roadmap.yaml": ROADMAP,
    "terms.yaml": TERMS,
    "short_roles.yaml": SHORT_ROLES,
    "faq.yaml": FAQ,
    "myths.yaml": MYTHS,
    "pitfalls.yaml": PITFALLS,
    "disagreements.yaml": DISAGREEMENTS,
    "industries.yaml": INDUSTRIES,
    "projects.yaml": PROJECTS,
    "interview.yaml": INTERVIEW,
    "notes/ethics.yaml": NOTES,
    "roles/ai-engineer.yaml": ROLE,
    "questions/rag.yaml": RAG,
}

HERE = "\u25b8"
"""Marks the place a problem should be told at."""


def write(folder: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The base in ``folder/content``, with some files changed or left out."""
    content = folder / "content"
    for name, text in {**FILES, **(changed or {})}.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            path.write_text(text, encoding="utf-8")
        elif text is not None:
            path.write_bytes(text)
    return content


def edited(name: str, old: str, new: str, at: str = "") -> tuple[str, tuple[int, int]]:
    """A base file with one passage replaced, and the line and column of the mark in it, or of ``at``."""
    text = FILES[name]
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    text = text.replace(old, new)
    if at:
        assert text.count(at) == 1, f"{at!r} stands {text.count(at)} times"
        text = text.replace(at, HERE + at)
    before, mark, after = text.partition(HERE)
    assert mark, "no place is marked"
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))
