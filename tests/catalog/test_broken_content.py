"""Every way an author can break content/: the rule, the exact place, and a sentence that names the fix."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from bot.catalog import load
from tests.catalog.base import edited, write

Q, R, S = "questions/rag.yaml", "roles/ai-engineer.yaml", "roadmap.yaml"
T, P, C = "topics.yaml", "pay.yaml", "sources.yaml"
TERM, MYTH, INTERVIEW, D = "terms.yaml", "myths.yaml", "interview.yaml", "disagreements.yaml"
STEM = 'stem: "A bot answers from last year\'s policy. Which change fits best?"'
WHY_A = "Examples would only repeat what is outdated."


class Broken(NamedTuple):
    """A base file with one passage replaced; the mark in ``new`` is the place of the only problem told."""

    file: str
    old: str
    new: str
    rule: str
    item: str
    told: str
    at: str = ""
    """The passage the problem is told at, where no mark can stand."""


def q(old: str, new: str, rule: str, told: str, item: str = "rag-001", at: str = "") -> Broken:
    return Broken(Q, old, new, rule, item, told, at)


SYNTAX = [
    q(
        STEM,
        "stem: What▸: so?",
        "L01",
        "a colon within unquoted text: put the whole text in double quotes",
        "",
    ),
    Broken(T, 'text: "Name the core roles in generative AI."', 'text: ▸"Name', "L01", "", "add the closing quote"),
    q(
        STEM,
        'stem: "never closed',
        "L01",
        "a quote before this ends its text early or is not closed",
        "",
        at="Add few-shot",
    ),
    q(STEM, 'stem: "He said "▸yes" to it"', "L01", "a quote before this ends its text early", ""),
    q(STEM, "stem: ▸@everyone knows?", "L01", "text cannot begin with this character", ""),
    q(STEM, "stem: ▸*important* what?", "L01", "text cannot begin with * or &", ""),
    q(STEM, 'stem: "a ▸\\q b?"', "L01", "a backslash within double quotes: write it twice", ""),
    q(
        STEM,
        "stem: ▸A bot fails 80% of cases # often. Why?",
        "L01",
        "cut at the #: put it in double quotes",
        "",
    ),
    q(STEM, "▸stem:", "L01", "stem has no value: write one, or delete it", ""),
    Broken(R, '"You need coding skills."', "Code, ▸and more", "L01", "", "'and more' has no value: put texts"),
    q(
        "    version: 1\n",
        "    version: 1\n    ▸version: 2\n",
        "L01",
        "'version' stands twice, first in line 4",
        "",
    ),
    q(
        "roles: [ai-engineer]",
        "roles: ▸&all [ai-engineer]",
        "L01",
        "anchors (&) and aliases (*) are refused",
        "",
    ),
    q("roles: [ai-engineer]", "roles: ▸*all", "L01", "anchors (&) and aliases (*) are refused", ""),
    q("version: 1", "version: ▸!!int 1", "L01", "tags (!) are refused", ""),
    q("version: 1", "▸\tversion: 1", "L01", "a tab: use spaces", ""),
    q("last year", "last▸\u200b year", "L01", "(U+200B, zero width space): delete it", ""),
    q("last year", "last ▸\u202eyear", "L01", "(U+202E, right-to-left override): delete it", ""),
    q("last year", "last ▸\x07year", "L01", "(U+0007, control character): delete it", ""),
    q("last year", "last caf▸e\u0301 year", "L01", "type the accented letter as one (Unicode NFC)", ""),
    q(STEM, 'stem: ▸"A bot\\u200b answers?"', "L01", "(U+200B, zero width space): delete it", ""),
    q("roles: [ai-engineer]", "roles: [ai-engineer\n    objectives▸: []", "L01", "not closed by ]", ""),
    q("    bloom: apply", "   ▸bloom: apply", "L01", "line it up with", ""),
    q("    bloom: apply", "    bloom\n    ▸x: apply", "L01", "a line without a colon", ""),
    q("schema: 1\n", "schema: 1\nquestions: []\n▸---\n", "L01", "one document a file", ""),
    q("roles: [ai-engineer]", "roles: " + "[" * 17 + "▸[]" + "]" * 17, "L01", "more than 20 levels", ""),
    q("    bloom: apply", "    ▸[bloom]: apply", "L01", "a field name is plain text", ""),
]

SCHEMA = [
    q("difficulty: easy", "▸dificulty: easy", "L02", "unknown field 'dificulty': did you mean 'difficulty'?"),
    q("volatile: true", "▸volatil: true", "L02", "unknown field 'volatil': did you mean 'volatile'?"),
    q('text: "Raise', '▸txt: "Raise', "L02", "unknown field 'txt': did you mean 'text'?"),
    q("on: 2026-05-14, ", "on: 2026-05-14, ▸by: me, ", "L02", "unknown field 'by': choose one of kind, on"),
    q("  - id: rag-001\n    version: 1\n", "  - ▸id: rag-001\n", "L02", "version is missing: add it"),
    q('{id: a, text: "Add few-shot examples"', "▸{id: a", "L02", "text is missing: add it"),
    q("bloom: apply", "▸bloom: aply", "L02", "bloom cannot be 'aply': did you mean 'apply'?"),
    q("status: live ", "▸status: on ", "L02", "choose one of draft, review, live, retired"),
    q("bloom: apply", "▸bloom: [apply]", "L02", "bloom cannot be a list: choose one of remember"),
    q("result: fixed", "▸result: fix", "L02", "did you mean 'fixed'?"),
    q("version: 1", "▸version: 010", "L02", "must be a whole number such as 12, not '010'"),
    q("version: 1", "▸version: 1_000", "L02", "version must be a whole number such as 12, not '1_000'"),
    q("version: 1", "▸version: 1.0", "L02", "version must be a whole number such as 12, not '1.0'"),
    q("version: 1", "▸version: 0", "L02", "version starts at 1"),
    q("correct: true", "▸correct: yes", "L02", "correct must be true or false, not 'yes'"),
    q("correct: true", "▸correct: True", "L02", "correct must be true or false, not 'True'"),
    q("review_by: 2027-05-01", "▸review_by: 1.5.2027", "L02", "must be a date such as 2027-05-01"),
    q("review_by: 2027-05-01", "▸review_by: 2027-02-30", "L02", "2027-02-30 is not in the calendar"),
    q("review_by: 2027-05-01", "▸review_by: 20270501", "L02", "must be a date such as 2027-05-01"),
    q("roles: [ai-engineer]", "▸roles: ai-engineer", "L02", "roles must be a list: write [ai-engineer]"),
    q("roles: [ai-engineer]", "▸roles: a b", "L02", "roles must be a list: begin each entry with '- '"),
    q(STEM, "▸stem: [what]", "L02", "stem must be a text, not a list"),
    q(STEM, "▸stem: ''", "L02", "stem is empty"),
    q('takeaway: "Missing facts point to retrieval."', "▸takeaway: {a: b}", "L02", "a text, not a mapping"),
    q(
        "      - {kind: blind, on: 2026-05-14, result: passed}",
        "      - ▸blind",
        "L02",
        "an entry of readings must be a mapping with the fields kind, on, result",
    ),
    q(
        "volatile: true",
        "allow: [▸negative-stem]\n    volatile: true",
        "L02",
        "an entry of allow must be a mapping with the fields rule, because",
    ),
    q(
        "volatile: true",
        "allow: [{▸rule: long-stem, because: 'so'}]\n    volatile: true",
        "L02",
        "rule cannot be 'long-stem': did you mean 'negative-stem'?",
    ),
    q("[O1]", "[O1, ▸[O1]]", "L02", "an entry of objectives must be a text, not a list"),
    q("objectives: [O1]", "▸objectives: []", "L02", "objectives needs at least one"),
    q(
        '{general: "Retrieval", citation: "Lewis et al. 2020"}',
        '▸{general: "Retrieval"}',
        "L02",
        "either {source, section} or {general, citation}",
    ),
    q("    volatile: true\n    review_by: 2027-05-01\n", "    ▸volatile: true\n", "L02", "needs review_by"),
    q("schema: 1\n", "▸schema: 2\n", "L02", "schema 2 needs a newer studybot, this one reads schema 1", ""),
    q("schema: 1\n", "▸schema: 0\n", "L02", "write 'schema: 1'", ""),
    q("schema: 1\n", "▸schema: one\n", "L02", "schema must be a whole number such as 12, not 'one'", ""),
    q("schema: 1\n", "▸", "L02", "schema is missing: begin the file with 'schema: 1'", ""),
    q("questions:\n", "▸question:\n", "L02", "unknown field 'question': did you mean 'questions'?", ""),
    q(
        "schema: 1\n",
        "schema: 1\n▸lang: en\n",
        "L02",
        "unknown field 'lang': choose one of schema, questions",
        "",
    ),
    Broken(S, "{ai-engineer: needed}", "{▸ai-engineer: R}", "L02", "llms", "choose one of stated, needed, useful"),
    Broken(
        S,
        "roles: {ai-engineer: needed}",
        "▸roles: [ai-engineer]",
        "L02",
        "llms",
        "roles must be a mapping: one 'name: value' a line",
    ),
    Broken(
        R,
        'coding: {value: "yes", note',
        "coding: {▸value: maybe, note",
        "L02",
        "ai-engineer",
        "value cannot be 'maybe': choose one of yes, some, no, disputed",
    ),
    Broken(
        R,
        'coding: {value: "yes", note: "You need coding skills."}',
        "▸coding: yes",
        "L02",
        "ai-engineer",
        "coding must be a mapping with the fields value, note",
    ),
    Broken(
        R,
        'does: ["Wires hosted models into company databases."]',
        "▸does: []",
        "L02",
        "ai-engineer",
        "does needs at least 1 line",
    ),
    Broken(
        "faq.yaml",
        'refs:\n      - {source: s0, section: "11. Common Mistakes"}\n',
        "▸refs: []\n",
        "L02",
        "need-maths",
        "refs needs at least one source",
    ),
    Broken(MYTH, "scored: false", "▸scored: true", "L02", "one-or-many", "a prediction has no right answer"),
    Broken(MYTH, "verdict: wrong", "▸verdict: false", "L02", "maths-only", "choose one of wrong, disputed"),
    Broken(
        INTERVIEW,
        ', "Names a neighbour."]',
        "]",
        "L02",
        "why-here",
        "3 to 6 points, this one has 2",
        at="strong_answer_points",
    ),
    Broken(INTERVIEW, "minutes: 4", "▸minutes: 40", "L02", "why-here", "takes 1 to 30 minutes, not 40"),
    Broken(
        D,
        '      - text: "Little."\n        refs:\n          - {source: s0, section: "11. Common Mistakes"}\n',
        "",
        "L02",
        "d1",
        "needs at least two positions",
        at="positions:",
    ),
    Broken(P, "low: 150", "▸low: 350", "L02", "p1", "low 350 is above high 250"),
    Broken(P, "low: 150", "▸low: $150k", "L02", "p1", "must be a whole number such as 12, not '$150k'"),
]

MEANING = [
    q("id: rag-001", "▸id: RAG_001", "L03", "must be lower-case words joined by hyphens", "RAG_001"),
    q("id: rag-001", "▸id: " + "a" * 33, "L03", "at most 32 characters", "a" * 33),
    Broken(T, "id: maths", "▸id: rag", "L03", "rag", "topic id 'rag' is taken by content/topics.yaml:3"),
    Broken(S, "order: 2", "▸order: 1", "L03", "llms", "order 1 is taken by orientation"),
    q("topic: rag", "▸topic: rags", "L04", "no topic has the id 'rags': did you mean 'rag'?"),
    q("topic: rag", "▸topic: zzz", "L04", "no topic has the id 'zzz': choose one of rag, maths"),
    q("roadmap: llms", "▸roadmap: llm", "L04", "no step has the id 'llm': did you mean 'llms'?"),
    q("roles: [ai-engineer]", "roles: [ai-engineer, ▸ai-enginer]", "L04", "did you mean 'ai-engineer'?"),
    q("objectives: [O1]", "objectives: [▸O11]", "L04", "no objective has the id 'O11': did you mean 'O1'?"),
    Broken(P, "{source: s0", "{▸source: s9", "L04", "p1", "no source has the id 's9': choose one of s0"),
    Broken(R, "branch: ai-engineer", "▸branch: ai", "L04", "ai-engineer", "no role has the id 'ai'"),
    Broken(R, "pay: [p1]", "pay: [▸p7]", "L04", "ai-engineer", "no pay row has the id 'p7': choose"),
    Broken(S, "needs: [orientation]", "needs: [▸orientatoin]", "L04", "llms", "did you mean 'orientation'?"),
    Broken(S, "      ai-engineer: stated", "      ▸ai-enginee: stated", "L04", "orientation",
           "no role has the id 'ai-enginee': did you mean 'ai-engineer'?"),
    q("objectives: [O1]", "objectives: [O1]\n    ▸myth: maths-onli", "L04", "did you mean 'maths-only'?"),
    Broken(D, '{source: s0, section: "11. Common', '{source: s0, ▸section: "11. Commn', "L05", "d1",
           "did you mean '11. Common Mistakes'?"),
    Broken(INTERVIEW, "roles: [ai-engineer]", "roles: [▸ai-enginer]", "L04", "why-here", "did you mean 'ai-engineer'?"),
    Broken("faq.yaml", "    origin: derived", "    origin: derived\n    related: [▸need-math]", "L04", "need-maths",
           "no faq has the id 'need-math': did you mean 'need-maths'?"),
    Broken(TERM, "step: llms", "▸step: lms", "L04", "embedding", "no step has the id 'lms': did you mean 'llms'?"),
    Broken(TERM, "one_line:", "▸oneline:", "L02", "embedding", "did you mean 'one_line'?"),
    Broken(S, "    needs: [orientation]", "    ▸needs: [llms]", "L04", "llms",
           "llms needs llms: drop one of these needs"),
    q('{source: s0, section: "11. Common Mistakes"}', '{source: s0, ▸section: "11. Common Mistake"}', "L05",
      "source s0 has no section '11. Common Mistake': did you mean '11. Common Mistakes'?"),
    q(", correct: true", "", "L06", "exactly one option is correct, this question marks 0",
      at="options:"),
    q('{id: b, text: "Raise the temperature"', '{id: b, correct: true, text: "Raise the temperature"', "L06",
      "exactly one option is correct, this question marks 2", at="options:"),
    q('id: b, text: "Raise', '▸id: a, text: "Raise', "L06", "option id a is taken, ids must differ"),
    q('id: b, text: "Raise', '▸id: e, text: "Raise', "L06", "option id 'e' must be a, b, c or d"),
    q('id: b, text: "Raise the temperature"', 'id: b, ▸text: "Add FEW-shot  examples"', "L07",
      "two options say the same"),
    q(f'why: "{WHY_A}"', '▸why: "Incorrect."', "L08", "why has 10 characters, at least 40 are wanted"),
    q(f'why: "{WHY_A}"', f'▸why: "{"x" * 221}"', "L08", "why has 221 characters, at most 220 fit"),
    q("      - {kind: keyed, on: 2026-05-15, result: fixed}\n", "", "L09", "needs a keyed reading",
      at="status:"),
    q(STEM, f'▸stem: "{"x" * 221}"', "L11", "stem has 221 characters, at most 220 fit"),
    q('text: "Add few-shot examples"', f'▸text: "{"x" * 76}"', "L11", "text has 76 characters, at most 75"),
    q('takeaway: "Missing facts point to retrieval."', f'▸takeaway: "{"x" * 161}"', "L11", "at most 160 fit"),
    q(STEM, f"{STEM}\n    block:\n      kind: code\n      ▸text: |\n        {'x' * 61}", "L11",
      "line 1 of the block has 61 characters, at most 60 fit"),
    q(STEM, f"{STEM}\n    block:\n      kind: log\n      ▸text: |\n{'        x' + chr(10)}" + "        x\n" * 15, "L11",
      "the block has 16 lines, at most 15 fit"),
    q(STEM, STEM + '\n    block: {kind: table, ▸text: " "}', "L02", "the block is empty"),
    q(STEM, STEM + '\n    block: {kind: prompt, ▸text: "```"}', "L28", "a code fence"),
    q(STEM, STEM + '\n    block: {▸kind: sonnet, text: x}', "L02", "choose one of code, log, table, prompt"),
    q(STEM, STEM + '\n    block: {kind: code, text: x, ▸language: "S Q L"}', "L02", "must be a short name such as sql"),
    q(STEM, STEM + '\n    block: {kind: code, text: x, ▸lang: sql}', "L02", "did you mean 'language'?"),
    q(STEM, STEM + '\n    picture: {▸file: ../secret.png, alt: x}', "L02", "must be a path in the bank"),
    q(STEM, STEM + "\n    picture: {▸file: pictures/none.png, alt: x}", "L04", "no file 'pictures/none.png' is in"),
    q(STEM, STEM + "\n    ▸picture: {file: pictures/none.png}", "L02", "alt is missing: add it"),
    q(STEM, STEM + f'\n    picture: {{file: a.png, ▸alt: "{"x" * 301}"}}', "L11", "at most 300 fit"),
    q(STEM, STEM + "\n    ▸concept: Stale Index", "L03", "must be lower-case words joined by hyphens"),
    q(STEM, STEM + "\n    terms: [▸embeding]", "L04", "no term has the id 'embeding': did you mean 'embedding'?"),
    q('id: b, text: "Raise the temperature"', 'id: b, ▸text: "a `b`", code: true', "L28", "a backtick in an option"),
    Broken(R, "skills: [Python]", f'skills: [Python, ▸"{"x" * 221}"]', "L11", "ai-engineer",
           "a line of skills has 221 characters, at most 220 fit"),
    Broken(TERM, 'one_line: "A vector', f'▸one_line: "{"x" * 200} A vector', "L11", "embedding", "at most 200 fit"),
    Broken("faq.yaml", 'short: "It', f'▸short: "{"x" * 300} It', "L11", "need-maths", "at most 300 fit"),
    Broken(D, 'text: "A lot."', f'▸text: "{"x" * 251}"', "L11", "d1", "text has 251 characters, at most 250 fit"),
    Broken(T, "title: Maths", f'▸title: "{"x" * 41}"', "L11", "maths", "title has 41 characters, at most 40"),
]  # fmt: skip


@pytest.mark.parametrize("broken", [*SYNTAX, *SCHEMA, *MEANING], ids=lambda one: f"{one.rule} {one.told[:40]}")
def test_each_slip_is_told_once_at_its_place_with_its_fix(broken: Broken, tmp_path: Path) -> None:
    text, place = edited(broken.file, broken.old, broken.new, broken.at)
    told = load(write(tmp_path, {broken.file: text})).problems
    assert [(one.file, one.line, one.column, one.rule, one.item_id) for one in told] == [
        (f"content/{broken.file}", *place, broken.rule, broken.item)
    ]
    assert broken.told in told[0].text
