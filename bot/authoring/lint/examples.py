"""One bad and one good example for each rule, for those who write."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Example(NamedTuple):
    """How it should not be, and how it should."""

    bad: str
    good: str


EXAMPLES: Mapping[str, Example] = MappingProxyType({
    "L01": Example('stem: What now: wait?', 'stem: "What now: wait?"'),
    "L02": Example("dificulty: easy", "difficulty: easy"),
    "L03": Example("id: RAG_7", "id: rag-007"),
    "L04": Example("roles: [ai-enginer]", "roles: [ai-engineer]"),
    "L05": Example('section: "Chapter four"', 'section: "4. Role 1: AI / Software Engineer"'),
    "L06": Example("two options marked correct: true", "exactly one"),
    "L07": Example('"Add examples" and "Add  examples."', '"Add examples" and "Add a glossary"'),
    "L08": Example('why: "Incorrect."', 'why: "Temperature varies the wording; it adds no missing fact."'),
    "L09": Example("status: live, with a blind reading only", "status: review, until it was read with the key too"),
    "L10": Example("a new key under version: 1", "a new key under version: 2"),
    "L11": Example("an option that explains itself over two lines", "the option in 75 characters, the rest in its why"),
    "L12": Example("three sentences of history before the question", "the one sentence the answer depends on"),
    "L13": Example('wrong: "Add more data" and "Add even more data"', 'wrong: "Add more data" and "Train for longer"'),
    "L14": Example("key of 70 characters among wrong ones of 30", "all of them between 40 and 55"),
    "L15": Example('"Cost" beside "Time until the first token comes"', '"Cost per call" beside "Time to first token"'),
    "L16": Example('"Retry the call", "the log.", "By asking"', '"Retry the call", "Read the log", "Ask the team"'),
    "L17": Example('only the key says "20 to 50 examples"', "every option gives a number, or none does"),
    "L18": Example('stem: "a poisoned document"; only the key: "the document"', 'key: "the retrieved text"'),
    "L19": Example('wrong: "Never log prompts"; key: "Log prompts"', 'wrong: "Log the answers"; key: "Log prompts"'),
    "L20": Example("Which of these is NOT a duty of the team?", "Which of these is a duty of the vendor?"),
    "L21": Example('d: "All of the above"', "d: another mistake people make, or no d at all"),
    "L22": Example("What constitutes an optimal operationalisation?", "Which change should the team make first?"),
    "L23": Example("The CTO wants a silver bullet.", "The head of technology wants one cure for everything."),
    "L24": Example('key: "About $90k", without a date', "the same with volatile: true and review_by"),
    "L25": Example("a sentence of the article with one word changed", "the fact, told as you would tell a colleague"),
    "L26": Example("status: live, review_by: 2025-01-01", "facts looked at again, review_by in the future"),
    "L27": Example("What is the best vector database?", "According to the guide, what decides between databases?"),
    "L28": Example("See http://example.org, @everyone", "See https://example.org"),
    "L29": Example("TO WRITE: why this is wrong", "This reason, written"),
    "L30": Example("40 of 100 keys are the longest option", "some keys are the longest, some the shortest"),
    "L31": Example("40 of 100 keys are the shortest option", "some keys are the shortest, most lie between"),
    "L32": Example("the key is b in five questions running", "keys at a, c, b, d, b"),
    "L33": Example("the option that repeats the stem is mostly right", "wrong options repeat the stem as often"),
    "L34": Example("40 of 100 ask what a word means", "most ask what to do in a situation"),
    "L35": Example("no hard question on data", "four of them"),
    "L36": Example("the same question with another company in it", "the same fact in a situation that asks more of it"),
    "L37": Example('stem: "Since a stale index was found ..."; elsewhere the key', "the stem reworded"),
    "L38": Example('"Retrieval" is right in four questions', "the fourth asks how, not which"),
    "L39": Example("a myth no question corrects", "the question that does says myth: degree-required"),
})  # fmt: skip
