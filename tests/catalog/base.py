"""A small content folder with nothing wrong, and a way to break it in one place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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

FILES = {
    "sources.yaml": SOURCES,
    "topics.yaml": TOPICS,
    "pay.yaml": PAY,
    "roadmap.yaml": ROADMAP,
    "terms.yaml": TERMS,
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
